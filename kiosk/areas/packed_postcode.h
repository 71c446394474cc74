// A postcode in a number that sorts outcode first, so that an outcode is a range. Private to areas.
#pragma once

#include <cstdint>
#include <string_view>

namespace kiosk::areas {

constexpr std::uint64_t kIncodes = 10 * 26 * 26;

// `outcode` is 2 to 4 letters and digits in upper case, as core/postcode.h normalises them.
constexpr std::uint64_t pack_outcode(std::string_view outcode) {
  std::uint64_t packed = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    std::uint64_t symbol = 0;  // none
    if (i < outcode.size()) {
      const char c = outcode[i];
      symbol = static_cast<std::uint64_t>(c <= '9' ? c - '0' + 1 : c - 'A' + 11);
    }
    packed = packed * 37 + symbol;
  }
  return packed;
}

// `postcode` is a normalised full postcode: "AB1 2CD".
constexpr std::uint64_t pack_postcode(std::string_view postcode) {
  const std::string_view incode = postcode.substr(postcode.size() - 3);
  const auto symbol = [](char c, char first) { return static_cast<std::uint64_t>(c - first); };
  return pack_outcode(postcode.substr(0, postcode.size() - 4)) * kIncodes + symbol(incode[0], '0') * 26 * 26 +
         symbol(incode[1], 'A') * 26 + symbol(incode[2], 'A');
}

}  // namespace kiosk::areas
