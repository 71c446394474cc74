// The adapter over HTTP: both generations of the server, several services in one visit, the captcha, what is asked once
// and what again.
#include "tests/unit/zms_fixture.h"

using namespace zms_test;

TEST_CASE("the older generation is found by asking, and books as the present one does", "[promises][zms]") {
  World world;
  world.configure({{"legacy", true}});
  const Calendar month = world.good_calendar(0, 20);
  REQUIRE_FALSE(month.slots.empty());
  const Slot slot = month.slots[3];
  const Hold held = world.hold(slot);
  CHECK(world.backend->update(held.handle, resident(), {}).ok());
  const auto confirmed = world.backend->confirm({}, held.handle, resident(), {});
  REQUIRE(confirmed.ok());
  CHECK(confirmed->slot.start == slot.start);
  CHECK(ledger_bookings(world.back_end->ledger(), "confirmed").size() == 1);
  CHECK(world.backend->cancel(held.handle, {}).ok());
  CHECK(world.back_end->ledger()["violations"].dump() == "[]");
}

TEST_CASE("of an older server's month, the first days are read and the rest on demand", "[promises][zms]") {
  World world;
  world.configure({{"legacy", true}});
  const Calendar month = world.good_calendar(0, 20);
  std::set<core::Date> read;
  for (const Slot& slot : month.slots) read.insert(core::Date(std::chrono::floor<std::chrono::days>(slot.start)));
  CHECK(read.size() == zms::kLegacyDaysRead);
  CHECK(*read.begin() == world.day(1));
  REQUIRE(month.unread_days.size() == 20 - zms::kLegacyDaysRead);  // today is closed
  CHECK(month.unread_days.back() == world.day(20));
  CHECK(month.next_bookable == world.day(21));
  CHECK(world.asked("available-appointments") == zms::kLegacyDaysRead);

  const Calendar day = world.good_calendar(12, 12);
  REQUIRE_FALSE(day.slots.empty());
  CHECK(day.unread_days.empty());
  CHECK(core::Date(std::chrono::floor<std::chrono::days>(day.slots.front().start)) == world.day(12));
  CHECK(world.asked("available-appointments") == zms::kLegacyDaysRead + 1);
  CHECK(world.asked("available-calendar") == 2);  // with and without the slash, once: the answer is kept
}

TEST_CASE("several offices of an older server are asked for at once", "[promises][zms]") {
  World world;
  world.configure({{"legacy", true}});
  const Calendar month = world.good_calendar(0, 5, {kOffice, kOtherOffice});
  std::set<std::string> offices;
  for (const Slot& slot : month.slots) offices.insert(slot.office_id);
  CHECK(offices == std::set<std::string>{kOffice, kOtherOffice});
  CHECK(world.asked("available-days-by-office") == 1);
}

TEST_CASE("an older server's 404 is its word for nothing free", "[promises][zms]") {
  World world;
  world.configure({{"legacy", true}});
  CHECK(world.good_calendar(45, 60).slots.empty());  // beyond the horizon
  const Calendar today = world.good_calendar(0, 0);
  CHECK(today.slots.empty());
  CHECK(today.full_days == std::vector<core::Date>{world.day(0)});
}

TEST_CASE("a server that is exchanged while the kiosk runs is asked anew", "[promises][zms]") {
  World world;
  CHECK_FALSE(world.good_calendar(0, 10).slots.empty());
  world.configure({{"backends", {{"desk", {{"legacy", true}}}}}});
  CHECK_FALSE(world.good_calendar(0, 11).unread_days.empty());
  world.configure({{"backends", {{"desk", {{"legacy", false}}}}}});
  const Calendar again = world.good_calendar(0, 12);
  CHECK(again.unread_days.empty());
  CHECK_FALSE(again.slots.empty());
  // In the middle of a booking too: a route that isn't there has done nothing.
  const Hold held = world.hold(again.slots.front());
  world.configure({{"backends", {{"desk", {{"legacy", true}}}}}});
  CHECK(world.backend->update(held.handle, resident(), {}).ok());
  CHECK(world.backend->confirm({}, held.handle, resident(), {}).ok());
  CHECK(ledger_bookings(world.back_end->ledger(), "confirmed").size() == 1);
}

TEST_CASE("where neither generation answers, nothing is said to be free", "[promises][zms]") {
  World world;
  Json rule{{"kind", "status"}, {"status", 404}, {"error_code", "notFound"}, {"match", {{"path", "available"}}}};
  REQUIRE(world.back_end->add_faults(rule).ok());
  CHECK(world.calendar(0, 10).error().kind == ErrorKind::Unsupported);
  world.back_end->clear_faults();
  rule["error_code"] = "scopesNotFound";
  REQUIRE(world.back_end->add_faults(rule).ok());
  CHECK(world.calendar(0, 10).error().kind == ErrorKind::NotFound);
}

TEST_CASE("several services in one visit", "[promises][zms]") {
  World world(combinable_appointments());
  const auto alone = world.backend->offer({"desk", kService}, {});
  REQUIRE(alone.ok());
  CHECK(alone->offices.size() == 2);
  CHECK(alone->most == 3);
  REQUIRE(alone->additions.size() == 1);
  CHECK(alone->additions[0].service_id == "9002");
  CHECK(alone->additions[0].name == "Housing advice");

  const BookingTarget both{"desk", kService, 2, {{"9002", 1}}};
  const auto offer = world.backend->offer(both, {});
  REQUIRE(offer.ok());
  REQUIRE(offer->offices.size() == 1);  // the other office has no housing advice
  CHECK(offer->offices[0].id == kOffice);
  CHECK(offer->offices[0].slot_minutes == 50);  // twice two slots and one, of ten minutes each
  const Calendar calendar = world.good_calendar(1, 1, {kOffice}, both);
  CHECK(calendar.slots.size() < world.good_calendar(1, 1).slots.size());  // longer visits begin less often
  world.hold(calendar.slots.front(), both);
  const Json booking = ledger_bookings(world.back_end->ledger(), "reserved").at(0);
  CHECK(booking["slot_count"] == 5);
  REQUIRE(booking["services"].size() == 2);
  CHECK(booking["services"][0]["count"] == 2);
  CHECK(booking["services"][1]["id"] == 9002);
  CHECK(world.back_end->ledger()["violations"].dump() == "[]");

  const auto kind = [&](const BookingTarget& target) { return world.backend->offer(target, {}).error().kind; };
  CHECK(kind({"desk", kService, 4}) == ErrorKind::Invalid);
  CHECK(kind({"desk", kService, 0}) == ErrorKind::Invalid);
  CHECK(kind({"desk", kService, 1, {{"9002", 2}}}) == ErrorKind::Invalid);
  CHECK(kind({"desk", kService, 1, {{kService, 1}}}) == ErrorKind::Invalid);
  CHECK(kind({"desk", "9002", 1, {{kService, 1}}}) == ErrorKind::Invalid);  // only the other way round
  CHECK(kind({"desk", kService, 1, {{"9003", 1}}}) == ErrorKind::NotFound);
  CHECK(world.calendar(1, 1, {kOtherOffice}, both).error().kind == ErrorKind::Invalid);
}

TEST_CASE("several services are booked on an older server too", "[promises][zms]") {
  World world(combinable_appointments());
  world.configure({{"legacy", true}});
  const BookingTarget both{"desk", kService, 1, {{"9002", 1}}};
  world.hold(world.good_calendar(0, 6, {kOffice}, both).slots.at(0), both);
  CHECK(ledger_bookings(world.back_end->ledger(), "reserved").at(0)["slot_count"] == 3);
  CHECK(world.back_end->ledger()["violations"].dump() == "[]");
}

TEST_CASE("an appointment tells who comes, but never the placeholder's address", "[promises][zms]") {
  Json description = appointments();
  description["backends"][0]["offices"][0]["scope"]["customTextfieldActivated"] = true;
  World world(std::move(description));
  const Hold held = world.hold(world.good_calendar(0, 10).slots.at(0));
  const auto reserved = world.backend->read({}, held.handle, {});
  REQUIRE(reserved.ok());
  CHECK(reserved->details.email.empty());
  CHECK(reserved->details.name.empty());
  Details given = resident();
  given.custom.assign("Plot 7, \"the shed\"");
  REQUIRE(world.backend->update(held.handle, given, {}).ok());
  REQUIRE(world.backend->confirm({}, held.handle, given, {}).ok());
  const auto confirmed = world.backend->read({}, held.handle, {});
  REQUIRE(confirmed.ok());
  CHECK(confirmed->state == RemoteState::Confirmed);
  CHECK(confirmed->details.name.reveal() == "Planted Surname");
  CHECK(confirmed->details.email.reveal() == "planted@resident.example");
  CHECK(confirmed->details.telephone.reveal() == "+447700900123");
  CHECK(confirmed->details.custom.reveal() == "Plot 7, \"the shed\"");
  CHECK(confirmed->details.custom2.empty());
}

TEST_CASE("details that no server would take are not sent; those that this office refuses are told apart",
          "[promises][zms]") {
  Json description = appointments();
  Json& scope = description["backends"][0]["offices"][0]["scope"];
  scope["emailRequired"] = true;
  scope["telephoneActivated"] = true;
  scope["customTextfieldActivated"] = true;
  scope["customTextfieldRequired"] = true;
  World world(std::move(description));
  const auto form = world.backend->offer({"desk", kService}, {})->offices.at(0).form;
  CHECK(form.email == Need::Required);
  CHECK(form.custom.need == Need::Required);
  const Hold held = world.hold(world.good_calendar(0, 10).slots.at(0));
  Details good = resident();
  good.custom.assign("x");
  const auto code = [&](core::SecretText Details::*member, const std::string& text) {
    Details details = good;
    (details.*member).assign(text);
    const core::Status updated = world.backend->update(held.handle, details, {});
    if (updated.ok()) return std::string("taken");
    CHECK(updated.error().kind == ErrorKind::Invalid);
    return updated.error().what;
  };
  std::string umlauts;
  for (int i = 0; i < 250; i++) umlauts += "\xC3\xBC";
  CHECK(code(&Details::name, " \t") == "invalidFamilyName");
  CHECK(code(&Details::custom, umlauts + "u") == "invalidCustomTextfield");
  CHECK(code(&Details::custom2, umlauts + "u") == "invalidCustomTextfield2");
  CHECK(code(&Details::custom, "\xC3") == "invalidCustomTextfield");
  CHECK(code(&Details::telephone, "123456") == "invalidTelephone");
  CHECK(code(&Details::telephone, "+1234567890123456") == "invalidTelephone");
  CHECK(code(&Details::telephone, "ring me") == "invalidTelephone");
  CHECK(world.asked("update-appointment") == 0);
  CHECK(code(&Details::email, "") == "emailIsRequired");
  CHECK(code(&Details::email, "nobody") == "invalidEmail");
  CHECK(code(&Details::custom, "") == "invalidCustomTextfield");
  CHECK(code(&Details::custom, umlauts) == "taken");
  CHECK(code(&Details::telephone, "0123 4567 89") == "taken");
}

TEST_CASE("only the back end's word on the appointment itself says that there is none to cancel", "[promises][zms]") {
  World world;
  const Hold held = world.hold(world.good_calendar(0, 10).slots.at(0));
  REQUIRE(world.backend->update(held.handle, resident(), {}).ok());
  REQUIRE(world.backend->confirm({}, held.handle, resident(), {}).ok());
  const auto refused_with = [&](const char* code) {
    REQUIRE(world.back_end
                ->set_faults({{"kind", "status"},
                              {"status", 404},
                              {"error_code", code},
                              {"match", {{"path", "cancel-appointment"}}}})
                .ok());
    const core::Status cancelled = world.backend->cancel(held.handle, {});
    world.back_end->clear_faults();
    REQUIRE_FALSE(cancelled.ok());
    return cancelled.error().kind;
  };
  for (const char* code : {"scopeNotFound", "scopesNotFound", "providerNotFound", "requestNotFound", "sourceNotFound",
                           "departmentNotFound", "noAppointmentForThisScope"}) {
    INFO(code);
    CHECK(refused_with(code) == ErrorKind::Interrupted);
  }
  CHECK(refused_with("appointmentNotFound") == ErrorKind::NotFound);
  CHECK(ledger_bookings(world.back_end->ledger(), "confirmed").size() == 1);
  CHECK(world.backend->cancel(held.handle, {}).ok());
  CHECK(world.backend->cancel(held.handle, {}).error().kind == ErrorKind::NotFound);
}

TEST_CASE("a month that was just read is not asked for again, until a slot is taken", "[promises][zms]") {
  World world;
  const Slot slot = world.good_calendar(0, 10).slots.at(0);
  CHECK(world.good_calendar(0, 10).slots.at(0) == slot);
  CHECK(world.asked("available-calendar") == 1);
  world.hold(slot);
  CHECK(world.good_calendar(0, 10).slots.at(0) != slot);
  CHECK(world.asked("available-calendar") == 2);
  world.pass(std::chrono::seconds(30));
  CHECK_FALSE(world.good_calendar(0, 10).slots.empty());
  CHECK(world.asked("available-calendar") == 3);
}

TEST_CASE("old master data serve while the address has nothing left", "[promises][zms]") {
  World world;
  const Slot slot = world.good_calendar(0, 10).slots.at(0);
  world.pass(std::chrono::minutes(6));
  REQUIRE(world.back_end
              ->add_faults({{"kind", "status"},
                            {"status", 429},
                            {"error_code", "rateLimitExceeded"},
                            {"match", {{"path", "offices-and-services"}}}})
              .ok());
  CHECK(world.backend->offer({"desk", kService}, {}).ok());
  // A promise goes out a little later.
  CHECK(world.backend->reserve({"desk", kService}, slot, {}).error().kind == ErrorKind::RateLimited);
  world.pass(std::chrono::seconds(15));
  CHECK(world.backend->reserve({"desk", kService}, slot, {}).ok());
}
