// The memory of this process, written to a file: what a core dump of it would hold. For tours alone.
#pragma once

#include <filesystem>

#include "kiosk/core/result.h"

namespace kiosk::app {

// All that is mapped to be written to, but the buffer of writing it. Linux: /proc/self. Error: Io.
core::Status write_memory(const std::filesystem::path& file);

}  // namespace kiosk::app
