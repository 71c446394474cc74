// An appointment that somebody has already: found by the code on its receipt, shown, moved, cancelled, printed again.
#pragma once

#include "kiosk/visit/state.h"

namespace kiosk::visit {

// The code in what a scanner read: the address that our receipts' QR codes hold, or the code alone. Empty where it is
// neither: the world is full of other QR codes.
core::SecretText code_in_scan(const core::SecretText& scanned, const settings::Settings& settings);
// Whether the appointment that is shown can be moved or cancelled still.
bool may_be_changed(const State& state);
// Whether a slip would be true of it: one that is still being cancelled, or may be by now,
// neither stands nor doesn't.
bool may_be_printed(const State& state);
// What the directory says of what the appointment that is shown is for, whether it was found by its code, moved, or
// made anew; empty where that is not known.
const directory::Service& booked_service(const State& state);
// Whether that is still being looked for: paper waits for it, as it says what to bring.
bool awaits_booked_service(const State& state);
// Which copy its next slip is. The first was printed when it was made; of one that was cancelled here there is none
// yet.
int next_slip(const State& state);

}  // namespace kiosk::visit
