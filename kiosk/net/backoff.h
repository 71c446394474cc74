// How long to wait before the next try: doubling, with jitter, so that many kiosks do not return in step.
#pragma once

#include <cstdint>
#include <random>

#include "kiosk/core/clock.h"

namespace kiosk::net {

struct BackoffOptions {
  core::Milliseconds first{500};
  core::Milliseconds at_most{60'000};
};

// Not thread-safe. The same seed gives the same waits.
class Backoff {
 public:
  explicit Backoff(std::uint64_t seed, BackoffOptions options = {});
  // Between half and the whole of first, 2 × first, 4 × first … up to at_most.
  core::Milliseconds next();
  void reset();  // after a success
  int tries() const { return tries_; }

 private:
  BackoffOptions options_;
  std::mt19937_64 random_;
  int tries_ = 0;
};

}  // namespace kiosk::net
