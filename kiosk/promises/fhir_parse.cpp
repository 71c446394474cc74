#include "kiosk/promises/fhir_parse.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/promises/plain_text.h"

namespace kiosk::promises::fhir {
namespace {

using core::ErrorKind;
using core::Json;
using core::json_array;
using core::json_bool;
using core::json_object;
using core::json_text;
using core::make_error;
using core::Result;

// Beyond any server's; one that sends more is broken.
constexpr std::size_t kMostEntries = 5'000;
constexpr std::size_t kMostActors = 200;
constexpr std::size_t kMostIdentifiers = 100;
constexpr std::size_t kLongestReference = 60;
constexpr std::size_t kLongestMark = 64;  // of versions and dates that go back or are compared
constexpr std::chrono::hours kLongestSlot{24};

core::Error unsupported(const char* what, const char* where) { return make_error(ErrorKind::Unsupported, what, where); }

bool is_resource(const Json& json, std::string_view type) {
  return json.is_object() && json_text(json, "resourceType") == type && is_id(json_text(json, "id"));
}

std::string version_of(const Json& json) {
  const std::string version = json_text(json_object(json, "meta"), "versionId");
  return is_id(version) ? version : "";
}

// The ids of those of an array's references that are of a type; `member` is where each entry keeps its reference.
std::vector<std::string> ids_of(const Json& array, std::string_view type, const char* member = nullptr) {
  std::vector<std::string> ids;
  for (const Json& entry : array) {
    if (ids.size() >= kMostActors) break;
    std::string id = reference_id(member ? json_object(entry, member) : entry, type);
    if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
  }
  return ids;
}

// "Harrow House, 14 Harrow Lane, Exampleton, EX1 2AB", or as the server writes it in one piece.
std::string one_line(const Json& address) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& text) {
    const std::string part = plain_text(text, kLongestName);
    if (!part.empty() && parts.size() < 8) parts.push_back(part);
  };
  for (const Json& line : json_array(address, "line")) {
    if (line.is_string()) add(line.get<std::string>());
  }
  add(json_text(address, "city"));
  add(json_text(address, "postalCode"));
  if (parts.empty()) return core::join(core::split(plain_text(json_text(address, "text"), kLongestName), '\n'), ", ");
  return core::join(parts, ", ");
}

std::optional<core::GeoPoint> point_of(const Json& position) {
  const auto latitude = core::json_number(position, "latitude"), longitude = core::json_number(position, "longitude");
  if (!latitude || !longitude || !(*latitude >= -90 && *latitude <= 90) || !(*longitude >= -180 && *longitude <= 180)) {
    return std::nullopt;
  }
  return core::GeoPoint{*latitude, *longitude};
}

std::optional<core::Instant> instant_of(const Json& json, const char* member) {
  const std::string text = json_text(json, member);
  if (text.size() < 16 || text.size() > kLongestMark) return std::nullopt;  // a date alone is no instant
  return core::parse_iso8601(text);
}

// A clinic's own number for the appointment, where it gives one beside ours.
std::string reference_of(const Json& json) {
  for (const Json& identifier : json_array(json, "identifier")) {
    const std::string value = plain_text(json_text(identifier, "value"), kLongestReference);
    if (!value.empty() && json_text(identifier, "system") != kUriSystem) return value;
  }
  return json_text(json, "id");
}

// The person of a contained resource, as far as the server gives it.
void read_person(const Json& json, Details& details) {
  for (const Json& person : json_array(json, "contained")) {
    const std::string type = json_text(person, "resourceType");
    if (type != "Patient" && type != "RelatedPerson") continue;
    for (const Json& name : json_array(person, "name")) {
      if (details.name.empty()) details.name.assign(plain_text(json_text(name, "text"), kLongestName));
    }
    for (const Json& telecom : json_array(person, "telecom")) {
      const std::string system = json_text(telecom, "system");
      core::SecretText* const to =
          system == "email" ? &details.email : (system == "phone" ? &details.telephone : nullptr);
      if (to && to->empty()) to->assign(plain_text(json_text(telecom, "value"), kLongestName));
    }
    return;
  }
}

std::optional<Standing> standing_of(std::string_view status) {
  constexpr std::pair<std::string_view, Standing> kStandings[] = {
      {"booked", Standing::Booked},        {"arrived", Standing::Booked},     {"checked-in", Standing::Booked},
      {"fulfilled", Standing::Booked},     {"noshow", Standing::Booked},      {"proposed", Standing::Requested},
      {"pending", Standing::Requested},    {"waitlist", Standing::Requested}, {"cancelled", Standing::Gone},
      {"entered-in-error", Standing::Gone}};
  for (const auto& [code, standing] : kStandings) {
    if (status == code) return standing;
  }
  return std::nullopt;
}

RemoteState state_of(Standing standing) {
  switch (standing) {
    case Standing::Booked:
      return RemoteState::Confirmed;
    case Standing::Requested:
      return RemoteState::Reserved;
    case Standing::Gone:
      break;
  }
  return RemoteState::Gone;
}

}  // namespace

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  }) && text.find_first_not_of('.') != std::string_view::npos;  // ".." is a way up a path
}

std::string reference_id(const Json& reference, std::string_view type) {
  const std::string text = json_text(reference, "reference");
  std::vector<std::string> parts = core::split(text, '/');
  if (parts.size() >= 4 && parts[parts.size() - 2] == "_history") parts.resize(parts.size() - 2);
  if (parts.size() < 2 || parts[parts.size() - 2] != type || !is_id(parts.back())) return {};
  return parts.back();
}

bool carries(const Json& resource, std::string_view identifier) {
  const Json& list = json_array(resource, "identifier");
  for (std::size_t i = 0; i < std::min(list.size(), kMostIdentifiers); i++) {
    if (json_text(list[i], "value") == identifier && json_text(list[i], "system") == kUriSystem) return true;
  }
  return false;
}

const std::vector<const Json*>& Page::of(std::string_view type) const {
  static const std::vector<const Json*> kNone;
  const auto found = resources.find(type);
  return found == resources.end() ? kNone : found->second;
}

Result<Page> parse_page(const Json& json) {
  if (!json.is_object() || json_text(json, "resourceType") != "Bundle" || json_text(json, "type") != "searchset") {
    return unsupported("answer is no Bundle of a search", "Bundle");
  }
  // A search without a match may leave the list out, but must not hold something else there.
  if (json.contains("entry") && !json["entry"].is_array()) return unsupported("entry is no list", "Bundle");
  const Json& entries = json_array(json, "entry");
  if (entries.size() > kMostEntries) return make_error(ErrorKind::Full, "too many entries in a page", "Bundle");
  Page page;
  for (const Json& entry : entries) {
    const Json& resource = json_object(entry, "resource");
    const std::string type = json_text(resource, "resourceType");
    if (!type.empty() && type != "OperationOutcome") page.resources[type].push_back(&resource);
  }
  for (const Json& link : json_array(json, "link")) {
    if (json_text(link, "relation") == "next") page.next = json_text(link, "url");
  }
  return page;
}

Result<Service> parse_service(const Json& json) {
  if (!is_resource(json, "HealthcareService"))
    return unsupported("answer is no HealthcareService", "HealthcareService");
  if (!json_bool(json, "active").value_or(true)) {
    return make_error(ErrorKind::NotFound, "the service is not given any more", json_text(json, "id"));
  }
  Service service{json_text(json, "id"), plain_text(json_text(json, "name"), kLongestName), {}, {}};
  for (const Json& type : json_array(json, "type")) {
    if (service.name.empty()) service.name = plain_text(json_text(type, "text"), kLongestName);
  }
  service.hint = plain_text(json_text(json, "comment"), kLongestHint);
  service.location_ids = ids_of(json_array(json, "location"), "Location");
  return service;
}

Result<Schedule> parse_schedule(const Json& json) {
  if (!is_resource(json, "Schedule")) return unsupported("answer is no Schedule", "Schedule");
  Schedule schedule{json_text(json, "id"), json_bool(json, "active").value_or(true), {}, {}};
  schedule.service_ids = ids_of(json_array(json, "actor"), "HealthcareService");
  schedule.location_ids = ids_of(json_array(json, "actor"), "Location");
  return schedule;
}

Result<Office> parse_location(const Json& json) {
  if (!is_resource(json, "Location")) return unsupported("answer is no Location", "Location");
  const std::string status = json_text(json, "status");
  if (status == "suspended" || status == "inactive") {
    return make_error(ErrorKind::NotFound, "the place is closed", json_text(json, "id"));
  }
  Office office;
  office.id = json_text(json, "id");
  office.name = plain_text(json_text(json, "name"), kLongestName);
  office.address = one_line(json_object(json, "address"));
  office.point = point_of(json_object(json, "position"));
  office.hint = plain_text(json_text(json, "description"), kLongestHint);
  // FHIR has no word for what a place asks of people: both are offered, and a server that wants one refuses.
  office.form.email = office.form.telephone = Need::Optional;
  return office;
}

Result<SlotRecord> parse_slot(const Json& json) {
  if (!is_resource(json, "Slot")) return unsupported("answer is no Slot", "Slot");
  SlotRecord slot;
  slot.id = json_text(json, "id");
  slot.version = version_of(json);
  slot.schedule_id = reference_id(json_object(json, "schedule"), "Schedule");
  const std::string status = json_text(json, "status");
  const auto start = instant_of(json, "start"), end = instant_of(json, "end");
  if (slot.schedule_id.empty() || status.empty()) return unsupported("slot without schedule or status", "Slot");
  if (!start || !end || *end <= *start || *end - *start > kLongestSlot) {
    return unsupported("slot without a span of time", "Slot");
  }
  slot.free = status == "free";
  slot.start = *start;
  slot.end = *end;
  slot.day = core::parse_iso_date(json_text(json, "start").substr(0, 10));
  return slot;
}

Result<Appointment> parse_appointment(const Json& json) {
  if (!is_resource(json, "Appointment")) return unsupported("answer is no Appointment", "Appointment");
  Appointment appointment;
  appointment.id = json_text(json, "id");
  appointment.version = version_of(json);
  appointment.changed = plain_text(json_text(json_object(json, "meta"), "lastUpdated"), kLongestMark);
  appointment.status = json_text(json, "status");
  const auto standing = standing_of(appointment.status);
  if (!standing) return unsupported("appointment of no known status", "Appointment");
  appointment.standing = *standing;
  RemoteBooking& remote = appointment.remote;
  remote.state = state_of(*standing);
  remote.reference = reference_of(json);
  if (const auto start = instant_of(json, "start")) remote.slot.start = *start;
  const auto slots = ids_of(json_array(json, "slot"), "Slot");
  const auto offices = ids_of(json_array(json, "participant"), "Location", "actor");
  if (!slots.empty()) remote.slot.id = slots.front();
  if (!offices.empty()) remote.slot.office_id = offices.front();
  read_person(json, remote.details);
  return appointment;
}

bool is_kept_before(const Appointment& first, const Appointment& second) {
  if (first.standing != second.standing) return first.standing < second.standing;
  if (first.changed != second.changed) return first.changed < second.changed;
  if (first.id.size() != second.id.size()) return first.id.size() < second.id.size();  // 9 comes before 10
  return first.id < second.id;
}

}  // namespace kiosk::promises::fhir
