// Opening hours: RFC 5545 rules, the clock's changes, closures, and what residents are told of them.
#include <chrono>

#include "tests/unit/catch.h"
#include "tests/unit/hours_fixture.h"

namespace {

using namespace std::chrono_literals;
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

Instant utc(Date day, int hour = 0, int minute = 0) {
  return sys_days{day} + std::chrono::hours{hour} + minutes{minute};
}

Schedule weekly(std::initializer_list<unsigned> weekdays, int opens, int closes) {
  Schedule schedule;
  for (unsigned day : weekdays) schedule.by_weekday.push_back({weekday{day}, 0});
  schedule.opens = opens;
  schedule.closes = closes;
  return schedule;
}

Schedule rule(Frequency frequency, Date starts, int interval = 1) {
  Schedule schedule;
  schedule.frequency = frequency;
  schedule.starts = starts;
  schedule.interval = interval;
  schedule.opens = 9 * 60;
  schedule.closes = 17 * 60;
  return schedule;
}

}  // namespace

TEST_CASE("weekly hours say open now, and when it opens next") {
  const std::vector<Schedule> hours = {weekly({1, 2, 3, 4, 5}, 9 * 60, 17 * 60)};
  const Date monday = date(2026, 11, 23);

  const auto now = directory::opening_at(hours, {}, utc(monday, 10), kLondon);
  CHECK(now.kind == OpenKind::OpenNow);
  CHECK(now.interval == OpenInterval{utc(monday, 9), utc(monday, 17)});

  const auto closing = directory::opening_at(hours, {}, utc(monday, 17), kLondon);
  CHECK(closing.kind == OpenKind::Closed);
  CHECK(closing.interval.opens == utc(date(2026, 11, 24), 9));

  const auto weekend = directory::opening_at(hours, {}, utc(date(2026, 11, 28), 12), kLondon);
  CHECK(weekend.kind == OpenKind::Closed);
  CHECK(weekend.interval.opens == utc(date(2026, 11, 30), 9));
}

TEST_CASE("hours that are not known are not made up") {
  CHECK(directory::opening_at({}, {}, utc(date(2026, 11, 23)), kLondon).kind == OpenKind::Unknown);
  // What holds on Christmas Eve tells nothing of the other days.
  const std::vector<Closure> special = {{date(2026, 12, 24), date(2026, 12, 24), false, 600, 840}};
  CHECK(directory::opening_at({}, special, utc(date(2026, 11, 23)), kLondon).kind == OpenKind::Unknown);
  Schedule by_appointment;
  by_appointment.by_weekday = {{weekday{1}, 0}};
  by_appointment.description = "by appointment";
  CHECK(directory::opening_at({by_appointment}, {}, utc(date(2026, 11, 23), 10), kLondon).kind == OpenKind::Unknown);
  CHECK(directory::opening_at({by_appointment}, special, utc(date(2026, 11, 23)), kLondon).kind == OpenKind::Unknown);
  // Every other Monday, but of which weeks?
  Schedule fortnightly = weekly({1}, 540, 1020);
  fortnightly.interval = 2;
  CHECK(directory::opening_at({fortnightly}, {}, utc(date(2026, 11, 23), 10), kLondon).kind == OpenKind::Unknown);
  Schedule times_only;
  times_only.opens = 540;
  times_only.closes = 1020;
  CHECK(directory::opening_at({times_only}, {}, utc(date(2026, 11, 23), 10), kLondon).kind == OpenKind::Unknown);
}

TEST_CASE("a schedule that ended long ago is closed for good") {
  Schedule past = weekly({1, 2, 3, 4, 5, 6, 0}, 540, 1020);
  past.valid_to = date(2025, 1, 1);
  CHECK(directory::opening_at({past}, {}, utc(date(2026, 11, 23), 10), kLondon).kind == OpenKind::ClosedFor);
  Schedule future = weekly({1}, 540, 1020);
  future.valid_from = date(2027, 2, 1);
  CHECK(directory::opening_at({future}, {}, utc(date(2026, 11, 23), 10), kLondon).kind == OpenKind::ClosedFor);
  CHECK(directory::opening_at({future}, {}, utc(date(2026, 12, 20), 10), kLondon).kind == OpenKind::Closed);
}

TEST_CASE("split shifts stay apart and touching ones join") {
  const Date monday = date(2026, 11, 23);
  const std::vector<Schedule> split = {weekly({1}, 14 * 60, 17 * 60), weekly({1}, 9 * 60, 12 * 60)};
  CHECK(directory::open_intervals(split, {}, utc(monday), utc(monday, 23), kLondon) ==
        std::vector<OpenInterval>{{utc(monday, 9), utc(monday, 12)}, {utc(monday, 14), utc(monday, 17)}});
  const std::vector<Schedule> touching = {weekly({1}, 12 * 60, 17 * 60), weekly({1}, 9 * 60, 12 * 60)};
  CHECK(directory::open_intervals(touching, {}, utc(monday), utc(monday, 23), kLondon) ==
        std::vector<OpenInterval>{{utc(monday, 9), utc(monday, 17)}});
}

TEST_CASE("overnight hours run into the next day, and round the clock never ends") {
  const Date friday = date(2026, 11, 27);
  const std::vector<Schedule> shelter = {weekly({5}, 20 * 60, 8 * 60)};
  const auto small_hours = directory::opening_at(shelter, {}, utc(date(2026, 11, 28), 3), kLondon);
  CHECK(small_hours.kind == OpenKind::OpenNow);
  CHECK(small_hours.interval == OpenInterval{utc(friday, 20), utc(date(2026, 11, 28), 8)});

  const std::vector<Schedule> always = {weekly({0, 1, 2, 3, 4, 5, 6}, 0, 24 * 60)};
  const auto open = directory::opening_at(always, {}, utc(friday, 12), kLondon);
  CHECK(open.kind == OpenKind::OpenNow);
  CHECK(open.interval.closes > utc(friday, 12) + days{59});
  const auto week = directory::week_hours(always, {}, utc(friday, 12), kLondon);
  REQUIRE(week.size() == 7);
  CHECK(week[0].date == friday);
  for (const auto& day : week) {
    CHECK(day.intervals == std::vector<OpenInterval>{{utc(day.date), utc(day.date) + days{1}}});
  }
}

TEST_CASE("closures take days out and special hours replace them") {
  const std::vector<Schedule> daily = {weekly({0, 1, 2, 3, 4, 5, 6}, 9 * 60, 17 * 60)};
  const std::vector<Closure> closures = {{date(2026, 12, 25), date(2026, 12, 26), true, {}, {}},
                                         {date(2026, 12, 24), date(2026, 12, 25), false, 10 * 60, 12 * 60},
                                         {date(2026, 12, 28), date(2026, 12, 28), false, {}, {}}};
  const auto on = [&](unsigned day) {
    return directory::open_intervals(daily, closures, utc(date(2026, 12, day)), utc(date(2026, 12, day), 23), kLondon);
  };
  CHECK(on(23) == std::vector<OpenInterval>{{utc(date(2026, 12, 23), 9), utc(date(2026, 12, 23), 17)}});
  CHECK(on(24) == std::vector<OpenInterval>{{utc(date(2026, 12, 24), 10), utc(date(2026, 12, 24), 12)}});
  CHECK(on(25).empty());  // closed wins over special hours
  CHECK(on(26).empty());
  CHECK(on(28).size() == 1);  // an exception that says nothing changes nothing

  // The night before the holiday still ends on its morning; the holiday's own night does not begin.
  const std::vector<Schedule> nights = {weekly({0, 1, 2, 3, 4, 5, 6}, 22 * 60, 6 * 60)};
  const auto kept = directory::opening_at(nights, {closures[0]}, utc(date(2026, 12, 25), 3), kLondon);
  CHECK(kept.kind == OpenKind::OpenNow);
  CHECK(directory::opening_at(nights, {closures[0]}, utc(date(2026, 12, 25), 23), kLondon).kind == OpenKind::Closed);
}

TEST_CASE("the clock's changes in London: 2026 and 2027") {
  const std::vector<Schedule> daily = {weekly({0, 1, 2, 3, 4, 5, 6}, 9 * 60, 17 * 60)};
  struct Change {
    Date day;
    int opens_before, opens_on;  // hours of UTC
  };
  for (const Change& change : {Change{date(2026, 3, 29), 9, 8}, Change{date(2026, 10, 25), 8, 9},
                               Change{date(2027, 3, 28), 9, 8}, Change{date(2027, 10, 31), 8, 9}}) {
    const sys_days day{change.day};
    CHECK(directory::open_intervals(daily, {}, day - days{1} + 1h, day - days{1} + 23h, kLondon).front().opens ==
          day - days{1} + std::chrono::hours{change.opens_before});
    CHECK(directory::open_intervals(daily, {}, day + 1h, day + 23h, kLondon).front().opens ==
          day + std::chrono::hours{change.opens_on});
  }

  // 01:30 does not exist on 29 March: it is 02:30 BST. 01:30 exists twice on 25 October: the first, in BST.
  CHECK(directory::from_local(date(2026, 3, 29), 90, kLondon) == utc(date(2026, 3, 29), 1, 30));
  CHECK(directory::from_local(date(2026, 10, 25), 90, kLondon) == utc(date(2026, 10, 25), 0, 30));
  CHECK(directory::from_local(date(2026, 3, 29), 24 * 60, kLondon) == utc(date(2026, 3, 29), 23));
  CHECK(directory::local_date(utc(date(2026, 6, 30), 23, 30), kLondon) == date(2026, 7, 1));
  CHECK(directory::local_minutes(utc(date(2026, 6, 30), 23, 30), kLondon) == 30);

  // A night of 22:00 to 06:00 is an hour short in March and an hour long in October.
  const std::vector<Schedule> nights = {weekly({0, 1, 2, 3, 4, 5, 6}, 22 * 60, 6 * 60)};
  const auto spring = directory::opening_at(nights, {}, utc(date(2026, 3, 29), 2), kLondon);
  CHECK(spring.interval.closes - spring.interval.opens == 7h);
  const auto autumn = directory::opening_at(nights, {}, utc(date(2026, 10, 25), 2), kLondon);
  CHECK(autumn.interval.closes - autumn.interval.opens == 9h);

  // A whole day has 23 or 25 hours, and is one interval.
  const std::vector<Schedule> sunday = {weekly({0}, 0, 24 * 60)};
  CHECK(directory::open_intervals(sunday, {}, utc(date(2026, 3, 29), 5), utc(date(2026, 3, 29), 6), kLondon) ==
        std::vector<OpenInterval>{{utc(date(2026, 3, 29)), utc(date(2026, 3, 29), 23)}});
  CHECK(directory::open_intervals(sunday, {}, utc(date(2026, 10, 25), 5), utc(date(2026, 10, 25), 6), kLondon) ==
        std::vector<OpenInterval>{{utc(date(2026, 10, 24), 23), utc(date(2026, 10, 26))}});
  // From 01:30 to 02:00 cannot happen where 01:30 becomes 02:30; from 01:15 to 01:45 happens an hour later.
  CHECK(directory::open_intervals({weekly({0}, 90, 120)}, {}, utc(date(2026, 3, 29)), utc(date(2026, 3, 30)), kLondon)
            .empty());
  CHECK(
      directory::open_intervals({weekly({0}, 75, 105)}, {}, utc(date(2026, 3, 29)), utc(date(2026, 3, 30)), kLondon) ==
      std::vector<OpenInterval>{{utc(date(2026, 3, 29), 1, 15), utc(date(2026, 3, 29), 1, 45)}});
}

TEST_CASE("a feed's fixed offset wins over the place's zone") {
  Schedule fixed = weekly({1}, 9 * 60, 17 * 60);
  fixed.utc_offset_minutes = 0;
  const Date monday = date(2026, 7, 6);
  CHECK(directory::opening_at({fixed}, {}, utc(monday, 8, 30), kLondon).kind == OpenKind::Closed);
  CHECK(directory::opening_at({fixed}, {}, utc(monday, 9), kLondon).kind == OpenKind::OpenNow);
  fixed.utc_offset_minutes = 60;
  CHECK(directory::opening_at({fixed}, {}, utc(monday, 8), kLondon).kind == OpenKind::OpenNow);
  fixed.utc_offset_minutes = 100000;  // nonsense: the place's zone then
  CHECK(directory::opening_at({fixed}, {}, utc(monday, 8), kLondon).kind == OpenKind::OpenNow);
}

TEST_CASE("the examples of RFC 5545 3.8.5.3") {
  using V = std::vector<Date>;
  Schedule s = rule(Frequency::Weekly, date(1997, 8, 5), 2);
  s.count = 4;
  s.by_weekday = {{weekday{2}, 0}, {weekday{0}, 0}};
  CHECK(opening_days(s, date(1997, 8, 1), date(1997, 9, 30)) ==
        V{date(1997, 8, 5), date(1997, 8, 10), date(1997, 8, 19), date(1997, 8, 24)});
  s.week_start = weekday{0};
  CHECK(opening_days(s, date(1997, 8, 1), date(1997, 9, 30)) ==
        V{date(1997, 8, 5), date(1997, 8, 17), date(1997, 8, 19), date(1997, 8, 31)});

  Schedule first_friday = rule(Frequency::Monthly, date(1997, 9, 5));
  first_friday.until = date(1997, 12, 24);
  first_friday.by_weekday = {{weekday{5}, 1}};
  CHECK(opening_days(first_friday, date(1997, 9, 1), date(1998, 1, 31)) ==
        V{date(1997, 9, 5), date(1997, 10, 3), date(1997, 11, 7), date(1997, 12, 5)});

  Schedule second_last_monday = rule(Frequency::Monthly, date(1997, 9, 22));
  second_last_monday.count = 6;
  second_last_monday.by_weekday = {{weekday{1}, -2}};
  CHECK(opening_days(second_last_monday, date(1997, 9, 1), date(1998, 4, 30)) ==
        V{date(1997, 9, 22), date(1997, 10, 20), date(1997, 11, 17), date(1997, 12, 22), date(1998, 1, 19),
          date(1998, 2, 16)});

  Schedule third_last_day = rule(Frequency::Monthly, date(1997, 9, 28));
  third_last_day.by_month_day = {-3};
  CHECK(opening_days(third_last_day, date(1997, 9, 1), date(1998, 2, 28)) == V{date(1997, 9, 28), date(1997, 10, 29),
                                                                               date(1997, 11, 28), date(1997, 12, 29),
                                                                               date(1998, 1, 29), date(1998, 2, 26)});

  Schedule friday_13th = rule(Frequency::Monthly, date(1997, 9, 2));
  friday_13th.by_weekday = {{weekday{5}, 0}};
  friday_13th.by_month_day = {13};
  CHECK(opening_days(friday_13th, date(1997, 9, 1), date(1998, 12, 31)) ==
        V{date(1998, 2, 13), date(1998, 3, 13), date(1998, 11, 13)});

  Schedule every_18_months = rule(Frequency::Monthly, date(1997, 9, 10), 18);
  every_18_months.count = 10;
  every_18_months.by_month_day = {10, 11, 12, 13, 14, 15};
  CHECK(opening_days(every_18_months, date(1997, 9, 1), date(1999, 12, 31)) ==
        V{date(1997, 9, 10), date(1997, 9, 11), date(1997, 9, 12), date(1997, 9, 13), date(1997, 9, 14),
          date(1997, 9, 15), date(1999, 3, 10), date(1999, 3, 11), date(1999, 3, 12), date(1999, 3, 13)});

  Schedule week_20 = rule(Frequency::Weekly, date(1997, 5, 12));
  week_20.by_weekday = {{weekday{1}, 0}};
  week_20.by_week_number = {20};
  CHECK(opening_days(week_20, date(1997, 5, 1), date(1999, 5, 31)) ==
        V{date(1997, 5, 12), date(1998, 5, 11), date(1999, 5, 17)});

  Schedule year_days = rule(Frequency::Monthly, date(1997, 1, 1));
  year_days.by_year_day = {1, 100, 200, -1};
  CHECK(opening_days(year_days, date(1997, 1, 1), date(1998, 1, 1)) ==
        V{date(1997, 1, 1), date(1997, 4, 10), date(1997, 7, 19), date(1997, 12, 31), date(1998, 1, 1)});

  Schedule on_the_31st = rule(Frequency::Monthly, date(2026, 1, 31));
  CHECK(opening_days(on_the_31st, date(2026, 1, 1), date(2026, 6, 30)) ==
        V{date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31)});

  CHECK(opening_days(rule(Frequency::Once, date(2026, 5, 4)), date(2026, 4, 1), date(2026, 7, 1)) ==
        V{date(2026, 5, 4)});
}

TEST_CASE("hostile schedules cost little and promise nothing") {
  Schedule bad = rule(Frequency::Weekly, date(-30000, 1, 1), 0);
  bad.count = 2000000000;
  bad.interval = -5;
  bad.by_weekday = {{weekday{1}, 0}};
  CHECK(opening_days(bad, date(2026, 1, 1), date(2026, 1, 31)).empty());
  Schedule no_date = weekly({1}, 540, 1020);
  no_date.valid_from = date(2026, 2, 31);
  CHECK(opening_days(no_date, date(2026, 1, 1), date(2026, 3, 31)).empty());
  Schedule no_time = weekly({1}, -5, 100000);
  CHECK(directory::opening_at({no_time}, {}, utc(date(2026, 1, 5)), kLondon).kind == OpenKind::Unknown);
  CHECK(directory::open_intervals({weekly({1}, 0, 1)}, {}, Instant::min(), Instant::max(), kLondon).size() < 12);
  CHECK(directory::opening_at({weekly({1}, 0, 1)}, {}, Instant::max(), kLondon).kind == OpenKind::Unknown);
}

TEST_CASE("zones: the database knows them, and unknown ones count as UTC") {
  CHECK(directory::is_known_zone("Europe/London"));
  CHECK(directory::is_known_zone("Etc/UTC"));
  CHECK_FALSE(directory::is_known_zone("Europe/Atlantis"));
  CHECK_FALSE(directory::is_known_zone(""));
  CHECK_FALSE(directory::is_known_zone("GMT+3"));
  CHECK_FALSE(directory::is_known_zone("Etc/Unknown"));
  CHECK(directory::from_local(date(2026, 7, 1), 600, "Europe/Atlantis") == utc(date(2026, 7, 1), 10));
}
