#include "kiosk/work/cancel.h"

#include <algorithm>
#include <thread>

namespace kiosk::work {

namespace {

bool any_cancelled(const detail::CancelState* state) noexcept {
  if (!state) return false;
  return state->flag.load(std::memory_order_acquire) || any_cancelled(state->first.get()) ||
         any_cancelled(state->second.get());
}

}  // namespace

CancelToken CancelToken::either(const CancelToken& a, const CancelToken& b) {
  if (!a.state_) return b;
  if (!b.state_) return a;
  auto both = std::make_shared<detail::CancelState>();
  both->first = a.state_;
  both->second = b.state_;
  return CancelToken(std::move(both));
}

bool CancelToken::cancelled() const noexcept { return any_cancelled(state_.get()); }

core::Status CancelToken::check() const {
  if (cancelled()) return core::make_error(core::ErrorKind::Cancelled, "cancelled");
  return {};
}

bool CancelToken::wait(core::Milliseconds duration) const {
  // Polled: waits are rare and long, and a condition variable in every token would cost all the others.
  constexpr core::Milliseconds kSlice{20};
  const auto end = std::chrono::steady_clock::now() + duration;
  for (;;) {
    if (cancelled()) return false;
    const auto left = end - std::chrono::steady_clock::now();
    if (left <= left.zero()) return true;
    std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(left, kSlice));
  }
}

CancelSource::CancelSource() : state_(std::make_shared<detail::CancelState>()) {}

CancelSource::CancelSource(const CancelToken& parent) : CancelSource() { state_->first = parent.state_; }

}  // namespace kiosk::work
