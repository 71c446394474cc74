// What a person with a ruler would find fault with.
#include <algorithm>
#include <cstdio>
#include <set>

#include "kiosk/text/bidi.h"
#include "kiosk/ui/focus.h"
#include "kiosk/ui/scene.h"

namespace kiosk::ui {
namespace {

using Kind = SceneFault::Kind;

std::string named(const Node& node) {
  return std::string(to_string(node.role)) + " '" + text::without_bidi_controls(node.name) + "'";
}

std::string size_mm(const Rect& r, const Metrics& metrics) {
  char text[48];
  std::snprintf(text, sizeof text, "%.1f x %.1f mm", metrics.mm(r.width), metrics.mm(r.height));
  return text;
}

class Checker {
 public:
  explicit Checker(const Scene& scene) : scene_(scene), metrics_(scene.metrics) {}

  std::vector<SceneFault> run() {
    check_ids();
    for (const Node& node : scene_.nodes())
      if (scene_.reachable(node)) check_node(node);
    check_pairs();
    check_focus_order();
    return std::move(faults_);
  }

 private:
  void report(Kind kind, const Node& node, std::string what, const Node* other = nullptr) {
    faults_.push_back({kind, node.id, other ? other->id : NodeId::None, named(node) + " " + what});
  }

  void check_ids() {
    std::set<NodeId> seen;
    for (const Node& node : scene_.nodes())
      if (!seen.insert(node.id).second) report(Kind::DuplicateId, node, "shares its id with another");
  }

  bool wholly_visible(const Node& node) const {
    return node.visible.width >= node.rect.width - 1 && node.visible.height >= node.rect.height - 1;
  }

  void check_node(const Node& node) {
    const bool spoken = node.action || node.focusable || node.role == Role::Text || node.role == Role::Image;
    if (spoken && node.name.empty() && !node.decoration) report(Kind::Nameless, node, "has no name");
    if (node.clipped) report(Kind::Clipped, node, "does not show its whole text");
    check_place(node);
    const float least = metrics_.px(kMinTargetMm) - 1;
    if (node.action && (node.rect.width < least || node.rect.height < least))
      report(Kind::TooSmall, node, "(" + size_mm(node.rect, metrics_) + ") is smaller than 12.7 mm");
  }

  void check_place(const Node& node) {
    const Rect panel{0, 0, static_cast<float>(metrics_.width_px), static_cast<float>(metrics_.height_px)};
    const Rect& shown = node.scroll_parent == NodeId::None ? node.rect : node.visible;
    if (is_empty(shown) && node.scroll_parent != NodeId::None) return;  // scrolled away
    const Rect& bounds = node.action ? scene_.reach : panel;
    constexpr float kTolerance = 1;
    if (shown.x < bounds.x - kTolerance || shown.y < bounds.y - kTolerance ||
        shown.right() > bounds.right() + kTolerance || shown.bottom() > bounds.bottom() + kTolerance)
      report(Kind::Outside, node, "is outside of " + std::string(node.action ? "reach" : "the panel"));
    if (node.scroll_parent == NodeId::None) return;
    if (shown.x > node.rect.x + kTolerance || shown.right() < node.rect.right() - kTolerance)
      report(Kind::Outside, node, "is wider than the area it scrolls in");
  }

  void check_pairs() {
    std::vector<const Node*> targets;
    for (const Node& node : scene_.nodes())
      if (node.action && scene_.reachable(node) && !is_empty(node.visible)) targets.push_back(&node);
    const float gap = metrics_.px(kMinGapMm) - 1;
    for (std::size_t i = 0; i < targets.size(); ++i)
      for (std::size_t j = i + 1; j < targets.size(); ++j) check_pair(*targets[i], *targets[j], gap);
  }

  void check_pair(const Node& a, const Node& b, float gap) {
    if (a.id == b.parent || b.id == a.parent) return;  // a control inside another, on purpose (the cross in a field)
    const float dx = std::max(b.visible.x - a.visible.right(), a.visible.x - b.visible.right());
    const float dy = std::max(b.visible.y - a.visible.bottom(), a.visible.y - b.visible.bottom());
    const float apart = std::max(dx, dy);
    if (apart < -1)
      report(Kind::Overlap, a, "overlaps " + named(b), &b);
    else if (apart < gap && wholly_visible(a) && wholly_visible(b))
      report(Kind::TooClose, a, "is less than 2.5 mm from " + named(b), &b);
  }

  void check_focus_order() {
    const std::vector<const Node*> order = focus_order(scene_);
    for (std::size_t i = 1; i < order.size(); ++i)
      if (order[i] < order[i - 1]) report(Kind::FocusOrder, *order[i], "takes focus before what is read earlier");
    // Within one parent, what is read later must not stand wholly above what is read earlier.
    for (std::size_t i = 1; i < order.size(); ++i) {
      const Node& before = *order[i - 1];
      const Node& after = *order[i];
      if (before.parent != after.parent || before.scroll_parent != after.scroll_parent) continue;
      const bool same_line = after.rect.bottom() > before.rect.y + 1 && after.rect.y < before.rect.bottom() - 1;
      const bool backwards =
          scene_.rtl ? after.rect.x > before.rect.right() - 1 : after.rect.right() < before.rect.x + 1;
      if (same_line && backwards && before.role != Role::Key)
        report(Kind::FocusOrder, after, "is read after " + named(before) + ", yet stands before it", &before);
    }
  }

  const Scene& scene_;
  const Metrics& metrics_;
  std::vector<SceneFault> faults_;
};

}  // namespace

std::string_view to_string(SceneFault::Kind kind) {
  switch (kind) {
    case Kind::Overlap:
      return "overlap";
    case Kind::TooSmall:
      return "too small";
    case Kind::TooClose:
      return "too close";
    case Kind::Clipped:
      return "clipped";
    case Kind::Outside:
      return "outside";
    case Kind::Nameless:
      return "nameless";
    case Kind::FocusOrder:
      return "focus order";
    case Kind::DuplicateId:
      return "duplicate id";
  }
  return "";
}

std::vector<SceneFault> check(const Scene& scene) { return Checker(scene).run(); }

}  // namespace kiosk::ui
