// An appointment that somebody has already: found by the code on its receipt, shown, moved, cancelled, printed again.
#pragma once

#include "kiosk/visit/state.h"

namespace kiosk::visit {

// The code in what a scanner read: the address that our receipts' QR codes hold, or the code alone. Empty where it is
// neither: the world is full of other QR codes.
core::SecretText code_in_scan(const core::SecretText& scanned, const settings::Settings& settings);
// Whether the appointment that is shown can be moved or cancelled still.
bool may_be_changed(const State& state);

}  // namespace kiosk::visit
