#include "kiosk/ui/x11_desktop.h"

#include <SDL.h>
#include <SDL_syswm.h>

namespace kiosk::ui {

#ifdef SDL_VIDEO_DRIVER_X11
namespace {

// SDL has loaded the library already; linking it would bring it to machines without X.
struct Xlib {
  void* object = SDL_LoadObject("libX11.so.6");
  decltype(&XInternAtom) intern = load<decltype(&XInternAtom)>("XInternAtom");
  decltype(&XGetWindowProperty) property = load<decltype(&XGetWindowProperty)>("XGetWindowProperty");
  decltype(&XDefaultRootWindow) root = load<decltype(&XDefaultRootWindow)>("XDefaultRootWindow");
  decltype(&XFree) free = load<decltype(&XFree)>("XFree");

  Xlib() = default;
  Xlib(const Xlib&) = delete;
  Xlib& operator=(const Xlib&) = delete;
  ~Xlib() {
    if (object) SDL_UnloadObject(object);
  }
  template <class Function>
  Function load(const char* name) {
    return object ? reinterpret_cast<Function>(SDL_LoadFunction(object, name)) : nullptr;
  }
  bool complete() const { return intern && property && root && free; }
};

}  // namespace

bool has_window_manager(SDL_Window* window) {
  SDL_SysWMinfo info;
  SDL_VERSION(&info.version);
  if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11) return true;
  Xlib xlib;
  if (!xlib.complete()) return true;
  Display* display = info.info.x11.display;
  const Atom check = xlib.intern(display, "_NET_SUPPORTING_WM_CHECK", True);
  if (check == None) return false;  // no client has ever named it
  Atom type = None;
  int format = 0;
  unsigned long items = 0, rest = 0;
  unsigned char* value = nullptr;
  const int done = xlib.property(display, xlib.root(display), check, 0, 1, False, AnyPropertyType, &type, &format,
                                 &items, &rest, &value);
  if (value) xlib.free(value);
  return done != Success || items > 0;
}
#else
bool has_window_manager(SDL_Window*) { return true; }
#endif

}  // namespace kiosk::ui
