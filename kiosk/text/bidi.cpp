#include "kiosk/text/bidi.h"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "kiosk/core/strings.h"

namespace kiosk::text {

namespace {

constexpr int kMaxCombiningMarks = 8;

constexpr UChar32 kRightToLeftIsolateCharacter = 0x2067, kPopIsolateCharacter = 0x2069;

bool is_isolate(UChar32 c) { return c >= 0x2066 && c <= 0x2069; }
bool is_embedding_or_override(UChar32 c) { return c >= 0x202A && c <= 0x202E; }

// The next character of valid or invalid UTF-8; negative where it is invalid. `position` moves on.
UChar32 next_character(std::string_view text, std::size_t& position) {
  auto index = static_cast<int32_t>(position);
  UChar32 c = U_SENTINEL;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), index, static_cast<int32_t>(text.size()), c);
  position = static_cast<std::size_t>(index);
  return c;
}

template <class Keep>
std::string filtered(std::string_view text, Keep keep) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    if (keep(next_character(text, position))) result.append(text.substr(begin, position - begin));
  }
  return result;
}

bool is_harmful(UChar32 c) {
  if (c == '\n') return false;
  if (is_isolate(c) || is_embedding_or_override(c)) return true;
  if (c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)) return true;     // byte order mark, annotations
  if (c >= 0xE0000 && c <= 0xE0FFF) return true;                    // tags: invisible text
  if (c >= 0x206A && c <= 0x206F) return true;                      // deprecated format characters
  if (u_charType(c) == U_CONTROL_CHAR || c == 0x00AD) return true;  // U+00AD shows up only at line breaks
  return U_IS_UNICODE_NONCHAR(c) || u_charType(c) == U_PRIVATE_USE_CHAR;
}

bool is_combining(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// As `next_character`, with white space of every kind made plain.
UChar32 plain_character(UChar32 c) {
  if (c == '\t' || c == '\r') return ' ';
  if (c == 0x2028 || c == 0x2029 || c == 0x0085) return '\n';
  return c;
}

void append_character(std::string& out, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  out.append(bytes, static_cast<std::size_t>(length));
}

}  // namespace

Direction direction_of(std::string_view language) {
  return uloc_isRightToLeft(std::string(language).c_str()) ? Direction::RightToLeft : Direction::LeftToRight;
}

std::string isolate(std::string_view text) {
  std::string result(kFirstStrongIsolate);
  result += filtered(text, [](UChar32 c) { return !is_isolate(c); });
  result += kPopIsolate;
  return result;
}

std::string without_stray_bidi_controls(std::string_view text) {
  int open = 0;
  bool closed = true;
  std::string result = filtered(text, [&](UChar32 c) {
    if (is_isolate(c)) open += c == kPopIsolateCharacter ? -1 : 1;
    closed = closed && open >= 0 && c != kRightToLeftIsolateCharacter;
    return !is_embedding_or_override(c);
  });
  return closed && open == 0 ? result : without_bidi_controls(text);
}

std::string without_bidi_controls(std::string_view text) {
  return filtered(text, [](UChar32 c) { return !is_isolate(c) && !is_embedding_or_override(c); });
}

std::string lines_in_own_direction(std::string_view text) {
  std::string result;
  for (;;) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const bool foreign = !line.empty() && !has_right_to_left(line);
    if (foreign) result += kLeftToRightIsolate;
    result += line;
    if (foreign) result += kPopIsolate;
    if (end == text.size()) return result;
    result += '\n';
    text.remove_prefix(end + 1);
  }
}

std::string unbroken(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == ' ') {
      result += "\u00A0";
    } else if (c == '-') {
      result += "\u2011";
    } else {
      result += c;
    }
  }
  return result;
}

bool has_right_to_left(std::string_view text) {
  for (std::size_t position = 0; position < text.size();) {
    const UChar32 c = next_character(text, position);
    if (c < 0x0590) continue;
    switch (u_charDirection(c)) {
      case U_RIGHT_TO_LEFT:
      case U_RIGHT_TO_LEFT_ARABIC:
      case U_ARABIC_NUMBER:
        return true;
      default:
        break;
    }
  }
  return false;
}

std::string clean_outside_text(std::string_view text, std::size_t max_bytes) {
  std::string result;
  result.reserve(std::min(text.size(), max_bytes));
  int marks = 0;
  for (std::size_t position = 0; position < text.size() && result.size() < max_bytes;) {
    if (text.substr(position).starts_with("\r\n")) ++position;
    UChar32 c = next_character(text, position);
    c = c < 0 ? 0xFFFD : plain_character(c);
    if (is_harmful(c)) continue;
    marks = is_combining(c) ? marks + 1 : 0;
    if (marks > kMaxCombiningMarks) continue;
    append_character(result, c);
  }
  result.resize(core::truncate_utf8(result, max_bytes).size());
  return result;
}

}  // namespace kiosk::text
