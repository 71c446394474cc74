#include "tests/sandbox/convert.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <set>

#include "kiosk/core/strings.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_array;
using core::json_object;
using core::json_text;

using Names = std::initializer_list<const char*>;

void erase(Json& object, Names names) {
  for (const char* name : names) object.erase(name);
}

void copy(const Json& from, Json& to, Names names) {
  for (const char* name : names) {
    if (from.contains(name) && !from[name].is_null()) to[name] = from[name];
  }
}

// Texts that may be empty in the source but have a form to keep in the target.
void copy_filled(const Json& from, Json& to, Names names) {
  for (const char* name : names) {
    if (!json_text(from, name).empty()) to[name] = from[name];
  }
}

bool is_web_address(const std::string& text) {
  return text.compare(0, 7, "http://") == 0 || text.compare(0, 8, "https://") == 0;
}

void copy_url(const Json& from, const char* from_name, Json& to, const char* to_name) {
  if (const std::string url = json_text(from, from_name); is_web_address(url)) to[to_name] = url;
}

template <class Convert>
Json each(const Json& list, Convert convert) {
  Json out = Json::array();
  for (const Json& item : list) {
    if (item.is_object()) out.push_back(convert(item));
  }
  return out;
}

// ---- ORUK 3.0: what the profile takes away and adds, wherever it stands ----

void cut_schedule(Json& schedule) { erase(schedule, {"timezone", "until", "count", "wkst", "byweekno", "byyearday"}); }

void cut_contact(Json& contact) { erase(contact, {"email", "department"}); }  // real feeds keep sending phones

void cut_attribute(Json& attribute) {
  erase(attribute, {"value", "link_entity"});
  if (!attribute.contains("taxonomy_term") || !attribute["taxonomy_term"].is_object()) return;
  Json& term = attribute["taxonomy_term"];
  erase(term, {"code", "taxonomy_detail", "language"});
  term["term"] = term.value("name", Json());
}

void cut_by_key(const std::string& key, Json& item) {
  if (key == "schedules") cut_schedule(item);
  if (key == "contacts") cut_contact(item);
  if (key == "attributes") cut_attribute(item);
  if (key == "addresses") erase(item, {"address_2"});
  if (key == "cost_options") erase(item, {"currency"});
  if (key == "languages") erase(item, {"code", "name", "note"});
  if (key == "service_areas" && item.contains("name")) item["service_area"] = item["name"];
  if (key == "service_areas") erase(item, {"description"});
  if (key == "accessibility" && item.contains("description")) item["accessibility"] = item["description"];
}

void cut_everywhere(Json& value) {
  if (!value.is_structured()) return;
  if (value.is_object()) {
    value.erase("metadata");
    for (auto& [key, list] : value.items()) {
      if (!list.is_array()) continue;
      for (Json& item : list) {
        if (item.is_object()) cut_by_key(key, item);
      }
    }
    if (value.contains("location_type"))
      erase(value, {"phones", "schedules", "contacts", "languages", "transportation", "alternate_name", "url"});
  }
  for (Json& member : value) cut_everywhere(member);
}

void cut_service(Json& service) {
  erase(service, {"phones", "program", "program_id", "required_documents", "alternate_name", "application_process",
                  "eligibility_description", "interpretation_services", "licenses", "wait_time"});
  // The profile has one free text about money; publishers keep it there.
  if (json_text(service, "fees").empty())
    copy_filled(Json{{"fees", json_text(service, "fees_description")}}, service, {"fees"});
  erase(service, {"fees_description"});
  if (service.contains("organization") && service["organization"].is_object()) {
    erase(service["organization"], {"locations", "contacts", "phones", "programs", "funding", "alternate_name",
                                    "tax_status", "tax_id", "year_incorporated", "legal_status"});
  }
  if (service.contains("service_at_locations")) {
    for (Json& place : service["service_at_locations"]) {
      if (place.is_object()) erase(place, {"description", "phones"});
    }
  }
}

// ---- ORUK 1.0 ----

std::string hours_text(const Json& schedule, const char* name) {
  const std::string text = json_text(schedule, name);
  return text.substr(0, 5);  // HH:MM
}

int weekday_number(const std::string& day) {
  static constexpr std::array<std::string_view, 7> kDays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const std::string two = day.size() >= 2 ? day.substr(day.size() - 2) : day;
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (kDays[i] == two) return static_cast<int>(i) + 1;
  }
  return 0;
}

Json schedule_to_1(const Json& schedule) {
  Json out;
  out["id"] = id_or(schedule, schedule.dump());
  copy_filled(schedule, out, {"valid_from", "valid_to", "dtstart", "freq", "interval", "byday", "description"});
  if (const auto day = core::json_integer(schedule, "bymonthday")) out["bymonthday"] = *day;
  for (const char* name : {"opens_at", "closes_at"}) {
    if (const std::string time = hours_text(schedule, name); !time.empty()) out[name] = time;
  }
  return out;
}

// The schema wants one entry for each weekday; the reference server sends the rule as it is.
Json schedules_to_1(const Json& schedules, Oruk1Style style) {
  Json out = Json::array();
  for (const Json& schedule : schedules) {
    if (!schedule.is_object()) continue;
    const Json entry = schedule_to_1(schedule);
    if (style == Oruk1Style::Reference) {
      out.push_back(entry);
      continue;
    }
    for (const std::string& day : core::split(json_text(schedule, "byday"), ',')) {
      Json one = entry;
      one["id"] = uuid_of(json_text(entry, "id") + day);
      one["byday"] = day;
      one["weekday"] = weekday_number(day);
      out.push_back(std::move(one));
    }
  }
  return out;
}

Json eligibility_to_1(const Json& service, Oruk1Style style) {
  static const std::set<std::string> kSchemaWords{"adult", "child", "teen", "family", "female", "male", "Transgender"};
  const std::string text = json_text(service, "eligibility_description");
  const auto minimum = core::json_number(service, "minimum_age");
  const auto maximum = core::json_number(service, "maximum_age");
  Json list = Json::array();
  if (text.empty() && !minimum && !maximum) return list;
  Json entry{{"id", uuid_of(json_text(service, "id") + "eligibility")}};
  entry["minimum_age"] = minimum.value_or(-1);  // -1: unset, as the reference server has it
  entry["maximum_age"] = maximum.value_or(-1);
  if (!text.empty() && (style == Oruk1Style::Reference || kSchemaWords.count(text))) entry["eligibility"] = text;
  entry["taxonomys"] = Json::array();
  list.push_back(std::move(entry));
  return list;
}

Json contacts_to_1(const Json& service) {
  const auto phone = [](const Json& p) { return Json{{"id", id_or(p, p.dump())}, {"number", json_text(p, "number")}}; };
  Json out = each(json_array(service, "contacts"), [&](const Json& contact) {
    Json one{{"id", id_or(contact, contact.dump())}};
    copy_filled(contact, one, {"name", "title"});
    one["phones"] = each(json_array(contact, "phones"), phone);
    return one;
  });
  // 1.0 has no phones of a service: they hang on a contact without a name.
  for (const Json& p : json_array(service, "phones")) {
    if (p.is_object()) out.push_back({{"id", uuid_of(p.dump() + "contact")}, {"phones", Json::array({phone(p)})}});
  }
  return out;
}

Json cost_to_1(const Json& cost) {
  Json out{{"id", id_or(cost, cost.dump())}};
  copy_filled(cost, out, {"valid_from", "valid_to", "option", "amount", "amount_description"});
  return out;
}

Json taxonomies_to_1(const Json& service) {
  Json out = Json::array();
  for (const Json& attribute : json_array(service, "attributes")) {
    const Json& term = json_object(attribute, "taxonomy_term");
    if (term.empty()) continue;
    out.push_back({{"id", id_or(attribute, attribute.dump())}, {"taxonomy", oruk1_taxonomy(term)}});
  }
  return out;
}

Json place_to_1(const Json& place, Oruk1Style style) {
  Json out{{"id", id_or(place, place.dump())}, {"location", oruk1_location(json_object(place, "location"))}};
  Json schedules = schedules_to_1(json_array(place, "schedules"), style);
  if (schedules.empty()) schedules = schedules_to_1(json_array(json_object(place, "location"), "schedules"), style);
  out["regular_schedule"] = std::move(schedules);
  out["holiday_schedules"] = Json::array();
  return out;
}

std::string attending_type(const Json& service) {
  for (const Json& place : json_array(service, "service_at_locations")) {
    const std::string type = json_text(json_object(place, "location"), "location_type");
    if (type == "physical") return "venue";
    if (type == "virtual") return "online";
  }
  return {};
}

void verbose_to_1(const Json& service, Json& out, Oruk1Style style) {
  const bool schema = style == Oruk1Style::Schema;
  out[schema ? "service_taxonomies" : "service_taxonomys"] = taxonomies_to_1(service);
  out[schema ? "eligibilities" : "eligibilitys"] = eligibility_to_1(service, style);
  out["service_at_locations"] =
      each(json_array(service, "service_at_locations"), [&](const Json& place) { return place_to_1(place, style); });
  out["regular_schedules"] = schedules_to_1(json_array(service, "schedules"), style);
  out["holiday_schedules"] = Json::array();
  out["contacts"] = contacts_to_1(service);
  out["cost_options"] = each(json_array(service, "cost_options"), cost_to_1);
  out["languages"] = each(json_array(service, "languages"), [](const Json& language) {
    return Json{{"id", id_or(language, language.dump())}, {"language", json_text(language, "name")}};
  });
  out["service_areas"] = each(json_array(service, "service_areas"), [](const Json& area) {
    Json one{{"id", id_or(area, area.dump())}, {"service_area", json_text(area, "name")}};
    copy_filled(area, one, {"extent", "uri"});
    return one;
  });
  out["fundings"] = each(json_array(service, "funding"), [](const Json& funding) {
    return Json{{"id", id_or(funding, funding.dump())}, {"source", json_text(funding, "source")}};
  });
  out["reviews"] = Json::array();
}

}  // namespace

std::string uuid_of(std::string_view text) {
  std::array<std::uint64_t, 2> hash{0xcbf29ce484222325u, 0x84222325cbf29ceu};
  for (const char c : text) {
    for (std::uint64_t& h : hash) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    hash[1] ^= hash[0] >> 29;
  }
  char out[40];
  std::snprintf(out, sizeof out, "%08x-%04x-5%03x-%04x-%012llx", static_cast<unsigned>(hash[0] >> 32),
                static_cast<unsigned>((hash[0] >> 16) & 0xffff), static_cast<unsigned>(hash[0] & 0xfff),
                static_cast<unsigned>(0x8000 | (hash[1] >> 50)),
                static_cast<unsigned long long>(hash[1] & 0xffffffffffffu));
  return out;
}

std::string id_or(const Json& object, const std::string& fallback) {
  const std::string id = json_text(object, "id");
  return id.empty() ? uuid_of(fallback) : id;
}

Json scalars_of(const Json& object) {
  Json out = Json::object();
  for (const auto& [key, value] : object.items()) {
    if (value.is_primitive() || key.compare(0, 3, "pc_") == 0) out[key] = value;  // suppliers' own members stay
  }
  return out;
}

Json to_hsds3(const Json& service, Detail detail) {
  if (detail == Detail::Full) return service;
  Json out = scalars_of(service);
  if (service.contains("organization") && service["organization"].is_object())
    out["organization"] = scalars_of(service["organization"]);
  return out;
}

Json cut_to_oruk3(Json object) {
  cut_everywhere(object);
  return object;
}

Json to_oruk3(const Json& service, Detail detail) {
  Json out = to_hsds3(service, detail);
  cut_service(out);
  cut_everywhere(out);
  return out;
}

Json oruk1_organization(const Json& organization) {
  Json out{{"id", json_text(organization, "id")},
           {"name", json_text(organization, "name")},
           {"description", json_text(organization, "description")}};
  copy_filled(organization, out, {"email", "logo"});
  copy_url(organization, "website", out, "url");
  copy_url(organization, "uri", out, "uri");
  return out;
}

Json oruk1_location(const Json& location) {
  Json out{{"id", id_or(location, location.dump())}};
  copy_filled(location, out, {"name", "description"});
  for (const char* name : {"latitude", "longitude"}) {
    if (const auto number = core::json_number(location, name)) out[name] = *number;
  }
  out["physical_addresses"] = each(json_array(location, "addresses"), [](const Json& address) {
    Json one{{"id", id_or(address, address.dump())}};
    copy(address, one, {"address_1", "city", "state_province", "postal_code", "country"});
    return one;
  });
  out["accessibility_for_disabilities"] = each(json_array(location, "accessibility"), [](const Json& item) {
    return Json{{"id", id_or(item, item.dump())}, {"accessibility", json_text(item, "description")}};
  });
  return out;
}

Json oruk1_taxonomy(const Json& term) {
  std::string id = json_text(term, "term_uri");
  if (id.empty()) id = json_text(term, "code");
  if (id.empty()) id = json_text(term, "id");
  Json out{{"id", id}, {"name", json_text(term, "name")}, {"vocabulary", json_text(term, "taxonomy")}};
  copy_filled(term, out, {"parent_id"});
  return out;
}

Json to_oruk1(const Json& service, Detail detail, Oruk1Style style) {
  Json out{{"id", json_text(service, "id")}, {"name", json_text(service, "name")}};
  copy_filled(service, out, {"description", "email", "status", "accreditations", "assured_date"});
  copy_url(service, "url", out, "url");
  std::string fees = json_text(service, "fees_description");
  if (fees.empty()) fees = json_text(service, "fees");
  if (!fees.empty()) out["fees"] = fees;
  if (const std::string type = attending_type(service); !type.empty()) out["attending_type"] = type;
  out["organization"] = oruk1_organization(json_object(service, "organization"));
  for (const auto& [key, value] : service.items()) {
    if (key.compare(0, 3, "pc_") == 0) out[key] = value;
  }
  if (const std::string modified = json_text(service, "last_modified");
      !modified.empty() && !out.contains("pc_metadata"))
    out["pc_metadata"] = {{"date_modified", modified.substr(0, 10)}};
  if (detail == Detail::Full) verbose_to_1(service, out, style);
  return out;
}

bool looks_like_oruk1(const Json& record) {
  for (const char* name : {"deliverable_type", "attending_type", "attending_access", "service_taxonomys",
                           "service_taxonomies", "eligibilitys", "eligibilities", "regular_schedules"}) {
    if (record.contains(name)) return true;
  }
  return false;
}

}  // namespace kiosk::sandbox
