#include "kiosk/ui/parts.h"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

float icon_px(const Ui& ui, Type type) {
  return std::round(static_cast<float>(cap_height_mm(type, ui.look().text_size) * 1.55 / ui.metrics().pitch_mm));
}

float hairline(const Ui& ui) { return std::max(1.f, ui.px(0.3)); }
float edge_line(const Ui& ui) { return std::max(1.f, ui.px(0.5)); }

void focus_ring(Ui& ui, NodeId id, const Rect& rect) {
  if (!ui.focused(id)) return;
  const float stroke = std::max(2.f, ui.px(1)), gap = std::max(1.f, ui.px(0.5));
  ui.canvas().outline(inset(rect, -(stroke + gap)), ui.px(kRadiusMm) + stroke + gap, stroke, ui.theme().focus);
}

IconText lay_icon_text(Ui& ui, std::string_view utf8, Icon icon, Type type, Ink ink, float width, int max_lines) {
  IconText laid;
  laid.icon = icon;
  laid.ink = ink;
  laid.cap = cap_px(ui, type);
  if (icon != Icon::None) {
    laid.icon_size = icon_px(ui, type);
    laid.indent = laid.icon_size + ui.px(2.5);
  }
  text::TextStyle style = ui.style(type, std::max(1.f, width - laid.indent));
  style.max_lines = max_lines;
  laid.text = ui.layout(utf8, style);
  return laid;
}

void draw_icon_text(Ui& ui, const IconText& laid, float x, float y, Colour colour) {
  const float baseline = laid.text->lines().empty() ? laid.text->height() : laid.text->lines().front().baseline;
  const float middle = baseline - laid.cap / 2;
  const float drop = std::max(0.f, std::round(laid.icon_size / 2 - middle));
  if (laid.icon != Icon::None) {
    const Rect box{x, y + drop + middle - laid.icon_size / 2, laid.icon_size, laid.icon_size};
    ui.canvas().icon(laid.icon, box, laid.icon_size, colour);
  }
  for (const text::ByteRange& range : laid.marked)
    ui.canvas().mark(*laid.text, range, x + laid.indent, y + drop, ui.px(1), ui.theme().mark);
  ui.canvas().text(*laid.text, x + laid.indent, y + drop, colour);
}

float cap_px(const Ui& ui, Type type) { return cap_px(ui.style(type).size_px); }

float centred_top(const text::Paragraph& paragraph, const Rect& box, float cap) {
  if (paragraph.lines().empty()) return std::round(box.y + (box.height - paragraph.height()) / 2);
  const float first = paragraph.lines().front().baseline, last = paragraph.lines().back().baseline;
  return std::round(box.y + box.height / 2 - (first - cap + last) / 2);
}

bool is_clipped(const text::Paragraph& paragraph, float width) {
  return paragraph.ellipsised() || paragraph.natural_width() > width + 1;
}

LaidBadge lay_badge(Ui& ui, const BadgeSpec& spec, float max_width) {
  LaidBadge laid;
  const float padding = ui.px(3);
  laid.content = lay_icon_text(ui, spec.text, spec.icon, Type::Body, Ink::Ink, max_width - 2 * padding);
  laid.width = std::ceil(laid.content.width() + 2 * padding);
  laid.height = std::ceil(laid.content.height() + ui.px(1));
  return laid;
}

void draw_badge(Ui& ui, const BadgeSpec& spec, const LaidBadge& laid, float x, float y) {
  const Theme& theme = ui.theme();
  const Rect rect{x, y, laid.width, laid.height};
  const Colour edge = theme.of(spec.tone);
  // On a ground without tints the edge alone sets it apart.
  const bool flat = theme.tint_of(spec.tone) == theme.paper;
  ui.canvas().rounded(rect, ui.px(2), theme.tint_of(spec.tone));
  if (flat) ui.canvas().outline(rect, ui.px(2), hairline(ui), theme.line);
  draw_icon_text(ui, laid.content, x + ui.px(3), y + ui.px(0.5), edge);
}

int even_columns(int columns, std::size_t items) {
  const int count = static_cast<int>(items), rows = (count + columns - 1) / columns;
  return rows == 0 ? columns : (count + rows - 1) / rows;
}

GridColumns grid_columns(const Ui& ui, float width, double min_mm, double gap_mm, std::size_t items) {
  GridColumns grid;
  grid.gap = ui.px(gap_mm);
  const double growth = std::pow(cap_height_mm(Type::Body, ui.look().text_size) / cap_height_mm(Type::Body, 0), 0.8);
  const float least = ui.px(min_mm * growth);
  const int fit = static_cast<int>((width + grid.gap) / (least + grid.gap));
  grid.count = std::clamp(fit, 1, std::max(1, static_cast<int>(items)));
  grid.width = std::floor((width - grid.gap * static_cast<float>(grid.count - 1)) / static_cast<float>(grid.count));
  return grid;
}

float widest_word(Ui& ui, std::string_view text, const text::TextStyle& style) {
  text::TextStyle free = style;
  free.max_width_px = 0;
  float widest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    // Short words fit anywhere; laying out every one of them would cost more than it tells.
    constexpr std::size_t kShort = 8;
    if (end > kShort) widest = std::max(widest, ui.layout(text.substr(0, end), free)->natural_width());
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::ceil(widest);
}

text::TextStyle on_one_line(Ui& ui, std::string_view text, text::TextStyle style, double least_px) {
  text::TextStyle unlimited = style;
  unlimited.max_width_px = 0;
  const double whole = std::max(1.0, double{ui.layout(text, unlimited)->natural_width()});
  style.size_px = std::min(style.size_px, std::max(std::floor(style.size_px * style.max_width_px / whole), least_px));
  return style;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!all.empty()) all += ", ";
    all += part;
  }
  return all;
}

}  // namespace kiosk::ui
