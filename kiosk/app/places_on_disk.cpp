#include "kiosk/app/places_on_disk.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "kiosk/core/log.h"

namespace kiosk::app {

namespace fs = std::filesystem;

core::Result<fs::path> assets_folder() {
  std::vector<fs::path> candidates;
  if (const char* given = std::getenv("KIOSK_ASSETS"); given && *given) {
    candidates = {given};
  } else {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) candidates.push_back(program.parent_path().parent_path() / "share" / "civic-kiosk");
    candidates.push_back(KIOSK_ASSETS_FOLDER);
  }
  std::string tried;
  for (const fs::path& candidate : candidates) {
    if (fs::exists(candidate / "words" / "en.json")) return candidate;
    tried += (tried.empty() ? "" : ", ") + candidate.string();
  }
  return core::make_error(core::ErrorKind::NotFound, "no words/en.json there; KIOSK_ASSETS can name the folder", tried);
}

core::Result<DataFiles> data_files(const settings::Settings& settings, const fs::path& override_folder) {
  const fs::path folder = override_folder.empty() ? settings.data.directory : override_folder;
  std::error_code error;
  if (fs::create_directories(folder, error)) fs::permissions(folder, fs::perms::owner_all, error);
  if (error)
    return core::make_error(core::ErrorKind::Io, "cannot make the data folder: " + error.message(), folder.string());
  return DataFiles{folder / "directory.db", folder / "kiosk.db", folder / "kiosk.key", folder / "gaps.db"};
}

core::Result<core::Descriptor> lock_data(const DataFiles& files) {
  const fs::path file = files.kiosk_db.parent_path() / "civic-kiosk.lock";
  core::Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  const int why = errno;
  if (lock && why == EWOULDBLOCK)
    return core::make_error(core::ErrorKind::Refused, "another civic-kiosk uses this data folder",
                            file.parent_path().string());
  core::log_warning("data.not_locked", {{"file", file.string()}, {"why", std::generic_category().message(why)}});
  return core::Descriptor();
}

}  // namespace kiosk::app
