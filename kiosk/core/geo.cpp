#include "kiosk/core/geo.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kiosk::core {

double distance_metres(GeoPoint a, GeoPoint b) {
  constexpr double kMeanRadiusMetres = 6'371'008.8;
  constexpr double kRadians = std::numbers::pi / 180.0;
  const double sin_latitude = std::sin((b.latitude - a.latitude) * kRadians / 2);
  const double sin_longitude = std::sin((b.longitude - a.longitude) * kRadians / 2);
  const double h = sin_latitude * sin_latitude +
                   std::cos(a.latitude * kRadians) * std::cos(b.latitude * kRadians) * sin_longitude * sin_longitude;
  return 2 * kMeanRadiusMetres * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

}  // namespace kiosk::core
