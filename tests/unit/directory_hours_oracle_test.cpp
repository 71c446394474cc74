// Opening hours against an oracle: days by expanding the rule period by period, openings minute by minute.
#include <chrono>
#include <random>
#include <set>

#include "tests/unit/catch.h"
#include "tests/unit/hours_fixture.h"

namespace {

using hours_test::date;
using hours_test::kLondon;
using hours_test::opening_days;
using kiosk::core::Date;
using kiosk::core::Instant;
using kiosk::directory::Closure;
using kiosk::directory::Frequency;
using kiosk::directory::OpenInterval;
using kiosk::directory::OpenKind;
using kiosk::directory::Schedule;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::weekday;
namespace directory = kiosk::directory;

sys_days week_of(sys_days day, weekday start) {
  while (weekday{day} != start) day -= days{1};
  return day;
}

bool limited(const Schedule& s, sys_days day) {
  const Date d{day};
  const int in_month = static_cast<int>(unsigned{(d.year() / d.month() / std::chrono::last).day()});
  if (!s.by_month_day.empty()) {
    bool any = false;
    for (int n : s.by_month_day) any |= (n > 0 ? n : in_month + 1 + n) == static_cast<int>(unsigned{d.day()});
    if (!any) return false;
  }
  if (!s.by_weekday.empty()) {
    bool any = false;
    for (const auto& by : s.by_weekday) {
      if (by.day != weekday{day}) continue;
      if (by.ordinal == 0) any = true;
      if (by.ordinal > 0) any |= sys_days{d.year() / d.month() / by.day[static_cast<unsigned>(by.ordinal)]} == day;
      if (by.ordinal < 0) {
        sys_days last = sys_days{d.year() / d.month() / by.day[std::chrono::last]};
        any |= last + days{7} * (by.ordinal + 1) == day;
      }
    }
    if (!any) return false;
  }
  return true;
}

std::set<sys_days> expand(const Schedule& s, sys_days until) {
  std::set<sys_days> all;
  const sys_days anchor{*s.starts};
  const bool by_any = !s.by_weekday.empty() || !s.by_month_day.empty();
  if (s.frequency == Frequency::Weekly) {
    for (sys_days week = week_of(anchor, s.week_start); week <= until; week += days{7} * s.interval) {
      for (sys_days day = week; day < week + days{7}; day += days{1}) {
        if (by_any && s.by_weekday.empty() && limited(s, day)) all.insert(day);
        if (!s.by_weekday.empty() && limited(s, day)) all.insert(day);
        if (!by_any && weekday{day} == weekday{anchor}) all.insert(day);
      }
    }
  } else {
    auto month = s.starts->year() / s.starts->month();
    for (; sys_days{month / 1} <= until; month += std::chrono::months{s.interval}) {
      for (sys_days day = sys_days{month / 1}; day <= sys_days{month / std::chrono::last}; day += days{1}) {
        if (by_any ? limited(s, day) : Date{day}.day() == s.starts->day()) all.insert(day);
      }
    }
  }
  std::set<sys_days> kept;
  int count = s.count.value_or(1 << 30);
  for (sys_days day : all) {
    if (day < anchor || (s.until && day > sys_days{*s.until}) || count-- <= 0) continue;
    if (s.valid_from && day < sys_days{*s.valid_from}) continue;
    if (s.valid_to && day > sys_days{*s.valid_to}) continue;
    kept.insert(day);
  }
  return kept;
}

// Local minute of every UTC minute around a window, read through local_date() and local_minutes() only.
class WallClock {
 public:
  WallClock(Instant begin, int count, const std::string& zone) : begin_(begin) {
    for (int i = 0; i < count; ++i) {
      const Instant at = begin + minutes{i};
      local_.push_back(sys_days{directory::local_date(at, zone)} + minutes{directory::local_minutes(at, zone)});
    }
  }
  Instant resolve(sys_days day, int minute) const {
    for (int back = 0; back <= 120; back += 30) {
      for (std::size_t i = 0; i < local_.size(); ++i) {
        if (local_[i] == day + minutes{minute - back}) return begin_ + minutes{static_cast<int>(i) + back};
      }
    }
    return Instant::min();
  }

 private:
  Instant begin_;
  std::vector<Instant> local_;
};

Schedule random_schedule(std::mt19937& random, sys_days around) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  Schedule s;
  s.frequency = pick(0, 2) ? Frequency::Weekly : Frequency::Monthly;
  s.starts = Date{around + days{pick(-200, 3)}};
  s.interval = pick(0, 2) ? 1 : pick(2, 4);
  s.week_start = weekday{pick(0, 1) ? 1u : static_cast<unsigned>(pick(0, 6))};
  for (int n = pick(0, 4); n > 0; --n) {
    const bool ordinal = s.frequency == Frequency::Monthly && pick(0, 2) == 0;
    s.by_weekday.push_back(
        {weekday{static_cast<unsigned>(pick(0, 6))}, ordinal ? (pick(0, 1) ? pick(1, 5) : -pick(1, 5)) : 0});
  }
  if (s.frequency == Frequency::Monthly && pick(0, 2) == 0) {
    for (int n = pick(1, 6); n > 0; --n) s.by_month_day.push_back(pick(0, 3) ? pick(1, 31) : -pick(1, 31));
  }
  if (pick(0, 3) == 0) s.count = pick(1, 40);
  if (pick(0, 5) == 0) s.until = Date{around + days{pick(-5, 10)}};
  if (pick(0, 5) == 0) s.valid_from = Date{around + days{pick(-10, 3)}};
  if (pick(0, 5) == 0) s.valid_to = Date{around + days{pick(-2, 10)}};
  s.opens = pick(0, 47) * 30;
  s.closes = pick(0, 48) * 30;
  return s;
}

}  // namespace

TEST_CASE("days agree with an oracle that expands the rule") {
  std::mt19937 random(20261123);
  const sys_days around{date(2026, 11, 23)};
  for (int round = 0; round < 400; ++round) {
    Schedule s = random_schedule(random, around);
    s.opens = 540;
    s.closes = 1020;
    std::vector<Date> expected;
    for (sys_days day : expand(s, around + days{45})) {
      if (day >= around - days{30} && day <= around + days{30}) expected.push_back(Date{day});
    }
    CAPTURE(round);
    REQUIRE(opening_days(s, Date{around - days{30}}, Date{around + days{30}}) == expected);
  }
}

TEST_CASE("openings agree with an oracle minute by minute, across the clock's changes") {
  struct Where {
    std::string zone;
    Date change;
  };
  const std::vector<Where> places = {{kLondon, date(2026, 3, 29)},
                                     {kLondon, date(2026, 10, 25)},
                                     {kLondon, date(2027, 3, 28)},
                                     {kLondon, date(2027, 10, 31)},
                                     {"America/New_York", date(2026, 3, 8)},
                                     {"Australia/Lord_Howe", date(2026, 4, 5)},
                                     {"Australia/Lord_Howe", date(2026, 10, 4)}};
  constexpr int kWindow = 3 * 24 * 60;
  std::mt19937 random(7);
  for (const Where& where : places) {
    const Instant begin = sys_days{where.change} - days{1};
    const WallClock clock(begin - days{3}, kWindow + 6 * 24 * 60, where.zone);
    for (int round = 0; round < 12; ++round) {
      std::vector<Schedule> schedules;
      for (int n = 0; n < 3; ++n) schedules.push_back(random_schedule(random, sys_days{where.change}));
      std::vector<Closure> closures;
      if (round % 3 == 0) closures.push_back({where.change, where.change, true, {}, {}});

      std::vector<bool> open(kWindow, false);
      for (const Schedule& s : schedules) {
        for (sys_days day : expand(s, sys_days{where.change} + days{4})) {
          if (day < sys_days{where.change} - days{3}) continue;
          if (!closures.empty() && day == sys_days{where.change}) continue;
          const Instant opens = clock.resolve(day, *s.opens);
          const Instant closes = clock.resolve(day, *s.closes <= *s.opens ? *s.closes + 24 * 60 : *s.closes);
          for (int m = 0; m < kWindow; ++m) {
            if (opens <= begin + minutes{m} && begin + minutes{m} < closes) open[static_cast<std::size_t>(m)] = true;
          }
        }
      }

      const auto intervals =
          directory::open_intervals(schedules, closures, begin, begin + minutes{kWindow}, where.zone);
      for (std::size_t i = 1; i < intervals.size(); ++i) REQUIRE(intervals[i - 1].closes < intervals[i].opens);
      int wrong = 0;
      for (int m = 0; m < kWindow; ++m) {
        const Instant at = begin + minutes{m};
        bool covered = false;
        for (const OpenInterval& i : intervals) covered |= i.opens <= at && at < i.closes;
        wrong += covered != open[static_cast<std::size_t>(m)];
        if (m % 97 == 0) {
          const auto opening = directory::opening_at(schedules, closures, at, where.zone);
          wrong += (opening.kind == OpenKind::OpenNow) != covered;
        }
      }
      CAPTURE(where.zone, round);
      REQUIRE(wrong == 0);
    }
  }
}
