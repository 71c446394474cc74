// HttpClient with manners: budget, breaker and retries around another client.
#pragma once

#include <cstdint>
#include <optional>

#include "kiosk/net/backoff.h"
#include "kiosk/net/breaker.h"
#include "kiosk/net/http.h"
#include "kiosk/net/rate_budget.h"

namespace kiosk::net {

enum class Patience {
  None,   // a resident is waiting: the budget and the breaker refuse at once
  Waits,  // background work: waits for budget, breaker and Retry-After, as long as the token allows
};

struct GuardOptions {
  int tries = 3;  // altogether, for what may be tried again
  Patience patience = Patience::None;
  core::Milliseconds longest_wait{5 * 60'000};  // a wait beyond it is refused at once, Patience::Waits too
  BackoffOptions backoff;
};

// Tries again, after a backoff, only what cannot double an effect: GET and HEAD after Unavailable, Interrupted,
// Timeout, 429, 502, 503 and 504; all others after Unavailable alone, where nothing of ours had left. Same thread rules
// as the client it wraps; the breaker and the budget may be shared. All must outlive it.
class GuardedClient final : public HttpClient {
 public:
  GuardedClient(HttpClient& inner, const core::Clock& clock, Breaker& breaker, RateBudget* budget, std::uint64_t seed,
                GuardOptions options = {});
  core::Result<Response> send(const Request& request, const work::CancelToken& cancel) override;

 private:
  core::Status admit(const Request& request, const work::CancelToken& cancel);
  // Why the request cannot go out within the wait that we have patience for.
  std::optional<core::Error> refusal(const Request& request) const;
  core::Result<Response> attempt(const Request& request, const work::CancelToken& cancel);

  HttpClient& inner_;
  const core::Clock& clock_;
  Breaker& breaker_;
  RateBudget* budget_;  // may be null
  GuardOptions options_;
  Backoff backoff_;
};

}  // namespace kiosk::net
