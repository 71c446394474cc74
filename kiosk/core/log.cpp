#include "kiosk/core/log.h"

#include <fcntl.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <unordered_map>

#include "kiosk/core/clock.h"
#include "kiosk/core/descriptor.h"
#include "kiosk/core/json.h"

namespace kiosk::core {

namespace {

// Counts lines a minute for each event name.
class RateLimiter {
 public:
  // How many lines were swallowed before this one; nullopt where this one must be swallowed too.
  std::optional<std::int64_t> admit(std::string_view event, Milliseconds now) {
    constexpr std::int64_t kLinesAMinute = 20;
    constexpr Milliseconds kMinute = std::chrono::minutes{1};
    constexpr std::size_t kMostEvents = 1024;  // names come from code, so this is a fault's limit
    const std::lock_guard lock(mutex_);
    if (windows_.size() >= kMostEvents) windows_.clear();
    Window& window = windows_[std::string(event)];
    std::int64_t swallowed = 0;
    if (window.lines == 0 || now - window.start >= kMinute) {
      swallowed = std::max<std::int64_t>(window.lines - kLinesAMinute, 0);
      window = {now, 0};
    }
    if (++window.lines > kLinesAMinute) return std::nullopt;
    return swallowed;
  }

 private:
  struct Window {
    Milliseconds start{};
    std::int64_t lines = 0;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Window> windows_;
};

struct Log {
  std::atomic<LogLevel> lowest{LogLevel::Warning};
  RateLimiter limiter;
  std::mutex mutex;
  std::shared_ptr<spdlog::logger> logger;  // replaced whole; each line takes its own reference
};

std::shared_ptr<spdlog::logger> make_logger(std::shared_ptr<spdlog::sinks::sink> sink) {
  auto logger = std::make_shared<spdlog::logger>("kiosk", std::move(sink));
  logger->set_level(spdlog::level::trace);  // ours is the level that counts
  logger->set_pattern("%v");
  logger->flush_on(spdlog::level::trace);
  return logger;
}

Log& the_log() {
  static Log* log = [] {  // never destroyed: threads may log until the very end
    auto made = std::make_unique<Log>();
    made->logger = make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    return made.release();
  }();
  return *log;
}

const char* to_string(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "debug";
    case LogLevel::Info:
      return "info";
    case LogLevel::Warning:
      return "warning";
    case LogLevel::Error:
      return "error";
    case LogLevel::Off:
      return "off";
  }
  return "off";
}

std::string to_line(LogLevel level, std::string_view event, std::initializer_list<LogField> fields,
                    std::int64_t swallowed) {
  nlohmann::ordered_json line;
  line["time"] = to_iso8601(SystemClock().now());
  line["level"] = to_string(level);
  line["event"] = std::string(event);
  for (const LogField& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.key)] = value; }, field.value);
  }
  if (swallowed > 0) line["swallowed"] = swallowed;
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  Log& log = the_log();
  if (level == LogLevel::Off || level < log.lowest.load(std::memory_order_relaxed)) return;
  const std::optional<std::int64_t> swallowed = log.limiter.admit(event, SystemClock().monotonic());
  if (!swallowed) return;
  std::shared_ptr<spdlog::logger> logger;
  {
    const std::lock_guard lock(log.mutex);
    logger = log.logger;
  }
  logger->log(spdlog::level::info, spdlog::string_view_t(to_line(level, event, fields, *swallowed)));
}

void set_log_level(LogLevel lowest) { the_log().lowest.store(lowest, std::memory_order_relaxed); }

Status set_log_file(const std::string& path) {
  // Created here, because the sink would leave the mode to the umask.
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file) {
    return make_error(ErrorKind::Io, "cannot open the log: " + std::generic_category().message(errno), path);
  }
  std::shared_ptr<spdlog::logger> logger;
  try {
    logger = make_logger(std::make_shared<spdlog::sinks::basic_file_sink_mt>(path));
  } catch (const spdlog::spdlog_ex&) {
    return make_error(ErrorKind::Io, "cannot open the log", path);
  }
  Log& log = the_log();
  const std::lock_guard lock(log.mutex);
  log.logger = std::move(logger);
  return {};
}

}  // namespace kiosk::core
