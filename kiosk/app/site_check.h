// What of a configuration only the whole program can judge: words, colours, and the files that it names.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/settings/load.h"

namespace kiosk::app {

enum class CheckDepth {
  Start,     // what costs nothing: files can be opened; what is in them is read where it is used
  Contents,  // files are read as the kiosk would read them
};

struct SiteCheck {
  std::vector<settings::Problem> problems;  // the site is refused for them
  std::vector<std::string> notes;           // what staff may want to know
};
SiteCheck check_site(const settings::Settings& settings, CheckDepth depth);

struct CheckedSettings {
  settings::Settings settings;
  std::vector<std::string> notes;
};
// settings::load() and check_site(): every problem of both in one Invalid error, a line each.
core::Result<CheckedSettings> load_checked(const std::filesystem::path& file, CheckDepth depth);

}  // namespace kiosk::app
