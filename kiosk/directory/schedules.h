// Opening rules of feeds → Schedule and Closure.
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/directory/model.h"

namespace kiosk::directory {

// Of one object (service, service_at_location or location), in any dialect's spelling. Rules that say nothing usable
// (neither times nor words) are left out.
std::vector<Schedule> read_schedules(const core::Json& holder);
std::vector<Closure> read_closures(const core::Json& holder);  // ORUK 1.0 holiday_schedules

struct TimeOfDay {
  int minutes = 0;  // 0..1440
  std::optional<int> utc_offset_minutes;
};
// "09:00", "10:00:00", "9:30Z", "09:00+01:00", "9am", "5.30 pm", "24:00".
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
// "MO,TU", "2MO", "-1FR", "Monday; Thursday".
std::vector<Schedule::WeekdayRule> parse_by_day(std::string_view text);

}  // namespace kiosk::directory
