// Pictures of glyphs, icons, round corners and shadows, as coverage in square pages: what every quad on screen is cut
// from. Filled on demand; emptied as a whole when full, between two frames, and of a visit's own pictures after it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "kiosk/text/glyphs.h"
#include "kiosk/ui/icons.h"

namespace kiosk::ui {

inline constexpr int kAtlasSide = 1024;  // texels of a page
inline constexpr int kAtlasPages = 8;

// Where a picture is. Empty (width 0) for what has no ink.
struct Sprite {
  int page = 0;
  int x = 0, y = 0, width = 0, height = 0;  // texels
  int left = 0, top = 0;                    // from the pen, for glyphs
  bool empty() const { return width == 0; }
};

class Atlas {
 public:
  explicit Atlas(const text::TextEngine& engine);

  // `quarter`: the pen's fraction of a pixel in quarters, 0 .. 3.
  const Sprite& glyph(text::FontId font, std::uint32_t index, int quarter);
  const Sprite& icon(Icon icon, int size_px);
  // Squares with round corners for nine-slices: the corner's size is (width - 1) / 2, the middle row and column
  // stretch.
  const Sprite& rounded(int radius_px);
  const Sprite& ring(int radius_px, int stroke_px);
  // A soft shadow of a square with such corners; the blur reaches `blur_px` beyond the square on each side.
  const Sprite& shadow(int radius_px, int blur_px);

  // The middle of a page's wholly covered corner block: solid fills are cut from here.
  static constexpr int kSolidTexel = 1;

  // Where the next picture of a page goes: shelves from top to bottom, each filled from left to right.
  struct Fill {
    int x = 0, y = 0, height = 0;  // of the shelf, as far as it is filled
  };
  struct Page {
    std::vector<std::uint8_t> coverage = std::vector<std::uint8_t>(kAtlasSide * kAtlasSide);
    int dirty_top = 0, dirty_bottom = 0;  // rows that a GPU copy of the page lacks
    Fill fill;
  };
  std::vector<Page>& pages() { return pages_; }
  const std::vector<Page>& pages() const { return pages_; }
  // Rises when pictures were thrown away: textures and remembered quads are void.
  std::uint64_t generation() const { return generation_; }
  // Something did not fit since the last frame: reset() before drawing again.
  bool overflowed() const { return overflowed_; }
  void reset();
  // Drops what came after keep(): which letters and icons were drawn may tell what was typed and read.
  void forget();
  void keep();

 private:
  // Shapes live on page 0, glyphs on the others: a panel's ground can then be filled in later (Canvas::patch).
  enum class Shelf { Shapes, Glyphs };
  Sprite place(const text::AlphaImage& image, Shelf shelf);
  Sprite reserve(int width, int height, Shelf shelf);
  void add_page();
  // What keep() found: shapes on page 0 up to there, and glyphs, whose pages are full but for the last.
  struct Kept {
    std::size_t pages = 0;
    Fill shapes, glyphs;
  };
  bool is_kept(const Sprite& sprite) const;
  void forget_beyond(Page& page, const Fill& fill);

  text::GlyphRasteriser rasteriser_;
  std::vector<Page> pages_;
  struct GlyphKey {
    std::uint32_t font, index, quarter;
    bool operator==(const GlyphKey&) const = default;
  };
  struct GlyphHash {
    std::size_t operator()(const GlyphKey& k) const {
      return (static_cast<std::size_t>(k.font) << 34) ^ (static_cast<std::size_t>(k.index) << 2) ^ k.quarter;
    }
  };
  enum class Shape { Icon, Rounded, Ring, Shadow };
  std::unordered_map<GlyphKey, Sprite, GlyphHash> glyphs_;
  std::map<std::tuple<Shape, int, int>, Sprite> shapes_;
  Kept kept_;
  std::uint64_t generation_ = 1;
  bool overflowed_ = false;
};

}  // namespace kiosk::ui
