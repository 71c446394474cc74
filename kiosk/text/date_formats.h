// ICU's date formatters of one locale, made when first asked for. Private to text/.
#pragma once

#include <unicode/datefmt.h>
#include <unicode/locid.h>

#include <map>
#include <memory>
#include <string>

#include "kiosk/core/clock.h"
#include "kiosk/text/words.h"

namespace kiosk::text {

// MessageFormat's styles: short, medium, long, full, ::skeleton, "" for medium.
bool is_valid_moment_style(const std::string& style);

// Not thread-safe.
class DateFormats {
 public:
  explicit DateFormats(const icu::Locale& locale) : locale_(locale) {}

  // `skeleton` is ICU's: "yMMMMEEEEd".
  std::string by_skeleton(const std::string& skeleton, const Moment& moment);
  // Named styles; a style of Full also writes out the weekday.
  std::string by_style(bool time, const std::string& style, const Moment& moment);

 private:
  icu::DateFormat* find(const std::string& key, const std::string& zone);
  std::unique_ptr<icu::DateFormat> make(const std::string& key) const;
  icu::UnicodeString pattern_for(const std::string& skeleton) const;

  icu::Locale locale_;
  std::map<std::string, std::unique_ptr<icu::DateFormat>> formats_;
};

}  // namespace kiosk::text
