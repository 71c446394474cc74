#include "kiosk/core/clock.h"

#include <array>
#include <cstdio>
#include <mutex>

namespace kiosk::core {

namespace {

// Reads fixed-width numbers and single characters from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool number(std::size_t digits, int& value) {
    if (rest_.size() < digits) return false;
    value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!is_digit(rest_[i])) return false;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    return true;
  }

  bool one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    taken_ = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }

  // Digits after a decimal point, as milliseconds; further digits are cut off.
  bool fraction(int& milliseconds) {
    std::size_t digits = 0;
    for (int scale = 100; digits < rest_.size() && is_digit(rest_[digits]); ++digits, scale /= 10) {
      milliseconds += (rest_[digits] - '0') * scale;
    }
    rest_.remove_prefix(digits);
    return digits > 0;
  }

  bool at_end() const { return rest_.empty(); }
  char taken() const { return taken_; }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  std::string_view rest_;
  char taken_ = 0;
};

std::optional<Date> scan_date(Scanner& scanner) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!scanner.number(4, year) || !scanner.one_of("-") || !scanner.number(2, month) || !scanner.one_of("-") ||
      !scanner.number(2, day)) {
    return std::nullopt;
  }
  const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                  std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<Milliseconds> scan_time(Scanner& scanner) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int milliseconds = 0;
  if (!scanner.number(2, hour) || !scanner.one_of(":") || !scanner.number(2, minute)) return std::nullopt;
  if (scanner.one_of(":") && !scanner.number(2, second)) return std::nullopt;
  if (scanner.one_of(".,") && !scanner.fraction(milliseconds)) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;  // 60: a leap second, read as the next one
  return std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second} +
         Milliseconds{milliseconds};
}

// What to subtract to come to UTC.
std::optional<std::chrono::minutes> scan_offset(Scanner& scanner) {
  if (scanner.at_end() || scanner.one_of("Zz")) return std::chrono::minutes{0};
  int hours = 0;
  int minutes = 0;
  if (!scanner.one_of("+-")) return std::nullopt;
  const int sign = scanner.taken() == '-' ? -1 : 1;
  if (!scanner.number(2, hours)) return std::nullopt;
  if (scanner.one_of(":") || !scanner.at_end()) {
    if (!scanner.number(2, minutes)) return std::nullopt;
  }
  if (hours > 23 || minutes > 59) return std::nullopt;
  return std::chrono::minutes{sign * (hours * 60 + minutes)};
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

Milliseconds SystemClock::monotonic() const {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

struct AdjustableClock::State {
  mutable std::mutex mutex;
  std::optional<Instant> frozen;
  Milliseconds advanced{};
};

AdjustableClock::AdjustableClock() : state_(std::make_shared<State>()) {}

AdjustableClock::AdjustableClock(Instant frozen) : AdjustableClock() { state_->frozen = frozen; }

Instant AdjustableClock::now() const {
  const std::lock_guard lock(state_->mutex);
  return state_->frozen.value_or(SystemClock().now()) + state_->advanced;
}

Milliseconds AdjustableClock::monotonic() const {
  const std::lock_guard lock(state_->mutex);
  const Milliseconds start = state_->frozen ? Milliseconds{0} : SystemClock().monotonic();
  return start + state_->advanced;
}

void AdjustableClock::advance(Milliseconds by) {
  const std::lock_guard lock(state_->mutex);
  state_->advanced += by;
}

std::string to_iso8601(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return to_iso8601(Date{day}) + text.data();
}

std::optional<Instant> parse_iso8601(std::string_view text) {
  Scanner scanner(text);
  const std::optional<Date> date = scan_date(scanner);
  if (!date || !scanner.one_of("Tt ")) return std::nullopt;
  const std::optional<Milliseconds> time = scan_time(scanner);
  if (!time) return std::nullopt;
  const std::optional<std::chrono::minutes> offset = scan_offset(scanner);
  if (!offset || !scanner.at_end()) return std::nullopt;
  return std::chrono::sys_days{*date} + *time - *offset;
}

std::string to_iso8601(Date date) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::optional<Date> parse_iso_date(std::string_view text) {
  Scanner scanner(text);
  const std::optional<Date> date = scan_date(scanner);
  return scanner.at_end() ? date : std::nullopt;
}

}  // namespace kiosk::core
