// The adapter that a [[bookings]] entry of the configuration asks for.
#pragma once

#include <functional>
#include <memory>

#include "kiosk/net/http.h"
#include "kiosk/promises/backend.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

// Told, on the adapter's thread, of the work that the system `id` has the kiosk do before it answers (a captcha's proof
// of work): the share done, 0 .. 1.
using OnProof = std::function<void(const std::string& id, double share)>;

// `http` and `clock` outlive it. Refused, NotFound: its token file, which others may read, or which is not there.
core::Result<std::shared_ptr<promises::BookingBackend>> make_booking_backend(const settings::BookingEntry& entry,
                                                                             net::HttpClient& http,
                                                                             const core::Clock& clock,
                                                                             OnProof on_proof);

}  // namespace kiosk::app
