#include "kiosk/ui/layout.h"

#include <algorithm>
#include <cmath>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/parts.h"
#include "kiosk/ui/ui_state.h"
#include "kiosk/ui/widgets.h"

namespace kiosk::ui {
namespace {

float gap_px(const Ui& ui, double gap_mm) { return ui.px(gap_mm < 0 ? kUnitMm : gap_mm); }

void push_flow(Ui& ui, const Rect& rect, float gap, bool wrap = false) {
  Flow flow{.rect = rect, .gap = gap, .y = rect.y};
  flow.wrap = wrap;
  flow.x = rect.x;
  flow.line_top = rect.y;
  ui.state().flows.push_back(flow);
}

Flow pop_flow(Ui& ui) {
  const Flow flow = ui.state().flow();
  ui.state().flows.pop_back();
  return flow;
}

// The current flow goes on below `bottom`.
void advance(Ui& ui, float bottom) {
  Flow& flow = ui.state().flow();
  flow.y = bottom;
  flow.extra = 0;
  flow.empty = false;
}

}  // namespace

Column::Column(Ui& ui, const Rect& rect, double gap_mm) : ui_(ui) { push_flow(ui, rect, gap_px(ui, gap_mm)); }
Column::~Column() { pop_flow(ui_); }

Rect Column::rest() const {
  const Flow& flow = ui_.state().flow();
  const float y = flow.next_y();
  return {flow.rect.x, y, flow.rect.width, std::max(0.f, flow.rect.bottom() - y)};
}

Row::Row(Ui& ui, std::vector<CellWidth> widths, double gap_mm)
    : ui_(ui), widths_(std::move(widths)), gap_(gap_px(ui, gap_mm)) {
  const Flow& flow = ui.state().flow();
  x_ = flow.rect.x;
  y_ = bottom_ = flow.next_y();
  total_ = flow.rect.width;
}

Row::~Row() {
  close_cell();
  advance(ui_, bottom_);
}

void Row::close_cell() {
  if (next_ > 0) bottom_ = std::max(bottom_, pop_flow(ui_).y);
}

Rect Row::cell() {
  close_cell();
  const CellWidth wanted = next_ < widths_.size() ? widths_[next_] : share(1);
  float free = total_ - gap_ * static_cast<float>(std::max<std::size_t>(1, widths_.size()) - 1);
  double shares = 0;
  for (const CellWidth& w : widths_) free -= ui_.px(w.mm), shares += w.share;
  const float width = wanted.share > 0 ? std::floor(std::max(0.f, free) * static_cast<float>(wanted.share / shares))
                                       : ui_.px(wanted.mm);
  const Flow& parent = ui_.state().flow();
  const Rect rect{x_, y_, width, std::max(0.f, parent.rect.bottom() - y_)};
  x_ += width + gap_;
  ++next_;
  push_flow(ui_, rect, parent.gap);
  return rect;
}

Wrap::Wrap(Ui& ui, double gap_mm) : ui_(ui) {
  const Flow& flow = ui.state().flow();
  const float y = flow.next_y();
  push_flow(ui, {flow.rect.x, y, flow.rect.width, std::max(0.f, flow.rect.bottom() - y)}, ui.px(gap_mm), true);
}

Wrap::~Wrap() {
  const Flow flow = pop_flow(ui_);
  if (!flow.empty) advance(ui_, flow.y);
}

Panel::Panel(Ui& ui, std::string_view id, const PanelSpec& spec) : ui_(ui), spec_(spec) {
  const Flow& flow = ui.state().flow();
  const float padding = ui.px(spec.padding_mm);
  outer_ = {flow.rect.x, flow.next_y(), flow.rect.width, 0};
  ground_ = ui.canvas().reserve(kPanelQuads);
  Node node;
  node.id = ui.id(id);
  node.role = spec.role;
  node.name = spec.name;
  node.focusable = !spec.name.empty();
  node_ = ui.add(std::move(node), outer_);
  ui.begin_parent(ui.id(id));
  push_flow(ui, {outer_.x + padding, outer_.y + padding, outer_.width - 2 * padding, ui.remaining()}, flow.gap);
}

Panel::~Panel() {
  ui_.end_parent();
  outer_.height = pop_flow(ui_).y + ui_.px(spec_.padding_mm) - outer_.y;
  advance(ui_, outer_.bottom());
  ui_.finish(node_, outer_);
  const Theme& theme = ui_.theme();
  const float radius = ui_.px(kRadiusMm);
  ui_.canvas().patch(ground_, kPanelQuads, [&] {
    Canvas& canvas = ui_.canvas();
    if (spec_.shadow) canvas.shadow(outer_, radius, ui_.px(3), theme.shadow);
    canvas.rounded(outer_, radius, theme.tint_of(spec_.tone));
    const Colour edge = spec_.tone == Tone::Neutral ? theme.line : theme.of(spec_.tone);
    canvas.outline(outer_, radius, std::max(1.f, ui_.px(0.3)), edge);
  });
}

// --- scrolling -----------------------------------------------------------------------------------------------------

namespace {

constexpr double kRailGapMm = 4, kRailEndMm = 3;  // beside it, and below: clear of a bar
constexpr double kBelowScrollMm = 1.5;            // shown below what fits, and left below what scrolls
constexpr double kFadeMm = 6;
constexpr int kFadeStrips = 8;
constexpr double kShade = 0.3;  // of the line's colour in what it fades to, which is seen where the ground is empty too

// Buttons stand outside of the area where the panel has room at its end side, and inside otherwise.
Rect rail_of(Ui& ui, Rect& rect) {
  const float touch = ui.px(kTouchMm), between = ui.px(kMinGapMm), gap = ui.px(kRailGapMm);
  const bool low = rect.height - ui.px(kRailEndMm) < 2 * touch + between;  // then they stand side by side
  const float width = low ? 2 * touch + between : touch;
  const bool open_page = ui.state().parents.empty();  // not inside of a panel or dialog
  const bool outside = open_page && rect.right() + 2 * gap + width <= static_cast<float>(ui.metrics().width_px);
  if (!outside) rect.width -= width + gap;
  return {rect.right() + gap, rect.y, width, rect.height - ui.px(kRailEndMm)};
}

}  // namespace

float whole_above_fold(Ui& ui) {
  const auto& areas = ui.state().scroll_areas;
  const bool fades = !areas.empty() && ui.state().scrolls[areas.back()].overflows;
  return ui.remaining() - (fades ? ui.px(kFadeMm) : 0);
}

void keep_whole(Ui& ui, float height) {
  if (ui.state().scroll_areas.empty() || whole_above_fold(ui) >= height) return;
  ui.gap(ui.metrics().mm(ui.remaining()));
}

Scroll::Scroll(Ui& ui, std::string_view id, const Rect& rect) : ui_(ui), rect_(snapped(rect)), id_(ui.id(id)) {
  ScrollMemory& memory = ui.state().scrolls[id_];
  if (memory.overflows) rail_ = rail_of(ui, rect_);
  memory.view = rect_.height;
  ui.push_id(id);
  if (ui.activated(ui.id("page_up"))) memory.offset -= memory.view * kScrollPageShare;
  if (ui.activated(ui.id("page_down"))) memory.offset += memory.view * kScrollPageShare;
  memory.offset = std::round(std::clamp(memory.offset, 0.f, memory.furthest()));
  Node node;
  node.id = id_;
  node.role = Role::Group;
  node.scrolls = true;
  ui.add(std::move(node), rect_);
  ui.state().scroll_areas.push_back(id_);
  // Shadows and focus rings may stick out at the sides.
  const float room = ui.px(kRailGapMm) - 1;
  const float above = ui.px(kAboveScrollMm);
  const float below = memory.overflows ? 0 : ui.px(kBelowScrollMm);
  ui.canvas().push_clip({rect_.x - room, rect_.y - above, rect_.width + 2 * room, rect_.height + above + below});
  top_ = rect_.y - memory.offset;
  push_flow(ui, {rect_.x, top_, rect_.width, rect_.height}, ui.px(kUnitMm));
}

Scroll::~Scroll() {
  const float end = pop_flow(ui_).y - top_, below = ui_.px(kBelowScrollMm);
  ui_.canvas().pop_clip();
  ui_.state().scroll_areas.pop_back();
  ScrollMemory& memory = ui_.state().scrolls[id_];
  // Narrower text is taller: what barely fits without the buttons may not fit beside them, so they stay a little
  // longer.
  const bool fits = end <= memory.view + ui_.px(kHairMm);  // so little may reach into the gap that pages have below
  const float content = fits ? std::min(end + below, memory.view) : end + below;
  const bool overflows = !fits || (memory.overflows && content > memory.view * 0.85f);
  if (std::abs(content - memory.content) > 0.5f) ui_.state().resized_area = id_;
  memory.content = content;
  // What a field was lifted by beyond the content's end is kept no longer than somebody types, and no more than is
  // used.
  const float beyond = memory.offset + memory.view - content;
  memory.below = ui_.state().field == NodeId::None ? 0 : std::clamp(beyond, 0.f, memory.below);
  if (overflows != memory.overflows || memory.offset > memory.furthest() + 1) ui_.state().unsettled = true;
  memory.overflows = overflows;
  if (overflows) fade();
  if (!is_empty(rail_) && memory.furthest() > 0.5f) page_buttons();  // its room stays while content is about as tall
  ui_.pop_id();
}

// A hard cut through a line or a card looks like a fault, and a cut between two lines like the end. Strips of one shade
// of the ground, each a little fainter: quads of one colour are what the software renderer is quick at.
void Scroll::fade() {
  const ScrollMemory& memory = ui_.state().scrolls[id_];
  const Theme& theme = ui_.theme();
  const float room = ui_.px(kRailGapMm) - 1, above = ui_.px(kAboveScrollMm);  // as far as its clip reaches
  const float strip = std::max(1.f, std::round(ui_.px(kFadeMm) / kFadeStrips));
  const Colour shade = mix(theme.canvas, theme.line, kShade);
  const auto veil = [&](float y, int alpha) {
    ui_.canvas().fill({rect_.x, y, rect_.width, strip}, with_alpha(shade, alpha));
    for (const float x : {rect_.x - room, rect_.right()})  // shadows stick out there
      ui_.canvas().fill({x, y, room, strip}, with_alpha(theme.canvas, alpha));
  };
  for (int i = 0; i < kFadeStrips; ++i) {
    const float covered = 1 - (static_cast<float>(i) + 0.5f) / kFadeStrips;  // the most at the edge
    const int alpha = static_cast<int>(std::lround(255 * covered));
    const float from_edge = strip * static_cast<float>(i);
    if (memory.offset < memory.furthest() - 0.5f) veil(rect_.bottom() - from_edge - strip, alpha);
    if (memory.offset > 0.5f) veil(rect_.y - above + from_edge, alpha);
  }
}

bool Scroll::page_button(std::string_view name, const Rect& rect, bool up, bool possible) {
  const Theme& theme = ui_.theme();
  Node node;
  node.id = ui_.id(name);
  node.role = Role::Button;
  node.name = ui_.word(up ? "ui.page_up" : "ui.page_down");
  node.action = possible;
  node.focusable = true;
  node.state.disabled = !possible;
  if (!possible) node.state.disabled_reason = ui_.word(up ? "ui.at_top" : "ui.at_end");
  ui_.add(std::move(node), rect);
  Canvas& canvas = ui_.canvas();
  const bool pressed = ui_.pressed(ui_.id(name));
  canvas.rounded(rect, ui_.px(kRadiusMm), pressed ? theme.paper_pressed : theme.paper);
  canvas.outline(rect, ui_.px(kRadiusMm), std::max(1.f, ui_.px(0.3)), theme.line);
  canvas.icon(up ? Icon::Up : Icon::Down, rect, ui_.px(8),
              possible ? theme.primary : mix(theme.paper, theme.line, 0.6));
  focus_ring(ui_, ui_.id(name), rect);
  return ui_.activated(ui_.id(name));
}

void Scroll::page_buttons() {
  const ScrollMemory& memory = ui_.state().scrolls[id_];
  const float size = ui_.px(kTouchMm), gap = ui_.px(kMinGapMm);
  const bool beside = rail_.width > size;
  const Rect down{rail_.right() - size, rail_.bottom() - size, size, size};
  const Rect up = beside ? moved(down, -size - gap, 0) : moved(down, 0, -size - gap);
  page_button("page_up", up, true, memory.offset > 0.5f);
  page_button("page_down", down, false, memory.offset < memory.furthest() - 0.5f);
  // Where one is in it.
  const Rect track{rail_.x + size / 2 - ui_.px(0.6), rail_.y, ui_.px(1.2), up.y - gap - rail_.y};
  if (beside || track.height < size || memory.content < 1) return;
  const float share = std::min(1.f, memory.view / memory.content);
  const float length = std::max(ui_.px(8), track.height * share);
  const float way = memory.furthest() > 0 ? memory.offset / memory.furthest() : 0;
  ui_.canvas().rounded(track, track.width / 2, mix(ui_.theme().canvas, ui_.theme().line, 0.3));
  ui_.canvas().rounded({track.x, track.y + (track.height - length) * way, track.width, length}, track.width / 2,
                       ui_.theme().line);
}

// --- dialogs -------------------------------------------------------------------------------------------------------

Dialog::Dialog(Ui& ui, std::string_view id, const DialogSpec& spec) : ui_(ui), scope_(ui, id) {
  const NodeId own = ui.id("dialog");
  const Rect area = is_empty(spec.room) ? ui.area() : spec.room;
  const float padding = ui.px(8), margin = ui.px(kMarginMm), above = ui.px(kUnitMm);
  const float width = std::min(ui.px(spec.width_mm), area.width - 2 * margin);
  body_id_ = ui.id("body");
  footer_id_ = ui.id("footer");
  ScrollMemory& memory = ui.state().scrolls[body_id_];
  const float footer = ui.state().scrolls[footer_id_].content;  // as measured in the frame before
  const float content = std::max(ui.px(30), memory.content) + footer;
  const float height = std::min(content + 2 * padding, area.height - 2 * above);
  fits_ = content + 2 * padding <= area.height - 2 * above;
  if (fits_) memory.overflows = false;  // it grows with its content instead
  const Rect outer = snapped({area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height});
  const Theme& theme = ui.theme();
  Canvas& canvas = ui.canvas();
  const auto full_height = static_cast<float>(ui.metrics().height_px);
  canvas.fill({0, 0, ui.area().width, full_height}, spec.whole_page ? theme.canvas : theme.veil);
  if (!spec.whole_page) {
    canvas.shadow(outer, ui.px(kRadiusMm * 1.5), ui.px(5), theme.shadow);
    canvas.rounded(outer, ui.px(kRadiusMm * 1.5), theme.canvas);
    canvas.outline(outer, ui.px(kRadiusMm * 1.5), std::max(1.f, ui.px(0.4)), theme.line);
  }
  Node node;
  node.id = own;
  node.role = Role::Dialog;
  node.name = spec.title;
  node.hint = spec.hint;
  node.alert = spec.alert;
  node.focusable = true;
  ui.state().scene.modal = own;
  ui.add(std::move(node), outer);
  ui.begin_parent(own);
  Rect inner = inset(outer, padding, padding);
  footer_rect_ = {inner.x, inner.bottom() - footer, inner.width, footer};
  inner.height -= footer;
  body_ = std::make_unique<Scroll>(ui, "body", inner);
  if (!spec.title.empty()) heading(ui, spec.title, spec.whole_page ? 1 : 2);
}

void Dialog::end_body() {
  ScrollMemory& memory = ui_.state().scrolls[body_id_];
  const ScrollMemory before = memory;
  const bool unsettled = ui_.state().unsettled;
  body_.reset();
  if (fits_) {
    ui_.state().unsettled = unsettled;
    memory.overflows = false;
  }
  if (std::abs(before.content - memory.content) > 0.5f) ui_.state().unsettled = true;
}

void Dialog::footer() {
  end_body();
  footer_ = std::make_unique<Column>(ui_, footer_rect_);
  ui_.gap(kUnitMm);
}

Dialog::~Dialog() {
  float height = 0;
  if (footer_) {
    height = ui_.state().flow().y - footer_rect_.y;
    footer_.reset();
  } else {
    end_body();
  }
  ScrollMemory& memory = ui_.state().scrolls[footer_id_];
  if (std::abs(height - memory.content) > 0.5f) ui_.state().unsettled = true;
  memory.content = height;
  ui_.end_parent();
}

}  // namespace kiosk::ui
