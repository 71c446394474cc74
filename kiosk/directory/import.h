// Takes a source's records from a file in place of its feed: a JSON dump of any dialect, or a tabular HSDS package.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/actions.h"
#include "kiosk/directory/directory.h"
#include "kiosk/directory/report.h"

namespace kiosk::directory {

struct ImportSource {
  std::string id, name;
  std::string authority;  // as SyncSource::authority
};

struct ImportOptions {
  std::size_t max_file_bytes = std::size_t{512} << 20;
  std::size_t max_records = 1000000;
  ActionRules actions;
  std::function<void(std::size_t records)> progress;
};

// `path` is one of
//  - a JSON file: an array of services, one service, an object that holds an array as "contents", "content" or
//    "services", or one JSON object a line (.ndjson, .jsonl);
//  - a folder with datapackage.json and/or services.csv and its fellows, or a datapackage.json itself.
// The records of the file replace all records of the source, in one transaction; a file without one valid record
// changes nothing and is Invalid. Errors: NotFound, Io, Invalid (names file, line or byte), Full.
core::Result<SyncReport> import_file(Directory& directory, const ImportSource& source,
                                     const std::filesystem::path& path, const core::Clock& clock,
                                     const ImportOptions& options = {});

}  // namespace kiosk::directory
