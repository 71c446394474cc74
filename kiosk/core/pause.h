// Where a text is cut. Pure.
#pragma once

#include <string_view>

namespace kiosk::core {

inline constexpr std::string_view kEllipsis = "\u2026";  // what stands for text that was cut off

// Without what a text that goes on has before the cut: spaces, commas, colons, full stops, Arabic ones too,
// middle dots, and isolates (U+2068) of which nothing is left.
std::string_view without_pause(std::string_view text);

}  // namespace kiosk::core
