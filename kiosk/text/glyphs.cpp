#include "kiosk/text/glyphs.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

#include "kiosk/core/owned.h"

namespace kiosk::text {

namespace {

using Surface = core::Owned<cairo_surface_t, cairo_surface_destroy>;
using Context = core::Owned<cairo_t, cairo_destroy>;

// Larger pictures than this are never asked for: TextStyle bounds the em to 1000 pixels.
constexpr int kMaxSide = 8192;

// The box of the glyph with its pen at the origin, whole pixels, with one to spare on each side for smoothing.
struct Box {
  int left = 0, top = 0, width = 0, height = 0;
};

Box box_of(cairo_scaled_font_t* font, const cairo_glyph_t& glyph) {
  cairo_text_extents_t extents;
  cairo_scaled_font_glyph_extents(font, &glyph, 1, &extents);
  if (extents.width <= 0 || extents.height <= 0) return {};
  Box box;
  box.left = static_cast<int>(std::floor(extents.x_bearing + glyph.x)) - 1;
  box.top = static_cast<int>(std::floor(extents.y_bearing)) - 1;
  box.width = static_cast<int>(std::ceil(extents.x_bearing + extents.width + glyph.x)) + 1 - box.left;
  box.height = static_cast<int>(std::ceil(extents.y_bearing + extents.height)) + 1 - box.top;
  return box;
}

void paint(cairo_surface_t* surface, cairo_scaled_font_t* font, const Box& box, cairo_glyph_t glyph, bool between) {
  Context context(cairo_create(surface));
  cairo_set_scaled_font(context.get(), font);
  glyph.x -= box.left;
  glyph.y -= box.top;
  if (between) {
    // cairo before 1.17.4 rounds the pen of show_glyphs to whole pixels; a filled outline keeps its place.
    cairo_glyph_path(context.get(), &glyph, 1);
    cairo_fill(context.get());
  } else {
    cairo_show_glyphs(context.get(), &glyph, 1);
  }
}

// Copies the rows and columns that have ink.
GlyphImage trimmed(const std::uint8_t* pixels, int stride, const Box& box) {
  int left = box.width;
  int right = 0;
  int top = box.height;
  int bottom = 0;
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      if (pixels[y * stride + x] == 0) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    }
  }
  GlyphImage image;
  if (right <= left) return image;
  image.width = right - left;
  image.height = bottom - top;
  image.left = box.left + left;
  image.top = box.top + top;
  image.coverage.reserve(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  for (int y = top; y < bottom; ++y) {
    const std::uint8_t* row = pixels + y * stride;
    image.coverage.insert(image.coverage.end(), row + left, row + right);
  }
  return image;
}

}  // namespace

GlyphImage GlyphRasteriser::rasterise(FontId font, std::uint32_t index, float subpixel_x) const {
  cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(engine_.font(font)));
  if (!scaled || cairo_scaled_font_status(scaled) != CAIRO_STATUS_SUCCESS) return {};
  cairo_glyph_t glyph{index, subpixel_x - std::floor(subpixel_x), 0};
  const Box box = box_of(scaled, glyph);
  if (box.width <= 0 || box.height <= 0 || box.width > kMaxSide || box.height > kMaxSide) return {};
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, box.width, box.height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return {};
  paint(surface.get(), scaled, box, glyph, glyph.x > 0);
  cairo_surface_flush(surface.get());
  return trimmed(cairo_image_surface_get_data(surface.get()), cairo_image_surface_get_stride(surface.get()), box);
}

}  // namespace kiosk::text
