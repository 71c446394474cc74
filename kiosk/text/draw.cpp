#include "kiosk/text/draw.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "kiosk/text/glyphs.h"

namespace kiosk::text {

namespace {

// Calls `put(x, y, coverage)` for every dot of the paragraph inside a target of this size.
template <class Put>
void for_each_dot(const TextEngine& engine, const Paragraph& paragraph, float x, float y, int width, int height,
                  Put put) {
  const GlyphRasteriser rasteriser(engine);
  std::map<std::pair<FontId, std::uint32_t>, GlyphImage> images;
  for (const Glyph& glyph : paragraph.glyphs()) {
    auto [known, is_new] = images.try_emplace({glyph.font, glyph.index});
    if (is_new) known->second = rasteriser.rasterise(glyph.font, glyph.index);
    const GlyphImage& image = known->second;
    const int left = static_cast<int>(std::lround(x + glyph.x)) + image.left;
    const int top = static_cast<int>(std::lround(y + glyph.y)) + image.top;
    for (int row = std::max(0, -top); row < image.height && top + row < height; ++row) {
      for (int column = std::max(0, -left); column < image.width && left + column < width; ++column) {
        const std::uint8_t coverage = image.coverage[static_cast<std::size_t>(row * image.width + column)];
        if (coverage > 0) put(left + column, top + row, coverage);
      }
    }
  }
}

}  // namespace

void draw(const TextEngine& engine, const Paragraph& paragraph, float x, float y, AlphaImage& target) {
  for_each_dot(engine, paragraph, x, y, target.width, target.height, [&](int px, int py, std::uint8_t coverage) {
    auto& dot = target.coverage[static_cast<std::size_t>(py) * static_cast<std::size_t>(target.width) +
                                static_cast<std::size_t>(px)];
    // Glyphs that touch (joined Arabic letters) add up.
    dot = static_cast<std::uint8_t>(std::min(255, dot + coverage));
  });
}

void draw(const TextEngine& engine, const Paragraph& paragraph, int x, int y, core::Bitmap1& target, int threshold) {
  // Threshold after adding up: at the seam of two joined letters each covers less than half of a dot.
  const Rect& ink = paragraph.ink();
  const int pad = 2;
  const int left = static_cast<int>(std::floor(ink.x)) - pad;
  const int top = static_cast<int>(std::floor(ink.y)) - pad;
  AlphaImage grey(static_cast<int>(std::ceil(ink.width)) + 2 * pad + 1,
                  static_cast<int>(std::ceil(ink.height)) + 2 * pad + 1);
  draw(engine, paragraph, static_cast<float>(-left), static_cast<float>(-top), grey);
  for (int row = 0; row < grey.height; ++row) {
    const int py = y + top + row;
    if (py < 0 || py >= target.height) continue;
    for (int column = 0; column < grey.width; ++column) {
      const int px = x + left + column;
      if (px >= 0 && px < target.width && grey.at(column, row) >= threshold) target.set(px, py);
    }
  }
}

}  // namespace kiosk::text
