// Giving back what is not wanted any more, and finding out what became of what was left open.
#include <algorithm>

#include "kiosk/core/log.h"
#include "kiosk/promises/booking_desk.h"
#include "kiosk/promises/desk_parts.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;
using work::CancelToken;

namespace {

// Handles are of use until the appointment is over; a day later all clocks agree that it is.
constexpr core::Milliseconds kHandleLife = std::chrono::hours(24);
constexpr core::Milliseconds kLapseGrace = std::chrono::minutes(5);
constexpr core::Milliseconds kStillUnderWay = std::chrono::minutes(2);

// Asking again soon would only make it worse, or hold up whoever waits for the same back end.
bool is_away(const Booking& after) {
  return after.problem.starts_with("rate_limited") || after.problem.starts_with("unavailable") ||
         after.problem.starts_with("timeout") || after.problem.starts_with("interrupted");
}

}  // namespace

Result<Booking> BookingDesk::release(const std::string& booking_id, CancelToken cancel) {
  KIOSK_TRY(Booking booking, journal_.find(booking_id));
  in_hand_.erase(booking.id);
  switch (booking.state) {
    case BookingState::Drafted:
      KIOSK_CHECK(close(booking, BookingState::Released, "never sent"));
      return booking;
    case BookingState::Holding:  // nobody has the key: it lapses
    case BookingState::Refused:
    case BookingState::Released:
    case BookingState::Cancelled:
      return booking;
    case BookingState::Confirming:
    case BookingState::Unknown:
      return make_error(ErrorKind::Invalid, "its outcome is not known yet", booking_id);
    case BookingState::Held:
    case BookingState::Confirmed:
      break;
  }
  if (booking.state == BookingState::Confirmed && !booking.giving_up) {
    KIOSK_TRY(const std::optional<Booking> moved, open_move(booking_id));
    if (moved) return make_error(ErrorKind::Invalid, "whether it was moved is not known yet", booking_id);
  }
  if (!booking.giving_up) {
    booking.giving_up = true;
    KIOSK_CHECK(record(booking, booking.state, "giving up"));
  }
  return give_up(std::move(booking), cancel);
}

Result<Booking> BookingDesk::release_hold(const std::string& booking_id, CancelToken cancel) {
  KIOSK_TRY(Booking booking, journal_.find(booking_id));
  if (booking.state == BookingState::Held || booking.state == BookingState::Drafted) return release(booking_id, cancel);
  return booking;
}

// Of a booking that is Held or Confirmed and journalled as giving_up.
Result<Booking> BookingDesk::give_up(Booking booking, CancelToken cancel) {
  KIOSK_TRY(BookingBackend * system, backend(booking.target.backend));
  const BookingState end = booking.state == BookingState::Confirmed ? BookingState::Cancelled : BookingState::Released;
  const Result<Handle> handle = journal_.handle(booking.id);
  if (!handle.ok()) {
    KIOSK_CHECK(close(booking, booking.state == BookingState::Held ? end : booking.state, "its key is gone"));
    return booking;
  }
  const Status cancelled = system->cancel(*handle, cancel);
  if (cancelled.ok() || cancelled.error().kind == ErrorKind::NotFound) {
    KIOSK_CHECK(close(booking, end, cancelled.ok() ? "" : "it was gone already"));
    return booking;
  }
  const bool definite = is_definite_no(cancelled.error());
  if (definite && booking.state == BookingState::Confirmed) {
    KIOSK_CHECK(close(booking, BookingState::Confirmed, problem_of(cancelled.error())));
    return cancelled.error();
  }
  const bool lapsed = booking.hold_until && clock_.now() > *booking.hold_until + kLapseGrace;
  if (booking.state == BookingState::Held && (definite || lapsed)) {
    KIOSK_CHECK(close(booking, BookingState::Released, "left to lapse: " + problem_of(cancelled.error())));
    return booking;
  }
  // Not heard, or heard and not answered: cancelling again does no harm, and recover() will.
  KIOSK_CHECK(record(booking, booking.state, problem_of(cancelled.error())));
  return booking;
}

Result<Booking> BookingDesk::resolve(const std::string& booking_id, CancelToken cancel) {
  KIOSK_TRY(Booking booking, journal_.find(booking_id));
  if (booking.state != BookingState::Unknown && booking.state != BookingState::Confirming) return booking;
  const bool fresh = clock_.now() - booking.changed < kStillUnderWay && clock_.now() >= booking.changed;
  if (booking.state == BookingState::Confirming && fresh) return booking;
  return resolve_now(std::move(booking), cancel);
}

bool BookingDesk::earlier_stands(const Booking& booking) {
  if (booking.replaces.empty()) return false;
  const Result<Booking> earlier = journal_.find(booking.replaces);
  return !earlier.ok() || earlier->state != BookingState::Cancelled;
}

// The one that is to stand in place of this one, while nobody knows whether it does.
Result<std::optional<Booking>> BookingDesk::open_move(const std::string& booking_id) {
  KIOSK_TRY(std::vector<Booking> instead, journal_.replacements(booking_id));
  for (Booking& each : instead) {
    if (is_open(each.state)) return std::optional<Booking>(std::move(each));
  }
  return std::optional<Booking>();
}

Result<Managed> BookingDesk::look(const std::string& booking_id, CancelToken cancel) {
  KIOSK_TRY(std::optional<Booking> moved, open_move(booking_id));
  if (moved) {
    KIOSK_TRY(Managed instead, look_at(std::move(*moved), cancel));
    const BookingState found = instead.booking.state;
    if (found == BookingState::Confirmed || found == BookingState::Confirming || found == BookingState::Unknown) {
      return instead;
    }
  }
  KIOSK_TRY(Booking booking, journal_.find(booking_id));
  return look_at(std::move(booking), cancel);
}

Result<Managed> BookingDesk::look_at(Booking booking, CancelToken cancel) {
  const Result<Handle> handle = journal_.handle(booking.id);
  if (!handle.ok()) return Managed{std::move(booking), false, {}};  // over, or cancelled: nothing to ask for
  if (booking.state != BookingState::Confirmed) {
    KIOSK_TRY(booking, resolve(booking.id, cancel));
    const bool just_read = booking.state == BookingState::Confirmed;
    return Managed{std::move(booking), just_read, {}};
  }
  KIOSK_TRY(BookingBackend * system, backend(booking.target.backend));
  Result<RemoteBooking> remote = system->read(booking, *handle, cancel);
  if (!remote.ok() || remote->state == RemoteState::Reserved) return Managed{std::move(booking), false, {}};
  // Books may drop what is over: that is no cancellation.
  if (remote->state == RemoteState::Gone && booking.slot.start <= clock_.now()) {
    return Managed{std::move(booking), false, {}};
  }
  if (remote->state == RemoteState::Gone) {
    KIOSK_CHECK(close(booking, BookingState::Cancelled, "cancelled elsewhere"));
    return Managed{std::move(booking), true, std::move(remote->details)};
  }
  const Slot known = booking.slot;
  const bool told = take_slot(booking, remote->slot);
  if (booking.slot != known) note(booking, booking.state, {});  // the line of history before this one says why
  return Managed{std::move(booking), told, std::move(remote->details)};
}

// Of a booking that is Unknown or Confirming, with nobody at it.
Result<Booking> BookingDesk::resolve_now(Booking booking, CancelToken cancel) {
  KIOSK_TRY(BookingBackend * system, backend(booking.target.backend));
  KIOSK_TRY(const Handle handle, journal_.handle(booking.id));
  const Result<RemoteBooking> remote = system->read(booking, handle, cancel);
  if (!remote.ok()) {
    KIOSK_CHECK(record(booking, BookingState::Unknown, problem_of(remote.error())));
    return booking;
  }
  const bool settled = settle(booking, *remote);
  cancel_replaced(booking, cancel);
  if (settled) return booking;
  // It was never confirmed, and nobody waits for it: the slot is somebody else's again.
  booking.giving_up = true;
  KIOSK_CHECK(record(booking, BookingState::Held, "the confirmation did not arrive"));
  in_hand_.erase(booking.id);
  return give_up(std::move(booking), cancel);
}

Result<Booking> BookingDesk::recover_one(Booking booking, CancelToken cancel) {
  switch (booking.state) {
    case BookingState::Drafted:
      KIOSK_CHECK(close(booking, BookingState::Released, "never sent"));
      return booking;
    case BookingState::Holding:
      // A clock that was set back must not keep it for ever.
      if (booking.hold_until && clock_.now() < *booking.hold_until &&
          *booking.hold_until - clock_.now() <= options_.lost_hold_life) {
        return booking;
      }
      KIOSK_CHECK(close(booking, BookingState::Released, "the hold has lapsed; its answer was lost"));
      return booking;
    case BookingState::Held:
    case BookingState::Confirmed:
      booking.giving_up = true;
      KIOSK_CHECK(record(booking, booking.state, "giving up"));
      return give_up(std::move(booking), cancel);
    case BookingState::Confirming:
    case BookingState::Unknown:
      return resolve_now(std::move(booking), cancel);
    case BookingState::Refused:
    case BookingState::Released:
    case BookingState::Cancelled:
      return booking;
  }
  return booking;
}

// Only a hold can be a resident's still: everything else is done with, one way or another, when its call returns.
bool BookingDesk::is_in_hand(const Booking& booking) const {
  const bool lapsed = booking.hold_until && clock_.now() > *booking.hold_until + kLapseGrace;
  return booking.state == BookingState::Held && !lapsed && in_hand_.contains(booking.id);
}

bool BookingDesk::is_closed(const std::string& backend) const {
  return options_.closed_for && options_.closed_for(backend) > core::Milliseconds(0);
}

Status BookingDesk::put_off(const std::string& booking_id, const Journal::Tries& tries) {
  const core::Milliseconds pause = options_.recover_pace * (std::int64_t{1} << std::min(tries.count, 10));
  return journal_.set_tries(booking_id, {tries.count + 1, clock_.now() + std::min(pause, kLongestPause)});
}

// Those that are this desk's to look after, oldest first.
Result<std::vector<Booking>> BookingDesk::own_open() {
  KIOSK_TRY(std::vector<Booking> open, journal_.open_bookings());
  std::erase_if(open, [this](const Booking& booking) { return !backends_.contains(booking.target.backend); });
  return open;
}

Result<std::size_t> BookingDesk::recover(CancelToken cancel) {
  KIOSK_TRY(const std::vector<Booking> open, own_open());
  std::set<std::string> away;  // back ends that don't answer now: not asked for each booking
  for (const Booking& listed : open) {
    KIOSK_CHECK(cancel.check());
    KIOSK_TRY(const Booking booking, journal_.find(listed.id));  // a step of another one may have closed it
    if (is_in_hand(booking) || !(is_open(booking.state) || booking.giving_up)) continue;
    const bool asks = booking.state != BookingState::Drafted && booking.state != BookingState::Holding;
    KIOSK_TRY(const Journal::Tries tries, journal_.tries(booking.id));
    const bool waits = wait_until(tries.next, clock_.now()) > core::Milliseconds(0) ||
                       away.contains(booking.target.backend) || is_closed(booking.target.backend);
    if (asks && waits) continue;
    const Result<Booking> after = recover_one(booking, cancel);
    if (!after.ok() && after.error().kind == ErrorKind::Refused) continue;  // too late to cancel: it stays as it is
    if (after.ok() && !is_open(after->state) && !after->giving_up) continue;
    if (!after.ok()) core::log_warning("promises.not_recovered", {{"booking", booking.id}, {"error", after.error()}});
    if (after.ok() && is_away(*after)) away.insert(booking.target.backend);
    if (asks) KIOSK_CHECK(put_off(booking.id, tries));
  }
  KIOSK_TRY([[maybe_unused]] const std::size_t erased, journal_.erase_handles(kHandleLife));
  const bool log_is_empty = journal_.finish_erasing();
  KIOSK_TRY(const std::vector<Booking> left,
            own_open());  // one may have been replaced meanwhile, and be to be cancelled
  return left.size() + (log_is_empty ? 0 : 1);
}

}  // namespace kiosk::promises
