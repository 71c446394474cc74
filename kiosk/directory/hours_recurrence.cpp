#include "kiosk/directory/hours_recurrence.h"

#include <algorithm>
#include <cstdlib>

namespace kiosk::directory {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

namespace {

constexpr sys_days kFirstDay = sys_days{std::chrono::year{1800} / 1 / 1};
constexpr sys_days kLastDay = sys_days{std::chrono::year{2300} / 1 / 1};
// A rule that began longer ago than this and counts its occurrences is over; nobody counts to it.
constexpr days kLongestCount{100 * 366};

// Weeks since a fixed one, weeks beginning on `week_start`.
int week_index(sys_days day, weekday week_start) {
  const sys_days start = day - (weekday{day} - week_start);
  const int since_epoch = static_cast<int>(start.time_since_epoch().count());
  return (since_epoch - (((since_epoch % 7) + 7) % 7)) / 7;
}

// The first day of week 1: the first week with at least four days in that year.
sys_days first_week(int year, weekday week_start) {
  const sys_days fourth = sys_days{std::chrono::year{year} / 1 / 4};
  return fourth - (weekday{fourth} - week_start);
}

bool in_week(const DayFacts& day, int number, weekday week_start) {
  int week_year = day.year;
  if (day.day < first_week(day.year, week_start)) week_year = day.year - 1;
  if (day.day >= first_week(day.year + 1, week_start)) week_year = day.year + 1;
  const sys_days first = first_week(week_year, week_start);
  const int weeks = static_cast<int>((first_week(week_year + 1, week_start) - first).count() / 7);
  const int week = static_cast<int>((day.day - first).count() / 7) + 1;
  return number == week || number == week - weeks - 1;
}

// `numbers` counts from 1 at the front, and from -1 at the back.
bool holds(const std::vector<int>& numbers, int from_front, int size) {
  const int from_back = from_front - size - 1;
  return std::any_of(numbers.begin(), numbers.end(), [&](int n) { return n == from_front || n == from_back; });
}

bool has_times(const Schedule& schedule) {
  const auto in_day = [](int minutes) { return minutes >= 0 && minutes <= 24 * 60; };
  return schedule.opens && schedule.closes && in_day(*schedule.opens) && in_day(*schedule.closes) &&
         *schedule.opens < 24 * 60;
}

}  // namespace

DayFacts::DayFacts(sys_days d) : day(d), weekday(d) {
  const year_month_day date{d};
  year = static_cast<int>(date.year());
  month = static_cast<int>(static_cast<unsigned>(date.month()));
  month_day = static_cast<int>(static_cast<unsigned>(date.day()));
  days_in_month = static_cast<int>(static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day()));
  year_day = static_cast<int>((d - sys_days{date.year() / 1 / 1}).count()) + 1;
  days_in_year = date.year().is_leap() ? 366 : 365;
}

std::optional<Recurrence> Recurrence::of(const Schedule& schedule, sys_days last_asked) {
  if (!has_times(schedule)) return std::nullopt;
  Recurrence recurrence(schedule);
  if (!recurrence.set_range() || !recurrence.is_placed()) return std::nullopt;
  if (schedule.count && schedule.frequency != Frequency::Once) recurrence.set_last_of_count(last_asked);
  return recurrence;
}

// Dates that are no dates, or outside what a calendar of services can mean, make the schedule unusable.
bool Recurrence::set_range() {
  const auto set = [](const std::optional<core::Date>& date, sys_days fallback, sys_days& out) {
    out = fallback;
    if (!date) return true;
    if (!date->ok()) return false;
    out = std::clamp(sys_days{*date}, kFirstDay, kLastDay);
    return true;
  };
  const Schedule& s = *schedule_;
  if (!set(s.valid_from, kFirstDay, valid_from_) || !set(s.valid_to, kLastDay, valid_to_)) return false;
  if (!set(s.starts, kFirstDay, first_) || !set(s.until, kLastDay, last_)) return false;
  if (s.starts) {
    anchor_.emplace(first_);
  } else if (s.valid_from) {
    anchor_.emplace(valid_from_);
  }
  interval_ = std::max(1, s.interval);
  return true;
}

bool Recurrence::is_placed() const {
  const Schedule& s = *schedule_;
  if (s.frequency == Frequency::Once) return s.starts || (s.valid_from && s.valid_from == s.valid_to);
  const bool says_days = !s.by_weekday.empty() || !s.by_year_day.empty() || !s.by_month_day.empty();
  return anchor_ || (says_days && interval_ == 1 && !s.count);
}

void Recurrence::set_last_of_count(sys_days last_asked) {
  int left = *schedule_->count;
  const sys_days begin = anchor_->day;
  unsigned weekdays = schedule_->by_weekday.empty() ? 0x7f : 0;  // a cheap first look: years may lie between
  for (const Schedule::WeekdayRule& rule : schedule_->by_weekday) {
    if (rule.day.ok()) weekdays |= 1u << rule.day.c_encoding();
  }
  if (left <= 0 || last_asked - begin > kLongestCount) {
    last_ = begin - days{1};
    return;
  }
  for (sys_days day = begin; day <= std::min(last_, last_asked); day += days{1}) {
    if (!(weekdays >> weekday{day}.c_encoding() & 1)) continue;
    if (recurs_on(DayFacts{day}) && --left == 0) last_ = day;
  }
}

bool Recurrence::opens_on(const DayFacts& day) const {
  if (day.day < first_ || day.day > last_ || day.day < valid_from_ || day.day > valid_to_) return false;
  if (schedule_->frequency == Frequency::Once) return day.day == anchor_->day;
  return recurs_on(day);
}

// Is the day's week or month one of those that the interval chooses?
bool Recurrence::in_period(const DayFacts& day) const {
  if (interval_ == 1) return true;
  const weekday start = schedule_->week_start;
  const int periods = schedule_->frequency == Frequency::Weekly
                          ? week_index(day.day, start) - week_index(anchor_->day, start)
                          : (day.year - anchor_->year) * 12 + day.month - anchor_->month;
  return periods % interval_ == 0;
}

// Every BY… part that is given must hold, so that a part which RFC 5545 does not foresee for a frequency narrows it.
bool Recurrence::by_rules(const DayFacts& day) const {
  const Schedule& s = *schedule_;
  if (!s.by_year_day.empty() && !holds(s.by_year_day, day.year_day, day.days_in_year)) return false;
  if (!s.by_month_day.empty() && !holds(s.by_month_day, day.month_day, day.days_in_month)) return false;
  if (!s.by_week_number.empty() && std::none_of(s.by_week_number.begin(), s.by_week_number.end(),
                                                [&](int number) { return in_week(day, number, s.week_start); })) {
    return false;
  }
  if (!s.by_weekday.empty()) return by_weekday(day);
  if (!s.by_year_day.empty() || !s.by_month_day.empty()) return true;
  const bool by_week = s.frequency == Frequency::Weekly || !s.by_week_number.empty();
  return by_week ? day.weekday == anchor_->weekday : day.month_day == anchor_->month_day;
}

bool Recurrence::by_weekday(const DayFacts& day) const {
  const int nth = (day.month_day - 1) / 7 + 1;
  const int nth_last = -((day.days_in_month - day.month_day) / 7 + 1);
  return std::any_of(
      schedule_->by_weekday.begin(), schedule_->by_weekday.end(), [&](const Schedule::WeekdayRule& rule) {
        return rule.day == day.weekday && (rule.ordinal == 0 || rule.ordinal == nth || rule.ordinal == nth_last);
      });
}

}  // namespace kiosk::directory
