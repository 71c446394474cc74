#include "kiosk/directory/staging.h"

#include "kiosk/directory/schema.h"
#include "kiosk/store/query.h"

namespace kiosk::directory {

namespace {

using core::Instant;
using core::Result;
using core::Status;
using store::Statement;

StagedRecord record_of(const Statement& row) {
  return {row.text(0), static_cast<RecordState>(row.integer(1)), row.text(2), row.text(3), {row.text(4), row.text(5)}};
}

}  // namespace

Result<std::optional<Run>> Staging::load() const {
  KIOSK_TRY(Statement row,
            database_.prepare("SELECT endpoint, dialect, since, started, next_page, listed, rows, total, total_moved, "
                              "incomplete, fresh_pages, doubles FROM run WHERE source = ?1"));
  KIOSK_TRY(const bool found, row.bind(1, source_).step());
  if (!found) return std::optional<Run>{};
  Run run;
  run.endpoint = row.text(0);
  run.dialect = dialect_from(row.text(1)).value_or(Dialect::Hsds3);
  run.since = row.text(2);
  run.started = Instant(core::Milliseconds(row.integer(3)));
  run.next_page = row.integer(4);
  run.listed = row.boolean(5);
  run.rows = row.integer(6);
  run.total = row.optional_integer(7);
  run.total_moved = row.boolean(8);
  run.incomplete = row.text(9);
  run.fresh_pages = row.integer(10);
  run.doubles = row.integer(11);
  return std::optional<Run>{std::move(run)};
}

Status Staging::begin(const Run& run) {
  KIOSK_CHECK(drop());
  KIOSK_CHECK(store::execute(database_,
                             "INSERT INTO run (source, endpoint, dialect, since, started) VALUES (?1, ?2, ?3, ?4, ?5)",
                             source_, run.endpoint, to_string(run.dialect), run.since, stored_time(run.started)));
  return save(run);
}

Status Staging::save(const Run& run) {
  return store::execute(database_,
                        "UPDATE run SET next_page = ?2, listed = ?3, rows = ?4, total = ?5, total_moved = ?6, "
                        "incomplete = ?7, fresh_pages = ?8, dialect = ?9, doubles = ?10 WHERE source = ?1",
                        source_, run.next_page, run.listed, run.rows, run.total, run.total_moved, run.incomplete,
                        run.fresh_pages, to_string(run.dialect), run.doubles);
}

Status Staging::drop() {
  for (const char* sql : {"DELETE FROM run WHERE source = ?1", "DELETE FROM run_records WHERE source = ?1",
                          "DELETE FROM run_pages WHERE source = ?1", "DELETE FROM run_skips WHERE source = ?1"}) {
    KIOSK_CHECK(store::execute(database_, sql, source_));
  }
  return {};
}

Result<bool> Staging::add(const StagedRecord& record) {
  KIOSK_CHECK(store::execute(database_,
                             "INSERT INTO run_records (source, id, state, mark, raw, etag, last_modified) VALUES (?1, "
                             "?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                             source_, record.id, static_cast<int>(record.state), record.mark, record.raw,
                             record.validators.etag, record.validators.last_modified));
  return database_.changes() > 0;
}

Status Staging::update(const StagedRecord& record) {
  return store::execute(database_,
                        "UPDATE run_records SET state = ?3, mark = ?4, raw = ?5, etag = ?6, last_modified = ?7 WHERE "
                        "source = ?1 AND id = ?2",
                        source_, record.id, static_cast<int>(record.state), record.mark, record.raw,
                        record.validators.etag, record.validators.last_modified);
}

Result<std::vector<StagedRecord>> Staging::in_state(RecordState state, std::size_t limit) const {
  std::vector<StagedRecord> records;
  KIOSK_CHECK(store::for_each_row(
      database_,
      "SELECT id, state, mark, raw, etag, last_modified FROM run_records WHERE source = ?1 AND state = ?2 ORDER BY "
      "rowid LIMIT ?3",
      [&](const Statement& row) { records.push_back(record_of(row)); }, source_, static_cast<int>(state), limit));
  return records;
}

Result<std::vector<std::string>> Staging::ids_in_state(RecordState state) const {
  std::vector<std::string> ids;
  KIOSK_CHECK(store::for_each_row(
      database_, "SELECT id FROM run_records WHERE source = ?1 AND state = ?2",
      [&](const Statement& row) { ids.push_back(row.text(0)); }, source_, static_cast<int>(state)));
  return ids;
}

Result<std::size_t> Staging::count(RecordState state) const {
  KIOSK_TRY(const auto count, store::query_one<std::int64_t>(
                                  database_, "SELECT count(*) FROM run_records WHERE source = ?1 AND state = ?2",
                                  source_, static_cast<int>(state)));
  return static_cast<std::size_t>(count.value_or(0));
}

Status Staging::add_skip(std::string_view reason, std::string_view example) {
  return store::execute(database_,
                        "INSERT INTO run_skips VALUES (?1, ?2, 1, ?3) ON CONFLICT (source, reason) DO UPDATE SET count "
                        "= count + 1",
                        source_, reason, example);
}

Result<SyncReport> Staging::skips() const {
  SyncReport report;
  KIOSK_CHECK(store::for_each_row(
      database_, "SELECT reason, count, example FROM run_skips WHERE source = ?1 ORDER BY rowid",
      [&](const Statement& row) {
        report.skipped_records.push_back({row.text(0), static_cast<std::size_t>(row.integer(1)), row.text(2)});
        report.skipped += static_cast<std::size_t>(row.integer(1));
      },
      source_));
  return report;
}

Status Staging::add_page(const StagedPage& page) {
  return store::execute(database_, "INSERT OR REPLACE INTO run_pages VALUES (?1, ?2, ?3, ?4, ?5)", source_, page.url,
                        page.validators.etag, page.validators.last_modified, page.digest);
}

Result<std::optional<KnownRecord>> Staging::known(std::string_view id) const {
  KIOSK_TRY(Statement row, database_.prepare("SELECT mark, detailed, etag, last_modified FROM services WHERE source = "
                                             "?1 AND id = ?2"));
  KIOSK_TRY(const bool found, row.bind_all(source_, id).step());
  if (!found) return std::optional<KnownRecord>{};
  return std::optional<KnownRecord>{
      {row.text(0), Instant(core::Milliseconds(row.integer(1))), {row.text(2), row.text(3)}}};
}

Result<std::optional<StagedPage>> Staging::known_page(std::string_view url) const {
  KIOSK_TRY(Statement row,
            database_.prepare("SELECT etag, last_modified, digest FROM pages WHERE source = ?1 AND url = ?2"));
  KIOSK_TRY(const bool found, row.bind_all(source_, url).step());
  if (!found) return std::optional<StagedPage>{};
  return std::optional<StagedPage>{{std::string(url), {row.text(0), row.text(1)}, row.text(2)}};
}

Result<std::vector<std::string>> Staging::missing() const {
  std::vector<std::string> ids;
  KIOSK_CHECK(store::for_each_row(
      database_,
      "SELECT id FROM services s WHERE source = ?1 AND NOT EXISTS (SELECT 1 FROM run_records r WHERE r.source = "
      "s.source AND r.id = s.id) ORDER BY id",
      [&](const Statement& row) { ids.push_back(row.text(0)); }, source_));
  return ids;
}

}  // namespace kiosk::directory
