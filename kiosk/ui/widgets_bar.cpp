// The bars at the panel's top and bottom.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/parts.h"

namespace kiosk::ui {
namespace {

constexpr double kSmaller = 0.94;  // from one size that is tried to the next
constexpr double kBesideClockMm = 6;

enum class Form { Beside, Stacked, IconsInside };  // label beside its icon, below it, or only at both ends

struct LaidItem {
  text::ParagraphPtr label;  // null: icon alone
  float width = 0;
};

struct LaidBar {
  Form form = Form::Beside;
  float icon = 0, em = 0;
  std::vector<LaidItem> items;
  float total = 0;  // widths without gaps
};

constexpr double kLineOfBar = 0.8;  // em of a line that fills the bar's height, accents and tails within

// Bars are of fixed height: their words stop growing where they would no longer fit it.
text::TextStyle bar_style(Ui& ui, float height, double cap_mm) {
  text::TextStyle style = ui.style(Type::Strong);
  const double wanted = text::em_for_cap_height(cap_mm / ui.metrics().pitch_mm);
  style.size_px = std::min(wanted, static_cast<double>(height) * kLineOfBar);
  return style;
}

double wanted_cap_mm(const Ui& ui) { return cap_height_mm(Type::Strong, ui.look().text_size); }

float bar_icon(const text::TextStyle& style) { return std::round(cap_px(style.size_px) * 1.55f); }

LaidBar lay_bar(Ui& ui, std::span<const BarItem> items, Form form, float height, double cap_mm) {
  const text::TextStyle style = bar_style(ui, height, cap_mm);
  const float icon = bar_icon(style);
  LaidBar bar{form, icon, static_cast<float>(style.size_px), {}, 0};
  const float padding = ui.px(form == Form::Stacked ? 2 : 3.5);
  for (std::size_t i = 0; i < items.size(); ++i) {
    LaidItem laid;
    const bool at_edge = i == 0 || i + 1 == items.size();
    const bool labelled = items[i].show_label && (form != Form::IconsInside || at_edge);
    const float own_icon = items[i].icon == Icon::None ? 0 : icon;
    if (labelled) laid.label = ui.layout(items[i].label, style);
    const float label = laid.label ? std::ceil(laid.label->natural_width()) : 0;
    const float content = form == Form::Stacked ? std::max(label, own_icon)
                                                : label + own_icon + (label > 0 && own_icon > 0 ? ui.px(2) : 0);
    laid.width = std::max(ui.px(kTouchMm), content + 2 * padding);
    bar.total += laid.width;
    bar.items.push_back(std::move(laid));
  }
  return bar;
}

// Icon, a little gap, and the line from its ascenders to its descenders, or its ink where a script needs more.
float stacked_height(Ui& ui, const LaidBar& bar) {
  float text = bar.em * 1.1f;
  for (const LaidItem& item : bar.items)
    if (item.label) text = std::max(text, item.label->ink().height);
  return bar.icon + ui.px(1) + text;
}

bool fits(Ui& ui, const LaidBar& bar, float width, float height) {
  const float gaps = ui.px(kMinGapMm) * static_cast<float>(std::max<std::size_t>(1, bar.items.size()) - 1);
  if (bar.total + gaps > width) return false;
  return bar.form != Form::Stacked || stacked_height(ui, bar) <= height;
}

LaidBar best_bar(Ui& ui, std::span<const BarItem> items, float width, float height) {
  // Words matter more than their size, down to the smallest step; icons alone are the last resort.
  const double least = cap_height_mm(Type::Strong, 0);
  for (double cap = wanted_cap_mm(ui);; cap = std::max(least, cap * kSmaller)) {
    for (const Form form : {Form::Beside, Form::Stacked}) {
      LaidBar bar = lay_bar(ui, items, form, height, cap);
      if (fits(ui, bar, width, height)) return bar;
    }
    if (cap <= least) break;
  }
  return lay_bar(ui, items, Form::IconsInside, height, wanted_cap_mm(ui));
}

void draw_item(Ui& ui, const BarItem& item, const LaidItem& laid, const LaidBar& bar, const Rect& rect) {
  const Theme& theme = ui.theme();
  const NodeId id = ui.id(item.id);
  const bool pressed = ui.pressed(id);
  const float radius = ui.px(kRadiusMm), icon = item.icon == Icon::None ? 0 : bar.icon;
  if (item.primary)
    ui.canvas().rounded(rect, radius, pressed ? theme.primary_pressed : theme.primary);
  else if (pressed || item.selected)
    ui.canvas().rounded(rect, radius, pressed ? theme.paper_pressed : theme.primary_tint);
  if (item.selected) ui.canvas().outline(rect, radius, std::max(2.f, ui.px(0.8)), theme.primary);
  const Colour ink = item.primary ? theme.on_primary : theme.primary;
  const float label = laid.label ? std::ceil(laid.label->natural_width()) : 0;
  if (bar.form == Form::Stacked) {
    const float top = std::round(rect.y + (rect.height - stacked_height(ui, bar)) / 2);
    ui.canvas().icon(item.icon, {rect.x, top, rect.width, icon}, icon, ink);
    const float baseline = top + icon + ui.px(1) + bar.em * 0.8f;  // one for all labels
    if (laid.label)
      ui.canvas().text(*laid.label, std::round(rect.x + (rect.width - label) / 2),
                       baseline - laid.label->lines().front().baseline, ink);
    return;
  }
  const float between = label > 0 && icon > 0 ? ui.px(2) : 0;
  const float x = std::round(rect.x + (rect.width - icon - between - label) / 2);
  ui.canvas().icon(item.icon, {x, rect.y, icon, rect.height}, icon, ink);
  if (laid.label)
    ui.canvas().text(*laid.label, x + icon + between, centred_top(*laid.label, rect, cap_px(bar.em)), ink);
}

bool show_item(Ui& ui, const BarItem& item, const LaidItem& laid, const LaidBar& bar, const Rect& rect) {
  Node node;
  node.id = ui.id(item.id);
  node.role = Role::Button;
  node.name = item.label;
  node.value = item.value;
  node.action = true;
  node.state.selected = item.selected;
  ui.add(std::move(node), rect);
  draw_item(ui, item, laid, bar, rect);
  focus_ring(ui, ui.id(item.id), rect);
  return ui.activated(ui.id(item.id));
}

// Items from `x` on; those at the end stand against `end`.
std::optional<std::string> show_items(Ui& ui, std::span<const BarItem> items, const LaidBar& bar, float x, float end,
                                      const Rect& row) {
  const auto n = static_cast<float>(std::max<std::size_t>(1, items.size()) - 1);
  const float free = end - x - bar.total;
  const float gap = std::clamp(n > 0 ? std::floor(free / n) : 0.f, ui.px(kMinGapMm), ui.px(8));
  std::optional<std::string> chosen;
  float left = std::max(0.f, free - gap * n);  // what is over stands before the first item of the end side
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].at_end && left > 0) x += left, left = 0;
    const Rect rect{std::round(x), row.y, bar.items[i].width, row.height};
    if (show_item(ui, items[i], bar.items[i], bar, rect)) chosen = items[i].id;
    x += bar.items[i].width + gap;
  }
  return chosen;
}

Rect draw_ground(Ui& ui, const Rect& rect, bool at_top) {
  const Theme& theme = ui.theme();
  ui.canvas().fill(rect, theme.paper);
  const float line = hairline(ui);
  ui.canvas().fill({rect.x, at_top ? rect.bottom() - line : rect.y, rect.width, line},
                   mix(theme.canvas, theme.line, 0.55));
  return inset(rect, ui.px(kMarginMm), ui.px(2));
}

struct LaidHeader {
  text::TextStyle style, title_style;
  text::ParagraphPtr title, clock;
  LaidBar items;
  float title_room = 0, clock_width = 0;
};

LaidHeader lay_header(Ui& ui, const HeaderSpec& spec, const Rect& inner, double cap_mm) {
  LaidHeader laid;
  laid.style = bar_style(ui, inner.height, cap_mm);
  laid.clock = ui.layout(spec.clock, laid.style);
  laid.clock_width = spec.clock.empty() ? 0 : std::ceil(laid.clock->natural_width());
  laid.items = lay_bar(ui, spec.items, Form::Beside, inner.height, cap_mm);
  const float clock = spec.clock.empty() ? 0 : laid.clock_width + ui.px(kBesideClockMm);
  const float gaps = ui.px(kUnitMm) * static_cast<float>(spec.items.size());
  laid.title_room = std::max(1.f, std::floor(inner.width - clock - laid.items.total - gaps));
  laid.title_style = laid.style;
  laid.title = ui.layout(spec.title, laid.title_style);
  return laid;
}

// As large as the text elsewhere, as far as all of it has room beside each other. A title that is too long even at the
// smallest size has that and loses its end: clock and language need not be small for it.
LaidHeader best_header(Ui& ui, const HeaderSpec& spec, const Rect& inner) {
  const double wanted = wanted_cap_mm(ui), least = cap_height_mm(Type::Strong, 0);
  for (double cap = wanted;; cap = std::max(least, cap * kSmaller)) {
    LaidHeader laid = lay_header(ui, spec, inner, cap);
    if (laid.title->natural_width() <= laid.title_room) return laid;
    if (cap <= least) break;
  }
  LaidHeader laid = lay_header(ui, spec, inner, wanted);
  laid.title_style = bar_style(ui, inner.height, least);
  laid.title_style.max_width_px = static_cast<int>(laid.title_room);
  laid.title_style.max_lines = 1;
  laid.title = ui.layout(spec.title, laid.title_style);
  return laid;
}

void show_in_header(Ui& ui, std::string_view key, const text::Paragraph& text, const text::TextStyle& style,
                    const Rect& place) {
  ui.canvas().text(text, place.x, centred_top(text, place, cap_px(style.size_px)), ui.theme().ink);
  Node node;
  node.id = ui.id(key);
  node.role = Role::Status;
  node.name = std::string(text.text());
  ui.add(std::move(node), place);
}

}  // namespace

std::optional<std::string> bar(Ui& ui, std::string_view id, const Rect& rect, std::span<const BarItem> items) {
  if (items.empty() || is_empty(rect)) return std::nullopt;
  const IdScope scope(ui, id);
  const Rect inner = draw_ground(ui, rect, false);
  const LaidBar laid = best_bar(ui, items, inner.width, inner.height);
  return show_items(ui, items, laid, inner.x, inner.right(), inner);
}

std::optional<std::string> header(Ui& ui, const Rect& rect, const HeaderSpec& spec) {
  if (is_empty(rect)) return std::nullopt;
  const IdScope scope(ui, "header");
  const Rect inner = draw_ground(ui, rect, true);
  const LaidHeader laid = best_header(ui, spec, inner);
  show_in_header(ui, "title", *laid.title, laid.title_style, {inner.x, inner.y, laid.title_room, inner.height});
  const float clock = spec.clock.empty() ? 0 : laid.clock_width + ui.px(kBesideClockMm), end = inner.right() - clock;
  std::optional<std::string> chosen;
  if (!spec.items.empty()) {
    const float gaps = ui.px(kMinGapMm) * static_cast<float>(spec.items.size() - 1);
    chosen = show_items(ui, spec.items, laid.items, end - laid.items.total - gaps, end, inner);
  }
  if (!spec.clock.empty())
    show_in_header(ui, "clock", *laid.clock, laid.style,
                   {inner.right() - laid.clock_width, inner.y, laid.clock_width, inner.height});
  return chosen;
}

}  // namespace kiosk::ui
