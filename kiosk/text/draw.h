// Paragraphs drawn into pictures in memory: paper, and the reference pictures of tests.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/text/layout.h"

namespace kiosk::text {

struct AlphaImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> coverage;  // rows from the top, without padding
  AlphaImage() = default;
  AlphaImage(int w, int h) : width(w), height(h), coverage(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
  std::uint8_t at(int x, int y) const {
    return coverage[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

// Adds the paragraph with its top left corner at (x, y); what falls outside the target is left out.
void draw(const TextEngine& engine, const Paragraph& paragraph, float x, float y, AlphaImage& target);

// The same in black and white: a dot is black from `threshold` of 255 on. Lower is bolder; thermal paper likes 110.
void draw(const TextEngine& engine, const Paragraph& paragraph, int x, int y, core::Bitmap1& target,
          int threshold = 110);

}  // namespace kiosk::text
