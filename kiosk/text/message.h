// One ICU MessageFormat pattern, compiled. Private to text/.
#pragma once

#include <unicode/msgfmt.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/text/words.h"

namespace kiosk::text {

class DateFormats;

enum class PlaceholderType { Text, Number, Moment, Select };

struct Placeholder {
  std::string name;
  PlaceholderType type = PlaceholderType::Text;
  auto operator<=>(const Placeholder&) const = default;
};

struct PluralUse {
  bool ordinal = false;
  std::set<std::string> forms;
};

// Not thread-safe: ICU's formatter fills its caches while formatting.
class Message {
 public:
  // Error Invalid says what ICU refused, and near which characters; `where` is put in front.
  static core::Result<std::unique_ptr<Message>> compile(const std::string& pattern, const icu::Locale& locale,
                                                        const std::string& where);

  const std::set<Placeholder>& placeholders() const { return placeholders_; }
  const std::vector<PluralUse>& plurals() const { return plurals_; }

  // Error Invalid names an argument that is missing, or of the wrong kind. Text and dates are isolated.
  core::Result<std::string> format(const Args& args, DateFormats& dates) const;

 private:
  // {when, date, full} becomes {_moment0} in the pattern that ICU sees: ICU's own date arguments know one time zone
  // only, that of the process.
  struct MomentUse {
    std::string argument;  // "when"
    bool time = false;
    std::string style;  // "full", "::yMMMd", or empty
  };
  Message() = default;
  core::Status read_parts(const icu::UnicodeString& pattern, const std::string& where);
  core::Result<icu::UnicodeString> add_moment(const std::string& name, bool time, const std::string& style,
                                              const std::string& where);
  core::Status read_argument(const icu::MessagePattern& parts, int start, int& next, icu::UnicodeString& rewritten,
                             int& copied, const std::string& where);

  std::unique_ptr<icu::MessageFormat> format_;
  std::set<Placeholder> placeholders_;
  std::vector<PluralUse> plurals_;
  std::vector<MomentUse> moments_;
};

}  // namespace kiosk::text
