#include "tests/sandbox/zms_data.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "kiosk/core/strings.h"

namespace kiosk::sandbox {
namespace {

using core::ErrorKind;
using core::Json;
using core::json_array;
using core::json_object;
using core::json_text;
using core::make_error;

core::Status wrong(const std::string& where, const std::string& what) {
  return make_error(ErrorKind::Invalid, what, where);
}

// "09:30" as minutes after midnight; "24:00" is the day's end.
std::optional<int> minutes_of(const std::string& text) {
  int hours = 0, minutes = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d%c", &hours, &minutes, &rest) != 2) return std::nullopt;
  if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60) return std::nullopt;
  return hours * 60 + minutes;
}

// "MO": ISO numbers; 0 where it is none.
int weekday_of(const std::string& day) {
  static constexpr std::array<std::string_view, 7> kDays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const auto it = std::find(kDays.begin(), kDays.end(), day);
  return it == kDays.end() ? 0 : static_cast<int>(it - kDays.begin()) + 1;
}

core::Result<OpeningSpan> read_span(const Json& json, const std::string& where) {
  const auto from = minutes_of(json_text(json, "from"));
  const auto to = minutes_of(json_text(json, "to"));
  if (!from || !to || *from >= *to)
    return make_error(ErrorKind::Invalid, "\"from\" and \"to\" are no span of a day", where);
  OpeningSpan span{weekday_of(json_text(json, "day")), *from, *to,
                   static_cast<int>(core::json_integer(json, "desks").value_or(1))};
  if (span.weekday == 0) return make_error(ErrorKind::Invalid, "\"day\" is none of MO to SU", where);
  if (span.desks < 1) return make_error(ErrorKind::Invalid, "\"desks\" is not at least 1", where);
  return span;
}

// The office as its scope repeats it: with coordinates as numbers.
Json provider_of(const ZmsOffice& office) {
  const Json& address = json_object(office.object, "address");
  const auto degrees = [&](const char* name) {
    const auto number = core::json_number(json_object(office.object, "geo"), name);
    return number ? Json(*number) : Json();
  };
  return {{"id", office.id},
          {"name", office.name()},
          {"displayName", office.name()},
          {"source", "zms"},
          {"lat", degrees("lat")},
          {"lon", degrees("lon")},
          {"contact",
           {{"city", json_text(address, "city")},
            {"country", "GB"},
            {"name", office.name()},
            {"postalCode", json_text(address, "postal_code")},
            {"region", nullptr},
            {"street", json_text(address, "street")},
            {"streetNumber", json_text(address, "house_number")}}}};
}

// Everything a scope may say, at its usual value; what the data says wins.
Json full_scope(const ZmsOffice& office, const Json& given) {
  Json scope{{"id", office.id + 500'000},
             {"provider", provider_of(office)},
             {"shortName", office.name()},
             {"emailFrom", "no-reply@example.test"},
             {"emailRequired", false},
             {"telephoneActivated", true},
             {"telephoneRequired", false},
             {"customTextfieldActivated", false},
             {"customTextfieldRequired", false},
             {"customTextfieldLabel", ""},
             {"customTextfield2Activated", false},
             {"customTextfield2Required", false},
             {"customTextfield2Label", ""},
             {"captchaActivatedRequired", false},
             {"infoForAppointment", nullptr},
             {"infoForAllAppointments", nullptr},
             {"slotsPerAppointment", nullptr},
             {"appointmentsPerMail", nullptr},
             {"whitelistedMails", nullptr},
             {"reservationDuration", 15},
             {"activationDuration", 30},
             {"hint", nullptr}};
  scope.update(given);
  return scope;
}

// The type drift of the real API is kept: integer ids, coordinates as text here and as numbers in the scope.
Json full_office(const ZmsOffice& office, const Json& given) {
  Json object{{"id", office.id},
              {"name", json_text(given, "name")},
              {"address", nullptr},
              {"showAlternativeLocations", true},
              {"displayNameAlternatives", Json::array()},
              {"organization", ""},
              {"organizationUnit", ""},
              {"slotTimeInMinutes", office.slot_minutes},
              {"geo", nullptr},
              {"disabledByServices", Json::array()},
              {"priority", 1},
              {"slotsPerAppointment", nullptr},
              {"parentId", nullptr},
              {"allowDisabledServicesMix", nullptr},
              {"sharedBookingOfficeIds", nullptr}};
  for (const auto& [key, value] : given.items()) {
    if (object.contains(key) && key != "id") object[key] = value;
  }
  if (const Json& geo = json_object(given, "geo"); !geo.empty())
    object["geo"] = {{"lat", json_text(geo, "lat")}, {"lon", json_text(geo, "lon")}};
  if (object["address"].is_object() && !object["address"].contains("hint")) object["address"]["hint"] = false;
  return object;
}

core::Status read_pattern(const Json& json, ZmsAuthority& authority) {
  const std::int64_t id = core::json_integer(json, "officeId").value_or(0);
  const std::string where = authority.id + ".patterns." + std::to_string(id);
  const auto it = authority.offices.find(id);
  if (it == authority.offices.end()) return wrong(where, "names an office that is not there");
  ZmsOffice& office = it->second;
  for (const Json& span : json_array(json, "weekly")) {
    KIOSK_TRY(OpeningSpan read, read_span(span, where + ".weekly"));
    office.opening.push_back(read);
  }
  for (const Json& date : json_array(json, "closedDates")) {
    if (!date.is_string() || !core::parse_iso_date(date.get<std::string>()))
      return wrong(where + ".closedDates", "no date: " + date.dump());
    office.closed.insert(date.get<std::string>());
  }
  office.busy = core::json_number(json, "busy").value_or(0);
  if (office.busy < 0 || office.busy > 1) return wrong(where + ".busy", "not within 0..1");
  office.lead_days = static_cast<int>(core::json_integer(json, "leadDays").value_or(office.lead_days));
  office.horizon_days = static_cast<int>(core::json_integer(json, "horizonDays").value_or(office.horizon_days));
  return {};
}

core::Result<ZmsOffice> read_office(const Json& json, const std::string& authority) {
  ZmsOffice office;
  office.id = core::json_integer(json, "id").value_or(0);
  const std::string where = authority + ".offices." + std::to_string(office.id);
  if (office.id <= 0) return make_error(ErrorKind::Invalid, "an office without a numeric id", where);
  office.slot_minutes = static_cast<int>(core::json_integer(json, "slotTimeInMinutes").value_or(10));
  if (office.slot_minutes < 1 || office.slot_minutes > 480)
    return make_error(ErrorKind::Invalid, "\"slotTimeInMinutes\" is not within 1..480", where);
  office.object = full_office(office, json);
  office.scope = full_scope(office, json_object(json, "scope"));
  office.object["scope"] = office.scope;
  return office;
}

core::Result<ZmsService> read_service(const Json& json, const std::string& authority) {
  ZmsService service;
  service.id = core::json_integer(json, "id").value_or(0);
  if (service.id <= 0) return make_error(ErrorKind::Invalid, "a service without a numeric id", authority + ".services");
  service.object = {{"id", service.id},        {"name", json_text(json, "name")},
                    {"maxQuantity", 1},        {"combinable", Json::array()},
                    {"parentId", nullptr},     {"variantId", nullptr},
                    {"rootParentId", nullptr}, {"showOnStartPage", true}};
  for (const auto& [key, value] : json.items()) {
    if (service.object.contains(key) && key != "id") service.object[key] = value;
  }
  return service;
}

core::Status read_relation(const Json& json, ZmsAuthority& authority) {
  ZmsRelation relation;
  relation.office = core::json_integer(json, "officeId").value_or(0);
  relation.service = core::json_integer(json, "serviceId").value_or(0);
  relation.slots = static_cast<int>(core::json_integer(json, "slots").value_or(1));
  relation.max_quantity = static_cast<int>(core::json_integer(json, "maxQuantity").value_or(0));
  if (!authority.offices.count(relation.office) || !authority.services.count(relation.service))
    return wrong(authority.id + ".relations", "names an office or service that is not there: " + json.dump());
  if (relation.slots < 1) return wrong(authority.id + ".relations", "\"slots\" is not at least 1");
  relation.object = {{"officeId", relation.office},
                     {"serviceId", relation.service},
                     {"slots", relation.slots},
                     {"public", core::json_bool(json, "public").value_or(true)},
                     {"maxQuantity", json.contains("maxQuantity") ? json["maxQuantity"] : Json()}};
  authority.relations.push_back(std::move(relation));
  return {};
}

core::Result<ZmsAuthority> read_backend(const Json& json) {
  ZmsAuthority authority;
  authority.id = json_text(json, "id");
  if (authority.id.empty()) return make_error(ErrorKind::Invalid, "a back end without \"id\"", "appointments");
  for (const Json& office : json_array(json, "offices")) {
    KIOSK_TRY(ZmsOffice read, read_office(office, authority.id));
    authority.offices[read.id] = std::move(read);
  }
  for (const Json& service : json_array(json, "services")) {
    KIOSK_TRY(ZmsService read, read_service(service, authority.id));
    authority.services[read.id] = std::move(read);
  }
  for (const Json& relation : json_array(json, "relations")) KIOSK_CHECK(read_relation(relation, authority));
  for (const Json& pattern : json_array(json, "patterns")) KIOSK_CHECK(read_pattern(pattern, authority));
  return authority;
}

}  // namespace

int ZmsOffice::most_slots() const {
  for (const Json* one : {&object, &scope}) {
    const auto most = core::json_integer(*one, "slotsPerAppointment");
    if (most && *most > 0) return static_cast<int>(*most);
  }
  return 25;
}

const ZmsRelation* ZmsAuthority::relation(std::int64_t office, std::int64_t service) const {
  for (const ZmsRelation& one : relations) {
    if (one.office == office && one.service == service) return &one;
  }
  return nullptr;
}

core::Result<ZmsMap> read_appointments(const Json& json) {
  ZmsMap map;
  if (json.is_null()) return map;
  if (!json.is_object() || !json.contains("backends") || !json["backends"].is_array())
    return make_error(ErrorKind::Invalid, "\"backends\" is no array", "appointments");
  for (const Json& backend : json["backends"]) {
    KIOSK_TRY(ZmsAuthority read, read_backend(backend));
    map[read.id] = std::move(read);
  }
  return map;
}

}  // namespace kiosk::sandbox
