// Points on the earth, WGS 84 degrees.
#pragma once

#include <compare>

namespace kiosk::core {

struct GeoPoint {
  double latitude = 0;   // -90 .. 90
  double longitude = 0;  // -180 .. 180
  bool operator==(const GeoPoint&) const = default;
};

// Metres on a sphere of mean radius 6,371,008.8 m (haversine): within 0.6 % of the ellipsoid.
double distance_metres(GeoPoint a, GeoPoint b);

}  // namespace kiosk::core
