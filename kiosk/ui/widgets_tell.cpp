// Notices, progress, errors and summaries.
#include <algorithm>
#include <cctype>
#include <cmath>

#include "kiosk/ui/parts.h"

namespace kiosk::ui {
namespace {

// A tinted surface with an icon at its start and an edge in its tone; gives where its content begins.
struct Box {
  Rect rect;
  float text_x = 0, text_width = 0, padding = 0;
};

Box box_for(Ui& ui, Icon icon) {
  Box box;
  box.padding = ui.px(5);
  const float icon_width = icon == Icon::None ? 0 : icon_px(ui, Type::Strong) * 1.25f + ui.px(4);
  box.text_x = box.padding + icon_width;
  box.text_width = std::max(1.f, ui.width() - box.text_x - box.padding);
  return box;
}

void draw_box(Ui& ui, const Box& box, Tone tone, Icon icon, float first_line) {
  const Theme& theme = ui.theme();
  ui.canvas().rounded(box.rect, ui.px(kRadiusMm), theme.tint_of(tone));
  ui.canvas().outline(box.rect, ui.px(kRadiusMm), edge_line(ui), theme.of(tone));
  const float size = std::round(icon_px(ui, Type::Strong) * 1.25f);
  ui.canvas().icon(icon, {box.rect.x + box.padding, box.rect.y + box.padding, size, std::max(size, first_line)}, size,
                   theme.of(tone));
}

}  // namespace

void notice(Ui& ui, std::string_view id, const NoticeSpec& spec) {
  Box box = box_for(ui, spec.icon);
  const auto title = ui.layout(spec.title, ui.style(Type::Strong, box.text_width));
  const auto text = ui.layout(spec.text, ui.style(Type::Body, box.text_width));
  const float title_height = spec.title.empty() ? 0 : title->height();
  const float height = title_height + (spec.text.empty() ? 0 : text->height());
  const float least = icon_px(ui, Type::Strong) * 1.25f;
  box.rect = ui.take(ui.width(), std::ceil(std::max(height, least) + 2 * box.padding));
  draw_box(ui, box, spec.tone, spec.icon, ui.line_height(Type::Strong));
  const float x = box.rect.x + box.text_x, y = box.rect.y + box.padding;
  if (!spec.title.empty()) ui.canvas().text(*title, x, y, ui.theme().ink);
  if (!spec.text.empty()) ui.canvas().text(*text, x, y + title_height, ui.theme().ink);
  Node node;
  node.id = ui.id(id);
  node.role = spec.alert ? Role::Alert : Role::Text;
  node.alert = spec.alert || spec.said;
  node.name = spec.title.empty() ? spec.text : spec.title;
  node.value = spec.title.empty() ? "" : spec.text;
  node.focusable = true;
  node.clipped = is_clipped(*title, box.text_width) || is_clipped(*text, box.text_width);
  ui.add(std::move(node), box.rect);
  focus_ring(ui, ui.id(id), box.rect);
}

bool progress(Ui& ui, std::string_view id, const ProgressSpec& spec) {
  const IdScope scope(ui, id);
  const Panel panel(ui, "panel", {.shadow = false});
  const IconText text = lay_icon_text(ui, spec.text, Icon::Clock, Type::Strong, Ink::Ink, ui.width());
  const Rect rect = ui.take(text.width(), std::ceil(text.height()));
  draw_icon_text(ui, text, rect.x, rect.y, ui.theme().primary);
  Node node;
  node.id = ui.id("text");
  node.role = Role::Progress;
  node.name = spec.text;
  if (spec.share) node.value = std::to_string(static_cast<int>(std::clamp(*spec.share, 0.0, 1.0) * 10) * 10) + "%";
  node.state.busy = true;
  node.alert = true;
  node.focusable = true;
  ui.add(std::move(node), rect);
  if (spec.share) {
    const Rect track = ui.take(ui.width(), ui.px(3));
    ui.canvas().rounded(track, track.height / 2, mix(ui.theme().paper, ui.theme().line, 0.4));
    const float done = static_cast<float>(std::clamp(*spec.share, 0.0, 1.0)) * track.width;
    if (done >= track.height)
      ui.canvas().rounded({track.x, track.y, done, track.height}, track.height / 2, ui.theme().primary);
  }
  return !spec.cancel_label.empty() && button(ui, "cancel", {.label = spec.cancel_label, .icon = Icon::Close});
}

namespace {

constexpr double kLinkPaddingMm = 3;

ButtonSpec link_to(const std::string& error) {
  return {.label = error, .icon = Icon::Down, .kind = ButtonKind::Quiet, .role = Role::Link};
}

// A single error stands beside the title where both have room.
bool stands_beside(Ui& ui, const IconText& title, std::span<const std::string> errors) {
  if (errors.size() != 1) return false;
  const IconText link = lay_icon_text(ui, errors.front(), Icon::Down, Type::Strong, Ink::Ink, 4 * ui.width());
  return title.width() + ui.px(kMinGapMm) + link.width() + 2 * ui.px(kLinkPaddingMm) <= ui.width();
}

void error_title(Ui& ui, const IconText& title, std::span<const std::string> errors, float height) {
  const Rect rect = ui.take(title.width(), height);
  const bool beside = height > title.height() + 1;  // level with the link's letters
  draw_icon_text(ui, title, rect.x, beside ? centred_top(*title.text, rect, title.cap) : rect.y, ui.theme().bad);
  Node node;
  node.id = ui.id("title");
  node.role = Role::Alert;
  node.alert = true;
  node.name = std::string(title.text->text());
  node.value = joined({errors.begin(), errors.end()});
  node.focusable = true;
  ui.add(std::move(node), rect);
}

}  // namespace

std::optional<std::size_t> error_summary(Ui& ui, std::string_view id, std::string_view title,
                                         std::span<const std::string> errors) {
  if (errors.empty()) return std::nullopt;
  const IdScope scope(ui, id);
  // No taller than it must be: the field that it is about is to be in sight as well, above the keyboard.
  const Panel panel(ui, "panel", {.tone = Tone::Bad, .shadow = false, .padding_mm = 3.5});
  const IconText head = lay_icon_text(ui, title, Icon::Warning, Type::Strong, Ink::Bad, ui.width());
  if (stands_beside(ui, head, errors)) {
    const Wrap wrap(ui);
    error_title(ui, head, errors, button_height(ui, link_to(errors.front())));
    return button(ui, "0", link_to(errors.front())) ? std::optional<std::size_t>(0) : std::nullopt;
  }
  error_title(ui, head, errors, std::ceil(head.height()));
  ui.gap(-kUnitMm - 1);  // links have room of their own above them
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < errors.size(); ++i)
    if (button(ui, std::to_string(i), link_to(errors[i]))) chosen = i;
  return chosen;
}

namespace {

struct SummaryColumns {
  float label = 0, value_x = 0, value = 0, change = 0;
  bool stacked = false;  // label above value
};

// A line ends inside a word, for lack of room.
bool tears_a_word(const text::Paragraph& label) {
  const auto inside = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80); };
  return std::any_of(label.lines().begin(), label.lines().end(), [&](const text::Line& line) {
    const std::string_view all = label.text();
    return line.begin > 0 && line.begin < all.size() && inside(all[line.begin - 1]) && inside(all[line.begin]);
  });
}

// A third of the width, or as much more as the longest label wants and the longest value leaves.
float label_width(Ui& ui, std::span<const SummaryRow> rows, float rest, float gap) {
  float labels = 0, values = 0;
  for (const SummaryRow& row : rows) {
    labels = std::max(labels, lay_icon_text(ui, row.label, row.icon, Type::Body, Ink::Quiet, rest).width());
    values = std::max(values, ui.layout(row.value, ui.style(Type::Strong, rest))->natural_width());
  }
  const float usual = std::floor(rest * 0.34f), left = std::floor(rest - gap - std::ceil(values));
  return std::max(usual, std::min(std::ceil(labels), left));
}

SummaryColumns columns_of(Ui& ui, std::span<const SummaryRow> rows, float width, float change) {
  SummaryColumns c;
  c.change = change;
  const float gap = ui.px(8), rest = width - (change > 0 ? change + gap : 0);
  const float beside = label_width(ui, rows, rest, gap);
  c.stacked = rest < ui.px(120) * static_cast<float>(cap_height_mm(Type::Body, ui.look().text_size) / 4.8) ||
              std::any_of(rows.begin(), rows.end(), [&](const SummaryRow& row) {
                return tears_a_word(*lay_icon_text(ui, row.label, row.icon, Type::Body, Ink::Quiet, beside).text);
              });
  c.label = c.stacked ? rest : beside;
  c.value_x = c.stacked ? 0 : c.label + gap;
  c.value = c.stacked ? rest : rest - c.label - gap;
  return c;
}

constexpr double kChangeMm = 13;  // least height of a row's button

float change_height(const Ui& ui, const text::Paragraph& label) {
  return std::max(ui.px(kChangeMm), std::ceil(label.height() + ui.px(3)));
}

bool change_button(Ui& ui, const SummaryRow& row, const text::Paragraph& label, const Rect& rect, std::size_t index) {
  const NodeId id = ui.id("change/" + std::to_string(index));
  const Theme& theme = ui.theme();
  Node node;
  node.id = id;
  node.role = Role::Button;
  node.name = row.change_name.empty() ? row.change_label : row.change_name;
  node.action = true;
  ui.add(std::move(node), rect);
  ui.canvas().rounded(rect, ui.px(kRadiusMm), ui.pressed(id) ? theme.paper_pressed : theme.paper);
  ui.canvas().outline(rect, ui.px(kRadiusMm), edge_line(ui), theme.primary);
  const float size = icon_px(ui, Type::Body), content = size + ui.px(2) + label.natural_width();
  const float x = std::round(rect.x + (rect.width - content) / 2);
  ui.canvas().icon(Icon::Edit, {x, rect.y, size, rect.height}, size, theme.primary);
  ui.canvas().text(label, x + size + ui.px(2), centred_top(label, rect, cap_px(ui, Type::Strong)), theme.primary);
  focus_ring(ui, id, rect);
  return ui.activated(id);
}

bool show_row(Ui& ui, const SummaryRow& row, const SummaryColumns& c, std::size_t index) {
  const IconText label = lay_icon_text(ui, row.label, row.icon, Type::Body, Ink::Quiet, c.label);
  const auto value = ui.layout(row.value, ui.style(Type::Strong, c.value));
  const bool changes = !row.change_label.empty();
  const auto words = ui.layout(row.change_label, ui.style(Type::Strong));
  const float padding = ui.px(3), change_room = changes ? change_height(ui, *words) : 0;
  const float text = c.stacked ? label.height() + value->height() : std::max(label.height(), value->height());
  const Rect rect = ui.take(ui.width(), std::ceil(std::max(text, change_room) + 2 * padding));
  const float y = std::round(rect.y + (rect.height - text) / 2);
  draw_icon_text(ui, label, rect.x, y, ui.theme().quiet);
  const float value_y = c.stacked ? y + label.height() : y;
  ui.canvas().text(*value, rect.x + c.value_x, value_y, ui.theme().ink);
  Node node;
  node.id = ui.id("row/" + std::to_string(index));
  node.role = Role::Text;
  node.name = row.label;
  node.value = row.value;
  node.secret = row.secret;
  node.focusable = true;
  node.clipped = is_clipped(*value, c.value);
  const NodeId own = node.id;
  const Rect read{rect.x, rect.y, rect.width - (changes ? c.change + padding : 0), rect.height};
  ui.add(std::move(node), read);
  focus_ring(ui, own, read);
  if (!changes) return false;
  const float height = change_height(ui, *words);
  const Rect change{rect.right() - c.change, std::round(rect.y + (rect.height - height) / 2), c.change, height};
  return change_button(ui, row, *words, change, index);
}

}  // namespace

std::optional<std::size_t> summary(Ui& ui, std::string_view id, std::span<const SummaryRow> rows) {
  const IdScope scope(ui, id);
  const Panel panel(ui, "panel", {.padding_mm = 5});
  float change = 0;
  for (const SummaryRow& row : rows) {
    if (row.change_label.empty()) continue;
    const float words = ui.layout(row.change_label, ui.style(Type::Strong))->natural_width();
    change = std::max(change, std::ceil(words) + icon_px(ui, Type::Body) + ui.px(8));
  }
  const SummaryColumns columns = columns_of(ui, rows, ui.width(), change);
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) {
      ui.gap(-kUnitMm + 0.5);
      const Rect line = ui.take(ui.width(), hairline(ui));
      ui.canvas().fill(line, mix(ui.theme().paper, ui.theme().line, 0.4));
      ui.gap(-kUnitMm + 0.5);
    }
    if (show_row(ui, rows[i], columns, i)) chosen = i;
  }
  return chosen;
}

}  // namespace kiosk::ui
