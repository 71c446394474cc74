// An appointment as iCalendar (RFC 5545): what the receipt's landing page, or a phone, puts into a calendar.
#pragma once

#include <string>

#include "kiosk/core/result.h"
#include "kiosk/receipts/receipt.h"

namespace kiosk::receipts {

// One VCALENDAR with one VEVENT: times in UTC, text escaped, lines folded at 75 bytes between characters, CRLF.
// `uid` is globally unique and stays the same for a moved or cancelled appointment; `sequence` grows with each change.
// A receipt of kind AppointmentCancelled gives STATUS:CANCELLED. Error Invalid where the receipt has no start, or no
// uid.
core::Result<std::string> to_icalendar(const Receipt& receipt, const std::string& uid, int sequence = 0);

}  // namespace kiosk::receipts
