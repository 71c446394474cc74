// The FHIR adapter against servers of several habits, each of which is known from the field.
#include "tests/unit/fhir_fixture.h"

using namespace fhir_test;

TEST_CASE("a service is offered where its schedules are, with the length of its slots", "[promises][fhir]") {
  for (const bool includes : {true, false}) {
    Clinic clinic;
    clinic.behave({{"includes", includes}});
    const auto offer = clinic.backend().offer(kTarget, {});
    REQUIRE(offer.ok());
    CHECK(offer->name == "Blue Badge help");
    REQUIRE(offer->offices.size() == 2);
    CHECK(offer->offices[0].name == "Harrow Lane Desk");
    CHECK(offer->offices[0].address == "14 Harrow Lane, Exampleton, EX1 2AB");
    CHECK(offer->offices[0].point->latitude == Approx(51.5012));
    CHECK(offer->offices[0].hint == "Bring proof of address.");
    CHECK(offer->offices[0].slot_minutes == 20);
    CHECK(offer->offices[1].slot_minutes == 10);
  }
  Clinic clinic;
  CHECK(clinic.backend().offer({"desk", "1"}, {}).error().kind == ErrorKind::NotFound);
  CHECK(clinic.backend().offer({"desk", "../x"}, {}).error().kind == ErrorKind::NotFound);
  CHECK(clinic.backend().offer({"desk", kService, 2}, {}).error().kind == ErrorKind::Invalid);
  CHECK(clinic.backend().offer({"desk", kService, 1, {{"9002", 1}}}, {}).error().kind == ErrorKind::Invalid);
}

TEST_CASE("free times come page by page, in order, each once", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"page_size", 7}});
  const Calendar small = clinic.calendar({kOffice});
  clinic.behave({{"page_size", 500}});
  const Calendar all = clinic.calendar({kOffice, kOtherOffice});
  REQUIRE(small.slots.size() > 100);
  std::vector<Slot> of_one = all.slots;
  std::erase_if(of_one, [](const Slot& slot) { return slot.office_id != kOffice; });
  CHECK(of_one == small.slots);
  CHECK(all.slots.size() > small.slots.size());
  CHECK(std::is_sorted(all.slots.begin(), all.slots.end(), [](const Slot& a, const Slot& b) {
    return std::tie(a.start, a.office_id) < std::tie(b.start, b.office_id);
  }));
  std::set<std::pair<std::string, core::Instant>> seen;
  for (const Slot& slot : all.slots) CHECK(seen.emplace(slot.office_id, slot.start).second);
  CHECK(clinic.server->ledger()["violations"].empty());
}

TEST_CASE("where nothing is free, the next day that has something is named", "[promises][fhir]") {
  Clinic clinic;
  const auto today = std::chrono::floor<std::chrono::days>(clinic.clock.now());
  const auto calendar =
      clinic.backend().calendar(kTarget, {kOffice}, core::Date(today - std::chrono::days(3)), core::Date(today), {});
  REQUIRE(calendar.ok());
  CHECK(calendar->slots.empty());
  // The clinic's day may have begun before ours.
  REQUIRE(calendar->next_bookable);
  CHECK(*calendar->next_bookable > core::Date(today));
  CHECK(*calendar->next_bookable <= core::Date(today + std::chrono::days(2)));
}

TEST_CASE("what makes no sense is refused before anything is sent: FHIR", "[promises][fhir]") {
  Clinic clinic;
  const auto today = std::chrono::floor<std::chrono::days>(clinic.clock.now());
  const auto ask = [&](const std::string& office, int from, int to) {
    return clinic.backend()
        .calendar(kTarget, {office}, core::Date(today + std::chrono::days(from)),
                  core::Date(today + std::chrono::days(to)), {})
        .error()
        .kind;
  };
  CHECK(ask(kOffice, 5, 1) == ErrorKind::Invalid);
  CHECK(ask(kOffice, 0, 63) == ErrorKind::Invalid);
  CHECK(ask("7003", 0, 5) == ErrorKind::Invalid);
  CHECK(clinic.backend().reserve(kTarget, {kOffice, clinic.clock.now(), ""}, {}).error().kind == ErrorKind::Invalid);
  Slot moved = clinic.calendar().slots.at(0);
  moved.start += std::chrono::minutes(20);
  CHECK(clinic.backend().reserve(kTarget, moved, {}).error().kind == ErrorKind::NotFound);
  CHECK(clinic.backend().update({"urn:uuid:x", {}}, {}, {}).error().kind == ErrorKind::Invalid);
}

TEST_CASE("an appointment is created, read, and cancelled, with its person inside", "[promises][fhir]") {
  Clinic clinic;
  const auto [booking, handle] = clinic.held();
  CHECK(handle.process_id.size() == std::string("urn:uuid:").size() + 36);
  CHECK(handle.key.empty());
  CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Reserved);
  const auto confirmed = clinic.backend().confirm(booking, handle, resident(), {});
  REQUIRE(confirmed.ok());
  CHECK(confirmed->state == RemoteState::Confirmed);
  CHECK(confirmed->slot == booking.slot);
  const auto read = clinic.backend().read(booking, handle, {});
  REQUIRE(read.ok());
  CHECK(read->state == RemoteState::Confirmed);
  CHECK(read->reference == confirmed->reference);
  CHECK(read->details.name.reveal() == "Planted Surname");
  CHECK(read->details.email.reveal() == "planted@resident.example");
  CHECK(clinic.backend().cancel(handle, {}).ok());
  CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Gone);
  CHECK(clinic.backend().cancel(handle, {}).error().kind == ErrorKind::NotFound);
  CHECK(clinic.backend().confirm(booking, handle, resident(), {}).error().kind == ErrorKind::NotFound);
  CHECK(clinic.count("deleted") == 1);
  CHECK(clinic.count("confirmed") == 0);
  CHECK(clinic.server->ledger()["violations"].empty());
}

TEST_CASE("what the clinic refuses is said in plain words, without the person's", "[promises][fhir]") {
  Clinic clinic;
  const auto [booking, handle] = clinic.held(clinic.backend(), clinic.calendar({kOtherOffice}).slots.at(0));
  Details details = resident();
  details.telephone.clear();
  const auto refused = clinic.backend().confirm(booking, handle, details, {});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::Invalid);
  CHECK(refused.error().what == "required: the system needs a detail that is missing");
  CHECK(refused.error().describe().find("Planted") == std::string::npos);
  CHECK(clinic.backend().confirm(booking, handle, resident(), {}).ok());
}

TEST_CASE("details that the clinic refuses leave the desk's hold standing", "[promises][fhir]") {
  Clinic clinic;
  const Folder folder;
  Kiosk kiosk(folder, *clinic.server, clinic.clock, System::Fhir);
  const auto held = kiosk.desk->hold(kiosk.offer(), kiosk.calendar(clinic.clock, kOtherOffice).slots.at(0), {});
  REQUIRE(held.ok());
  Details details = resident();
  details.telephone.clear();
  CHECK(kiosk.desk->confirm(held->id, details, {}).error().kind == ErrorKind::Invalid);
  CHECK(kiosk.journal->find(held->id)->state == BookingState::Held);
  CHECK(kiosk.desk->confirm(held->id, resident(), {})->state == BookingState::Confirmed);
  CHECK(clinic.count("confirmed") == 1);
}

TEST_CASE("an appointment at a clinic is moved without the person ever having none", "[promises][fhir]") {
  Clinic clinic;
  const Folder folder;
  Kiosk kiosk(folder, *clinic.server, clinic.clock, System::Fhir);
  const Offer offer = kiosk.offer();
  const Calendar calendar = kiosk.calendar(clinic.clock);
  const auto first = kiosk.desk->hold(offer, calendar.slots.at(0), {});
  REQUIRE(first.ok());
  REQUIRE(kiosk.desk->confirm(first->id, resident(), {}).ok());
  const auto second = kiosk.desk->hold(offer, calendar.slots.at(1), {}, first->id);
  REQUIRE(second.ok());
  CHECK(clinic.count("confirmed") == 1);
  clinic.fault({{"kind", "lose_answer"}, {"times", 1}, {"match", kCreate}});
  CHECK(kiosk.desk->confirm(second->id, resident(), {})->state == BookingState::Confirmed);
  CHECK(kiosk.journal->find(first->id)->state == BookingState::Cancelled);
  const auto booked = ledger_bookings(clinic.server->ledger(), "confirmed");
  REQUIRE(booked.size() == 1);
  CHECK(core::Instant(std::chrono::seconds(booked[0]["timestamp"].get<std::int64_t>())) == second->slot.start);
}

TEST_CASE("a clinic that takes requests alone is refused by the desk, and keeps none", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"requests_only", true}});
  const Folder folder;
  Kiosk kiosk(folder, *clinic.server, clinic.clock, System::Fhir);
  const auto held = kiosk.desk->hold(kiosk.offer(), kiosk.calendar(clinic.clock).slots.at(0), {});
  REQUIRE(held.ok());
  CHECK(kiosk.desk->confirm(held->id, resident(), {})->state == BookingState::Refused);
  CHECK(clinic.count("pending") == 0);
  CHECK(kiosk.journal->open_bookings()->empty());
}

TEST_CASE("an address that leads nowhere does not say that an appointment is gone", "[promises][fhir]") {
  Clinic clinic;
  const auto [booking, handle] = clinic.held();
  REQUIRE(clinic.backend().confirm(booking, handle, resident(), {}).ok());
  FhirOptions options;
  options.id = "desk";
  options.base_url = clinic.server->fhir_url("nowhere");  // answers 404 with an OperationOutcome
  FhirBackend lost(*clinic.line.http, clinic.clock, options);
  CHECK(lost.read(booking, handle, {}).error().kind == ErrorKind::Unsupported);
  CHECK(lost.cancel(handle, {}).error().kind == ErrorKind::Unsupported);
  CHECK(lost.confirm(booking, handle, resident(), {}).error().kind == ErrorKind::Unsupported);
  // Nor does one that can't be cancelled just now.
  const Json cancel{{"method", "PUT"}, {"path", "/Appointment/"}};
  clinic.fault({{"kind", "status"}, {"status", 412}, {"match", cancel}});
  CHECK(clinic.backend().cancel(handle, {}).error().kind == ErrorKind::Interrupted);
  CHECK(clinic.count("confirmed") == 1);
}

TEST_CASE("what has begun can't be cancelled", "[promises][fhir]") {
  Clinic clinic;
  const auto [booking, handle] = clinic.held();
  REQUIRE(clinic.backend().confirm(booking, handle, resident(), {}).ok());
  clinic.clock.advance(std::chrono::hours(24 * 8));
  CHECK(clinic.backend().cancel(handle, {}).error().kind == ErrorKind::Refused);
  CHECK(clinic.count("confirmed") == 1);
}

TEST_CASE("a change meanwhile is not overwritten: it is looked at again", "[promises][fhir]") {
  Clinic clinic;
  const auto [booking, handle] = clinic.held();
  REQUIRE(clinic.backend().confirm(booking, handle, resident(), {}).ok());
  const Json cancel{{"method", "PUT"}, {"path", "/Appointment/"}};
  clinic.fault({{"kind", "status"}, {"status", 412}, {"times", 1}, {"match", cancel}});
  CHECK(clinic.backend().cancel(handle, {}).ok());
  CHECK(clinic.count("deleted") == 1);
  CHECK(clinic.violations("missing_if_match") == 0);
}

TEST_CASE("the server is let in with its token alone, and left in peace when it asks for that", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"needs_token", true}});
  const auto refused = clinic.backend().offer(kTarget, {});
  CHECK(refused.error().kind == ErrorKind::Refused);
  CHECK(refused.error().what == "login: the system wants the kiosk to sign in: look at its token");
  Line known(*clinic.server, clinic.clock, SlotKeeper::Server, sandbox::kFhirToken);
  CHECK(known.backend->offer(kTarget, {}).ok());
  clinic.fault({{"kind", "status"}, {"status", 429}, {"retry_after", 30}, {"times", 1}});
  const auto today = core::Date(std::chrono::floor<std::chrono::days>(clinic.clock.now()));
  const auto ask = [&] { return known.backend->calendar(kTarget, {kOffice}, today, today, {}); };
  CHECK(ask().error().kind == ErrorKind::RateLimited);
  CHECK(ask().error().kind == ErrorKind::RateLimited);  // not sent: the fault was for one request
  clinic.clock.advance(std::chrono::seconds(31));
  CHECK(ask().ok());
}

TEST_CASE("answers that drift are read, answers of something else are not", "[promises][fhir]") {
  Clinic clinic;
  clinic.fault({{"kind", "wrong_types"}, {"fields", {"total", "versionId", "latitude", "active"}}});
  const auto [booking, handle] = clinic.held();
  REQUIRE(clinic.backend().confirm(booking, handle, resident(), {}).ok());
  clinic.server->clear_faults();
  for (const char* kind : {"html", "empty"}) {
    clinic.fault({{"kind", kind}, {"times", 1}, {"match", {{"path", "/Appointment"}}}});
    CHECK(clinic.backend().read(booking, handle, {}).error().kind == ErrorKind::Unsupported);
  }
  clinic.fault({{"kind", "wrong_types"}, {"fields", {"start"}}, {"match", {{"path", "/Slot"}}}});
  const auto today = core::Date(std::chrono::floor<std::chrono::days>(clinic.clock.now()));
  const auto later = core::Date(std::chrono::sys_days(today) + std::chrono::days(5));
  // Not "nothing is free": nobody said that.
  CHECK(clinic.backend().calendar(kTarget, {kOffice}, today, later, {}).error().kind == ErrorKind::Unsupported);
}
