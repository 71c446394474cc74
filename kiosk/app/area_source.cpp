#include "kiosk/app/area_source.h"

#include "kiosk/settings/load.h"

namespace kiosk::app {

using AreasResult = core::Result<std::shared_ptr<const areas::AreaTable>>;

AreasResult load_configured_areas(const settings::Settings& settings) {
  if (settings.areas.postcodes.empty() && settings.areas.authorities.empty()) return areas::AreaTable::empty();
  return areas::AreaTable::load(settings.areas.postcodes, settings.areas.authorities);
}

std::string area_key_of(const settings::Settings& settings, const core::Error& error) {
  const auto find = [&](const std::string& key, const std::vector<std::filesystem::path>& files) -> std::string {
    for (std::size_t i = 0; i < files.size(); ++i) {
      // "file" or "file:line"
      if (error.where == files[i].string() || error.where.starts_with(files[i].string() + ":"))
        return key + "[" + std::to_string(i) + "]";
    }
    return {};
  };
  std::string key = find("areas.postcodes", settings.areas.postcodes);
  if (key.empty()) key = find("areas.authorities", settings.areas.authorities);
  return key.empty() ? "areas" : key;
}

std::filesystem::path area_table_file(const std::filesystem::path& data_folder) { return data_folder / "areas.table"; }

core::Result<OpenedAreas> open_areas(const settings::Settings& settings, const std::filesystem::path& data_folder) {
  if (!settings.areas.postcodes.empty() || !settings.areas.authorities.empty()) {
    AreasResult table = load_configured_areas(settings);
    if (!table.ok()) return settings::at_key(settings, area_key_of(settings, table.error()), table.error());
    return OpenedAreas{std::move(table).value(), std::nullopt};
  }
  AreasResult table = areas::AreaTable::open(area_table_file(data_folder));
  if (table.ok()) return OpenedAreas{std::move(table).value(), std::nullopt};
  OpenedAreas none{areas::AreaTable::empty(), std::nullopt};
  if (table.error().kind != core::ErrorKind::NotFound)
    none.unusable = core::make_error(
        table.error().kind, table.error().what + "; import it again: kioskctl areas import", table.error().where);
  return none;
}

}  // namespace kiosk::app
