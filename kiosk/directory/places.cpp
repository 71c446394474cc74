#include "kiosk/directory/places.h"

#include <algorithm>
#include <cmath>

#include "kiosk/core/postcode.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/html_text.h"
#include "kiosk/directory/schedules.h"

namespace kiosk::directory {

namespace {

using core::Json;

std::optional<core::GeoPoint> read_point(const Json& location) {
  const std::optional<double> latitude = core::json_number(location, "latitude");
  const std::optional<double> longitude = core::json_number(location, "longitude");
  if (!latitude || !longitude || !std::isfinite(*latitude) || !std::isfinite(*longitude)) return std::nullopt;
  if (std::abs(*latitude) > 90 || std::abs(*longitude) > 180) return std::nullopt;
  if (*latitude == 0 && *longitude == 0) return std::nullopt;  // what geocoders give for "not found"
  return core::GeoPoint{*latitude, *longitude};
}

// All address texts are "required", so publishers fill them with anything.
bool says_nothing(std::string_view text) {
  if (text.find_first_not_of(" -–—.,_/?") == std::string_view::npos) return true;
  for (const char* word : {"n/a", "na", "none", "unknown", "null", "not applicable", "county", "tbc"}) {
    if (is_word(text, word)) return true;
  }
  return false;
}

std::string part_of(const Json& object, const char* key) {
  std::string text = line_of(object, key);
  return says_nothing(text) ? std::string() : text;
}

std::string postcode_of(const Json& object) {
  const std::string text = part_of(object, "postal_code");
  return core::normalise_full_postcode(text).value_or(text);
}

Address read_address(const Json& object) {
  Address address;
  for (const char* key : {"address_1", "address_2"}) {
    for (std::string& line : core::split(html_to_text(core::json_text(object, key)), '\n')) {
      if (says_nothing(line) || address.lines.size() >= 6) continue;
      shorten_line(line);
      address.lines.push_back(std::move(line));
    }
  }
  address.city = part_of(object, "city");
  address.postcode = postcode_of(object);
  address.country = part_of(object, "country");
  for (const char* key : {"state_province", "region"}) {
    const std::string region = part_of(object, key);
    if (region.empty() || is_word(region, address.city) || is_word(region, address.country)) continue;
    address.region = region;
    break;
  }
  return address;
}

bool is_empty(const Address& address) {
  return address.lines.empty() && address.city.empty() && address.postcode.empty();
}

std::optional<Address> choose_address(const Json& location) {
  std::optional<Address> chosen;
  bool chosen_is_physical = false;
  each_object(list_of(location, {"addresses", "physical_addresses"}), [&](const Json& object) {
    const std::string type = core::json_text(object, "address_type");
    const bool physical = type.empty() || is_word(type, "physical");
    if (is_word(type, "virtual") || (chosen && (chosen_is_physical || !physical))) return;
    Address address = read_address(object);
    if (is_empty(address)) return;
    chosen = std::move(address);
    chosen_is_physical = physical;
  });
  if (chosen) return chosen;
  Address inlined = read_address(location);  // Outpost, flat exports
  if (is_empty(inlined)) return std::nullopt;
  return inlined;
}

std::vector<std::string> read_accessibility(const Json& location) {
  std::vector<std::string> entries;
  each_object(list_of(location, {"accessibility", "accessibility_for_disabilities", "accessibilities"}),
              [&](const Json& object) {
                std::string text = text_of(object, {"description", "accessibility", "name"});
                const std::string details = text_of(object, "details");
                if (!details.empty() && details != text) text += (text.empty() ? "" : " ") + details;
                if (!text.empty() && std::find(entries.begin(), entries.end(), text) == entries.end())
                  entries.push_back(text);
              });
  return entries;
}

Place read_location(const Json& location) {
  Place place;
  place.id = core::json_text(location, "id");
  place.name = name_of(location, {"name", "alternate_name"});
  place.description = text_of(location, "description");
  place.transportation = text_of(location, "transportation");
  if (!is_word(core::json_text(location, "location_type"), "virtual")) {
    place.address = choose_address(location);
    place.point = read_point(location);
  }
  place.accessibility = read_accessibility(location);
  return place;
}

bool says_nothing(const Place& place) {
  return place.name.empty() && !place.address && !place.point && place.description.empty();
}

}  // namespace

std::vector<Place> read_places(const Json& service, const std::vector<Schedule>& service_schedules) {
  std::vector<Place> places;
  const auto add = [&](const Json& link, const Json& location) {
    Place place = read_location(location);
    if (place.id.empty()) place.id = core::json_text(link, "location_id");
    if (says_nothing(place)) return;
    const std::string here = text_of(link, "description");
    if (place.description.empty()) place.description = here;
    add_phones(core::json_array(link, "phones"), place.phones);
    add_contact_phones(core::json_array(link, "contacts"), place.phones);
    add_phones(core::json_array(location, "phones"), place.phones);
    place.schedules = read_schedules(link);
    if (place.schedules.empty()) place.schedules = service_schedules;
    if (place.schedules.empty()) place.schedules = read_schedules(location);
    places.push_back(std::move(place));
  };
  each_object(core::json_array(service, "service_at_locations"),
              [&](const Json& link) { add(link, core::json_object(link, "location")); });
  if (!places.empty()) return places;
  each_object(core::json_array(service, "locations"),
              [&](const Json& location) { add(core::json_object(location, "service_at_location"), location); });
  return places;
}

}  // namespace kiosk::directory
