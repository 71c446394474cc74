#include "kiosk/ui/canvas.h"

#include <imgui.h>

#include <cmath>

namespace kiosk::ui {
namespace {

constexpr float kTexel = 1.f / kAtlasSide;

// ImGui keeps what draw lists share in a context; one serves the whole process, and is never given fonts or input.
// ImGui 1.86 wants it const, 1.90 does not.
auto* shared_data() {
  static ImGuiContext* const context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  return ImGui::GetDrawListSharedData();
}

ImTextureID texture(int page) { return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(page) + 1); }

ImU32 packed(Colour c) { return IM_COL32(c.r, c.g, c.b, c.a); }

}  // namespace

Canvas::Canvas(Atlas& atlas) : atlas_(atlas), list_(std::make_unique<ImDrawList>(shared_data())) {}
Canvas::~Canvas() = default;

void Canvas::begin(int width_px, int height_px, bool rtl) {
  width_ = static_cast<float>(width_px);
  rtl_ = rtl;
  page_ = 0;
  list_->_ResetForNewFrame();
  list_->Flags = ImDrawListFlags_AllowVtxOffset;
  list_->PushTextureID(texture(0));
  clips_ = {{0, 0, width_, static_cast<float>(height_px)}};
  list_->PushClipRect({0, 0}, {width_, static_cast<float>(height_px)});
}

void Canvas::end() {
  list_->PopClipRect();
  list_->PopTextureID();
  list_->_PopUnusedDrawCmd();
}

Rect Canvas::on_glass(const Rect& r) const { return rtl_ ? Rect{width_ - r.x - r.width, r.y, r.width, r.height} : r; }

void Canvas::push_clip(const Rect& rect) {
  const Rect clip = intersect(snapped(on_glass(rect)), clips_.back());
  clips_.push_back(clip);
  list_->PushClipRect({clip.x, clip.y}, {clip.right(), clip.bottom()});
}

void Canvas::pop_clip() {
  clips_.pop_back();
  list_->PopClipRect();
}

void Canvas::quad(const Rect& glass, int page, float u0, float v0, float u1, float v1, Colour colour) {
  if (colour.a == 0 || is_empty(glass)) return;
  const ImVec2 a(glass.x, glass.y), c(glass.right(), glass.bottom());
  const ImVec2 ua(u0 * kTexel, v0 * kTexel), uc(u1 * kTexel, v1 * kTexel);
  if (patching_) {
    // The room was reserved on page 0; sprites of panels are drawn first, and live there.
    if (patch_next_ == patch_end_ || page != 0) return;
    ImDrawVert* v = list_->VtxBuffer.Data + 4 * patch_next_++;
    v[0] = {a, ua, packed(colour)};
    v[1] = {ImVec2(c.x, a.y), ImVec2(uc.x, ua.y), packed(colour)};
    v[2] = {c, uc, packed(colour)};
    v[3] = {ImVec2(a.x, c.y), ImVec2(ua.x, uc.y), packed(colour)};
    return;
  }
  if (is_empty(intersect(glass, clips_.back()))) return;
  if (page != page_) {
    list_->PopTextureID();
    list_->PushTextureID(texture(page));
    page_ = page;
  }
  list_->PrimReserve(6, 4);
  list_->PrimRectUV(a, c, ua, uc, packed(colour));
}

std::size_t Canvas::reserve(std::size_t quads) {
  if (page_ != 0) {
    list_->PopTextureID();
    list_->PushTextureID(texture(0));
    page_ = 0;
  }
  for (std::size_t i = 0; i < quads; ++i) {
    list_->PrimReserve(6, 4);
    list_->PrimRectUV({0, 0}, {0, 0}, {0, 0}, {0, 0}, 0);
  }
  return static_cast<std::size_t>(list_->VtxBuffer.Size) / 4 - quads;
}

void Canvas::begin_patch(std::size_t place, std::size_t quads) {
  patching_ = true;
  patch_next_ = place;
  patch_end_ = place + quads;
}

void Canvas::end_patch() { patching_ = false; }

void Canvas::fill(const Rect& rect, Colour colour) {
  constexpr float kSolid = Atlas::kSolidTexel + 0.5f;
  quad(snapped(on_glass(rect)), patching_ ? 0 : page_, kSolid, kSolid, kSolid, kSolid, colour);
}

void Canvas::nine_slice(const Rect& r, const Sprite& s, Colour colour, bool middle) {
  if (s.empty()) return;
  const auto corner = static_cast<float>((s.width - 1) / 2);
  const auto side = static_cast<float>(s.width);
  const float half_w = std::floor(r.width / 2), half_h = std::floor(r.height / 2);
  const float cw = std::min(corner, half_w), ch = std::min(corner, half_h);
  const float xs[4] = {r.x, r.x + cw, r.right() - cw, r.right()};
  const float ys[4] = {r.y, r.y + ch, r.bottom() - ch, r.bottom()};
  // Texels of the slices; the middle ones are one texel, sampled at its centre, and stretch.
  const float mid = corner + 0.5f;
  const float us[3][2] = {{0, cw}, {mid, mid}, {side - cw, side}};
  const float vs[3][2] = {{0, ch}, {mid, mid}, {side - ch, side}};
  const auto ox = static_cast<float>(s.x), oy = static_cast<float>(s.y);
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 3; ++i) {
      if (!middle && i == 1 && j == 1) continue;
      const Rect part{xs[i], ys[j], xs[i + 1] - xs[i], ys[j + 1] - ys[j]};
      quad(part, s.page, ox + us[i][0], oy + vs[j][0], ox + us[i][1], oy + vs[j][1], colour);
    }
}

void Canvas::rounded(const Rect& rect, float radius_px, Colour colour) {
  const Rect r = snapped(on_glass(rect));
  const int radius = static_cast<int>(std::min({radius_px, std::floor(r.width / 2), std::floor(r.height / 2)}));
  if (radius <= 0) return fill(rect, colour);
  nine_slice(r, atlas_.rounded(radius), colour, true);
}

void Canvas::outline(const Rect& rect, float radius_px, float stroke_px, Colour colour) {
  const Rect r = snapped(on_glass(rect));
  const int stroke = std::max(1, static_cast<int>(stroke_px));
  const int limit = static_cast<int>(std::min(r.width, r.height) / 2);
  const int radius = std::clamp(static_cast<int>(radius_px), std::min(stroke, limit), std::max(stroke, limit));
  nine_slice(r, atlas_.ring(radius, stroke), colour, false);
}

void Canvas::shadow(const Rect& rect, float radius_px, float blur_px, Colour colour) {
  if (colour.a == 0) return;
  const float drop = std::round(blur_px / 3);
  const Rect r = inset(moved(snapped(on_glass(rect)), 0, drop), -blur_px);
  nine_slice(r, atlas_.shadow(static_cast<int>(radius_px), static_cast<int>(blur_px)), colour, false);
}

void Canvas::icon(Icon which, const Rect& rect, float size_px, Colour colour) {
  if (which == Icon::None) return;
  const Point middle = centre(on_glass(rect));
  const Sprite& s = atlas_.icon(which, static_cast<int>(size_px));
  if (s.empty()) return;
  const Rect r{std::round(middle.x - static_cast<float>(s.width) / 2),
               std::round(middle.y - static_cast<float>(s.height) / 2), static_cast<float>(s.width),
               static_cast<float>(s.height)};
  const auto u0 = static_cast<float>(s.x), u1 = static_cast<float>(s.x + s.width);
  const auto v0 = static_cast<float>(s.y), v1 = static_cast<float>(s.y + s.height);
  const bool turned = rtl_ && is_directional(which);
  quad(r, s.page, turned ? u1 : u0, v0, turned ? u0 : u1, v1, colour);
}

void Canvas::text(const text::Paragraph& paragraph, float x, float y, Colour colour) {
  const Rect box = on_glass({x, y, paragraph.width(), paragraph.height()});
  const float left = std::round(box.x), top = std::round(box.y);
  if (is_empty(intersect(moved(paragraph.ink(), left, top), clips_.back()))) return;
  for (const text::Line& line : paragraph.lines()) {
    if (top + line.bottom < clips_.back().y || top + line.top > clips_.back().bottom()) continue;
    for (std::size_t i = line.glyph_begin; i < line.glyph_end; ++i) {
      const text::Glyph& glyph = paragraph.glyphs()[i];
      const float quarters = std::floor((left + glyph.x) * 4 + 0.5f);
      const float pen = std::floor(quarters / 4);
      const Sprite& s = atlas_.glyph(glyph.font, glyph.index, static_cast<int>(quarters - pen * 4));
      if (s.empty()) continue;
      const Rect r{pen + static_cast<float>(s.left), std::round(top + glyph.y) + static_cast<float>(s.top),
                   static_cast<float>(s.width), static_cast<float>(s.height)};
      quad(r, s.page, static_cast<float>(s.x), static_cast<float>(s.y), static_cast<float>(s.x + s.width),
           static_cast<float>(s.y + s.height), colour);
    }
  }
}

void Canvas::mark(const text::Paragraph& paragraph, const text::ByteRange& range, float x, float y, float radius_px,
                  Colour colour) {
  const Rect box = on_glass({x, y, paragraph.width(), paragraph.height()});
  for (const Rect& part : paragraph.boxes(range)) {
    const Rect r = inset(moved(part, box.x, box.y), -radius_px / 2, 0);
    nine_slice(snapped(r), atlas_.rounded(std::max(1, static_cast<int>(radius_px))), colour, true);
  }
}

void Canvas::dots(const core::Bitmap1& bitmap, const Rect& rect, int dot_px, Colour colour) {
  const Rect r = snapped(on_glass(rect));
  constexpr float kSolid = Atlas::kSolidTexel + 0.5f;
  const auto dot = static_cast<float>(dot_px);
  for (int y = 0; y < bitmap.height; ++y)
    for (int x = 0; x < bitmap.width; ++x) {
      if (!bitmap.at(x, y)) continue;
      const int first = x;
      while (x + 1 < bitmap.width && bitmap.at(x + 1, y)) ++x;
      quad({r.x + static_cast<float>(first) * dot, r.y + static_cast<float>(y) * dot,
            static_cast<float>(x - first + 1) * dot, dot},
           page_, kSolid, kSolid, kSolid, kSolid, colour);
    }
}

}  // namespace kiosk::ui
