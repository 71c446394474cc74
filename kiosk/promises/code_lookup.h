// What a resident may ask about with the code on their paper: the one door to a promise that somebody else made.
#pragma once

#include <variant>

#include "kiosk/net/rate_budget.h"
#include "kiosk/promises/journal.h"

namespace kiosk::promises {

using FoundPromise = std::variant<Booking, Report>;

struct LookupOptions {
  // Codes that are well formed and nobody's, at this kiosk in a while, whoever tries them: 35 bits are not guessed at
  // this pace in a lifetime.
  int wrong_answers = 6;
  core::Milliseconds window{std::chrono::minutes(10)};
};

// Any thread, with a journal of its own. `clock` outlives it.
class CodeLookup {
 public:
  explicit CodeLookup(const core::Clock& clock, LookupOptions options = {});

  // `typed` as it was typed or scanned (core::parse_check_code). NotFound: one and the same answer for a code that
  // fails its check, that nobody has, or whose appointment is long over. RateLimited: too many of those; not looked up
  // at all.
  core::Result<FoundPromise> find(Journal& journal, const core::SecretText& typed);

 private:
  static core::Error no_such();
  core::Error wrong();
  net::RateBudget wrong_answers_;
};

}  // namespace kiosk::promises
