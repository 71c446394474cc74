// How queued input becomes presses, focus, scrolling and typed text, before a frame is drawn.
#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/ui/focus.h"
#include "kiosk/ui/ui_state.h"

namespace kiosk::ui {
namespace {

constexpr double kFieldRoomMm = 14;  // above a field: its label, or what is wrong with it

}  // namespace
void Ui::input(InputEvent event) {
  constexpr std::size_t kMostQueued = 1000;
  if (state_->queue.size() < kMostQueued) state_->queue.push_back(std::move(event));
}

bool Ui::has_input() const { return !state_->queue.empty(); }

std::optional<NavKey> Ui::take_key() {
  if (state_->keys.empty()) return std::nullopt;
  const NavKey key = state_->keys.front();
  state_->keys.pop_front();
  return key;
}

void Ui::ignore_same_key_for(core::Milliseconds time) {
  state_->same_key = std::clamp(time, core::Milliseconds(0), core::Milliseconds(500));
}

void Ui::State::take_input() {
  while (!queue.empty()) {
    const InputEvent event = std::move(queue.front());
    queue.pop_front();
    if (take_event(event)) return;
  }
}

bool Ui::State::take_event(const InputEvent& event) {
  if (const auto* pointer = std::get_if<PointerEvent>(&event)) return take_pointer(*pointer);
  if (const auto* key = std::get_if<NavEvent>(&event)) return take_nav(*key);
  take_text(std::get<TextEvent>(event));
  return true;
}

bool Ui::State::take_pointer(const PointerEvent& event) {
  if (event.phase == PointerEvent::Phase::Down && !look.reading) ring = false;
  const Touch::Step step = touch.feed(event, last);
  if (step.scrolled != NodeId::None) scroll_by(step.scrolled, step.scroll_by);
  if (step.activated != NodeId::None) activate(step.activated, step.at);
  // A press is drawn before its release is taken, however fast the finger was.
  return event.phase == PointerEvent::Phase::Down || step.activated != NodeId::None;
}

void Ui::State::activate(NodeId id, Point at) {
  activated = id;
  activated_at = at;
  if (ring || look.reading) focus = id;
  if (const auto press = keyboard.press(id)) typed.push_back(*press);
}

bool Ui::State::take_nav(const NavEvent& event) {
  const bool same = last_key == event.key && event.time - last_key_time < same_key;
  last_key = event.key;
  last_key_time = event.time;
  if (same) return false;
  switch (event.key) {
    case NavKey::Back:
    case NavKey::Help:
      keys.push_back(event.key);
      return true;
    case NavKey::PageUp:
      page_scroll(-1);
      return true;
    case NavKey::PageDown:
      page_scroll(1);
      return true;
    case NavKey::Select: {
      const Node* node = last.find(focus);
      ring = true;
      if (node && node->action && !node->state.disabled) activate(focus, centre(node->rect));
      return true;
    }
    default:
      break;
  }
  const bool sideways = event.key == NavKey::Left || event.key == NavKey::Right;
  if (sideways && !in_grid(last, focus)) {
    page_scroll((event.key == NavKey::Right) != last.rtl ? 1 : -1);
    return true;
  }
  if (ring || focus == NodeId::None) focus = move_focus(last, focus, event.key);
  ring = true;  // the first key after a touch shows where focus is
  if (const Node* node = last.find(focus)) reveal(last, *node, metrics.px(kUnitMm));
  return true;
}

void Ui::State::take_text(const TextEvent& event) {
  using Edit = TextEvent::Edit;
  const KeyAction action = event.edit == Edit::Insert  ? KeyAction::Insert
                           : event.edit == Edit::Enter ? KeyAction::Enter
                                                       : KeyAction::Delete;
  typed.push_back({action, event.text});
}

void Ui::State::scroll_by(NodeId area, float by) {
  const auto found = scrolls.find(area);
  if (found == scrolls.end()) return;
  found->second.offset = std::clamp(found->second.offset + by, 0.f, found->second.furthest());
}

void Ui::State::page_scroll(int direction) {
  const Node* focused_node = last.find(focus);
  NodeId area = focused_node ? focused_node->scroll_parent : NodeId::None;
  for (const Node& node : last.nodes())
    if (area == NodeId::None && node.scrolls && last.reachable(node)) area = node.id;
  const auto found = scrolls.find(area);
  if (found != scrolls.end()) scroll_by(area, static_cast<float>(direction) * found->second.view * kScrollPageShare);
}

// Scrolls so that the node is wholly in view, with a little room around it.
void Ui::State::reveal(const Scene& where, const Node& node, float room_above) {
  const Node* area = where.find(node.scroll_parent);
  if (!area) return;
  const float above = area->rect.y + room_above - node.rect.y;
  const float below = node.rect.bottom() + metrics.px(kUnitMm) - area->rect.bottom();
  if (above > 0)
    scroll_by(area->id, -above);
  else if (below > 0)
    scroll_by(area->id, std::min(below, node.rect.y - room_above - area->rect.y));
}

// What the upper edge of the area cuts through is shown whole, where the field leaves that much room below it, or goes
// out of sight whole: half a heading looks broken. `scrolled`: since the scene was drawn.
void Ui::State::spare_torn(const Scene& where, const Node& node, float scrolled) {
  const Node* area = where.find(node.scroll_parent);
  if (!area || scrolls[area->id].offset <= 0.5f) return;
  const float above = metrics.px(kAboveScrollMm);  // an area shows so much above itself, for shadows
  const float edge = area->rect.y + scrolled - above, room = area->rect.bottom() + scrolled - node.rect.bottom();
  float begin = edge + above, end = edge;
  for (const Node& other : where.nodes()) {
    const bool torn = other.scroll_parent == area->id && other.rect.y < edge && other.rect.bottom() > edge;
    // Beside the field stands what helps with it, and is not in its way.
    if (other.rect.right() <= node.rect.x || other.rect.x >= node.rect.right()) continue;
    // What stands right above the field says what is wrong with it, or what to enter.
    if (!torn || other.rect.bottom() + metrics.px(kUnitMm) > node.rect.y) continue;
    begin = std::min(begin, other.rect.y);
    end = std::max(end, other.rect.bottom());
  }
  if (end <= edge) return;  // nothing is torn
  const float back = edge + above - begin, on = end - edge;
  if (back <= room) return scroll_by(area->id, -back);
  ScrollMemory& memory = scrolls[area->id];
  memory.below += std::max(0.f, memory.offset + on - memory.furthest());
  scroll_by(area->id, on);
}

// The field that is typed into stays above the keyboard: when it becomes the active one, when a key reaches it, and
// when what is around it grows (an error appeared). In between a resident may scroll it away.
void Ui::State::keep_field_in_sight() {
  const Node* node = scene.find(field);
  const bool due = field != field_before || field_changed || (node && node->scroll_parent == resized_area);
  field_before = field;
  if (!node || !due || node->scroll_parent == NodeId::None) return;
  const float before = scrolls[node->scroll_parent].offset;
  reveal(scene, *node, metrics.px(kFieldRoomMm));
  spare_torn(scene, *node, scrolls[node->scroll_parent].offset - before);
  if (std::abs(scrolls[node->scroll_parent].offset - before) > 0.5f) unsettled = true;
}

void Ui::State::show_wanted() {
  if (!wanted_sight || std::exchange(wanted_sight->fresh, false)) return;
  const Node* node = scene.find(wanted_sight->id);
  if (!node) return;
  const float room_above = std::exchange(wanted_sight, std::nullopt)->room_above;
  const auto area = scrolls.find(node->scroll_parent);
  if (area == scrolls.end()) return;
  const float before = area->second.offset;
  reveal(scene, *node, room_above);
  spare_torn(scene, *node, area->second.offset - before);
  unsettled = true;
}

}  // namespace kiosk::ui
