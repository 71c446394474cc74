// The code on a receipt for people without a phone: 8 characters of Crockford's base 32, the last of which checks the
// others. Shown as "7K3M-9QX4"; 7 * 5 = 35 bits of chance, so asking by code must be rate-limited.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "kiosk/core/result.h"

namespace kiosk::receipts {

// Fills the buffer with bytes that nobody can guess (libsodium's randombytes in the programs, fixed ones in tests).
using RandomBytes = std::function<void(std::uint8_t* bytes, std::size_t size)>;

// 8 characters, without the hyphen: what is stored and compared.
std::string make_receipt_code(const RandomBytes& random);

// What a person typed or a scanner read: any case, spaces and hyphens anywhere, O for 0, I and L for 1. Gives the 8
// characters. Errors: Invalid for another length, a character outside the alphabet (U among them), or a failed check,
// which catches any one wrong character and any two neighbours swapped.
core::Result<std::string> parse_receipt_code(std::string_view typed);

std::string grouped_code(std::string_view code);  // "7K3M-9QX4"
std::string spoken_code(std::string_view code);   // "7, K, 3, M, 9, Q, X, 4"

}  // namespace kiosk::receipts
