// Pictures of single glyphs, for an atlas.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/text/layout.h"

namespace kiosk::text {

// Coverage 0..255, rows from the top, without padding. Empty for glyphs without ink (spaces).
struct GlyphImage {
  int width = 0, height = 0;
  int left = 0;  // from the pen to the picture's left column, pixels
  int top = 0;   // from the baseline to the picture's top row, pixels, downwards: negative above the baseline
  std::vector<std::uint8_t> coverage;
  bool empty() const { return width == 0 || height == 0; }
};

// Rasterises in grey, unhinted. Keeps no pictures: the atlas does. Same thread as its engine, which must outlive it.
class GlyphRasteriser {
 public:
  explicit GlyphRasteriser(const TextEngine& engine) : engine_(engine) {}

  // `subpixel_x`: the pen's fraction of a pixel, 0 .. 1, where the atlas keeps more than one position; 0 otherwise.
  GlyphImage rasterise(FontId font, std::uint32_t glyph, float subpixel_x = 0) const;

 private:
  const TextEngine& engine_;
};

}  // namespace kiosk::text
