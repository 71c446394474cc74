// A page of black and white dots: what receipts draw and printers print.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kiosk::core {

// Rows from top to bottom; each row is stride() bytes, most significant bit leftmost; a set bit is black.
struct Bitmap1 {
  int width = 0;   // dots
  int height = 0;  // dots
  std::vector<std::uint8_t> bytes;

  Bitmap1() = default;
  Bitmap1(int w, int h)
      : width(w), height(h), bytes(static_cast<std::size_t>((w + 7) / 8) * static_cast<std::size_t>(h)) {}

  int stride() const { return (width + 7) / 8; }
  bool at(int x, int y) const { return (bytes[index(x, y)] >> (7 - x % 8)) & 1; }
  void set(int x, int y) { bytes[index(x, y)] = static_cast<std::uint8_t>(bytes[index(x, y)] | (0x80 >> (x % 8))); }
  bool operator==(const Bitmap1&) const = default;

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(stride()) + static_cast<std::size_t>(x / 8);
  }
};

}  // namespace kiosk::core
