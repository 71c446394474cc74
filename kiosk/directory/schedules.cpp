#include "kiosk/directory/schedules.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"

namespace kiosk::directory {

namespace {

using core::Json;

constexpr int kMinutesPerHour = 60;
constexpr int kMinutesPerDay = 24 * kMinutesPerHour;
constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes digits from the front; nullopt where there are none or too many.
std::optional<int> take_number(std::string_view& text, std::size_t most_digits) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  if (length == 0 || length > most_digits) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + length, value);
  text.remove_prefix(length);
  return value;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// "+01:00", "-0500", "z"
std::optional<int> parse_offset(std::string_view text) {
  if (text == "z") return 0;
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int sign = text[0] == '-' ? -1 : 1;
  std::string digits;
  for (const char c : text.substr(1)) {
    if (is_digit(c))
      digits.push_back(c);
    else if (c != ':')
      return std::nullopt;
  }
  if (digits.size() != 2 && digits.size() != 4) return std::nullopt;
  const int hours = std::atoi(digits.substr(0, 2).c_str());
  const int minutes = digits.size() == 4 ? std::atoi(digits.substr(2).c_str()) : 0;
  if (hours > 14 || minutes > 59) return std::nullopt;
  return sign * (hours * kMinutesPerHour + minutes);
}

// A day's two-letter code, three letters, or whole name; nullopt for others.
std::optional<std::chrono::weekday> parse_weekday(std::string_view text) {
  const std::string lower = core::to_lower_ascii(core::trim(text));
  if (lower.size() < 2) return std::nullopt;
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (kDays[i].substr(0, lower.size()) == lower || kDays[i] == lower || lower == std::string(kDays[i]) + "s") {
      return std::chrono::weekday(static_cast<unsigned>(i));
    }
  }
  return std::nullopt;
}

std::vector<int> parse_numbers(std::string_view text, int least, int most) {
  std::vector<int> numbers;
  for (const std::string& part : core::split(text, ',')) {
    int value = 0;
    const char* begin = part.data() + (part.front() == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, part.data() + part.size(), value);
    const bool fits = error == std::errc() && end == part.data() + part.size() && value != 0;
    if (fits && value >= least && value <= most && numbers.size() < kMaxListItems) numbers.push_back(value);
  }
  return numbers;
}

// ORUK 1.0's weekday is a number of unstated range: 1 = Monday in both usual counts, and 0 or 7 is Sunday. Outpost
// writes names.
void add_weekday_field(const Json& object, Schedule& schedule) {
  if (!schedule.by_weekday.empty()) return;
  if (const std::optional<std::int64_t> number = core::json_integer(object, "weekday")) {
    if (*number >= 0 && *number <= 7)
      schedule.by_weekday.push_back({std::chrono::weekday(static_cast<unsigned>(*number))});
    return;
  }
  schedule.by_weekday = parse_by_day(core::json_text(object, "weekday"));
}

void read_rule(const Json& object, Schedule& schedule) {
  schedule.by_weekday = parse_by_day(core::json_text(object, "byday"));
  add_weekday_field(object, schedule);
  schedule.by_month_day = parse_numbers(core::json_text(object, "bymonthday"), -31, 31);
  schedule.by_week_number = parse_numbers(core::json_text(object, "byweekno"), -53, 53);
  schedule.by_year_day = parse_numbers(core::json_text(object, "byyearday"), -366, 366);
  const std::string frequency = core::to_lower_ascii(core::json_text(object, "freq"));
  if (frequency.compare(0, 5, "month") == 0) {
    schedule.frequency = Frequency::Monthly;
  } else if (frequency == "daily" || frequency == "day") {
    schedule.frequency = Frequency::Weekly;
    if (schedule.by_weekday.empty()) schedule.by_weekday = parse_by_day("MO,TU,WE,TH,FR,SA,SU");
  } else if (frequency.empty() && schedule.by_weekday.empty() && schedule.starts) {
    schedule.frequency = schedule.by_month_day.empty() ? Frequency::Once : Frequency::Monthly;
  }
  // RFC 5545 3.3.10: a weekly rule without BYDAY falls on the weekday of its start.
  if (schedule.frequency == Frequency::Weekly && schedule.by_weekday.empty() && schedule.starts) {
    schedule.by_weekday.push_back({std::chrono::weekday(std::chrono::sys_days(*schedule.starts))});
  }
  const std::optional<std::int64_t> interval = core::json_integer(object, "interval");
  if (interval && *interval >= 1 && *interval <= 1000) schedule.interval = static_cast<int>(*interval);
  const std::optional<std::int64_t> count = core::json_integer(object, "count");
  if (count && *count >= 1 && *count <= 100000) schedule.count = static_cast<int>(*count);
  if (const auto start = parse_weekday(core::json_text(object, "wkst"))) schedule.week_start = *start;
}

// `timezone` is the offset from UTC in hours. 0 is the schema's default and what UK publishers send all the year, so it
// fixes nothing: such times are the place's own.
std::optional<int> zone_offset(const Json& object) {
  const std::optional<double> hours = core::json_number(object, "timezone");
  if (!hours || !std::isfinite(*hours) || std::abs(*hours) > 14 || *hours == 0) return std::nullopt;
  return static_cast<int>(std::lround(*hours * kMinutesPerHour));
}

void read_times(const Json& object, Schedule& schedule) {
  schedule.utc_offset_minutes = zone_offset(object);
  if (const auto opens = parse_time_of_day(core::json_text(object, "opens_at"))) {
    schedule.opens = opens->minutes;
    if (opens->utc_offset_minutes) schedule.utc_offset_minutes = opens->utc_offset_minutes;
  }
  if (const auto closes = parse_time_of_day(core::json_text(object, "closes_at"))) schedule.closes = closes->minutes;
}

Schedule read_schedule(const Json& object) {
  Schedule schedule;
  schedule.valid_from = date_of(object, "valid_from");
  schedule.valid_to = date_of(object, "valid_to");
  schedule.starts = date_of(object, "dtstart");
  schedule.until = date_of(object, "until");
  read_rule(object, schedule);
  read_times(object, schedule);
  schedule.description = text_of(object, "description");
  const std::string notes = text_of(object, "notes");
  if (!notes.empty() && notes != schedule.description) {
    schedule.description += (schedule.description.empty() ? "" : "\n") + notes;
  }
  return schedule;
}

}  // namespace

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  const std::string lower = core::to_lower_ascii(core::trim(text));
  std::string_view rest = lower;
  const std::optional<int> hours = take_number(rest, 2);
  if (!hours) return std::nullopt;
  int minutes = 0;
  if (take(rest, ":") || take(rest, ".")) {
    const std::optional<int> given = take_number(rest, 2);
    if (!given || *given > 59) return std::nullopt;
    minutes = *given;
    if (take(rest, ":") && !take_number(rest, 2)) return std::nullopt;
    if (take(rest, ".") && !take_number(rest, 9)) return std::nullopt;
  }
  rest = core::trim(rest);
  int hour = *hours;
  if (rest == "am" || rest == "pm") {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (rest == "pm" ? 12 : 0);
    rest = {};
  }
  TimeOfDay time{hour * kMinutesPerHour + minutes, std::nullopt};
  if (time.minutes > kMinutesPerDay) return std::nullopt;
  if (rest.empty()) return time;
  time.utc_offset_minutes = parse_offset(rest);
  if (!time.utc_offset_minutes) return std::nullopt;
  return time;
}

std::vector<Schedule::WeekdayRule> parse_by_day(std::string_view text) {
  std::string separated(text.substr(0, 1000));
  for (char& c : separated) {
    if (c == ';' || c == ' ' || c == '/' || c == '|') c = ',';
  }
  std::vector<Schedule::WeekdayRule> rules;
  for (const std::string& part : core::split(separated, ',')) {
    std::string_view rest = part;
    const bool negative = take(rest, "-");
    if (!negative) take(rest, "+");
    const int ordinal = take_number(rest, 2).value_or(0);
    const std::optional<std::chrono::weekday> day = parse_weekday(rest);
    if (day && ordinal <= 53 && rules.size() < 60) rules.push_back({*day, negative ? -ordinal : ordinal});
  }
  return rules;
}

std::vector<Schedule> read_schedules(const Json& holder) {
  std::vector<Schedule> schedules;
  each_object(list_of(holder, {"schedules", "regular_schedules", "regular_schedule"}), [&](const Json& object) {
    Schedule schedule = read_schedule(object);
    if (schedule.opens || schedule.closes || !schedule.description.empty()) schedules.push_back(std::move(schedule));
  });
  return schedules;
}

std::vector<Closure> read_closures(const Json& holder) {
  std::vector<Closure> closures;
  each_object(list_of(holder, {"holiday_schedules", "holiday_schedule"}), [&](const Json& object) {
    const std::optional<core::Date> from = date_of(object, "start_date");
    if (!from) return;
    const core::Date to = date_of(object, "end_date").value_or(*from);
    if (to < *from) return;
    Closure closure{*from, to, true, std::nullopt, std::nullopt};
    if (const auto opens = parse_time_of_day(core::json_text(object, "opens_at"))) closure.opens = opens->minutes;
    if (const auto closes = parse_time_of_day(core::json_text(object, "closes_at"))) closure.closes = closes->minutes;
    closure.closed = core::json_bool(object, "closed").value_or(!(closure.opens && closure.closes));
    closures.push_back(closure);
  });
  return closures;
}

}  // namespace kiosk::directory
