#include "kiosk/net/guarded_client.h"

#include <algorithm>
#include <string>

#include "kiosk/net/url.h"

namespace kiosk::net {

using core::ErrorKind;
using core::Milliseconds;

namespace {

bool is_safe(const Request& request) { return request.method == Method::Get || request.method == Method::Head; }

// Said by something in front of the back end, or by the back end about itself: not by what we asked for.
bool is_absence(int status) { return status == 502 || status == 503 || status == 504; }

bool worth_another_try(const Request& request, const core::Result<Response>& answer) {
  if (!answer.ok()) {
    if (answer.error().kind == ErrorKind::Unavailable) return true;
    return is_safe(request) && core::outcome_unknown(answer.error());
  }
  return is_safe(request) && (answer->status == 429 || is_absence(answer->status));
}

}  // namespace

GuardedClient::GuardedClient(HttpClient& inner, const core::Clock& clock, Breaker& breaker, RateBudget* budget,
                             std::uint64_t seed, GuardOptions options)
    : inner_(inner),
      clock_(clock),
      breaker_(breaker),
      budget_(budget),
      options_(options),
      backoff_(seed, options.backoff) {}

core::Result<Response> GuardedClient::send(const Request& request, const work::CancelToken& cancel) {
  backoff_.reset();
  for (int tried = 1;; ++tried) {
    if (core::Status admitted = admit(request, cancel); !admitted.ok()) return std::move(admitted).error();
    core::Result<Response> answer = attempt(request, cancel);
    if (tried >= options_.tries || !worth_another_try(request, answer)) return answer;
    const bool told_to_wait = answer.ok() && answer->retry_after(clock_.now()) > Milliseconds{0};
    if (told_to_wait && options_.patience == Patience::None) return answer;
    if (!cancel.wait(backoff_.next())) return answer;
    if (refusal(request)) return answer;  // what the back end said tells more than that we do not ask again
  }
}

std::optional<core::Error> GuardedClient::refusal(const Request& request) const {
  const Milliseconds longest = options_.patience == Patience::Waits ? options_.longest_wait : Milliseconds{0};
  const auto later = [](Milliseconds wait) {
    return ", again in " + std::to_string((wait.count() + 999) / 1000) + " s";
  };
  if (const Milliseconds wait = breaker_.retry_in(); wait > longest) {
    return core::make_error(ErrorKind::Unavailable, "did not answer lately" + later(wait), loggable_url(request.url));
  }
  if (const Milliseconds wait = budget_ ? budget_->available_in() : Milliseconds{0}; wait > longest) {
    return core::make_error(ErrorKind::RateLimited, "asked too often" + later(wait), loggable_url(request.url));
  }
  return std::nullopt;
}

core::Status GuardedClient::admit(const Request& request, const work::CancelToken& cancel) {
  constexpr Milliseconds kSlice{100};  // the clock is asked again: it may be moved, and others share breaker and budget
  for (;;) {
    if (auto refused = refusal(request)) return *std::move(refused);
    const Milliseconds wait = std::max(breaker_.retry_in(), budget_ ? budget_->available_in() : Milliseconds{0});
    if (wait <= Milliseconds{0} && (!budget_ || budget_->take())) {
      if (breaker_.allow()) return {};
    }
    if (!cancel.wait(std::clamp(wait, Milliseconds{1}, kSlice))) return cancel.check();
  }
}

core::Result<Response> GuardedClient::attempt(const Request& request, const work::CancelToken& cancel) {
  core::Result<Response> answer = inner_.send(request, cancel);
  if (!answer.ok()) {
    const ErrorKind kind = answer.error().kind;
    const bool unreached = kind == ErrorKind::Unavailable || core::outcome_unknown(answer.error());
    if (cancel.cancelled() || kind == ErrorKind::Invalid || kind == ErrorKind::Cancelled) {
      breaker_.abandoned();
    } else if (unreached) {
      breaker_.failed();
    } else {
      breaker_.succeeded();
    }
    return answer;
  }
  if (is_absence(answer->status)) {
    breaker_.failed();
  } else {
    breaker_.succeeded();
  }
  if (budget_ && (answer->status == 429 || answer->status == 503)) {
    budget_->hold_for(answer->retry_after(clock_.now()).value_or(options_.backoff.first));
  }
  return answer;
}

}  // namespace kiosk::net
