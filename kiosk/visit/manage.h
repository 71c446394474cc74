// An appointment that somebody has already: found by the code on its receipt, shown, moved, cancelled, printed again.
#pragma once

#include "kiosk/visit/state.h"

namespace kiosk::visit {

// The code in what a scanner read: the address that our receipts' QR codes hold, or the code alone. Empty where it is
// neither: the world is full of other QR codes.
core::SecretText code_in_scan(const core::SecretText& scanned, const settings::Settings& settings);
// Whether the appointment that is shown can be moved or cancelled still.
bool may_be_changed(const State& state);
// Whether a slip would be true of it: one that is still being cancelled neither stands nor doesn't.
bool may_be_printed(const State& state);
// Which copy its next slip is. The first was printed when it was made; of one that was cancelled here there is none
// yet.
int next_slip(const State& state);

}  // namespace kiosk::visit
