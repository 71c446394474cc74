// Text of feeds as residents may read it: HTML becomes paragraphs, and whatever could mislead the eye goes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk::directory {

inline constexpr std::size_t kMaxHtmlBytes = std::size_t{1} << 20;   // of input; the rest is left out
inline constexpr std::size_t kMaxTextBytes = std::size_t{64} << 10;  // of a text; the rest is left out

inline constexpr int kMaxMarks = 4;  // the longest rows that spelling needs: Vietnamese 2, Hebrew 3, Tibetan 4

// Paragraphs parted by '\n': one for each block, list item ("• ", "1. "), table row and <br>; white space is folded,
// entities are decoded once; scripts, styles, images, forms and embedded documents are dropped. Text without any tag
// keeps its own lines. Never fails; pure and thread-safe.
std::string html_to_text(std::string_view html);
// The same in one line, for names and titles.
std::string html_to_line(std::string_view html);

// Valid UTF-8, without control characters, invisible characters and directional overrides (U+202A-E, U+2066-9) that
// could make text read as something else; private-use bullets of word processors become "•"; at most
// kMaxMarks combining marks (Mn, Me) in a row, so that no letter grows over its neighbours. Lines stay.
std::string clean_text(std::string_view text);
// Whether clean_text() takes combining marks out of it.
bool has_mark_pile(std::string_view text);

}  // namespace kiosk::directory
