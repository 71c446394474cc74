#include "kiosk/core/clock.h"
#include "tests/unit/catch.h"

using namespace kiosk::core;
using namespace std::chrono_literals;

namespace {
constexpr Instant kNoon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;
}

TEST_CASE("clock: instants are written in UTC with milliseconds") {
  CHECK(to_iso8601(kNoon + 34ms) == "2026-11-23T12:00:00.034Z");
  CHECK(to_iso8601(Instant{-1ms}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("clock: instants are read in every form that feeds use") {
  CHECK(parse_iso8601("2026-11-23T12:00:00.034Z") == kNoon + 34ms);
  CHECK(parse_iso8601("2026-11-23T12:00:00.034987") == kNoon + 34ms);
  CHECK(parse_iso8601("2026-11-23T12:00") == kNoon);
  CHECK(parse_iso8601("2026-11-23 12:00:00") == kNoon);
  CHECK(parse_iso8601("2026-11-23T13:30:00+01:30") == kNoon);
  CHECK(parse_iso8601("2026-11-23T07:00:00-0500") == kNoon);
  CHECK(parse_iso8601("2026-11-23T07:00:00-05") == kNoon);
  CHECK(parse_iso8601("2026-12-31T23:59:60Z") == parse_iso8601("2027-01-01T00:00:00Z"));
}

TEST_CASE("clock: what is no instant is refused") {
  for (const char* text :
       {"", "2026-11-23", "2026-02-29T12:00Z", "2026-11-23T24:00Z", "2026-11-23T12:60Z", "2026-11-23T12:00:00.Z",
        "2026-11-23T12:00Zx", "2026-11-23T12:00+1:00", "2026-11-23T12:00+24:00", "26-11-23T12:00Z", "2026-11-23T-1:00Z",
        "2026-11-23T12:00:00+01:0"}) {
    INFO(text);
    CHECK_FALSE(parse_iso8601(text));
  }
}

TEST_CASE("clock: written instants are read back, over centuries") {
  for (Instant instant = Instant{} - 24h * 36'500; instant < Instant{} + 24h * 73'000; instant += 1'234'567'890'123ms) {
    CHECK(parse_iso8601(to_iso8601(instant)) == instant);
  }
}

TEST_CASE("clock: dates") {
  const Date leap_day = std::chrono::year{2028} / 2 / 29;
  CHECK(to_iso8601(leap_day) == "2028-02-29");
  CHECK(parse_iso_date("2028-02-29") == leap_day);
  CHECK_FALSE(parse_iso_date("2027-02-29"));
  CHECK_FALSE(parse_iso_date("2028-02-29T00:00"));
  CHECK_FALSE(parse_iso_date("2028-2-29"));
}

TEST_CASE("clock: a frozen clock moves only when told, both times together, copies too") {
  AdjustableClock clock(kNoon);
  const AdjustableClock copy = clock;
  const Milliseconds before = clock.monotonic();
  clock.advance(90s);
  CHECK(clock.now() == kNoon + 90s);
  CHECK(copy.now() == kNoon + 90s);
  CHECK(copy.monotonic() - before == 90s);
}

TEST_CASE("clock: a running clock is the system's, moved on") {
  AdjustableClock clock;
  clock.advance(1h);
  const SystemClock system;
  CHECK(clock.now() - system.now() <= 1h);
  CHECK(clock.now() - system.now() > 59min);
  const Milliseconds first = clock.monotonic();
  CHECK(clock.monotonic() >= first);
}
