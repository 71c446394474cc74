#include <algorithm>
#include <cmath>

#include "kiosk/core/strings.h"
#include "kiosk/ui/parts.h"
#include "kiosk/ui/ui_state.h"

namespace kiosk::ui {
namespace {

// Keys typed since the last frame, applied to the text in order.
void take_typed(Ui& ui, const FieldSpec& spec, EditedText& edited, FieldResult& result) {
  auto& typed = ui.state().typed;
  for (; !typed.empty(); typed.pop_front()) {
    const KeyPress& key = typed.front();
    switch (key.action) {
      case KeyAction::Insert:
      case KeyAction::Space:
        edited = insert_text(edited, key.text, spec.max_bytes);
        break;
      case KeyAction::Delete:
        edited = delete_before_cursor(edited);
        break;
      case KeyAction::Enter:
        result.entered = true;
        break;
      case KeyAction::Hide:
        result.closed = true;
        break;
      default:
        break;
    }
  }
  if (edited.text.reveal() != spec.value.reveal()) result.changed = edited.text;
}

// The field as it is drawn: bullets for masked ones.
struct Shown {
  std::string text;
  std::size_t cursor = 0;
};

Shown shown_text(const FieldSpec& spec, const EditedText& edited) {
  if (!spec.masked) return {edited.text.reveal(), edited.cursor};
  const std::string& all = edited.text.reveal();
  Shown shown;
  const std::string bullet = "\u2022";
  for (std::size_t i = 0; i < core::count_code_points(all); ++i) shown.text += bullet;
  shown.cursor = bullet.size() * core::count_code_points(std::string_view(all).substr(0, edited.cursor));
  return shown;
}

void draw_box(Ui& ui, const FieldSpec& spec, const Rect& rect) {
  const Theme& theme = ui.theme();
  const float radius = ui.px(kRadiusMm);
  const bool strong = spec.active || !spec.error.empty();
  ui.canvas().rounded(rect, radius, theme.paper);
  const Colour edge = !spec.error.empty() ? theme.bad : spec.active ? theme.primary : theme.line;
  ui.canvas().outline(rect, radius, strong ? std::max(2.f, ui.px(0.8)) : edge_line(ui), edge);
}

// Where the text begins: one line is shifted along, several are shifted up, so that the cursor is in sight.
struct Placed {
  float shift = 0, top = 0;
};
Placed place_value(Ui& ui, const FieldSpec& spec, const text::Paragraph& laid, const Rect& caret,
                   float caret_from_start, const Rect& box) {
  if (spec.lines > 1) {
    const float padding = ui.px(2.5), over = caret.y + caret.height - (box.height - 2 * padding);
    return {0, box.y + padding - (spec.active ? std::max(0.f, over) : 0.f)};
  }
  const float shift = spec.active ? std::max(0.f, caret_from_start - (box.width - ui.px(2))) : 0;
  return {shift, centred_top(laid, box, cap_px(ui, Type::Body))};
}

// Draws text and cursor. Where a finger was lifted on the field, gives the place in the text under it.
std::optional<std::size_t> draw_value(Ui& ui, const FieldSpec& spec, const Shown& shown, const Rect& box, bool tapped) {
  text::TextStyle style = ui.style(Type::Body, spec.lines > 1 ? box.width : 0);
  style.direction = ui.direction_of(shown.text, style.language);  // with it the text is laid out byte for byte
  const auto laid = ui.layout(shown.text, style);
  const Rect caret = laid->cursor(shown.cursor);
  const float width = laid->width();
  const float caret_from_start = ui.rtl() ? width - caret.x : caret.x;
  const auto [shift, top] = place_value(ui, spec, *laid, caret, caret_from_start, box);
  ui.canvas().push_clip(box);
  ui.canvas().text(*laid, box.x - shift, top, ui.theme().ink);
  if (spec.active) {
    const float x = box.x - shift + caret_from_start;
    ui.canvas().fill({x, top + caret.y, std::max(2.f, ui.px(0.6)), caret.height}, ui.theme().primary);
  }
  ui.canvas().pop_clip();
  if (!tapped) return std::nullopt;
  const Rect glass = ui.canvas().on_glass({box.x - shift, top, width, laid->height()});
  const Point at = ui.state().activated_at;
  return laid->byte_at(at.x - glass.x, at.y - glass.y);
}

// The cross that empties the field; inside its end.
bool draw_clear(Ui& ui, const Rect& rect, float side, NodeId field) {
  const Rect cross{rect.right() - side, rect.y, side, side};
  Node node;
  node.id = ui.id("clear");
  node.parent = field;
  node.role = Role::Button;
  node.name = ui.word("ui.clear");
  node.action = true;
  ui.add(std::move(node), cross);
  if (ui.pressed(ui.id("clear")))
    ui.canvas().rounded(inset(cross, ui.px(1)), ui.px(kRadiusMm), ui.theme().paper_pressed);
  ui.canvas().icon(Icon::Close, cross, icon_px(ui, Type::Body), ui.theme().quiet);
  focus_ring(ui, ui.id("clear"), inset(cross, ui.px(1.5)));
  return ui.activated(ui.id("clear"));
}

void say_error(Ui& ui, const FieldSpec& spec) {
  if (!spec.error.empty()) paragraph(ui, spec.error, {.type = Type::Strong, .ink = Ink::Bad, .icon = Icon::Warning});
}

EditedText remembered(Ui& ui, NodeId id, const FieldSpec& spec) {
  EditedText edited{spec.value, spec.value.size()};
  const auto found = ui.state().cursors.find(id);
  if (found != ui.state().cursors.end() && found->second.length == spec.value.size())
    edited.cursor = found->second.byte;
  return edited;
}

}  // namespace

FieldResult field(Ui& ui, std::string_view id, const FieldSpec& spec) {
  const IdScope scope(ui, id);
  const NodeId own = ui.id("box");
  FieldResult result;
  if (spec.label_visible) paragraph(ui, spec.label, {.type = Type::Strong});
  if (!spec.hint.empty() && spec.label_visible) {
    ui.gap(-2);
    paragraph(ui, spec.hint, {.ink = Ink::Quiet});
  }
  say_error(ui, spec);
  if (spec.label_visible) ui.gap(-1);

  EditedText edited = remembered(ui, own, spec);
  if (spec.active) {
    ui.state().field = own;
    ui.state().field_changed = !ui.state().typed.empty();
    take_typed(ui, spec, edited, result);
  }
  const float one_line = std::max(ui.px(kTouchMm), std::ceil(ui.line_height(Type::Body) + ui.px(5)));
  const float more_lines = std::ceil(static_cast<float>(spec.lines - 1) * ui.line_height(Type::Body));
  const float height = one_line + std::max(0.f, more_lines);
  const Rect rect = ui.take(ui.width(), height);
  Node node;
  node.id = own;
  node.role = Role::TextBox;
  node.name = spec.label;
  node.value = edited.text.reveal();
  node.secret = spec.secret;
  node.hint = spec.error.empty() ? spec.hint : joined({spec.error, spec.hint});
  node.action = true;
  node.state.selected = spec.active;
  ui.add(std::move(node), rect);
  draw_box(ui, spec, rect);

  const float padding = ui.px(4), icon = spec.icon == Icon::None ? 0 : icon_px(ui, Type::Body) + ui.px(3);
  const bool can_clear = !edited.text.empty() && spec.active;
  if (icon > 0)
    ui.canvas().icon(spec.icon, {rect.x + padding, rect.y, icon - ui.px(3), height}, icon_px(ui, Type::Body),
                     ui.theme().quiet);
  const Rect box{rect.x + padding + icon, rect.y + hairline(ui) * 2,
                 rect.width - 2 * padding - icon - (can_clear ? one_line - padding : 0), height - hairline(ui) * 4};
  result.tapped = ui.activated(own);
  Shown shown = shown_text(spec, edited);
  const auto at = draw_value(ui, spec, shown, box, result.tapped && spec.active && !spec.masked);
  if (at) {
    edited.cursor = *at;
    ui.state().unsettled = true;
  }
  core::wipe(shown.text);
  if (can_clear && draw_clear(ui, rect, one_line, own)) {
    result.cleared = true;
    edited = {};
  }
  focus_ring(ui, own, rect);
  ui.state().cursors[own] = {edited.cursor, edited.text.size()};
  return result;
}

}  // namespace kiosk::ui
