#include <unicode/calendar.h>
#include <unicode/currunit.h>
#include <unicode/listformatter.h>
#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/reldatefmt.h>
#include <unicode/ucurr.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "kiosk/text/bidi.h"
#include "kiosk/text/icu_text.h"
#include "kiosk/text/language_state.h"

namespace kiosk::text {

namespace {

// Noon, so that no zone's offset makes another day of it.
Moment noon_of(core::Date date) {
  if (!date.ok()) date = core::Date{std::chrono::year{1970}, std::chrono::January, std::chrono::day{1}};
  return {std::chrono::sys_days(date) + std::chrono::hours(12), "UTC"};
}

icu::number::LocalizedNumberFormatter numbers(const icu::Locale& locale) {
  return icu::number::NumberFormatter::withLocale(locale);
}

struct RelativeStep {
  std::int64_t seconds;  // of one unit
  std::int64_t below;    // used up to this many units
  URelativeDateTimeUnit unit;
};
constexpr std::int64_t kDay = 24 * 3600;
constexpr RelativeStep kRelativeSteps[] = {
    {60, 60, UDAT_REL_UNIT_MINUTE},       {3600, 24, UDAT_REL_UNIT_HOUR},
    {kDay, 14, UDAT_REL_UNIT_DAY},        {7 * kDay, 8, UDAT_REL_UNIT_WEEK},
    {30 * kDay, 24, UDAT_REL_UNIT_MONTH}, {365 * kDay, INT64_MAX, UDAT_REL_UNIT_YEAR},
};

}  // namespace

Language::Language(std::unique_ptr<State> state) : state_(std::move(state)) {}
Language::~Language() = default;

const LanguageInfo& Language::info() const { return state_->info; }
bool Language::has(std::string_view key) const { return state_->entries.contains(key); }

std::string Language::format(std::string_view key, const Args& args) const {
  if (auto text = state_->format(key, args)) return *std::move(text);
  if (!has(key)) {
    const std::lock_guard lock(state_->mutex);
    state_->report_once(key, "text.missing_key", "not in this language");
  }
  if (state_->english) {
    if (auto text = state_->english->state_->format(key, args)) {
      if (direction() == state_->english->direction()) return *std::move(text);
      return std::string(kLeftToRightIsolate) + *text + std::string(kPopIsolate);
    }
  }
  return std::string(key);
}

std::string Language::full_date(core::Date date) const { return full_date(noon_of(date)); }
std::string Language::full_date(const Moment& moment) const { return state_->moment("yMMMMEEEEd", moment); }
std::string Language::day(core::Date date) const { return state_->moment("MMMMEEEEd", noon_of(date)); }
std::string Language::short_date(core::Date date) const { return state_->moment("yMMMd", noon_of(date)); }
std::string Language::month(core::Date date) const { return state_->moment("yMMMM", noon_of(date)); }
std::string Language::weekday(core::Date date) const { return state_->moment("cccc", noon_of(date)); }
std::string Language::weekday_short(core::Date date) const { return state_->moment("ccc", noon_of(date)); }
std::string Language::date_and_time(const Moment& moment) const { return state_->moment("yMMMMEEEEdjm", moment); }
std::string Language::weekday_and_time(const Moment& moment) const { return state_->moment("EEEEjm", moment); }
std::string Language::time_of_day(const Moment& moment) const { return state_->moment("jm", moment); }

std::string Language::time_of_day(std::chrono::minutes since_midnight) const {
  return time_of_day(Moment{core::Instant(since_midnight), "UTC"});
}

std::string Language::ago(core::Instant then, core::Instant now) const {
  const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(then - now).count();
  // ICU's "now" reads oddly of what is past: "Last checked now".
  if (std::abs(seconds) < 60 && has("ago.moments")) return format("ago.moments");
  const std::lock_guard lock(state_->mutex);
  UErrorCode status = U_ZERO_ERROR;
  const icu::RelativeDateTimeFormatter relative(state_->locale, status);
  icu::UnicodeString text;
  if (std::abs(seconds) < 60) {
    relative.format(UDAT_DIRECTION_PLAIN, UDAT_ABSOLUTE_NOW, text, status);
    return from_icu(text);
  }
  for (const RelativeStep& step : kRelativeSteps) {
    const std::int64_t units = seconds / step.seconds;
    if (std::abs(units) >= step.below) continue;
    relative.format(static_cast<double>(units), step.unit, text, status);
    break;
  }
  return from_icu(text);
}

std::string Language::number(std::int64_t value) const {
  UErrorCode status = U_ZERO_ERROR;
  return from_icu(numbers(state_->locale).formatInt(value, status).toString(status));
}

std::string Language::number(double value, int max_decimals) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto precision = icu::number::Precision::maxFraction(std::clamp(max_decimals, 0, 20));
  return from_icu(numbers(state_->locale).precision(precision).formatDouble(value, status).toString(status));
}

namespace {

icu::UnicodeString currency_sign(const icu::CurrencyUnit& unit, const char* locale) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  const UChar* name = ucurr_getName(unit.getISOCurrency(), locale, UCURR_NARROW_SYMBOL_NAME, nullptr, &length, &status);
  return U_SUCCESS(status) ? icu::UnicodeString(name, length) : icu::UnicodeString(unit.getISOCurrency());
}

// ICU joins Welsh lists with "a(c)"; the word is "ac" before a vowel and "a" else. After "a" a word's first c, p or t
// is breathed: "a throseddau".
std::string with_welsh_and(std::string joined, const std::string& last, Language::Items kind) {
  const std::string shown = isolate(last);
  if (last.empty() || shown.size() >= joined.size() || !joined.ends_with(shown)) return joined;
  const std::size_t name = joined.size() - shown.size();
  const std::size_t at = joined.rfind("a(c)", name);
  if (at == std::string::npos) return joined;
  const auto begins_with_one_of = [&](std::string_view letters) {
    return letters.find(last.front()) != std::string_view::npos;
  };
  const bool breathed =
      kind == Language::Items::Words && begins_with_one_of("cpt") && last.size() > 1 && last[1] != 'h';
  if (breathed) joined.insert(name + kFirstStrongIsolate.size() + 1, "h");
  return joined.replace(at, 4, begins_with_one_of("aeiouyAEIOUY") ? "ac" : "a");
}

// ICU writes the Arabic "and" onto the next name, as Arabic does; before letters of another script it stands alone.
std::string with_arabic_and(std::string joined) {
  constexpr std::string_view kAndName = "\u0648\u2068";  // and the isolate that a name begins with
  for (std::size_t at = joined.find(kAndName); at != std::string::npos; at = joined.find(kAndName, at + 1)) {
    const std::size_t name = at + kAndName.size();
    const auto lead = static_cast<unsigned char>(name < joined.size() ? joined[name] : '\0');
    const bool arabic = lead >= 0xD8 && lead <= 0xDB;  // U+0600 to U+06FF
    if (!arabic) joined.insert(at + 2, "\u00A0");
  }
  return joined;
}

}  // namespace

std::string Language::money(std::int64_t minor_units, std::string_view currency) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString code = to_icu(currency.size() == 3 ? currency : "XXX");
  const icu::CurrencyUnit unit(icu::ConstChar16Ptr(icu::UnicodeString(code).getTerminatedBuffer()), status);
  if (U_FAILURE(status)) return number(minor_units);
  const int digits = ucurr_getDefaultFractionDigits(unit.getISOCurrency(), &status);
  const double scale = std::pow(10.0, digits);
  const bool whole = minor_units % static_cast<std::int64_t>(scale) == 0;
  const auto precision = whole ? icu::number::Precision::integer() : icu::number::Precision::fixedFraction(digits);
  const auto formatter = numbers(state_->locale).unit(unit).unitWidth(UNUM_UNIT_WIDTH_NARROW).precision(precision);
  icu::UnicodeString text = formatter.formatDouble(static_cast<double>(minor_units) / scale, status).toString(status);
  // Some languages tell pounds apart by country ("UK£"); a kiosk stands in one country, where the sign alone is meant.
  text.findAndReplace(currency_sign(unit, state_->locale.getBaseName()), currency_sign(unit, "en"));
  return U_FAILURE(status) ? number(minor_units) : from_icu(text);
}

std::string Language::duration(std::chrono::minutes length) const {
  const std::lock_guard lock(state_->mutex);
  UErrorCode status = U_ZERO_ERROR;
  icu::MeasureFormat format(state_->locale, UMEASFMT_WIDTH_WIDE, status);
  const auto hours = static_cast<double>(length.count() / 60);
  const auto minutes = static_cast<double>(length.count() % 60);
  std::vector<icu::Measure> measures;
  if (hours != 0) measures.emplace_back(icu::Formattable(hours), icu::MeasureUnit::createHour(status), status);
  if (minutes != 0 || hours == 0) {
    measures.emplace_back(icu::Formattable(minutes), icu::MeasureUnit::createMinute(status), status);
  }
  icu::UnicodeString text;
  icu::FieldPosition ignored;
  format.formatMeasures(measures.data(), static_cast<int32_t>(measures.size()), text, ignored, status);
  return U_FAILURE(status) ? number(length.count()) : from_icu(text);
}

std::string Language::list(const std::vector<std::string>& items, Items kind) const {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::ListFormatter> format(icu::ListFormatter::createInstance(state_->locale, status));
  std::vector<icu::UnicodeString> parts;
  for (const std::string& item : items) parts.push_back(to_icu(isolate(item)));
  icu::UnicodeString text;
  if (U_SUCCESS(status)) format->format(parts.data(), static_cast<int32_t>(parts.size()), text, status);
  std::string joined = from_icu(text);
  if (code() == "cy" && items.size() > 1) joined = with_welsh_and(std::move(joined), items.back(), kind);
  if (code() == "ar") joined = with_arabic_and(std::move(joined));
  return state_->tidied(std::move(joined));
}

int Language::first_day_of_week() const {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(state_->locale, status));
  if (U_FAILURE(status)) return 1;
  const int day = calendar->getFirstDayOfWeek(status);  // Sunday is 1
  return U_FAILURE(status) ? 1 : (day + 5) % 7 + 1;
}

int Language::compare(std::string_view a, std::string_view b) const {
  const std::lock_guard lock(state_->mutex);
  UErrorCode status = U_ZERO_ERROR;
  if (!state_->collator) state_->collator.reset(icu::Collator::createInstance(state_->locale, status));
  if (U_FAILURE(status) || !state_->collator) return a.compare(b);
  const auto piece = [](std::string_view text) {
    return icu::StringPiece(text.data(), static_cast<int32_t>(text.size()));
  };
  return state_->collator->compareUTF8(piece(a), piece(b), status);
}

}  // namespace kiosk::text
