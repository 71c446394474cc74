// Ordnance Survey's National Grid to latitude and longitude. Private to areas.
#pragma once

#include "kiosk/core/geo.h"

namespace kiosk::areas {

// Metres east and north of the grid's false origin to WGS 84, good to about 5 m: the transverse Mercator inverse and
// the seven-parameter Helmert shift of "A guide to coordinate systems in Great Britain" (Ordnance Survey, annexes B and
// C).
core::GeoPoint from_national_grid(double easting, double northing);

}  // namespace kiosk::areas
