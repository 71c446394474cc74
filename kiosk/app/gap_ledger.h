// Counts of what residents looked for and did not find, kept for the authority's gap report in gaps.db: a file of its
// own, because kiosk.db is a journal that is never deleted, and these are counts that nobody misses. Nothing that was
// typed and no postcode is in it: concepts, the screen's language and a council's code, by the month (UTC).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/visit/effect.h"

namespace kiosk::store {
class Database;
}

namespace kiosk::app {

// A row of the report: how often in a month a need was looked for, in one language, by residents of one council.
struct GapRow {
  std::string month;                   // "2026-11"
  std::string need;                    // a concept's id; "" where the words were not understood
  std::string language;                // of the screen
  std::string authority;               // a council's code, "" not known
  std::int64_t nothing = 0, weak = 0;  // searches that found nothing; that found nothing that fits
  std::int64_t times() const { return nothing + weak; }
};

struct GapReport {
  std::vector<GapRow> rows;   // newest month first, in it the most frequent first
  std::int64_t left_out = 0;  // counts in rows with fewer than kFewestShown, which could point at a person
};

// Opens the file for each call, and for that long: a disk that was full an hour ago does no harm now. Threads: one at a
// time.
class GapLedger {
 public:
  static constexpr std::int64_t kFewestShown = 3;
  static constexpr std::int64_t kMostRows = 4000;  // beyond that the oldest months go, each as a whole
  // A year, and the month to compare it with: months that began longer ago are gone.
  static constexpr std::chrono::days kKept{400};

  GapLedger(std::filesystem::path file, const core::Clock& clock) : file_(std::move(file)), clock_(clock) {}

  // One search; it counts once for each need that it was understood as. A damaged file is set aside and begun anew.
  // Errors: Full, Io, Unsupported (a newer program's file): the count is lost.
  core::Status count(const visit::CountGap& gap);

  // `since`: from the month of that date on. Days are not kept, since they would point at people. An empty
  // report where nothing was ever counted. Errors: Corrupt, Io.
  core::Result<GapReport> report(std::optional<core::Date> since) const;

 private:
  core::Status add(const visit::CountGap& gap);
  core::Status drop_old(store::Database& database) const;
  std::string oldest_kept() const;

  std::filesystem::path file_;
  const core::Clock& clock_;
};

}  // namespace kiosk::app
