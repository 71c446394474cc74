// What a resident may ask about with the code on their receipt: the one door to a promise that somebody else made.
#pragma once

#include "kiosk/net/rate_budget.h"
#include "kiosk/promises/booking_desk.h"

namespace kiosk::promises {

struct LookupOptions {
  // Wrong answers of this kiosk in a while, whoever gives them: 35 bits are not guessed at this pace in a lifetime.
  int wrong_answers = 6;
  core::Milliseconds window{std::chrono::minutes(10)};
};

// Used on the desk's worker. `journal`, `desk` and `clock` outlive it.
class CodeLookup {
 public:
  CodeLookup(Journal& journal, BookingDesk& desk, const core::Clock& clock, LookupOptions options = {});

  // `typed` as it was typed or scanned (core::parse_check_code). NotFound: one and the same answer for a code that
  // fails its check, that nobody has, or whose appointment is long over. RateLimited: too many of those; not asked at
  // all.
  core::Result<Managed> find(const core::SecretText& typed, work::CancelToken cancel);

 private:
  core::Error wrong();
  Journal& journal_;
  BookingDesk& desk_;
  net::RateBudget wrong_answers_;
};

}  // namespace kiosk::promises
