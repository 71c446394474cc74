#include "kiosk/promises/zms_legacy.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises::zms {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using std::chrono::days;
using std::chrono::sys_days;
using work::CancelToken;

constexpr std::size_t kMostDays = 400;
constexpr days kLookAhead{180};  // for the next free day after an empty month, as the servers' own pages look

// What both requests say about the visit.
Query visit_query(const CalendarQuestion& question, const std::string& captcha_token) {
  Query query{{"officeId", core::join(question.office_ids, ",")},
              {"serviceId", core::join(service_ids(question.target), ",")},
              {"serviceCount", core::join(service_counts(question.target), ",")}};
  if (!captcha_token.empty()) query.emplace_back("captchaToken", captcha_token);
  return query;
}

std::string by_office(const char* path, const CalendarQuestion& question) {
  return question.office_ids.size() > 1 ? std::string(path) + "-by-office" : path;
}

Result<std::vector<core::Date>> read_days(Line& line, const CalendarQuestion& question,
                                          const std::string& captcha_token, const CancelToken& cancel) {
  Query query = visit_query(question, captcha_token);
  const core::Date end(std::max(sys_days(question.last), sys_days(question.first) + kLookAhead));
  query.emplace_back("startDate", core::to_iso8601(question.first));
  query.emplace_back("endDate", core::to_iso8601(end));
  const Result<Json> json = line.get(by_office("/available-days", question), query, Weight::Light, cancel);
  if (!json.ok() && says_no_appointment(json.error())) return std::vector<core::Date>{};
  if (!json.ok()) return json.error();
  return parse_legacy_days(*json);
}

Result<std::vector<Slot>> read_times(Line& line, const core::Clock& clock, const CalendarQuestion& question,
                                     core::Date day, const std::string& captcha_token, const CancelToken& cancel) {
  Query query = visit_query(question, captcha_token);
  query.emplace_back("date", core::to_iso8601(day));
  const Result<Json> json = line.get(by_office("/available-appointments", question), query, Weight::Light, cancel);
  if (!json.ok() && says_no_appointment(json.error())) return std::vector<Slot>{};
  if (!json.ok()) return json.error();
  return parse_legacy_times(*json, question.office_ids, clock.now());
}

core::Status take_day(Calendar& calendar, core::Date day, Result<std::vector<Slot>> times) {
  if (!times.ok()) return std::move(times).error();
  if (times->empty()) calendar.full_days.push_back(day);
  calendar.slots.insert(calendar.slots.end(), times->begin(), times->end());
  return {};
}

}  // namespace

bool says_no_appointment(const core::Error& error) {
  return error.kind == ErrorKind::NotFound && error.what.starts_with("noAppointmentFor");
}

Result<std::vector<core::Date>> parse_legacy_days(const Json& json) {
  if (!json.is_object() || !json.contains("availableDays") || !json["availableDays"].is_array()) {
    return make_error(ErrorKind::Unsupported, "answer holds no availableDays", "available-days");
  }
  const Json& list = json["availableDays"];
  if (list.size() > kMostDays) return make_error(ErrorKind::Full, "more days than were asked for", "available-days");
  std::vector<core::Date> out;
  for (const Json& entry : list) {
    const auto day = core::parse_iso_date(core::json_text(entry.is_object() ? entry : Json{{"time", entry}}, "time"));
    if (!day) return make_error(ErrorKind::Unsupported, "answer holds days that cannot be read", "available-days");
    out.push_back(*day);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<std::vector<Slot>> parse_legacy_times(const Json& json, const std::vector<std::string>& office_ids,
                                             core::Instant now) {
  std::vector<Slot> slots;
  bool readable = json.is_object();
  if (readable && json.contains("offices")) {
    readable = json["offices"].is_array();
    for (const Json& entry : core::json_array(json, "offices")) {
      const std::string id = core::json_text(entry, "officeId");
      if (std::find(office_ids.begin(), office_ids.end(), id) == office_ids.end()) continue;
      readable = append_times(entry, "appointments", id, now, slots) && readable;
    }
  } else if (readable) {
    readable = office_ids.size() == 1 && append_times(json, "appointmentTimestamps", office_ids.front(), now, slots);
  }
  if (!readable && slots.empty()) {
    return make_error(ErrorKind::Unsupported, "answer holds times that cannot be read", "available-appointments");
  }
  put_in_order(slots);
  return slots;
}

Result<Calendar> read_legacy_calendar(Line& line, const core::Clock& clock, const CalendarQuestion& question,
                                      const std::string& captcha_token, const CancelToken& cancel) {
  Calendar calendar;
  const auto times_of = [&](core::Date day) { return read_times(line, clock, question, day, captcha_token, cancel); };
  if (question.first == question.last) {
    KIOSK_CHECK(take_day(calendar, question.first, times_of(question.first)));
    return calendar;
  }
  KIOSK_TRY(const std::vector<core::Date> free_days, read_days(line, question, captcha_token, cancel));
  std::size_t read = 0;
  bool allowed = true;
  for (const core::Date day : free_days) {
    if (day < question.first) continue;
    if (day > question.last) {
      calendar.next_bookable = day;
      break;
    }
    if (!allowed || read >= kLegacyDaysRead) {
      calendar.unread_days.push_back(day);
      continue;
    }
    const core::Status taken = take_day(calendar, day, times_of(day));
    if (!taken.ok() && taken.error().kind != ErrorKind::RateLimited) return taken.error();
    if (taken.ok()) read++;
    if (!taken.ok()) {
      allowed = false;
      calendar.unread_days.push_back(day);
    }
  }
  put_in_order(calendar.slots);
  return calendar;
}

}  // namespace kiosk::promises::zms
