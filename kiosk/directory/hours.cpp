#include "kiosk/directory/hours.h"

#include <algorithm>
#include <cstdlib>

#include "kiosk/directory/hours_recurrence.h"
#include "kiosk/directory/hours_zone.h"

namespace kiosk::directory {

using core::Date;
using core::Instant;
using core::Milliseconds;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

namespace {

constexpr days kHorizon{60};
constexpr days kMostDays{62};
// Schedules with an offset of their own may count a day up to a day and a half away from the zone's.
constexpr days kFrameMargin{2};
constexpr int kMostOffsetMinutes = 18 * 60;
// Instants outside are clamped: calendars end somewhere, and no kiosk gets there.
constexpr Instant kEarliest = sys_days{std::chrono::year{1900} / 1 / 1};
constexpr Instant kLatest = sys_days{std::chrono::year{2200} / 1 / 1};

sys_days local_day(Instant instant, const CivilZone& zone) {
  const Instant bounded = std::clamp(instant, kEarliest, kLatest);
  return std::chrono::floor<days>(bounded + zone.offset_at(bounded));
}

Instant at_local(sys_days day, int minute, const CivilZone& zone) {
  return zone.resolve(std::chrono::local_time<Milliseconds>{day.time_since_epoch() + minutes{minute}});
}

void sort_and_merge(std::vector<OpenInterval>& intervals) {
  std::sort(intervals.begin(), intervals.end());
  std::size_t kept = 0;
  for (const OpenInterval& next : intervals) {
    if (kept > 0 && next.opens <= intervals[kept - 1].closes) {
      intervals[kept - 1].closes = std::max(intervals[kept - 1].closes, next.closes);
    } else {
      intervals[kept++] = next;
    }
  }
  intervals.resize(kept);
}

bool has_special_hours(const Closure& closure) {
  return !closure.closed && closure.opens && closure.closes && *closure.opens >= 0 && *closure.opens < 24 * 60 &&
         *closure.closes >= 0 && *closure.closes <= 24 * 60;
}

// The rules of one set of schedules, ready to be asked day by day up to `last`.
class Timetable {
 public:
  Timetable(const std::vector<Schedule>& schedules, const std::vector<Closure>& closures, sys_days last,
            const CivilZone& zone)
      : zone_(zone) {
    recurrences_.reserve(schedules.size());
    for (const Schedule& schedule : schedules) {
      if (auto recurrence = Recurrence::of(schedule, last)) recurrences_.push_back(*recurrence);
    }
    for (const Closure& closure : closures) {
      if (closure.from.ok() && closure.to.ok() && (closure.closed || has_special_hours(closure)))
        closures_.push_back({sys_days{closure.from}, sys_days{closure.to}, &closure});
    }
  }

  // Of special hours alone nobody knows what is usual.
  bool knows_hours() const { return !recurrences_.empty(); }

  // Appends the openings that begin on that day, unmerged. A closure takes out, or replaces, what begins on its days:
  // the night before a holiday still ends in the holiday's small hours.
  void add_day(sys_days day, std::vector<OpenInterval>& out) const {
    const DayFacts facts(day);
    if (add_exception(day, out)) return;
    for (const Recurrence& recurrence : recurrences_) {
      if (!recurrence.opens_on(facts)) continue;
      const Schedule& schedule = recurrence.schedule();
      add(day, *schedule.opens, *schedule.closes, schedule.utc_offset_minutes, out);
    }
  }

 private:
  struct Exception {
    sys_days from, to;
    const Closure* closure;
  };

  // True where the day is not as usual; closed wins over special hours.
  bool add_exception(sys_days day, std::vector<OpenInterval>& out) const {
    const auto concerns = [&](const Exception& exception) { return exception.from <= day && day <= exception.to; };
    bool concerned = false;
    for (const Exception& exception : closures_) {
      if (!concerns(exception)) continue;
      if (exception.closure->closed) return true;
      concerned = true;
    }
    for (const Exception& exception : closures_) {
      if (concerned && concerns(exception))
        add(day, *exception.closure->opens, *exception.closure->closes, std::nullopt, out);
    }
    return concerned;
  }

  void add(sys_days day, int opens, int closes, std::optional<int> offset, std::vector<OpenInterval>& out) const {
    if (closes <= opens) closes += 24 * 60;
    OpenInterval interval;
    if (offset && std::abs(*offset) <= kMostOffsetMinutes) {
      interval = {day + minutes{opens - *offset}, day + minutes{closes - *offset}};
    } else {
      interval = {at_local(day, opens, zone_), at_local(day, closes, zone_)};
    }
    // A gap of the clock can swallow an opening that would end inside it.
    if (interval.opens < interval.closes) out.push_back(interval);
  }

  const CivilZone& zone_;
  std::vector<Recurrence> recurrences_;
  std::vector<Exception> closures_;
};

std::vector<OpenInterval> collect(const Timetable& timetable, sys_days first, sys_days last) {
  std::vector<OpenInterval> intervals;
  for (sys_days day = first; day <= last; day += days{1}) timetable.add_day(day, intervals);
  sort_and_merge(intervals);
  return intervals;
}

// The first opening that is not over at `now`, as far as days up to `last` tell.
std::optional<OpenInterval> first_after(const Timetable& timetable, Instant now, sys_days first, sys_days last) {
  for (const OpenInterval& interval : collect(timetable, first, last)) {
    if (interval.closes > now) return interval;
  }
  return std::nullopt;
}

}  // namespace

std::vector<OpenInterval> open_intervals(const std::vector<Schedule>& schedules, const std::vector<Closure>& closures,
                                         Instant from, Instant to, const std::string& zone) {
  const Instant begin = std::clamp(from, kEarliest, kLatest);
  const Instant end = std::min(std::clamp(to, kEarliest, kLatest), begin + kMostDays);
  if (schedules.empty() && closures.empty()) return {};
  if (begin >= end) return {};
  const CivilZone& civil = zone_named(zone);
  const sys_days last = local_day(end, civil) + kFrameMargin;
  const Timetable timetable(schedules, closures, last, civil);
  std::vector<OpenInterval> intervals = collect(timetable, local_day(begin, civil) - kFrameMargin, last);
  std::erase_if(intervals, [&](const OpenInterval& i) { return i.closes <= begin || i.opens >= end; });
  return intervals;
}

Opening opening_at(const std::vector<Schedule>& schedules, const std::vector<Closure>& closures, Instant now,
                   const std::string& zone) {
  if (schedules.empty() || now < kEarliest || now > kLatest) return {};
  const CivilZone& civil = zone_named(zone);
  const sys_days first = local_day(now, civil) - kFrameMargin;
  const sys_days last = local_day(now, civil) + kMostDays;
  const Timetable timetable(schedules, closures, last, civil);
  if (!timetable.knows_hours()) return {};

  // Nearly every place opens within the week, so a few days are looked at before the whole horizon is.
  const sys_days near = first + days{11};
  std::optional<OpenInterval> next = first_after(timetable, now, first, near);
  if (!next || next->closes >= Instant{near - kFrameMargin}) next = first_after(timetable, now, first, last);

  if (!next || next->opens > now + kHorizon) return {OpenKind::ClosedFor, {}};
  return {next->opens <= now ? OpenKind::OpenNow : OpenKind::Closed, *next};
}

std::vector<DayHours> week_hours(const std::vector<Schedule>& schedules, const std::vector<Closure>& closures,
                                 Instant now, const std::string& zone) {
  constexpr std::size_t kDays = 7;
  const CivilZone& civil = zone_named(zone);
  const sys_days today = local_day(now, civil);
  const sys_days last = today + days{kDays} + kFrameMargin;
  const Timetable timetable(schedules, closures, last, civil);
  std::vector<OpenInterval> openings;
  for (sys_days day = today - kFrameMargin; day <= last; day += days{1}) timetable.add_day(day, openings);

  std::vector<DayHours> week(kDays);
  for (std::size_t i = 0; i < kDays; ++i) week[i].date = Date{today + days{static_cast<int>(i)}};
  for (const OpenInterval& opening : openings) {
    const auto index = (local_day(opening.opens, civil) - today).count();
    if (index >= 0 && index < static_cast<int>(kDays))
      week[static_cast<std::size_t>(index)].intervals.push_back(opening);
  }
  for (DayHours& day : week) sort_and_merge(day.intervals);
  return week;
}

Date local_date(Instant instant, const std::string& zone) { return Date{local_day(instant, zone_named(zone))}; }

int local_minutes(Instant instant, const std::string& zone) {
  const CivilZone& civil = zone_named(zone);
  const Instant local =
      std::clamp(instant, kEarliest, kLatest) + civil.offset_at(std::clamp(instant, kEarliest, kLatest));
  return static_cast<int>(std::chrono::floor<minutes>(local - std::chrono::floor<days>(local)).count());
}

Instant from_local(Date date, int minute, const std::string& zone) {
  // An impossible day of a month counts on: 31 February is 3 March.
  return at_local(sys_days{date}, minute, zone_named(zone));
}

}  // namespace kiosk::directory
