#include "kiosk/text/date_formats.h"

#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>

#include "kiosk/text/icu_text.h"

namespace kiosk::text {

namespace {

constexpr std::string_view kSkeletonMark = "::";
constexpr std::array<std::pair<std::string_view, icu::DateFormat::EStyle>, 5> kStyles{{
    {"", icu::DateFormat::kMedium},
    {"short", icu::DateFormat::kShort},
    {"medium", icu::DateFormat::kMedium},
    {"long", icu::DateFormat::kLong},
    {"full", icu::DateFormat::kFull},
}};

icu::DateFormat::EStyle style_of(std::string_view name) {
  const auto found =
      std::find_if(kStyles.begin(), kStyles.end(), [&](const auto& style) { return style.first == name; });
  return found == kStyles.end() ? icu::DateFormat::kMedium : found->second;
}

std::unique_ptr<icu::TimeZone> zone_named(const std::string& name) {
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(to_icu(name)));
  if (*zone == icu::TimeZone::getUnknown()) zone.reset(icu::TimeZone::createTimeZone("Europe/London"));
  return zone;
}

}  // namespace

bool is_valid_moment_style(const std::string& style) {
  if (style.starts_with(kSkeletonMark)) {
    return style.size() > kSkeletonMark.size() &&
           std::all_of(style.begin() + kSkeletonMark.size(), style.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  }
  return std::any_of(kStyles.begin(), kStyles.end(), [&](const auto& known) { return known.first == style; });
}

namespace {

// CLDR joins a Polish date and its time with nothing: "27 listopada 2026 09:00". Polish says ", godz. 09:00".
void say_hour_in_polish(icu::UnicodeString& pattern) {
  const std::int32_t time = std::max(pattern.indexOf("HH:mm"), pattern.indexOf("H:mm"));
  const std::int32_t hours = time > 0 && pattern[time - 1] == 'H' ? time - 1 : time;
  std::int32_t date_ends = hours;
  while (date_ends > 0 && (pattern[date_ends - 1] == ' ' || pattern[date_ends - 1] == ',')) --date_ends;
  if (date_ends > 0) pattern.replaceBetween(date_ends, hours, to_icu(", 'godz.' "));
}

}  // namespace

icu::UnicodeString DateFormats::pattern_for(const std::string& skeleton) const {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale_, status));
  if (U_FAILURE(status)) return to_icu("y-MM-dd HH:mm");
  icu::UnicodeString pattern = generator->getBestPattern(to_icu(skeleton), status);
  // English and Welsh dates are written as GOV.UK does, without a comma: "Tuesday 24 November 2026". CLDR had the comma
  // up to version 43 and dropped it in part since, so Debian's releases differ.
  const std::string_view language = locale_.getLanguage();
  if (language == "en" || language == "cy") {
    pattern.findAndReplace("EEEE, ", "EEEE ");
    pattern.findAndReplace("EEE, ", "EEE ");
  }
  if (language == "pl") say_hour_in_polish(pattern);
  return pattern;
}

std::unique_ptr<icu::DateFormat> DateFormats::make(const std::string& key) const {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::DateFormat> format;
  if (key.starts_with(kSkeletonMark)) {
    format = std::make_unique<icu::SimpleDateFormat>(pattern_for(key.substr(kSkeletonMark.size())), locale_, status);
  } else if (key.starts_with("time ")) {
    format.reset(icu::DateFormat::createTimeInstance(style_of(key.substr(5)), locale_));
  } else {
    format.reset(icu::DateFormat::createDateInstance(style_of(key.substr(5)), locale_));
  }
  return format;
}

icu::DateFormat* DateFormats::find(const std::string& key, const std::string& zone) {
  constexpr std::size_t kMostFormats = 64;  // zones come from outside
  const std::string full_key = key + '\n' + zone;
  const auto known = formats_.find(full_key);
  if (known != formats_.end()) return known->second.get();
  if (formats_.size() >= kMostFormats) formats_.clear();
  auto format = make(key);
  if (!format) return nullptr;
  format->adoptTimeZone(zone_named(zone).release());
  return formats_.emplace(full_key, std::move(format)).first->second.get();
}

std::string DateFormats::by_skeleton(const std::string& skeleton, const Moment& moment) {
  return by_style(false, std::string(kSkeletonMark) + skeleton, moment);
}

std::string DateFormats::by_style(bool time, const std::string& style, const Moment& moment) {
  std::string key = style;
  if (!style.starts_with(kSkeletonMark)) key = (time ? "time " : "date ") + style;
  if (style == "full" && !time) key = "::yMMMMEEEEd";
  icu::DateFormat* format = find(key, moment.zone);
  if (!format) return core::to_iso8601(moment.instant);
  icu::UnicodeString result;
  format->format(static_cast<UDate>(moment.instant.time_since_epoch().count()), result);
  return from_icu(result);
}

}  // namespace kiosk::text
