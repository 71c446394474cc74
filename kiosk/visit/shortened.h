// What a feed says at length, in the room of a list. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk::visit {

// The first paragraph, trimmed.
std::string_view first_paragraph(std::string_view text);
// The whole words of one paragraph that fit, with an ellipsis where some are left out.
std::string shortened(std::string_view paragraph, std::size_t max_bytes);

}  // namespace kiosk::visit
