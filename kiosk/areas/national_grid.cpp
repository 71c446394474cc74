#include "kiosk/areas/national_grid.h"

#include <cmath>
#include <numbers>

namespace kiosk::areas {

namespace {

struct Ellipsoid {
  double a, b;  // metres
  double e2() const { return 1 - (b * b) / (a * a); }
};
constexpr Ellipsoid kAiry{6377563.396, 6356256.909}, kWgs84{6378137.000, 6356752.3141};
constexpr double kDegree = std::numbers::pi / 180;
constexpr double kScale = 0.9996012717, kLat0 = 49 * kDegree, kLon0 = -2 * kDegree;
constexpr double kNorth0 = -100000, kEast0 = 400000;

struct LatLon {
  double lat, lon;  // radians
};

// Length of the meridian from the grid's origin, annex C, equation C.3.
double meridian(double lat) {
  const double n = (kAiry.a - kAiry.b) / (kAiry.a + kAiry.b), n2 = n * n, n3 = n2 * n;
  const double d = lat - kLat0, s = lat + kLat0;
  return kAiry.b * kScale *
         ((1 + n + 1.25 * n2 + 1.25 * n3) * d - (3 * n + 3 * n2 + 2.625 * n3) * std::sin(d) * std::cos(s) +
          (1.875 * n2 + 1.875 * n3) * std::sin(2 * d) * std::cos(2 * s) -
          35.0 / 24 * n3 * std::sin(3 * d) * std::cos(3 * s));
}

// Annex C.2.
LatLon on_airy(double easting, double northing) {
  double lat = kLat0 + (northing - kNorth0) / (kAiry.a * kScale);
  for (int i = 0; i < 10; ++i) lat += (northing - kNorth0 - meridian(lat)) / (kAiry.a * kScale);
  const double e2 = kAiry.e2(), sin2 = std::sin(lat) * std::sin(lat);
  const double nu = kAiry.a * kScale / std::sqrt(1 - e2 * sin2);
  const double rho = kAiry.a * kScale * (1 - e2) * std::pow(1 - e2 * sin2, -1.5);
  const double eta2 = nu / rho - 1, t = std::tan(lat), t2 = t * t, t4 = t2 * t2, sec = 1 / std::cos(lat);
  const double d = easting - kEast0, d2 = d * d;
  const double vii = t / (2 * rho * nu);
  const double viii = t / (24 * rho * std::pow(nu, 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
  const double ix = t / (720 * rho * std::pow(nu, 5)) * (61 + 90 * t2 + 45 * t4);
  const double x = sec / nu;
  const double xi = sec / (6 * std::pow(nu, 3)) * (nu / rho + 2 * t2);
  const double xii = sec / (120 * std::pow(nu, 5)) * (5 + 28 * t2 + 24 * t4);
  return {lat - vii * d2 + viii * d2 * d2 - ix * d2 * d2 * d2, kLon0 + d * (x - xi * d2 + xii * d2 * d2)};
}

}  // namespace

core::GeoPoint from_national_grid(double easting, double northing) {
  const LatLon airy = on_airy(easting, northing);
  const double nu = kAiry.a / std::sqrt(1 - kAiry.e2() * std::sin(airy.lat) * std::sin(airy.lat));
  const double x = nu * std::cos(airy.lat) * std::cos(airy.lon), y = nu * std::cos(airy.lat) * std::sin(airy.lon);
  const double z = nu * (1 - kAiry.e2()) * std::sin(airy.lat);
  // OSGB36 to WGS 84: section 6.6, with the signs turned around.
  constexpr double kSecond = kDegree / 3600;
  constexpr double rx = 0.1502 * kSecond, ry = 0.2470 * kSecond, rz = 0.8421 * kSecond, s = 1 - 20.4894e-6;
  const double wx = 446.448 + s * x - rz * y + ry * z;
  const double wy = -125.157 + rz * x + s * y - rx * z;
  const double wz = 542.060 - ry * x + rx * y + s * z;
  const double p = std::hypot(wx, wy), e2 = kWgs84.e2();
  double lat = std::atan2(wz, p * (1 - e2));
  for (int i = 0; i < 5; ++i) {
    const double wgs_nu = kWgs84.a / std::sqrt(1 - e2 * std::sin(lat) * std::sin(lat));
    lat = std::atan2(wz + e2 * wgs_nu * std::sin(lat), p);
  }
  return {lat / kDegree, std::atan2(wy, wx) / kDegree};
}

}  // namespace kiosk::areas
