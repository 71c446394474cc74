#include "kiosk/app/panel.h"

#include <algorithm>

namespace kiosk::app {

ui::Metrics panel_metrics(const settings::DisplaySection& display, std::pair<int, int> size_px) {
  constexpr double kLeastReachMm = 200;  // less is no room for a page above the keyboard
  ui::Metrics metrics;
  metrics.width_px = size_px.first;
  metrics.height_px = size_px.second;
  metrics.pitch_mm = display.pixel_pitch_mm;
  const double height = metrics.height_mm();
  metrics.reach_height_mm =
      display.low_reach_top_mm > 0 ? height - display.low_reach_top_mm : std::max(height / 2, kLeastReachMm);
  return metrics;
}

}  // namespace kiosk::app
