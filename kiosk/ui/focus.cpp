#include "kiosk/ui/focus.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kiosk::ui {
namespace {

using Order = std::vector<const Node*>;

std::size_t index_of(const Order& order, NodeId id) {
  const auto found = std::find_if(order.begin(), order.end(), [id](const Node* n) { return n->id == id; });
  return static_cast<std::size_t>(found - order.begin());
}

bool same_grid(const Node& a, const Node& b) { return b.row >= 0 && a.parent == b.parent; }

// The cell of the nearest row in the direction, nearest to `from` along it; null beyond the last row.
const Node* by_row(const Order& order, const Node& from, int direction) {
  const Node* best = nullptr;
  float best_distance = std::numeric_limits<float>::max();
  for (const Node* node : order) {
    if (!same_grid(from, *node) || (node->row - from.row) * direction <= 0) continue;
    const float rows = static_cast<float>(std::abs(node->row - from.row)) * 1e6f;
    const float distance = rows + std::abs(centre(node->rect).x - centre(from.rect).x);
    if (distance < best_distance) best = node, best_distance = distance;
  }
  return best;
}

// The neighbour on the glass in the same row; null at its end.
const Node* along_row(const Order& order, const Node& from, bool to_right) {
  const Node* best = nullptr;
  for (const Node* node : order) {
    if (!same_grid(from, *node) || node->row != from.row || node == &from) continue;
    if (to_right ? node->rect.x <= from.rect.x : node->rect.x >= from.rect.x) continue;
    if (!best || (to_right ? node->rect.x < best->rect.x : node->rect.x > best->rect.x)) best = node;
  }
  return best;
}

// Past the end of a grid: the first node in reading order that is not of it, wrapping.
const Node* leave_grid(const Order& order, std::size_t at, int direction) {
  const std::size_t n = order.size();
  for (std::size_t step = 1; step <= n; ++step) {
    const std::size_t next = (at + (direction > 0 ? step : n - step % n)) % n;
    if (!same_grid(*order[at], *order[next])) return order[next];
  }
  return by_row(order, *order[at], -direction) ? order[direction > 0 ? 0 : n - 1] : order[at];
}

const Node* next_in_order(const Order& order, std::size_t at, int direction) {
  return order[(at + (direction > 0 ? 1 : order.size() - 1)) % order.size()];
}

const Node* up_or_down(const Order& order, std::size_t at, int direction) {
  if (order[at]->row < 0) return next_in_order(order, at, direction);
  if (const Node* row = by_row(order, *order[at], direction)) return row;
  return leave_grid(order, at, direction);
}

}  // namespace

Order focus_order(const Scene& scene) {
  Order order;
  for (const Node& node : scene.nodes())
    if (node.focusable && scene.reachable(node)) order.push_back(&node);
  return order;
}

NodeId move_focus(const Scene& scene, NodeId from, NavKey key) {
  const bool vertical = key == NavKey::Up || key == NavKey::Down;
  const bool horizontal = key == NavKey::Left || key == NavKey::Right;
  if (!vertical && !horizontal) return from;
  const Order order = focus_order(scene);
  if (order.empty()) return NodeId::None;
  const std::size_t at = index_of(order, from);
  if (at == order.size()) return key == NavKey::Up ? order.back()->id : order.front()->id;
  if (vertical) return up_or_down(order, at, key == NavKey::Down ? 1 : -1)->id;
  if (order[at]->row < 0) return from;
  const Node* neighbour = along_row(order, *order[at], key == NavKey::Right);
  if (neighbour) return neighbour->id;
  const bool forward = (key == NavKey::Right) != scene.rtl;
  return next_in_order(order, at, forward ? 1 : -1)->id;
}

bool in_grid(const Scene& scene, NodeId id) {
  const Node* node = scene.find(id);
  return node && node->row >= 0;
}

}  // namespace kiosk::ui
