// Brings one source up to date over the network: probes its dialect, pages through its list, asks for the details of
// what is new or changed, and publishes all of it in one transaction. The thirteen rules of a client of live feeds are
// in README.md; each has a test of its name in tests/unit/directory_sync_*_test.cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/actions.h"
#include "kiosk/directory/directory.h"
#include "kiosk/directory/report.h"
#include "kiosk/work/cancel.h"

namespace kiosk::net {
class HttpClient;
}

namespace kiosk::directory {

struct SyncSource {
  std::string id, name;
  std::string url;        // base of the API; may end in /services or /hservices, with or without a slash
  std::string authority;  // GSS code or configured id that every record gets which names none; "" = none
};

struct SyncOptions {
  std::size_t page_size = 100;   // asked for; servers may give what they like
  std::size_t max_pages = 2000;  // a list longer than that counts as incomplete
  std::size_t max_records = 200000;
  std::size_t max_page_bytes = std::size_t{32} << 20, max_detail_bytes = std::size_t{4} << 20;
  // Requests follow one another on one connection, and no faster than this over any minute.
  int requests_per_minute = 3000;
  core::Milliseconds timeout{30000};  // of one request
  int attempts = 4;                   // of one request, where it is worth trying again
  core::Milliseconds retry_base{500}, retry_cap{60000};
  // A complete list that is shorter by more than this share than what is known of the source removes nothing.
  double shrink_limit = 0.5;
  // Details of records whose list entry did not change are asked for again when older than this; 0 = never.
  std::chrono::hours detail_refresh{24 * 7};
  // With a value above 0: between two full lists that far apart, ask only for records modified since, where a test
  // shows that the server really filters. Such a run removes nothing.
  std::chrono::hours full_every{0};
  std::chrono::hours checkpoint_age{24};  // older checkpoints are started over
  ActionRules actions;
};

struct SyncProgress {
  enum class Phase { Listing, Details, Publishing };
  Phase phase = Phase::Listing;
  std::size_t done = 0, total = 0;  // records; total 0 = not known
};

// Blocking, for a worker. The cache is never worse for having tried: on an error everything published before stays, and
// the pages and details already fetched are kept for the next call. Errors: Unavailable, Timeout, Interrupted,
// RateLimited (the network), Unsupported (no dialect that we know answers), Invalid (answers that are no directory),
// Refused (4xx), Cancelled, Full (limits), Io and Corrupt (the database).
core::Result<SyncReport> sync_source(Directory& directory, const SyncSource& source, net::HttpClient& http,
                                     const core::Clock& clock, work::CancelToken cancel,
                                     const SyncOptions& options = {},
                                     const std::function<void(const SyncProgress&)>& progress = {});

// Forgets sources that are configured no longer, with their records and checkpoints; returns how many records went.
core::Result<std::size_t> forget_other_sources(Directory& directory, const std::vector<std::string>& configured);

}  // namespace kiosk::directory
