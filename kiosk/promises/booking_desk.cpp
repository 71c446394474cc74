#include "kiosk/promises/booking_desk.h"

#include <algorithm>
#include <utility>

#include "kiosk/core/log.h"
#include "kiosk/promises/desk_parts.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;
using work::CancelToken;

BookingDesk::BookingDesk(Journal& journal, std::map<std::string, std::shared_ptr<BookingBackend>> backends,
                         const core::Clock& clock, DeskOptions options)
    : journal_(journal), backends_(std::move(backends)), clock_(clock), options_(std::move(options)) {}

Result<BookingBackend*> BookingDesk::backend(const std::string& id) const {
  const auto found = backends_.find(id);
  if (found == backends_.end()) return make_error(ErrorKind::NotFound, "no such booking system is configured", id);
  return found->second.get();
}

Result<Offer> BookingDesk::offer(const BookingTarget& target, CancelToken cancel) {
  KIOSK_TRY(BookingBackend * system, backend(target.backend));
  return system->offer(target, cancel);
}

Result<Calendar> BookingDesk::calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                       core::Date first, core::Date last, CancelToken cancel) {
  KIOSK_TRY(BookingBackend * system, backend(target.backend));
  return system->calendar(target, office_ids, first, last, cancel);
}

Status BookingDesk::record(Booking& booking, BookingState state, std::string problem, const Handle* handle) {
  const BookingState from = std::exchange(booking.state, state);
  booking.problem = std::move(problem);
  KIOSK_CHECK(journal_.record(booking, from, handle));
  core::log_info("promises.step", {{"booking", booking.id}, {"state", to_string(state)}, {"problem", booking.problem}});
  return {};
}

void BookingDesk::note(Booking& booking, BookingState state, std::string problem) {
  Status written = record(booking, state, problem);
  if (!written.ok() && written.error().kind == ErrorKind::Refused) {
    Result<Booking> standing = journal_.find(booking.id);
    if (!standing.ok()) return;
    const bool left_open = standing->state == BookingState::Confirming || standing->state == BookingState::Unknown;
    if (!left_open || state != BookingState::Confirmed) {
      booking = std::move(*standing);
      return;
    }
    booking.state = standing->state;
    written = record(booking, state, std::move(problem));
  }
  if (written.ok()) return;
  core::log_error("promises.step_not_written", {{"booking", booking.id}, {"error", written.error()}});
}

Status BookingDesk::close(Booking& booking, BookingState state, std::string problem) {
  booking.giving_up = false;
  KIOSK_CHECK(record(booking, state, std::move(problem)));
  in_hand_.erase(booking.id);
  return {};
}

// Of a booking that is to be moved.
Status BookingDesk::check_replaced(const Offer& offer, const std::string& booking_id) {
  if (booking_id.empty()) return {};
  KIOSK_TRY(const Booking old, journal_.find(booking_id));
  if (old.state != BookingState::Confirmed || old.giving_up || old.target.backend != offer.target.backend) {
    return make_error(ErrorKind::Invalid, "there is no such appointment to be moved", booking_id);
  }
  return check_not_moved(booking_id);
}

// Two that stand in place of one would be two appointments.
Status BookingDesk::check_not_moved(const std::string& booking_id) {
  if (booking_id.empty()) return {};
  KIOSK_TRY(const std::vector<Booking> instead, journal_.replacements(booking_id));
  if (instead.empty()) return {};
  return make_error(ErrorKind::Invalid, "it is moved already, or may be", booking_id);
}

Result<Booking> BookingDesk::draft(const Offer& offer, const Office& office, const Slot& slot,
                                   const std::string& replaces, const std::string& of_record) {
  Booking booking;
  booking.replaces = replaces;
  booking.record = of_record;
  booking.id = random_id(options_.random);
  booking.code = core::make_check_code(options_.random);
  booking.target = offer.target;
  booking.service_name = visit_name(offer);
  booking.office = office;
  booking.slot = slot;
  Status added = journal_.add(booking);
  for (int i = 0; i < 8 && !added.ok() && added.error().kind == ErrorKind::Refused; i++) {
    booking.code = core::make_check_code(options_.random);  // 35 bits: another one has it already
    added = journal_.add(booking);
  }
  KIOSK_CHECK(std::move(added));
  return booking;
}

Result<Booking> BookingDesk::hold(const Offer& offer, const Slot& slot, CancelToken cancel, const std::string& replaces,
                                  const std::string& of_record) {
  KIOSK_TRY(BookingBackend * system, backend(offer.target.backend));
  const auto office = std::find_if(offer.offices.begin(), offer.offices.end(),
                                   [&](const Office& each) { return each.id == slot.office_id; });
  if (office == offer.offices.end()) return make_error(ErrorKind::Invalid, "no such office", slot.office_id);
  KIOSK_CHECK(check_replaced(offer, replaces));
  KIOSK_TRY(Booking booking, draft(offer, *office, slot, replaces, of_record));
  in_hand_.insert(booking.id);
  booking.hold_until = clock_.now() + options_.lost_hold_life;
  KIOSK_CHECK(record(booking, BookingState::Holding, {}));
  Result<Hold> hold = system->reserve(offer.target, slot, cancel);
  if (!hold.ok()) return hold_failed(std::move(booking), std::move(hold).error());
  booking.hold_until = hold->until;
  booking.reference = hold->reference;
  if (Status written = record(booking, BookingState::Held, {}, &hold->handle); !written.ok()) {
    // What can't be written down can't be kept: the hold must not stand without us.
    if (const Status cancelled = system->cancel(hold->handle, {}); !cancelled.ok()) {
      core::log_warning("promises.hold_left_to_lapse", {{"booking", booking.id}, {"error", cancelled.error()}});
    }
    return std::move(written).error();
  }
  return booking;
}

Result<Booking> BookingDesk::hold_failed(Booking booking, core::Error error) {
  if (is_open_question(error)) {
    // A hold may stand whose key nobody has. It lapses by itself; until then it is open, and staff can see it.
    in_hand_.erase(booking.id);
    KIOSK_CHECK(record(booking, BookingState::Holding, problem_of(error)));
    core::log_warning("promises.hold_answer_lost", {{"booking", booking.id}, {"error", error}});
  } else {
    const BookingState state = was_not_heard(error) ? BookingState::Released : BookingState::Refused;
    KIOSK_CHECK(close(booking, state, problem_of(error)));
  }
  return error;
}

Result<Booking> BookingDesk::confirm(const std::string& booking_id, const Details& details, CancelToken cancel) {
  KIOSK_TRY(Booking booking, journal_.find(booking_id));
  if (booking.state == BookingState::Confirmed) return booking;  // asked twice
  if (booking.state != BookingState::Held || booking.giving_up) {
    return make_error(ErrorKind::Invalid, "there is no hold to confirm", booking_id);
  }
  KIOSK_CHECK(check_not_moved(booking.replaces));
  KIOSK_TRY(const Handle handle, journal_.handle(booking_id));
  return send(std::move(booking), handle, details, cancel);
}

// Details, then confirmation. From here on the end is Confirmed, Refused, Unknown, or Held with an error.
Result<Booking> BookingDesk::send(Booking booking, const Handle& handle, const Details& details, CancelToken cancel) {
  KIOSK_TRY(BookingBackend * system, backend(booking.target.backend));
  KIOSK_CHECK(record(booking, BookingState::Confirming, {}));
  const auto failed = [&](core::Error error, bool stands) -> Result<Booking> {
    if (stands) {
      note(booking, BookingState::Held, problem_of(error));
      return error;
    }
    note(booking, BookingState::Unknown, problem_of(error));
    return read_back(std::move(booking), handle, details, std::move(error), cancel);
  };
  if (Status updated = system->update(handle, details, cancel); !updated.ok()) {
    core::Error error = std::move(updated).error();
    const bool stands = was_not_heard(error) || error.kind == ErrorKind::Invalid;
    return failed(std::move(error), stands);
  }
  KIOSK_CHECK(record(booking, BookingState::Confirming, "details taken"));
  Result<RemoteBooking> confirmed = system->confirm(booking, handle, details, cancel);
  if (!confirmed.ok()) {
    const bool stands = was_not_heard(confirmed.error()) || confirmed.error().kind == ErrorKind::Invalid;
    return failed(std::move(confirmed).error(), stands);
  }
  settle(booking, *confirmed);
  cancel_replaced(booking, cancel);
  return booking;
}

// The new one stands: the old one goes, now or by recover().
void BookingDesk::cancel_replaced(const Booking& booking, CancelToken cancel) {
  if (booking.state != BookingState::Confirmed || booking.replaces.empty()) return;
  if (const Result<Booking> old = release(booking.replaces, cancel); !old.ok()) {
    core::log_warning("promises.replaced_not_cancelled", {{"booking", booking.replaces}, {"error", old.error()}});
  }
}

// Takes over what the back end says. True where that ends the question.
bool BookingDesk::settle(Booking& booking, const RemoteBooking& remote) {
  switch (remote.state) {
    case RemoteState::Confirmed: {
      const BookingState before = booking.state;
      if (!remote.reference.empty()) booking.reference = remote.reference;
      booking.hold_until.reset();
      take_slot(booking, remote.slot);
      if (booking.state == before) note(booking, BookingState::Confirmed, {});
      in_hand_.erase(booking.id);
      return true;
    }
    case RemoteState::Gone:
      booking.giving_up = false;
      note(booking, BookingState::Refused, "the back end has no such appointment");
      in_hand_.erase(booking.id);
      return true;
    case RemoteState::Reserved:
      return false;
  }
  return false;
}

// Where the back end's books have another time than was held, theirs counts; a line of history tells staff of both.
// False where they have another office too, whose address nobody here knows.
bool BookingDesk::take_slot(Booking& booking, const Slot& remote) {
  if (remote.start == core::Instant{}) return true;  // it doesn't say
  const auto second = [](core::Instant instant) { return std::chrono::floor<std::chrono::seconds>(instant); };
  const bool same_time = second(remote.start) == second(booking.slot.start);
  const bool same_office = remote.office_id.empty() || remote.office_id == booking.slot.office_id;
  if (same_time && same_office) return true;
  const std::string theirs = core::to_iso8601(remote.start) + (same_office ? "" : ", at another office");
  const std::string ours = core::to_iso8601(booking.slot.start);
  core::log_warning("promises.other_slot", {{"booking", booking.id}, {"theirs", theirs}, {"ours", ours}});
  const bool to_be_settled = is_open(booking.state);
  if (!same_time) booking.slot.start = remote.start;
  if (!same_time && !remote.id.empty()) booking.slot.id = remote.id;
  if (!same_time || to_be_settled) note(booking, booking.state, "the back end has it at " + theirs + ", not " + ours);
  return same_office;
}

// The back end said no, and its books show no more than the hold, which nobody needs now. While the hold is not given
// back, a confirmation that was sent before may still arrive: the key is kept, and it is not said to be refused.
Result<Booking> BookingDesk::refused(Booking booking, const Handle& handle, const core::Error& why) {
  KIOSK_TRY(BookingBackend * system, backend(booking.target.backend));
  const Status cancelled = system->cancel(handle, {});
  if (!cancelled.ok() && cancelled.error().kind != ErrorKind::NotFound && !is_definite_no(cancelled.error())) {
    booking.giving_up = true;
    in_hand_.erase(booking.id);
    note(booking, BookingState::Held, problem_of(why) + "; not given back: " + problem_of(cancelled.error()));
    return booking;
  }
  if (!cancelled.ok()) {
    core::log_warning("promises.hold_left_to_lapse", {{"booking", booking.id}, {"error", cancelled.error()}});
  }
  KIOSK_CHECK(close(booking, BookingState::Refused, problem_of(why)));
  return booking;
}

Result<RemoteBooking> BookingDesk::resend(const Booking& booking, const Handle& handle, const Details& details,
                                          CancelToken cancel) {
  KIOSK_TRY(BookingBackend * system, backend(booking.target.backend));
  KIOSK_CHECK(system->update(handle, details, cancel));
  return system->confirm(booking, handle, details, cancel);
}

// Of one whose step could not be written.
Booking BookingDesk::as_journalled(Booking booking) {
  in_hand_.erase(booking.id);
  Result<Booking> standing = journal_.find(booking.id);
  if (standing.ok()) return std::move(*standing);
  booking.state = BookingState::Unknown;
  return booking;
}

// The answer was lost, or says no where a yes may have gone before: the back end's own books decide. A confirmation
// that didn't arrive is sent once more after each look: it is for the same hold, so nothing can be doubled. That step
// too is journalled before it is sent, so that no other program gives the hold back meanwhile (resolve()).
Result<Booking> BookingDesk::read_back(Booking booking, const Handle& handle, const Details& details, core::Error why,
                                       CancelToken cancel) {
  KIOSK_TRY(BookingBackend * system, backend(booking.target.backend));
  core::Milliseconds pace = options_.read_pace;
  for (int i = 0; i < options_.read_attempts && cancel.wait(pace); i++, pace *= 2) {
    const Result<RemoteBooking> remote = system->read(booking, handle, cancel);
    if (!remote.ok()) {
      if (remote.error().kind == ErrorKind::RateLimited) break;
      continue;
    }
    const bool settled = settle(booking, *remote);
    cancel_replaced(booking, cancel);
    if (settled) return booking;
    if (!is_open_question(why) && !was_not_heard(why)) return refused(std::move(booking), handle, why);
    if (const Status step = record(booking, BookingState::Confirming, "sent again"); !step.ok()) {
      core::log_warning("promises.not_sent_again", {{"booking", booking.id}, {"error", step.error()}});
      return as_journalled(std::move(booking));
    }
    Result<RemoteBooking> confirmed = resend(booking, handle, details, cancel);
    if (!confirmed.ok()) {
      why = std::move(confirmed).error();
      note(booking, BookingState::Unknown, problem_of(why));
      if (booking.state != BookingState::Unknown) return booking;
      continue;
    }
    settle(booking, *confirmed);
    cancel_replaced(booking, cancel);
    return booking;
  }
  in_hand_.erase(booking.id);  // recover() goes on with it
  core::log_warning("promises.outcome_unknown", {{"booking", booking.id}, {"problem", booking.problem}});
  return booking;
}

}  // namespace kiosk::promises
