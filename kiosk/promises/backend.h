// What every booking system can do for us. One adapter a system (zms.h, fhir.h). Blocking; each call has a deadline;
// used on a worker. No call retries by itself what may have taken effect.
#pragma once

#include "kiosk/core/result.h"
#include "kiosk/promises/booking.h"
#include "kiosk/work/cancel.h"

namespace kiosk::promises {

// The back end's handle of a hold or appointment; journalled before anything is confirmed, so it is what an unknown
// outcome is read back by. Where the back end names an appointment only when it makes it, `process_id` is an identifier
// of our own that it is to carry. `key` proves that it is ours: kept sealed; empty where the back end knows no such
// thing.
struct Handle {
  std::string process_id;
  core::SecretText key;
};

struct Hold {
  Handle handle;
  core::Instant until;
  std::string reference;  // to show to people
};

enum class RemoteState { Reserved, Confirmed, Gone };
struct RemoteBooking {
  RemoteState state = RemoteState::Gone;
  std::string reference;  // to show to people
  Slot slot;
  Details details = {};  // of the person who comes, as far as the back end tells
};

class BookingBackend {
 public:
  virtual ~BookingBackend() = default;
  // The offices that offer all of the target's services together. Errors: Unavailable/Timeout/Interrupted (not
  // reachable), Unsupported (not this kind of server), NotFound (no such service), Invalid (they can't be combined, or
  // so many of them).
  virtual core::Result<Offer> offer(const BookingTarget& target, work::CancelToken cancel) = 0;
  // Free slots of `office_ids` from `first` to `last` (at most 62 days), long enough for all of the target's services.
  virtual core::Result<Calendar> calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                          core::Date first, core::Date last, work::CancelToken cancel) = 0;
  // Holds the slot, or where the back end knows no holds, makes sure that it is free. NotFound: the slot is gone. Where
  // outcome_unknown() or Unsupported (an answer that can't be read), a hold may exist that nobody has the key of.
  virtual core::Result<Hold> reserve(const BookingTarget& target, const Slot& slot, work::CancelToken cancel) = 0;
  // Sends the details, or only checks them where they travel with the confirmation; may be sent again. Invalid: the
  // details; NotFound: no such hold any more; Refused: otherwise no. `what` is the back end's code.
  virtual core::Status update(const Handle& handle, const Details& details, work::CancelToken cancel) = 0;
  // An ok answer is Confirmed. NotFound and Refused mean that this request changed nothing, not that nothing is booked.
  // Invalid: the details, where they travel with it; nothing is booked.
  // May be sent again for the same handle once read() has found it not confirmed: an adapter sees to it that this
  // cannot make two of it.
  virtual core::Result<RemoteBooking> confirm(const Booking& booking, const Handle& handle, const Details& details,
                                              work::CancelToken cancel) = 0;
  // Gone only where the back end itself said so. Reserved: it may be confirmed still.
  virtual core::Result<RemoteBooking> read(const Booking& booking, const Handle& handle, work::CancelToken cancel) = 0;
  // Gives a hold back or cancels an appointment. NotFound: there is none any more. Refused: it can't be cancelled now.
  virtual core::Status cancel(const Handle& handle, work::CancelToken cancel) = 0;
};

}  // namespace kiosk::promises
