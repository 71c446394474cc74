// Where the keypad's ring goes. Pure functions of a scene.
#pragma once

#include <vector>

#include "kiosk/ui/input.h"
#include "kiosk/ui/scene.h"

namespace kiosk::ui {

// What takes part in focus, in reading order: inside the open dialog only, where there is one. Disabled controls take
// part, so that their reason can be heard.
std::vector<const Node*> focus_order(const Scene& scene);

// Where focus goes from `from` (None, or a node that is gone: the first, or the last for backward moves). Down and Up
// are the next and the previous in reading order, round the ends; inside a grid (keyboard, calendar, tiles) they go by
// rows and leave it at its edges, and Left and Right go along the row as seen on the glass. Left and Right elsewhere,
// and the other keys, leave focus where it is.
NodeId move_focus(const Scene& scene, NodeId from, NavKey key);

// Whether Left and Right mean something here: focus is inside a grid.
bool in_grid(const Scene& scene, NodeId id);

}  // namespace kiosk::ui
