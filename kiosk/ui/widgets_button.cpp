#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/ui/layout.h"
#include "kiosk/ui/parts.h"
#include "kiosk/ui/ui_state.h"

namespace kiosk::ui {
namespace {

struct ButtonColours {
  Colour ground, edge, text;
};

ButtonColours colours_of(const Theme& t, const ButtonSpec& spec, bool pressed) {
  if (!spec.disabled_reason.empty()) return {t.canvas, t.line, t.quiet};
  switch (spec.kind) {
    case ButtonKind::Primary:
      return {pressed ? t.primary_pressed : t.primary, with_alpha(t.primary, 0), t.on_primary};
    case ButtonKind::Secondary:
      return {pressed ? t.paper_pressed : spec.selected ? t.primary_tint : t.paper, t.primary, t.primary};
    case ButtonKind::Quiet:
      return {pressed         ? t.paper_pressed
              : spec.selected ? t.primary_tint
                              : with_alpha(t.canvas, 0),
              spec.selected ? t.primary : with_alpha(t.line, 0), t.primary};
  }
  return {};
}

struct LaidButton {
  text::ParagraphPtr label;  // null: icon only
  Icon icon = Icon::None;
  float icon_size = 0, icon_gap = 0, content = 0, padding = 0, width = 0, height = 0;
};

LaidButton lay_button(Ui& ui, const ButtonSpec& spec, float available) {
  LaidButton b;
  b.icon = spec.selected && spec.icon == Icon::None ? Icon::Check : spec.icon;
  b.padding = ui.px(spec.kind == ButtonKind::Quiet ? 3 : 6);
  if (b.icon != Icon::None) b.icon_size = icon_px(ui, spec.type);
  if (spec.show_label) {
    if (b.icon_size > 0) b.icon_gap = ui.px(2.5);
    const float taken = 2 * b.padding + b.icon_size + b.icon_gap;
    b.label = ui.layout(spec.label, ui.style(spec.type, 0));
    if (b.label->natural_width() > available - taken)
      b.label = ui.layout(spec.label, ui.style(spec.type, std::max(1.f, available - taken)));
  }
  const float label_width = b.label ? std::ceil(b.label->natural_width()) : 0;
  // One line by its ink: line boxes of Arabic would make every button taller. It may reach into the padding a little,
  // so that letters with and without marks have buttons of one height.
  const bool one_line = b.label && b.label->lines().size() == 1;
  const float label_height = !b.label ? 0 : one_line ? b.label->ink().height : b.label->height();
  b.content = b.icon_size + b.icon_gap + label_width;
  // With an icon or without: side by side they are of one height, and none changes it as it is chosen.
  const float least = std::max({ui.px(kTouchMm), ui.px(spec.least_mm), icon_px(ui, spec.type) + ui.px(6)});
  b.height = std::max(least, std::ceil(label_height + ui.px(one_line ? 2 : 6)));
  b.width = std::max(b.content + 2 * b.padding, ui.px(kTouchMm));
  if (!spec.other_label.empty()) {
    ButtonSpec other = spec;
    other.label = std::exchange(other.other_label, {});
    const LaidButton laid = lay_button(ui, other, available);
    b.width = std::max(b.width, laid.width);
    b.height = std::max(b.height, laid.height);
  }
  return b;
}

// An icon stands level with the middle of its button; before a link of several lines, level with the first of them.
Rect icon_row(Ui& ui, const ButtonSpec& spec, const LaidButton& b, const Rect& rect) {
  if (spec.kind != ButtonKind::Quiet || !b.label || b.label->lines().size() < 2) return rect;
  const float cap = cap_px(ui, spec.type);
  const float middle = centred_top(*b.label, rect, cap) + b.label->lines().front().baseline - cap / 2;
  return {rect.x, std::round(middle - b.icon_size / 2), rect.width, b.icon_size};
}

void draw_button(Ui& ui, const ButtonSpec& spec, const LaidButton& b, const Rect& rect, bool pressed) {
  Canvas& canvas = ui.canvas();
  const Theme& theme = ui.theme();
  const ButtonColours colours = colours_of(theme, spec, pressed);
  const float radius = ui.px(kRadiusMm);
  const bool raised = spec.kind == ButtonKind::Primary && spec.disabled_reason.empty() && !pressed;
  if (raised) canvas.shadow(rect, radius, ui.px(2), theme.shadow);
  canvas.rounded(rect, radius, colours.ground);
  canvas.outline(rect, radius, edge_line(ui), colours.edge);
  float x = std::round(rect.x + (rect.width - b.content) / 2);
  const Rect row = icon_row(ui, spec, b, rect);
  const auto draw_its_icon = [&] {
    canvas.icon(b.icon, {x, row.y, b.icon_size, row.height}, b.icon_size, colours.text);
    x += b.icon_size;
  };
  if (b.icon_size > 0 && !spec.icon_at_end) draw_its_icon(), x += b.icon_gap;
  if (b.label) {
    canvas.text(*b.label, x, centred_top(*b.label, rect, cap_px(ui, spec.type)), colours.text);
    x += std::ceil(b.label->natural_width());
  }
  if (b.icon_size > 0 && spec.icon_at_end) x += b.icon_gap, draw_its_icon();
}

}  // namespace

float button_height(Ui& ui, const ButtonSpec& spec) { return lay_button(ui, spec, ui.width()).height; }

bool button(Ui& ui, std::string_view id, const ButtonSpec& spec) {
  const LaidButton b = lay_button(ui, spec, ui.width());
  const Rect place = ui.take(b.width, b.height);
  Rect rect{place.x, place.y, spec.fit == Fit::Fill || ui.wrapping() ? place.width : std::min(b.width, place.width),
            b.height};
  // Without an edge of its own a quiet button stands with its icon or text at the column's start.
  if (spec.kind == ButtonKind::Quiet && !spec.selected && spec.fit == Fit::Natural && !ui.wrapping())
    rect.x -= b.padding;
  Node node;
  node.id = ui.id(id);
  node.role = spec.role;
  node.name = spec.label;
  node.hint = spec.hint;
  node.action = spec.disabled_reason.empty() && !spec.busy;
  node.leads = spec.kind == ButtonKind::Primary;
  node.focusable = true;
  node.state.selected = spec.selected;
  node.state.busy = spec.busy;
  node.state.disabled = !spec.disabled_reason.empty();
  node.state.disabled_reason = spec.disabled_reason;
  node.clipped = b.label && is_clipped(*b.label, rect.width - b.icon_size - b.icon_gap);
  ui.add(std::move(node), rect);
  draw_button(ui, spec, b, rect, ui.pressed(ui.id(id)));
  focus_ring(ui, ui.id(id), rect);
  if (!spec.disabled_reason.empty() && !ui.wrapping()) paragraph(ui, spec.disabled_reason, {.ink = Ink::Quiet});
  return ui.activated(ui.id(id));
}

namespace {

// Above its buttons the base unit, into which what scrolls may reach by a hair. Below them less, and the millimetre
// that pages leave: the edge of a bar is no neighbour to be told apart from.
constexpr double kAboveDockMm = kUnitMm + kHairMm, kBelowDockMm = 2;

// The first buttons of the lines that they need side by side.
std::vector<std::size_t> begins_of(const std::vector<float>& widths, float gap, float room) {
  std::vector<std::size_t> begins;
  float x = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i == 0 || x + gap + widths[i] > room + 0.5f) x = 0, begins.push_back(i);
    x += (x > 0 ? gap : 0) + widths[i];
  }
  return begins;
}

// No more lines than they need, and those as even as can be: three and two, not four and one alone.
std::vector<std::size_t> even_begins_of(const std::vector<float>& widths, float gap, float room) {
  std::vector<std::size_t> best = begins_of(widths, gap, room);
  const std::size_t count = best.size();
  for (std::size_t begin = 0; count > 1 && begin < widths.size(); ++begin) {
    float run = -gap;
    for (std::size_t i = begin; i < widths.size(); ++i) {
      run += gap + widths[i];
      if (run > room || run < *std::max_element(widths.begin(), widths.end())) continue;
      std::vector<std::size_t> begins = begins_of(widths, gap, run);
      if (begins.size() == count) best = std::move(begins), room = run;
    }
  }
  return best;
}

}  // namespace

std::vector<Dock::Line> Dock::lines_of(Ui& ui, const std::vector<DockButton>& buttons, float width) {
  std::vector<float> widths, heights;
  for (const DockButton& one : buttons) {
    const LaidButton laid = lay_button(ui, one.spec, width);
    widths.push_back(std::min(laid.width, width));
    heights.push_back(laid.height);
  }
  std::vector<Line> lines;
  for (const std::size_t begin : even_begins_of(widths, ui.px(kMinGapMm), width)) {
    if (!lines.empty()) lines.back().end = begin;
    lines.push_back({begin, buttons.size(), 0});
  }
  for (Line& line : lines)
    for (std::size_t i = line.begin; i < line.end; ++i) line.height = std::max(line.height, heights[i]);
  return lines;
}

Dock::Dock(Ui& ui, const Rect& within, std::vector<DockButton> buttons)
    : ui_(ui), buttons_(std::move(buttons)), above_(within) {
  if (buttons_.empty()) return;
  float height = ui.px(kAboveDockMm) + ui.px(kBelowDockMm) - ui.px(kMinGapMm);
  lines_ = lines_of(ui, buttons_, within.width);
  for (const Line& line : lines_) {
    height += line.height + ui.px(kMinGapMm);
    for (std::size_t i = line.begin; i < line.end; ++i) buttons_[i].spec.least_mm = ui.metrics().mm(line.height);
  }
  height = std::min(height, within.height);
  above_.height -= height;
  rect_ = {within.x, above_.bottom(), within.width, height};
}

std::optional<std::string> Dock::draw() {
  if (buttons_.empty()) return std::nullopt;
  const float gap = ui_.px(kAboveDockMm);
  Column column(ui_, {rect_.x, rect_.y + gap, rect_.width, rect_.height - gap}, kMinGapMm);
  std::optional<std::string> chosen;
  for (const Line& line : lines_) {
    const Wrap wrap(ui_);
    for (std::size_t i = line.begin; i < line.end; ++i)
      if (button(ui_, buttons_[i].id, buttons_[i].spec)) chosen = buttons_[i].id;
  }
  return chosen;
}

}  // namespace kiosk::ui
