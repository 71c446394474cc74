// Where a promise stands, in words for staff: what happened, what happens next by itself, and what they can do.
#pragma once

#include <set>
#include <string>

#include "kiosk/promises/journal.h"

namespace kiosk::promises {

// What is known besides the promise itself.
struct Outlook {
  bool configured = true;  // its system is in the configuration
  Journal::Tries tries;
  bool content_kept = false;  // of a report: what the resident said is still there, sealed
};

struct PlainWords {
  std::string now;    // "Sent; the back end's number for it is 2024-118."
  std::string next;   // empty where nothing more happens by itself
  std::string staff;  // empty where there is nothing for staff to do
};

// Nothing personal is in them. Times are UTC.
PlainWords plain_words(const Booking& booking, const Outlook& outlook);
PlainWords plain_words(const Report& report, const Outlook& outlook);

}  // namespace kiosk::promises
