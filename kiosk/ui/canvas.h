// Draws in logical coordinates (x from the start side) into ImGui draw lists, cut from the atlas. Everything is made of
// upright quads on whole pixels, so that the software renderer never meets a triangle.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/text/layout.h"
#include "kiosk/ui/atlas.h"
#include "kiosk/ui/geometry.h"
#include "kiosk/ui/theme.h"

struct ImDrawList;

namespace kiosk::ui {

class Canvas {
 public:
  explicit Canvas(Atlas& atlas);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void begin(int width_px, int height_px, bool rtl);
  void end();
  const ImDrawList& list() const { return *list_; }

  void fill(const Rect& rect, Colour colour);
  void rounded(const Rect& rect, float radius_px, Colour colour);
  void outline(const Rect& rect, float radius_px, float stroke_px, Colour colour);
  void shadow(const Rect& rect, float radius_px, float blur_px, Colour colour);
  // `rect`'s middle holds the icon, square. Arrows are turned in right-to-left layouts.
  void icon(Icon icon, const Rect& rect, float size_px, Colour colour);
  // Top left corner of the paragraph's box (logical: its start side) at (x, y); marked glyphs on `mark`.
  void text(const text::Paragraph& paragraph, float x, float y, Colour colour);
  // Boxes behind a range of it.
  void mark(const text::Paragraph& paragraph, const text::ByteRange& range, float x, float y, float radius_px,
            Colour colour);
  // Black dots of the bitmap, each `dot_px` square, on what is below.
  void dots(const core::Bitmap1& bitmap, const Rect& rect, int dot_px, Colour colour);

  void push_clip(const Rect& rect);
  void pop_clip();
  const Rect& clip() const { return clips_.back(); }  // on the glass

  // Room for `quads` quads that are drawn now, under what comes next, but known only later: fill it with `patch`.
  std::size_t reserve(std::size_t quads);
  // Runs `draw` into the room reserved at `place`; quads beyond it are dropped.
  template <class Draw>
  void patch(std::size_t place, std::size_t quads, Draw&& draw) {
    begin_patch(place, quads);
    draw();
    end_patch();
  }

  Rect on_glass(const Rect& logical) const;  // mirrored for right-to-left

 private:
  void quad(const Rect& glass, int page, float u0, float v0, float u1, float v1, Colour colour);
  void nine_slice(const Rect& glass, const Sprite& sprite, Colour colour, bool middle);
  void begin_patch(std::size_t place, std::size_t quads);
  void end_patch();

  Atlas& atlas_;
  std::unique_ptr<ImDrawList> list_;
  std::vector<Rect> clips_;
  float width_ = 0;
  bool rtl_ = false;
  int page_ = 0;
  std::size_t patch_next_ = 0, patch_end_ = 0;
  bool patching_ = false;
};

// Quads that rounded, outline and shadow need, for reserve().
inline constexpr std::size_t kPanelQuads = 9 * 3;

}  // namespace kiosk::ui
