// What a resident takes away, made from what the kiosk knows: receipts of bookings, slips of services, QR codes.
#pragma once

#include <string>

#include "kiosk/core/bitmap.h"
#include "kiosk/promises/booking.h"
#include "kiosk/promises/report.h"
#include "kiosk/receipts/receipt.h"
#include "kiosk/settings/settings.h"
#include "kiosk/text/words.h"
#include "kiosk/visit/state.h"

namespace kiosk::app {

// `service` may be null: then the slip has no list of what to bring.
receipts::Receipt booking_receipt(const promises::Booking& booking, const directory::Service* service,
                                  const settings::Settings& settings, const text::Language& language, core::Instant now,
                                  int copy);
receipts::Receipt service_slip(const visit::ServiceView& view, const settings::Settings& settings,
                               const text::Language& language, core::Instant now);
// Of a page that says sorry: not booked or not known yet, which appointment, and whom to call.
receipts::Receipt sorry_slip(const visit::Sorry& sorry, const visit::ServiceView& view,
                             const settings::Settings& settings, const text::Language& language, core::Instant now);

// Of a report: what became of it in the screen's own words, and the code to ask by. A refused one has none.
receipts::Receipt report_receipt(const promises::Report& report, const directory::Service& service,
                                 const settings::Settings& settings, const text::Language& language, core::Instant now,
                                 int copy);

// What the QR of a booking holds: the landing page with the code, or the code alone where the site has none.
std::string booking_link(const promises::Booking& booking, const settings::Settings& settings);
std::string report_link(const promises::Report& report, const settings::Settings& settings);  // likewise
// A QR code as a bitmap, a dot a module, quiet zone included; empty where the text does not fit or is empty.
core::Bitmap1 qr_bitmap(const std::string& text);

}  // namespace kiosk::app
