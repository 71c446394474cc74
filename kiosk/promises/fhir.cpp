#include "kiosk/promises/fhir.h"

#include <algorithm>
#include <array>
#include <set>

#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;
using fhir::SlotRecord;
using fhir::WipedJson;
using work::CancelToken;

namespace {

constexpr std::size_t kMostSchedules = 500;
constexpr std::size_t kMostPlacesFetched = 50;  // one request each: a server should include them
constexpr std::size_t kSchedulesInQuery = 30;   // so that the address stays short
constexpr std::size_t kMostSlots = 20'000;
constexpr std::chrono::days kFarthest{800};
constexpr const char* kPageSize = "200";

// RFC 9562, version 4.
std::string random_urn(const core::RandomBytes& random) {
  std::array<std::uint8_t, 16> bytes{};
  random(bytes.data(), bytes.size());
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string urn = "urn:uuid:";
  for (std::size_t i = 0; i < bytes.size(); i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) urn += '-';
    urn.append({kDigits[bytes[i] >> 4], kDigits[bytes[i] & 15]});
  }
  return urn;
}

bool by_name(const Office& a, const Office& b) { return a.name != b.name ? a.name < b.name : a.id < b.id; }

}  // namespace

FhirBackend::FhirBackend(net::HttpClient& http, const core::Clock& clock, FhirOptions options)
    : http_(http), clock_(clock), options_(std::move(options)), began_(clock.monotonic()) {}

Status FhirBackend::find_schedules(const fhir::Service& service, Known& known, Places& places,
                                   const CancelToken& cancel) {
  const Parameters query = {
      {"actor", "HealthcareService/" + service.id}, {"_include", "Schedule:actor"}, {"_count", kPageSize}};
  const Take take = [&](const fhir::Page& page) -> Result<bool> {
    for (const core::Json* json : page.of("Location")) {
      const std::string id = core::json_text(*json, "id");
      if (Result<Office> office = fhir::parse_location(*json); office.ok()) {
        places[id] = std::move(*office);
      } else {
        places[id] = std::nullopt;
      }
    }
    for (const core::Json* json : page.of("Schedule")) {
      const Result<fhir::Schedule> schedule = fhir::parse_schedule(*json);
      // Servers that don't know the parameter send every schedule they have.
      if (!schedule.ok() || !schedule->active || known.offices.size() >= kMostSchedules) continue;
      const auto& services = schedule->service_ids;
      if (std::find(services.begin(), services.end(), service.id) == services.end()) continue;
      const auto& offices = schedule->location_ids.empty() ? service.location_ids : schedule->location_ids;
      if (offices.size() == 1) known.offices[schedule->id] = offices.front();
    }
    return true;
  };
  KIOSK_TRY([[maybe_unused]] const bool complete, search("Schedule", query, cancel, take));
  return {};
}

// Those that the server did not include.
Status FhirBackend::fetch_places(const Known& known, Places& places, const CancelToken& cancel) {
  std::size_t fetched = 0;
  for (const auto& [schedule, id] : known.offices) {
    if (places.contains(id) || fetched++ >= kMostPlacesFetched) continue;
    const Result<WipedJson> json = get_resource("Location", id, cancel);
    if (!json.ok() && json.error().kind != ErrorKind::NotFound) return json.error();
    places[id] = std::nullopt;
    if (!json.ok()) continue;
    if (Result<Office> office = fhir::parse_location(json->json); office.ok()) places[id] = std::move(*office);
  }
  return {};
}

// How long an appointment takes shows in the slots alone.
Status FhirBackend::find_lengths(Known& known, const CancelToken& cancel) {
  if (known.offer.offices.empty()) return {};
  std::vector<std::string> ids;
  for (const Office& office : known.offer.offices) ids.push_back(office.id);
  const Parameters when = {{"start", "ge" + core::to_iso8601(clock_.now())}};
  KIOSK_TRY(const auto slots, find_slots(known, ids, when, Reach::FirstPage, cancel));
  for (Office& office : known.offer.offices) {
    for (const SlotRecord& slot : slots) {
      if (known.offices.at(slot.schedule_id) != office.id) continue;
      office.slot_minutes = static_cast<int>(std::chrono::floor<std::chrono::minutes>(slot.end - slot.start).count());
      break;
    }
  }
  return {};
}

Result<const FhirBackend::Known*> FhirBackend::know(const BookingTarget& target, const CancelToken& cancel) {
  if (target.count != 1 || !target.also.empty()) {
    return make_error(ErrorKind::Invalid, "one appointment is for one service", options_.id);
  }
  if (!fhir::is_id(target.service_id)) return make_error(ErrorKind::NotFound, "no such service", options_.id);
  const auto found = known_.find(target.service_id);
  if (found != known_.end() && clock_.monotonic() - found->second.read < options_.service_life) return &found->second;
  KIOSK_TRY(const WipedJson json, get_resource("HealthcareService", target.service_id, cancel));
  KIOSK_TRY(const fhir::Service service, fhir::parse_service(json.json));
  Known known;
  known.offer.target = target;
  known.offer.name = service.name;
  Places places;
  KIOSK_CHECK(find_schedules(service, known, places, cancel));
  KIOSK_CHECK(fetch_places(known, places, cancel));
  std::erase_if(known.offices, [&](const auto& entry) { return !places[entry.second]; });
  std::set<std::string> listed;
  for (const auto& [schedule, id] : known.offices) {
    if (!listed.insert(id).second) continue;
    Office office = *places[id];
    if (!service.hint.empty()) office.hint += (office.hint.empty() ? "" : "\n") + service.hint;
    known.offer.offices.push_back(std::move(office));
  }
  std::sort(known.offer.offices.begin(), known.offer.offices.end(), by_name);
  KIOSK_CHECK(find_lengths(known, cancel));
  known.read = clock_.monotonic();
  return &(known_[target.service_id] = std::move(known));
}

Result<Offer> FhirBackend::offer(const BookingTarget& target, CancelToken cancel) {
  KIOSK_TRY(const Known* known, know(target, cancel));
  return known->offer;
}

Result<std::vector<SlotRecord>> FhirBackend::find_slots(const Known& known, const std::vector<std::string>& office_ids,
                                                        const Parameters& when, Reach reach,
                                                        const CancelToken& cancel) {
  std::vector<std::string> schedules;
  for (const auto& [schedule, office] : known.offices) {
    const bool wanted = std::find(office_ids.begin(), office_ids.end(), office) != office_ids.end();
    if (wanted) schedules.push_back("Schedule/" + schedule);
  }
  const core::Instant now = clock_.now();
  std::vector<SlotRecord> slots;
  bool unreadable = false;
  const Take take = [&](const fhir::Page& page) -> Result<bool> {
    for (const core::Json* json : page.of("Slot")) {
      Result<SlotRecord> slot = fhir::parse_slot(*json);
      unreadable = unreadable || !slot.ok();
      if (!slot.ok() || !slot->free || slot->start <= now || slot->start > now + kFarthest) continue;
      const std::string reference = "Schedule/" + slot->schedule_id;
      if (std::find(schedules.begin(), schedules.end(), reference) != schedules.end())
        slots.push_back(std::move(*slot));
    }
    if (slots.size() > kMostSlots) return make_error(ErrorKind::Full, "too many times", options_.id);
    return reach == Reach::AllPages;
  };
  for (std::size_t at = 0; at < schedules.size(); at += kSchedulesInQuery) {
    const auto first = schedules.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last =
        schedules.begin() + static_cast<std::ptrdiff_t>(std::min(at + kSchedulesInQuery, schedules.size()));
    Parameters query = {{"schedule", core::join({first, last}, ",")}, {"status", "free"}};
    query.insert(query.end(), when.begin(), when.end());
    query.emplace_back("_sort", "start");
    query.emplace_back("_count", kPageSize);
    KIOSK_TRY([[maybe_unused]] const bool complete, search("Slot", query, cancel, take));
  }
  // "No free appointment" must be the server's word, not what is left of an answer in another form.
  if (unreadable && slots.empty())
    return make_error(ErrorKind::Unsupported, "answer holds no readable slot", options_.id);
  std::sort(slots.begin(), slots.end(), [](const SlotRecord& a, const SlotRecord& b) { return a.start < b.start; });
  return slots;
}

Result<Calendar> FhirBackend::calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                       core::Date first, core::Date last, CancelToken cancel) {
  KIOSK_CHECK(check_calendar_range(first, last));
  KIOSK_TRY(const Known* known, know(target, cancel));
  if (office_ids.empty()) return make_error(ErrorKind::Invalid, "no office is named", options_.id);
  for (const std::string& id : office_ids) {
    const auto& offices = known->offer.offices;
    const bool offered = std::any_of(offices.begin(), offices.end(), [&](const Office& each) { return each.id == id; });
    if (!offered) return make_error(ErrorKind::Invalid, "the service is not given there", options_.id + ", " + id);
  }
  // Dates without a zone are the server's own, as the opening hours of its clinics are.
  const Parameters when = {{"start", "ge" + core::to_iso8601(first)}, {"start", "le" + core::to_iso8601(last)}};
  KIOSK_TRY(const auto slots, find_slots(*known, office_ids, when, Reach::AllPages, cancel));
  Calendar calendar;
  std::set<std::pair<core::Instant, std::string>> times;  // people at one place may be free at the same time
  for (const SlotRecord& slot : slots) {
    const std::string& office = known->offices.at(slot.schedule_id);
    if (times.emplace(slot.start, office).second) calendar.slots.push_back({office, slot.start, slot.id});
  }
  std::stable_sort(calendar.slots.begin(), calendar.slots.end(), [](const Slot& a, const Slot& b) {
    return a.start != b.start ? a.start < b.start : a.office_id < b.office_id;
  });
  if (!calendar.slots.empty()) return calendar;
  const Parameters later = {{"start", "gt" + core::to_iso8601(last)}};
  KIOSK_TRY(const auto beyond, find_slots(*known, office_ids, later, Reach::FirstPage, cancel));
  for (const SlotRecord& slot : beyond) {
    if (slot.day && *slot.day > last && !calendar.next_bookable) calendar.next_bookable = slot.day;
  }
  return calendar;
}

Result<Hold> FhirBackend::reserve(const BookingTarget& target, const Slot& slot, CancelToken cancel) {
  KIOSK_TRY(const Known* known, know(target, cancel));
  if (!fhir::is_id(slot.id)) return make_error(ErrorKind::Invalid, "the slot has no id", options_.id);
  const core::Instant asked = clock_.now();
  KIOSK_TRY(const WipedJson json, get_resource("Slot", slot.id, cancel));
  KIOSK_TRY(const SlotRecord found, fhir::parse_slot(json.json));
  const auto office = known->offices.find(found.schedule_id);
  const bool same = found.id == slot.id && found.start == slot.start && office != known->offices.end() &&
                    office->second == slot.office_id;
  if (!same || !found.free || found.start <= asked) {
    return make_error(ErrorKind::NotFound, "somebody has this time already", options_.id);
  }
  Hold hold{{random_urn(options_.random), {}}, asked + options_.hold_life, {}};
  own_.insert(hold.handle.process_id);
  return hold;
}

Status FhirBackend::update(const Handle&, const Details& details, CancelToken) { return fhir::check_details(details); }

}  // namespace kiosk::promises
