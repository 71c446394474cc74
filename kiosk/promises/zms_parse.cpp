#include "kiosk/promises/zms_parse.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/promises/plain_text.h"

namespace kiosk::promises::zms {
namespace {

using core::ErrorKind;
using core::Json;
using core::json_array;
using core::json_integer;
using core::json_object;
using core::json_text;
using core::make_error;
using core::Result;

// Beyond any authority's; a server that sends more is broken.
constexpr std::size_t kMostSlots = 50'000;
constexpr std::size_t kMostDays = 400;
constexpr std::size_t kLongestField = 2'000;    // of what a person typed
constexpr std::int64_t kLongestHold = 24 * 60;  // minutes
constexpr std::chrono::days kFarthest{800};

// The offices of one day. False where something is there that can't be read.
bool append_offices(const Json& day, const std::vector<std::string>& office_ids, core::Instant now,
                    std::vector<Slot>& slots) {
  bool readable = true;
  for (const Json& entry : json_array(day, "offices")) {
    const std::string office = json_text(entry, "officeId");
    if (std::find(office_ids.begin(), office_ids.end(), office) == office_ids.end()) continue;
    readable = append_times(entry, "appointments", office, now, slots) && readable;
  }
  return readable;
}

// Of an appointment's own answer: what the person gave, where the server tells it. The e-mail of a mere reservation is
// a placeholder that the server made up.
Details details_of(const Json& json, bool reserved) {
  Details details;
  const auto take = [&](const char* member, core::SecretText& into) {
    if (!json.contains(member) || !json[member].is_string()) return;
    // As it was typed: it goes back to where it came from.
    std::string text = core::sanitise_utf8(json_text(json, member));
    into.assign(core::truncate_utf8(core::trim(text), kLongestField));
    core::wipe(text);
  };
  take("familyName", details.name);
  if (!reserved) take("email", details.email);
  take("telephone", details.telephone);
  take("customTextfield", details.custom);
  take("customTextfield2", details.custom2);
  return details;
}

std::optional<RemoteState> state_of(const std::string& status) {
  constexpr std::string_view kConfirmed[] = {"confirmed", "queued",   "called", "processing",
                                             "pending",   "finished", "missed", "parked"};
  constexpr std::string_view kGone[] = {"free", "archived", "deleted", "anonymized", "blocked", "conflict"};
  const auto among = [&](const auto& names) {
    return std::find(std::begin(names), std::end(names), status) != std::end(names);
  };
  if (status == "reserved" || status == "preconfirmed") return RemoteState::Reserved;
  if (among(kConfirmed)) return RemoteState::Confirmed;
  if (among(kGone)) return RemoteState::Gone;
  return std::nullopt;
}

}  // namespace

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
}

void wipe_texts(Json& json) {
  if (json.is_string()) return core::wipe(json.get_ref<std::string&>());
  if (!json.is_structured()) return;
  for (Json& part : json) wipe_texts(part);
}

bool append_times(const Json& object, const char* member, const std::string& office_id, core::Instant now,
                  std::vector<Slot>& slots) {
  if (!object.contains(member) || !object[member].is_array()) return false;
  const core::Instant latest = now + kFarthest;
  for (const Json& time : object[member]) {
    const auto seconds = json_integer(Json{{"t", time}}, "t");
    if (!seconds || *seconds <= 0 || *seconds > latest.time_since_epoch().count() / 1000) continue;
    const core::Instant start{std::chrono::seconds(*seconds)};
    if (start > now && slots.size() < kMostSlots) slots.push_back({office_id, start});
  }
  return true;
}

void put_in_order(std::vector<Slot>& slots) {
  std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) {
    return a.start != b.start ? a.start < b.start : a.office_id < b.office_id;
  });
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
}

Result<Calendar> parse_calendar(const Json& json, const std::vector<std::string>& office_ids, core::Instant now) {
  if (!json.is_object() || !json.contains("availableDays") || !json["availableDays"].is_array()) {
    return make_error(ErrorKind::Unsupported, "answer holds no availableDays", "available-calendar");
  }
  const Json& days = json["availableDays"];
  if (days.size() > kMostDays)
    return make_error(ErrorKind::Full, "more days than were asked for", "available-calendar");
  Calendar calendar;
  bool readable = true;
  calendar.previous_bookable = core::parse_iso_date(json_text(json, "prevBookableDate"));
  calendar.next_bookable = core::parse_iso_date(json_text(json, "nextBookableDate"));
  for (const Json& day : days) {
    const std::size_t before = calendar.slots.size();
    readable = append_offices(day, office_ids, now, calendar.slots) && readable;
    if (calendar.slots.size() >= kMostSlots) return make_error(ErrorKind::Full, "too many times", "available-calendar");
    const auto date = core::parse_iso_date(json_text(day, "date"));
    if (date && calendar.slots.size() == before) calendar.full_days.push_back(*date);
    readable = readable && (date || calendar.slots.size() > before);
  }
  // "No free appointment" must be the back end's word, not what is left of an answer in another form.
  if (!readable && calendar.slots.empty()) {
    return make_error(ErrorKind::Unsupported, "answer holds days that cannot be read", "available-calendar");
  }
  put_in_order(calendar.slots);
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
  const std::optional<RemoteState> state = state_of(status);
  if (!state) return wrong("answer holds no known status");
  process.remote.state = *state;
  process.remote.details = details_of(json, status == "reserved");
  process.remote.reference = plain_text(json_text(json, "displayNumber"), 60);
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
