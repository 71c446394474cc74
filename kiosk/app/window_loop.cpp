#include "kiosk/app/window_loop.h"

#include <sys/resource.h>

#include <cstdio>
#include <fstream>

#include "kiosk/app/panel.h"
#include "kiosk/app/session.h"
#include "kiosk/core/log.h"
#include "kiosk/ui/window.h"
#include "kiosk/work/ui_thread.h"

namespace kiosk::app {
namespace {

ui::RenderBy render_by(settings::Renderer renderer) {
  switch (renderer) {
    case settings::Renderer::Automatic:
      return ui::RenderBy::Auto;
    case settings::Renderer::Software:
      return ui::RenderBy::Software;
    case settings::Renderer::Gpu:
      return ui::RenderBy::Gpu;
  }
  return ui::RenderBy::Auto;
}

// Milliseconds since this process began, from /proc (proc(5): field 22 of stat is in clock ticks since boot).
double process_age_ms() {
  std::ifstream stat("/proc/self/stat"), uptime("/proc/uptime");
  std::string text((std::istreambuf_iterator<char>(stat)), {});
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 3; i < 22; ++i) fields >> skipped;
  double start_ticks = 0, up_s = 0;
  fields >> start_ticks;
  uptime >> up_s;
  return (up_s - start_ticks / static_cast<double>(sysconf(_SC_CLK_TCK))) * 1000;
}

}  // namespace

core::Status run_window(std::shared_ptr<const settings::Settings> settings, const core::Clock& clock,
                        const WindowLoopOptions& options) {
  work::UiThread::claim();
  ui::WindowOptions window_options;
  window_options.title = settings->kiosk.name;
  window_options.windowed = options.windowed;
  window_options.render_by = render_by(settings->display.renderer);
  KIOSK_TRY(const auto window, ui::Window::open(window_options));
  KIOSK_TRY(const auto session, Session::open(settings, panel_metrics(settings->display, window->size_px()), clock,
                                              {options.data_folder, [] { ui::Window::wake(); }, true}));
  bool first = true;
  for (;;) {
    if (session->turn() || first) window->present(session->ui());
    if (first && options.exit_after_first_frame) {
      std::printf("first frame after %.0f ms\n", process_age_ms());
      return {};
    }
    first = false;
    ui::Waited waited = window->wait(clock, session->next_wake());
    if (waited.quit) return {};
    if (waited.resized) session->ui().resize(panel_metrics(settings->display, window->size_px()));
    if (waited.resized || waited.exposed) session->redraw();
    for (ui::InputEvent& event : waited.input) session->input(std::move(event));
  }
}

}  // namespace kiosk::app
