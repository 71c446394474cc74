// The way to one ZMS citizen API: requests within the address's allowance, answers as JSON, refusals as errors; and
// whether this server's addresses end in a slash. Private to promises.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/net/http.h"
#include "kiosk/promises/address_allowance.h"

namespace kiosk::promises {

struct ZmsOptions {
  std::string id;        // of the [[bookings]] entry
  std::string base_url;  // ".../terminvereinbarung/api/citizen"
  net::Timeouts timeouts{core::Milliseconds{4'000}, core::Milliseconds{12'000}, core::Milliseconds{8'000}};
  core::Milliseconds master_data_life{std::chrono::minutes(5)};  // the server itself lags up to an hour
  core::Milliseconds calendar_life{20'000};                      // what a look back at the same month costs nothing for
  // How far the captcha's work has come, 0 .. 1; called on the thread that uses the backend.
  std::function<void(double)> progress = {};
  std::uint64_t seed = 0;  // of jitter; 0: from chance
};

namespace zms {

using Query = std::vector<std::pair<std::string, std::string>>;

// Same thread rules as its client.
class Line {
 public:
  Line(net::HttpClient& http, const core::Clock& clock, const ZmsOptions& options);

  // `path` without its last slash: "/appointment". Errors as zms_parse.h's parse_error() has them. Where the server
  // says that it has no such route, the other way to end an address is tried, and kept if that was it: nothing can have
  // happened behind a route that doesn't exist.
  core::Result<core::Json> get(const std::string& path, const Query& query, Weight weight,
                               const work::CancelToken& cancel);
  core::Result<core::Json> post(const std::string& path, const core::SecretText& body, Weight weight,
                                const work::CancelToken& cancel);

 private:
  core::Result<core::Json> send(net::Request request, const std::string& path, const Query& query, Weight weight,
                                const work::CancelToken& cancel);
  core::Result<core::Json> call(net::Request& request, Weight weight, const work::CancelToken& cancel);
  void note_allowance(const net::Response& response);

  net::HttpClient& http_;
  const core::Clock& clock_;
  const ZmsOptions& options_;
  AddressAllowance allowance_;
  bool slash_ = true;  // mandatory since muc46
};

// "No such route": another generation of the server, or no such server.
bool is_no_such_route(const core::Error& error);

}  // namespace zms
}  // namespace kiosk::promises
