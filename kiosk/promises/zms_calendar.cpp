#include "kiosk/promises/zms_calendar.h"

#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"
#include "kiosk/promises/zms_legacy.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises::zms {

using core::Result;
using work::CancelToken;

namespace {
constexpr std::size_t kMostRemembered = 16;
}

std::vector<std::string> service_ids(const BookingTarget& target) {
  std::vector<std::string> ids{target.service_id};
  for (const BookingTarget::Also& each : target.also) ids.push_back(each.service_id);
  return ids;
}

std::vector<std::string> service_counts(const BookingTarget& target) {
  std::vector<std::string> counts{std::to_string(target.count)};
  for (const BookingTarget::Also& each : target.also) counts.push_back(std::to_string(each.count));
  return counts;
}

std::optional<Calendar> CalendarReader::remembered(const CalendarQuestion& question) const {
  for (const Memory& each : memory_) {
    if (each.question == question && clock_.monotonic() - each.read < options_.calendar_life) return each.calendar;
  }
  return std::nullopt;
}

void CalendarReader::remember(const CalendarQuestion& question, const Calendar& calendar) {
  const core::Milliseconds now = clock_.monotonic();
  std::erase_if(memory_, [&](const Memory& each) {
    return each.question == question || now - each.read >= options_.calendar_life;
  });
  if (memory_.size() >= kMostRemembered) memory_.erase(memory_.begin());
  memory_.push_back({question, calendar, now});
}

Result<Calendar> CalendarReader::ask_present(const CalendarQuestion& question, const std::string& captcha_token,
                                             const CancelToken& cancel) {
  const std::string start = core::to_iso8601(question.first), end = core::to_iso8601(question.last);
  Query query{{"startDate", start},
              {"endDate", end},
              {"officeIds", core::join(question.office_ids, ",")},
              {"serviceIds", core::join(service_ids(question.target), ",")},
              {"serviceCounts", core::join(service_counts(question.target), ",")},
              {"slotsStartDate", start},
              {"slotsEndDate", end}};
  if (!captcha_token.empty()) query.emplace_back("captchaToken", captcha_token);
  const Result<core::Json> json = line_.get("/available-calendar", query, Weight::Light, cancel);
  if (!json.ok() && says_no_appointment(json.error())) return Calendar{};
  if (!json.ok()) return json.error();
  return parse_calendar(*json, question.office_ids, clock_.now());
}

Result<Calendar> CalendarReader::ask(Generation generation, const CalendarQuestion& question,
                                     const std::string& captcha_token, const CancelToken& cancel) {
  if (generation == Generation::Present) return ask_present(question, captcha_token, cancel);
  return read_legacy_calendar(line_, clock_, question, captcha_token, cancel);
}

Result<Calendar> CalendarReader::read(const CalendarQuestion& question, const std::string& captcha_token,
                                      const CancelToken& cancel) {
  Result<Calendar> calendar = ask(generation_, question, captcha_token, cancel);
  if (!calendar.ok() && is_no_such_route(calendar.error())) {
    const Generation other = generation_ == Generation::Present ? Generation::Legacy : Generation::Present;
    calendar = ask(other, question, captcha_token, cancel);
    if (calendar.ok() || !is_no_such_route(calendar.error())) {
      generation_ = other;
      core::log_info("zms.generation_found",
                     {{"system", options_.id}, {"generation", other == Generation::Legacy ? "legacy" : "present"}});
    }
  }
  if (calendar.ok()) remember(question, *calendar);
  return calendar;
}

}  // namespace kiosk::promises::zms
