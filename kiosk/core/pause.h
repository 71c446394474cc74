// Where a text is cut. Pure.
#pragma once

#include <string_view>

namespace kiosk::core {

// Without what a text that goes on has before the cut: spaces, and commas, colons and full stops, Arabic ones too.
std::string_view without_pause(std::string_view text);

}  // namespace kiosk::core
