// The journal for staff (`kioskctl promises list|show`): what happened to each promise, without anything personal.
#pragma once

#include "kiosk/core/json.h"
#include "kiosk/promises/journal.h"

namespace kiosk::promises {

// The code on the receipt is left out: whoever has it can cancel.
// {"id", "state", "service", "place", "starts", "reference", "back_end", "giving_up", "problem", "created",
//  "changed"}; times as ISO 8601 in UTC.
core::Json to_json(const Booking& booking);
// The same with "history": [{"at", "state", "note"}] and "prints": [{"id", "copy", "state", "detail", "at"}].
core::Result<core::Json> show_booking(Journal& journal, const std::string& booking_id);
// The newest first.
core::Result<core::Json> list_bookings(Journal& journal, std::size_t limit);
// One line for a terminal: id, state, start, service, place, problem.
std::string one_line(const Booking& booking);

}  // namespace kiosk::promises
