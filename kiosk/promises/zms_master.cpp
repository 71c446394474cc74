#include "kiosk/promises/zms_master.h"

#include <algorithm>

#include "kiosk/core/postcode.h"
#include "kiosk/core/strings.h"
#include "kiosk/promises/plain_text.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises::zms {
namespace {

using core::ErrorKind;
using core::Json;
using core::json_array;
using core::json_bool;
using core::json_integer;
using core::json_object;
using core::json_text;
using core::make_error;
using core::Result;

// Beyond any authority's; a server that sends more is broken.
constexpr std::size_t kMostOffices = 5'000;
constexpr std::size_t kMostServices = 5'000;
constexpr std::size_t kMostRelations = 200'000;
constexpr std::size_t kMostCombinations = 200;  // of one service
constexpr int kLongestSlot = 24 * 60;           // minutes
constexpr int kUsualMostSlots = 25;             // where neither office nor scope says: the server's own fallback

// "14 Harrow Lane, Exampleton EX1 2AB"; in countries with other postcodes the number follows the street.
std::string one_line(const Json& address) {
  const std::string street = plain_text(json_text(address, "street"), kLongestName);
  const std::string number = plain_text(json_text(address, "house_number"), 40);
  const std::string city = plain_text(json_text(address, "city"), kLongestName);
  const std::string postcode = plain_text(json_text(address, "postal_code"), 40);
  const bool british = postcode.empty() || core::normalise_full_postcode(postcode).has_value();
  const std::string first = british ? number + " " + street : street + " " + number;
  const std::string second = british ? city + " " + postcode : postcode + " " + city;
  return core::join(core::split(first + "\n" + second, '\n'), ", ");
}

std::optional<core::GeoPoint> point_of(const Json& geo) {
  const auto latitude = core::json_number(geo, "lat"), longitude = core::json_number(geo, "lon");
  if (!latitude || !longitude || *latitude < -90 || *latitude > 90 || *longitude < -180 || *longitude > 180) {
    return std::nullopt;
  }
  return core::GeoPoint{*latitude, *longitude};
}

bool flag(const Json& object, const char* key) { return json_bool(object, key).value_or(false); }

Need need_of(const Json& scope, const std::string& field) {
  if (!flag(scope, (field + "Activated").c_str())) return Need::Off;
  return flag(scope, (field + "Required").c_str()) ? Need::Required : Need::Optional;
}

DetailsForm form_of(const Json& scope) {
  DetailsForm form;
  form.email = flag(scope, "emailRequired") ? Need::Required : Need::Optional;
  form.telephone = need_of(scope, "telephone");
  form.custom = {need_of(scope, "customTextfield"), plain_text(json_text(scope, "customTextfieldLabel"), kLongestName)};
  form.custom2 = {need_of(scope, "customTextfield2"),
                  plain_text(json_text(scope, "customTextfield2Label"), kLongestName)};
  return form;
}

std::string hint_of(const Json& office) {
  const Json& scope = json_object(office, "scope");
  std::vector<std::string> lines;
  const Json& address_hint = json_object(office, "address");
  // `false` stands for none there.
  if (address_hint.contains("hint") && address_hint["hint"].is_string())
    lines.push_back(json_text(address_hint, "hint"));
  for (const char* key : {"hint", "infoForAppointment", "infoForAllAppointments"}) {
    if (scope.contains(key) && scope[key].is_string()) lines.push_back(json_text(scope, key));
  }
  std::string out;
  for (const std::string& line : lines) {
    const std::string plain = plain_text_of_html(line, kLongestHint);
    if (plain.empty() || out.find(plain) != std::string::npos) continue;
    out += (out.empty() ? "" : "\n") + plain;
  }
  return out;
}

// A number from `least` on, where one is said.
std::optional<int> count_of(const Json& object, const char* member, std::int64_t least, std::int64_t most) {
  const std::optional<std::int64_t> number = json_integer(object, member);
  if (!number || *number < least) return std::nullopt;
  return static_cast<int>(std::min(*number, most));
}

std::vector<std::string> ids_of(const Json& array) {
  std::vector<std::string> ids;
  for (const Json& entry : array) {
    std::string id = json_text(Json{{"id", entry}}, "id");
    if (is_id(id)) ids.push_back(std::move(id));
  }
  return ids;
}

MasterOffice office_of(const Json& json) {
  MasterOffice out;
  const Json& scope = json_object(json, "scope");
  out.office.id = json_text(json, "id");
  out.office.name = plain_text(json_text(json, "name"), kLongestName);
  out.office.address = one_line(json_object(json, "address"));
  out.office.point = point_of(json_object(json, "geo"));
  out.office.hint = hint_of(json);
  out.office.form = form_of(scope);
  out.slot_minutes = count_of(json, "slotTimeInMinutes", 0, kLongestSlot).value_or(0);
  // "" and 0 stand for none there.
  const auto most = count_of(json, "slotsPerAppointment", 1, 1'000);
  out.most_slots = most ? *most : count_of(scope, "slotsPerAppointment", 1, 1'000).value_or(kUsualMostSlots);
  out.captcha = flag(scope, "captchaActivatedRequired");
  out.disabled_services = ids_of(json_array(json, "disabledByServices"));
  // true, or the group of equal offices.
  out.mix_group = ids_of(json_array(json, "allowDisabledServicesMix"));
  out.allows_mix = flag(json, "allowDisabledServicesMix") || !out.mix_group.empty();
  return out;
}

// {"<order>": {"<serviceId>": [officeIds]}}, or [] where there are none.
std::vector<Combination> combinations_of(const Json& combinable, const std::string& service_id) {
  std::vector<std::pair<std::int64_t, Combination>> ordered;
  std::int64_t place = 0;
  for (const auto& [order, entry] : combinable.items()) {
    place = json_integer(Json{{"n", order}}, "n").value_or(place + 1);
    if (!entry.is_object()) continue;
    for (const auto& [id, offices] : entry.items()) {
      if (is_id(id) && id != service_id && ordered.size() < kMostCombinations)
        ordered.emplace_back(place, Combination{id, ids_of(offices)});
    }
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Combination> out;
  for (auto& [ignored, combination] : ordered) out.push_back(std::move(combination));
  return out;
}

MasterService service_of(const Json& json, const std::string& id) {
  MasterService service;
  service.name = plain_text(json_text(json, "name"), kLongestName);
  service.most = count_of(json, "maxQuantity", 1, kMostOfOneService).value_or(1);
  service.combinations = combinations_of(json_object(json, "combinable"), id);
  return service;
}

}  // namespace

const Relation* Master::relation(const std::string& office_id, const std::string& service_id) const {
  const auto found = relation_of.find({service_id, office_id});
  return found == relation_of.end() ? nullptr : &relations[found->second];
}

Result<Master> parse_master(const Json& json) {
  if (!json.is_object() || !json.contains("offices") || !json.contains("services") || !json.contains("relations")) {
    return make_error(ErrorKind::Unsupported, "answer lacks offices, services or relations", "offices-and-services");
  }
  const Json& offices = json_array(json, "offices");
  const Json& services = json_array(json, "services");
  const Json& relations = json_array(json, "relations");
  if (offices.size() > kMostOffices || services.size() > kMostServices || relations.size() > kMostRelations) {
    return make_error(ErrorKind::Full, "more offices or services than any authority has", "offices-and-services");
  }
  Master master;
  for (const Json& entry : offices) {
    MasterOffice office = office_of(entry);
    if (is_id(office.office.id)) master.offices.emplace(office.office.id, std::move(office));
  }
  for (const Json& entry : services) {
    const std::string id = json_text(entry, "id");
    if (is_id(id)) master.services.emplace(id, service_of(entry, id));
  }
  for (const Json& entry : relations) {
    Relation relation{json_text(entry, "officeId"), json_text(entry, "serviceId")};
    if (!is_id(relation.office_id) || !is_id(relation.service_id)) continue;
    if (!json_bool(entry, "public").value_or(true)) continue;
    relation.slots = count_of(entry, "slots", 1, 100).value_or(1);
    relation.most = count_of(entry, "maxQuantity", 1, kMostOfOneService).value_or(kMostOfOneService);
    const auto key = std::make_pair(relation.service_id, relation.office_id);
    if (master.relation_of.emplace(key, master.relations.size()).second)
      master.relations.push_back(std::move(relation));
  }
  return master;
}

}  // namespace kiosk::promises::zms
