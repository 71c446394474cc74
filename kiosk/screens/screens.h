// Draws the State of a visit with the toolkit and returns what the resident did. Holds nothing between frames: no
// sockets, files, threads or timers. UI thread only.
#pragma once

#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/text/words.h"
#include "kiosk/ui/ui.h"
#include "kiosk/visit/action.h"
#include "kiosk/visit/state.h"

namespace kiosk::screens {

// How this resident wants it, for Ui::begin(). An authority's own primary colour is applied where the theme takes it.
ui::Look look_of(const visit::State& state, const text::Words& words);

// Draws the page of `state` between Ui::begin() and Ui::end(). What was done comes back in the order it was noticed.
std::vector<visit::Event> draw(ui::Ui& ui, const visit::State& state, const text::Words& words);

}  // namespace kiosk::screens
