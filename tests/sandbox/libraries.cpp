// Lists of the United Kingdom's public libraries (CSV, one row a building) as HSDS services with places and hours.
#include <array>
#include <regex>

#include "kiosk/core/csv.h"
#include "kiosk/core/strings.h"
#include "tests/sandbox/convert.h"
#include "tests/sandbox/feeds.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

// The national lists name their columns differently; the first name found counts.
std::string get(const core::CsvTable& row, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (row.has(name)) return core::sanitise_utf8(row.field(name));
  }
  return {};
}

constexpr std::array<std::pair<const char*, const char*>, 7> kDays{{{"monday", "MO"},
                                                                    {"tuesday", "TU"},
                                                                    {"wednesday", "WE"},
                                                                    {"thursday", "TH"},
                                                                    {"friday", "FR"},
                                                                    {"saturday", "SA"},
                                                                    {"sunday", "SU"}}};

// "10:00-13:30,14:00-17:00": one schedule for each part. Words ("AM only") become a description without times.
void add_day(Json& schedules, const std::string& id, const char* day, const std::string& text) {
  static const std::regex span(R"((\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2}))");
  const auto padded = [](const std::string& time) { return time.size() == 4 ? "0" + time : time; };
  const auto base = [&](const std::string& part) {
    return Json{{"id", uuid_of(id + day + part)}, {"freq", "WEEKLY"}, {"interval", 1}, {"byday", day}};
  };
  bool any = false;
  for (std::sregex_iterator it(text.begin(), text.end(), span), end; it != end; ++it) {
    Json schedule = base(it->str());
    schedule["opens_at"] = padded((*it)[1]);
    schedule["closes_at"] = padded((*it)[2]);
    schedules.push_back(std::move(schedule));
    any = true;
  }
  if (any || text.empty() || text.find("losed") != std::string::npos) return;
  Json schedule = base(text);
  schedule["description"] = text;
  schedules.push_back(std::move(schedule));
}

Json location_of(const core::CsvTable& row, const std::string& id, const std::string& name) {
  const std::string second = get(row, {"address2", "address 2"});
  const std::string third = get(row, {"address3", "address 3"});
  Json address{{"id", uuid_of(id + "address")}, {"address_1", get(row, {"address1", "address 1"})}};
  address["city"] = second.empty() ? third : second;
  address["state_province"] = third;
  address["postal_code"] = get(row, {"postcode"});
  address["country"] = "GB";
  address["address_type"] = "physical";
  Json location{{"id", uuid_of(id + "location")}, {"location_type", "physical"}, {"name", name}};
  location["addresses"] = Json::array({std::move(address)});
  if (const std::string uprn = get(row, {"uprn"}); !uprn.empty()) {
    location["external_identifier"] = uprn;
    location["external_identifier_type"] = "UPRN";
  }
  return location;
}

Json organization_of(const core::CsvTable& row, const std::string& fallback) {
  std::string authority = get(row, {"authority", "local authority", "local authority code"});
  if (authority.empty()) authority = fallback;
  return {{"id", uuid_of("library service " + authority)}, {"name", authority + " libraries"}, {"description", ""}};
}

Json library_of(const core::CsvTable& row, const std::string& where) {
  const std::string name = get(row, {"name", "library name"});
  const std::string id = where + "|" + name + "|" + get(row, {"postcode"});
  Json service{{"id", uuid_of(id)}, {"name", "Public library: " + name}};
  const bool closed = !get(row, {"closed", "year closed"}).empty();
  service["status"] = closed ? "defunct" : "active";
  service["description"] = "Books, computers, study space and advice.";
  std::string email = get(row, {"email", "email address"});
  if (email.compare(0, 7, "mailto:") == 0) email.erase(0, 7);
  if (!email.empty()) service["email"] = email;
  if (const std::string url = get(row, {"url"}); !url.empty()) service["url"] = url;
  service["organization"] = organization_of(row, where);
  Json schedules = Json::array();
  for (const auto& [column, day] : kDays) add_day(schedules, id, day, get(row, {column}));
  service["service_at_locations"] = Json::array(
      {{{"id", uuid_of(id + "place")}, {"location", location_of(row, id, name)}, {"schedules", std::move(schedules)}}});
  return service;
}

}  // namespace

core::Result<Json> libraries_from_csv(const std::string& bytes, const std::string& where) {
  KIOSK_TRY(core::CsvTable table, core::CsvTable::open(bytes, where));
  if (!table.has("postcode") || !(table.has("name") || table.has("library name")))
    return core::make_error(core::ErrorKind::Unsupported, "not a list of libraries", where);
  const std::string stem = std::filesystem::path(where).stem().string();
  Json services = Json::array();
  for (;;) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) return services;
    services.push_back(library_of(table, stem));
  }
}

}  // namespace kiosk::sandbox
