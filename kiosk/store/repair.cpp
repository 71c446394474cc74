#include "kiosk/store/repair.h"

#include <algorithm>
#include <string>
#include <system_error>

#include "kiosk/core/log.h"
#include "kiosk/store/query.h"

namespace kiosk::store {

namespace fs = std::filesystem;

namespace {

fs::path with_suffix(const fs::path& file, const std::string& suffix) { return fs::path(file.string() + suffix); }

// "20261123T143205Z"
std::string compact_time(core::Instant now) {
  std::string text = core::to_iso8601(std::chrono::floor<std::chrono::seconds>(now));
  text.erase(text.find('.'), 4);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

fs::path free_name(const fs::path& file, const core::Clock& clock) {
  const fs::path wanted = with_suffix(file, ".damaged-" + compact_time(clock.now()));
  std::error_code ignored;
  fs::path name = wanted;
  for (int number = 2; fs::exists(name, ignored); ++number) name = with_suffix(wanted, "-" + std::to_string(number));
  return name;
}

}  // namespace

core::Status quick_check(Database& database) {
  KIOSK_TRY(const auto finding, query_one<std::string>(database, "PRAGMA quick_check(1)"));
  if (finding == "ok") return {};
  return core::make_error(core::ErrorKind::Corrupt, "damaged: " + finding.value_or("no answer"), database.name());
}

core::Result<fs::path> set_aside(const fs::path& file, const core::Clock& clock) {
  std::error_code error;
  if (!fs::exists(file, error)) return core::make_error(core::ErrorKind::NotFound, "no such file", file.string());
  const fs::path aside = free_name(file, clock);
  // The database last: a log left behind alone would be replayed into the next database of that name.
  for (const char* suffix : {"-wal", "-shm", ""}) {
    const fs::path from = with_suffix(file, suffix);
    if (!fs::exists(from, error)) continue;
    fs::rename(from, with_suffix(aside, suffix), error);
    if (error) return core::make_error(core::ErrorKind::Io, "cannot set aside: " + error.message(), from.string());
  }
  core::log_warning("store.set_aside", {{"file", file.filename().string()}, {"as", aside.filename().string()}});
  return aside;
}

}  // namespace kiosk::store
