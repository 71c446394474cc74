// The one transaction in which a run becomes what residents find.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/schema.h"
#include "kiosk/directory/service_json.h"
#include "kiosk/directory/staging.h"
#include "kiosk/directory/sync.h"
#include "kiosk/store/query.h"
#include "kiosk/store/transaction.h"

namespace kiosk::directory {

namespace {

using core::Instant;
using core::Json;
using core::Result;
using core::Status;
using store::Database;
using store::Statement;

// What else decides what a record becomes; where it changes, stored records are read again from their raw form.
std::string recipe_of(const Publication& publication) {
  Json rules = Json::array();
  for (const ActionRule& rule : publication.rules) {
    const auto link = [](const std::optional<ActionLink>& each) {
      return each ? each->backend + ":" + each->service_id : std::string();
    };
    rules.push_back({rule.source, rule.service, rule.name, rule.category, link(rule.booking), link(rule.report)});
  }
  const Json recipe = {kReaderVersion, publication.context.authority, rules, publication.context.taxonomies};
  return content_hash(recipe);
}

class Publisher {
 public:
  Publisher(Database& database, const Publication& publication, const Run& run, SyncReport& report)
      : database_(database), publication_(publication), run_(run), report_(report) {}

  Status run() {
    KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
    KIOSK_CHECK(load_source());
    KIOSK_CHECK(write_records());
    tell_notes();
    KIOSK_CHECK(count_unchanged());
    KIOSK_CHECK(remove_missing());
    KIOSK_CHECK(confirm_records());
    KIOSK_CHECK(read_again());
    KIOSK_CHECK(keep_pages());
    KIOSK_CHECK(save_source());
    if (report_.added + report_.changed + report_.removed > 0 || reread_) {
      KIOSK_CHECK(store::execute(database_, "UPDATE meta SET generation = generation + 1"));
    }
    KIOSK_CHECK(Staging(database_, source()).drop());
    return transaction.commit();
  }

 private:
  const std::string& source() const { return publication_.context.source; }
  bool is_full() const { return run_.since.empty(); }

  Status load_source() {
    KIOSK_CHECK(store::execute(database_, "INSERT INTO sources (id) VALUES (?1) ON CONFLICT DO NOTHING", source()));
    KIOSK_TRY(const auto recipe,
              store::query_one<std::string>(database_, "SELECT recipe FROM sources WHERE id = ?1", source()));
    old_recipe_ = recipe.value_or("");
    KIOSK_TRY(const auto had,
              store::query_one<std::int64_t>(database_, "SELECT count(*) FROM services WHERE source = ?1", source()));
    had_ = static_cast<std::size_t>(had.value_or(0));
    return {};
  }

  Status write_records() {
    KIOSK_TRY(Statement row, database_.prepare("SELECT id, state, mark, raw, etag, last_modified FROM run_records "
                                               "WHERE source = ?1 AND state IN (?2, ?3) ORDER BY rowid"));
    row.bind_all(source(), static_cast<int>(RecordState::Detailed), static_cast<int>(RecordState::Shallow));
    for (;;) {
      KIOSK_TRY(const bool more, row.step());
      if (!more) return {};
      const bool shallow = static_cast<RecordState>(row.integer(1)) == RecordState::Shallow;
      if (shallow) ++report_.shallow;
      const std::string_view raw = row.text_view(3);
      if (raw.empty()) {  // an older record stays
        ++report_.unchanged;
        KIOSK_CHECK(store::execute(database_, "UPDATE services SET mark = '' WHERE source = ?1 AND id = ?2", source(),
                                   row.text(0)));
        continue;
      }
      KIOSK_CHECK(write_record(row.text(0), shallow ? std::string() : row.text(2), std::string(raw), row));
    }
  }

  Status write_record(const std::string& id, const std::string& mark, const std::string& raw, const Statement& row) {
    KIOSK_TRY(const Service service, make_service(raw, &notes_));
    const std::string record = to_stored_json(service);
    KIOSK_TRY(const auto old,
              store::query_one<std::string>(database_, "SELECT record FROM services WHERE source = ?1 AND id = ?2",
                                            source(), id));
    if (!old)
      ++report_.added;
    else if (*old != record)
      ++report_.changed;
    else
      ++report_.unchanged;
    if (!upsert_) {
      KIOSK_TRY(
          Statement statement,
          database_.prepare("INSERT INTO services (source, id, name, status, mark, record, raw, detailed, etag, "
                            "last_modified) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (source, "
                            "id) DO UPDATE SET name = ?3, status = ?4, mark = ?5, record = ?6, raw = ?7, "
                            "detailed = ?8, etag = ?9, last_modified = ?10"));
      upsert_.emplace(std::move(statement));
    }
    return upsert_
        ->bind_all(source(), id, service.name, static_cast<int>(service.status), mark, record, raw,
                   stored_time(publication_.now), row.text_view(4), row.text_view(5))
        .run();
  }

  Result<Service> make_service(const std::string& raw, ReadNotes* notes = nullptr) const {
    const Json json = Json::parse(raw, nullptr, false);
    KIOSK_TRY(Service service, read_record(json, run_.dialect, publication_.context, notes));
    apply_action_rules(publication_.rules, service);
    return service;
  }

  Status count_unchanged() {
    const Staging staging(database_, source());
    for (const RecordState state : {RecordState::Unchanged, RecordState::Confirmed}) {
      KIOSK_TRY(const std::size_t count, staging.count(state));
      report_.unchanged += count;
    }
    KIOSK_CHECK(store::execute(
        database_,
        "UPDATE services SET detailed = ?2, mark = r.mark FROM (SELECT source, id, mark FROM run_records WHERE state = "
        "?3) AS r WHERE services.source = ?1 AND r.source = services.source AND r.id = services.id",
        source(), stored_time(publication_.now), static_cast<int>(RecordState::Confirmed)));
    report_.seen = report_.added + report_.changed + report_.unchanged;
    return {};
  }

  // Deletes only after a complete run, or what was asked for and found gone, and below the shrink limit (rule 5).
  Status remove_missing() {
    const Staging staging(database_, source());
    KIOSK_TRY(std::vector<std::string> going, staging.ids_in_state(RecordState::Gone));
    std::vector<std::string> missing;
    if (is_full()) {
      KIOSK_TRY(missing, staging.missing());
    }
    if (run_.incomplete.empty()) {
      going.insert(going.end(), missing.begin(), missing.end());
    } else if (!missing.empty()) {
      keep(missing.size(), run_.incomplete);
    }
    if (going.empty()) return {};
    if (report_.seen == 0 || (is_full() && has_shrunk(had_, report_.seen, publication_.shrink_limit))) {
      keep(going.size(),
           "the feed shrank from " + std::to_string(had_) + " to " + std::to_string(report_.seen) + " records");
      return {};
    }
    for (const std::string& id : going) {
      KIOSK_CHECK(store::execute(database_, "DELETE FROM services WHERE source = ?1 AND id = ?2", source(), id));
    }
    report_.removed = going.size();
    return {};
  }

  void keep(std::size_t count, std::string why) {
    report_.kept += count;
    if (report_.kept_because.empty()) report_.kept_because = std::move(why);
  }

  void tell_notes() {
    if (notes_.shortened > 0)
      report_.notes.push_back("names longer than " + std::to_string(kMaxLineLetters) +
                              " letters, shortened: " + std::to_string(notes_.shortened));
    if (notes_.piled > 0)
      report_.notes.push_back("names with piled-up accents, thinned out: " + std::to_string(notes_.piled));
  }

  bool success() const { return run_.incomplete.empty() && report_.kept == 0; }

  // After a success every record shares the source's time; otherwise those seen carry their own.
  Status confirm_records() {
    if (success()) {
      return store::execute(
          database_, "UPDATE services SET confirmed = NULL WHERE source = ?1 AND confirmed IS NOT NULL", source());
    }
    return store::execute(database_,
                          "UPDATE services SET confirmed = ?2 WHERE source = ?1 AND id IN (SELECT id FROM run_records "
                          "WHERE source = ?1 AND state NOT IN (?3, ?4))",
                          source(), stored_time(publication_.now), static_cast<int>(RecordState::Skipped),
                          static_cast<int>(RecordState::Gone));
  }

  Status read_again() {
    const std::string recipe = recipe_of(publication_);
    if (recipe == old_recipe_ || old_recipe_.empty()) return {};
    std::vector<std::pair<std::string, std::string>> rows;
    KIOSK_CHECK(store::for_each_row(
        database_, "SELECT id, raw FROM services WHERE source = ?1",
        [&](const Statement& row) { rows.emplace_back(row.text(0), row.text(1)); }, source()));
    for (const auto& [id, raw] : rows) {
      const Result<Service> service = make_service(raw);
      if (!service.ok()) continue;  // it was valid for an older reader: it stays as that one made it
      KIOSK_CHECK(
          store::execute(database_,
                         "UPDATE services SET record = ?3, name = ?4, status = ?5 WHERE source = ?1 AND id = ?2 "
                         "AND record <> ?3",
                         source(), id, to_stored_json(*service), service->name, static_cast<int>(service->status)));
      reread_ = reread_ || database_.changes() > 0;
    }
    return {};
  }

  Status keep_pages() {
    if (!is_full()) return {};
    KIOSK_CHECK(store::execute(database_, "DELETE FROM pages WHERE source = ?1", source()));
    if (!success()) return {};  // the next run reads everything afresh
    return store::execute(database_, "INSERT INTO pages SELECT * FROM run_pages WHERE source = ?1", source());
  }

  Status save_source() {
    const std::int64_t now = stored_time(publication_.now);
    std::string why = !run_.incomplete.empty() ? run_.incomplete : report_.kept_because;
    if (report_.kept > 0) why += ": " + std::to_string(report_.kept) + " records kept";
    return store::execute(
        database_,
        "UPDATE sources SET name = ?2, dialect = ?3, recipe = ?4, taxonomies = ?5, last_attempt = ?6, last_error = ?7, "
        "last_success = CASE WHEN ?8 THEN ?6 ELSE last_success END, last_full = CASE WHEN ?8 AND ?9 THEN ?10 ELSE "
        "last_full END WHERE id = ?1",
        source(), publication_.name, publication_.dialect, recipe_of(publication_),
        core::dump_json(publication_.context.taxonomies), now, why, success(), is_full(), stored_time(run_.started));
  }

  Database& database_;
  const Publication& publication_;
  const Run& run_;
  SyncReport& report_;
  ReadNotes notes_;
  std::optional<Statement> upsert_;
  std::string old_recipe_;
  std::size_t had_ = 0;
  bool reread_ = false;
};

}  // namespace

core::Result<std::size_t> forget_other_sources(Directory& directory, const std::vector<std::string>& configured) {
  Database& database = directory.database();
  std::vector<std::string> gone;
  KIOSK_CHECK(store::for_each_row(
      database, "SELECT id FROM sources UNION SELECT source FROM services UNION SELECT source FROM run",
      [&](const Statement& row) {
        if (std::find(configured.begin(), configured.end(), row.text(0)) == configured.end())
          gone.push_back(row.text(0));
      }));
  if (gone.empty()) return std::size_t{0};
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database));
  std::size_t records = 0;
  for (const std::string& source : gone) {
    KIOSK_CHECK(store::execute(database, "DELETE FROM services WHERE source = ?1", source));
    records += static_cast<std::size_t>(database.changes());
    KIOSK_CHECK(store::execute(database, "DELETE FROM sources WHERE id = ?1", source));
    KIOSK_CHECK(store::execute(database, "DELETE FROM pages WHERE source = ?1", source));
    KIOSK_CHECK(Staging(database, source).drop());
  }
  if (records > 0) KIOSK_CHECK(store::execute(database, "UPDATE meta SET generation = generation + 1"));
  KIOSK_CHECK(transaction.commit());
  return records;
}

bool has_shrunk(std::size_t had, std::size_t seen, double limit) {
  return static_cast<double>(seen) < static_cast<double>(had) * (1 - limit);
}

void SyncReport::skip(std::string_view reason, std::string_view example) {
  ++skipped;
  for (SkippedRecords& each : skipped_records) {
    if (each.reason != reason) continue;
    ++each.count;
    return;
  }
  skipped_records.push_back({std::string(reason), 1, std::string(example)});
}

Status publish(Database& database, const Publication& publication, const Run& run, SyncReport& report) {
  return Publisher(database, publication, run, report).run();
}

Status note_failure(Database& database, const std::string& source, const std::string& name, Instant now,
                    const std::string& why) {
  return store::execute(database,
                        "INSERT INTO sources (id, name, last_attempt, last_error) VALUES (?1, ?2, ?3, ?4) ON CONFLICT "
                        "(id) DO UPDATE SET name = ?2, last_attempt = ?3, last_error = ?4",
                        source, name, stored_time(now), why);
}

}  // namespace kiosk::directory
