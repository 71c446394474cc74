// The checkpoint of bringing a source up to date: what was listed and fetched so far, on disk, invisible to readers
// until publish() makes all of it the source's records in one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/actions.h"
#include "kiosk/directory/record.h"
#include "kiosk/directory/report.h"
#include "kiosk/net/conditional.h"
#include "kiosk/store/database.h"

namespace kiosk::directory {

enum class RecordState {
  Unchanged,    // listed as we have it
  NeedsDetail,  // `raw` is the list's entry
  Detailed,     // `raw` is the answer to the detail call
  Shallow,      // the detail call failed: `raw` is the list's entry, or empty where an older record stays
  Confirmed,    // the detail call answered 304
  Skipped,      // not valid; an older record of that id stays
  Gone,         // not listed, and asked for: it is no more
};

struct Run {
  std::string endpoint;
  Dialect dialect = Dialect::Hsds3;
  std::string since;  // modified_after of an incremental run
  core::Instant started{};
  std::int64_t next_page = 1;
  bool listed = false;
  std::int64_t rows = 0;     // as listed, doubles included
  std::int64_t doubles = 0;  // rows whose id was listed before
  std::optional<std::int64_t> total;
  bool total_moved = false;
  std::string incomplete;
  std::int64_t fresh_pages = 0;
};

struct StagedRecord {
  std::string id;
  RecordState state = RecordState::Unchanged;
  std::string mark;
  std::string raw;
  net::Validators validators;
};

struct StagedPage {
  std::string url;
  net::Validators validators;
  std::string digest;
};

// Of a record that is published already.
struct KnownRecord {
  std::string mark;
  core::Instant detailed{};
  net::Validators validators;
};

// One source's checkpoint. Thread of the database; every function is durable when it returns, unless inside a
// Transaction of the caller.
class Staging {
 public:
  Staging(store::Database& database, std::string source) : database_(database), source_(std::move(source)) {}

  core::Result<std::optional<Run>> load() const;
  core::Status begin(const Run& run);  // drops any earlier one
  core::Status save(const Run& run);
  core::Status drop();

  // False where the id is listed already.
  core::Result<bool> add(const StagedRecord& record);
  core::Status update(const StagedRecord& record);
  core::Result<std::vector<StagedRecord>> in_state(RecordState state, std::size_t limit) const;
  core::Result<std::vector<std::string>> ids_in_state(RecordState state) const;
  core::Result<std::size_t> count(RecordState state) const;
  core::Status add_skip(std::string_view reason, std::string_view example);
  core::Result<SyncReport> skips() const;  // a report that holds these alone
  core::Status add_page(const StagedPage& page);

  // Of the published cache.
  core::Result<std::optional<KnownRecord>> known(std::string_view id) const;
  core::Result<std::optional<StagedPage>> known_page(std::string_view url) const;
  core::Result<std::vector<std::string>> missing() const;  // ids that the source has and the run did not see

 private:
  store::Database& database_;
  std::string source_;
};

struct Publication {
  std::string name;       // of the source
  std::string dialect;    // for staff
  RecordContext context;  // context.source names the source
  ActionRules rules;
  core::Instant now{};
  double shrink_limit = 1;
};

// Whether a list of `seen` records is suspiciously short where `had` were known.
bool has_shrunk(std::size_t had, std::size_t seen, double limit);

// Makes the staged run the source's records: adds, changes, and removes what a full and complete run did not see;
// drops the checkpoint. Fills the report's counts. One transaction: readers see all of it or nothing.
core::Status publish(store::Database& database, const Publication& publication, const Run& run, SyncReport& report);

// Notes that an attempt failed; the records stay as they are.
core::Status note_failure(store::Database& database, const std::string& source, const std::string& name,
                          core::Instant now, const std::string& why);

}  // namespace kiosk::directory
