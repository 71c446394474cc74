// The filters of the three dialects, for feeds that obey them. Distance is left out: it needs a gazetteer, and clients
// may not depend on it.
#include "kiosk/core/clock.h"
#include "kiosk/core/strings.h"
#include "tests/sandbox/directory_api.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_array;
using core::json_object;
using core::json_text;

bool contains_folded(const std::string& text, const std::string& wanted) {
  return core::to_lower_ascii(text).find(core::to_lower_ascii(wanted)) != std::string::npos;
}

bool has_term(const Json& service, const std::string& wanted, std::initializer_list<const char*> members) {
  for (const Json& attribute : json_array(service, "attributes")) {
    for (const char* member : members) {
      if (json_text(json_object(attribute, "taxonomy_term"), member) == wanted) return true;
    }
  }
  return false;
}

bool fits_ages(const Call& call, const Json& service) {
  const auto wanted = [&](const char* name) {
    return core::json_number(Json{{name, call.param_or_empty(name)}}, name);
  };
  const auto from = core::json_number(service, "minimum_age");
  const auto to = core::json_number(service, "maximum_age");
  if (const auto youngest = wanted("minimum_age"); youngest && to && *to >= 0 && *to < *youngest) return false;
  if (const auto oldest = wanted("maximum_age"); oldest && from && *from > *oldest) return false;
  return true;
}

bool any_on_day(const Json& schedules, const std::string& day) {
  for (const Json& schedule : schedules) {
    if (json_text(schedule, "byday").find(day) != std::string::npos) return true;
  }
  return false;
}

bool open_on(const Json& service, const std::string& day) {
  if (any_on_day(json_array(service, "schedules"), day)) return true;
  for (const Json& place : json_array(service, "service_at_locations")) {
    if (any_on_day(json_array(place, "schedules"), day)) return true;
  }
  return false;
}

bool modified_since(const Json& service, const std::string& wanted) {
  const auto asked = core::parse_iso8601(wanted.size() == 10 ? wanted + "T00:00:00Z" : wanted);
  const auto modified = core::parse_iso8601(json_text(service, "last_modified"));
  return !asked || (modified && *modified >= *asked);
}

}  // namespace

bool passes_filters(const Call& call, Dialect dialect, const Json& service) {
  const std::string text = call.param_or_empty(dialect == Dialect::Oruk1 ? "text" : "search");
  if (!text.empty() && !contains_folded(json_text(service, "name") + "\n" + json_text(service, "description"), text))
    return false;
  if (const auto id = call.param("organization_id"); id && json_text(json_object(service, "organization"), "id") != *id)
    return false;
  if (const auto id = call.param("taxonomy_term_id"); id && !has_term(service, *id, {"id", "code"})) return false;
  if (const auto id = call.param("taxonomy_id")) {
    const bool term_wanted = dialect == Dialect::Oruk1;  // 1.0 calls a term a taxonomy
    if (term_wanted ? !has_term(service, *id, {"id", "code", "term_uri"})
                    : !has_term(service, *id, {"taxonomy_id", "taxonomy"}))
      return false;
  }
  if (const auto since = call.param("modified_after"); since && !modified_since(service, *since)) return false;
  if (const auto day = call.param("day"); day && !open_on(service, *day)) return false;
  return fits_ages(call, service);
}

}  // namespace kiosk::sandbox
