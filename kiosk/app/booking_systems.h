// The journal, and the desk with an adapter for each booking system that the site configures.
#pragma once

#include <memory>
#include <vector>

#include "kiosk/app/places_on_disk.h"
#include "kiosk/net/http.h"
#include "kiosk/promises/booking_desk.h"
#include "kiosk/promises/code_lookup.h"
#include "kiosk/promises/journal.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

// One thread at a time: the promises worker in civic-kiosk, the main thread in kioskctl.
class BookingSystems {
 public:
  // Corrupt: kiosk.db is damaged; it is left as it is. Then the kiosk makes no promises.
  static core::Result<std::unique_ptr<BookingSystems>> open(const DataFiles& files, const settings::Settings& settings,
                                                            const core::Clock& clock);
  ~BookingSystems();
  BookingSystems(const BookingSystems&) = delete;
  BookingSystems& operator=(const BookingSystems&) = delete;

  promises::BookingDesk& desk() { return *desk_; }
  promises::CodeLookup& lookup() { return *lookup_; }
  promises::Journal& journal() { return *journal_; }

 private:
  // One system's way to the network: its own client, breaker and retries, so that none spoils another's.
  struct Line;
  explicit BookingSystems(std::unique_ptr<promises::Journal> journal);
  std::unique_ptr<promises::Journal> journal_;
  std::vector<std::unique_ptr<Line>> lines_;
  std::unique_ptr<promises::BookingDesk> desk_;
  std::unique_ptr<promises::CodeLookup> lookup_;
};

}  // namespace kiosk::app
