// The words of the kiosk in every language: assets/words/<language>.json, flat objects of key -> ICU MessageFormat
// pattern.
//
//   {"_meta": {"name": "Cymraeg", "direction": "ltr", "numbers": "latn", "locale": "cy_GB"},
//    "receipt.copy": "Copi {number, number}",
//    "results.count": "{count, plural, zero {…} one {…} two {…} few {…} many {…} other {# canlyniad}}"}
//
// `_meta` and each of its members may be missing: ICU knows the rest, and a kiosk stands in the United Kingdom ("pl" is
// pl_GB: 24 hours, weeks from Monday) and writes digits as its letters and phones do ("latn"). Patterns use named
// arguments: {name}, {n, number}, {n, plural, …}, {n, selectordinal, …}, {kind, select, …}, and for moments {when,
// date|time, short|medium|long|full} or {when, date, ::EEEEdMMMM} (an ICU skeleton).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/text/bidi.h"

namespace kiosk::text {

// A point in time as seen in a place. `zone` is an IANA name; an unknown one counts as "Europe/London".
struct Moment {
  core::Instant instant;
  std::string zone = "Europe/London";
};

// The value of a named argument. Text is isolated where it is inserted, so a caller never isolates it
// first; isolates that are closed within it, as list() makes them, stay.
class Value {
 public:
  Value(std::string text) : value_(std::move(text)) {}
  Value(std::string_view text) : value_(std::string(text)) {}
  Value(const char* text) : value_(std::string(text)) {}
  Value(double number) : value_(number) {}
  template <class Integer>
  requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>) Value(Integer number)
      : value_(static_cast<std::int64_t>(number)) {}
  Value(Moment moment) : value_(std::move(moment)) {}

  const std::variant<std::string, std::int64_t, double, Moment>& get() const { return value_; }

 private:
  std::variant<std::string, std::int64_t, double, Moment> value_;
};

struct Arg {
  std::string name;
  Value value;
  Arg(std::string_view n, Value v) : name(n), value(std::move(v)) {}
};
using Args = std::vector<Arg>;  // format("results.for", {{"count", 3}, {"query", typed}})

struct LanguageInfo {
  std::string code;      // "cy"; the file's name
  std::string own_name;  // "Cymraeg"
  Direction direction = Direction::LeftToRight;
  std::string locale;  // ICU's, with numbers: "ar@numbers=latn"
};

// One language of a catalogue, with English behind it. Belongs to its Words. Thread-safe.
class Language {
 public:
  ~Language();
  Language(const Language&) = delete;
  Language& operator=(const Language&) = delete;

  const LanguageInfo& info() const;
  const std::string& code() const { return info().code; }
  Direction direction() const { return info().direction; }

  // The words of `key` with `args` put in. Falls back to English (as a left-to-right isolate where the directions
  // differ), then to the key itself; a missing key or argument is logged once. Isolates are left out where they change
  // nothing: left-to-right text without a right-to-left character in it.
  std::string format(std::string_view key, const Args& args = {}) const;
  bool has(std::string_view key) const;  // in this language itself

  // Dates and times; civil dates are of no zone.
  std::string full_date(core::Date date) const;       // "Tuesday 24 November 2026"
  std::string full_date(const Moment& moment) const;  // the same, of the moment's day in its zone
  std::string day(core::Date date) const;             // "Tuesday 24 November"
  std::string short_date(core::Date date) const;      // "24 Nov 2026"
  std::string month(core::Date date) const;           // "November 2026"
  std::string weekday(core::Date date) const;         // "Tuesday"
  std::string weekday_short(core::Date date) const;   // "Tue"
  std::string date_and_time(
      const Moment& moment) const;  // "Tuesday 24 November 2026 at 14:30", joined as the language does
  std::string weekday_and_time(const Moment& moment) const;            // "Tuesday 14:30"
  std::string time_of_day(const Moment& moment) const;                 // "14:30"
  std::string time_of_day(std::chrono::minutes since_midnight) const;  // 0 .. 24 h; 24 h is shown as 00:00
  // When something was last checked: "3 hours ago", "yesterday", "in 2 days"; in the words of `ago.moments` where it is
  // less than a minute, or ICU's "now" where there are none.
  std::string ago(core::Instant then, core::Instant now) const;

  std::string number(std::int64_t value) const;
  std::string number(double value, int max_decimals) const;
  std::string money(std::int64_t minor_units, std::string_view currency = "GBP") const;  // 450 -> "£4.50", 400 -> "£4"
  std::string duration(std::chrono::minutes length) const;                               // "1 hour, 30 minutes"
  // "a, b and c"; items isolated. Welsh changes the first letter of a word after "and", never that of a name.
  enum class Items { Names, Words };
  std::string list(const std::vector<std::string>& items, Items kind = Items::Names) const;
  int first_day_of_week() const;  // ISO: 1 Monday .. 7 Sunday

  // Order in this language: negative, zero, positive.
  int compare(std::string_view a, std::string_view b) const;

 private:
  friend class Words;
  friend void lint_language(const Language&, const Language&, std::vector<struct LintFinding>&);
  struct State;
  explicit Language(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct LintFinding {
  enum class Kind {
    MissingKey,    // English has it, this language does not
    ExtraKey,      // English does not have it
    Placeholders,  // other argument names than English, or used as another kind of value
    PluralForm,    // a plural lacks a form that the language's rules use for whole numbers
  };
  Kind kind;
  std::string language;
  std::string key;
  std::string detail;
};

// The catalogue. Immutable once loaded; languages are referenced by address for its whole life. Thread-safe.
class Words {
 public:
  ~Words();

  // Every *.json of the folder. Error Invalid names file and key of the first pattern that ICU refuses, or of a value
  // that is no string; NotFound where the folder has no en.json. A file may have at most 4 MiB.
  static core::Result<std::shared_ptr<const Words>> load(const std::filesystem::path& folder);
  // The same from memory: language code -> JSON text.
  static core::Result<std::shared_ptr<const Words>> parse(const std::map<std::string, std::string>& files);

  // English first, then by own name.
  const std::vector<LanguageInfo>& languages() const;
  bool has_language(std::string_view code) const;
  // The language; for "ar-EG" that of "ar"; English where there is none.
  const Language& in(std::string_view code) const;

  std::set<std::string> keys() const;  // of all languages
  // What differs from English, in a stable order. Empty is good.
  std::vector<LintFinding> lint() const;

 private:
  struct State;
  explicit Words(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiosk::text
