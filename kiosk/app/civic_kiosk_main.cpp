// civic-kiosk: the terminal, and its scripted visits.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "kiosk/app/command_line.h"
#include "kiosk/app/tour.h"
#include "kiosk/app/window_loop.h"

namespace {

using namespace kiosk;

struct Options {
  app::CommonOptions common;
  std::string size, script, out, language, theme;
  std::optional<int> text_size;
  bool lenient = false;
  bool first_frame = false;
};

std::optional<std::pair<int, int>> parse_size(const std::string& text) {
  int width = 0, height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2) return std::nullopt;
  if (width < 640 || height < 640 || width > 7680 || height > 7680) return std::nullopt;
  return std::pair(width, height);
}

const std::map<std::string, settings::ThemeChoice> kThemes = {
    {"light", settings::ThemeChoice::Light},
    {"dark", settings::ThemeChoice::Dark},
    {"black-on-white", settings::ThemeChoice::BlackOnWhite},
    {"yellow-on-black", settings::ThemeChoice::YellowOnBlack}};

int wrong_use(const std::string& what) {
  std::fprintf(stderr, "civic-kiosk: %s\n", what.c_str());
  return app::kWrongUse;
}

int tour(const Options& options, const settings::Settings& settings, std::optional<std::pair<int, int>> size) {
  if (options.out.empty()) return wrong_use("--tour needs --out DIR");
  const auto script = app::load_tour(options.script);
  if (!script.ok()) return app::say_failed("civic-kiosk", "tour", script.error());
  app::TourOptions tour_options;
  tour_options.data_folder = options.common.data_folder;
  tour_options.out = options.out;
  tour_options.size = size;
  tour_options.language = options.language;
  tour_options.text_size = options.text_size;
  tour_options.strict_scenes = !options.lenient;
  if (!options.theme.empty()) tour_options.theme = kThemes.at(options.theme);
  const auto outcome = app::run_tour(settings, *script, tour_options);
  if (!outcome.ok()) return app::say_failed("civic-kiosk", "start", outcome.error());
  if (outcome->failed) return app::say_failed("civic-kiosk", "tour", *outcome->failed);
  for (const std::string& problem : outcome->problems) std::fprintf(stderr, "civic-kiosk: tour: %s\n", problem.c_str());
  std::printf("%zu steps, %zu pictures in %s\n", outcome->steps, outcome->pictures, options.out.c_str());
  return app::kGood;
}

int run(const Options& options) {
  std::optional<std::pair<int, int>> size;
  if (!options.size.empty() && !(size = parse_size(options.size)))
    return wrong_use("--windowed needs WIDTHxHEIGHT, from 640 to 7680 each");
  const auto settings = app::settings_of(options.common);
  if (!settings.ok()) return app::say_failed("civic-kiosk", "configuration", settings.error());
  if (!options.script.empty()) return tour(options, **settings, size);
  static const core::SystemClock clock;
  app::WindowLoopOptions loop;
  loop.data_folder = options.common.data_folder;
  loop.windowed = size;
  loop.exit_after_first_frame = options.first_frame;
  const core::Status done = app::run_window(*settings, clock, loop);
  return done.ok() ? app::kGood : app::say_failed("civic-kiosk", "start", done.error());
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App program("The kiosk's terminal: finds local services, books appointments, prints receipts.", "civic-kiosk");
  program.add_option("--config", options.common.config, "configuration file (TOML); built-in defaults without it");
  program.add_option("--data-dir", options.common.data_folder, "where the databases live; wins over the configuration");
  program.add_option("--windowed", options.size,
                     "a window of WIDTHxHEIGHT pixels in place of the whole screen; also a tour's size");
  program.add_option("--tour", options.script, "runs a scripted visit without a display");
  program.add_option("--out", options.out, "where a tour leaves its pictures, scenes and receipts");
  program.add_option("--language", options.language, "the language a tour begins in");
  program.add_option("--theme", options.theme, "a tour's theme")
      ->check(CLI::IsMember({"light", "dark", "black-on-white", "yellow-on-black"}));
  program.add_option("--text-size", options.text_size, "a tour's text size")->check(CLI::Range(0, 3));
  program.add_flag("--lenient", options.lenient, "a tour reports faulty scenes and goes on");
  program.add_flag("--exit-after-first-frame", options.first_frame,
                   "for measuring: ends when the first frame is shown, and says after how long");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app::say_parse_error(program, "civic-kiosk", error);
  }
  return run(options);
}
