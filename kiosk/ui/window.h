// The SDL window and the pump of its events. The loop sleeps in wait(); workers wake it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/ui/input.h"
#include "kiosk/ui/metrics.h"
#include "kiosk/ui/ui.h"

namespace kiosk::ui {

enum class RenderBy { Auto, Gpu, Software };  // Auto: the GPU where there is a real one

struct WindowOptions {
  std::string title = {};
  std::optional<std::pair<int, int>> windowed = {};  // else the whole screen
  bool headless = false;                             // no display at all: SDL's dummy driver, software
  RenderBy render_by = RenderBy::Auto;
};

struct Waited {
  std::vector<InputEvent> input = {};
  bool quit = false, resized = false, exposed = false, woken = false;
};

class Window {
 public:
  static core::Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  std::pair<int, int> size_px() const;
  bool uses_gpu() const;
  // Sleeps until something happens, at most until `until` (monotonic by `clock`; nullopt: for ever), and takes all that
  // did.
  Waited wait(const core::Clock& clock, std::optional<core::Milliseconds> until);
  // From any thread: wait() returns, with `woken` set.
  static void wake();
  // Shows the last frame of `ui`. False: nothing had changed, and nothing was drawn.
  bool present(Ui& ui);

 private:
  struct State;
  explicit Window(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The last frame of `ui` as a PNG file, always by the software renderer: the same bytes on every machine.
core::Result<std::string> screenshot_png(Ui& ui);

}  // namespace kiosk::ui
