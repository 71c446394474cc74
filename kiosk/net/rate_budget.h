// At most so many requests a window: a token bucket that we keep for ourselves before a back end has to.
#pragma once

#include <mutex>

#include "kiosk/core/clock.h"

namespace kiosk::net {

// Thread-safe. `clock` must outlive it. Starts full; refills evenly over the window.
class RateBudget {
 public:
  RateBudget(const core::Clock& clock, int requests, core::Milliseconds window);

  // Takes one, where there is one.
  bool take();
  // Until there is one; 0 where there is.
  core::Milliseconds available_in() const;
  // The back end said "later" (429, Retry-After): nothing before that.
  void hold_for(core::Milliseconds duration);

 private:
  void refill() const;

  const core::Clock& clock_;
  const double capacity_;
  const double per_millisecond_;
  mutable std::mutex mutex_;
  mutable double tokens_;
  mutable core::Milliseconds refilled_at_;
  core::Milliseconds held_until_{};
};

}  // namespace kiosk::net
