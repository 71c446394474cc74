#include "kiosk/ui/window.h"

#include <SDL.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "kiosk/core/log.h"
#include "kiosk/core/owned.h"
#include "kiosk/ui/gpu_renderer.h"
#include "kiosk/ui/png.h"
#include "kiosk/ui/ui_state.h"
#include "kiosk/ui/x11_desktop.h"

namespace kiosk::ui {
namespace {

constexpr std::int64_t kMouseFinger = -1;
std::atomic<std::uint32_t> wake_event{0};  // 0: no window

core::Error sdl_error(std::string what) {
  what += ": ";
  what += SDL_GetError();
  return core::make_error(core::ErrorKind::Io, std::move(what), "SDL");
}

std::optional<NavKey> nav_key(SDL_Keycode key) {
  switch (key) {
    case SDLK_UP:
      return NavKey::Up;
    case SDLK_DOWN:
      return NavKey::Down;
    case SDLK_LEFT:
      return NavKey::Left;
    case SDLK_RIGHT:
      return NavKey::Right;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
      return NavKey::Select;
    case SDLK_ESCAPE:
      return NavKey::Back;
    case SDLK_PAGEUP:
      return NavKey::PageUp;
    case SDLK_PAGEDOWN:
      return NavKey::PageDown;
    case SDLK_F1:
      return NavKey::Help;
    default:
      return std::nullopt;
  }
}

struct Size {
  int width = 0, height = 0;
};

PointerEvent finger_event(const SDL_TouchFingerEvent& e, Size size, core::Milliseconds now) {
  using Phase = PointerEvent::Phase;
  const Phase phase = e.type == SDL_FINGERDOWN ? Phase::Down : e.type == SDL_FINGERUP ? Phase::Up : Phase::Move;
  return {phase, {e.x * static_cast<float>(size.width), e.y * static_cast<float>(size.height)}, e.fingerId, now};
}

std::optional<PointerEvent> mouse_event(const SDL_Event& e, core::Milliseconds now) {
  using Phase = PointerEvent::Phase;
  if (e.type == SDL_MOUSEMOTION) {
    if (e.motion.which == SDL_TOUCH_MOUSEID || !(e.motion.state & SDL_BUTTON_LMASK)) return std::nullopt;
    return PointerEvent{
        Phase::Move, {static_cast<float>(e.motion.x), static_cast<float>(e.motion.y)}, kMouseFinger, now};
  }
  if (e.button.which == SDL_TOUCH_MOUSEID || e.button.button != SDL_BUTTON_LEFT) return std::nullopt;
  const Phase phase = e.type == SDL_MOUSEBUTTONDOWN ? Phase::Down : Phase::Up;
  return PointerEvent{phase, {static_cast<float>(e.button.x), static_cast<float>(e.button.y)}, kMouseFinger, now};
}

bool is_real_gpu(SDL_Renderer* renderer) {
  SDL_RendererInfo info;
  if (SDL_GetRendererInfo(renderer, &info) != 0 || !(info.flags & SDL_RENDERER_ACCELERATED)) return false;
  // Mesa's software rasterisers are slower than ours; SDL cannot tell them apart, OpenGL's own name for itself can.
  using GetString = const unsigned char* (*)(unsigned);
  const auto get_string = reinterpret_cast<GetString>(SDL_GL_GetProcAddress("glGetString"));
  constexpr unsigned kGlRenderer = 0x1f01;
  const unsigned char* name = get_string ? get_string(kGlRenderer) : nullptr;
  if (!name) return std::string_view(info.name).find("opengl") == std::string_view::npos;
  const std::string_view text(reinterpret_cast<const char*>(name));
  return text.find("llvmpipe") == std::string_view::npos && text.find("softpipe") == std::string_view::npos &&
         text.find("SWR") == std::string_view::npos;
}

// Asking OpenGL where there is no device for it loads Mesa and LLVM, which stay: 0.15 s and 40 MiB.
bool has_graphics_device() {
  std::error_code ignored;
  for (const char* path : {"/dev/dri", "/dev/nvidiactl", "/dev/mali0"})
    if (std::filesystem::exists(path, ignored)) return true;
  return false;
}

// Opening a window, Xlib's input method parses the locale's table of Compose sequences, for 0.1 s and more. Residents
// type on the glass, scanners type plain characters. An operator's own table is left alone.
void skip_compose_table() { setenv("XCOMPOSEFILE", "/dev/null", 0); }

using OwnedWindow = core::Owned<SDL_Window, SDL_DestroyWindow>;

core::Result<OwnedWindow> create_window(const WindowOptions& options) {
  const bool whole_screen = !options.windowed && !options.headless;
  const auto [width, height] = options.windowed.value_or(std::pair(1920, 1080));
  SDL_Rect bounds{SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height};
  if (whole_screen && SDL_GetDisplayBounds(0, &bounds) != 0) return sdl_error("no screen");
  std::uint32_t flags = SDL_WINDOW_SHOWN;
  if (whole_screen) flags |= SDL_WINDOW_BORDERLESS;
  OwnedWindow window(SDL_CreateWindow(options.title.c_str(), bounds.x, bounds.y, bounds.w, bounds.h, flags));
  if (!window) return sdl_error("no window");
  // Without a window manager nobody would answer, for which SDL waits 0.1 s; and nobody is needed.
  if (whole_screen && has_window_manager(window.get()) &&
      SDL_SetWindowFullscreen(window.get(), SDL_WINDOW_FULLSCREEN_DESKTOP) != 0)
    return sdl_error("no full screen");
  return window;
}

}  // namespace

struct Window::State {
  OwnedWindow window;
  core::Owned<SDL_Renderer, SDL_DestroyRenderer> renderer;  // null: software, through the window's surface
  std::unique_ptr<GpuRenderer> gpu;
  bool force = true;  // the whole surface must be shown again

  ~State() {
    gpu.reset();
    renderer.reset();
    window.reset();
    wake_event = 0;
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }

  Size size() const {
    Size s;
    SDL_GetWindowSize(window.get(), &s.width, &s.height);
    return s;
  }

  void choose_renderer(const WindowOptions& options) {
    if (options.headless || options.render_by == RenderBy::Software) return;
    if (options.render_by == RenderBy::Auto && !has_graphics_device()) return;
    renderer.reset(SDL_CreateRenderer(window.get(), -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC));
    if (renderer && options.render_by == RenderBy::Auto && !is_real_gpu(renderer.get())) renderer.reset();
    if (renderer)
      gpu = std::make_unique<GpuRenderer>(renderer.get());
    else if (options.render_by == RenderBy::Gpu)
      core::log_warning("window.no_gpu", {{"error", SDL_GetError()}});
  }

  void take(const SDL_Event& event, core::Milliseconds now, Waited& waited);
  bool show_software(Ui& ui);
};

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}
Window::~Window() = default;

core::Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  SDL_SetMainReady();
  if (options.headless) SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");  // a finger is a finger, once
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");  // measured: four to five times faster without a GPU
  skip_compose_table();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return sdl_error("no display");
  auto state = std::make_unique<State>();
  KIOSK_TRY(state->window, create_window(options));
  state->choose_renderer(options);
  wake_event = SDL_RegisterEvents(1);
  if (!options.windowed && !options.headless) SDL_ShowCursor(SDL_DISABLE);
  return std::unique_ptr<Window>(new Window(std::move(state)));
}

std::pair<int, int> Window::size_px() const {
  const Size size = state_->size();
  return {size.width, size.height};
}

bool Window::uses_gpu() const { return state_->gpu != nullptr; }

void Window::wake() {
  const std::uint32_t type = wake_event;
  if (type == 0) return;
  SDL_Event event{};
  event.type = type;
  SDL_PushEvent(&event);
}

// When it happened, as its handling may have had to wait for a frame. SDL counts milliseconds since its start.
core::Milliseconds moment_of(const SDL_Event& event, core::Milliseconds now) {
  const std::uint32_t waited = SDL_GetTicks() - event.common.timestamp;
  constexpr std::uint32_t kLongest = 10'000;  // more is no wait: a stamp from the future wraps round
  return now - core::Milliseconds(waited > kLongest ? 0 : waited);
}

void Window::State::take(const SDL_Event& event, core::Milliseconds now, Waited& waited) {
  switch (event.type) {
    case SDL_QUIT:
      waited.quit = true;
      return;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
      waited.input.push_back(finger_event(event.tfinger, size(), now));
      return;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEMOTION:
      if (const auto pointer = mouse_event(event, now)) waited.input.push_back(*pointer);
      return;
    case SDL_KEYDOWN:
      if (event.key.repeat) return;  // EN 301 549 5.7
      if (const auto key = nav_key(event.key.keysym.sym)) waited.input.push_back(NavEvent{*key, moment_of(event, now)});
      if (event.key.keysym.sym == SDLK_BACKSPACE)
        waited.input.push_back(TextEvent{TextEvent::Edit::Backspace, "", moment_of(event, now)});
      return;
    case SDL_TEXTINPUT:
      waited.input.push_back(TextEvent{TextEvent::Edit::Insert, event.text.text, moment_of(event, now)});
      return;
    case SDL_WINDOWEVENT:
      waited.resized |= event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED;
      waited.exposed |= event.window.event == SDL_WINDOWEVENT_EXPOSED || waited.resized;
      force |= waited.exposed;
      return;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
      if (gpu) gpu->drop_textures();
      force = waited.exposed = true;
      return;
    default:
      if (event.type == wake_event) waited.woken = true;
  }
}

Waited Window::wait(const core::Clock& clock, std::optional<core::Milliseconds> until) {
  Waited waited;
  SDL_Event event;
  int got = 0;
  if (until) {
    const auto left = std::clamp<std::int64_t>((*until - clock.monotonic()).count(), 0, 3'600'000);
    got = SDL_WaitEventTimeout(&event, static_cast<int>(left));
  } else {
    got = SDL_WaitEvent(&event);
  }
  const core::Milliseconds now = clock.monotonic();
  for (; got == 1; got = SDL_PollEvent(&event)) state_->take(event, now, waited);
  return waited;
}

bool Window::State::show_software(Ui& ui) {
  Ui::State& s = ui.state();
  const auto& damage = s.software.render(s.canvas.list(), s.atlas);
  if (damage.empty() && !force) return false;
  SDL_Surface* surface = SDL_GetWindowSurface(window.get());
  if (!surface) {
    core::log_error("window.no_surface", {{"error", SDL_GetError()}});
    return false;
  }
  std::vector<SDL_Rect> rects;
  for (const PixelRect& r : damage) rects.push_back({r.x, r.y, r.width, r.height});
  if (force) rects.assign(1, {0, 0, s.software.width(), s.software.height()});
  const int width = std::min(surface->w, s.software.width()), height = std::min(surface->h, s.software.height());
  for (SDL_Rect& r : rects) {
    r.w = std::min(r.w, width - r.x);
    r.h = std::min(r.h, height - r.y);
    if (r.w <= 0 || r.h <= 0) continue;
    const std::uint32_t* from =
        s.software.pixels().data() + static_cast<std::ptrdiff_t>(r.y) * s.software.width() + r.x;
    auto* to = static_cast<std::uint8_t*>(surface->pixels) + static_cast<std::ptrdiff_t>(r.y) * surface->pitch +
               static_cast<std::ptrdiff_t>(r.x) * surface->format->BytesPerPixel;
    SDL_ConvertPixels(r.w, r.h, SDL_PIXELFORMAT_ARGB8888, from, s.software.width() * 4, surface->format->format, to,
                      surface->pitch);
  }
  SDL_UpdateWindowSurfaceRects(window.get(), rects.data(), static_cast<int>(rects.size()));
  force = false;
  return true;
}

bool Window::present(Ui& ui) {
  if (!state_->gpu) return state_->show_software(ui);
  Ui::State& s = ui.state();
  const bool drawn = state_->gpu->render(s.canvas.list(), s.atlas, state_->force);
  state_->force = false;
  return drawn;
}

core::Result<std::string> screenshot_png(Ui& ui) {
  Ui::State& s = ui.state();
  SoftwareRenderer picture;
  picture.resize(s.metrics.width_px, s.metrics.height_px);
  picture.render(s.canvas.list(), s.atlas);
  return to_png(picture);
}

}  // namespace kiosk::ui
