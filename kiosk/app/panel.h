// The panel as the toolkit measures it, from the settings.
#pragma once

#include <utility>

#include "kiosk/settings/settings.h"
#include "kiosk/ui/metrics.h"

namespace kiosk::app {

// Low reach: [display] low_reach_top_mm, measured at set-up, else the lower half, and 200 mm of it at least.
ui::Metrics panel_metrics(const settings::DisplaySection& display, std::pair<int, int> size_px);

}  // namespace kiosk::app
