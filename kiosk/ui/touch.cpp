#include "kiosk/ui/touch.h"

#include <cmath>

namespace kiosk::ui {
namespace {

constexpr float kDecayMs = 260;            // a fling has lost 63 % of its speed after this
constexpr float kSlowest = 0.03f;          // px/ms; below it a fling has ended
constexpr core::Milliseconds kRecent{90};  // of a finger's way, for its speed

NodeId scroll_area_at(const Scene& scene, Point p) {
  for (auto node = scene.nodes().rbegin(); node != scene.nodes().rend(); ++node)
    if (node->scrolls && contains(node->visible, p) && scene.reachable(*node)) return node->id;
  return NodeId::None;
}

}  // namespace

Touch::Step Touch::feed(const PointerEvent& event, const Scene& scene) {
  using Phase = PointerEvent::Phase;
  if (event.phase == Phase::Down) {
    if (!finger_) down(event, scene);
    return {.touched = true};
  }
  if (!finger_ || *finger_ != event.finger) return {};
  if (event.phase == Phase::Move) return move(event, scene);
  if (event.phase == Phase::Up) return up(event, scene);
  release();
  return {.touched = true};
}

void Touch::down(const PointerEvent& event, const Scene& scene) {
  const bool was_coasting = coasting();
  velocity_ = 0;  // a touch stops a fling, and does nothing else
  finger_ = event.finger;
  start_ = last_ = event.at;
  samples_ = {{event.time, event.at.y}};
  area_ = scroll_area_at(scene, event.at);
  const Node* hit = was_coasting ? nullptr : scene.hit(event.at);
  target_ = hit ? hit->id : NodeId::None;
  target_rect_ = hit ? hit->rect : Rect{};
  inside_ = hit != nullptr;
  dragging_ = false;
}

bool Touch::on_target(const PointerEvent& event, const Scene& scene) const {
  const Node* hit = scene.hit(event.at);
  if (hit && hit->id == target_) return true;
  const Node* target = scene.find(target_);
  if (!target || !target->action || target->state.disabled || !scene.reachable(*target)) return false;
  const bool moved_away = target->rect.x != target_rect_.x || target->rect.y != target_rect_.y ||
                          target->rect.width != target_rect_.width || target->rect.height != target_rect_.height;
  return moved_away && std::hypot(event.at.x - start_.x, event.at.y - start_.y) <= scene.metrics.px(kSlopMm);
}

Touch::Step Touch::move(const PointerEvent& event, const Scene& scene) {
  Step step{.touched = true};
  samples_.push_back({event.time, event.at.y});
  while (samples_.size() > 2 && event.time - samples_.front().time > kRecent) samples_.pop_front();
  const float slop = scene.metrics.px(kSlopMm);
  if (!dragging_ && area_ != NodeId::None && std::abs(event.at.y - start_.y) > slop) {
    dragging_ = true;
    inside_ = false;
    target_ = NodeId::None;
    last_ = event.at;  // no jump by the slop
  }
  if (dragging_) {
    step.scrolled = area_;
    step.scroll_by = last_.y - event.at.y;
  } else if (target_ != NodeId::None) {
    inside_ = on_target(event, scene);
  }
  last_ = event.at;
  return step;
}

Touch::Step Touch::up(const PointerEvent& event, const Scene& scene) {
  Step step{.touched = true};
  if (dragging_ && !reduced_motion_) {
    velocity_ = fling_velocity(event.time);
    coasting_area_ = area_;
    coasted_ = event.time;
  } else if (target_ != NodeId::None && on_target(event, scene)) {
    step.activated = target_;
    step.at = event.at;
  }
  release();
  return step;
}

void Touch::release() {
  finger_.reset();
  target_ = area_ = NodeId::None;
  inside_ = dragging_ = false;
}

float Touch::fling_velocity(core::Milliseconds now) const {
  if (samples_.size() < 2 || now - samples_.back().time > kRecent) return 0;
  const auto elapsed = static_cast<float>((now - samples_.front().time).count());
  if (elapsed < 1) return 0;
  const float speed = (samples_.front().y - last_.y) / elapsed;
  return std::abs(speed) < kSlowest * 3 ? 0 : speed;
}

Touch::Step Touch::coast(core::Milliseconds now) {
  if (velocity_ == 0) return {};
  const auto elapsed = static_cast<float>((now - coasted_).count());
  coasted_ = now;
  const float kept = std::exp(-elapsed / kDecayMs);
  Step step{.scrolled = coasting_area_, .scroll_by = velocity_ * kDecayMs * (1 - kept)};
  velocity_ *= kept;
  if (std::abs(velocity_) < kSlowest) velocity_ = 0;
  return step;
}

void Touch::cancel() {
  velocity_ = 0;
  target_ = area_ = NodeId::None;  // finger_ stays: it must be lifted before anything counts
  inside_ = dragging_ = false;
}

}  // namespace kiosk::ui
