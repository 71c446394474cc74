// The directory as what an index is built from.
#pragma once

#include <cstdint>

#include "kiosk/core/result.h"
#include "kiosk/directory/directory.h"
#include "kiosk/search/search.h"

namespace kiosk::search {

// Used on the thread of its directory, which must outlive it.
class DirectorySource final : public ServiceSource {
 public:
  // The generation is read first: what a sync commits while the index is being read makes the index older than it could
  // be, never newer than it says, so that it is built again.
  static core::Result<DirectorySource> open(const directory::Directory& directory);

  std::int64_t generation() const override { return generation_; }
  core::Status for_each(const std::function<core::Status(const directory::Service&)>& visit) const override;

 private:
  DirectorySource(const directory::Directory& directory, std::int64_t generation)
      : directory_(&directory), generation_(generation) {}

  const directory::Directory* directory_;
  std::int64_t generation_;
};

}  // namespace kiosk::search
