// One finger's way over the glass, made into presses, drags and flings. A press counts when it begins and ends on the
// same target; a finger that slides off, or moves beyond the slop, cancels it. A target that moves away under a resting
// finger (results arrived, the language changed) keeps its press: it is the one that was seen pressed. Other fingers
// are ignored until the first is lifted.
#pragma once

#include <deque>
#include <optional>

#include "kiosk/ui/input.h"
#include "kiosk/ui/scene.h"

namespace kiosk::ui {

class Touch {
 public:
  struct Step {
    bool touched = false;             // anything at all happened
    NodeId activated = NodeId::None;  // pressed and released on it
    Point at = {};                    // where it was released
    NodeId scrolled = NodeId::None;   // this area moves …
    float scroll_by = 0;              // … by so many pixels: positive shows what is further down
  };

  // One event against the scene that the resident saw when it happened.
  Step feed(const PointerEvent& event, const Scene& scene);
  // The kinetic part: what a fling moves at this moment.
  Step coast(core::Milliseconds now);
  bool coasting() const { return velocity_ != 0; }
  NodeId pressed() const { return inside_ ? target_ : NodeId::None; }
  // Another page: whatever the finger does until it is lifted means nothing; flings stop.
  void cancel();
  void set_reduced_motion(bool on) { reduced_motion_ = on; }

 private:
  struct Sample {
    core::Milliseconds time = {};
    float y;
  };
  void down(const PointerEvent& event, const Scene& scene);
  Step move(const PointerEvent& event, const Scene& scene);
  Step up(const PointerEvent& event, const Scene& scene);
  void release();
  float fling_velocity(core::Milliseconds now) const;

  std::optional<std::int64_t> finger_;
  bool on_target(const PointerEvent& event, const Scene& scene) const;

  NodeId target_ = NodeId::None, area_ = NodeId::None;
  Rect target_rect_;  // when it was pressed
  bool inside_ = false, dragging_ = false, reduced_motion_ = false;
  Point start_, last_;
  std::deque<Sample> samples_;
  NodeId coasting_area_ = NodeId::None;
  float velocity_ = 0;  // px/ms
  core::Milliseconds coasted_{};
};

}  // namespace kiosk::ui
