#include <deque>
#include <set>
#include <thread>

#include "kiosk/net/guarded_client.h"
#include "tests/unit/catch.h"

using namespace kiosk::net;
using namespace std::chrono_literals;
using kiosk::core::AdjustableClock;
using kiosk::core::ErrorKind;
using kiosk::core::Instant;
using kiosk::core::Milliseconds;
using kiosk::core::Result;
using kiosk::work::CancelSource;
using kiosk::work::CancelToken;

namespace {

// Gives the answers it was told to, then 200s.
class Scripted final : public HttpClient {
 public:
  void then(ErrorKind kind) { answers_.push_back(kiosk::core::make_error(kind, "scripted")); }
  void then(int status, const char* retry_after = nullptr) {
    Response response;
    response.status = status;
    if (retry_after) response.headers.add("Retry-After", retry_after);
    answers_.push_back(response);
  }
  Result<Response> send(const Request&, const CancelToken&) override {
    ++sent;
    if (answers_.empty()) then(200);
    Result<Response> answer = answers_.front();
    answers_.pop_front();
    return answer;
  }
  int sent = 0;

 private:
  std::deque<Result<Response>> answers_;
};

struct Desk {
  AdjustableClock clock{Instant{}};
  Scripted inner;
  Breaker breaker{clock};
  RateBudget budget{clock, 100, 1min};

  Result<Response> send(Method method, GuardOptions options = {}, const CancelToken& cancel = {}) {
    options.backoff = {1ms, 1ms};
    GuardedClient client(inner, clock, breaker, &budget, 1, options);
    Request request;
    request.method = method;
    request.url = "https://x.org/a?secret=1";
    return client.send(request, cancel);
  }
};

}  // namespace

TEST_CASE("breaker: opens after failures in a row, lets one trial through, closes on its success") {
  AdjustableClock clock(Instant{});
  Breaker breaker(clock, {.failures_to_open = 2, .open_for = 10s, .open_at_most = 30s});
  CHECK(breaker.allow());
  breaker.failed();
  breaker.succeeded();
  breaker.failed();
  CHECK(breaker.state() == Breaker::State::Closed);
  breaker.failed();
  CHECK(breaker.state() == Breaker::State::Open);
  CHECK_FALSE(breaker.allow());
  CHECK(breaker.retry_in() == 10s);
  clock.advance(9'999ms);
  CHECK_FALSE(breaker.allow());
  clock.advance(1ms);
  CHECK(breaker.retry_in() == 0ms);
  CHECK(breaker.allow());
  CHECK(breaker.state() == Breaker::State::HalfOpen);
  CHECK_FALSE(breaker.allow());
  breaker.succeeded();
  CHECK(breaker.allow());
  CHECK(breaker.allow());
}

TEST_CASE("breaker: a failed trial doubles the wait up to its limit, a late failure does not") {
  AdjustableClock clock(Instant{});
  Breaker breaker(clock, {.failures_to_open = 1, .open_for = 10s, .open_at_most = 30s});
  breaker.failed();
  breaker.failed();
  CHECK(breaker.retry_in() == 10s);
  for (const Milliseconds expected : {20s, 30s, 30s}) {
    clock.advance(breaker.retry_in());
    REQUIRE(breaker.allow());
    breaker.failed();
    CHECK(breaker.retry_in() == expected);
  }
  clock.advance(30s);
  REQUIRE(breaker.allow());
  breaker.succeeded();
  breaker.failed();
  CHECK(breaker.retry_in() == 10s);
}

TEST_CASE("breaker: a trial that was abandoned or forgotten does not block for ever") {
  AdjustableClock clock(Instant{});
  Breaker breaker(clock, {.failures_to_open = 1, .open_for = 10s});
  breaker.failed();
  clock.advance(10s);
  REQUIRE(breaker.allow());
  breaker.abandoned();
  REQUIRE(breaker.allow());
  CHECK_FALSE(breaker.allow());
  clock.advance(10s);
  CHECK(breaker.allow());
}

TEST_CASE("backoff: doubles with jitter within its bounds, repeats by seed, starts again") {
  Backoff backoff(7, {100ms, 1s});
  Backoff same(7, {100ms, 1s});
  std::set<Milliseconds> firsts;
  for (const Milliseconds whole : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
    const Milliseconds wait = backoff.next();
    CHECK(wait == same.next());
    CHECK(wait <= whole);
    CHECK(wait >= whole / 2);
  }
  CHECK(backoff.tries() == 6);
  backoff.reset();
  CHECK(backoff.next() <= 100ms);
  for (std::uint64_t seed = 0; seed < 50; ++seed) firsts.insert(Backoff(seed, {100ms, 1s}).next());
  CHECK(firsts.size() > 10);
}

TEST_CASE("budget: never more than its requests in a window, and what it promises is there") {
  AdjustableClock clock(Instant{});
  RateBudget budget(clock, 3, 3s);
  CHECK((budget.take() && budget.take() && budget.take()));
  CHECK_FALSE(budget.take());
  CHECK(budget.available_in() == 1s);
  clock.advance(budget.available_in());
  CHECK(budget.take());
  CHECK_FALSE(budget.take());
  clock.advance(1h);
  int taken = 0;
  while (budget.take()) ++taken;
  CHECK(taken == 3);
  budget.hold_for(10s);
  budget.hold_for(5s);
  clock.advance(9s);
  CHECK_FALSE(budget.take());
  CHECK(budget.available_in() == 1s);
  clock.advance(1s);
  CHECK(budget.take());
}

TEST_CASE("budget: promises hold whatever the rate") {
  AdjustableClock clock(Instant{});
  for (const int requests : {1, 7, 13, 999}) {
    RateBudget budget(clock, requests, 60s);
    for (int i = 0; i < 2000; ++i) {
      clock.advance(budget.available_in());
      REQUIRE(budget.take());
    }
  }
}

TEST_CASE("guard: GET is tried again after whatever may pass") {
  for (const ErrorKind kind : {ErrorKind::Unavailable, ErrorKind::Interrupted, ErrorKind::Timeout}) {
    Desk desk;
    desk.inner.then(kind);
    CHECK(desk.send(Method::Get).ok());
    CHECK(desk.inner.sent == 2);
  }
  for (const int status : {502, 504}) {
    Desk desk;
    desk.inner.then(status);
    CHECK(desk.send(Method::Get)->status == 200);
    CHECK(desk.inner.sent == 2);
  }
}

TEST_CASE("guard: what may have taken effect is never sent again") {
  for (const ErrorKind kind : {ErrorKind::Interrupted, ErrorKind::Timeout, ErrorKind::Cancelled, ErrorKind::Full}) {
    for (const Method method : {Method::Post, Method::Put, Method::Patch, Method::Delete}) {
      Desk desk;
      desk.inner.then(kind);
      CHECK(desk.send(method).error().kind == kind);
      CHECK(desk.inner.sent == 1);
    }
  }
  for (const int status : {429, 502, 503, 504}) {
    Desk desk;
    desk.inner.then(status);
    CHECK(desk.send(Method::Post)->status == status);
    CHECK(desk.inner.sent == 1);
  }
  Desk desk;
  desk.inner.then(ErrorKind::Unavailable);
  CHECK(desk.send(Method::Post).ok());
  CHECK(desk.inner.sent == 2);
}

TEST_CASE("guard: answers that will not change are not asked for again") {
  for (const int status : {200, 304, 400, 404, 500}) {
    Desk desk;
    desk.inner.then(status);
    CHECK(desk.send(Method::Get)->status == status);
    CHECK(desk.inner.sent == 1);
  }
}

TEST_CASE("guard: gives up after its tries, and the breaker then answers at once") {
  Desk desk;
  for (int i = 0; i < 10; ++i) desk.inner.then(ErrorKind::Timeout);
  CHECK(desk.send(Method::Get, {.tries = 3}).error().kind == ErrorKind::Timeout);
  CHECK(desk.inner.sent == 3);
  const auto refused = desk.send(Method::Get);
  CHECK(refused.error().kind == ErrorKind::Unavailable);
  CHECK(refused.error().where == "https://x.org/a");
  CHECK(desk.inner.sent == 3);
  desk.clock.advance(10s);
  CHECK(desk.send(Method::Get, {.tries = 1}).error().kind == ErrorKind::Timeout);  // the trial
  CHECK(desk.send(Method::Get, {.tries = 1}).error().kind == ErrorKind::Unavailable);
}

TEST_CASE("guard: an answer of the back end itself closes the breaker, its own mistakes included") {
  Desk desk;
  for (int round = 0; round < 5; ++round) {
    desk.inner.then(502);
    desk.inner.then(502);
    desk.inner.then(500);
    for (int i = 0; i < 3; ++i) CHECK(desk.send(Method::Post).ok());
  }
  CHECK(desk.breaker.state() == Breaker::State::Closed);
}

TEST_CASE("guard: a budget that is spent refuses a resident and delays the background") {
  Desk desk;
  while (desk.budget.take()) {
  }
  CHECK(desk.send(Method::Get).error().kind == ErrorKind::RateLimited);
  CHECK(desk.inner.sent == 0);
  std::thread later([&] { desk.clock.advance(1s); });
  CHECK(desk.send(Method::Get, {.patience = Patience::Waits}).ok());
  later.join();
  CHECK(desk.inner.sent == 1);
}

TEST_CASE("guard: Retry-After is kept") {
  Desk desk;
  desk.inner.then(429, "30");
  CHECK(desk.send(Method::Get)->status == 429);
  CHECK(desk.inner.sent == 1);
  CHECK(desk.budget.available_in() == 30s);
  CHECK(desk.send(Method::Get).error().kind == ErrorKind::RateLimited);
  desk.clock.advance(30s);
  CHECK(desk.send(Method::Get).ok());
  desk.inner.then(503, "3600");  // longer than even the patient wait
  CHECK(desk.send(Method::Get, {.patience = Patience::Waits})->status == 503);
}

TEST_CASE("guard: waiting ends when cancelled, and a cancelled trial says nothing") {
  Desk desk;
  while (desk.budget.take()) {
  }
  CancelSource source;
  std::thread canceller([&] { source.cancel(); });
  CHECK(desk.send(Method::Get, {.patience = Patience::Waits}, source.token()).error().kind == ErrorKind::Cancelled);
  canceller.join();
  desk.clock.advance(1h);
  for (int i = 0; i < 3; ++i) desk.inner.then(ErrorKind::Unavailable);
  CHECK_FALSE(desk.send(Method::Get).ok());
  desk.clock.advance(10s);
  desk.inner.then(ErrorKind::Cancelled);
  CHECK_FALSE(desk.send(Method::Get).ok());
  CHECK(desk.breaker.state() == Breaker::State::Open);
  CHECK(desk.send(Method::Get).ok());
  CHECK(desk.breaker.state() == Breaker::State::Closed);
}
