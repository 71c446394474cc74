// The desk where bookings are made: every step is in the journal before it is sent. Used on one worker at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "kiosk/promises/backend.h"
#include "kiosk/promises/journal.h"

namespace kiosk::promises {

class BookingDesk {
 public:
  // `backends` by their ids. `journal` outlives the desk. `random_bytes` fills codes and ids (injected for tests).
  BookingDesk(Journal& journal, std::map<std::string, std::shared_ptr<BookingBackend>> backends, const core::Clock& clock);

  core::Result<Offer> offer(const BookingTarget& target, work::CancelToken cancel);
  core::Result<Calendar> calendar(const BookingTarget& target, const std::vector<std::string>& office_ids, core::Date first,
                                  core::Date last, work::CancelToken cancel);
  // Journals a draft, then holds the slot. NotFound: the slot is gone (the draft is closed as Refused).
  core::Result<Booking> hold(const Offer& offer, const Slot& slot, work::CancelToken cancel);
  // Sends the details and confirms. The returned booking's state is Confirmed, Refused or Unknown; never guess from an
  // error: an error means that nothing was sent (or the journal failed), and the hold stands.
  core::Result<Booking> confirm(const std::string& booking_id, const Details& details, work::CancelToken cancel);
  // Gives a hold back, or cancels what was confirmed. Best effort: what cannot be sent now is tried again by recover().
  core::Result<Booking> release(const std::string& booking_id, work::CancelToken cancel);
  // Reads one Unknown booking back.
  core::Result<Booking> resolve(const std::string& booking_id, work::CancelToken cancel);
  // After a start and then on a schedule: resolves or releases every open booking whose visit is over. Returns how many
  // stay open.
  core::Result<std::size_t> recover(work::CancelToken cancel);

 private:
  Journal& journal_;
  std::map<std::string, std::shared_ptr<BookingBackend>> backends_;
  const core::Clock& clock_;
};

}  // namespace kiosk::promises
