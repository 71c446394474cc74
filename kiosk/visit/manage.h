// An appointment that somebody has already: found by the code on its receipt, shown, moved, cancelled, printed again.
#pragma once

#include <string>

#include "kiosk/core/secret.h"
#include "kiosk/settings/settings.h"

namespace kiosk::visit {

// The code in what a scanner read: the address that our receipts' QR codes hold, or the code alone. Empty where it is
// neither: the world is full of other QR codes.
core::SecretText code_in_scan(const core::SecretText& scanned, const settings::Settings& settings);

}  // namespace kiosk::visit
