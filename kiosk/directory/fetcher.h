// JSON over HTTP with the manners of a feed reader: paced, patient, conditional, bounded.
#pragma once

#include <cstddef>
#include <string>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "kiosk/net/conditional.h"
#include "kiosk/net/guarded_client.h"
#include "kiosk/work/cancel.h"

namespace kiosk::directory {

struct SyncOptions;

struct Fetched {
  bool not_modified = false;
  core::Json json;             // null where not_modified
  net::Validators validators;  // of this answer
};

// One sync's; blocking; one thread.
class Fetcher {
 public:
  Fetcher(net::HttpClient& http, const SyncOptions& options, work::CancelToken cancel);
  // Errors as net::json_answer has them, and those of HttpClient. Unsupported for HTML with status 200 (rule 12).
  core::Result<Fetched> get(const std::string& url, std::size_t max_bytes, const net::Validators& known = {});
  std::size_t requests() const { return requests_; }
  const work::CancelToken& cancel() const { return cancel_; }

 private:
  core::Result<net::Response> send(const net::Request& request);

  const core::SystemClock clock_;  // waits are real, whatever time the directory lives in
  const SyncOptions& options_;
  work::CancelToken cancel_;
  net::Breaker breaker_;
  net::RateBudget budget_;
  net::GuardedClient client_;
  net::Backoff backoff_;
  std::size_t requests_ = 0;
};

}  // namespace kiosk::directory
