#include "kiosk/search/edit_rows.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdlib>

namespace kiosk::search {

namespace {

constexpr std::size_t kMostLetters = 40;

// Words are folded, so they are UTF-8; a stray byte counts as a letter.
char32_t next_letter(std::string_view text, std::size_t& position) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 c = 0;
  U8_NEXT(bytes, position, text.size(), c);
  return c < 0 ? char32_t{0xfffd} : static_cast<char32_t>(c);
}

}  // namespace

EditRows::EditRows(std::string_view wanted, int limit) : limit_(limit) {
  std::size_t position = 0;
  while (position < wanted.size() && wanted_.size() <= kMostLetters) {
    wanted_.push_back(next_letter(wanted, position));
    if (wanted_.size() == 1) first_letter_bytes_ = position;
  }
  usable_ = !wanted_.empty() && wanted_.size() <= kMostLetters;
  for (std::size_t i = 0; i <= wanted_.size(); ++i) rows_.push_back(static_cast<std::uint8_t>(i));
}

int EditRows::add_row(char32_t letter) {
  const std::size_t width = wanted_.size() + 1;
  const std::size_t row = letters_.size() + 1;
  letters_.push_back(letter);
  rows_.resize((row + 1) * width);
  std::uint8_t* const now = &rows_[row * width];
  const std::uint8_t* const above = now - width;
  now[0] = static_cast<std::uint8_t>(row);
  int least = now[0];
  for (std::size_t i = 1; i < width; ++i) {
    int cost = above[i - 1] + (wanted_[i - 1] != letter);
    cost = std::min({cost, above[i] + 1, now[i - 1] + 1});
    if (row > 1 && i > 1 && letter == wanted_[i - 2] && letters_[row - 2] == wanted_[i - 1])
      cost = std::min(cost, (above - width)[i - 2] + 1);
    now[i] = static_cast<std::uint8_t>(cost);
    least = std::min(least, cost);
  }
  return least;
}

int EditRows::least_of_beginnings() const {
  const std::size_t width = wanted_.size() + 1;
  int least = limit_ + 1;
  for (std::size_t row = 0; row <= letters_.size(); ++row) least = std::min<int>(least, rows_[row * width + width - 1]);
  return least;
}

int EditRows::compare(std::string_view candidate, std::size_t kept) {
  while (!ends_.empty() && ends_.back() > kept) {
    ends_.pop_back();
    letters_.pop_back();
  }
  rows_.resize((letters_.size() + 1) * (wanted_.size() + 1));
  hopeless_ = SIZE_MAX;
  std::size_t position = read_bytes();
  while (position < candidate.size()) {
    const char32_t letter = next_letter(candidate, position);
    const int least = add_row(letter);
    ends_.push_back(position);
    // No later row has a lesser value than this one's least: what a swap reaches back to, a deletion reaches as well.
    if (least > limit_) {
      hopeless_ = position;
      return limit_ + 1;
    }
  }
  return std::min<int>(rows_.back(), limit_ + 1);
}

}  // namespace kiosk::search
