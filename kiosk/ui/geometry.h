// Rectangles and points on the panel, in pixels from the top left corner, y downwards.
#pragma once

#include <algorithm>
#include <cmath>

#include "kiosk/text/layout.h"

namespace kiosk::ui {

struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

using Rect = text::Rect;  // x, y, width, height; right(), bottom()

inline bool is_empty(const Rect& r) { return r.width <= 0 || r.height <= 0; }
inline bool contains(const Rect& r, Point p) { return p.x >= r.x && p.y >= r.y && p.x < r.right() && p.y < r.bottom(); }
inline Rect inset(const Rect& r, float by) { return {r.x + by, r.y + by, r.width - 2 * by, r.height - 2 * by}; }
inline Rect inset(const Rect& r, float sides, float ends) {
  return {r.x + sides, r.y + ends, r.width - 2 * sides, r.height - 2 * ends};
}
inline Rect moved(const Rect& r, float dx, float dy) { return {r.x + dx, r.y + dy, r.width, r.height}; }
// What both cover; empty (width and height 0) where they do not meet.
inline Rect intersect(const Rect& a, const Rect& b) {
  const float x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  const float right = std::min(a.right(), b.right()), bottom = std::min(a.bottom(), b.bottom());
  return {x, y, std::max(0.f, right - x), std::max(0.f, bottom - y)};
}
inline Rect united(const Rect& a, const Rect& b) {
  const float x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}
inline Point centre(const Rect& r) { return {r.x + r.width / 2, r.y + r.height / 2}; }
inline Rect snapped(const Rect& r) {
  const float x = std::round(r.x), y = std::round(r.y);
  return {x, y, std::round(r.right()) - x, std::round(r.bottom()) - y};
}

}  // namespace kiosk::ui
