// One schedule as a rule of days: does it open on this day? After RFC 5545 3.3.10, for the parts that HSDS 3.x has.
// Private to the opening hours.
#pragma once

#include <chrono>
#include <optional>

#include "kiosk/directory/model.h"

namespace kiosk::directory {

// What rules ask of a day, worked out once for all the schedules that look at it.
struct DayFacts {
  explicit DayFacts(std::chrono::sys_days day);

  std::chrono::sys_days day;
  std::chrono::weekday weekday;
  int year, month;               // 1..12
  int month_day, days_in_month;  // 1..31
  int year_day, days_in_year;    // 1..366
};

// Refers to its schedule, which must outlive it.
class Recurrence {
 public:
  // None where the schedule has no usable times, or does not say on which days it opens: an every-other-week rule with
  // no date to count from, or a weekly one with neither a weekday nor a first day. Guessing would promise open doors.
  // `last_asked`: no later day will be asked about; bounds the work that `count` makes.
  static std::optional<Recurrence> of(const Schedule& schedule, std::chrono::sys_days last_asked);

  bool opens_on(const DayFacts& day) const;
  const Schedule& schedule() const { return *schedule_; }

 private:
  explicit Recurrence(const Schedule& schedule) : schedule_(&schedule) {}
  bool set_range();
  bool is_placed() const;
  void set_last_of_count(std::chrono::sys_days last_asked);

  bool in_period(const DayFacts& day) const;
  bool by_rules(const DayFacts& day) const;
  bool by_weekday(const DayFacts& day) const;
  bool recurs_on(const DayFacts& day) const { return in_period(day) && by_rules(day); }

  const Schedule* schedule_;
  int interval_ = 1;
  std::optional<DayFacts> anchor_;          // dtstart, else the first valid day: intervals and counts begin there
  std::chrono::sys_days first_{}, last_{};  // of the recurrence
  std::chrono::sys_days valid_from_{}, valid_to_{};
};

}  // namespace kiosk::directory
