// A scripted visit without a display: design section 8. Every step acts through the scene, as a resident, a keypad or a
// screen reader would; pictures, scenes and receipts land in a folder.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/error.h"
#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

struct TourOptions {
  std::filesystem::path data_folder;
  std::filesystem::path out;                // made where missing
  std::optional<std::pair<int, int>> size;  // pixels; else the settings'
  std::string language;                     // begins in this one; "" the settings' first
  std::optional<settings::ThemeChoice> theme;
  std::optional<int> text_size;
  bool strict_scenes = true;  // every shot's scene must pass ui::check()
};

struct TourOutcome {
  std::size_t steps = 0, pictures = 0;
  std::vector<std::string> problems;  // of scenes, when not strict
  std::optional<core::Error> failed;  // the first step that could not be done, with its number and what was shown
};

// Errors are of the start: a tour that began has an outcome, whatever became of its steps.
core::Result<TourOutcome> run_tour(settings::Settings settings, const core::Json& script, const TourOptions& options);
// A script file: an array of steps.
core::Result<core::Json> load_tour(const std::filesystem::path& file);

}  // namespace kiosk::app
