#include "kiosk/search/edit_rows.h"

#include <unicode/utf8.h>

#include <algorithm>

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
  std::size_t letters = 0;
  for (std::size_t position = 0; position < wanted.size() && letters <= kMostLetters;) {
    const char32_t letter = next_letter(wanted, position);
    const Bits place = Bits{1} << ++letters;
    if (letters == 1) first_letter_bytes_ = position;
    if (letter < places_.size()) {
      places_[letter] |= place;
    } else {
      other_.emplace_back(letter, place);
    }
  }
  usable_ = letters > 0 && letters <= kMostLetters;
  whole_ = Bits{1} << letters;
  Row before;
  for (int edits = 0; edits <= limit_; ++edits) before.within[static_cast<std::size_t>(edits)] = (Bits{2} << edits) - 1;
  rows_.reserve(kMostLetters);
  rows_.push_back(before);
}

EditRows::Bits EditRows::places_of(char32_t letter) const {
  if (letter < places_.size()) return places_[letter];
  Bits places = 0;
  for (const auto& [other, place] : other_) places |= other == letter ? place : 0;
  return places;
}

void EditRows::add_row(char32_t letter, std::size_t end) {
  Row row;
  const Row& last = rows_.back();
  const Row* const before_last = rows_.size() > 1 ? &last - 1 : nullptr;
  row.same = places_of(letter);
  row.end = end;
  row.within[0] = (last.within[0] << 1) & row.same;
  const Bits swapped = last.same & (row.same << 1);
  for (std::size_t edits = 1; edits <= static_cast<std::size_t>(limit_); ++edits) {
    const std::size_t fewer = edits - 1;
    row.within[edits] = ((last.within[edits] << 1) & row.same)  // the same letter
                        | last.within[fewer]                    // one more in what is read
                        | (last.within[fewer] << 1)             // another one
                        | (row.within[fewer] << 1);             // one less
    if (before_last) row.within[edits] |= (before_last->within[fewer] << 2) & swapped;
  }
  rows_.push_back(row);
}

int EditRows::edits_of(const Row& row) const {
  int edits = 0;
  while (edits <= limit_ && !(row.within[static_cast<std::size_t>(edits)] & whole_)) ++edits;
  return edits;
}

int EditRows::least_of_beginnings() const {
  int least = limit_ + 1;
  for (const Row& row : rows_) least = std::min(least, edits_of(row));
  return least;
}

int EditRows::compare(std::string_view candidate, std::size_t kept) {
  while (rows_.back().end > kept) rows_.pop_back();
  hopeless_ = SIZE_MAX;
  std::size_t position = read_bytes();
  while (position < candidate.size()) {
    const char32_t letter = next_letter(candidate, position);
    add_row(letter, position);
    // A row without any beginning within the limit has no later one with: what a swap reaches back to, a deletion
    // reaches as well.
    if (rows_.back().within[static_cast<std::size_t>(limit_)] == 0) {
      hopeless_ = position;
      return limit_ + 1;
    }
  }
  return edits_of(rows_.back());
}

}  // namespace kiosk::search
