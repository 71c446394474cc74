#include "kiosk/search/directory_source.h"

namespace kiosk::search {

core::Result<DirectorySource> DirectorySource::open(const directory::Directory& directory) {
  KIOSK_TRY(const std::int64_t generation, directory.generation());
  return DirectorySource(directory, generation);
}

core::Status DirectorySource::for_each(const std::function<core::Status(const directory::Service&)>& visit) const {
  return directory_->for_each(visit);
}

}  // namespace kiosk::search
