#include "kiosk/net/breaker.h"

#include <algorithm>

namespace kiosk::net {

Breaker::Breaker(const core::Clock& clock, BreakerOptions options) : clock_(clock), options_(options) {}

bool Breaker::allow() {
  const std::lock_guard lock(mutex_);
  if (state_ == State::Closed) return true;
  const core::Milliseconds now = clock_.monotonic();
  // A trial whose end nobody told is over after as long a wait again.
  const core::Milliseconds since = state_ == State::Open ? opened_at_ : trial_at_;
  if (now - since < wait_) return false;
  state_ = State::HalfOpen;
  trial_at_ = now;
  return true;
}

void Breaker::succeeded() {
  const std::lock_guard lock(mutex_);
  state_ = State::Closed;
  failures_ = 0;
}

void Breaker::failed() {
  const std::lock_guard lock(mutex_);
  if (state_ == State::Open) return;  // a late answer of a request from before
  if (state_ == State::HalfOpen) {
    wait_ = std::min(wait_ * 2, options_.open_at_most);
    open();
  } else if (++failures_ >= options_.failures_to_open) {
    wait_ = options_.open_for;
    open();
  }
}

void Breaker::abandoned() {
  const std::lock_guard lock(mutex_);
  if (state_ != State::HalfOpen) return;
  state_ = State::Open;  // its wait is over already: the next one is the trial
}

Breaker::State Breaker::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

core::Milliseconds Breaker::retry_in() const {
  const std::lock_guard lock(mutex_);
  if (state_ == State::Closed) return core::Milliseconds{0};
  const core::Milliseconds since = state_ == State::Open ? opened_at_ : trial_at_;
  return std::max(since + wait_ - clock_.monotonic(), core::Milliseconds{0});
}

void Breaker::open() {
  state_ = State::Open;
  failures_ = 0;
  opened_at_ = clock_.monotonic();
}

}  // namespace kiosk::net
