// What SDL does not tell of an X server. Private to the folder.
#pragma once

struct SDL_Window;

namespace kiosk::ui {

// False: an X server without a window manager (EWMH _NET_SUPPORTING_WM_CHECK), as on a panel that shows the kiosk
// alone. True for everything else, Wayland and the console among it.
bool has_window_manager(SDL_Window* window);

}  // namespace kiosk::ui
