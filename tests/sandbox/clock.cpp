#include "tests/sandbox/clock.h"

#include <time.h>

namespace kiosk::sandbox {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t kHour = 3600;

std::int64_t last_sunday_at_one(std::chrono::year year, std::chrono::month month) {
  const sys_days day{std::chrono::year_month_weekday_last{year, month, std::chrono::Sunday[std::chrono::last]}};
  return std::chrono::duration_cast<std::chrono::seconds>(day.time_since_epoch()).count() + kHour;
}

core::Date date_of(std::int64_t epoch_s) {
  return core::Date{std::chrono::floor<days>(std::chrono::sys_seconds{std::chrono::seconds{epoch_s}})};
}

}  // namespace

std::int64_t uk_offset_s(std::int64_t epoch_s) {
  const auto year = date_of(epoch_s).year();
  const bool summer = epoch_s >= last_sunday_at_one(year, std::chrono::March) &&
                      epoch_s < last_sunday_at_one(year, std::chrono::October);
  return summer ? kHour : 0;
}

core::Date uk_date(std::int64_t epoch_s) { return date_of(epoch_s + uk_offset_s(epoch_s)); }

std::int64_t uk_epoch_s(core::Date date, int minutes_after_midnight) {
  const std::int64_t midnight =
      std::chrono::duration_cast<std::chrono::seconds>(sys_days{date}.time_since_epoch()).count();
  const std::int64_t as_utc = midnight + std::int64_t{minutes_after_midnight} * 60;
  const std::int64_t as_summer = as_utc - kHour;
  return uk_offset_s(as_summer) == kHour ? as_summer : as_utc;
}

std::string http_date(std::int64_t epoch_s) {
  const time_t time = static_cast<time_t>(epoch_s);
  tm utc{};
  gmtime_r(&time, &utc);
  char text[64];
  const std::size_t size = strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text, size};
}

std::int64_t parse_http_date(const std::string& text) {
  tm utc{};
  if (!strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &utc)) return 0;
  return timegm(&utc);
}

}  // namespace kiosk::sandbox
