#include "tests/sandbox/fhir_api.h"

#include <algorithm>
#include <set>

#include "kiosk/core/strings.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

// What each type may be searched by.
const std::map<std::string, std::set<std::string>>& parameters() {
  static const std::map<std::string, std::set<std::string>> kKnown{
      {"Schedule", {"actor", "active", "_include", "_count", "_offset"}},
      {"Slot", {"schedule", "status", "start", "identifier", "_include", "_sort", "_count", "_offset"}},
      {"Appointment", {"identifier", "_count", "_offset"}}};
  return kKnown;
}

int number_or(const Call& call, const char* name, int otherwise) {
  const std::string text = call.param_or_empty(name);
  return text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != text.npos ? otherwise
                                                                                              : std::stoi(text);
}

std::string query_with_offset(const Call& call, int offset) {
  std::string query;
  for (const auto& [name, value] : call.query) {
    if (name == "_offset") continue;
    std::string encoded;
    for (const char c : value) encoded += c == '|' ? "%7C" : c == ':' ? "%3A" : std::string(1, c);
    query += (query.empty() ? "?" : "&") + name + "=" + encoded;
  }
  return query + (query.empty() ? "?" : "&") + "_offset=" + std::to_string(offset);
}

bool is_fhir_json(const Call& call) {
  const std::string type = core::to_lower_ascii(call.header("Content-Type"));
  return type.compare(0, 21, "application/fhir+json") == 0;
}

}  // namespace

Answer FhirApi::answer(const Call& call, const std::string& authority, const std::string& rest,
                       const std::string& endpoint, const FhirBehaviour& behaviour) {
  const std::lock_guard lock(mutex_);
  const auto found = authorities_.find(authority);
  const std::vector<std::string> parts = core::split(rest, '/');
  if (found == authorities_.end() || parts.empty() || parts.size() > 2)
    return fhir_refusal(404, "not-found", "no such address");
  if (behaviour.needs_token && call.header("Authorization") != std::string("Bearer ") + kFhirToken)
    return fhir_refusal(401, "login", "sign in");
  Context context{call, found->second, behaviour, {}, endpoint, parts[0], {}, {}, clock_.epoch_s()};
  context.base = "http://" + call.header("Host") + "/fhir/" + authority + "/r4";
  if (parts.size() == 2) context.id = parts[1];
  const bool remembers = behaviour.search_cache && call.method == "GET" && context.id.empty();
  std::string key = call.path;
  for (const auto& [name, value] : call.query) key += "&" + name + "=" + value;
  const bool wants_new = call.header("Cache-Control").find("no-cache") != std::string::npos;
  if (remembers && !wants_new && remembered_.contains(key)) return remembered_[key];
  Answer answer = dispatch(context);
  if (remembers) remembered_[key] = answer;
  return answer;
}

Answer FhirApi::dispatch(Context& context) {
  if (context.call.method == "GET") return context.id.empty() ? search(context) : read(context);
  if (context.call.method == "POST" || context.call.method == "PUT") return write(context);
  return fhir_refusal(405, "not-supported", "no such interaction");
}

Answer FhirApi::search(Context& context) {
  const auto known = parameters().find(context.type);
  if (known == parameters().end()) return fhir_refusal(404, "not-supported", "no such type");
  for (const auto& [name, value] : context.call.query) {
    if (known->second.contains(name)) continue;
    ledger_.violation("unknown_parameter", context.endpoint, name);
    return fhir_refusal(400, "not-supported", "unknown search parameter");
  }
  std::vector<Json> found;
  if (context.type == "Schedule") found = find_schedules(context);
  if (context.type == "Slot") found = find_slots(context);
  if (context.type == "Appointment") found = find_appointments(context);
  const int page = std::max(1, std::min(number_or(context.call, "_count", 50), context.behaviour.page_size));
  const int first = number_or(context.call, "_offset", 0);
  Json entries = Json::array(), links = Json::array();
  for (std::size_t i = static_cast<std::size_t>(first);
       i < found.size() && entries.size() < static_cast<std::size_t>(page); ++i) {
    const std::string url = context.base + "/" + context.type + "/" + core::json_text(found[i], "id");
    entries.push_back({{"fullUrl", url}, {"resource", found[i]}, {"search", {{"mode", "match"}}}});
  }
  if (static_cast<std::size_t>(first + page) < found.size())
    links.push_back({{"relation", "next"},
                     {"url", context.base + "/" + context.type + query_with_offset(context.call, first + page)}});
  if (context.call.param("_include") && context.behaviour.includes && context.type == "Schedule") {
    std::set<std::string> included;
    for (const Json& schedule : found) {
      const std::string office = referred(schedule["actor"][1], "Location");
      if (included.insert(office).second)
        entries.push_back({{"resource", resource_of(context, "Location", office)}, {"search", {{"mode", "include"}}}});
    }
  }
  Json bundle{{"resourceType", "Bundle"}, {"type", "searchset"}, {"total", found.size()}, {"link", links}};
  if (!entries.empty()) bundle["entry"] = std::move(entries);  // R4 knows no empty lists
  return fhir_answer(bundle);
}

Answer FhirApi::read(Context& context) {
  const Json resource = resource_of(context, context.type, context.id);
  return resource.is_null() ? fhir_refusal(404, "not-found", "no such resource") : fhir_answer(resource);
}

Answer FhirApi::write(Context& context) {
  if (!is_fhir_json(context.call)) {
    ledger_.violation("wrong_content_type", context.endpoint, "application/fhir+json is expected");
    return fhir_refusal(415, "not-supported", "not application/fhir+json");
  }
  auto body = core::parse_json(context.call.body, "body", 20);
  if (!body || core::json_text(*body, "resourceType") != context.type) {
    ledger_.violation("bad_body", context.endpoint, "not a resource of the type");
    return fhir_refusal(400, "structure", "not a resource of this type");
  }
  context.body = std::move(*body);
  const bool creates = context.call.method == "POST";
  if (creates && context.type == "Appointment" && context.id.empty()) return create(context);
  if (!creates && context.type == "Appointment" && !context.id.empty()) return cancel(context);
  if (!creates && context.type == "Slot" && !context.id.empty()) return put_slot(context);
  return fhir_refusal(405, "not-supported", "no such interaction");
}

Json FhirApi::bookings_json() {
  const std::lock_guard lock(mutex_);
  return books_.ledger_json();
}

Json FhirApi::saved() {
  const std::lock_guard lock(mutex_);
  return books_.saved();
}

void FhirApi::restore(const Json& saved) {
  const std::lock_guard lock(mutex_);
  books_.restore(saved);
}

void FhirApi::reset() {
  const std::lock_guard lock(mutex_);
  books_ = {};
  remembered_.clear();
}

void FhirApi::changed(const std::string& effect, const FhirAppointment& appointment) {
  ledger_.effect(effect, {{"process_id", appointment.id}, {"authority", appointment.authority}});
  if (changed_) changed_(books_.saved());
}

}  // namespace kiosk::sandbox
