// What servers are known for: doubled and late appointments, requests that wait, plain stores, searches from memory.
#include "tests/unit/fhir_fixture.h"

using namespace fhir_test;

TEST_CASE("of two who want a slot one gets it, and the other is told", "[promises][fhir]") {
  Clinic clinic;
  Line other(*clinic.server, clinic.clock);
  const Slot slot = clinic.calendar().slots.at(0);
  const auto [ours, our_handle] = clinic.held(clinic.backend(), slot);
  const auto [theirs, their_handle] = clinic.held(*other.backend, slot);
  CHECK(other.backend->confirm(theirs, their_handle, resident(), {}).ok());
  CHECK(clinic.backend().confirm(ours, our_handle, resident(), {}).error().kind == ErrorKind::NotFound);
  CHECK(clinic.backend().read(ours, our_handle, {})->state == RemoteState::Gone);
  CHECK(clinic.backend().reserve(kTarget, slot, {}).error().kind == ErrorKind::NotFound);
  CHECK(clinic.count("confirmed") == 1);
}

TEST_CASE("a confirmation that comes twice books once, whatever the server does", "[promises][fhir]") {
  for (const bool honours : {true, false}) {
    for (const bool marks : {true, false}) {
      for (const char* kind : {"repeat", "lose_answer", "none"}) {
        INFO("honours If-None-Exist " << honours << ", marks slots " << marks << ", " << kind);
        Clinic clinic;
        clinic.behave({{"if_none_exist", honours}, {"marks_slots", marks}});
        const auto [booking, handle] = clinic.held();
        if (kind != std::string("none")) clinic.fault({{"kind", kind}, {"times", 1}, {"match", kCreate}});
        const auto first = clinic.backend().confirm(booking, handle, resident(), {});
        const auto second = clinic.backend().confirm(booking, handle, resident(), {});
        REQUIRE(second.ok());
        CHECK(second->state == RemoteState::Confirmed);
        if (first.ok()) CHECK(first->reference == second->reference);
        CHECK(clinic.backend().read(booking, handle, {})->reference == second->reference);
        CHECK(clinic.count("confirmed") == 1);
        CHECK(clinic.backend().cancel(handle, {}).ok());
        CHECK(clinic.count("confirmed") == 0);
      }
    }
  }
}

TEST_CASE("an appointment that shows up late beside another is cancelled", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"if_none_exist", false}, {"marks_slots", false}});
  const auto [booking, handle] = clinic.held();
  const auto confirmed = clinic.backend().confirm(booking, handle, resident(), {});
  REQUIRE(confirmed.ok());
  // The same request once more, as a proxy keeps it and sends it later.
  net::Request again;
  again.method = net::Method::Post;
  again.url = clinic.server->fhir_url("desk") + "/Appointment";
  again.headers.set("Content-Type", "application/fhir+json");
  again.body =
      fhir::appointment_body({handle.process_id, "Blue Badge help", booking.slot.id, booking.slot.office_id, kService,
                              booking.slot.start, booking.slot.start + std::chrono::minutes(20), clinic.clock.now()},
                             resident());
  REQUIRE(clinic.line.http->send(again, {})->status == 201);
  CHECK(clinic.count("confirmed") == 2);
  const auto read = clinic.backend().read(booking, handle, {});
  REQUIRE(read.ok());
  CHECK(read->state == RemoteState::Confirmed);
  CHECK(read->reference == confirmed->reference);
  CHECK(clinic.count("confirmed") == 1);
}

TEST_CASE("what is not heard after an appointment was made does not say that nothing is booked", "[promises][fhir]") {
  Clinic clinic;
  SECTION("the answer holds none, and the books can't be asked") {
    const auto [booking, handle] = clinic.held();
    clinic.fault({{"kind", "empty"}, {"effect", true}, {"times", 1}, {"match", kCreate}});
    clinic.fault({{"kind", "status"}, {"status", 429}, {"after", 1}, {"times", 1}, {"match", kLook}});
    CHECK(clinic.backend().confirm(booking, handle, resident(), {}).error().kind == ErrorKind::Interrupted);
    CHECK(clinic.count("confirmed") == 1);
    clinic.clock.advance(std::chrono::seconds(16));
    CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Confirmed);
  }
  SECTION("it is there twice, and one can't be cancelled") {
    clinic.behave({{"if_none_exist", false}, {"marks_slots", false}});
    const auto [booking, handle] = clinic.held();
    clinic.fault({{"kind", "repeat"}, {"times", 1}, {"match", kCreate}});
    const Json change{{"method", "PUT"}, {"path", "/Appointment/"}};
    clinic.fault({{"kind", "status"}, {"status", 429}, {"times", 1}, {"match", change}});
    CHECK(clinic.backend().confirm(booking, handle, resident(), {}).error().kind == ErrorKind::Interrupted);
    CHECK(clinic.count("confirmed") == 2);
    clinic.clock.advance(std::chrono::seconds(16));
    CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Confirmed);
    CHECK(clinic.count("confirmed") == 1);
  }
}

TEST_CASE("the desk keeps in question what it could not see once it was made", "[promises][fhir]") {
  Clinic clinic;
  const Folder folder;
  Kiosk kiosk(folder, *clinic.server, clinic.clock, System::Fhir);
  const auto held = kiosk.desk->hold(kiosk.offer(), kiosk.calendar(clinic.clock).slots.at(0), {});
  REQUIRE(held.ok());
  clinic.fault({{"kind", "empty"}, {"effect", true}, {"times", 1}, {"match", kCreate}});
  clinic.fault({{"kind", "status"}, {"status", 429}, {"after", 1}, {"times", 1}, {"match", kLook}});
  const auto booking = kiosk.desk->confirm(held->id, resident(), {});
  REQUIRE(booking.ok());  // not "nothing has been booked"
  CHECK(booking->state == BookingState::Unknown);
  CHECK(clinic.count("confirmed") == 1);
}

TEST_CASE("an appointment that shows up after it was given up is cancelled", "[promises][fhir]") {
  Clinic clinic;
  const auto [booking, handle] = clinic.held();
  // The server is slower than our patience, and acts on what it got all the same.
  clinic.fault({{"kind", "hang"}, {"times", 1}, {"match", kCreate}});
  CHECK(clinic.backend().confirm(booking, handle, resident(), {}).error().kind == ErrorKind::Timeout);
  CHECK(clinic.backend().cancel(handle, {}).error().kind == ErrorKind::Interrupted);
  net::Request late;
  late.method = net::Method::Post;
  late.url = clinic.server->fhir_url("desk") + "/Appointment";
  late.headers.set("Content-Type", "application/fhir+json");
  late.body = body_of(booking, handle, clinic.clock);
  REQUIRE(clinic.line.http->send(late, {})->status == 201);
  CHECK(clinic.backend().cancel(handle, {}).ok());
  CHECK(clinic.count("confirmed") == 0);
}

TEST_CASE("what an earlier run of the kiosk sent may show up for a while after the start", "[promises][fhir]") {
  Clinic clinic;
  const auto [booking, handle] = clinic.held();
  Line next(*clinic.server, clinic.clock);
  CHECK(next.backend->cancel(handle, {}).error().kind == ErrorKind::Interrupted);
  CHECK(clinic.backend().cancel(handle, {}).error().kind == ErrorKind::NotFound);  // it knows that nothing was sent
  clinic.clock.advance(std::chrono::minutes(2));
  CHECK(next.backend->cancel(handle, {}).error().kind == ErrorKind::NotFound);
}

TEST_CASE("a request that waits for somebody's yes is no appointment", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"requests_only", true}});
  const auto [booking, handle] = clinic.held();
  const auto asked = clinic.backend().confirm(booking, handle, resident(), {});
  REQUIRE_FALSE(asked.ok());
  CHECK(asked.error().what == "pending: it is not booked yet");
  CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Reserved);
  // Sent again without a yes meanwhile: it is withdrawn.
  CHECK(clinic.backend().confirm(booking, handle, resident(), {}).error().kind == ErrorKind::Refused);
  CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Gone);
  CHECK(clinic.count("pending") == 0);
}

TEST_CASE("a server that says yes after a moment has booked", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"accepts_requests", true}});
  const auto [booking, handle] = clinic.held();
  CHECK(clinic.backend().confirm(booking, handle, resident(), {}).error().kind == ErrorKind::Unsupported);
  CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Confirmed);
}

TEST_CASE("a server that drops our identifier is not booked at all", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"keeps_identifiers", false}});
  const auto [booking, handle] = clinic.held();
  CHECK(clinic.backend().confirm(booking, handle, resident(), {}).error().kind == ErrorKind::Refused);
  CHECK(clinic.count("confirmed") == 0);
  CHECK(clinic.count("deleted") == 1);
}

TEST_CASE("a server that answers searches from memory is asked anew", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"search_cache", true}});
  const auto [booking, handle] = clinic.held();
  CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Reserved);
  clinic.fault({{"kind", "lose_answer"}, {"times", 1}, {"match", kCreate}});
  CHECK_FALSE(clinic.backend().confirm(booking, handle, resident(), {}).ok());
  CHECK(clinic.backend().read(booking, handle, {})->state == RemoteState::Confirmed);
}

TEST_CASE("in a plain store the kiosk claims the slot, and gives it back", "[promises][fhir]") {
  Clinic clinic;
  clinic.behave({{"marks_slots", false}, {"if_none_exist", false}});
  Line one(*clinic.server, clinic.clock, SlotKeeper::Kiosk), two(*clinic.server, clinic.clock, SlotKeeper::Kiosk);
  const Slot slot = clinic.calendar().slots.at(0);
  const auto [ours, our_handle] = clinic.held(*one.backend, slot);
  const auto [theirs, their_handle] = clinic.held(*two.backend, slot);
  SECTION("booked once, and free again once cancelled") {
    CHECK(one.backend->confirm(ours, our_handle, resident(), {}).ok());
    CHECK(two.backend->confirm(theirs, their_handle, resident(), {}).error().kind == ErrorKind::NotFound);
    CHECK(two.backend->read(theirs, their_handle, {})->state == RemoteState::Gone);
    CHECK(clinic.calendar().slots.at(0) != slot);
    CHECK(one.backend->cancel(our_handle, {}).ok());
    CHECK(clinic.calendar().slots.at(0) == slot);
  }
  SECTION("a claim without an appointment may be confirmed still, or given back") {
    clinic.fault({{"kind", "down"}, {"times", 1}, {"match", kCreate}});
    CHECK_FALSE(one.backend->confirm(ours, our_handle, resident(), {}).ok());
    CHECK(one.backend->read(ours, our_handle, {})->state == RemoteState::Reserved);
    CHECK(two.backend->confirm(theirs, their_handle, resident(), {}).error().kind == ErrorKind::NotFound);
    CHECK(one.backend->cancel(our_handle, {}).error().kind == ErrorKind::Interrupted);  // it may arrive late
    clinic.clock.advance(std::chrono::minutes(3));
    CHECK(one.backend->cancel(our_handle, {}).ok());
    CHECK(two.backend->confirm(theirs, their_handle, resident(), {}).ok());
    CHECK(clinic.count("confirmed") == 1);
  }
  SECTION("of many at once, one gets it") {
    std::vector<std::unique_ptr<Line>> lines;
    std::vector<std::pair<Booking, Handle>> wishes;
    for (int i = 0; i < 8; i++) {
      lines.push_back(std::make_unique<Line>(*clinic.server, clinic.clock, SlotKeeper::Kiosk));
      wishes.push_back(clinic.held(*lines.back()->backend, slot));
    }
    std::vector<std::thread> people;
    for (std::size_t i = 0; i < lines.size(); i++) {
      people.emplace_back(
          [&, i] { (void)lines[i]->backend->confirm(wishes[i].first, wishes[i].second, resident(), {}); });
    }
    for (std::thread& person : people) person.join();
    CHECK(clinic.count("confirmed") == 1);
  }
}
