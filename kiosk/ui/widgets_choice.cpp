// Choices from a list, and grids of small tiles.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kiosk/ui/parts.h"

namespace kiosk::ui {
namespace {

constexpr double kTilePaddingMm = 3;
constexpr std::size_t kFewTiles = 6;  // of these no row has one alone

Node choice_node(NodeId id, const ChoiceSpec& spec, std::size_t index, std::size_t count) {
  Node node;
  node.id = id;
  node.role = Role::Choice;
  node.name = spec.label;
  node.hint = spec.hint;
  node.action = spec.disabled_reason.empty();
  node.focusable = true;
  node.state.selected = spec.selected;
  node.state.disabled = !spec.disabled_reason.empty();
  node.state.disabled_reason = spec.disabled_reason;
  node.position = static_cast<int>(index) + 1;
  node.count = static_cast<int>(count);
  return node;
}

std::size_t begin_group(Ui& ui, Role role, std::string_view name) {
  Node group;
  group.id = ui.id("group");
  group.role = role;
  group.name = std::string(name);
  const std::size_t place = ui.add(std::move(group), {});
  ui.begin_parent(ui.id("group"));
  return place;
}

void draw_radio(Ui& ui, const Rect& box, bool selected) {
  const Theme& theme = ui.theme();
  ui.canvas().outline(box, box.width / 2, std::max(2.f, ui.px(0.7)), selected ? theme.primary : theme.line);
  if (selected) ui.canvas().rounded(inset(box, std::round(box.width * 0.25f)), box.width, theme.primary);
}

void draw_box_mark(Ui& ui, const Rect& box, bool selected) {
  const Theme& theme = ui.theme();
  const float radius = ui.px(1);
  if (selected) ui.canvas().rounded(box, radius, theme.primary);
  ui.canvas().outline(box, radius, std::max(2.f, ui.px(0.7)), selected ? theme.primary : theme.line);
  if (selected) ui.canvas().icon(Icon::Check, box, std::round(box.width * 0.8f), theme.on_primary);
}

struct LaidChoice {
  IconText label, hint;  // the hint, or why it can't be chosen; perhaps empty
  float padding = 0, mark = 0, x = 0, width = 0, text_height = 0, height = 0;
};

LaidChoice lay_choice(Ui& ui, const ChoiceSpec& spec) {
  LaidChoice c;
  c.padding = ui.px(4);
  c.mark = std::round(icon_px(ui, Type::Body));
  c.x = c.padding + c.mark + ui.px(4);
  c.width = ui.width() - c.x - c.padding;
  c.label = lay_icon_text(ui, spec.label, spec.icon, Type::Strong, Ink::Ink, c.width);
  const std::string& more = spec.disabled_reason.empty() ? spec.hint : spec.disabled_reason;
  c.hint = lay_icon_text(ui, more, Icon::None, Type::Body, Ink::Quiet, c.width);
  c.text_height = c.label.height() + (more.empty() ? 0 : c.hint.height());
  c.height = std::max(ui.px(kTouchMm), std::ceil(c.text_height + ui.px(6)));
  return c;
}

bool show_choice(Ui& ui, const ChoiceSpec& spec, const LaidChoice& laid, float height, std::size_t index,
                 std::size_t count) {
  const NodeId id = ui.id(std::to_string(index));
  const Theme& theme = ui.theme();
  const bool disabled = !spec.disabled_reason.empty();
  const Rect rect = ui.take(ui.width(), height);
  Node node = choice_node(id, spec, index, count);
  node.clipped = is_clipped(*laid.label.text, laid.width);
  ui.add(std::move(node), rect);
  const bool pressed = ui.pressed(id);
  ui.canvas().rounded(rect, ui.px(kRadiusMm),
                      pressed         ? theme.paper_pressed
                      : spec.selected ? theme.primary_tint
                                      : theme.paper);
  ui.canvas().outline(rect, ui.px(kRadiusMm), spec.selected ? std::max(2.f, ui.px(0.8)) : hairline(ui),
                      spec.selected ? theme.primary : theme.line);
  const Rect box{rect.x + laid.padding, std::round(rect.y + (rect.height - laid.mark) / 2), laid.mark, laid.mark};
  spec.many ? draw_box_mark(ui, box, spec.selected) : draw_radio(ui, box, spec.selected);
  const float y = std::round(rect.y + (rect.height - laid.text_height) / 2);
  draw_icon_text(ui, laid.label, rect.x + laid.x, y, disabled ? theme.quiet : theme.ink);
  draw_icon_text(ui, laid.hint, rect.x + laid.x, y + laid.label.height(), theme.quiet);
  focus_ring(ui, id, rect);
  return ui.activated(id);
}

struct TilePlace {
  std::size_t index = 0, count = 0;
  int row = 0, column = 0;
};

bool show_tile(Ui& ui, const ChoiceSpec& spec, const Rect& rect, const TilePlace& place) {
  const NodeId id = ui.id(std::to_string(place.index));
  const Theme& theme = ui.theme();
  const bool disabled = !spec.disabled_reason.empty();
  text::TextStyle style = ui.style(Type::Strong, rect.width - 2 * ui.px(kTilePaddingMm));
  style.alignment = text::Align::Centre;
  const auto laid = ui.layout(spec.label, style);
  Node node = choice_node(id, spec, place.index, place.count);
  node.row = place.row;
  node.column = place.column;
  node.clipped = is_clipped(*laid, rect.width);
  ui.add(std::move(node), rect);
  const bool pressed = ui.pressed(id);
  const Colour ground = spec.selected ? (pressed ? theme.primary_pressed : theme.primary)
                        : pressed     ? theme.paper_pressed
                        : disabled    ? theme.canvas
                                      : theme.paper;
  ui.canvas().rounded(rect, ui.px(kRadiusMm), ground);
  ui.canvas().outline(rect, ui.px(kRadiusMm), disabled ? hairline(ui) : edge_line(ui),
                      disabled ? theme.line : theme.primary);
  ui.canvas().text(*laid, rect.x + ui.px(kTilePaddingMm), centred_top(*laid, rect, cap_px(ui, Type::Strong)),
                   spec.selected ? theme.on_primary
                   : disabled    ? theme.quiet
                                 : theme.primary);
  focus_ring(ui, id, rect);
  return ui.activated(id);
}

// All rows are as tall as the tallest, but for what stands apart.
float tile_height(Ui& ui, std::span<const ChoiceSpec> specs, float width) {
  const text::TextStyle style = ui.style(Type::Strong, width - 2 * ui.px(kTilePaddingMm));
  float height = ui.px(kTouchMm);
  for (const ChoiceSpec& spec : specs)
    if (!spec.apart || specs.size() == 1) height = std::max(height, ui.layout(spec.label, style)->height() + ui.px(5));
  return std::ceil(height);
}

// As many columns wide as its words need.
float width_apart(Ui& ui, const ChoiceSpec& spec, const GridColumns& grid) {
  const float label = std::ceil(ui.layout(spec.label, ui.style(Type::Strong))->natural_width());
  const float words = label + 2 * ui.px(kTilePaddingMm) + 1;
  int columns = 1;
  while (columns < grid.count && grid.x(columns) - grid.gap < words) ++columns;
  return grid.x(columns) - grid.gap;
}

// The end of the row of tiles that begins there.
std::size_t row_end(std::span<const ChoiceSpec> specs, std::size_t begin, std::size_t columns) {
  std::size_t end = begin + 1;
  while (!specs[begin].apart && end < std::min(specs.size(), begin + columns) && !specs[end].apart) ++end;
  return end;
}

}  // namespace

std::optional<std::size_t> choices(Ui& ui, std::string_view id, std::string_view name,
                                   std::span<const ChoiceSpec> specs) {
  const IdScope scope(ui, id);
  begin_group(ui, Role::List, name);
  std::vector<LaidChoice> laid;
  float height = 0;
  float lowest = std::numeric_limits<float>::max();
  for (const ChoiceSpec& spec : specs) {
    height = std::max(height, laid.emplace_back(lay_choice(ui, spec)).height);
    lowest = std::min(lowest, laid.back().height);
  }
  // One long option does not make all the others as tall.
  const bool alike = height - lowest <= ui.line_height(Type::Strong) * 1.5f;
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (i > 0) ui.gap(kMinGapMm - kUnitMm + 0.5);
    if (show_choice(ui, specs[i], laid[i], alike ? height : laid[i].height, i, specs.size())) chosen = i;
  }
  ui.end_parent();
  return chosen;
}

std::optional<std::size_t> tiles(Ui& ui, std::string_view id, std::string_view name, std::span<const ChoiceSpec> specs,
                                 double min_width_mm) {
  if (specs.empty()) return std::nullopt;
  const IdScope scope(ui, id);
  const std::size_t group = begin_group(ui, Role::List, name);
  // A few tiles keep their size and do not stretch over the page.
  const GridColumns grid = grid_columns(ui, ui.width(), min_width_mm, 3, 64);
  const float height = tile_height(ui, specs, grid.width);
  std::optional<std::size_t> chosen;
  Rect all;
  const bool few = specs.size() <= kFewTiles;
  const auto columns = static_cast<std::size_t>(few ? even_columns(grid.count, specs.size()) : grid.count);
  int row_index = 0;
  for (std::size_t first = 0, end = 0; first < specs.size(); first = end, ++row_index) {
    end = row_end(specs, first, columns);
    if (first > 0) ui.gap(-1);
    const bool apart = specs[first].apart;
    const float width = apart ? width_apart(ui, specs[first], grid) : grid.width;
    const Rect row = ui.take(ui.width(), apart ? tile_height(ui, specs.subspan(first, 1), width) : height);
    all = first == 0 ? row : united(all, row);
    for (std::size_t i = first; i < end; ++i) {
      const int column = static_cast<int>(i - first);
      const Rect rect{row.x + grid.x(column), row.y, width, row.height};
      if (show_tile(ui, specs[i], rect, {i, specs.size(), row_index, column})) chosen = i;
    }
  }
  ui.end_parent();
  ui.finish(group, all);
  return chosen;
}

void show_tiles(Ui& ui, std::string_view id) {
  const IdScope scope(ui, id);
  ui.reveal(ui.id("group"), ui.line_height(Type::Heading) + ui.px(kUnitMm));
}

}  // namespace kiosk::ui
