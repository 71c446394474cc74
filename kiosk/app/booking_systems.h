// The journal, and the desk with an adapter for each booking system that the site configures.
#pragma once

#include <memory>

#include "kiosk/app/places_on_disk.h"
#include "kiosk/promises/booking_desk.h"
#include "kiosk/promises/journal.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

// Corrupt: kiosk.db is damaged; it is left as it is.
core::Result<std::unique_ptr<promises::Journal>> open_journal(const DataFiles& files, const core::Clock& clock);
// `journal` must outlive it.
core::Result<std::unique_ptr<promises::BookingDesk>> open_desk(promises::Journal& journal,
                                                               const settings::Settings& settings,
                                                               const core::Clock& clock);

}  // namespace kiosk::app
