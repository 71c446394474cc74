#include "kiosk/text/unbreakable.h"

#include <algorithm>

#include "kiosk/core/postcode.h"
#include "kiosk/text/bidi.h"

namespace kiosk::text {

namespace {

constexpr std::size_t kLongest = 40;          // bytes
constexpr std::size_t kLeastPhoneDigits = 9;  // fewer may be a sum or two years
constexpr std::size_t kMostPhoneDigits = 15;  // E.164: more are two numbers
constexpr std::size_t kMostRanges = 200;      // of a text: Pango looks at its beginning for each

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
// Of a word in any script: a byte beyond ASCII is one.
bool is_letter(char c) { return is_upper(c) || is_lower(c) || (c & 0x80); }
bool is_code(char c) { return is_digit(c) || is_upper(c); }

template <class Is>
std::size_t run(std::string_view text, std::size_t from, Is is) {
  const std::size_t last = std::min(text.size(), from + kLongest + 1);
  std::size_t end = from;
  while (end < last && is(text[end])) ++end;
  return end;
}

// Each looks at a place where something begins, and tells where it ends: there, where it is none.

std::size_t end_of_phone(std::string_view text, std::size_t begin) {
  std::size_t end = begin, next = begin + (text[begin] == '+' ? 1 : 0), digits = 0;
  for (;;) {
    const std::size_t group = run(text, next, is_digit);
    if (group == next || digits + group - next > kMostPhoneDigits) break;
    digits += group - next;
    end = group;
    const bool more = end + 1 < text.size() && (text[end] == ' ' || text[end] == '-') && is_digit(text[end + 1]);
    if (!more) break;
    next = end + 1;
  }
  return digits >= kLeastPhoneDigits ? end : begin;
}

std::size_t end_of_postcode(std::string_view text, std::size_t begin) {
  const std::size_t space = run(text, begin, is_code), end = space + 4;
  if (end > text.size() || text[space] != ' ') return begin;
  return core::normalise_full_postcode(text.substr(begin, end - begin)) ? end : begin;
}

std::size_t end_of_code(std::string_view text, std::size_t begin) {
  std::size_t end = run(text, begin, is_code), groups = 1;
  while (end - begin <= kLongest && end + 1 < text.size() && text[end] == '-' && is_code(text[end + 1])) {
    end = run(text, end + 1, is_code);
    ++groups;
  }
  return groups > 1 ? end : begin;
}

std::size_t end_of_short_compound(std::string_view text, std::size_t begin) {
  const bool letter = is_lower(text[begin]) || is_upper(text[begin]);
  if (!letter || begin + 2 >= text.size() || text[begin + 1] != '-') return begin;
  const std::size_t end = run(text, begin + 2, is_letter);
  return end > begin + 2 ? end : begin;
}

std::size_t end_of_time(std::string_view text, std::size_t begin) {
  std::size_t word = run(text, begin, is_letter);
  if (word > begin && word < text.size() && text[word] == '.') ++word;  // "godz. 09:00"
  if (word == begin || word >= text.size() || text[word] != ' ') return begin;
  const std::size_t time_begins =
      word + (text.substr(word + 1).starts_with(kFirstStrongIsolate) ? 1 + kFirstStrongIsolate.size() : 1);
  const std::size_t hours = run(text, time_begins, is_digit), minutes = hours + 1;
  const bool time = hours > time_begins && hours <= time_begins + 2 && hours < text.size() && text[hours] == ':' &&
                    run(text, minutes, is_digit) == minutes + 2;
  return time ? minutes + 2 : begin;
}

constexpr std::size_t kLongestAddress = 400;  // bytes

bool is_of_address(char c) {
  return c > ' ' && c < 0x7f && std::string_view("<>()\",;").find(c) == std::string_view::npos;
}

// Of an e-mail or web address.
std::size_t end_of_address(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kLongestAddress && is_of_address(text[end])) ++end;
  while (end > begin && std::string_view(".:!?-").find(text[end - 1]) != std::string_view::npos) --end;
  const std::string_view word = text.substr(begin, end - begin);
  const std::size_t at = word.find('@');
  const bool mail = at != std::string_view::npos && at > 0 && word.find('.', at) != std::string_view::npos;
  return mail || word.starts_with("www.") || word.find("://") != std::string_view::npos ? end : begin;
}

// What of it stays whole: up to each place where it may break.
void add_parts(std::string_view text, ByteRange address, std::vector<ByteRange>& found) {
  const std::size_t scheme = text.substr(0, address.end).find("://", address.begin);
  const std::size_t unbroken = scheme == std::string_view::npos ? address.begin : scheme + 3;
  const std::size_t path = std::min(text.find('/', unbroken), address.end);  // a name's hyphen is part of the name
  std::size_t begin = address.begin;
  for (std::size_t i = unbroken; i < address.end && found.size() < kMostRanges; ++i) {
    const std::string_view signs = i < path ? "@./" : "@./-";
    if (i + 1 != address.end && signs.find(text[i]) == std::string_view::npos) continue;
    if (i + 1 - begin > 1 && i + 1 - begin <= kLongest) found.push_back({begin, i + 1});
    begin = i + 1;
  }
}

}  // namespace

std::vector<ByteRange> unbreakable(std::string_view utf8) {
  std::vector<ByteRange> found;
  const auto inside = [](char c) { return is_digit(c) || is_letter(c); };
  const auto is_whole = [&](std::size_t begin, std::size_t end) {
    const bool ends = end == utf8.size() || !inside(utf8[end]) || (utf8[end] & 0x80);
    return end > begin && ends && end - begin <= kLongest;
  };
  for (std::size_t at = 0; at < utf8.size() && found.size() < kMostRanges; ++at) {
    // Isolates stand right before what a message holds.
    const bool begins = at == 0 || !inside(utf8[at - 1]) || ((utf8[at - 1] & 0x80) && !(utf8[at] & 0x80));
    if (!begins || !(inside(utf8[at]) || utf8[at] == '+')) continue;
    if (const std::size_t end = end_of_address(utf8, at); end > at) {
      add_parts(utf8, {at, end}, found);
      at = end - 1;
      continue;
    }
    for (const auto look : {end_of_phone, end_of_postcode, end_of_code, end_of_short_compound, end_of_time}) {
      const std::size_t end = look(utf8, at);
      if (!is_whole(at, end)) continue;
      found.push_back({at, end});
      at = end - 1;
      break;
    }
  }
  return found;
}

}  // namespace kiosk::text
