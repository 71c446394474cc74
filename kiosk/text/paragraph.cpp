#include <algorithm>
#include <cmath>

#include "kiosk/core/secret.h"
#include "kiosk/text/layout.h"

namespace kiosk::text {

Paragraph::~Paragraph() { core::wipe(text_); }

std::size_t Paragraph::stop_index(std::size_t byte) const {
  const auto after = std::upper_bound(stops_.begin(), stops_.end(), byte,
                                      [](std::size_t b, const Stop& stop) { return b < stop.byte; });
  return after == stops_.begin() ? 0 : static_cast<std::size_t>(after - stops_.begin()) - 1;
}

Rect Paragraph::cursor(std::size_t byte) const {
  if (stops_.empty()) return {};
  const Stop& stop = stops_[stop_index(byte)];
  const Line& line = lines_[stop.line];
  return {stop.rtl ? stop.right : stop.left, line.top, 0, line.bottom - line.top};
}

std::size_t Paragraph::byte_at(float x, float y) const {
  if (stops_.empty()) return 0;
  std::size_t line = 0;
  while (line + 1 < lines_.size() && y >= lines_[line].bottom) ++line;
  const Stop* nearest = nullptr;
  float distance = 0;
  for (const Stop& stop : stops_) {
    if (stop.line != line) continue;
    const float away = std::abs((stop.rtl ? stop.right : stop.left) - x);
    if (nearest && away >= distance) continue;
    nearest = &stop;
    distance = away;
  }
  return nearest ? nearest->byte : lines_[line].begin;
}

std::size_t Paragraph::next_stop(std::size_t byte) const {
  if (stops_.empty()) return 0;
  return stops_[std::min(stop_index(byte) + 1, stops_.size() - 1)].byte;
}

std::size_t Paragraph::previous_stop(std::size_t byte) const {
  if (stops_.empty()) return 0;
  const std::size_t index = stop_index(byte);
  if (stops_[index].byte < byte) return stops_[index].byte;
  return stops_[index > 0 ? index - 1 : 0].byte;
}

std::vector<Rect> Paragraph::boxes(ByteRange range) const {
  std::vector<Rect> result;
  range.end = std::min(range.end, own_bytes_);  // an ellipsis stands for the rest, and is no part of it
  if (stops_.empty() || range.begin >= range.end) return result;
  std::vector<const Stop*> inside;
  for (std::size_t i = stop_index(range.begin); i < stops_.size() && stops_[i].byte < range.end; ++i) {
    if (stops_[i].right > stops_[i].left) inside.push_back(&stops_[i]);
  }
  std::sort(inside.begin(), inside.end(),
            [](const Stop* a, const Stop* b) { return a->line != b->line ? a->line < b->line : a->left < b->left; });
  constexpr float kTouching = 0.5F;
  for (const Stop* stop : inside) {
    const Line& line = lines_[stop->line];
    if (!result.empty() && result.back().y == line.top && stop->left - result.back().right() < kTouching) {
      result.back().width = std::max(result.back().right(), stop->right) - result.back().x;
    } else {
      result.push_back({stop->left, line.top, stop->right - stop->left, line.bottom - line.top});
    }
  }
  return result;
}

std::size_t Paragraph::memory_bytes() const {
  return sizeof(Paragraph) + text_.capacity() + lines_.capacity() * sizeof(Line) + glyphs_.capacity() * sizeof(Glyph) +
         stops_.capacity() * sizeof(Stop);
}

}  // namespace kiosk::text
