// Touch to frame: what passes from a finger's event to the display's having the frame, over the pages of a visit.
//   bench_frames --config FILE --script FILE [--visits N] [--language L] [--size WxH] [--on-display]
// Draws by software. Without --on-display into SDL's dummy window; with it into a window of the X server of $DISPLAY.
// Ends with one line that scripts read, and with the memory that the process then holds.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>

#include "kiosk/app/command_line.h"
#include "kiosk/app/tour.h"
#include "kiosk/work/ui_thread.h"
#include "tests/bench/visitor.h"

namespace {

using namespace kiosk;

struct Options {
  app::CommonOptions common;
  std::string script, language, size = "1920x1080";
  int visits = 3;
  bool on_display = false;
};

constexpr double kGoalMs = 16;

const char* name_of(bench::Cause cause) {
  static constexpr const char* kNames[] = {"press", "release", "key", "scroll", "answer"};
  return kNames[static_cast<int>(cause)];
}

// The nearest rank; `sorted` is not empty.
double percentile(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(sorted.size()) + 0.999999);
  return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

struct Summary {
  std::vector<double> totals;
  double draw = 0, show = 0;
  void add(const bench::Sample& sample) {
    totals.push_back(sample.total());
    draw += sample.draw;
    show += sample.show;
  }
  void print(const std::string& page, const char* cause) {
    std::sort(totals.begin(), totals.end());
    const auto n = static_cast<double>(totals.size());
    std::printf("%-12s %-8s %6zu %7.2f %7.2f %7.2f %8.2f %8.2f\n", page.c_str(), cause, totals.size(),
                percentile(totals, 0.5), percentile(totals, 0.99), totals.back(), draw / n, show / n);
  }
};

// One line that scripts read.
void print_line(const char* what, std::vector<double> times) {
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  const auto late = times.end() - std::upper_bound(times.begin(), times.end(), kGoalMs);
  std::printf("%s frames=%zu p50=%.2f p99=%.2f max=%.2f over16=%td\n", what, times.size(), percentile(times, 0.5),
              percentile(times, 0.99), times.back(), late);
}

void print_all(const std::vector<bench::Sample>& samples) {
  std::map<std::pair<std::string, bench::Cause>, Summary> groups;
  std::vector<double> touches, taps, touches_cpu, taps_cpu;
  for (const bench::Sample& sample : samples) {
    groups[{sample.page, sample.cause}].add(sample);
    if (sample.cause == bench::Cause::Answer) continue;
    touches.push_back(sample.total());
    touches_cpu.push_back(sample.cpu);
    if (sample.cause == bench::Cause::Scroll) continue;
    taps.push_back(sample.total());
    taps_cpu.push_back(sample.cpu);
  }
  std::printf("page         by        frames   p50ms   p99ms   maxms  ~layout  ~pixels\n");
  for (auto& [key, summary] : groups) summary.print(key.first, name_of(key.second));
  print_line("touch-to-frame", std::move(touches));
  print_line("taps-and-keys", std::move(taps));
  print_line("touch-to-frame-cpu", std::move(touches_cpu));
  print_line("taps-and-keys-cpu", std::move(taps_cpu));
}

void print_slowest(std::vector<bench::Sample> samples) {
  constexpr std::size_t kShown = 8;
  std::sort(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.total() > b.total(); });
  if (samples.size() > kShown) samples.resize(kShown);
  for (const bench::Sample& sample : samples)
    std::printf("slow: %.1f layout + %.1f pixels (%.1f of processor), %s, %s, at %s\n", sample.draw, sample.show,
                sample.cpu, sample.page.c_str(), name_of(sample.cause), sample.step.c_str());
}

void print_memory() {
  std::ifstream rollup("/proc/self/smaps_rollup");
  for (std::string line; std::getline(rollup, line);)
    if (line.rfind("Pss:", 0) == 0) std::printf("memory pss_kb=%ld\n", std::strtol(line.c_str() + 4, nullptr, 10));
}

core::Status run(const Options& options) {
  work::UiThread::claim();
  KIOSK_TRY(const auto from_file, app::settings_of(options.common));
  KIOSK_TRY(const core::Json script, app::load_tour(options.script));
  settings::Settings settings = *from_file;
  if (!options.language.empty()) {
    std::erase(settings.kiosk.languages, options.language);
    settings.kiosk.languages.insert(settings.kiosk.languages.begin(), options.language);
  }
  int width = 0, height = 0;
  if (std::sscanf(options.size.c_str(), "%dx%d", &width, &height) != 2)
    return core::make_error(core::ErrorKind::Invalid, "--size needs WIDTHxHEIGHT", options.size);
  KIOSK_TRY(const auto window, ui::Window::open({.title = "bench_frames",
                                                 .windowed = std::pair(width, height),
                                                 .headless = !options.on_display,
                                                 .render_by = ui::RenderBy::Software}));
  static const core::SystemClock clock;
  ui::Metrics metrics;
  std::tie(metrics.width_px, metrics.height_px) = window->size_px();
  metrics.pitch_mm = settings.display.pixel_pitch_mm;
  KIOSK_TRY(const auto session,
            app::Session::open(std::make_shared<const settings::Settings>(std::move(settings)), metrics, clock,
                               {options.common.data_folder, [] { ui::Window::wake(); }, options.on_display}));
  bench::Visitor visitor(*session, *window, clock);
  for (int visit = 0; visit < options.visits; ++visit)
    for (std::size_t i = 0; i < script.size(); ++i)
      if (const core::Status done = visitor.run(script[i]); !done.ok())
        return done.error().wrapped("the visit went no further",
                                    "step " + std::to_string(i + 1) + " " + core::dump_json(script[i]));
  visitor.rest(std::chrono::seconds(5));
  print_all(visitor.samples());
  print_slowest(visitor.samples());
  print_memory();
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App program("Measures touch to frame over the pages of a visit.", "bench_frames");
  program.add_option("--config", options.common.config, "configuration file")->required();
  program.add_option("--data-dir", options.common.data_folder, "where the databases live");
  program.add_option("--script", options.script, "the visit, in the steps of tours")->required();
  program.add_option("--visits", options.visits, "how often it is made")->check(CLI::Range(1, 1000));
  program.add_option("--language", options.language, "the visit's language");
  program.add_option("--size", options.size, "of the panel, in pixels");
  program.add_flag("--on-display", options.on_display, "shows it in a window of $DISPLAY");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? app::kGood : app::kWrongUse;
  }
  const core::Status done = run(options);
  return done.ok() ? app::kGood : app::say_failed("bench_frames", "visit", done.error());
}
