// Keeps the directory up to date while the kiosk runs: each source when it is due, one after the other, on a thread of
// its own. A source that fails is tried again, later and later, up to its usual interval; the cache stays meanwhile.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "kiosk/core/clock.h"
#include "kiosk/directory/report.h"
#include "kiosk/directory/sync.h"
#include "kiosk/settings/settings.h"
#include "kiosk/work/worker.h"

namespace kiosk::app {

// The source of a configuration entry, and the options that hold for all of them.
directory::SyncSource sync_source_of(const settings::SourceEntry& entry);
directory::ActionRules action_rules(const settings::Settings& settings);
// Records of sources that the site no longer configures go; nothing does where no source is configured at all.
core::Status forget_unconfigured(directory::Directory& directory, const settings::Settings& settings);

class BackgroundSync {
 public:
  // `published` is called on the sync thread after each source, when the search index of what it brought is made.
  BackgroundSync(std::shared_ptr<const settings::Settings> settings, std::filesystem::path directory_db,
                 const core::Clock& clock, std::function<void()> published);
  ~BackgroundSync();

 private:
  void run(const work::CancelToken& cancel);
  bool sleep_until(core::Milliseconds when);  // false: stopping. Sleeps for hours without waking
  core::Result<directory::SyncReport> sync_one(const settings::SourceEntry& source, const work::CancelToken& cancel);

  std::shared_ptr<const settings::Settings> settings_;
  std::filesystem::path directory_db_;
  const core::Clock& clock_;
  std::function<void()> published_;
  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ = false;
  work::Worker worker_;
};

}  // namespace kiosk::app
