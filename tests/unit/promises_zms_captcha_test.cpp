// The captcha of the ZMS citizen API: solved once, renewed, and never a reason to doubt what was reserved.
#include "tests/unit/zms_fixture.h"

using namespace zms_test;

TEST_CASE("a captcha is solved once, and its token used while it lasts", "[promises][zms]") {
  World world(captcha_appointments());
  REQUIRE(world.backend->offer({"desk", kService}, {})->offices.size() == 2);
  const Slot slot = world.good_calendar(0, 10).slots.at(0);
  REQUIRE_FALSE(world.progress.empty());
  CHECK(world.progress.back() == 1);
  const Hold held = world.hold(slot);
  CHECK(world.effects("captcha_solved") == 1);
  REQUIRE(world.backend->update(held.handle, resident(), {}).ok());
  // The confirmation brings the next one.
  world.pass(std::chrono::seconds(250));
  REQUIRE(world.backend->confirm({}, held.handle, resident(), {}).ok());
  world.pass(std::chrono::seconds(100));
  CHECK_FALSE(world.good_calendar(0, 11).slots.empty());
  CHECK(world.effects("captcha_solved") == 1);
  // The other office asks for none.
  world.pass(std::chrono::hours(1));
  CHECK_FALSE(world.good_calendar(0, 10, {kOtherOffice}).slots.empty());
  CHECK(world.effects("captcha_solved") == 1);
  CHECK(world.back_end->ledger()["violations"].dump() == "[]");
}

TEST_CASE("a token that the server doesn't take any more is replaced, in the middle of a booking too",
          "[promises][zms]") {
  World world(captcha_appointments());
  const Slot slot = world.good_calendar(0, 10).slots.at(0);
  SECTION("the line failed over to another address") { world.configure({{"line", 1}}); }
  SECTION("it expired sooner than it should") { world.back_end->advance_clock(std::chrono::seconds(301)); }
  SECTION("its time has passed") { world.pass(std::chrono::seconds(301)); }
  world.hold(slot);
  CHECK(world.effects("captcha_solved") == 2);
  CHECK(ledger_bookings(world.back_end->ledger(), "reserved").size() == 1);
}

TEST_CASE("a captcha that is said to be off, but asked for, is solved all the same", "[promises][zms]") {
  World world(captcha_appointments());
  world.configure({{"captcha", false}});
  CHECK_FALSE(world.good_calendar(0, 10).slots.empty());
  CHECK(world.effects("captcha_solved") == 1);
}

TEST_CASE("an older server's captcha", "[promises][zms]") {
  World world(captcha_appointments());
  world.configure({{"legacy", true}});
  world.hold(world.good_calendar(0, 10).slots.at(0));
  CHECK(world.effects("captcha_solved") == 1);
  CHECK(world.back_end->ledger()["violations"].dump() == "[]");
}

TEST_CASE("a captcha that can't be had leaves no doubt about the reservation", "[promises][zms]") {
  World world(captcha_appointments());
  const Slot slot = world.good_calendar(0, 10).slots.at(0);
  world.pass(std::chrono::seconds(301));
  for (const char* kind : {"html", "status", "cut", "lose_answer"}) {
    INFO(kind);
    Json rule{{"kind", kind}, {"match", {{"path", "captcha-(challenge|verify)"}}}};
    if (std::string(kind) == "status") rule["status"] = 500;
    if (std::string(kind) == "cut") rule["bytes"] = 10;
    REQUIRE(world.back_end->set_faults(Json::array({rule})).ok());
    CHECK(world.backend->reserve({"desk", kService}, slot, {}).error().kind == ErrorKind::Unavailable);
  }
  CHECK(world.asked("reserve-appointment") == 0);
}

TEST_CASE("a captcha that is called off leaves no doubt either", "[promises][zms]") {
  World world(captcha_appointments());
  const Slot slot = world.good_calendar(0, 10).slots.at(0);
  world.pass(std::chrono::seconds(301));
  work::CancelSource source;
  source.cancel();
  CHECK(world.backend->reserve({"desk", kService}, slot, source.token()).error().kind == ErrorKind::Unavailable);
  CHECK(world.asked("reserve-appointment") == 0);
}

TEST_CASE("a solution that the server refuses is no token", "[promises][zms]") {
  using zms::parse_captcha_token;
  CHECK(
      parse_captcha_token(Json::parse(R"({"meta":{"success":true},"data":{"valid":true},"token":"a.b.c"})")).value() ==
      "a.b.c");
  const auto kind = [](const char* text) { return parse_captcha_token(Json::parse(text)).error().kind; };
  CHECK(kind(R"({"meta":{"success":false,"error":"x"},"data":{"valid":false}})") == ErrorKind::Refused);
  CHECK(kind(R"({"meta":{"success":true},"data":{"valid":false},"token":"a.b.c"})") == ErrorKind::Refused);
  CHECK(kind(R"({"meta":{"success":true},"data":{"valid":true}})") == ErrorKind::Unsupported);
  CHECK(kind(R"({"meta":{"success":true},"token":"a b\n"})") == ErrorKind::Unsupported);
  CHECK(kind("[]") == ErrorKind::Unsupported);
}
