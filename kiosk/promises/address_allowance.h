// Our share of what a server grants to the address that all kiosks of a library come from. The server counts them
// together (X-RateLimit-Limit, -Remaining, -Reset); the kiosks don't talk to each other. What it says is left, held
// against what we sent ourselves, tells how much the others use; the more they use, the more is left untouched by
// requests that can wait, so that every kiosk's promises get through.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"

namespace kiosk::promises {

enum class Weight {
  Light,  // can wait: looking around
  Heavy,  // a promise hangs on it: sent as long as the server may answer
};

struct AllowanceOptions {
  core::Milliseconds window{60'000};  // of the server's counting; nothing is waited for much longer
  std::int64_t per_promise = 4;       // requests: reserve, update, confirm, and one to read back or cancel
};

// Not thread-safe. Time is asked of the clock at each call; `clock` outlives it. The same seed gives the same jitter;
// kiosks have different ones.
class AddressAllowance {
 public:
  AddressAllowance(const core::Clock& clock, std::uint64_t seed, AllowanceOptions options = {});

  // Before a request. RateLimited: not now; then nothing is counted.
  core::Status admit(Weight weight, const std::string& where);
  // After an answer that says how much is left: `limit` 0 where it isn't said; `reset`: when the count begins anew.
  void granted(std::int64_t limit, std::int64_t remaining, core::Instant reset);
  // After a 429. `retry_after`: where it is said.
  void refused(std::optional<core::Milliseconds> retry_after);

  // What light requests leave untouched now.
  std::int64_t reserve() const;
  core::Milliseconds light_in() const;  // until light requests may go; 0: now

 private:
  core::Milliseconds jittered(core::Milliseconds base, double least, double most);
  std::int64_t ours() const;
  void note_others();

  const core::Clock& clock_;
  AllowanceOptions options_;
  std::mt19937_64 random_;
  std::int64_t limit_ = 0;               // 0: not known
  std::int64_t remaining_ = 0;           // as of the last answer, less what we sent since
  bool known_ = false;                   // remaining_ means something, until renewed_
  std::deque<core::Milliseconds> sent_;  // ours of the last window
  std::int64_t since_rise_ = 0;          // ours since the server last counted anew
  double others_ = 0;                    // requests of the others that the server counts, smoothed
  double caution_ = 1;                   // so that kiosks alike don't all stop and come back at once
  int setbacks_ = 0;                     // 429s, and looks that found nothing renewed, in a row
  core::Milliseconds renewed_{};         // monotonic: then the server counts anew
  core::Milliseconds light_from_{}, heavy_from_{};
};

}  // namespace kiosk::promises
