// What is new or changed is asked for one by one; what is missing too, where the list cannot be trusted about it.
#include <algorithm>

#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/html_text.h"
#include "kiosk/directory/sync_run.h"
#include "kiosk/store/query.h"

namespace kiosk::directory {

namespace {

using core::ErrorKind;
using core::Json;
using core::Result;
using core::Status;

constexpr std::size_t kBatch = 64;
// So many records in a row without an answer: the server is gone, and the checkpoint waits for it.
constexpr std::size_t kMaxFailuresInARow = 8;
// So many in a row that "do not exist" while the list names them: the server has no details at all.
constexpr std::size_t kMaxNotFoundInARow = 5;
constexpr std::size_t kMaxVerified = 300;
constexpr std::size_t kMaxControls = 3;

// Nothing of this source can be had now, whatever record is asked for.
bool ends_the_run(const core::Error& error) {
  return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::RateLimited ||
         error.kind == ErrorKind::Cancelled;
}

}  // namespace

Status SyncRun::fetch_details() {
  KIOSK_TRY(const std::size_t total, staging_.count(RecordState::NeedsDetail));
  if (total > 0) KIOSK_CHECK(fetch_taxonomies());
  std::size_t done = 0;
  for (;;) {
    KIOSK_TRY(std::vector<StagedRecord> batch, staging_.in_state(RecordState::NeedsDetail, kBatch));
    if (batch.empty()) return {};
    for (StagedRecord& record : batch) {
      KIOSK_CHECK(fetch_detail(std::move(record)));
      tell(SyncProgress::Phase::Details, ++done, total);
    }
  }
}

Status SyncRun::fetch_detail(StagedRecord record) {
  if (!any_detail_ && not_found_in_a_row_ >= kMaxNotFoundInARow) {
    return do_without_detail(std::move(record), core::make_error(ErrorKind::NotFound, "the server has no details"));
  }
  const Result<Fetched> fetched = fetcher_.get(detail_url(record.id), options_.max_detail_bytes, record.validators);
  if (fetched.ok()) return take_detail(std::move(record), *fetched);
  const core::Error& error = fetched.error();
  if (ends_the_run(error)) return error;
  const bool not_found = error.kind == ErrorKind::NotFound;
  not_found_in_a_row_ = not_found ? not_found_in_a_row_ + 1 : 0;
  if (!not_found && ++failures_in_a_row_ >= kMaxFailuresInARow) return error;
  if (not_found && !any_detail_ && not_found_in_a_row_ == kMaxNotFoundInARow) {
    report_.notes.push_back("no details: " + error.what);
  }
  return do_without_detail(std::move(record), error);
}

Status SyncRun::take_detail(StagedRecord record, const Fetched& fetched) {
  failures_in_a_row_ = not_found_in_a_row_ = 0;
  any_detail_ = true;
  if (fetched.not_modified) {
    record.state = RecordState::Confirmed;
    record.raw.clear();
    return staging_.update(record);
  }
  const Result<Service> service = read_record(fetched.json, run_.dialect, context_);
  if (!service.ok()) return do_without_detail(std::move(record), service.error());
  if (service->key.id != record.id) {
    return do_without_detail(std::move(record),
                             core::make_error(ErrorKind::Invalid, "the details are of another record"));
  }
  record.state = RecordState::Detailed;
  record.raw = core::dump_json(storable_record(fetched.json));
  record.validators = fetched.validators;
  return staging_.update(record);
}

// An older record is better than a shallow one; a shallow one is better than none. Both are asked for again next time.
Status SyncRun::do_without_detail(StagedRecord record, const core::Error& why) {
  KIOSK_TRY(const std::optional<KnownRecord> known, staging_.known(record.id));
  record.state = RecordState::Shallow;
  record.validators = {};
  if (known) record.raw.clear();
  if (!known && record.raw.empty()) {
    KIOSK_CHECK(staging_.add_skip("no details: " + why.what, record.id));
    record.state = RecordState::Skipped;
  }
  core::log_info("sync.without_detail", {{"source", source_.id}, {"id", record.id}, {"why", why}});
  return staging_.update(record);
}

// Where counts moved while paging, or the list was read in two sittings, or it ended early, a record that still exists
// may have slipped between two pages: what seems to be gone is asked for itself (rule 4).
Status SyncRun::verify_missing() {
  if (!run_.since.empty() || (!run_.total_moved && !report_.resumed && run_.incomplete.empty())) return {};
  KIOSK_TRY(const std::vector<std::string> missing, staging_.missing());
  KIOSK_TRY(const auto had,
            store::query_one<std::int64_t>(database_, "SELECT count(*) FROM services WHERE source = ?1", source_.id));
  const auto known = static_cast<std::size_t>(had.value_or(0));
  const auto listed = static_cast<std::size_t>(run_.rows - run_.doubles);
  if (missing.empty() || has_shrunk(known, listed, options_.shrink_limit)) return {};  // they are kept anyway
  if (missing.size() > kMaxVerified) {
    if (run_.incomplete.empty()) run_.incomplete = "too many records went missing while the list moved";
    return staging_.save(run_);
  }
  KIOSK_TRY(const bool answers, has_details());
  if (!answers) {
    if (run_.incomplete.empty()) run_.incomplete = "the list moved, and the server has no details to tell what is gone";
    return staging_.save(run_);
  }
  for (const std::string& id : missing) {
    KIOSK_TRY(const bool gone, is_gone(id));
    KIOSK_TRY([[maybe_unused]] const bool added,
              staging_.add({id, gone ? RecordState::Gone : RecordState::Unchanged, "", "", {}}));
  }
  return {};
}

// "Not found" means something only where what the list names is found. A few are tried: one may just have gone.
Result<bool> SyncRun::has_details() {
  for (const RecordState state : {RecordState::Unchanged, RecordState::NeedsDetail, RecordState::Detailed}) {
    KIOSK_TRY(const std::vector<StagedRecord> listed, staging_.in_state(state, kMaxControls));
    for (const StagedRecord& record : listed) {
      KIOSK_TRY(const bool gone, is_gone(record.id));
      if (!gone) return true;
    }
  }
  return false;
}

Result<bool> SyncRun::is_gone(const std::string& id) {
  const Result<Fetched> fetched = fetcher_.get(detail_url(id), options_.max_detail_bytes);
  if (!fetched.ok()) {
    if (ends_the_run(fetched.error())) return fetched.error();
    return fetched.error().kind == ErrorKind::NotFound;
  }
  const Result<Service> service = read_record(fetched->json, run_.dialect, context_);
  return !service.ok() || service->key.id != id;
}

}  // namespace kiosk::directory
