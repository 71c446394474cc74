#include "kiosk/work/deadline.h"

#include <algorithm>

namespace kiosk::work {

Deadline Deadline::after(const core::Clock& clock, core::Milliseconds duration) {
  Deadline deadline;
  deadline.clock_ = &clock;
  deadline.at_ = clock.monotonic() + duration;
  return deadline;
}

bool Deadline::passed() const { return clock_ && clock_->monotonic() >= at_; }

std::optional<core::Milliseconds> Deadline::remaining() const {
  if (!clock_) return std::nullopt;
  return std::max(at_ - clock_->monotonic(), core::Milliseconds{0});
}

core::Milliseconds Deadline::at_most(core::Milliseconds limit) const {
  return std::max(std::min(remaining().value_or(limit), limit), core::Milliseconds{0});
}

}  // namespace kiosk::work
