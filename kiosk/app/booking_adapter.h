// The adapter that a [[bookings]] entry of the configuration asks for.
#pragma once

#include <memory>

#include "kiosk/net/http.h"
#include "kiosk/promises/backend.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

// `http` and `clock` outlive it. Refused, NotFound: its token file, which others may read, or which is not there.
core::Result<std::shared_ptr<promises::BookingBackend>> make_booking_backend(const settings::BookingEntry& entry,
                                                                             net::HttpClient& http,
                                                                             const core::Clock& clock);

}  // namespace kiosk::app
