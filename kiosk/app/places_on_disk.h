// Where things are: the program's own files (words, fonts are Debian's) and the site's data.
#pragma once

#include <filesystem>

#include "kiosk/core/descriptor.h"
#include "kiosk/core/result.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

// The folder that holds words/: $KIOSK_ASSETS, else ../share/civic-kiosk beside the program's folder, else the source
// tree that it was built from. NotFound names all three.
core::Result<std::filesystem::path> assets_folder();

struct DataFiles {
  std::filesystem::path directory_db, kiosk_db, key, gaps_db;
};
// The site's files; makes the folder (0700) where missing. `override_folder` (from --data-dir) wins where not empty.
core::Result<DataFiles> data_files(const settings::Settings& settings, const std::filesystem::path& override_folder);

// Held by civic-kiosk as long as it runs: two of them would give back each other's holds as if left over from a crash.
// Refused where another process holds it. Storage that takes no lock file gives an empty one, and a line in the log.
core::Result<core::Descriptor> lock_data(const DataFiles& files);

}  // namespace kiosk::app
