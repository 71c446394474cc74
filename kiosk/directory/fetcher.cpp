#include "kiosk/directory/fetcher.h"

#include <algorithm>
#include <random>

#include "kiosk/directory/sync.h"
#include "kiosk/net/answer.h"

namespace kiosk::directory {

namespace {

// The breaker is for a back end that is gone for good: a sync that meets one gives up and keeps its checkpoint.
net::BreakerOptions breaker_options(const SyncOptions& options) {
  return {std::max(options.attempts, 1) * 4, options.retry_cap * 2, options.retry_cap * 8};
}

net::GuardOptions guard_options(const SyncOptions& options) {
  return {
      std::max(options.attempts, 1), net::Patience::Waits, options.retry_cap, {options.retry_base, options.retry_cap}};
}

std::uint64_t random_seed() { return std::random_device{}(); }

}  // namespace

Fetcher::Fetcher(net::HttpClient& http, const SyncOptions& options, work::CancelToken cancel)
    : options_(options),
      cancel_(std::move(cancel)),
      breaker_(clock_, breaker_options(options)),
      budget_(clock_, std::max(options.requests_per_minute, 1), core::Milliseconds{60'000}),
      client_(http, clock_, breaker_, &budget_, random_seed(), guard_options(options)),
      backoff_(random_seed(), {options.retry_base, options.retry_cap}) {}

// A plain 500 may be a passing fault of one worker behind the server: GuardedClient leaves it, a feed reader has time.
core::Result<net::Response> Fetcher::send(const net::Request& request) {
  backoff_.reset();
  for (int tried = 1;; ++tried) {
    core::Result<net::Response> response = client_.send(request, cancel_);
    if (!response.ok() || response->status != 500 || tried >= options_.attempts) return response;
    if (!cancel_.wait(backoff_.next())) return response;
  }
}

core::Result<Fetched> Fetcher::get(const std::string& url, std::size_t max_bytes, const net::Validators& known) {
  KIOSK_CHECK(cancel_.check());
  net::Request request;
  request.url = url;
  request.headers.set("Accept", "application/json");
  request.timeouts.total = options_.timeout;
  request.timeouts.stall = std::min(request.timeouts.stall, options_.timeout);
  request.max_body_bytes = max_bytes;
  net::make_conditional(request, known);
  ++requests_;
  core::Result<net::Response> response = send(request);
  KIOSK_CHECK(cancel_.check());
  if (!response.ok()) return std::move(response).error();
  Fetched fetched;
  fetched.validators = net::validators_of(*response);
  if (net::not_modified(*response) && !known.empty()) {
    fetched.not_modified = true;
    if (fetched.validators.empty()) fetched.validators = known;
    return fetched;
  }
  KIOSK_TRY(fetched.json, net::json_answer(*response));
  return fetched;
}

}  // namespace kiosk::directory
