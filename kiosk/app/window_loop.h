// The kiosk on a screen: sleeps until something happens, and shows what changed.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

struct WindowLoopOptions {
  std::filesystem::path data_folder;
  std::optional<std::pair<int, int>> windowed;  // pixels; else the whole screen
  // For measuring: ends after the first frame that a resident could use, and prints the milliseconds since the process
  // began.
  bool exit_after_first_frame = false;
};

// Returns when the window is closed or the process is asked to end (SIGTERM, SIGINT).
core::Status run_window(std::shared_ptr<const settings::Settings> settings, const core::Clock& clock,
                        const WindowLoopOptions& options);

}  // namespace kiosk::app
