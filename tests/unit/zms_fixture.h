// What the tests of the ZMS back end share: an appointment system in the sandbox, and the adapter in front of it.
#pragma once

#include <algorithm>
#include <set>

#include "kiosk/promises/zms_legacy.h"
#include "tests/unit/promises_support.h"

namespace zms_test {

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Json;

// The usual two offices; the first has both services, which can be combined there, and up to three of the first.
inline Json combinable_appointments() {
  Json out = appointments();
  Json& backend = out["backends"][0];
  backend["services"][0]["maxQuantity"] = 3;
  backend["services"][0]["combinable"] = {{"1", {{"9001", {7001, 7002}}}}, {"2", {{"9002", {7001}}}}};
  for (Json& relation : backend["relations"]) relation["maxQuantity"] = nullptr;
  return out;
}

inline Json captcha_appointments() {
  Json out = appointments();
  out["backends"][0]["offices"][0]["scope"]["captchaActivatedRequired"] = true;
  return out;
}

struct World {
  explicit World(Json description = appointments()) {
    sandbox::SandboxOptions options;
    options.appointments = std::move(description);
    // A connection of its own for each request with an effect: the server notices their ends late.
    options.config = {{"zms", {{"rate_limit", 0}}}, {"client_rules", {{"max_connections", 64}}}};
    auto started = sandbox::Sandbox::start(std::move(options));
    REQUIRE(started.ok());
    back_end = std::move(*started);
    auto client = net::CurlClient::create();
    REQUIRE(client.ok());
    http = std::move(*client);
    ZmsOptions how;
    how.id = "desk";
    how.base_url = back_end->zms_url("desk");
    how.seed = 1;
    how.progress = [this](double done) { progress.push_back(done); };
    backend = std::make_unique<ZmsBackend>(*http, clock, how);
    // At the next noon, so that no day ends while a test runs.
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
    pass(std::chrono::ceil<std::chrono::days>(now) + std::chrono::hours(12) - now);
  }

  void configure(const Json& zms) { REQUIRE(back_end->configure({{"zms", zms}}).ok()); }
  core::Date day(int from_now) const {
    return core::Date(std::chrono::floor<std::chrono::days>(clock.now()) + std::chrono::days(from_now));
  }
  core::Result<Calendar> calendar(int from, int to, const std::vector<std::string>& offices = {kOffice},
                                  BookingTarget target = {"desk", kService}) {
    return backend->calendar(target, offices, day(from), day(to), {});
  }
  Calendar good_calendar(int from, int to, const std::vector<std::string>& offices = {kOffice},
                         BookingTarget target = {"desk", kService}) {
    const auto found = calendar(from, to, offices, std::move(target));
    INFO((found.ok() ? std::string() : found.error().describe()));
    REQUIRE(found.ok());
    return *found;
  }
  Hold hold(const Slot& slot, const BookingTarget& target = {"desk", kService}) {
    auto held = backend->reserve(target, slot, {});
    INFO((held.ok() ? std::string() : held.error().describe()));
    REQUIRE(held.ok());
    return std::move(*held);
  }
  std::int64_t asked(const std::string& what) const {
    std::int64_t count = 0;
    const Json ledger = back_end->ledger();
    for (const Json& one : ledger["requests"]) {
      if (one["endpoint"].get<std::string>().find(what) != std::string::npos) count += one["count"].get<std::int64_t>();
    }
    return count;
  }
  std::size_t effects(const std::string& which) const {
    const Json ledger = back_end->ledger();
    return static_cast<std::size_t>(std::count_if(ledger["effects"].begin(), ledger["effects"].end(),
                                                  [&](const Json& one) { return one["effect"] == which; }));
  }
  void pass(std::chrono::seconds by) {
    clock.advance(by);
    back_end->advance_clock(by);
  }

  core::AdjustableClock clock;
  std::unique_ptr<sandbox::Sandbox> back_end;
  std::unique_ptr<net::HttpClient> http;
  std::unique_ptr<ZmsBackend> backend;
  std::vector<double> progress;
};

}  // namespace zms_test
