// The life of one Appointment: created, conditionally or not, found by its identifier, cancelled.
#include "kiosk/core/strings.h"
#include "tests/sandbox/fhir_api.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_array;
using core::json_object;
using core::json_text;

std::string percent_decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size()) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  return out;
}

// The person, where one is contained and a participant.
const Json* person_of(const Json& body) {
  for (const Json& person : json_array(body, "contained")) {
    for (const Json& participant : json_array(body, "participant")) {
      if (json_text(json_object(participant, "actor"), "reference") == "#" + json_text(person, "id")) return &person;
    }
  }
  return nullptr;
}

bool has_telecom(const Json& person, const std::string& system) {
  for (const Json& point : json_array(person, "telecom")) {
    if (json_text(point, "system") == system && !json_text(point, "value").empty()) return true;
  }
  return false;
}

Json without_status(Json resource) {
  for (const char* member : {"status", "meta", "id"}) resource.erase(member);
  return resource;
}

void note(FhirAppointment& appointment, const std::string& event, const SandboxClock& clock) {
  appointment.changed_at = core::to_iso8601(clock.now());
  appointment.history.push_back({{"at", appointment.changed_at}, {"event", event}});
}

}  // namespace

std::vector<Json> FhirApi::find_appointments(Context& context) {
  std::vector<Json> found;
  for (FhirAppointment* one : books_.with_identifier(context.authority.id, context.call.param_or_empty("identifier"))) {
    found.push_back(shown(*one));
    // Somebody there has said yes meanwhile; it shows from the next look on.
    if (context.behaviour.accepts_requests && one->status() == "pending") {
      one->resource["status"] = "booked";
      ++one->version;
      note(*one, "accepted", clock_);
    }
  }
  return found;
}

// If-None-Exist: one that matches is the answer, several are none.
std::optional<Answer> FhirApi::known_already(Context& context) {
  const std::string condition = context.call.header("If-None-Exist");
  if (condition.empty()) {
    ledger_.violation("missing_if_none_exist", context.endpoint, "an appointment may be doubled");
    return std::nullopt;
  }
  if (!context.behaviour.if_none_exist || condition.compare(0, 11, "identifier=") != 0) return std::nullopt;
  const auto known = books_.with_identifier(context.authority.id, percent_decoded(condition.substr(11)));
  if (known.empty()) return std::nullopt;
  if (known.size() > 1) return fhir_refusal(412, "multiple-matches", "several match");
  return fhir_answer(shown(*known.front()), 200);
}

std::optional<Answer> FhirApi::refusal(const Context& context, const FhirSlotKey& key) {
  const Json* person = person_of(context.body);
  const bool named = person && !json_array(*person, "name").empty();
  if (!named) return fhir_refusal(422, "required", "no participant with a name");
  const auto office = context.authority.offices.find(key.office);
  if (office == context.authority.offices.end()) return fhir_refusal(422, "value", "no such slot");
  // Repeats what was sent, as servers do.
  const std::string name = json_text((*person)["name"][0], "text");
  if (office->second.flag("telephoneRequired") && !has_telecom(*person, "phone"))
    return fhir_refusal(422, "required", "Patient.telecom of " + name + " has no telephone");
  if (key.start <= context.now_s) return fhir_refusal(422, "business-rule", "it would be in the past");
  if (context.behaviour.marks_slots && !is_free(context, key))
    return fhir_refusal(409, "conflict", "Slot " + key.slot() + " is not free for " + name);
  return std::nullopt;
}

Answer FhirApi::create(Context& context) {
  if (auto known = known_already(context)) return std::move(*known);
  const Json& slots = json_array(context.body, "slot");
  const auto key = slots.size() == 1 ? fhir_slot_key(referred(slots[0], "Slot")) : std::nullopt;
  if (!key || !context.authority.relation(key->office, key->service)) return fhir_refusal(422, "value", "no such slot");
  if (auto refused = refusal(context, *key)) return std::move(*refused);
  FhirAppointment appointment{0, context.authority.id, *key};
  appointment.slot_count = context.authority.relation(key->office, key->service)->slots;
  appointment.slot_minutes = context.authority.offices.at(key->office).slot_minutes;
  appointment.resource = without_status(context.body);
  const bool requested = context.behaviour.requests_only || context.behaviour.accepts_requests;
  appointment.resource["status"] = requested ? "pending" : "booked";
  if (!context.behaviour.keeps_identifiers) appointment.resource.erase("identifier");
  note(appointment, requested ? "requested" : "booked", clock_);
  FhirAppointment& added = books_.add(std::move(appointment));
  changed("booked", added);
  Answer answer = fhir_answer(shown(added), 201);
  answer.headers.emplace_back("Location", context.base + "/Appointment/" + std::to_string(added.id));
  return answer;
}

Answer FhirApi::cancel(Context& context) {
  const auto key = core::json_integer({{"id", context.id}}, "id");
  const auto found = books_.appointments.find(key.value_or(0));
  if (found == books_.appointments.end() || found->second.authority != context.authority.id)
    return fhir_refusal(404, "not-found", "no such appointment");
  FhirAppointment& appointment = found->second;
  if (context.call.header("If-Match").empty())
    ledger_.violation("missing_if_match", context.endpoint, "somebody else's change may be lost");
  else if (context.call.header("If-Match") != "W/\"" + std::to_string(appointment.version) + "\"")
    return fhir_refusal(412, "conflict", "another version");
  if (without_status(context.body) != without_status(appointment.resource))
    return fhir_refusal(422, "business-rule", "only the status may be changed");
  if (json_text(context.body, "status") != "cancelled") return fhir_refusal(422, "business-rule", "only to cancelled");
  if (appointment.slot.start <= context.now_s) return fhir_refusal(422, "business-rule", "it has begun");
  appointment.resource["status"] = "cancelled";
  ++appointment.version;
  note(appointment, "cancelled", clock_);
  changed("cancelled", appointment);
  return fhir_answer(shown(appointment));
}

}  // namespace kiosk::sandbox
