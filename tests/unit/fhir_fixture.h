// What the tests of the FHIR back end share: a clinic in the sandbox, and a line to it.
#pragma once

#include <set>
#include <thread>

#include "tests/sandbox/fhir_api.h"
#include "tests/unit/promises_support.h"

namespace fhir_test {

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Json;

inline const BookingTarget kTarget{"desk", kService};

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
    options.timeouts = kPatience;
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
inline core::SecretText body_of(const Booking& booking, const Handle& handle, const core::Clock& clock) {
  return fhir::appointment_body(
      {handle.process_id, booking.service_name, booking.slot.id, booking.slot.office_id, booking.target.service_id,
       booking.slot.start, booking.slot.start + std::chrono::minutes(20), clock.now()},
      resident());
}

const Json kCreate{{"method", "POST"}, {"path", "/Appointment$"}};
const Json kLook{{"method", "GET"}, {"path", "/Appointment\\?"}};

}  // namespace fhir_test
