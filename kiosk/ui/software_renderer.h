// Draws the canvas into memory, without any GPU: upright quads of coverage from the atlas, and only where something
// changed. The panel is cut into tiles; a tile whose quads hash as in the last frame keeps its pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/ui/atlas.h"

struct ImDrawList;

namespace kiosk::ui {

struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
};

class SoftwareRenderer {
 public:
  // Everything is drawn again.
  void resize(int width, int height);
  // What changed since the last call, in rectangles that do not overlap; empty: nothing did. Triangles that are no
  // upright quads (there are none in the toolkit) are left out.
  const std::vector<PixelRect>& render(const ImDrawList& list, const Atlas& atlas);

  int width() const { return width_; }
  int height() const { return height_; }
  const std::vector<std::uint32_t>& pixels() const { return pixels_; }  // 0xffRRGGBB, rows from the top

 private:
  struct Quad {
    int x0, y0, x1, y1;           // inside the clip
    float u0, v0, du, dv;         // texels at the first pixel's centre, and a pixel further
    std::uint32_t colour, alpha;  // 0x00RRGGBB, 0 .. 255
    const std::uint8_t* page;
    bool solid;
  };
  void decode(const ImDrawList& list, const Atlas& atlas);
  void hash_into_tiles(const Quad& quad, std::uint64_t hash);
  void find_damage();
  void draw(const Quad& quad, const PixelRect& within);

  int width_ = 0, height_ = 0, columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> pixels_;
  std::vector<Quad> quads_;
  std::vector<std::uint64_t> tiles_, last_tiles_;
  std::vector<PixelRect> damage_;
};

}  // namespace kiosk::ui
