// A whole file read through memory: nothing is copied, pages come as they are touched. Immutable; any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

#include "kiosk/core/result.h"

namespace kiosk::core {

class MappedFile {
 public:
  // Errors: NotFound, Io, Invalid (empty, or no regular file). The file must not be changed in place while it is mapped:
  // replace it by renaming a new one over it.
  static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::span<const std::byte> bytes_;
};

}  // namespace kiosk::core
