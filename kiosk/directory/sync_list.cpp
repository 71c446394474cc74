// Paging through a source's list into the checkpoint.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/directory/html_text.h"
#include "kiosk/directory/sync_run.h"
#include "kiosk/net/url.h"
#include "kiosk/store/transaction.h"

namespace kiosk::directory {

namespace {

using core::Json;
using core::Result;
using core::Status;

constexpr std::size_t kMaxExampleBytes = 200;

// The publisher's mark alone may be as coarse as a day: what the list says counts too.
std::string mark_of(const Json& record) { return modified_mark(record) + "|" + content_hash(record); }

PageDigest::Row row_of(const Json& record, const RecordContext& context, Dialect dialect) {
  PageDigest::Row row;
  if (record.is_object()) row.id = clean_text(core::json_text(record, "id"));
  const Result<Service> service = read_record(record, dialect, context);
  if (service.ok()) {
    row.mark = mark_of(record);
  } else {
    row.skipped = service.error().what;
  }
  return row;
}

Json optional_json(const std::optional<std::int64_t>& value) { return value ? Json(*value) : Json(); }

}  // namespace

std::string to_text(const PageDigest& digest) {
  Json rows = Json::array();
  for (const PageDigest::Row& row : digest.rows) rows.push_back({row.id, row.mark, row.skipped});
  return core::dump_json({{"rows", std::move(rows)},
                          {"total_items", optional_json(digest.total_items)},
                          {"total_pages", optional_json(digest.total_pages)},
                          {"last", digest.says_last}});
}

std::optional<PageDigest> digest_from(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  PageDigest digest;
  digest.total_items = core::json_integer(json, "total_items");
  digest.total_pages = core::json_integer(json, "total_pages");
  digest.says_last = core::json_bool(json, "last").value_or(false);
  for (const Json& row : core::json_array(json, "rows")) {
    if (!row.is_array() || row.size() != 3 || !row[0].is_string() || !row[1].is_string() || !row[2].is_string()) {
      return std::nullopt;
    }
    digest.rows.push_back({row[0].get<std::string>(), row[1].get<std::string>(), row[2].get<std::string>()});
  }
  return digest;
}

Status SyncRun::list_all() {
  while (!run_.listed) {
    if (run_.next_page > static_cast<std::int64_t>(options_.max_pages)) {
      end_list("the list is longer than " + std::to_string(options_.max_pages) + " pages");
      return staging_.save(run_);
    }
    KIOSK_TRY(const ListedPage page, fetch_page(run_.next_page));
    KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
    KIOSK_TRY(const std::size_t fresh_rows, stage_page(page));
    judge_end(page, fresh_rows);
    ++run_.next_page;
    KIOSK_CHECK(staging_.save(run_));
    KIOSK_CHECK(transaction.commit());
    tell(SyncProgress::Phase::Listing, static_cast<std::size_t>(run_.rows),
         static_cast<std::size_t>(run_.total.value_or(0)));
  }
  return {};
}

Result<SyncRun::ListedPage> SyncRun::fetch_page(std::int64_t number) {
  const std::string url = list_url(number, options_.page_size);
  std::optional<StagedPage> known;
  if (run_.since.empty()) {
    KIOSK_TRY(known, staging_.known_page(url));
  }
  std::optional<PageDigest> digest = known ? digest_from(known->digest) : std::nullopt;
  const net::Validators validators = digest ? known->validators : net::Validators{};
  KIOSK_TRY(Fetched fetched, fetcher_.get(url, options_.max_page_bytes, validators));
  if (!fetched.not_modified) return read_fresh(url, std::move(fetched));
  ListedPage page;
  page.digest = std::move(*digest);
  page.staged = {url, fetched.validators, known->digest};
  page.fresh = false;
  return page;
}

Result<SyncRun::ListedPage> SyncRun::read_fresh(const std::string& url, Fetched fetched) {
  KIOSK_TRY(Page read, read_page(std::move(fetched.json), net::loggable_url(url)));
  // The version at the base path and the list's envelope contradict each other: the list is what is read.
  const bool old_envelope = run_.dialect == Dialect::Oruk1 || run_.dialect == Dialect::Outpost;
  if (read.dialect && (*read.dialect == Dialect::Oruk1) != old_envelope) run_.dialect = *read.dialect;
  ListedPage page;
  page.digest.total_items = read.total_items;
  page.digest.total_pages = read.total_pages;
  page.digest.says_last = read.says_last;
  page.digest.rows.reserve(read.rows.size());
  for (const Json& record : read.rows) page.digest.rows.push_back(row_of(record, context_, run_.dialect));
  page.records = std::move(read.rows);
  page.staged = {url, fetched.validators, fetched.validators.empty() ? std::string() : to_text(page.digest)};
  return page;
}

Result<std::size_t> SyncRun::stage_page(const ListedPage& page) {
  static const Json kNone;
  std::size_t fresh_rows = 0;
  for (std::size_t i = 0; i < page.digest.rows.size(); ++i) {
    KIOSK_TRY(const bool added, stage_row(page.digest.rows[i], page.fresh ? page.records[i] : kNone));
    if (added) ++fresh_rows;
  }
  run_.rows += static_cast<std::int64_t>(page.digest.rows.size());
  run_.doubles += static_cast<std::int64_t>(page.digest.rows.size() - fresh_rows);
  if (page.fresh) ++run_.fresh_pages;
  if (run_.total && page.digest.total_items && *run_.total != *page.digest.total_items) run_.total_moved = true;
  if (page.digest.total_items) run_.total = page.digest.total_items;
  if (run_.since.empty() && !page.staged.validators.empty()) KIOSK_CHECK(staging_.add_page(page.staged));
  return fresh_rows;
}

// Details are asked for where the record is new, or its list entry differs, or they are old (rule 2).
Result<bool> SyncRun::stage_row(const PageDigest::Row& row, const Json& record) {
  const std::string example(core::truncate_utf8(row.id, kMaxExampleBytes));
  if (!row.skipped.empty()) {
    KIOSK_CHECK(staging_.add_skip(row.skipped, example.empty() ? "page " + std::to_string(run_.next_page) : example));
    if (row.id.empty() || row.skipped == "id too long") return true;
    return staging_.add({row.id, RecordState::Skipped, "", "", {}});
  }
  StagedRecord staged{row.id, RecordState::NeedsDetail, row.mark, "", {}};
  KIOSK_TRY(const std::optional<KnownRecord> known, staging_.known(row.id));
  const bool aged =
      known && options_.detail_refresh.count() > 0 && clock_.now() - known->detailed >= options_.detail_refresh;
  if (known && known->mark == row.mark && !aged) {
    staged.state = RecordState::Unchanged;
  } else {
    if (known && known->mark == row.mark) staged.validators = known->validators;
    if (!record.is_null()) staged.raw = core::dump_json(storable_record(record));
  }
  KIOSK_TRY(const bool added, staging_.add(staged));
  if (!added) KIOSK_CHECK(staging_.add_skip("id twice", example));
  return added;
}

void SyncRun::end_list(std::string incomplete) {
  run_.listed = true;
  run_.incomplete = std::move(incomplete);
}

// The stop rules (rule 4). A list that ends before all that it promised was there is incomplete, whatever it says.
void SyncRun::judge_end(const ListedPage& page, std::size_t fresh_rows) {
  const PageDigest& digest = page.digest;
  const bool repeats = run_.next_page > 1 && !digest.rows.empty() && fresh_rows == 0;
  const bool beyond = digest.total_pages && run_.next_page >= *digest.total_pages;
  // Where nothing else tells the end: doubles may or may not be among the promised.
  const bool all = run_.total && !digest.total_pages && run_.rows - run_.doubles >= *run_.total;
  const bool last = digest.says_last || digest.rows.empty() || beyond || all || repeats;
  if (static_cast<std::size_t>(run_.rows) > options_.max_records) {
    end_list("the list is longer than " + std::to_string(options_.max_records) + " records");
  } else if (last && run_.total && run_.rows < *run_.total) {
    end_list("the list ended after " + std::to_string(run_.rows) + " of " + std::to_string(*run_.total) + " records");
  } else if (repeats && !run_.total) {
    end_list("the server repeats its pages");
  } else if (last) {
    end_list();
  }
}

}  // namespace kiosk::directory
