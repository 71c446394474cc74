// Resources of HL7 FHIR R4 as values. Pure; lenient about what servers leave out or add, strict about what we act on.
// Facts: hl7.org/fhir/R4: bundle, healthcareservice, schedule, location, slot, appointment, operationoutcome, http.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/promises/backend.h"

namespace kiosk::promises::fhir {

// The system of identifiers that are URIs themselves (R4 datatypes, Identifier): ours are "urn:uuid:…".
inline constexpr std::string_view kUriSystem = "urn:ietf:rfc:3986";

// Overwrites every text in it.
void wipe(core::Json& json);
// What may hold a person's details: wiped at its end.
struct WipedJson {
  core::Json json;
  WipedJson() = default;
  explicit WipedJson(core::Json value) : json(std::move(value)) {}
  WipedJson(WipedJson&&) = default;
  WipedJson& operator=(WipedJson&& other) noexcept {
    json.swap(other.json);  // the old one goes with the other
    return *this;
  }
  ~WipedJson() { wipe(json); }
};

// A logical id: 1 to 64 of A-Z a-z 0-9 - . It travels in paths and queries.
bool is_id(std::string_view text);

// One page of a search: its resources by type ("Slot"), pointing into the Bundle, and where the next one is.
struct Page {
  std::map<std::string, std::vector<const core::Json*>, std::less<>> resources;
  std::string next;  // as the server words it; empty: none
  const std::vector<const core::Json*>& of(std::string_view type) const;
};
// Unsupported: not a Bundle of a search; Full: more entries than any page should have.
core::Result<Page> parse_page(const core::Json& json);

struct Service {
  std::string id, name;
  std::string hint;                       // what to know or bring: clean text
  std::vector<std::string> location_ids;  // where it is given
};
// NotFound: it is not given any more; Unsupported: no HealthcareService.
core::Result<Service> parse_service(const core::Json& json);

struct Schedule {
  std::string id;
  bool active = true;
  std::vector<std::string> service_ids, location_ids;  // its actors
};
core::Result<Schedule> parse_schedule(const core::Json& json);

// Unsupported: no Location; NotFound: it is closed.
core::Result<Office> parse_location(const core::Json& json);

struct SlotRecord {
  std::string id, schedule_id;
  std::string version;  // for If-Match; empty where the server keeps none
  bool free = false;
  core::Instant start{}, end{};
  std::optional<core::Date> day;  // of its start, in the clinic's own time
};
// Unsupported where id, schedule, status or times are missing or make no sense.
core::Result<SlotRecord> parse_slot(const core::Json& json);

enum class Standing {
  Booked,
  Requested,  // proposed, pending, waitlist: somebody there has yet to say yes
  Gone,       // cancelled, entered-in-error
};
struct Appointment {
  std::string id;
  std::string version;  // for If-Match; empty where the server keeps none
  std::string changed;  // meta.lastUpdated
  std::string status;   // the code
  Standing standing = Standing::Gone;
  RemoteBooking remote;
};
// Unsupported where id or status is missing or of no known form.
core::Result<Appointment> parse_appointment(const core::Json& json);
// Whether `first` is the one to be kept of two with the same identifier.
bool is_kept_before(const Appointment& first, const Appointment& second);

// Whether a resource has the identifier, whatever the server took a search to mean.
bool carries(const core::Json& resource, std::string_view identifier);
// "Location/12", "https://host/fhir/Location/12/_history/3" → "12"; empty where it is of another type.
std::string reference_id(const core::Json& reference, std::string_view type);

// --- what is sent (fhir_compose.cpp) ---

// Invalid: what is wrong with what the resident typed, in plain words.
core::Status check_details(const Details& details);

struct NewAppointment {
  std::string identifier;
  std::string description;  // what it is for, as the clinic calls it
  std::string slot_id, office_id, service_id;
  core::Instant start{}, end{}, created{};
};
// The person travels inside, as a contained Patient: a kiosk knows nobody's number.
core::SecretText appointment_body(const NewAppointment& appointment, const Details& details);
// The resource as it came, with another status: nothing else of it is lost.
core::SecretText with_status(core::Json resource, const char* status);
// A busy slot that carries the identifier, or a free one without it.
core::SecretText claimed_slot(core::Json resource, const std::string& identifier);
core::SecretText freed_slot(core::Json resource, const std::string& identifier);

// --- what a refusal means (fhir_errors.cpp) ---

// Of an answer with another status than 2xx; `what` is the code with our own words for it, never the server's,
// which may repeat what a resident typed.
core::Error parse_error(int status, std::string_view body, const std::string& where);

}  // namespace kiosk::promises::fhir
