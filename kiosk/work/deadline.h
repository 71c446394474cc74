// A point on the monotonic clock by which something must be done.
#pragma once

#include <optional>

#include "kiosk/core/clock.h"

namespace kiosk::work {

// A value; `clock` must outlive it. Thread-safe as Clock is.
class Deadline {
 public:
  static Deadline never() { return {}; }
  static Deadline after(const core::Clock& clock, core::Milliseconds duration);

  bool passed() const;
  // At least 0; nullopt for never().
  std::optional<core::Milliseconds> remaining() const;
  // `limit`, or less where the deadline comes first. At least 0.
  core::Milliseconds at_most(core::Milliseconds limit) const;

 private:
  const core::Clock* clock_ = nullptr;
  core::Milliseconds at_{};
};

}  // namespace kiosk::work
