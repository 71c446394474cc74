// The back ends' clock: the machine's time plus an offset that tests move. And the civil time of the United Kingdom,
// by its rule of law (clocks go forward at 01:00 UTC on the last Sunday of March, back on the last Sunday of October),
// so that the sandbox needs no zone database.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "kiosk/core/clock.h"

namespace kiosk::sandbox {

// Thread-safe.
class SandboxClock {
 public:
  core::Instant now() const { return core::SystemClock().now() + std::chrono::seconds(offset_s_.load()); }
  std::int64_t epoch_s() const { return std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch().count(); }
  std::int64_t offset_s() const { return offset_s_; }
  void advance(std::int64_t seconds) { offset_s_ += seconds; }
  void set_offset(std::int64_t seconds) { offset_s_ = seconds; }

 private:
  std::atomic<std::int64_t> offset_s_{0};
};

// 0 or 3600 seconds east of UTC.
std::int64_t uk_offset_s(std::int64_t epoch_s);
core::Date uk_date(std::int64_t epoch_s);
// Of a wall-clock time in the UK. In the repeated hour of October the first one; in the missing hour of March as if the
// clocks had not changed yet.
std::int64_t uk_epoch_s(core::Date date, int minutes_after_midnight);
// "Mon, 23 Nov 2026 14:32:05 GMT" (RFC 9110), and back; 0 where it is none.
std::string http_date(std::int64_t epoch_s);
std::int64_t parse_http_date(const std::string& text);

}  // namespace kiosk::sandbox
