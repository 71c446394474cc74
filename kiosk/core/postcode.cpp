#include "kiosk/core/postcode.h"

#include <algorithm>

#include "kiosk/core/strings.h"

namespace kiosk::core {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The second letter of an area is never I or Z.
bool is_outcode(std::string_view upper) {
  std::string shape;
  for (const char c : upper) shape.push_back(is_letter(c) ? 'A' : is_digit(c) ? '9' : '?');
  if (shape == "A9" || shape == "A99" || shape == "A9A") return true;
  if (shape != "AA9" && shape != "AA99" && shape != "AA9A") return false;
  return upper[1] != 'I' && upper[1] != 'Z';
}

bool is_incode(std::string_view upper) {
  return upper.size() == 3 && is_digit(upper[0]) && is_letter(upper[1]) && is_letter(upper[2]);
}

std::optional<std::string> from_compact(std::string_view upper) {
  if (upper.size() < 5 || upper.size() > 7) return std::nullopt;
  const std::string_view outcode = upper.substr(0, upper.size() - 3), incode = upper.substr(upper.size() - 3);
  const bool girobank = outcode == "GIR" && incode == "0AA";
  if (!girobank && (!is_outcode(outcode) || !is_incode(incode))) return std::nullopt;
  return std::string(outcode) + " " + std::string(incode);
}

std::optional<std::string> compact(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    if (c == ' ') continue;
    if (!(is_letter(c) || is_digit(c)) || out.size() == 8) return std::nullopt;
    out.push_back(to_upper(c));
  }
  return out;
}

// The runs of letters and digits, as they stand.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool inside = i < text.size() && (is_letter(text[i]) || is_digit(text[i]) || (text[i] & 0x80));
    if (inside) continue;
    if (i > begin) words.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return words;
}

}  // namespace

std::optional<std::string> normalise_full_postcode(std::string_view text) {
  const std::optional<std::string> upper = compact(text);
  return upper ? from_compact(*upper) : std::nullopt;
}

std::optional<std::string> normalise_outcode(std::string_view text) {
  const std::optional<std::string> upper = compact(text);
  return upper && is_outcode(*upper) ? upper : std::nullopt;
}

std::vector<std::string> find_full_postcodes(std::string_view text) {
  std::vector<std::string> found;
  const auto add = [&found](std::optional<std::string> postcode) {
    if (!postcode) return false;
    if (std::find(found.begin(), found.end(), *postcode) == found.end()) found.push_back(std::move(*postcode));
    return true;
  };
  const std::vector<std::string_view> words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].size() > 7 || add(normalise_full_postcode(words[i])) || i + 1 == words.size()) continue;
    const std::string_view next = words[i + 1];
    // Two words are one postcode only where a single space parts them.
    const bool adjacent =
        next.data() == words[i].data() + words[i].size() + 1 && words[i].data()[words[i].size()] == ' ';
    if (adjacent && next.size() == 3) add(normalise_full_postcode(std::string(words[i]) + " " + std::string(next)));
  }
  return found;
}

}  // namespace kiosk::core
