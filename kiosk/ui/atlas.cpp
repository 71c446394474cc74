#include "kiosk/ui/atlas.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kiosk/core/owned.h"

namespace kiosk::ui {
namespace {

using text::AlphaImage;
using Surface = core::Owned<cairo_surface_t, cairo_surface_destroy>;
using Painter = core::Owned<cairo_t, cairo_destroy>;

AlphaImage to_image(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  AlphaImage image(cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface));
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < image.height; ++y)
    std::memcpy(&image.coverage[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width)],
                cairo_image_surface_get_data(surface) + static_cast<std::ptrdiff_t>(y) * stride,
                static_cast<std::size_t>(image.width));
  return image;
}

void round_path(cairo_t* cr, double x, double y, double side, double radius) {
  cairo_new_sub_path(cr);
  cairo_arc(cr, x + side - radius, y + radius, radius, -M_PI / 2, 0);
  cairo_arc(cr, x + side - radius, y + side - radius, radius, 0, M_PI / 2);
  cairo_arc(cr, x + radius, y + side - radius, radius, M_PI / 2, M_PI);
  cairo_arc(cr, x + radius, y + radius, radius, M_PI, 3 * M_PI / 2);
  cairo_close_path(cr);
}

AlphaImage draw_rounded(int radius, int stroke) {
  const int side = 2 * radius + 1;
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, side, side));
  const Painter cr(cairo_create(surface.get()));
  round_path(cr.get(), 0, 0, side, radius);
  if (stroke > 0) {
    round_path(cr.get(), stroke, stroke, side - 2 * stroke, std::max(0, radius - stroke));
    cairo_set_fill_rule(cr.get(), CAIRO_FILL_RULE_EVEN_ODD);
  }
  cairo_fill(cr.get());
  return to_image(surface.get());
}

// One pass of a box blur along rows; three of both directions come close to a Gaussian.
void blur_rows(std::vector<float>& pixels, int width, int height, int radius) {
  std::vector<float> line(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    float* row = &pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width)];
    float sum = 0;
    for (int x = -radius; x < width; ++x) {
      if (x + radius < width) sum += row[x + radius];
      if (x - radius - 1 >= 0) sum -= row[x - radius - 1];
      if (x >= 0) line[static_cast<std::size_t>(x)] = sum / static_cast<float>(2 * radius + 1);
    }
    std::copy(line.begin(), line.end(), row);
  }
}

void transpose(std::vector<float>& pixels, int side) {
  for (int y = 0; y < side; ++y)
    for (int x = y + 1; x < side; ++x)
      std::swap(pixels[static_cast<std::size_t>(y * side + x)], pixels[static_cast<std::size_t>(x * side + y)]);
}

AlphaImage draw_shadow(int radius, int blur) {
  const int corner = radius + 2 * blur;  // room for the blur on both sides of the edge
  const int side = 2 * corner + 1;
  const AlphaImage square = draw_rounded(radius, 0);
  std::vector<float> pixels(static_cast<std::size_t>(side * side), 0.f);
  const int inner = side - 2 * blur;
  for (int y = 0; y < inner; ++y)
    for (int x = 0; x < inner; ++x) {
      const int sx = std::min({x, inner - 1 - x, radius}), sy = std::min({y, inner - 1 - y, radius});
      pixels[static_cast<std::size_t>((y + blur) * side + x + blur)] = square.at(sx, sy);
    }
  for (int direction = 0; direction < 2; ++direction) {
    for (int pass = 0; pass < 3; ++pass) blur_rows(pixels, side, side, std::max(1, blur / 3));
    transpose(pixels, side);
  }
  AlphaImage image(side, side);
  std::transform(pixels.begin(), pixels.end(), image.coverage.begin(),
                 [](float v) { return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.f, 255.f))); });
  return image;
}

}  // namespace

Atlas::Atlas(const text::TextEngine& engine) : rasteriser_(engine) { reset(); }

void Atlas::add_page() {
  Page& page = pages_.emplace_back();
  for (int y = 0; y < 3; ++y)
    std::fill_n(page.coverage.begin() + static_cast<std::ptrdiff_t>(y) * kAtlasSide, 3, std::uint8_t{255});
  page.fill = {4, 0, 4};
  page.dirty_bottom = kAtlasSide;
}

void Atlas::reset() {
  pages_.clear();
  glyphs_.clear();
  shapes_.clear();
  overflowed_ = false;
  ++generation_;
  add_page();
  add_page();
  keep();
}

void Atlas::keep() { kept_ = {pages_.size(), pages_.front().fill, pages_.back().fill}; }

bool Atlas::is_kept(const Sprite& sprite) const {
  if (sprite.empty()) return false;  // as cheap to find out again
  const auto page = static_cast<std::size_t>(sprite.page);
  if (page != 0 && page + 1 != kept_.pages) return page < kept_.pages;
  const Fill& fill = page == 0 ? kept_.shapes : kept_.glyphs;
  return sprite.y < fill.y || (sprite.y == fill.y && sprite.x < fill.x);
}

void Atlas::forget_beyond(Page& page, const Fill& fill) {
  page.fill = fill;
  const int end_of_shelf = std::min(fill.x, kAtlasSide);  // the gap after its last picture may be beyond the page
  for (int y = fill.y; y < kAtlasSide; ++y) {
    const auto row = page.coverage.begin() + static_cast<std::ptrdiff_t>(y) * kAtlasSide;
    std::fill(row + (y < fill.y + fill.height ? end_of_shelf : 0), row + kAtlasSide, std::uint8_t{0});
  }
}

void Atlas::forget() {
  const auto goes = [this](const auto& entry) { return !is_kept(entry.second); };
  std::erase_if(glyphs_, goes);
  std::erase_if(shapes_, goes);
  for (std::size_t i = kept_.pages; i < pages_.size(); ++i) forget_beyond(pages_[i], {});
  pages_.resize(kept_.pages);
  forget_beyond(pages_.front(), kept_.shapes);
  forget_beyond(pages_.back(), kept_.glyphs);
  ++generation_;  // a GPU's copies are made anew, whatever their pages say of rows
}

Sprite Atlas::reserve(int width, int height, Shelf shelf) {
  if (width > kAtlasSide || height > kAtlasSide - 4) return {};
  for (;;) {
    const std::size_t index = shelf == Shelf::Shapes ? 0 : pages_.size() - 1;
    Page& page = pages_[index];
    if (page.fill.x + width > kAtlasSide) {
      page.fill.y += page.fill.height;
      page.fill.x = page.fill.height = 0;
    }
    if (page.fill.y + height <= kAtlasSide) {
      const Sprite sprite{static_cast<int>(index), page.fill.x, page.fill.y, width, height};
      page.fill.x += width + 1;
      page.fill.height = std::max(page.fill.height, height + 1);
      return sprite;
    }
    if (shelf == Shelf::Shapes || pages_.size() == kAtlasPages) {
      overflowed_ = true;
      return {};
    }
    add_page();
  }
}

Sprite Atlas::place(const AlphaImage& image, Shelf shelf) {
  if (image.width == 0 || image.height == 0) return {};
  const Sprite sprite = reserve(image.width, image.height, shelf);
  if (sprite.empty()) return sprite;
  Page& page = pages_[static_cast<std::size_t>(sprite.page)];
  for (int y = 0; y < image.height; ++y)
    std::copy_n(image.coverage.begin() + static_cast<std::ptrdiff_t>(y) * image.width, image.width,
                page.coverage.begin() + static_cast<std::ptrdiff_t>(sprite.y + y) * kAtlasSide + sprite.x);
  if (page.dirty_top >= page.dirty_bottom) page.dirty_top = sprite.y, page.dirty_bottom = sprite.y;
  page.dirty_top = std::min(page.dirty_top, sprite.y);
  page.dirty_bottom = std::max(page.dirty_bottom, sprite.y + image.height);
  return sprite;
}

const Sprite& Atlas::glyph(text::FontId font, std::uint32_t index, int quarter) {
  const GlyphKey key{static_cast<std::uint32_t>(font), index, static_cast<std::uint32_t>(quarter)};
  const auto [entry, added] = glyphs_.try_emplace(key);
  if (!added) return entry->second;
  text::GlyphImage glyph = rasteriser_.rasterise(font, index, static_cast<float>(quarter) / 4);
  if (glyph.empty()) return entry->second;
  AlphaImage image;
  image.width = glyph.width;
  image.height = glyph.height;
  image.coverage = std::move(glyph.coverage);
  Sprite sprite = place(image, Shelf::Glyphs);
  sprite.left = glyph.left;
  sprite.top = glyph.top;
  return entry->second = sprite;
}

const Sprite& Atlas::icon(Icon icon, int size_px) {
  const auto [entry, added] = shapes_.try_emplace({Shape::Icon, static_cast<int>(icon), size_px});
  if (added) entry->second = place(draw_icon(icon, size_px), Shelf::Shapes);
  return entry->second;
}

const Sprite& Atlas::rounded(int radius_px) {
  const auto [entry, added] = shapes_.try_emplace({Shape::Rounded, radius_px, 0});
  if (added) entry->second = place(draw_rounded(radius_px, 0), Shelf::Shapes);
  return entry->second;
}

const Sprite& Atlas::ring(int radius_px, int stroke_px) {
  const auto [entry, added] = shapes_.try_emplace({Shape::Ring, radius_px, stroke_px});
  if (added) entry->second = place(draw_rounded(radius_px, stroke_px), Shelf::Shapes);
  return entry->second;
}

const Sprite& Atlas::shadow(int radius_px, int blur_px) {
  const auto [entry, added] = shapes_.try_emplace({Shape::Shadow, radius_px, blur_px});
  if (added) entry->second = place(draw_shadow(radius_px, blur_px), Shelf::Shapes);
  return entry->second;
}

}  // namespace kiosk::ui
