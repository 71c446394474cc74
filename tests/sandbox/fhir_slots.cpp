// HealthcareService, Schedule, Location and Slot, made from offices, services and opening hours.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "tests/sandbox/fhir_api.h"
#include "tests/sandbox/zms_bookings.h"
#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_text;
using std::chrono::days;
using std::chrono::sys_days;

Json location_json(const ZmsOffice& office) {
  const Json& address = core::json_object(office.object, "address");
  const Json& geo = core::json_object(office.object, "geo");
  Json location{{"resourceType", "Location"},
                {"id", std::to_string(office.id)},
                {"status", "active"},
                {"name", office.name()},
                {"address",
                 {{"line", {core::join({json_text(address, "house_number"), json_text(address, "street")}, " ")}},
                  {"city", json_text(address, "city")},
                  {"postalCode", json_text(address, "postal_code")}}}};
  const auto latitude = core::json_number(geo, "lat"), longitude = core::json_number(geo, "lon");
  if (latitude && longitude) location["position"] = {{"latitude", *latitude}, {"longitude", *longitude}};
  if (const std::string hint = json_text(office.scope, "infoForAppointment"); !hint.empty())
    location["description"] = hint;
  return location;
}

Json service_json(const ZmsAuthority& authority, const ZmsService& service) {
  Json locations = Json::array();
  for (const ZmsRelation& relation : authority.relations) {
    if (relation.service == service.id)
      locations.push_back({{"reference", "Location/" + std::to_string(relation.office)}});
  }
  return {{"resourceType", "HealthcareService"},
          {"id", std::to_string(service.id)},
          {"active", true},
          {"name", service.name()},
          {"location", locations}};
}

Json schedule_json(const ZmsRelation& relation) {
  const std::string office = std::to_string(relation.office), service = std::to_string(relation.service);
  return {{"resourceType", "Schedule"},
          {"id", office + "-" + service},
          {"active", true},
          {"actor", {{{"reference", "HealthcareService/" + service}}, {{"reference", "Location/" + office}}}}};
}

// "ge2026-11-23": from its first moment on, the kingdom's time; "le" and "lt" to its last; an instant is itself.
struct Window {
  std::int64_t from = 0, to = 0;  // epoch seconds, `to` excluded
};

bool narrow(Window& window, const std::string& bound) {
  const std::string prefix = bound.substr(0, 2), text = bound.size() > 2 ? bound.substr(2) : "";
  std::int64_t first = 0, after = 0;
  if (const auto date = core::parse_iso_date(text)) {
    first = uk_epoch_s(*date, 0);
    after = uk_epoch_s(core::Date{sys_days{*date} + days{1}}, 0);
  } else if (const auto instant = core::parse_iso8601(text)) {
    first = std::chrono::floor<std::chrono::seconds>(*instant).time_since_epoch().count();
    after = first + 1;
  } else {
    return false;
  }
  if (prefix == "ge") window.from = std::max(window.from, first);
  if (prefix == "gt") window.from = std::max(window.from, after);
  if (prefix == "le") window.to = std::min(window.to, after);
  if (prefix == "lt") window.to = std::min(window.to, first);
  return prefix == "ge" || prefix == "gt" || prefix == "le" || prefix == "lt";
}

// Slots of a service follow one another without overlapping.
bool on_grid(std::int64_t start, int minutes) {
  return (start - uk_epoch_s(uk_date(start), 0)) % (std::int64_t{minutes} * 60) == 0;
}

}  // namespace

std::vector<Json> FhirApi::find_schedules(const Context& context) const {
  std::vector<Json> found;
  const std::string actor = context.call.param_or_empty("actor");
  for (const ZmsRelation& relation : context.authority.relations) {
    const bool matches = actor == "HealthcareService/" + std::to_string(relation.service) ||
                         actor == "Location/" + std::to_string(relation.office);
    if (actor.empty() || matches) found.push_back(schedule_json(relation));
  }
  return found;
}

Json FhirApi::resource_of(const Context& context, const std::string& type, const std::string& id) {
  if (type == "Appointment" && all_digits(id)) {
    const auto found = books_.appointments.find(std::stoll(id));
    const bool ours = found != books_.appointments.end() && found->second.authority == context.authority.id;
    return ours ? shown(found->second) : Json();
  }
  if (type == "Slot") {
    const auto key = fhir_slot_key(id);
    return key && key->start > 0 ? slot_json(context, *key) : Json();
  }
  if (!all_digits(id)) return {};
  if (type == "Location") {
    const auto found = context.authority.offices.find(std::stoll(id));
    return found == context.authority.offices.end() ? Json() : location_json(found->second);
  }
  if (type == "HealthcareService") {
    const auto found = context.authority.services.find(std::stoll(id));
    return found == context.authority.services.end() ? Json() : service_json(context.authority, found->second);
  }
  return {};
}

std::set<std::int64_t> FhirApi::free_starts(const Context& context, const ZmsRelation& relation,
                                            core::Date date) const {
  const ZmsOffice& office = context.authority.offices.at(relation.office);
  std::unordered_map<std::int64_t, int> taken;
  if (context.behaviour.marks_slots) taken = books_.taken(context.authority.id, office.id);
  std::set<std::int64_t> starts;
  for (const std::int64_t start : bookable_starts(office, taken, date, relation.slots, context.now_s)) {
    const FhirSlotKey key{relation.office, relation.service, start};
    const auto mark = books_.marks.find(context.authority.id + " " + key.slot());
    const bool marked = mark != books_.marks.end() && mark->second.busy;
    if (!marked && on_grid(start, relation.slots * office.slot_minutes)) starts.insert(start);
  }
  return starts;
}

bool FhirApi::is_free(const Context& context, const FhirSlotKey& key) const {
  const ZmsRelation* relation = context.authority.relation(key.office, key.service);
  return relation && free_starts(context, *relation, uk_date(key.start)).contains(key.start);
}

Json FhirApi::slot_json(const Context& context, const FhirSlotKey& key) const {
  return slot_json(context, key, is_free(context, key) ? "free" : "busy");
}

Json FhirApi::slot_json(const Context& context, const FhirSlotKey& key, const char* status) const {
  const ZmsRelation* relation = context.authority.relation(key.office, key.service);
  if (!relation) return {};
  const auto stamp = [](std::int64_t epoch_s) {
    // As a server in the kingdom writes it: with its own offset.
    const std::int64_t offset = uk_offset_s(epoch_s);
    const std::string text = core::to_iso8601(core::Instant(std::chrono::seconds(epoch_s + offset)));
    return text.substr(0, 19) + (offset == 0 ? "+00:00" : "+01:00");
  };
  const std::int64_t length =
      std::int64_t{relation->slots} * context.authority.offices.at(key.office).slot_minutes * 60;
  const auto marked = books_.marks.find(context.authority.id + " " + key.slot());
  const FhirMark mark = marked == books_.marks.end() ? FhirMark() : marked->second;
  Json slot{{"resourceType", "Slot"},
            {"id", key.slot()},
            {"meta", {{"versionId", std::to_string(mark.version)}}},
            {"schedule", {{"reference", "Schedule/" + key.schedule()}}},
            {"status", status},
            {"start", stamp(key.start)},
            {"end", stamp(key.start + length)}};
  if (!mark.identifiers.empty()) slot["identifier"] = mark.identifiers;
  return slot;
}

std::vector<Json> FhirApi::slots_of(const Context& context, const FhirSlotKey& schedule) {
  const ZmsRelation* relation = context.authority.relation(schedule.office, schedule.service);
  std::vector<Json> found;
  if (!relation) return found;
  const ZmsOffice& office = context.authority.offices.at(schedule.office);
  Window window{context.now_s, context.now_s + std::int64_t{office.horizon_days + 1} * 86'400};
  for (const auto& [name, value] : context.call.query) {
    if (name == "start" && !narrow(window, value)) ledger_.violation("bad_parameter", context.endpoint, "start");
  }
  const std::string wanted = context.call.param_or_empty("status");
  for (sys_days day{uk_date(window.from)}; day <= sys_days{uk_date(window.to)}; day += days{1}) {
    const std::set<std::int64_t> free = free_starts(context, *relation, core::Date{day});
    for (const std::int64_t start : bookable_starts(office, {}, core::Date{day}, relation->slots, context.now_s)) {
      if (start < window.from || start >= window.to) continue;
      if (!on_grid(start, relation->slots * office.slot_minutes)) continue;
      const char* status = free.contains(start) ? "free" : "busy";
      if (!wanted.empty() && wanted != status) continue;
      found.push_back(slot_json(context, {schedule.office, schedule.service, start}, status));
    }
  }
  return found;
}

std::vector<Json> FhirApi::find_slots(const Context& context) {
  std::vector<Json> found;
  if (const auto token = context.call.param("identifier")) {
    for (const auto& [key, mark] : books_.marks) {
      const std::size_t blank = key.find(' ');
      if (key.substr(0, blank) != context.authority.id) continue;
      if (!has_identifier({{"identifier", mark.identifiers}}, *token)) continue;
      found.push_back(slot_json(context, *fhir_slot_key(key.substr(blank + 1))));
    }
    return found;
  }
  for (const std::string& reference : core::split(context.call.param_or_empty("schedule"), ',')) {
    const auto schedule = fhir_slot_key(referred({{"reference", reference}}, "Schedule"));
    if (!schedule) continue;
    for (Json& slot : slots_of(context, *schedule)) found.push_back(std::move(slot));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Json& a, const Json& b) { return json_text(a, "start") < json_text(b, "start"); });
  return found;
}

// Only a plain store lets clients do this.
Answer FhirApi::put_slot(Context& context) {
  if (context.behaviour.marks_slots) return fhir_refusal(403, "forbidden", "slots are not for clients");
  const auto key = fhir_slot_key(context.id);
  const Json before = key && key->start > 0 ? slot_json(context, *key) : Json();
  if (before.is_null()) return fhir_refusal(404, "not-found", "no such slot");
  FhirMark& mark = books_.marks[context.authority.id + " " + key->slot()];
  if (context.call.header("If-Match") != "W/\"" + std::to_string(mark.version) + "\"")
    return fhir_refusal(412, "conflict", "another version");
  ++mark.version;
  mark.busy = json_text(context.body, "status") != "free";
  mark.identifiers = core::json_array(context.body, "identifier");
  if (changed_) changed_(books_.saved());
  return fhir_answer(slot_json(context, *key));
}

}  // namespace kiosk::sandbox
