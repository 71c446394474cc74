// Bounds and cleaning of what lists of authorities hold. Private to areas.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::areas {

inline constexpr std::size_t kMostAuthorities = 5'000;
inline constexpr std::size_t kMostCodeBytes = 64;
inline constexpr std::size_t kMostTextBytes = 400;

std::string clean_field(std::string_view text);
// "a;b": each a short key or code; what is longer is none.
std::vector<std::string> keys_of(std::string_view text, char separator);

}  // namespace kiosk::areas
