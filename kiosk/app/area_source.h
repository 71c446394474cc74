// Where the table of areas comes from.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/areas/areas.h"
#include "kiosk/core/result.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

// The table of the CSV files that [areas] names; empty where it names none. Errors are of those files.
core::Result<std::shared_ptr<const areas::AreaTable>> load_configured_areas(const settings::Settings& settings);
// The key of the file that such an error is about: "areas.postcodes[1]".
std::string area_key_of(const settings::Settings& settings, const core::Error& error);

struct OpenedAreas {
  std::shared_ptr<const areas::AreaTable> table;
  std::optional<core::Error> unusable;  // the imported table is there and cannot be used; `table` is empty then
};
// The files that [areas] names win; where it names none, the table that `kioskctl areas import` left in the data
// folder. An error is of a file that [areas] names, with configuration file, line and key in front: a site that names
// it means it. An imported table that is damaged is no reason not to start.
core::Result<OpenedAreas> open_areas(const settings::Settings& settings, const std::filesystem::path& data_folder);
std::filesystem::path area_table_file(const std::filesystem::path& data_folder);

}  // namespace kiosk::app
