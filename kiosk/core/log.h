// Structured log: one JSON object a line on stderr (or a file). Levelled, rate-limited per event name. Thread-safe.
// Never pass a person's words: Secret<T> does not convert, and free text of residents has no business here.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "kiosk/core/error.h"
#include "kiosk/core/result.h"

namespace kiosk::core {

enum class LogLevel { Debug, Info, Warning, Error, Off };

struct LogField {
  std::string_view key;
  std::variant<std::string, std::int64_t, double, bool> value;

  LogField(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
  LogField(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
  LogField(std::string_view k, const char* v) : key(k), value(std::string(v)) {}
  LogField(std::string_view k, bool v) : key(k), value(v) {}
  LogField(std::string_view k, double v) : key(k), value(v) {}
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>>>
  LogField(std::string_view k, Integer v) : key(k), value(static_cast<std::int64_t>(v)) {}
  LogField(std::string_view k, const Error& error) : key(k), value(error.describe()) {}
};

// `event` is a dotted name: "sync.source_done". Beyond 20 lines a minute of one event, lines are counted, not written.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

inline void log_info(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::Info, event, fields);
}
inline void log_warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::Warning, event, fields);
}
inline void log_error(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::Error, event, fields);
}

void set_log_level(LogLevel lowest);           // default Warning
Status set_log_file(const std::string& path);  // appends, 0600; default stderr

}  // namespace kiosk::core
