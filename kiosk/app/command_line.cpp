#include "kiosk/app/command_line.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "kiosk/app/site_check.h"
#include "kiosk/core/log.h"

namespace kiosk::app {

int say_failed(const std::string& program, const std::string& what, const core::Error& error) {
  std::istringstream lines(error.describe());
  for (std::string line; std::getline(lines, line);)
    std::fprintf(stderr, "%s: %s: %s\n", program.c_str(), what.c_str(), line.c_str());
  return kFailed;
}

int say_parse_error(const CLI::App& app, const std::string& program, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    app.exit(error);
    return kGood;
  }
  const std::vector<std::string> unknown = app.remaining(true);
  const std::string word = unknown.empty() ? "" : unknown.front() + ": not understood: ";
  std::string helper = program;  // with the command that was understood so far: its help is the one to see
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    helper += " " + at->get_name();
  }
  std::fprintf(stderr, "%s: command line: %s%s; see %s --help\n", program.c_str(), word.c_str(), error.what(),
               helper.c_str());
  return kWrongUse;
}

core::Result<std::shared_ptr<const settings::Settings>> settings_of(const CommonOptions& options) {
  if (!options.config.empty()) {
    KIOSK_TRY(CheckedSettings checked, load_checked(options.config, CheckDepth::Start));
    for (const std::string& note : checked.notes) core::log_warning("config.note", {{"note", note}});
    return std::make_shared<const settings::Settings>(std::move(checked.settings));
  }
  settings::Settings defaults;
  const char* home = std::getenv("XDG_DATA_HOME");
  const char* user = std::getenv("HOME");
  defaults.data.directory = home && *home   ? std::filesystem::path(home) / "civic-kiosk"
                            : user && *user ? std::filesystem::path(user) / ".local/share/civic-kiosk"
                                            : std::filesystem::path("/var/lib/civic-kiosk");
  return std::make_shared<const settings::Settings>(std::move(defaults));
}

core::Result<Site> open_site(const CommonOptions& common) {
  KIOSK_TRY(auto settings, settings_of(common));
  KIOSK_TRY(DataFiles files, data_files(*settings, common.data_folder));
  return Site{std::move(settings), std::move(files)};
}

bool on_terminal() { return isatty(STDERR_FILENO) == 1; }

}  // namespace kiosk::app
