// Giving up: a source says so, its tokens are asked. All of it is thread-safe, and a token is cheap to copy.
#pragma once

#include <atomic>
#include <memory>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"

namespace kiosk::work {

namespace detail {
struct CancelState {
  std::atomic<bool> flag{false};
  std::shared_ptr<const CancelState> first;
  std::shared_ptr<const CancelState> second;
};
}  // namespace detail

class CancelToken {
 public:
  CancelToken() = default;  // never cancelled

  // Cancelled as soon as either is.
  static CancelToken either(const CancelToken& a, const CancelToken& b);

  bool cancelled() const noexcept;
  // Error Cancelled where cancelled(), for KIOSK_CHECK in long loops.
  core::Status check() const;
  // Blocks for `duration` of real time, or until cancelled (noticed within 20 ms). False where cancelled.
  bool wait(core::Milliseconds duration) const;

 private:
  friend class CancelSource;
  explicit CancelToken(std::shared_ptr<const detail::CancelState> state) : state_(std::move(state)) {}
  std::shared_ptr<const detail::CancelState> state_;
};

// Destroying a source cancels nothing.
class CancelSource {
 public:
  CancelSource();
  // Its tokens are cancelled with the parent too.
  explicit CancelSource(const CancelToken& parent);

  CancelToken token() const { return CancelToken(state_); }
  void cancel() noexcept { state_->flag.store(true, std::memory_order_release); }

 private:
  std::shared_ptr<detail::CancelState> state_;
};

}  // namespace kiosk::work
