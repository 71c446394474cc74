#include "kiosk/promises/zms_parse.h"

#include <algorithm>
#include <set>

#include "kiosk/core/postcode.h"
#include "kiosk/core/strings.h"

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
constexpr std::size_t kMostSlots = 50'000;
constexpr std::size_t kMostDays = 400;
constexpr std::size_t kLongestName = 300;
constexpr std::size_t kLongestHint = 2'000;
constexpr int kLongestSlot = 24 * 60;           // minutes
constexpr std::int64_t kLongestHold = 24 * 60;  // minutes

std::string clean(const std::string& text, std::size_t most) {
  return std::string(core::truncate_utf8(core::trim(core::sanitise_utf8(text)), most));
}

// Notes of an office are typed into a web form, and may hold simple HTML.
std::string without_tags(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at++) {
    const std::size_t end = text[at] == '<' ? text.find('>', at) : std::string::npos;
    if (end == std::string::npos) {
      out += text[at];
    } else {
      if (!out.empty() && out.back() != '\n')
        out += text.compare(at, 3, "<br") == 0 || text[at + 1] == '/' ? '\n' : ' ';
      at = end;
    }
  }
  constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
      {"&nbsp;", " "}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, character] : kEntities) {
    for (std::size_t at = out.find(entity); at != std::string::npos; at = out.find(entity, at + character.size())) {
      out.replace(at, entity.size(), character);
    }
  }
  return out;
}

// "14 Harrow Lane, Exampleton EX1 2AB"; in countries with other postcodes the number follows the street.
std::string one_line(const Json& address) {
  const std::string street = clean(json_text(address, "street"), kLongestName);
  const std::string number = clean(json_text(address, "house_number"), 40);
  const std::string city = clean(json_text(address, "city"), kLongestName);
  const std::string postcode = clean(json_text(address, "postal_code"), 40);
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
  form.custom = {need_of(scope, "customTextfield"), clean(json_text(scope, "customTextfieldLabel"), kLongestName)};
  form.custom2 = {need_of(scope, "customTextfield2"), clean(json_text(scope, "customTextfield2Label"), kLongestName)};
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
    const std::string plain = clean(without_tags(line), kLongestHint);
    if (plain.empty() || out.find(plain) != std::string::npos) continue;
    out += (out.empty() ? "" : "\n") + plain;
  }
  return out;
}

MasterOffice office_of(const Json& json) {
  MasterOffice out;
  const Json& scope = json_object(json, "scope");
  out.office.id = json_text(json, "id");
  out.office.name = clean(json_text(json, "name"), kLongestName);
  out.office.address = one_line(json_object(json, "address"));
  out.office.point = point_of(json_object(json, "geo"));
  out.office.hint = hint_of(json);
  out.office.form = form_of(scope);
  out.slot_minutes =
      static_cast<int>(std::clamp<std::int64_t>(json_integer(json, "slotTimeInMinutes").value_or(0), 0, kLongestSlot));
  out.captcha = flag(scope, "captchaActivatedRequired");
  for (const Json& id : json_array(json, "disabledByServices")) {
    out.disabled_services.push_back(json_text(Json{{"id", id}}, "id"));
  }
  return out;
}

// Ids travel in URLs and as JSON numbers: digits alone, as the API demands.
bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

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
    if (is_id(id)) master.services.emplace(id, clean(json_text(entry, "name"), kLongestName));
  }
  for (const Json& entry : relations) {
    Relation relation{json_text(entry, "officeId"), json_text(entry, "serviceId"), 1};
    if (!is_id(relation.office_id) || !is_id(relation.service_id)) continue;
    if (!json_bool(entry, "public").value_or(true)) continue;
    relation.slots = static_cast<int>(std::clamp<std::int64_t>(json_integer(entry, "slots").value_or(1), 1, 100));
    master.relations.push_back(std::move(relation));
  }
  return master;
}

Result<Offer> offer_of(const Master& master, const BookingTarget& target) {
  const auto service = master.services.find(target.service_id);
  if (service == master.services.end()) {
    return make_error(ErrorKind::NotFound, "no such service", target.backend + ":" + target.service_id);
  }
  Offer offer{target, service->second, {}};
  bool captcha = false;
  std::set<std::string> seen;
  for (const Relation& relation : master.relations) {
    const auto found = master.offices.find(relation.office_id);
    if (relation.service_id != target.service_id || found == master.offices.end()) continue;
    const MasterOffice& office = found->second;
    const auto& disabled = office.disabled_services;
    if (std::find(disabled.begin(), disabled.end(), target.service_id) != disabled.end()) continue;
    captcha = captcha || office.captcha;
    if (office.captcha || !seen.insert(relation.office_id).second) continue;
    offer.offices.push_back(office.office);
    offer.offices.back().slot_minutes = std::min(office.slot_minutes * relation.slots, kLongestSlot);
  }
  if (offer.offices.empty() && captcha) {
    return make_error(ErrorKind::Unsupported, "every office asks for a captcha", target.backend);
  }
  return offer;
}

Result<Calendar> parse_calendar(const Json& json, const std::vector<std::string>& office_ids, core::Instant now) {
  if (!json.is_object() || !json.contains("availableDays") || !json["availableDays"].is_array()) {
    return make_error(ErrorKind::Unsupported, "answer holds no availableDays", "available-calendar");
  }
  const Json& days = json["availableDays"];
  if (days.size() > kMostDays)
    return make_error(ErrorKind::Full, "more days than were asked for", "available-calendar");
  const core::Instant latest = now + std::chrono::days(800);
  Calendar calendar;
  bool unreadable = false;
  calendar.previous_bookable = core::parse_iso_date(json_text(json, "prevBookableDate"));
  calendar.next_bookable = core::parse_iso_date(json_text(json, "nextBookableDate"));
  for (const Json& day : days) {
    const std::size_t before = calendar.slots.size();
    for (const Json& entry : json_array(day, "offices")) {
      const std::string office = json_text(entry, "officeId");
      if (std::find(office_ids.begin(), office_ids.end(), office) == office_ids.end()) continue;
      const Json& times = json_array(entry, "appointments");
      unreadable = unreadable || !entry.contains("appointments") || !entry["appointments"].is_array();
      for (const Json& time : times) {
        const auto seconds = json_integer(Json{{"t", time}}, "t");
        if (!seconds || *seconds <= 0 || *seconds > latest.time_since_epoch().count() / 1000) continue;
        const core::Instant start{std::chrono::seconds(*seconds)};
        if (start > now) calendar.slots.push_back({office, start});
      }
    }
    if (calendar.slots.size() > kMostSlots) return make_error(ErrorKind::Full, "too many times", "available-calendar");
    const auto date = core::parse_iso_date(json_text(day, "date"));
    if (date && calendar.slots.size() == before) calendar.full_days.push_back(*date);
    unreadable = unreadable || (!date && calendar.slots.size() == before);
  }
  // "No free appointment" must be the back end's word, not what is left of an answer in another form.
  if (unreadable && calendar.slots.empty()) {
    return make_error(ErrorKind::Unsupported, "answer holds days that cannot be read", "available-calendar");
  }
  const auto earlier = [](const Slot& a, const Slot& b) {
    return a.start != b.start ? a.start < b.start : a.office_id < b.office_id;
  };
  std::sort(calendar.slots.begin(), calendar.slots.end(), earlier);
  calendar.slots.erase(std::unique(calendar.slots.begin(), calendar.slots.end()), calendar.slots.end());
  std::sort(calendar.full_days.begin(), calendar.full_days.end());
  return calendar;
}

Result<Process> parse_process(const Json& json) {
  const auto wrong = [](const char* what) { return make_error(ErrorKind::Unsupported, what, "process"); };
  if (!json.is_object()) return wrong("answer is no object");
  Process process;
  process.handle.process_id = json_text(json, "processId");
  if (!is_id(process.handle.process_id)) return wrong("answer holds no processId");
  const std::string key = json_text(json, "authKey");
  if ((key.size() != 4 && key.size() != 64) || key.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
    return wrong("answer holds no authKey");
  }
  process.handle.key.assign(key);
  const std::string status = json_text(json, "status");
  constexpr std::string_view kConfirmed[] = {"confirmed", "queued",   "called", "processing",
                                             "pending",   "finished", "missed", "parked"};
  constexpr std::string_view kGone[] = {"free", "archived", "deleted", "anonymized", "blocked", "conflict"};
  if (status == "reserved" || status == "preconfirmed") {
    process.remote.state = RemoteState::Reserved;
  } else if (std::find(std::begin(kConfirmed), std::end(kConfirmed), status) != std::end(kConfirmed)) {
    process.remote.state = RemoteState::Confirmed;
  } else if (std::find(std::begin(kGone), std::end(kGone), status) != std::end(kGone)) {
    process.remote.state = RemoteState::Gone;
  } else {
    return wrong("answer holds no known status");
  }
  process.remote.reference = clean(json_text(json, "displayNumber"), 60);
  if (process.remote.reference.empty()) process.remote.reference = process.handle.process_id;
  process.remote.slot.office_id = json_text(json, "officeId");
  const std::int64_t seconds = json_integer(json, "timestamp").value_or(0);
  if (seconds > 0 && seconds < 100'000'000'000)
    process.remote.slot.start = core::Instant(std::chrono::seconds(seconds));
  const auto minutes = json_integer(json_object(json, "scope"), "reservationDuration").value_or(0);
  process.hold_life = std::chrono::minutes(std::clamp<std::int64_t>(minutes, 0, kLongestHold));
  return process;
}

}  // namespace kiosk::promises::zms
