// The FHIR adapter against servers of several habits, each of which is known from the field.
#include <set>
#include <thread>

#include "tests/sandbox/fhir_api.h"
#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Json;

namespace {

const BookingTarget kTarget{"desk", kService};

// One kiosk's own way to the clinic.
struct Line {
  Line(const sandbox::Sandbox& clinic, const core::Clock& clock, SlotKeeper keeper = SlotKeeper::Server,
       const char* token = "") {
    auto client = net::CurlClient::create();
    REQUIRE(client.ok());
    http = std::move(*client);
    FhirOptions options;
    options.id = "desk";
    options.base_url = clinic.fhir_url("desk");
    options.timeouts = {core::Milliseconds(1000), core::Milliseconds(1500), core::Milliseconds(800)};
    options.slot_keeper = keeper;
    options.token.assign(token);
    backend = std::make_unique<FhirBackend>(*http, clock, options);
  }
  std::unique_ptr<net::HttpClient> http;
  std::unique_ptr<FhirBackend> backend;
};

struct Clinic {
  std::unique_ptr<sandbox::Sandbox> server = start_sandbox();
  core::AdjustableClock clock;
  Line line{*server, clock};
  FhirBackend& backend() { return *line.backend; }

  void behave(const Json& behaviour) { REQUIRE(server->configure({{"fhir", behaviour}}).ok()); }
  void fault(Json rule) { REQUIRE(server->add_faults(std::move(rule)).ok()); }
  Calendar calendar(const std::vector<std::string>& offices = {kOffice}) {
    const auto today = std::chrono::floor<std::chrono::days>(clock.now());
    auto found = backend().calendar(kTarget, offices, core::Date(today), core::Date(today + std::chrono::days(6)), {});
    INFO((found.ok() ? std::string() : found.error().describe()));
    REQUIRE(found.ok());
    return *found;
  }
  // A booking as the desk would have it, held.
  std::pair<Booking, Handle> held(FhirBackend& by, const Slot& slot) {
    auto hold = by.reserve(kTarget, slot, {});
    INFO((hold.ok() ? std::string() : hold.error().describe()));
    REQUIRE(hold.ok());
    Booking booking;
    booking.target = kTarget;
    booking.service_name = "Blue Badge help";
    booking.slot = slot;
    booking.office.id = slot.office_id;
    return {booking, hold->handle};
  }
  std::pair<Booking, Handle> held() { return held(backend(), calendar().slots.at(2)); }
  std::size_t count(const char* status) { return ledger_bookings(server->ledger(), status).size(); }
  std::size_t violations(const char* rule) {
    std::size_t count = 0;
    const Json ledger = server->ledger();
    for (const Json& violation : ledger["violations"]) count += violation["rule"] == rule;
    return count;
  }
};

// What confirm() sends.
core::SecretText body_of(const Booking& booking, const Handle& handle, const core::Clock& clock) {
  return fhir::appointment_body(
      {handle.process_id, booking.service_name, booking.slot.id, booking.slot.office_id, booking.target.service_id,
       booking.slot.start, booking.slot.start + std::chrono::minutes(20), clock.now()},
      resident());
}

const Json kCreate{{"method", "POST"}, {"path", "/Appointment$"}};
const Json kLook{{"method", "GET"}, {"path", "/Appointment\\?"}};

}  // namespace

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
