// What is sent to a FHIR server, and how it is kept out of memory afterwards.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/promises/fhir_parse.h"
#include "kiosk/promises/secret_json.h"

namespace kiosk::promises::fhir {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::SecretText;

constexpr std::size_t kLongestPersonName = 200;  // bytes are counted by none of the servers, but there is an end to it
constexpr std::size_t kLongestEmail = 254;

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at != text.rfind('@') || text.size() > kLongestEmail) return false;
  const std::size_t dot = text.find('.', at);
  if (dot == std::string_view::npos || dot == at + 1 || text.back() == '.') return false;
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

bool is_telephone(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 7 && digits <= 15 && text.find_first_not_of("0123456789 +-()") == std::string_view::npos;
}

SecretText contact_point(std::string_view system, std::string_view value) {
  return value.empty() ? SecretText() : object_of({{"system", system}, {"value", value}});
}

SecretText person_of(const Details& details) {
  const SecretText name = object_of({{"use", "usual"}, {"text", core::trim(details.name.reveal())}});
  const SecretText names = array_of({name.reveal()});
  const SecretText telephone = contact_point("phone", core::trim(details.telephone.reveal()));
  const SecretText email = contact_point("email", core::trim(details.email.reveal()));
  const SecretText telecom = array_of({telephone.reveal(), email.reveal()});
  const bool reachable = !telephone.empty() || !email.empty();
  return object_of({{"resourceType", "Patient"},
                    {"id", "person"},
                    {"name", names.reveal(), true},
                    {"telecom", reachable ? std::string_view(telecom.reveal()) : std::string_view(), true}});
}

Json participant(const std::string& reference) {
  return {{"actor", {{"reference", reference}}}, {"status", "accepted"}};
}

SecretText as_secret(Json& resource) {
  SecretText text(core::dump_json(resource));
  wipe(resource);
  return text;
}

Json without_identifier(const Json& list, const std::string& identifier) {
  Json kept = Json::array();
  for (const Json& entry : list) {
    if (core::json_text(entry, "value") != identifier) kept.push_back(entry);
  }
  return kept;
}

}  // namespace

core::Status check_details(const Details& details) {
  const auto wrong = [](const char* what) { return make_error(ErrorKind::Invalid, what, "details"); };
  const std::string_view name = core::trim(details.name.reveal());
  if (name.empty()) return wrong("required: the name is missing");
  if (name.size() > kLongestPersonName) return wrong("too-long: the name is too long");
  const std::string_view email = core::trim(details.email.reveal());
  if (!email.empty() && !is_email(email)) return wrong("value: this is no e-mail address");
  const std::string_view telephone = core::trim(details.telephone.reveal());
  if (!telephone.empty() && !is_telephone(telephone)) return wrong("value: this is no telephone number");
  return {};
}

SecretText appointment_body(const NewAppointment& appointment, const Details& details) {
  const SecretText person = person_of(details);
  const SecretText contained = array_of({person.reveal()});
  const Json identifiers = {{{"system", kUriSystem}, {"value", appointment.identifier}}};
  const Json slots = {{{"reference", "Slot/" + appointment.slot_id}}};
  const Json participants = {participant("#person"), participant("Location/" + appointment.office_id),
                             participant("HealthcareService/" + appointment.service_id)};
  return object_of({{"resourceType", "Appointment"},
                    {"contained", contained.reveal(), true},
                    {"identifier", core::dump_json(identifiers), true},
                    {"status", "booked"},
                    {"description", appointment.description},
                    {"start", core::to_iso8601(appointment.start)},
                    {"end", core::to_iso8601(appointment.end)},
                    {"created", core::to_iso8601(appointment.created)},
                    {"slot", core::dump_json(slots), true},
                    {"participant", core::dump_json(participants), true}});
}

SecretText with_status(Json resource, const char* status) {
  resource["status"] = status;
  return as_secret(resource);
}

SecretText claimed_slot(Json resource, const std::string& identifier) {
  Json identifiers = without_identifier(core::json_array(resource, "identifier"), identifier);
  identifiers.insert(identifiers.begin(), Json{{"system", kUriSystem}, {"value", identifier}});
  resource["identifier"] = std::move(identifiers);
  return with_status(std::move(resource), "busy");
}

SecretText freed_slot(Json resource, const std::string& identifier) {
  Json kept = without_identifier(core::json_array(resource, "identifier"), identifier);
  resource.erase("identifier");
  if (!kept.empty()) resource["identifier"] = std::move(kept);  // R4 knows no empty lists
  return with_status(std::move(resource), "free");
}

void wipe(Json& json) {
  if (json.is_string()) core::wipe(json.get_ref<std::string&>());
  if (!json.is_structured()) return;
  for (Json& child : json) wipe(child);
}

}  // namespace kiosk::promises::fhir
