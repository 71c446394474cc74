// Opening hours: schedules to answers such as "open now, until 17:00" or "opens Tuesday at 9".
// All civil times are in the IANA zone given; changes of the clock are handled as RFC 5545 3.3.10 says: a time that
// does not exist moves forward by the gap, one that exists twice is the first. Pure and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"

namespace kiosk::directory {

struct OpenInterval {
  core::Instant opens, closes;  // opens < closes
  auto operator<=>(const OpenInterval&) const = default;
};

enum class OpenKind {
  Unknown,    // no schedule with times is known, whatever the special hours of some days
  OpenNow,    // `interval` holds now
  Closed,     // `interval` is the next one
  ClosedFor,  // nothing within the horizon of 60 days
};

struct Opening {
  OpenKind kind = OpenKind::Unknown;
  OpenInterval interval{};
};

// The intervals that touch [from, to), merged and in order, closures taken out. At most 62 days are looked at. A
// closure takes out, or replaces, the openings that begin on its days: the night before a holiday still ends in the
// holiday.
std::vector<OpenInterval> open_intervals(const std::vector<Schedule>& schedules, const std::vector<Closure>& closures,
                                         core::Instant from, core::Instant to, const std::string& zone);
Opening opening_at(const std::vector<Schedule>& schedules, const std::vector<Closure>& closures, core::Instant now,
                   const std::string& zone);

struct DayHours {
  core::Date date;
  std::vector<OpenInterval> intervals;  // that begin on the day; empty: closed
};
// The seven days from `now`'s day on, for the table of a place's hours.
std::vector<DayHours> week_hours(const std::vector<Schedule>& schedules, const std::vector<Closure>& closures,
                                 core::Instant now, const std::string& zone);

// Civil time helpers on the ICU time zone database; an unknown zone counts as UTC (the configuration checks zones).
core::Date local_date(core::Instant instant, const std::string& zone);
int local_minutes(core::Instant instant, const std::string& zone);  // after local midnight
core::Instant from_local(core::Date date, int minutes, const std::string& zone);
bool is_known_zone(const std::string& zone);

}  // namespace kiosk::directory
