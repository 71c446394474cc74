// Locations of feeds → Place.
#pragma once

#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/directory/model.h"

namespace kiosk::directory {

// The places of a service: its service_at_locations (HSDS, ORUK) or locations (Outpost). `service_schedules` are the
// service's own: a place takes the hours of the service at that place, else of the service, else of the place itself.
std::vector<Place> read_places(const core::Json& service, const std::vector<Schedule>& service_schedules);

}  // namespace kiosk::directory
