// One sync of one source: the steps, in order, over its checkpoint.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/directory/dialect.h"
#include "kiosk/directory/envelope.h"
#include "kiosk/directory/fetcher.h"
#include "kiosk/directory/staging.h"
#include "kiosk/directory/sync.h"

namespace kiosk::directory {

// What a page said, without the records' contents: enough to go on from when it answers 304 next time.
struct PageDigest {
  struct Row {
    std::string id, mark;
    std::string skipped;  // why, where it is not valid
  };
  std::vector<Row> rows;
  std::optional<std::int64_t> total_items, total_pages;
  bool says_last = false;
};
std::string to_text(const PageDigest& digest);
std::optional<PageDigest> digest_from(std::string_view text);

class SyncRun {
 public:
  SyncRun(Directory& directory, const SyncSource& source, net::HttpClient& http, const core::Clock& clock,
          work::CancelToken cancel, const SyncOptions& options,
          const std::function<void(const SyncProgress&)>& progress);
  core::Result<SyncReport> go();

 private:
  struct ListedPage {
    PageDigest digest;
    std::vector<core::Json> records;  // as the digest's rows; empty where the page answered 304
    StagedPage staged;
    bool fresh = true;
  };

  // sync.cpp
  core::Status resume_or_begin();
  core::Result<std::string> modified_since();  // "" for a full list
  core::Result<bool> filter_works(const char* parameter, const std::string& impossible);
  core::Status load_taxonomies();
  core::Status fetch_taxonomies();
  core::Status finish();
  core::Status run_steps();
  void tell(SyncProgress::Phase phase, std::size_t done, std::size_t total) const;
  std::string list_url(std::int64_t page, std::size_t size) const;
  std::string detail_url(const std::string& id) const;

  // sync_list.cpp
  core::Status list_all();
  core::Result<ListedPage> fetch_page(std::int64_t number);
  core::Result<ListedPage> read_fresh(const std::string& url, Fetched fetched);
  // How many rows were new to this run.
  core::Result<std::size_t> stage_page(const ListedPage& page);
  core::Result<bool> stage_row(const PageDigest::Row& row, const core::Json& record);
  void judge_end(const ListedPage& page, std::size_t fresh_rows);
  void end_list(std::string incomplete = {});

  // sync_details.cpp
  core::Status fetch_details();
  core::Status fetch_detail(StagedRecord record);
  core::Status take_detail(StagedRecord record, const Fetched& fetched);
  core::Status do_without_detail(StagedRecord record, const core::Error& why);
  core::Status verify_missing();
  core::Result<bool> has_details();
  core::Result<bool> is_gone(const std::string& id);

  store::Database& database_;
  const SyncSource& source_;
  const core::Clock& clock_;
  const SyncOptions& options_;
  const std::function<void(const SyncProgress&)>& progress_;
  FeedAddress address_;
  Fetcher fetcher_;
  Staging staging_;
  Run run_;
  RecordContext context_;
  SyncReport report_;
  std::size_t failures_in_a_row_ = 0;  // of detail calls that the server did not answer well
  std::size_t not_found_in_a_row_ = 0;
  bool any_detail_ = false;  // one detail call of this run was answered
};

}  // namespace kiosk::directory
