// The kiosk's own copy of every authority's services: directory.db. A cache: it may be deleted at any time.
// One writer (sync, import) and any number of readers, each with a Directory of its own, used on one thread at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"

namespace kiosk::store {
class Database;
}

namespace kiosk::directory {

class Directory {
 public:
  enum class Access { Read, Write };
  // Opens or creates. A damaged file is set aside (renamed beside it) and a new one begun; `was_rebuilt()` then says
  // so. Where the storage is full or read-only, a reader gets a copy in memory of what is there, or nothing where there
  // is nothing: it stands as it is until opened again.
  static core::Result<Directory> open(const std::filesystem::path& file, Access access);
  // For a file whose pages are sound but whose records are not: sets it aside and begins a new one for reading.
  static core::Result<Directory> begin_anew(const std::filesystem::path& file, const core::Error& why);
  Directory(Directory&&) noexcept;
  Directory& operator=(Directory&&) noexcept;
  ~Directory();

  bool was_rebuilt() const;
  bool in_memory() const;  // the file could not be opened
  // Rises with every committed change; readers reload (the index, open lists) when it differs from theirs.
  core::Result<std::int64_t> generation() const;

  core::Result<Service> service(const RecordKey& key) const;  // NotFound where it is gone
  // Every service that is active or closed for a time, in the order of (source, id). Stops with the error that `visit`
  // returns.
  core::Status for_each(const std::function<core::Status(const Service&)>& visit) const;
  core::Result<std::size_t> count() const;
  core::Result<std::vector<SourceState>> sources() const;

  store::Database& database();  // for sync.h and import.h only

 private:
  struct Impl;
  explicit Directory(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiosk::directory
