#include <algorithm>
#include <cmath>

#include "kiosk/ui/parts.h"

namespace kiosk::ui {
namespace {

struct LaidCard {
  text::ParagraphPtr title;
  std::vector<IconText> lines;
  std::vector<LaidBadge> badges;
  std::vector<Point> badge_places;  // from the text's top left
  float text_x = 0, text_width = 0, height = 0, badges_y = 0, icon_box = 0;
};

// Badges side by side below the lines, breaking where they must. Returns their height.
float place_badges(Ui& ui, const CardSpec& spec, LaidCard& card) {
  const float gap = ui.px(kMinGapMm);
  float x = 0, y = 0, line = 0;
  for (const BadgeSpec& badge : spec.badges) {
    const LaidBadge laid = lay_badge(ui, badge, card.text_width);
    if (x > 0 && x + laid.width > card.text_width) x = 0, y += line + gap, line = 0;
    card.badge_places.push_back({x, y});
    x += laid.width + gap;
    line = std::max(line, laid.height);
    card.badges.push_back(laid);
  }
  return y + line;
}

LaidCard lay_card(Ui& ui, const CardSpec& spec, float width) {
  LaidCard card;
  const float padding = ui.px(5);
  card.icon_box = spec.icon == Icon::None ? 0 : std::round(icon_px(ui, Type::Strong) * 1.75f);
  card.text_x = padding + (card.icon_box > 0 ? card.icon_box + ui.px(4) : 0);
  const float chevron = spec.chevron ? icon_px(ui, Type::Body) + ui.px(2) : 0;
  card.text_width = std::max(1.f, width - card.text_x - padding - chevron);
  card.title = ui.layout(spec.title, ui.style(Type::Strong, card.text_width, spec.language), spec.marked);
  float height = card.title->height();
  for (const CardLine& line : spec.lines) {
    card.lines.push_back(
        lay_icon_text(ui, line.text, line.icon, Type::Body, line.ink, card.text_width, line.max_lines));
    card.lines.back().marked = line.marked;
    height += ui.px(1) + card.lines.back().height();
  }
  if (!spec.badges.empty()) {
    card.badges_y = height + ui.px(2.5);
    height = card.badges_y + place_badges(ui, spec, card);
  }
  card.height = std::ceil(std::max({height, card.icon_box, ui.px(kTouchMm) - 2 * padding}) + 2 * padding);
  return card;
}

void draw_surface(Ui& ui, const CardSpec& spec, const Rect& rect, bool pressed) {
  const Theme& theme = ui.theme();
  const float radius = ui.px(kRadiusMm);
  if (!pressed) ui.canvas().shadow(rect, radius, ui.px(2.5), theme.shadow);
  ui.canvas().rounded(rect, radius, pressed ? theme.paper_pressed : spec.selected ? theme.primary_tint : theme.paper);
  ui.canvas().outline(rect, radius, spec.selected ? std::max(2.f, ui.px(0.8)) : hairline(ui),
                      spec.selected ? theme.primary : theme.line);
}

void draw_content(Ui& ui, const CardSpec& spec, const LaidCard& card, const Rect& rect) {
  const Theme& theme = ui.theme();
  Canvas& canvas = ui.canvas();
  const float padding = ui.px(5), x = rect.x + card.text_x;
  float y = rect.y + padding;
  if (card.icon_box > 0) {
    const Rect box{rect.x + padding, y, card.icon_box, card.icon_box};
    canvas.rounded(box, ui.px(kRadiusMm), theme.primary_tint);
    canvas.icon(spec.icon, box, icon_px(ui, Type::Strong) * 1.15f, theme.primary);
    // A lone title stands in the middle of its icon.
    if (spec.lines.empty() && spec.badges.empty()) y += std::max(0.f, (card.icon_box - card.title->height()) / 2);
  }
  for (const text::ByteRange& range : spec.marked) canvas.mark(*card.title, range, x, y, ui.px(1), theme.mark);
  canvas.text(*card.title, x, y, theme.ink);
  float line_y = y + card.title->height();
  for (const IconText& line : card.lines) {
    line_y += ui.px(1);
    draw_icon_text(ui, line, x, line_y, theme.of(line.ink));
    line_y += line.height();
  }
  for (std::size_t i = 0; i < card.badges.size(); ++i)
    draw_badge(ui, spec.badges[i], card.badges[i], x + card.badge_places[i].x,
               y + card.badges_y + card.badge_places[i].y);
  if (!spec.chevron) return;
  const float size = icon_px(ui, Type::Body);
  canvas.icon(spec.selected ? Icon::Check : Icon::Forward, {rect.right() - padding - size, rect.y, size, rect.height},
              size, theme.primary);
}

// Fewer columns where a title's longest word would not fit its card.
GridColumns columns_for(Ui& ui, std::span<const CardSpec> specs, double min_width_mm) {
  GridColumns grid = grid_columns(ui, ui.width(), min_width_mm, kUnitMm, specs.size());
  const auto fits = [&](const CardSpec& spec) {
    return widest_word(ui, spec.title, ui.style(Type::Strong, 0, spec.language)) <=
           lay_card(ui, spec, grid.width).text_width;
  };
  const auto have = [&](int count) {
    grid.count = count;
    grid.width = std::floor((ui.width() - grid.gap * static_cast<float>(count - 1)) / static_cast<float>(count));
  };
  have(even_columns(grid.count, specs.size()));
  while (grid.count > 1 && !std::all_of(specs.begin(), specs.end(), fits))
    have(even_columns(grid.count - 1, specs.size()));
  return grid;
}

std::string value_of(const CardSpec& spec) {
  std::vector<std::string> parts;
  for (const CardLine& line : spec.lines) parts.push_back(line.text);
  for (const BadgeSpec& badge : spec.badges) parts.push_back(badge.text);
  return joined(parts);
}

bool show_card(Ui& ui, NodeId id, const CardSpec& spec, const LaidCard& card, const Rect& rect, int position,
               int count) {
  Node node;
  node.id = id;
  node.role = Role::ListItem;
  node.name = spec.title;
  node.value = value_of(spec);
  node.hint = spec.hint;
  node.language = spec.language;
  node.action = true;
  node.state.selected = spec.selected;
  node.position = position;
  node.count = count;
  node.clipped = is_clipped(*card.title, card.text_width);
  ui.add(std::move(node), rect);
  if (!is_empty(intersect(ui.canvas().on_glass(inset(rect, -ui.px(4))), ui.canvas().clip()))) {
    draw_surface(ui, spec, rect, ui.pressed(id));
    draw_content(ui, spec, card, rect);
    focus_ring(ui, id, rect);
  }
  return ui.activated(id);
}

}  // namespace

bool card(Ui& ui, std::string_view id, const CardSpec& spec) {
  const LaidCard laid = lay_card(ui, spec, ui.width());
  return show_card(ui, ui.id(id), spec, laid, ui.take(ui.width(), laid.height), 0, 0);
}

std::optional<std::size_t> cards(Ui& ui, std::string_view id, std::span<const CardSpec> specs, double min_width_mm) {
  if (specs.empty()) return std::nullopt;
  const IdScope scope(ui, id);
  const GridColumns grid = columns_for(ui, specs, min_width_mm);
  std::optional<std::size_t> chosen;
  const auto columns = static_cast<std::size_t>(grid.count);
  for (std::size_t first = 0; first < specs.size(); first += columns) {
    std::vector<LaidCard> laid;
    float height = 0;
    for (std::size_t i = first; i < std::min(specs.size(), first + columns); ++i) {
      laid.push_back(lay_card(ui, specs[i], grid.width));
      height = std::max(height, laid.back().height);
    }
    const Rect row = ui.take(ui.width(), height);
    for (std::size_t i = 0; i < laid.size(); ++i) {
      const Rect rect{row.x + grid.x(static_cast<int>(i)), row.y, grid.width, height};
      const std::size_t index = first + i;
      if (show_card(ui, ui.id(std::to_string(index)), specs[index], laid[i], rect, static_cast<int>(index) + 1,
                    static_cast<int>(specs.size())))
        chosen = index;
    }
  }
  return chosen;
}

}  // namespace kiosk::ui
