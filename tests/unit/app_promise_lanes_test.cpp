// Lanes: a system that hangs holds up nobody else's, and every job gets an answer.
#include <atomic>
#include <thread>

#include "kiosk/app/promise_lanes.h"
#include "tests/unit/promises_support.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using namespace kiosk::promises::testing;
using core::ErrorKind;

namespace {

// Two appointment systems of the same offices.
std::unique_ptr<sandbox::Sandbox> start_two() {
  sandbox::SandboxOptions options;
  options.appointments = appointments();
  core::Json other = options.appointments["backends"][0];
  other["id"] = "other";
  options.appointments["backends"].push_back(other);
  options.config = {{"zms", {{"rate_limit", 0}}}};
  auto started = sandbox::Sandbox::start(std::move(options));
  REQUIRE(started.ok());
  return std::move(*started);
}

struct LanesWorld {
  Folder folder;
  std::unique_ptr<sandbox::Sandbox> back_end = start_two();
  core::AdjustableClock clock;
  work::Inbox inbox;
  std::unique_ptr<app::PromiseLanes> lanes;

  LanesWorld() {
    settings::Settings site;
    for (const char* id : {"desk", "other"}) {
      settings::BookingEntry entry;
      entry.id = entry.name = id;
      entry.url = back_end->zms_url(id);
      site.bookings.push_back(entry);
    }
    const app::DataFiles files{folder.path() / "directory.db", folder.database(), folder.key()};
    auto systems = app::PromiseSystems::open(files, site, clock);
    INFO((systems.ok() ? std::string() : systems.error().describe()));
    REQUIRE(systems.ok());
    lanes = std::make_unique<app::PromiseLanes>(std::move(*systems), inbox, clock);
  }
  void rest() {
    while (!lanes->idle()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    inbox.drain();
  }
};

}  // namespace

TEST_CASE("a system that hangs holds up nobody else", "[app][lanes]") {
  LanesWorld world;
  REQUIRE(world.back_end->add_faults({{"kind", "hang"}, {"match", {{"target", "zms/desk"}}}}).ok());
  std::atomic<bool> slow_done{false}, quick_done{false}, quick_found{false};
  world.lanes->at_bookings("desk", [&](core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel) {
    REQUIRE(desk.ok());
    (void)(*desk)->offer({"desk", kService}, cancel);
    slow_done = true;
  });
  world.lanes->at_bookings("other", [&](core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel) {
    REQUIRE(desk.ok());
    quick_found = (*desk)->offer({"other", kService}, cancel).ok();
    quick_done = true;
  });
  while (!quick_done) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  CHECK(quick_found);
  CHECK_FALSE(slow_done);
  CHECK_FALSE(world.lanes->idle());
  world.lanes.reset();  // what hangs is cancelled
  CHECK(slow_done);
}

TEST_CASE("a promise's job finds the lane of its system", "[app][lanes]") {
  LanesWorld world;
  std::string id;
  world.lanes->at_bookings("other", [&](core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel) {
    const auto offer = (*desk)->offer({"other", kService}, cancel);
    const auto today = std::chrono::floor<std::chrono::days>(world.clock.now());
    const auto calendar = (*desk)->calendar({"other", kService}, {kOffice}, core::Date(today),
                                            core::Date(today + std::chrono::days(9)), cancel);
    if (offer.ok() && calendar.ok()) id = (*desk)->hold(*offer, calendar->slots.at(0), cancel)->id;
  });
  world.rest();
  REQUIRE_FALSE(id.empty());
  bool confirmed = false;
  world.lanes->of_booking(id, [&](core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel) {
    const auto booking = (*desk)->confirm(id, resident(), cancel);
    confirmed = booking.ok() && booking->state == promises::BookingState::Confirmed;
  });
  world.rest();
  CHECK(confirmed);
  CHECK(world.lanes->next_wake());  // what was begun is looked after
  world.clock.advance(std::chrono::minutes(1));
  world.lanes->recover_if_due();
  world.rest();
  CHECK_FALSE(world.lanes->next_wake());
}

TEST_CASE("every job gets an answer, also where there is no desk", "[app][lanes]") {
  LanesWorld world;
  std::vector<ErrorKind> kinds;
  const auto note = [&](const auto& desk) { kinds.push_back(desk.ok() ? ErrorKind::Internal : desk.error().kind); };
  world.lanes->at_bookings("nowhere", [&](auto desk, const work::CancelToken&) { note(desk); });
  world.lanes->at_reports("nowhere", [&](auto desk, const work::CancelToken&) { note(desk); });
  world.lanes->of_booking("no such", [&](auto desk, const work::CancelToken&) { note(desk); });
  world.rest();
  world.lanes->of_report("no such", [&](auto desk, const work::CancelToken&) { note(desk); });
  world.rest();
  CHECK(kinds == std::vector<ErrorKind>(4, ErrorKind::NotFound));

  app::PromiseLanes without(nullptr, world.inbox, world.clock);
  CHECK_FALSE(without.usable());
  without.at_bookings("desk", [&](auto desk, const work::CancelToken&) { note(desk); });
  without.of_report("r", [&](auto desk, const work::CancelToken&) { note(desk); });
  CHECK(kinds.size() == 6);
  CHECK(kinds.back() == ErrorKind::Corrupt);
}
