// kioskctl sync, import.
#include <cstdio>

#include "kiosk/app/background_sync.h"
#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/app/saved_index.h"
#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/import.h"
#include "kiosk/net/curl_client.h"

namespace kiosk::app {
namespace {

// "north: seen 819, new 819, changed 0, removed 0, skipped 1 (no name: 1, e.g. def5…)"
void print_report(const directory::SyncReport& report) {
  std::string line = report.source + ": seen " + std::to_string(report.seen) + ", new " + std::to_string(report.added) +
                     ", changed " + std::to_string(report.changed) + ", removed " + std::to_string(report.removed) +
                     ", skipped " + std::to_string(report.skipped);
  std::vector<std::string> reasons;
  for (const directory::SkippedRecords& skipped : report.skipped_records) {
    reasons.push_back(skipped.reason + ": " + std::to_string(skipped.count) + ", e.g. " + skipped.example);
  }
  if (!reasons.empty()) line += " (" + core::join(reasons, "; ") + ")";
  if (report.kept > 0) line += ", kept " + std::to_string(report.kept) + " (" + report.kept_because + ")";
  if (report.shallow > 0) line += ", without details " + std::to_string(report.shallow);
  if (report.not_modified) line += ", not modified";
  if (report.resumed) line += ", went on from a checkpoint";
  std::printf("%s [%s]\n", line.c_str(), report.dialect.c_str());
  for (const std::string& note : report.notes) std::printf("  note: %s\n", note.c_str());
}

void draw_progress(const std::string& source, const directory::SyncProgress& progress) {
  static constexpr const char* kPhases[] = {"listing", "details", "publishing"};
  std::fprintf(stderr, "\r%s: %s %zu", source.c_str(), kPhases[static_cast<int>(progress.phase)], progress.done);
  if (progress.total > 0) std::fprintf(stderr, " of %zu", progress.total);
  std::fprintf(stderr, "\033[K");
}

}  // namespace

int run_sync(const CommonOptions& common) {
  const auto site = open_site(common);
  if (!site.ok()) return say_failed(kProgram, "sync", site.error());
  auto directory = directory::Directory::open(site->files.directory_db, directory::Directory::Access::Write);
  if (!directory.ok()) return say_failed(kProgram, "sync", directory.error());
  if (directory->was_rebuilt())
    std::fprintf(stderr, "kioskctl: sync: the directory was damaged; it was set aside and is built anew\n");
  if (const core::Status forgotten = forget_unconfigured(*directory, *site->settings); !forgotten.ok()) {
    return say_failed(kProgram, "sync", forgotten.error());
  }
  const core::SystemClock clock;
  int status = kGood;
  for (const settings::SourceEntry& source : site->settings->sources) {
    if (source.url.empty()) continue;
    const auto client = net::CurlClient::create();
    if (!client.ok()) return say_failed(kProgram, "sync", client.error());
    directory::SyncOptions options;
    options.actions = action_rules(*site->settings);
    const auto progress = [&](const directory::SyncProgress& at) {
      if (on_terminal()) draw_progress(source.id, at);
    };
    const auto report =
        directory::sync_source(*directory, sync_source_of(source), **client, clock, {}, options, progress);
    if (on_terminal()) std::fprintf(stderr, "\r\033[K");
    if (report.ok()) {
      print_report(*report);
    } else {
      status = say_failed(kProgram, "sync " + source.id, report.error());
    }
  }
  const core::Status kept = keep_index(*directory, site->files.directory_db);
  return kept.ok() ? status : say_failed(kProgram, "sync: search index", kept.error());
}

int run_import(const CommonOptions& common, const std::string& source, const std::filesystem::path& path) {
  const auto site = open_site(common);
  if (!site.ok()) return say_failed(kProgram, "import", site.error());
  auto directory = directory::Directory::open(site->files.directory_db, directory::Directory::Access::Write);
  if (!directory.ok()) return say_failed(kProgram, "import", directory.error());
  directory::ImportSource import_source{source, source, ""};
  for (const settings::SourceEntry& entry : site->settings->sources) {
    if (entry.id == source) import_source = {entry.id, entry.name, entry.authority};
  }
  directory::ImportOptions options;
  options.actions = action_rules(*site->settings);
  if (on_terminal()) {
    options.progress = [&](std::size_t records) {
      std::fprintf(stderr, "\r%s: %zu records\033[K", source.c_str(), records);
    };
  }
  const core::SystemClock clock;
  const auto report = directory::import_file(*directory, import_source, path, clock, options);
  if (on_terminal()) std::fprintf(stderr, "\r\033[K");
  if (!report.ok()) return say_failed(kProgram, "import", report.error());
  print_report(*report);
  const core::Status kept = keep_index(*directory, site->files.directory_db);
  return kept.ok() ? kGood : say_failed(kProgram, "import: search index", kept.error());
}

}  // namespace kiosk::app
