#include "tests/sandbox/fhir_books.h"

#include <cstdio>

#include "kiosk/core/clock.h"
#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_array;
using core::json_object;
using core::json_text;

Json contact_of(const Json& resource) {
  Json contact{{"family_name", ""}, {"email", ""}, {"telephone", ""}};
  for (const Json& person : json_array(resource, "contained")) {
    for (const Json& name : json_array(person, "name")) contact["family_name"] = json_text(name, "text");
    for (const Json& point : json_array(person, "telecom")) {
      contact[json_text(point, "system") == "email" ? "email" : "telephone"] = json_text(point, "value");
    }
  }
  return contact;
}

// In the ledger's words, which are the same for all appointment systems.
std::string ledger_status(const std::string& status) {
  if (status == "booked") return "confirmed";
  return status == "cancelled" ? "deleted" : status;
}

Json saved_appointment(const FhirAppointment& one) {
  return {{"id", one.id},
          {"authority", one.authority},
          {"slot", one.slot.slot()},
          {"version", one.version},
          {"slot_count", one.slot_count},
          {"slot_minutes", one.slot_minutes},
          {"resource", one.resource},
          {"changed_at", one.changed_at},
          {"history", one.history}};
}

}  // namespace

std::optional<FhirSlotKey> fhir_slot_key(const std::string& id) {
  const std::vector<std::string> parts = core::split(id, '-');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  for (const std::string& part : parts) {
    if (!all_digits(part)) return std::nullopt;
  }
  return FhirSlotKey{std::stoll(parts[0]), std::stoll(parts[1]), parts.size() == 3 ? std::stoll(parts[2]) : 0};
}

FhirAppointment& FhirBooks::add(FhirAppointment appointment) {
  appointment.id = appointments.empty() ? 200'001 : appointments.rbegin()->first + 1;
  return appointments[appointment.id] = std::move(appointment);
}

std::vector<FhirAppointment*> FhirBooks::with_identifier(const std::string& authority, const std::string& token) {
  std::vector<FhirAppointment*> found;
  for (auto& [id, one] : appointments) {
    if (one.authority == authority && has_identifier(one.resource, token)) found.push_back(&one);
  }
  return found;
}

std::unordered_map<std::int64_t, int> FhirBooks::taken(const std::string& authority, std::int64_t office) const {
  std::unordered_map<std::int64_t, int> taken;
  for (const auto& [id, one] : appointments) {
    if (one.authority != authority || one.slot.office != office || !one.holds_slot()) continue;
    for (int i = 0; i < one.slot_count; ++i) ++taken[one.slot.start + std::int64_t{i} * one.slot_minutes * 60];
  }
  return taken;
}

Json FhirBooks::ledger_json() const {
  Json list = Json::array();
  for (const auto& [id, one] : appointments) {
    const core::Instant start{std::chrono::seconds(one.slot.start)};
    list.push_back({{"process_id", id},
                    {"authority", one.authority},
                    {"system", "fhir"},
                    {"auth_key", ""},
                    {"office_id", one.slot.office},
                    {"services", {{{"id", one.slot.service}, {"count", 1}}}},
                    {"timestamp", one.slot.start},
                    {"starts_at", core::to_iso8601(start)},
                    {"slot_count", one.slot_count},
                    {"status", ledger_status(one.status())},
                    {"identifier", one.resource.contains("identifier") ? one.resource["identifier"] : Json()},
                    {"contact", contact_of(one.resource)},
                    {"history", one.history}});
  }
  return list;
}

Json FhirBooks::saved() const {
  Json list = Json::array(), marked = Json::array();
  for (const auto& [id, one] : appointments) list.push_back(saved_appointment(one));
  for (const auto& [key, mark] : marks) {
    marked.push_back({{"key", key}, {"version", mark.version}, {"busy", mark.busy}, {"identifiers", mark.identifiers}});
  }
  return {{"appointments", list}, {"marks", marked}};
}

void FhirBooks::restore(const Json& saved) {
  appointments.clear();
  marks.clear();
  const auto number = [](const Json& json, const char* key) { return core::json_integer(json, key).value_or(1); };
  for (const Json& json : json_array(saved, "appointments")) {
    const auto slot = fhir_slot_key(json_text(json, "slot"));
    if (!slot) continue;
    FhirAppointment one{number(json, "id"), json_text(json, "authority"), *slot};
    one.version = static_cast<int>(number(json, "version"));
    one.slot_count = static_cast<int>(number(json, "slot_count"));
    one.slot_minutes = static_cast<int>(number(json, "slot_minutes"));
    one.resource = json_object(json, "resource");
    one.changed_at = json_text(json, "changed_at");
    one.history = json_array(json, "history");
    appointments[one.id] = std::move(one);
  }
  for (const Json& json : json_array(saved, "marks")) {
    marks[json_text(json, "key")] = {static_cast<int>(number(json, "version")),
                                     core::json_bool(json, "busy").value_or(false), json_array(json, "identifiers")};
  }
}

Json shown(const FhirAppointment& appointment) {
  Json resource = appointment.resource;
  resource["id"] = std::to_string(appointment.id);
  resource["meta"] = {{"versionId", std::to_string(appointment.version)}, {"lastUpdated", appointment.changed_at}};
  return resource;
}

bool has_identifier(const Json& resource, const std::string& token) {
  for (const Json& identifier : json_array(resource, "identifier")) {
    if (json_text(identifier, "system") + "|" + json_text(identifier, "value") == token) return true;
  }
  return false;
}

std::string referred(const Json& reference, const std::string& type) {
  const std::string text = json_text(reference, "reference");
  return text.compare(0, type.size() + 1, type + "/") == 0 ? text.substr(type.size() + 1) : std::string();
}

Answer fhir_answer(const Json& resource, int status) {
  Answer answer = Answer::json(resource, status);
  answer.content_type = "application/fhir+json;charset=utf-8";
  const std::string version = json_text(json_object(resource, "meta"), "versionId");
  if (!version.empty()) answer.headers.emplace_back("ETag", "W/\"" + version + "\"");
  return answer;
}

Answer fhir_refusal(int status, const std::string& code, const std::string& diagnostics) {
  return fhir_answer({{"resourceType", "OperationOutcome"},
                      {"issue", {{{"severity", "error"}, {"code", code}, {"diagnostics", diagnostics}}}}},
                     status);
}

}  // namespace kiosk::sandbox
