// Stops asking a back end that does not answer, and tries it again with one request now and then.
#pragma once

#include <mutex>

#include "kiosk/core/clock.h"

namespace kiosk::net {

struct BreakerOptions {
  int failures_to_open = 3;             // in a row
  core::Milliseconds open_for{10'000};  // doubles with each failed trial
  core::Milliseconds open_at_most{5 * 60'000};
};

// Thread-safe; one a back end, shared by the workers that talk to it. `clock` must outlive it.
class Breaker {
 public:
  enum class State {
    Closed,    // all is well
    Open,      // nobody asks
    HalfOpen,  // one trial is under way
  };
  explicit Breaker(const core::Clock& clock, BreakerOptions options = {});

  // True: go ahead, and tell succeeded(), failed() or abandoned() afterwards.
  bool allow();
  void succeeded();  // any answer of the back end itself, errors of its own included
  void failed();     // no answer, or one in its stead (502, 503, 504)
  void abandoned();  // cancelled by us: says nothing about the back end

  State state() const;
  core::Milliseconds retry_in() const;  // 0 where allow() would say yes

 private:
  void open();

  const core::Clock& clock_;
  const BreakerOptions options_;
  mutable std::mutex mutex_;
  State state_ = State::Closed;
  int failures_ = 0;
  core::Milliseconds wait_{};
  core::Milliseconds opened_at_{};
  core::Milliseconds trial_at_{};
};

}  // namespace kiosk::net
