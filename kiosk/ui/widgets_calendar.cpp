// A month to choose a day from.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/parts.h"

namespace kiosk::ui {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct MonthGrid {
  core::Date first;
  int lead = 0;   // empty cells before the first
  int count = 0;  // days
  int over = 0;   // weeks that are not drawn, because they are past
  float cell = 0, height = 0, gap = 0;
  int rows() const { return (lead + count + 6) / 7; }
};

MonthGrid grid_of(Ui& ui, const CalendarSpec& spec) {
  MonthGrid grid;
  grid.first = spec.month.year() / spec.month.month() / 1;
  const unsigned start = static_cast<unsigned>(ui.look().language->first_day_of_week());
  const unsigned weekday = std::chrono::weekday(sys_days(grid.first)).iso_encoding();
  grid.lead = static_cast<int>((weekday + 7 - start) % 7);
  grid.count =
      static_cast<int>(static_cast<unsigned>((grid.first.year() / grid.first.month() / std::chrono::last).day()));
  grid.gap = ui.px(kMinGapMm);
  grid.cell = std::floor((ui.width() - 6 * grid.gap) / 7);
  grid.height = std::max(ui.px(13.5), std::ceil(ui.line_height(Type::Strong) + ui.px(3)));
  if (spec.from) {
    const auto before = static_cast<int>((sys_days(*spec.from) - sys_days(grid.first)).count());
    grid.over = std::clamp((grid.lead + before) / 7, 0, grid.rows() - 1);
  }
  return grid;
}

bool turn_button(Ui& ui, std::string_view id, const Rect& rect, bool forward, bool possible) {
  const Theme& theme = ui.theme();
  Node node;
  node.id = ui.id(id);
  node.role = Role::Button;
  node.name = ui.word(forward ? "ui.month_next" : "ui.month_previous");
  node.action = possible;
  node.focusable = possible;
  node.state.disabled = !possible;
  node.state.disabled_reason = possible ? "" : ui.word(forward ? "ui.month_last" : "ui.month_first");
  ui.add(std::move(node), rect);
  ui.canvas().rounded(rect, ui.px(kRadiusMm), ui.pressed(ui.id(id)) ? theme.paper_pressed : theme.paper);
  ui.canvas().outline(rect, ui.px(kRadiusMm), possible ? edge_line(ui) : hairline(ui),
                      possible ? theme.primary : theme.line);
  ui.canvas().icon(forward ? Icon::Forward : Icon::Back, rect, icon_px(ui, Type::Body),
                   possible ? theme.primary : mix(theme.paper, theme.line, 0.6));
  focus_ring(ui, ui.id(id), rect);
  return ui.activated(ui.id(id));
}

int draw_title(Ui& ui, const CalendarSpec& spec, float width) {
  const Rect row = ui.take(width, ui.px(kTouchMm));
  const float side = row.height;
  const Rect back{row.x, row.y, side, side}, next{row.x + width - side, row.y, side, side};
  int turned = 0;
  if (turn_button(ui, "previous", back, false, spec.has_previous)) turned = -1;
  text::TextStyle style = ui.style(Type::Heading, width - 2 * side - ui.px(4));
  style.alignment = text::Align::Centre;
  const std::string name = ui.look().language->month(spec.month);
  style = on_one_line(ui, name, style, text::em_for_cap_height(ui.px(cap_height_mm(Type::Body, 0))));
  const auto laid = ui.layout(name, style);
  const Rect middle{row.x + side + ui.px(2), row.y, width - 2 * side - ui.px(4), side};
  ui.canvas().text(*laid, middle.x, centred_top(*laid, middle, cap_px(style.size_px)), ui.theme().ink);
  Node node;
  node.id = ui.id("month");
  node.role = Role::Heading;
  node.level = 2;
  node.name = name;
  node.focusable = true;
  node.clipped = is_clipped(*laid, middle.width);
  ui.add(std::move(node), middle);
  if (turn_button(ui, "next", next, true, spec.has_next)) turned = 1;
  return turned;
}

void draw_weekdays(Ui& ui, const MonthGrid& grid, float width) {
  const Rect row = ui.take(width, ui.line_height(Type::Body));
  std::vector<std::string> names;
  float widest = 1;
  for (int i = 0; i < 7; ++i) {
    names.push_back(ui.look().language->weekday_short(sys_days(grid.first) + days(i - grid.lead)));
    widest = std::max(widest, ui.layout(names.back(), ui.style(Type::Body))->natural_width());
  }
  text::TextStyle style = ui.style(Type::Body, grid.cell + grid.gap);
  // All of them one size, whole, and a space apart.
  const float space = static_cast<float>(style.size_px) * 0.4f;
  style.size_px *= std::min(1.f, (grid.cell + grid.gap) / (widest + space));
  style.alignment = text::Align::Centre;
  style.max_lines = 1;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const float x = row.x + static_cast<float>(i) * (grid.cell + grid.gap) - grid.gap / 2;
    ui.canvas().text(*ui.layout(names[i], style), x, row.y, ui.theme().quiet);
  }
}

struct DayLook {
  bool available = false, selected = false;
};

void draw_day(Ui& ui, const Rect& rect, const std::string& number, DayLook look, NodeId id) {
  const Theme& theme = ui.theme();
  text::TextStyle style = ui.style(look.available ? Type::Strong : Type::Body, rect.width);
  style.alignment = text::Align::Centre;
  const auto laid = ui.layout(number, style);
  if (look.available) {
    const bool pressed = ui.pressed(id);
    const Colour ground = look.selected ? (pressed ? theme.primary_pressed : theme.primary)
                          : pressed     ? theme.paper_pressed
                                        : theme.paper;
    ui.canvas().rounded(rect, ui.px(kRadiusMm), ground);
    ui.canvas().outline(rect, ui.px(kRadiusMm), edge_line(ui), theme.primary);
  }
  const Colour ink = look.selected ? theme.on_primary : look.available ? theme.primary : theme.quiet;
  ui.canvas().text(*laid, rect.x, centred_top(*laid, rect, cap_px(ui, Type::Body)), ink);
  focus_ring(ui, id, rect);
}

}  // namespace

CalendarResult calendar(Ui& ui, std::string_view id, const CalendarSpec& spec) {
  const IdScope scope(ui, id);
  const MonthGrid grid = grid_of(ui, spec);
  const float width = 7 * grid.cell + 6 * grid.gap;
  CalendarResult result;
  result.month = draw_title(ui, spec, width);
  ui.gap(-1);
  draw_weekdays(ui, grid, width);
  ui.gap(-2);
  const auto rows = static_cast<float>(grid.rows() - grid.over);
  const Rect area = ui.take(width, rows * (grid.height + grid.gap) - grid.gap);
  Node whole;
  whole.id = ui.id("days");
  whole.role = Role::Calendar;
  whole.name = ui.look().language->month(spec.month);
  ui.add(std::move(whole), {area.x, area.y, width, area.height});
  ui.begin_parent(ui.id("days"));
  for (int d = std::max(0, 7 * grid.over - grid.lead); d < grid.count; ++d) {
    const core::Date date = sys_days(grid.first) + days(d);
    const int row = (grid.lead + d) / 7 - grid.over, column = (grid.lead + d) % 7;
    const Rect rect{area.x + static_cast<float>(column) * (grid.cell + grid.gap),
                    area.y + static_cast<float>(row) * (grid.height + grid.gap), grid.cell, grid.height};
    const DayLook look{!spec.available || spec.available(date), spec.selected == date};
    Node node;
    node.id = ui.id(std::to_string(d));
    node.role = Role::Day;
    node.name = ui.look().language->day(date);
    node.action = look.available;
    node.state.selected = look.selected;
    node.state.disabled = !look.available;
    node.state.disabled_reason = look.available ? "" : spec.unavailable_reason;
    node.row = row;
    node.column = column;
    const NodeId own = node.id;
    ui.add(std::move(node), rect);
    draw_day(ui, rect, ui.look().language->number(std::int64_t{d} + 1), look, own);
    if (ui.activated(own)) result.chosen = date;
  }
  ui.end_parent();
  return result;
}

}  // namespace kiosk::ui
