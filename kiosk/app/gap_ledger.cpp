#include "kiosk/app/gap_ledger.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "kiosk/core/log.h"
#include "kiosk/store/migrate.h"
#include "kiosk/store/query.h"
#include "kiosk/store/repair.h"
#include "kiosk/store/transaction.h"

namespace kiosk::app {
namespace {

constexpr core::Milliseconds kBusyTimeout{200};  // a count is not worth waiting for

constexpr std::array<store::Migration, 1> kSteps{{{1, "gaps", R"sql(
CREATE TABLE gap (
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL,             -- "2026-11", UTC
  language TEXT NOT NULL,
  kind TEXT NOT NULL,              -- 'nothing' or 'weak'
  need TEXT NOT NULL,              -- a concept's id, '' not understood
  authority TEXT NOT NULL,         -- a council's code, '' not known
  times INTEGER NOT NULL,
  UNIQUE (month, language, kind, need, authority)
) STRICT;
)sql"}}};

const char* name_of(visit::CountGap::Kind kind) { return kind == visit::CountGap::Kind::Nothing ? "nothing" : "weak"; }

core::Date date_of(core::Instant instant) { return core::Date(std::chrono::floor<std::chrono::days>(instant)); }

// "2026-11".
std::string month_of(core::Date date) {
  constexpr std::size_t kYearAndMonth = 7;
  return core::to_iso8601(date).substr(0, kYearAndMonth);
}

core::Result<store::Database> open_for_counting(const std::filesystem::path& file) {
  // Overwritten when dropped: what is old is to be gone.
  KIOSK_TRY(store::Database database,
            store::Database::open(file, {.erase = store::Erase::Overwrite, .busy_timeout = kBusyTimeout}));
  KIOSK_CHECK(store::migrate(database, kSteps));
  return database;
}

}  // namespace

// Whole months only: one that loses some of its counts would tell which.
std::string GapLedger::oldest_kept() const {
  const core::Date oldest = date_of(clock_.now() - kKept);
  return month_of((oldest.year() / oldest.month() + std::chrono::months(1)) / 1);
}

core::Status GapLedger::count(const visit::CountGap& gap) {
  core::Status added = add(gap);
  if (added.ok() || added.error().kind != core::ErrorKind::Corrupt) return added;
  KIOSK_TRY(const std::filesystem::path aside, store::set_aside(file_, clock_));
  core::log_warning("gaps.set_aside", {{"file", aside.string()}, {"why", added.error()}});
  return add(gap);
}

core::Status GapLedger::add(const visit::CountGap& gap) {
  KIOSK_TRY(store::Database database, open_for_counting(file_));
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database));
  const std::string month = month_of(date_of(clock_.now()));
  std::vector<std::string> needs = gap.needs;
  if (needs.empty()) needs.emplace_back();
  for (const std::string& need : needs) {
    KIOSK_CHECK(
        store::execute(database,
                       "INSERT INTO gap (month, language, kind, need, authority, times) VALUES (?1, ?2, ?3, ?4, "
                       "?5, 1) ON CONFLICT DO UPDATE SET times = times + 1",
                       month, gap.language, name_of(gap.kind), need, gap.authority));
  }
  KIOSK_CHECK(drop_old(database));
  return transaction.commit();
}

core::Status GapLedger::drop_old(store::Database& database) const {
  KIOSK_CHECK(store::execute(database, "DELETE FROM gap WHERE month < ?1", oldest_kept()));
  while (true) {
    KIOSK_TRY(const auto rows, store::query_one<std::int64_t>(database, "SELECT count(*) FROM gap"));
    if (*rows <= kMostRows) return {};
    KIOSK_TRY(const auto months, store::query_one<std::int64_t>(database, "SELECT count(DISTINCT month) FROM gap"));
    if (*months > 1) {
      KIOSK_CHECK(store::execute(database, "DELETE FROM gap WHERE month = (SELECT min(month) FROM gap)"));
    } else {  // all of one month: what came last is not taken in
      return store::execute(database, "DELETE FROM gap WHERE id IN (SELECT id FROM gap ORDER BY id DESC LIMIT ?1)",
                            *rows - kMostRows);
    }
  }
}

core::Result<GapReport> GapLedger::report(std::optional<core::Date> since) const {
  GapReport report;
  auto database = store::Database::open(file_, {.access = store::Access::ReadOnly});
  if (!database.ok() && database.error().kind == core::ErrorKind::NotFound) return report;
  if (!database.ok()) return database.error();
  KIOSK_CHECK(store::for_each_row(
      *database,
      "SELECT month, need, language, authority, sum(iif(kind = 'nothing', times, 0)), "
      "sum(iif(kind = 'nothing', 0, times)) FROM gap WHERE month >= ?1 GROUP BY month, need, language, authority",
      [&](const store::Statement& row) {
        GapRow one{row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5)};
        if (one.times() < kFewestShown) {
          report.left_out += one.times();
        } else {
          report.rows.push_back(std::move(one));
        }
      },
      since ? std::max(oldest_kept(), month_of(*since)) : oldest_kept()));
  const auto order = [](const GapRow& row) { return std::tuple(row.need, row.language, row.authority); };
  std::sort(report.rows.begin(), report.rows.end(), [&](const GapRow& a, const GapRow& b) {
    if (a.month != b.month) return a.month > b.month;
    return a.times() != b.times() ? a.times() > b.times() : order(a) < order(b);
  });
  return report;
}

}  // namespace kiosk::app
