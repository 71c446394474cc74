#include "kiosk/app/site_check.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <system_error>

#include "kiosk/app/area_source.h"
#include "kiosk/app/places_on_disk.h"
#include "kiosk/app/topics.h"
#include "kiosk/core/files.h"
#include "kiosk/core/strings.h"
#include "kiosk/ui/theme.h"

namespace kiosk::app {
namespace {

namespace fs = std::filesystem;

class Checker {
 public:
  explicit Checker(const settings::Settings& settings) : settings_(settings) {}

  void languages() {
    const auto assets = assets_folder();
    if (!assets.ok()) return;  // the program's own fault, said where it starts
    for (std::size_t i = 0; i < settings_.kiosk.languages.size(); ++i) {
      const std::string& language = settings_.kiosk.languages[i];
      std::error_code error;
      if (fs::is_regular_file(*assets / "words" / (language + ".json"), error)) continue;
      complain("kiosk.languages[" + std::to_string(i) + "]", "kiosk.languages",
               "there are no words in \"" + language + "\"; there are in: " + languages_of(*assets / "words"));
    }
  }

  // The primary colour counts in the light and the dark theme. No colour is fit for both, and a theme it is not fit for
  // keeps its own; but in the theme that visits begin in it must be.
  void primary() {
    const auto colour = ui::parse_colour(settings_.display.primary);
    if (settings_.display.primary.empty() || !colour.ok()) return;
    using settings::ThemeChoice;
    const ThemeChoice theme = settings_.display.theme;
    const std::string in_light = fault_of_primary(*colour, ui::ThemeName::Light);
    const std::string in_dark = fault_of_primary(*colour, ui::ThemeName::Dark);
    const bool fits = theme == ThemeChoice::Light  ? in_light.empty()
                      : theme == ThemeChoice::Dark ? in_dark.empty()
                                                   : in_light.empty() || in_dark.empty();
    std::string faults = in_light;
    if (!in_dark.empty()) faults += (faults.empty() ? "" : "; ") + in_dark;
    if (fits) {
      if (!faults.empty()) found_.notes.push_back("display.primary: " + faults + "; that theme keeps its own colour");
      return;
    }
    const char* shade = theme == ThemeChoice::Dark ? "lighter" : "darker";
    std::string way_out = "; choose a " + std::string(shade) + " colour";
    if (in_dark.empty()) way_out += ", or theme = \"dark\"";
    if (in_light.empty()) way_out += ", or theme = \"light\"";
    complain("display.primary", "display.primary", faults + way_out);
  }

  // True where every file of the list can be opened.
  bool files(const std::string& key, const std::vector<fs::path>& paths) {
    bool good = true;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      good = file(key + "[" + std::to_string(i) + "]", key, paths[i]) && good;
    }
    return good;
  }

  bool file(const std::string& place, const std::string& key, const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    std::string why;
    if (error) {
      why = "cannot be read: " + error.message();
    } else if (fs::is_directory(status)) {
      why = "is a folder; name a file";
    } else if (::access(path.c_str(), R_OK) != 0) {
      why = "cannot be read: " + std::error_code(errno, std::generic_category()).message();
    }
    if (why.empty()) return true;
    complain(place, key, path.string() + ": " + why);
    return false;
  }

  // Keys are read where they are used, by the program's own user alone.
  void keys() {
    for (std::size_t i = 0; i < settings_.reports.size(); ++i) {
      const fs::path& path = settings_.reports[i].api_key_file;
      if (path.empty()) continue;
      const auto key = core::read_secret_file(path, 4096);
      const std::string place = "reports[" + std::to_string(i) + "].api_key_file";
      if (!key.ok()) complain(place, place, path.string() + ": " + key.error().what);
    }
  }

  void contents(bool areas_good, bool topics_good) {
    if (areas_good) {
      const auto table = load_configured_areas(settings_);
      if (!table.ok()) {
        const std::string place = area_key_of(settings_, table.error());
        complain(place, place.substr(0, place.find('[')), table.error().describe());
      }
    }
    if (!topics_good || settings_.topics.file.empty()) return;
    const auto topics = load_topics(settings_.topics.file);
    if (!topics.ok()) complain(settings::kTopicsFile, settings::kTopicsFile, topics.error().describe());
  }

  SiteCheck take() { return std::move(found_); }

 private:
  // `place` is the element of a list, `key` what people read.
  void complain(const std::string& place, const std::string& key, std::string what) {
    const int line = settings::line_of(settings_, place);
    found_.problems.push_back({line > 0 ? line : settings::line_of(settings_, key), key, std::move(what)});
  }

  // "" where the theme may have that colour.
  static std::string fault_of_primary(ui::Colour colour, ui::ThemeName theme) {
    const auto with = ui::with_primary(ui::theme(theme), colour);
    if (with.ok()) return {};
    return std::string("in the ") + (theme == ui::ThemeName::Light ? "light" : "dark") + " theme, " + with.error().what;
  }

  static std::string languages_of(const fs::path& words) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(words, error), end; !error && entry != end; entry.increment(error)) {
      if (entry->path().extension() == ".json") names.push_back(entry->path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return core::join(names, ", ");
  }

  const settings::Settings& settings_;
  SiteCheck found_;
};

}  // namespace

SiteCheck check_site(const settings::Settings& settings, CheckDepth depth) {
  Checker checker(settings);
  checker.languages();
  checker.primary();
  checker.keys();
  const bool postcodes = checker.files("areas.postcodes", settings.areas.postcodes);
  const bool authorities = checker.files("areas.authorities", settings.areas.authorities);
  const std::filesystem::path& topics = settings.topics.file;
  const bool topics_good = topics.empty() || checker.file(settings::kTopicsFile, settings::kTopicsFile, topics);
  if (depth == CheckDepth::Contents) checker.contents(postcodes && authorities, topics_good);
  return checker.take();
}

core::Result<CheckedSettings> load_checked(const std::filesystem::path& file, CheckDepth depth) {
  KIOSK_TRY(settings::Loaded loaded, settings::inspect(file));
  SiteCheck site = check_site(loaded.settings, depth);
  std::vector<settings::Problem>& problems = loaded.problems;
  problems.insert(problems.end(), std::make_move_iterator(site.problems.begin()),
                  std::make_move_iterator(site.problems.end()));
  if (problems.empty()) return CheckedSettings{std::move(loaded.settings), std::move(site.notes)};
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  return settings::refusal(file, problems);
}

}  // namespace kiosk::app
