// Appointments that are looked up by their codes, moved and cancelled, against a back end over HTTP with lost answers.
#include "kiosk/core/check_code.h"
#include "kiosk/promises/code_lookup.h"
#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Json;

namespace {

struct VisitWorld {
  Folder folder;
  std::unique_ptr<sandbox::Sandbox> back_end = start_sandbox();
  core::AdjustableClock clock;
  std::unique_ptr<Kiosk> kiosk = std::make_unique<Kiosk>(folder, *back_end, clock);
  CodeLookup codes{clock};

  BookingDesk& desk() { return *kiosk->desk; }
  // As the kiosk does it: the code is looked up, and the appointment read back.
  core::Result<Managed> look(const core::SecretText& code) {
    auto found = codes.find(*kiosk->journal, code);
    if (!found.ok()) return found.error();
    return desk().look(std::get<Booking>(*found).id, {});
  }
  Booking book(std::size_t slot) {
    const auto held = desk().hold(kiosk->offer(), kiosk->calendar(clock).slots.at(slot), {});
    REQUIRE(held.ok());
    const auto booked = desk().confirm(held->id, resident(), {});
    REQUIRE(booked.ok());
    REQUIRE(booked->state == BookingState::Confirmed);
    return *booked;
  }
  core::Result<Booking> hold_instead(const Booking& old, std::size_t slot) {
    return desk().hold(kiosk->offer(), kiosk->calendar(clock).slots.at(slot), {}, old.id);
  }
  void fault(const char* kind, const char* path, int times) {
    const auto added = back_end->add_faults(Json{{"kind", kind}, {"times", times}, {"match", {{"path", path}}}});
    REQUIRE(added.ok());
  }
  std::size_t count(const char* status) { return ledger_bookings(back_end->ledger(), status).size(); }
  BookingState state(const std::string& id) { return kiosk->journal->find(id)->state; }
};

core::SecretText text(const std::string& code) { return core::SecretText(std::string_view(code)); }

}  // namespace

TEST_CASE("a code is found however it is typed, with what the back end says now", "[promises][manage]") {
  VisitWorld world;
  const Booking booked = world.book(0);
  std::string typed = core::grouped_check_code(booked.code);
  std::transform(typed.begin(), typed.end(), typed.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto found = world.look(text(typed));
  REQUIRE(found.ok());
  CHECK(found->booking.id == booked.id);
  CHECK(found->as_of_now);

  world.fault("refuse", "/appointment/", 10);
  const auto away = world.look(text(booked.code));
  REQUIRE(away.ok());
  CHECK_FALSE(away->as_of_now);
}

TEST_CASE("an appointment that was cancelled elsewhere is told as cancelled", "[promises][manage]") {
  VisitWorld world;
  const Booking booked = world.book(0);
  const auto handle = world.kiosk->journal->handle(booked.id);
  REQUIRE(world.kiosk->backend->cancel(*handle, {}).ok());
  const auto found = world.look(text(booked.code));
  REQUIRE(found.ok());
  CHECK(found->booking.state == BookingState::Cancelled);
  CHECK(world.state(booked.id) == BookingState::Cancelled);
}

TEST_CASE("an appointment that is over isn't told as cancelled because the books have dropped it",
          "[promises][manage]") {
  VisitWorld world;
  const Booking booked = world.book(0);
  const auto handle = world.kiosk->journal->handle(booked.id);
  REQUIRE(world.kiosk->backend->cancel(*handle, {}).ok());  // as far as the books tell, it is not there
  world.clock.advance(std::chrono::ceil<core::Milliseconds>(booked.slot.start - world.clock.now()));
  const auto found = world.look(text(booked.code));
  REQUIRE(found.ok());
  CHECK(found->booking.state == BookingState::Confirmed);
  CHECK_FALSE(found->as_of_now);
  CHECK(world.state(booked.id) == BookingState::Confirmed);
}

TEST_CASE("wrong and unknown codes get one answer, and a kiosk gives few of them", "[promises][manage]") {
  VisitWorld world;
  const Booking booked = world.book(0);
  const auto malformed = world.look(text("12345"));
  const auto unknown = world.look(text(core::make_check_code(secure_random)));
  REQUIRE_FALSE(malformed.ok());
  REQUIRE_FALSE(unknown.ok());
  CHECK(malformed.error().describe() == unknown.error().describe());
  CHECK(world.look(text(booked.code)).ok());
  for (int i = 0; i < 9; i++) CHECK(world.look(text("WRONG")).error().kind == ErrorKind::NotFound);
  CHECK(world.look(text(booked.code)).ok());  // what fails its check is nobody's guess
  for (int i = 0; i < 5; i++) {
    CHECK(world.look(text(core::make_check_code(secure_random))).error().kind == ErrorKind::NotFound);
  }
  CHECK(world.look(text(booked.code)).error().kind == ErrorKind::RateLimited);
  world.clock.advance(std::chrono::minutes(10));
  CHECK(world.look(text(booked.code)).ok());
}

TEST_CASE("a day after the appointment its code tells nothing any more", "[promises][manage]") {
  VisitWorld world;
  const Booking booked = world.book(0);
  const auto wait = booked.slot.start - world.clock.now() + std::chrono::hours(25);
  world.clock.advance(wait);
  CHECK(world.look(text(booked.code)).error().kind == ErrorKind::NotFound);
}

TEST_CASE("a move confirms the new one, then cancels the old one", "[promises][manage]") {
  VisitWorld world;
  const Booking old = world.book(0);
  const auto held = world.hold_instead(old, 5);
  REQUIRE(held.ok());
  CHECK(world.count("confirmed") == 1);
  const auto moved = world.desk().confirm(held->id, resident(), {});
  REQUIRE(moved.ok());
  CHECK(moved->state == BookingState::Confirmed);
  CHECK(world.state(old.id) == BookingState::Cancelled);
  CHECK(world.count("confirmed") == 1);
  CHECK(world.count("deleted") == 1);
  CHECK_FALSE(world.hold_instead(old, 7).ok());  // it is not there to be moved
}

TEST_CASE("at no moment of a move is there none, whatever is lost on the way", "[promises][manage]") {
  const auto [kind, path] = GENERATE(table<const char*, const char*>({
      {"lose_answer", "confirm-appointment"},
      {"refuse", "confirm-appointment"},
      {"lose_answer", "cancel-appointment"},
      {"refuse", "cancel-appointment"},
      {"lose_answer", "update-appointment"},
  }));
  CAPTURE(kind, path);
  VisitWorld world;
  const Booking old = world.book(0);
  const auto held = world.hold_instead(old, 5);
  REQUIRE(held.ok());
  world.fault(kind, path, 20);
  (void)world.desk().confirm(held->id, resident(), {});
  CHECK(world.count("confirmed") >= 1);
  world.back_end->clear_faults();
  world.clock.advance(std::chrono::hours(2));
  REQUIRE(world.desk().recover({}).ok());
  REQUIRE(world.desk().recover({}).ok());
  CHECK(world.count("confirmed") == 1);
  const bool moved = world.state(held->id) == BookingState::Confirmed;
  CHECK(world.state(old.id) == (moved ? BookingState::Cancelled : BookingState::Confirmed));
}

TEST_CASE("a kiosk that stops between the two steps of a move finishes it after its start", "[promises][manage]") {
  VisitWorld world;
  const Booking old = world.book(0);
  const auto held = world.hold_instead(old, 5);
  REQUIRE(held.ok());
  // The step that says that the new one is confirmed is the one that gives the old one up.
  Booking confirmed = *held;
  const auto handle = world.kiosk->journal->handle(held->id);
  REQUIRE(world.kiosk->backend->update(*handle, resident(), {}).ok());
  REQUIRE(world.kiosk->backend->confirm(confirmed, *handle, resident(), {}).ok());
  confirmed.state = BookingState::Confirmed;
  REQUIRE(world.kiosk->journal->record(confirmed, BookingState::Held).ok());
  CHECK(world.kiosk->journal->find(old.id)->giving_up);
  Kiosk after(world.folder, *world.back_end, world.clock);
  CHECK(after.desk->recover({}).value() == 0);
  CHECK(world.state(old.id) == BookingState::Cancelled);
  CHECK(world.count("confirmed") == 1);
}
