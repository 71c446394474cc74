#include "kiosk/app/tour.h"

#include <cstdio>
#include <thread>

#include "kiosk/app/panel.h"
#include "kiosk/app/session.h"
#include "kiosk/app/tour_steps.h"
#include "kiosk/core/files.h"
#include "kiosk/ui/window.h"
#include "kiosk/work/ui_thread.h"

namespace kiosk::app {
namespace {

core::Error at_step(std::size_t number, const core::Json& step, const core::Error& error) {
  return error.wrapped(error.what, "step " + std::to_string(number) + " " + core::dump_json(step));
}

void apply(settings::Settings& settings, const TourOptions& options) {
  if (!options.language.empty()) {
    auto& languages = settings.kiosk.languages;
    std::erase(languages, options.language);
    languages.insert(languages.begin(), options.language);
  }
  if (options.size) std::tie(settings.display.width, settings.display.height) = *options.size;
  if (options.theme) settings.display.theme = *options.theme;
  if (options.text_size) settings.display.text_size = *options.text_size;
  if (settings.printer.kind == settings::PrinterKind::File) settings.printer.directory = options.out / "receipts";
}

}  // namespace

core::Result<core::Json> load_tour(const std::filesystem::path& file) {
  KIOSK_TRY(const std::string bytes, core::read_file(file, std::size_t{1} << 20));
  KIOSK_TRY(core::Json script, core::parse_json(bytes, file.string()));
  if (!script.is_array()) return core::make_error(core::ErrorKind::Invalid, "is no array of steps", file.string());
  return script;
}

core::Result<TourOutcome> run_tour(settings::Settings settings, const core::Json& script, const TourOptions& options) {
  work::UiThread::claim();
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  if (error)
    return core::make_error(core::ErrorKind::Io, "cannot make the folder: " + error.message(), options.out.string());
  apply(settings, options);
  const auto shared = std::make_shared<const settings::Settings>(std::move(settings));
  core::AdjustableClock clock;
  const ui::Metrics metrics = panel_metrics(shared->display, {shared->display.width, shared->display.height});
  KIOSK_TRY(const auto session, Session::open(shared, metrics, clock, {options.data_folder, {}}));
  TourSteps steps(*session, clock, *shared, options);
  TourOutcome outcome;
  for (const core::Json& step : script) {
    ++outcome.steps;
    const core::Status done = steps.run(step);
    if (done.ok()) continue;
    steps.picture_of_failure();
    outcome.failed = at_step(outcome.steps, step, done.error());
    break;
  }
  outcome.pictures = steps.pictures();
  outcome.problems = steps.problems();
  return outcome;
}

}  // namespace kiosk::app
