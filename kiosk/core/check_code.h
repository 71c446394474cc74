// Short codes that people read out and type: Crockford's base 32 (crockford.com/base32.html), 7 random characters and 1
// that checks them. Crockford's own check symbol needs five characters outside the alphabet; here the check stays
// inside it: a weighted sum over GF(32), as in Reed-Solomon codes of one check symbol.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "kiosk/core/result.h"

namespace kiosk::core {

inline constexpr std::size_t kCheckCodeLength = 8;

// Fills the buffer with bytes that nobody can guess (libsodium's randombytes in the programs, fixed ones in tests).
using RandomBytes = std::function<void(std::uint8_t* bytes, std::size_t size)>;

// 8 characters of 0-9 and A-Z without I, L, O and U, without a hyphen: what is stored and compared. 35 bits of chance:
// whoever answers questions by code must limit their rate.
std::string make_check_code(const RandomBytes& random);

// What a person typed or a scanner read: any case, spaces and hyphens anywhere, O for 0, I and L for 1. Gives the 8
// characters. Invalid for another length, a character outside the alphabet, or a failed check, which catches any one
// wrong character and any two characters that changed places.
Result<std::string> parse_check_code(std::string_view typed);

std::string grouped_check_code(std::string_view code);  // "7K3M-9QX4"; other lengths as they are

}  // namespace kiosk::core
