// What every booking system can do for us. One adapter a system (zms.h). Blocking; each call has a deadline; used on
// a worker. No call retries by itself what may have taken effect.
#pragma once

#include "kiosk/core/result.h"
#include "kiosk/promises/booking.h"
#include "kiosk/work/cancel.h"

namespace kiosk::promises {

// The back end's handle of a hold or appointment. `key` proves that it is ours: kept sealed.
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
};

class BookingBackend {
 public:
  virtual ~BookingBackend() = default;
  // Errors: Unavailable/Timeout/Interrupted (not reachable), Unsupported (not this kind of server), NotFound (no such
  // service).
  virtual core::Result<Offer> offer(const std::string& service_id, work::CancelToken cancel) = 0;
  // Free slots of `office_ids` from `first` to `last` (at most 62 days).
  virtual core::Result<Calendar> calendar(const std::string& service_id, const std::vector<std::string>& office_ids,
                                          core::Date first, core::Date last, work::CancelToken cancel) = 0;
  // NotFound: the slot is gone. Where outcome_unknown() or Unsupported (an answer that can't be read), a hold may exist
  // that nobody has the key of.
  virtual core::Result<Hold> reserve(const std::string& service_id, const Slot& slot, work::CancelToken cancel) = 0;
  // Sends the details; may be sent again. Invalid: the details; NotFound: no such hold any more; Refused: otherwise no.
  // `what` is the back end's code.
  virtual core::Status update(const Handle& handle, const Details& details, work::CancelToken cancel) = 0;
  // An ok answer is Confirmed. NotFound and Refused mean that this request changed nothing, not that nothing is booked.
  virtual core::Result<RemoteBooking> confirm(const Handle& handle, work::CancelToken cancel) = 0;
  // Gone only where the back end itself said so.
  virtual core::Result<RemoteBooking> read(const Handle& handle, work::CancelToken cancel) = 0;
  // Gives a hold back or cancels an appointment. NotFound: there is none any more. Refused: it can't be cancelled now.
  virtual core::Status cancel(const Handle& handle, work::CancelToken cancel) = 0;
};

}  // namespace kiosk::promises
