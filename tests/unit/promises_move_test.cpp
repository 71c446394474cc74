// Moving an appointment: the new one is confirmed before the old one goes, and there is no moment with none.
#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;

namespace {

struct Move {
  Folder folder;
  std::unique_ptr<sandbox::Sandbox> back_end = start_sandbox();
  core::AdjustableClock clock;
  std::unique_ptr<Kiosk> kiosk = std::make_unique<Kiosk>(folder, *back_end, clock);
  std::string old_id, new_id;

  BookingDesk& desk() { return *kiosk->desk; }
  Booking hold(std::size_t slot, const std::string& replaces) {
    const auto held = desk().hold(kiosk->offer(), kiosk->calendar(clock).slots.at(slot), {}, replaces);
    INFO((held.ok() ? std::string() : held.error().describe()));
    REQUIRE(held.ok());
    return *held;
  }
  // One is confirmed, another one held in its place.
  Move() {
    old_id = hold(0, {}).id;
    REQUIRE(desk().confirm(old_id, resident(), {})->state == BookingState::Confirmed);
    new_id = hold(9, old_id).id;
  }
  void restart() {
    kiosk.reset();
    kiosk = std::make_unique<Kiosk>(folder, *back_end, clock);
  }
  void fault(const std::string& kind, const char* path, int times) {
    core::Json rule{{"kind", kind}, {"times", times}, {"match", {{"path", path}}}};
    if (kind == "status") rule["status"] = 500;
    REQUIRE(back_end->add_faults(rule).ok());
  }
  Booking booking(const std::string& id) { return *kiosk->journal->find(id); }
  std::size_t confirmed() { return ledger_bookings(back_end->ledger(), "confirmed").size(); }
  void check_moved() {
    CHECK(booking(new_id).state == BookingState::Confirmed);
    CHECK(booking(old_id).state == BookingState::Cancelled);
    CHECK(confirmed() == 1);
    CHECK(kiosk->journal->open_bookings()->empty());
  }
};

}  // namespace

TEST_CASE("the old appointment goes once the new one is confirmed", "[promises][move]") {
  Move move;
  CHECK(move.confirmed() == 1);
  REQUIRE(move.desk().confirm(move.new_id, resident(), {})->state == BookingState::Confirmed);
  move.check_moved();
}

TEST_CASE("an old appointment that can't be cancelled now is cancelled later", "[promises][move]") {
  Move move;
  move.fault("down", "cancel-appointment", 2);
  REQUIRE(move.desk().confirm(move.new_id, resident(), {})->state == BookingState::Confirmed);
  CHECK(move.booking(move.old_id).state == BookingState::Confirmed);
  CHECK(move.booking(move.old_id).giving_up);
  CHECK(move.confirmed() == 2);
  CHECK(move.desk().recover({}).value() == 1);
  CHECK(move.desk().recover({}).value() == 0);
  move.check_moved();
}

TEST_CASE("a stop between the two is made good by the next start", "[promises][move]") {
  Move move;
  move.fault("down", "cancel-appointment", 1);
  REQUIRE(move.desk().confirm(move.new_id, resident(), {}).ok());
  move.restart();
  CHECK(move.desk().recover({}).value() == 0);
  move.check_moved();
}

TEST_CASE("a confirmation whose answer was lost takes the old one away when it is found", "[promises][move]") {
  Move move;
  move.fault("lose_answer", "confirm-appointment", 1);
  move.fault("status", "/appointment/", 10);
  CHECK(move.desk().confirm(move.new_id, resident(), {})->state == BookingState::Unknown);
  CHECK(move.booking(move.old_id).state == BookingState::Confirmed);
  CHECK_FALSE(move.booking(move.old_id).giving_up);
  move.back_end->clear_faults();
  move.restart();
  CHECK(move.desk().recover({}).value() == 0);
  move.check_moved();
}

TEST_CASE("where the new one is not to be had, the old one stands", "[promises][move]") {
  SECTION("given up") {
    Move move;
    REQUIRE(move.desk().release(move.new_id, {}).ok());
    CHECK(move.booking(move.old_id).state == BookingState::Confirmed);
    CHECK(move.confirmed() == 1);
  }
  SECTION("never confirmed, as nothing reached the back end") {
    Move move;
    move.fault("down", "confirm-appointment", 100);
    move.fault("status", "/appointment/", 100);
    (void)move.desk().confirm(move.new_id, resident(), {});
    move.back_end->clear_faults();
    move.restart();
    CHECK(move.desk().recover({}).value() == 0);
    CHECK(move.booking(move.new_id).state == BookingState::Released);
    CHECK(move.booking(move.old_id).state == BookingState::Confirmed);
    CHECK_FALSE(move.booking(move.old_id).giving_up);
    CHECK(move.confirmed() == 1);
  }
}

TEST_CASE("only an appointment that stands can be moved", "[promises][move]") {
  Move move;
  const Offer offer = move.kiosk->offer();
  const Slot slot = move.kiosk->calendar(move.clock).slots.at(3);
  CHECK(move.desk().hold(offer, slot, {}, move.new_id).error().kind == ErrorKind::Invalid);  // a mere hold
  CHECK(move.desk().hold(offer, slot, {}, "no such").error().kind == ErrorKind::NotFound);
  REQUIRE(move.desk().confirm(move.new_id, resident(), {}).ok());
  CHECK(move.desk().hold(offer, slot, {}, move.old_id).error().kind == ErrorKind::Invalid);  // moved already
}
