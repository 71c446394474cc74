// Whole files, bounded, and replaced atomically.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "kiosk/core/result.h"
#include "kiosk/core/secret.h"

namespace kiosk::core {

// Error Full where the file is larger than `max_bytes`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes = std::size_t{256} << 20);
// A key or the like: Refused where others than its owner may read it (mode 0600), NotFound; else as read_file().
Result<SecretText> read_secret_file(const std::filesystem::path& path, std::size_t max_bytes);

enum class FileMode { Public = 0644, Private = 0600 };
// Written beside the target, synced, then renamed over it: readers see the old or the new content, never a part.
Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes,
                             FileMode mode = FileMode::Public);

}  // namespace kiosk::core
