// What the parts of the journal share. Private to promises/.
#pragma once

#include <cstdint>

#include "kiosk/core/clock.h"

namespace kiosk::promises {

inline std::int64_t to_ms(core::Instant instant) { return instant.time_since_epoch().count(); }
inline core::Instant from_ms(std::int64_t ms) { return core::Instant(core::Milliseconds(ms)); }

}  // namespace kiosk::promises
