// An appointment as it can be shown to whoever has its code.
#pragma once

#include "kiosk/promises/booking.h"

namespace kiosk::promises {

struct Managed {
  Booking booking;
  bool as_of_now = false;  // the back end was asked and answered; false: as this kiosk knew it last
  Details details;         // of the person who comes, where the back end tells: to be kept when it is moved
};

}  // namespace kiosk::promises
