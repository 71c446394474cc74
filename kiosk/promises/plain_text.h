// Words of back ends as text that can stand on a screen and on paper. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk::promises {

// Valid UTF-8 without control characters (tab and line feed stay), without the characters that override or isolate the
// direction of what follows (U+202A to 202E, U+2066 to 2069: one of them would reach beyond the text's own place on a
// page), trimmed, and at most `most_bytes`, cut between code points.
std::string plain_text(std::string_view text, std::size_t most_bytes);

// The same of text that may hold simple HTML, as people type it into web forms: tags go, those that end a line leave a
// line feed, the usual entities become characters. "a < b" stays.
std::string plain_text_of_html(std::string_view text, std::size_t most_bytes);

// What adapters ask for, in bytes: of names and lines of addresses, and of what people are told about a place or a
// question.
inline constexpr std::size_t kLongestName = 300, kLongestHint = 2'000;

}  // namespace kiosk::promises
