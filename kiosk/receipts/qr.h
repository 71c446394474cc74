// QR codes, for paper and for the screen.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"

namespace kiosk::receipts {

// The quiet zone that ISO/IEC 18004 asks for, in modules on each side. Not part of `modules`.
inline constexpr int kQuietModules = 4;

struct QrCode {
  int size = 0;                    // modules a side: 21 .. 177
  std::vector<std::uint8_t> dark;  // size * size, rows from the top; 1 is dark
  bool at(int x, int y) const {
    return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x)] != 0;
  }
};

// Error correction M, byte mode, the smallest version that holds it. Errors: Invalid for empty text or text with a NUL,
// Full beyond 2331 bytes (version 40-M).
core::Result<QrCode> encode_qr(std::string_view text);

// Dots a module so that the code with its quiet zone fits into `width_dots`: 4 .. 8, or 0 where it cannot.
int module_dots(const QrCode& code, int width_dots);

}  // namespace kiosk::receipts
