#include "kiosk/directory/sync.h"

#include "kiosk/core/log.h"
#include "kiosk/directory/sync_run.h"
#include "kiosk/net/url.h"
#include "kiosk/store/query.h"

namespace kiosk::directory {

namespace {

using core::ErrorKind;
using core::Instant;
using core::Json;
using core::Result;
using core::Status;

constexpr std::size_t kMaxTaxonomyBytes = std::size_t{8} << 20;
constexpr std::size_t kMaxTaxonomies = 1000;
// Clocks of publishers differ, and days of theirs may be local ones.
constexpr std::chrono::hours kModifiedMargin{24};
constexpr const char* kFarFuture = "2099-01-01T00:00:00Z";

}  // namespace

SyncRun::SyncRun(Directory& directory, const SyncSource& source, net::HttpClient& http, const core::Clock& clock,
                 work::CancelToken cancel, const SyncOptions& options,
                 const std::function<void(const SyncProgress&)>& progress)
    : database_(directory.database()),
      source_(source),
      clock_(clock),
      options_(options),
      progress_(progress),
      address_(split_feed_url(source.url)),
      fetcher_(http, options, std::move(cancel)),
      staging_(database_, source.id) {
  context_.source = source.id;
  context_.authority = source.authority;
  context_.now = clock.now();
  report_.source = source.id;
}

Result<SyncReport> SyncRun::go() {
  const Status done = run_steps();
  report_.requests = fetcher_.requests();
  if (done.ok()) return std::move(report_);
  if (done.error().kind != ErrorKind::Cancelled) {
    KIOSK_CHECK(note_failure(database_, source_.id, source_.name, clock_.now(), done.error().describe()));
  }
  return done.error();
}

Status SyncRun::run_steps() {
  KIOSK_CHECK(load_taxonomies());
  KIOSK_CHECK(resume_or_begin());
  KIOSK_CHECK(list_all());
  KIOSK_CHECK(verify_missing());
  KIOSK_CHECK(fetch_details());
  return finish();
}

Status SyncRun::resume_or_begin() {
  KIOSK_TRY(std::optional<Run> found, staging_.load());
  const bool usable = found && found->endpoint == source_.url && clock_.now() >= found->started &&
                      clock_.now() - found->started <= options_.checkpoint_age;
  if (usable) {
    run_ = std::move(*found);
    report_.resumed = true;
    return {};
  }
  KIOSK_TRY(run_.dialect, probe_dialect(address_, fetcher_));
  run_.endpoint = source_.url;
  run_.started = clock_.now();
  KIOSK_TRY(run_.since, modified_since());
  return staging_.begin(run_);
}

Result<std::string> SyncRun::modified_since() {
  if (options_.full_every.count() <= 0 || run_.dialect != Dialect::Hsds3) return std::string();
  KIOSK_TRY(const auto last, store::query_one<std::optional<std::int64_t>>(
                                 database_, "SELECT last_full FROM sources WHERE id = ?1", source_.id));
  if (!last || !*last) return std::string();
  const Instant last_full{core::Milliseconds(**last)};
  if (clock_.now() - last_full >= options_.full_every) return std::string();
  KIOSK_TRY(const bool works, filter_works("modified_after", kFarFuture));
  if (works) return core::to_iso8601(std::chrono::floor<std::chrono::seconds>(last_full - kModifiedMargin));
  report_.notes.emplace_back("modified_after is ignored: the full list is read");
  return std::string();
}

// A filter that does not turn an impossible value into an empty list is not there (rule 1).
Result<bool> SyncRun::filter_works(const char* parameter, const std::string& impossible) {
  const std::string url =
      net::build_url(address_.base, address_.services, {{parameter, impossible}, {"page", "1"}, {"per_page", "1"}});
  Result<Fetched> fetched = fetcher_.get(url, options_.max_page_bytes);
  KIOSK_CHECK(fetcher_.cancel().check());
  if (!fetched.ok()) return false;
  const Result<Page> page = read_page(std::move(fetched->json), net::loggable_url(url));
  return page.ok() && page->rows.empty() && page->total_items.value_or(0) == 0;
}

Status SyncRun::load_taxonomies() {
  KIOSK_TRY(const auto text,
            store::query_one<std::string>(database_, "SELECT taxonomies FROM sources WHERE id = ?1", source_.id));
  const Json names = Json::parse(text.value_or("{}"), nullptr, false);
  if (!names.is_object()) return {};
  for (const auto& [id, name] : names.items()) {
    if (name.is_string()) context_.taxonomies[id] = name.get<std::string>();
  }
  return {};
}

// Names for terms that carry only the id of their taxonomy. A server may well have none (rule 3).
Status SyncRun::fetch_taxonomies() {
  if (run_.dialect != Dialect::Hsds3 && run_.dialect != Dialect::Oruk3) return {};
  const std::string url = net::build_url(address_.base, "taxonomies", {{"per_page", "100"}});
  Result<Fetched> fetched = fetcher_.get(url, kMaxTaxonomyBytes);
  KIOSK_CHECK(fetcher_.cancel().check());
  if (!fetched.ok()) {
    report_.notes.push_back("no taxonomies: " + fetched.error().what);
    return {};
  }
  const Result<Page> page = read_page(std::move(fetched->json), net::loggable_url(url));
  if (!page.ok() || page->rows.empty()) {
    report_.notes.push_back(page.ok() ? "the list of taxonomies is empty" : "no taxonomies: " + page.error().what);
    return {};
  }
  for (const Json& row : page->rows) {
    const std::string id = core::json_text(row, "id"), name = core::json_text(row, "name");
    if (!id.empty() && !name.empty() && context_.taxonomies.size() < kMaxTaxonomies) context_.taxonomies[id] = name;
  }
  return {};
}

Status SyncRun::finish() {
  tell(SyncProgress::Phase::Publishing, 0, 0);
  KIOSK_TRY(SyncReport skips, staging_.skips());
  report_.skipped = skips.skipped;
  report_.skipped_records = std::move(skips.skipped_records);
  report_.dialect = to_string(run_.dialect);
  Publication publication;
  publication.name = source_.name;
  publication.dialect = report_.dialect;
  publication.context = context_;
  publication.rules = options_.actions;
  publication.now = clock_.now();
  publication.shrink_limit = options_.shrink_limit;
  KIOSK_CHECK(publish(database_, publication, run_, report_));
  if (!report_.kept_because.empty()) {
    core::log_warning("sync.kept", {{"source", source_.id}, {"records", report_.kept}, {"why", report_.kept_because}});
  }
  report_.not_modified = run_.fresh_pages == 0 && report_.added + report_.changed + report_.removed == 0;
  return {};
}

void SyncRun::tell(SyncProgress::Phase phase, std::size_t done, std::size_t total) const {
  if (progress_) progress_({phase, done, total});
}

std::string SyncRun::list_url(std::int64_t page, std::size_t size) const {
  net::Parameters parameters = {{"page", std::to_string(page)}, {"per_page", std::to_string(size)}};
  if (!run_.since.empty()) parameters.emplace_back("modified_after", run_.since);
  return net::build_url(address_.base, address_.services, parameters);
}

std::string SyncRun::detail_url(const std::string& id) const {
  return net::build_url(address_.base, address_.services + "/" + net::url_encode(id));
}

Result<SyncReport> sync_source(Directory& directory, const SyncSource& source, net::HttpClient& http,
                               const core::Clock& clock, work::CancelToken cancel, const SyncOptions& options,
                               const std::function<void(const SyncProgress&)>& progress) {
  return SyncRun(directory, source, http, clock, std::move(cancel), options, progress).go();
}

}  // namespace kiosk::directory
