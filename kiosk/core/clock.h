// Time as a dependency, so that a test can move it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::core {

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Milliseconds>;  // UTC
using Date = std::chrono::year_month_day;             // a civil date, of no zone

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;             // wall clock; may step
  virtual Milliseconds monotonic() const = 0;  // never goes back; for deadlines and idling
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  Milliseconds monotonic() const override;
};

// The system's time, moved on by advance(): for tours and tests. Both clocks move together.
class AdjustableClock final : public Clock {
 public:
  AdjustableClock();                         // starts at the system's time and runs with it
  explicit AdjustableClock(Instant frozen);  // starts there and stands still until advance()
  Instant now() const override;
  Milliseconds monotonic() const override;
  void advance(Milliseconds by);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// "2026-11-23T14:32:05.123Z", and back (seconds and milliseconds may be missing; offset "Z", "+01:00" or none = UTC).
std::string to_iso8601(Instant instant);
std::optional<Instant> parse_iso8601(std::string_view text);
std::string to_iso8601(Date date);                          // "2026-11-23"
std::optional<Date> parse_iso_date(std::string_view text);  // only valid dates; trailing text is an error

}  // namespace kiosk::core
