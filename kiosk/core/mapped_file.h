// A file's bytes in memory without reading them: read-only, shared with every process that maps it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

#include "kiosk/core/result.h"

namespace kiosk::core {

// A file that is replaced by rename (write_file_atomically) stays mapped as it was. One that is cut short in place
// kills the process that reads beyond its new end: map only what nobody writes in place.
class MappedFile {
 public:
  MappedFile() = default;  // no bytes
  MappedFile(MappedFile&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~MappedFile();

  // NotFound, Io; Full where it is larger than `max_bytes`.
  static Result<MappedFile> open(const std::filesystem::path& path, std::size_t max_bytes);
  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }  // begins at a page

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace kiosk::core
