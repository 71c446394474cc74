#include "kiosk/net/rate_budget.h"

#include <algorithm>
#include <cmath>

namespace kiosk::net {

RateBudget::RateBudget(const core::Clock& clock, int requests, core::Milliseconds window)
    : clock_(clock),
      capacity_(std::max(requests, 1)),
      per_millisecond_(capacity_ / static_cast<double>(std::max<std::int64_t>(window.count(), 1))),
      tokens_(capacity_),
      refilled_at_(clock.monotonic()),
      held_until_(refilled_at_) {}

bool RateBudget::take() {
  const std::lock_guard lock(mutex_);
  refill();
  if (tokens_ < 1 || refilled_at_ < held_until_) return false;
  tokens_ -= 1;
  return true;
}

core::Milliseconds RateBudget::available_in() const {
  const std::lock_guard lock(mutex_);
  refill();
  const double missing = std::max(1 - tokens_, 0.0);
  const core::Milliseconds refilled{static_cast<std::int64_t>(std::ceil(missing / per_millisecond_))};
  return std::max({refilled, held_until_ - refilled_at_, core::Milliseconds{0}});
}

void RateBudget::hold_for(core::Milliseconds duration) {
  const std::lock_guard lock(mutex_);
  held_until_ = std::max(held_until_, clock_.monotonic() + duration);
}

void RateBudget::refill() const {
  constexpr double kRounding = 1e-9;  // so that what was promised for a millisecond is there in it
  const core::Milliseconds now = clock_.monotonic();
  const auto passed = static_cast<double>((now - refilled_at_).count());
  tokens_ = std::min(tokens_ + passed * per_millisecond_ + (passed > 0 ? kRounding : 0), capacity_);
  refilled_at_ = now;
}

}  // namespace kiosk::net
