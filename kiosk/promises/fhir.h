// Bookings over HL7 FHIR R4 (4.0.1, hl7.org/fhir/R4): Schedule, Slot and Appointment, for GP surgeries and clinics.
//
// - A service is a HealthcareService, named by its id; its places are the Locations of the Schedules that it is an
// actor
//   of (a Schedule that names none is where the service is, if that is one place). One appointment is one Slot.
// - FHIR knows no holds. reserve() looks that the slot is free, and gives the appointment that is to be an identifier
// of
//   our own, a random urn:uuid (system urn:ietf:rfc:3986). `until` is our own word, so that the page has an end.
// - confirm() asks the books for the identifier, looks at the slot again, and creates the Appointment with
// If-None-Exist
//   (http.html, conditional create: 201 made, 200 there already, 412 several). Servers may ignore that header, and
//   those that honour it make two of requests that come at once (github.com/hapifhir/hapi-fhir, issues 3141 and 4597):
//   so the books are asked once more, the first of several is kept, and the others are cancelled.
//   A creation that was not answered may take effect late: for two minutes cancel() doesn't say that there is none. Of
//   an identifier that another run of the program gave, it is the first two minutes of this one.
// - Booked is what has the status booked, or one that comes after it. An answer "proposed", "pending" or "waitlist" is
//   no appointment: where the server has not made it booked by the next look, it is withdrawn and refused.
// - The person travels as a contained Patient, as in the NHS Booking API (nhsconnect.github.io/NHS-Booking-API).
// Servers
//   that want a Patient of their own, traced by NHS number (GP Connect, developer.nhs.uk), can't be booked from a
//   kiosk.
// - Cancelling puts the Appointment back as it came, with the status cancelled and If-Match (same source).
// - HAPI answers a search from its memory for a minute, unless told not to: every request says Cache-Control: no-cache.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "kiosk/core/check_code.h"
#include "kiosk/net/http.h"
#include "kiosk/promises/backend.h"
#include "kiosk/promises/fhir_parse.h"
#include "kiosk/promises/seal.h"

namespace kiosk::promises {

// Who marks a slot as busy.
enum class SlotKeeper {
  Server,  // it does so itself, and refuses an appointment for a busy slot
  Kiosk,   // a plain store of resources: claimed by confirm() with If-Match before the appointment is made
};

struct FhirOptions {
  std::string id;          // of the [[bookings]] entry
  std::string base_url;    // "https://clinic.example/fhir/r4"
  core::SecretText token;  // sent as a bearer token; empty: none
  SlotKeeper slot_keeper = SlotKeeper::Server;
  net::Timeouts timeouts{core::Milliseconds{4'000}, core::Milliseconds{12'000}, core::Milliseconds{8'000}};
  core::Milliseconds service_life{std::chrono::minutes(5)};  // of what is known of a service
  core::Milliseconds hold_life{std::chrono::minutes(15)};
  core::RandomBytes random = secure_random;
};

// Same thread rules as its client.
class FhirBackend final : public BookingBackend {
 public:
  // `http` must not retry what may have taken effect (GuardedClient doesn't); it and `clock` outlive the backend.
  FhirBackend(net::HttpClient& http, const core::Clock& clock, FhirOptions options);

  core::Result<Offer> offer(const BookingTarget& target, work::CancelToken cancel) override;
  core::Result<Calendar> calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                  core::Date first, core::Date last, work::CancelToken cancel) override;
  core::Result<Hold> reserve(const BookingTarget& target, const Slot& slot, work::CancelToken cancel) override;
  core::Status update(const Handle& handle, const Details& details, work::CancelToken cancel) override;
  core::Result<RemoteBooking> confirm(const Booking& booking, const Handle& handle, const Details& details,
                                      work::CancelToken cancel) override;
  core::Result<RemoteBooking> read(const Booking& booking, const Handle& handle, work::CancelToken cancel) override;
  core::Status cancel(const Handle& handle, work::CancelToken cancel) override;

 private:
  struct Known {  // of one service
    Offer offer;
    std::map<std::string, std::string> offices;  // schedule id → office id
    core::Milliseconds read{};
  };
  struct Reply {
    int status = 0;
    fhir::WipedJson body;  // null where there was none
  };
  struct Entry {  // an appointment as the server holds it
    fhir::Appointment appointment;
    fhir::WipedJson resource;
  };
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  using Places = std::map<std::string, std::optional<Office>>;  // by id; none: closed
  enum class Reach { AllPages, FirstPage };
  using Take = std::function<core::Result<bool>(const fhir::Page& page)>;  // false: enough

  // --- HTTP: fhir_http.cpp ---
  // An error of the kinds of parse_error() for any other status than 2xx; `refused_with` gets that status.
  core::Result<Reply> exchange(net::Request request, const work::CancelToken& cancel, int* refused_with = nullptr);
  core::Result<fhir::WipedJson> get(const std::string& url, const work::CancelToken& cancel);
  core::Result<fhir::WipedJson> get_resource(const std::string& type, const std::string& id,
                                             const work::CancelToken& cancel);
  // The pages of a search, in order; `take` sees each. False where not all of them could be followed.
  core::Result<bool> search(const std::string& type, const Parameters& query, const work::CancelToken& cancel,
                            const Take& take);
  core::Result<std::string> next_address(const std::string& next) const;
  // Puts a resource back. NotFound: it has changed meanwhile, or is gone.
  core::Result<Reply> put(const std::string& path, const std::string& version, core::SecretText body,
                          const work::CancelToken& cancel);

  // --- looking: fhir.cpp ---
  core::Result<const Known*> know(const BookingTarget& target, const work::CancelToken& cancel);
  core::Status find_schedules(const fhir::Service& service, Known& known, Places& places,
                              const work::CancelToken& cancel);
  core::Status fetch_places(const Known& known, Places& places, const work::CancelToken& cancel);
  core::Status find_lengths(Known& known, const work::CancelToken& cancel);
  // Free ones from now on, of the given offices alone.
  core::Result<std::vector<fhir::SlotRecord>> find_slots(const Known& known, const std::vector<std::string>& office_ids,
                                                         const Parameters& when, Reach reach,
                                                         const work::CancelToken& cancel);

  // --- appointments: fhir_appointments.cpp ---
  // The one appointment that carries the identifier; what doubled requests made besides is cancelled.
  core::Result<std::optional<Entry>> find(const std::string& identifier, const work::CancelToken& cancel);
  core::Result<std::vector<Entry>> find_all(const std::string& identifier, const work::CancelToken& cancel);
  core::Result<std::optional<Entry>> keep_one(std::vector<Entry> entries, const work::CancelToken& cancel);
  core::Result<RemoteBooking> found_before(Entry& entry, const work::CancelToken& cancel);
  core::Result<fhir::SlotRecord> claim(const Booking& booking, const Handle& handle, const work::CancelToken& cancel);
  core::Status unclaim(const std::string& identifier, const work::CancelToken& cancel);
  core::Result<Entry> create(const Booking& booking, const fhir::SlotRecord& slot, const Handle& handle,
                             const Details& details, const work::CancelToken& cancel);
  core::Result<Entry> created_of(Reply reply, const std::string& identifier, const work::CancelToken& cancel);
  core::Status set_cancelled(const Entry& entry, const work::CancelToken& cancel);
  core::Status give_back(const Handle& handle, const work::CancelToken& cancel);
  void note_unanswered(const std::string& identifier);
  bool may_arrive_yet(const std::string& identifier) const;

  net::HttpClient& http_;
  const core::Clock& clock_;
  FhirOptions options_;
  std::map<std::string, Known> known_;
  std::map<std::string, core::Milliseconds> unanswered_;  // creations, by identifier; on the monotonic clock
  std::set<std::string> own_;                             // identifiers of reserve(), until they are booked or given up
  core::Milliseconds began_{};                            // on the monotonic clock
  core::Milliseconds paused_until_{};                     // on the monotonic clock: the server asked for fewer requests
};

}  // namespace kiosk::promises
