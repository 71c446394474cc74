// From ORUK 1.0 to HSDS 3.0: the other way round.
#include <cctype>

#include "kiosk/core/strings.h"
#include "tests/sandbox/convert.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_array;
using core::json_object;
using core::json_text;

const Json& either(const Json& record, const char* schema_name, const char* server_name) {
  return record.contains(schema_name) ? json_array(record, schema_name) : json_array(record, server_name);
}

Json organization_from_1(const Json& organization) {
  Json out{{"id", json_text(organization, "id")},
           {"name", json_text(organization, "name")},
           {"description", json_text(organization, "description")}};
  for (const char* name : {"email", "logo", "uri"}) {
    if (const std::string text = json_text(organization, name); !text.empty()) out[name] = text;
  }
  if (const std::string url = json_text(organization, "url"); !url.empty()) out["website"] = url;
  return out;
}

Json schedules_from_1(const Json& list) {
  Json out = Json::array();
  for (const Json& schedule : list) {
    if (!schedule.is_object()) continue;
    Json one{{"id", id_or(schedule, schedule.dump())}};
    for (const char* name :
         {"opens_at", "closes_at", "valid_from", "valid_to", "dtstart", "freq", "interval", "byday", "description"}) {
      if (schedule.contains(name) && !schedule[name].is_null()) one[name] = schedule[name];
    }
    if (const std::string by = json_text(schedule, "bymonthday"); !by.empty()) one["bymonthday"] = by;
    out.push_back(std::move(one));
  }
  return out;
}

Json location_from_1(const Json& location) {
  Json out{{"id", id_or(location, location.dump())}, {"location_type", "physical"}};
  for (const char* name : {"name", "description", "latitude", "longitude"}) {
    if (location.contains(name) && !location[name].is_null()) out[name] = location[name];
  }
  out["addresses"] = Json::array();
  for (const Json& address : json_array(location, "physical_addresses")) {
    Json one{{"id", id_or(address, address.dump())}, {"address_type", "physical"}};
    for (const char* name : {"address_1", "city", "state_province", "postal_code", "country"})
      one[name] = json_text(address, name);
    out["addresses"].push_back(std::move(one));
  }
  out["accessibility"] = Json::array();
  for (const Json& item : json_array(location, "accessibility_for_disabilities"))
    out["accessibility"].push_back(
        {{"id", id_or(item, item.dump())}, {"description", json_text(item, "accessibility")}});
  return out;
}

Json contacts_from_1(const Json& record) {
  Json out = Json::array();
  for (const Json& contact : json_array(record, "contacts")) {
    Json one{{"id", id_or(contact, contact.dump())}, {"phones", Json::array()}};
    for (const char* name : {"name", "title"}) {
      if (const std::string text = json_text(contact, name); !text.empty()) one[name] = text;
    }
    for (const Json& phone : json_array(contact, "phones"))
      one["phones"].push_back({{"id", id_or(phone, phone.dump())}, {"number", json_text(phone, "number")}});
    out.push_back(std::move(one));
  }
  return out;
}

Json attributes_from_1(const Json& record) {
  Json out = Json::array();
  for (const Json& entry : either(record, "service_taxonomies", "service_taxonomys")) {
    const Json& taxonomy = json_object(entry, "taxonomy");
    const std::string name = json_text(taxonomy, "name");
    if (name.empty()) continue;
    const std::string code = json_text(taxonomy, "id");
    Json term{{"id", uuid_of(code)}, {"code", code}, {"name", name}, {"description", name}};
    term["taxonomy"] = json_text(taxonomy, "vocabulary");
    if (code.compare(0, 4, "http") == 0) term["term_uri"] = code;
    out.push_back({{"id", id_or(entry, entry.dump())}, {"link_entity", "service"}, {"taxonomy_term", std::move(term)}});
  }
  return out;
}

void eligibility_from_1(const Json& record, Json& out) {
  std::vector<std::string> words;
  for (const Json& entry : either(record, "eligibilities", "eligibilitys")) {
    if (const std::string text = json_text(entry, "eligibility"); !text.empty()) words.push_back(text);
    for (const char* name : {"minimum_age", "maximum_age"}) {
      if (const auto age = core::json_number(entry, name); age && !out.contains(name)) out[name] = *age;
    }
  }
  if (!words.empty()) out["eligibility_description"] = core::join(words, ", ");
}

void lists_from_1(const Json& record, Json& out) {
  out["schedules"] = schedules_from_1(json_array(record, "regular_schedules"));
  out["contacts"] = contacts_from_1(record);
  out["attributes"] = attributes_from_1(record);
  out["cost_options"] = json_array(record, "cost_options");
  out["service_at_locations"] = Json::array();
  for (const Json& place : json_array(record, "service_at_locations")) {
    Json one{{"id", id_or(place, place.dump())}, {"location", location_from_1(json_object(place, "location"))}};
    one["schedules"] = schedules_from_1(json_array(place, "regular_schedule"));
    out["service_at_locations"].push_back(std::move(one));
  }
  out["languages"] = Json::array();
  for (const Json& language : json_array(record, "languages"))
    out["languages"].push_back({{"id", id_or(language, language.dump())}, {"name", json_text(language, "language")}});
  out["service_areas"] = Json::array();
  for (const Json& area : json_array(record, "service_areas")) {
    Json one{{"id", id_or(area, area.dump())}, {"name", json_text(area, "service_area")}};
    if (const std::string uri = json_text(area, "uri"); !uri.empty()) one["uri"] = uri;
    out["service_areas"].push_back(std::move(one));
  }
  out["funding"] = Json::array();
  for (const Json& funding : json_array(record, "fundings"))
    out["funding"].push_back({{"id", id_or(funding, funding.dump())}, {"source", json_text(funding, "source")}});
}

}  // namespace

Json from_oruk1(const Json& record) {
  Json out{{"id", json_text(record, "id")}, {"name", record.value("name", Json(""))}};
  for (const char* name : {"description", "url", "email", "accreditations", "assured_date"}) {
    if (const std::string text = json_text(record, name); !text.empty()) out[name] = record[name];
  }
  const std::string status = json_text(record, "status");
  out["status"] = status.empty() ? "active" : status;
  if (const std::string fees = json_text(record, "fees"); !fees.empty()) out["fees_description"] = fees;
  if (const Json& organization = json_object(record, "organization"); !organization.empty())
    out["organization"] = organization_from_1(organization);
  for (const auto& [key, value] : record.items()) {
    if (key.compare(0, 3, "pc_") == 0) out[key] = value;
  }
  if (const std::string day = json_text(json_object(record, "pc_metadata"), "date_modified"); day.size() == 10)
    out["last_modified"] = day + "T00:00:00.000Z";
  eligibility_from_1(record, out);
  lists_from_1(record, out);
  return out;
}

}  // namespace kiosk::sandbox
