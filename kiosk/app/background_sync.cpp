#include "kiosk/app/background_sync.h"

#include <algorithm>

#include "kiosk/app/saved_index.h"
#include "kiosk/core/log.h"
#include "kiosk/net/backoff.h"
#include "kiosk/net/curl_client.h"

namespace kiosk::app {
namespace {

struct Due {
  const settings::SourceEntry* source = nullptr;
  core::Milliseconds at{};
  net::Backoff backoff;
};

constexpr core::Milliseconds kFirstRetry = std::chrono::seconds(20);

}  // namespace

directory::SyncSource sync_source_of(const settings::SourceEntry& entry) {
  return {entry.id, entry.name, entry.url, entry.authority};
}

directory::ActionRules action_rules(const settings::Settings& settings) {
  directory::ActionRules rules;
  for (const settings::ActionEntry& entry : settings.actions) {
    directory::ActionRule rule;
    rule.source = entry.source;
    rule.service = entry.service;
    rule.booking = directory::parse_action_link(entry.book);
    rule.report = directory::parse_action_link(entry.report);
    rules.push_back(std::move(rule));
  }
  return rules;
}

core::Status forget_unconfigured(directory::Directory& directory, const settings::Settings& settings) {
  if (settings.sources.empty()) return {};
  std::vector<std::string> configured;
  for (const settings::SourceEntry& source : settings.sources) configured.push_back(source.id);
  KIOSK_TRY(const std::size_t gone, directory::forget_other_sources(directory, configured));
  if (gone > 0) core::log_info("sync.sources_forgotten", {{"records", gone}});
  return {};
}

BackgroundSync::BackgroundSync(std::shared_ptr<const settings::Settings> settings, std::filesystem::path directory_db,
                               const core::Clock& clock, std::function<void()> published)
    : settings_(std::move(settings)),
      directory_db_(std::move(directory_db)),
      clock_(clock),
      published_(std::move(published)),
      worker_("sync") {
  const bool any = std::any_of(settings_->sources.begin(), settings_->sources.end(),
                               [](const auto& source) { return !source.url.empty(); });
  if (!any) return;
  const core::Status posted = worker_.post([this](const work::CancelToken& cancel) { run(cancel); });
  if (!posted.ok()) core::log_error("sync.not_started", {{"error", posted.error()}});
}

BackgroundSync::~BackgroundSync() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  stop_requested_.notify_all();
}

bool BackgroundSync::sleep_until(core::Milliseconds when) {
  std::unique_lock lock(mutex_);
  while (!stopping_ && clock_.monotonic() < when) stop_requested_.wait_for(lock, when - clock_.monotonic());
  return !stopping_;
}

void BackgroundSync::run(const work::CancelToken& cancel) {
  std::vector<Due> due;
  std::uint64_t seed = static_cast<std::uint64_t>(clock_.now().time_since_epoch().count());
  for (const settings::SourceEntry& source : settings_->sources) {
    if (source.url.empty()) continue;
    const core::Milliseconds interval = std::chrono::minutes(source.refresh_minutes);
    due.push_back({&source, clock_.monotonic(), net::Backoff(++seed, {kFirstRetry, interval})});
  }
  while (!cancel.cancelled()) {
    Due& next = *std::min_element(due.begin(), due.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
    if (!sleep_until(next.at)) return;
    const auto report = sync_one(*next.source, cancel);
    if (cancel.cancelled()) return;
    if (report.ok()) {
      next.backoff.reset();
      next.at = clock_.monotonic() + std::chrono::minutes(next.source->refresh_minutes);
    } else {
      next.at = clock_.monotonic() + next.backoff.next();
      core::log_warning("sync.failed", {{"source", next.source->id}, {"error", report.error()}});
    }
  }
}

core::Result<directory::SyncReport> BackgroundSync::sync_one(const settings::SourceEntry& source,
                                                             const work::CancelToken& cancel) {
  KIOSK_TRY(directory::Directory directory,
            directory::Directory::open(directory_db_, directory::Directory::Access::Write));
  KIOSK_CHECK(forget_unconfigured(directory, *settings_));
  KIOSK_TRY(const auto client, net::CurlClient::create());
  directory::SyncOptions options;
  options.actions = action_rules(*settings_);
  KIOSK_TRY(directory::SyncReport report,
            directory::sync_source(directory, sync_source_of(source), *client, clock_, cancel, options));
  core::log_info("sync.done", {{"source", source.id},
                               {"seen", report.seen},
                               {"added", report.added},
                               {"changed", report.changed},
                               {"removed", report.removed},
                               {"skipped", report.skipped}});
  // Before anybody hears of it, so that no search waits while an index is built.
  if (!cancel.cancelled()) {
    if (const core::Status kept = keep_index(directory, directory_db_); !kept.ok())
      core::log_warning("index.not_built", {{"error", kept.error()}});
  }
  published_();
  return report;
}

}  // namespace kiosk::app
