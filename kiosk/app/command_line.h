// What both programs' command lines share: exit statuses, how errors are said, and reading the configuration.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kiosk/app/places_on_disk.h"
#include "kiosk/core/result.h"
#include "kiosk/settings/settings.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace kiosk::app {

inline constexpr int kGood = 0, kFailed = 1, kWrongUse = 2;

// "program: what: why" on stderr, a line for each line of `why`. Returns kFailed.
int say_failed(const std::string& program, const std::string& what, const core::Error& error);

// What a command line that was not understood comes to: --help is printed and kGood; a mistake is one line on stderr,
// in the form above and with the word that nothing was made of, and kWrongUse.
int say_parse_error(const CLI::App& app, const std::string& program, const CLI::ParseError& error);

struct CommonOptions {
  std::filesystem::path config, data_folder;
};
// The settings of --config, or the built-in defaults with no sources.
core::Result<std::shared_ptr<const settings::Settings>> settings_of(const CommonOptions& options);

struct Site {
  std::shared_ptr<const settings::Settings> settings;
  DataFiles files;
};
// The settings and the folder of the data, which is made where missing.
core::Result<Site> open_site(const CommonOptions& options);

// Whether progress may be drawn: stderr is a terminal.
bool on_terminal();

}  // namespace kiosk::app
