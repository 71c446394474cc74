// The desk where bookings are made: every step is in the journal before it is sent, and nothing is said to be booked
// that the back end did not say.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "kiosk/core/check_code.h"
#include "kiosk/promises/backend.h"
#include "kiosk/promises/journal.h"
#include "kiosk/promises/managed.h"

namespace kiosk::promises {

struct DeskOptions {
  core::RandomBytes random = secure_random;  // fills codes and ids (injected for tests)
  // Reading back an outcome that is not known, while the resident waits.
  int read_attempts = 3;
  core::Milliseconds read_pace{1'000};  // before the first; doubles
  // Between tries of recover() for one booking; doubles up to an hour.
  core::Milliseconds recover_pace{30'000};
  // How long a hold may live whose answer was lost: the back end lets it lapse by itself.
  core::Milliseconds lost_hold_life{std::chrono::minutes(60)};
  // As ReportDeskOptions'.
  std::function<core::Milliseconds(const std::string& backend)> closed_for;
};

// Used on one worker at a time. Looks after the bookings of its own back ends alone.
class BookingDesk {
 public:
  // `backends` by their ids. `journal` and `clock` outlive the desk.
  BookingDesk(Journal& journal, std::map<std::string, std::shared_ptr<BookingBackend>> backends,
              const core::Clock& clock, DeskOptions options = {});

  core::Result<Offer> offer(const BookingTarget& target, work::CancelToken cancel);
  core::Result<Calendar> calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                  core::Date first, core::Date last, work::CancelToken cancel);
  // Journals a draft, then holds the slot. NotFound: the slot is gone (the draft is closed as Refused). Other errors:
  // no hold that could be used; one whose answer was lost stays journalled as Holding until the back end has let it
  // lapse.
  // `replaces`: id of a confirmed booking that is to be moved; it stays as it is until the new one is confirmed, and is
  // cancelled then (as by release()). Invalid: it isn't confirmed, is of another back end, or is moved already, or may
  // be: nobody knows yet what became of that move.
  // `of_record`: as Booking::record.
  core::Result<Booking> hold(const Offer& offer, const Slot& slot, work::CancelToken cancel,
                             const std::string& replaces = {}, const std::string& of_record = {});
  // Sends the details and confirms. The returned booking's state is Confirmed, Refused or Unknown, or Held and
  // giving_up where the back end said no but has not taken the hold back yet; or whatever another program made of it
  // meanwhile. Never guess from an error: an error means that nothing took effect (or the journal failed), and the hold
  // stands. Error Invalid: the back end refuses the details, its code in `what`; or what it replaces is moved already,
  // or may be.
  core::Result<Booking> confirm(const std::string& booking_id, const Details& details, work::CancelToken cancel);
  // Gives a hold back, or cancels what was confirmed. Best effort: what cannot be sent now is tried again by recover();
  // the booking says `giving_up` then. Error Refused: too late to cancel. Invalid: its outcome isn't known yet, or that
  // of a move of it.
  core::Result<Booking> release(const std::string& booking_id, work::CancelToken cancel);
  // As release(), for a hold that nobody waits for any more: what is more than a hold by now stays as it is.
  core::Result<Booking> release_hold(const std::string& booking_id, work::CancelToken cancel);
  // Reads one booking of unknown outcome back; what turns out to be a mere hold is given back. A confirmation that may
  // still be under way elsewhere (younger than two minutes) is left alone.
  core::Result<Booking> resolve(const std::string& booking_id, work::CancelToken cancel);
  // Reads an appointment back for whoever manages it. One that was cancelled elsewhere becomes Cancelled; where the
  // back end doesn't answer, it is told as it was known last. One that has another time in the back end's books has it
  // here too. Where it is being moved with an outcome that is not known, that is found out first, and the new one told
  // where it stands or may stand.
  core::Result<Managed> look(const std::string& booking_id, work::CancelToken cancel);
  // Whether the appointment that this one replaces is not cancelled yet; false where it replaces none.
  bool earlier_stands(const Booking& booking);
  // After a start and then on a schedule: resolves or releases every open booking whose visit is over, that is which
  // this desk doesn't hold for a resident just now. Returns how many of its back ends' stay open; one more while the
  // journal's log still holds what was erased.
  core::Result<std::size_t> recover(work::CancelToken cancel);

 private:
  core::Result<BookingBackend*> backend(const std::string& id) const;
  core::Result<Booking> draft(const Offer& offer, const Office& office, const Slot& slot, const std::string& replaces,
                              const std::string& of_record);
  core::Status check_replaced(const Offer& offer, const std::string& booking_id);
  core::Status check_not_moved(const std::string& booking_id);
  core::Result<std::optional<Booking>> open_move(const std::string& booking_id);
  void cancel_replaced(const Booking& booking, work::CancelToken cancel);
  core::Result<Booking> hold_failed(Booking booking, core::Error error);
  core::Result<Booking> send(Booking booking, const Handle& handle, const Details& details, work::CancelToken cancel);
  core::Result<Booking> read_back(Booking booking, const Handle& handle, const Details& details, core::Error why,
                                  work::CancelToken cancel);
  core::Result<RemoteBooking> resend(const Booking& booking, const Handle& handle, const Details& details,
                                     work::CancelToken cancel);
  Booking as_journalled(Booking booking);
  core::Result<Booking> refused(Booking booking, const Handle& handle, const core::Error& why);
  bool settle(Booking& booking, const RemoteBooking& remote);
  bool take_slot(Booking& booking, const Slot& remote);
  core::Result<Managed> look_at(Booking booking, work::CancelToken cancel);
  core::Result<Booking> resolve_now(Booking booking, work::CancelToken cancel);
  bool is_in_hand(const Booking& booking) const;
  bool is_closed(const std::string& backend) const;
  core::Result<std::vector<Booking>> own_open();
  core::Status put_off(const std::string& booking_id, const Journal::Tries& tries);
  core::Result<Booking> give_up(Booking booking, work::CancelToken cancel);
  core::Result<Booking> recover_one(Booking booking, work::CancelToken cancel);
  // From the state that the booking is in. Refused: another program took a step meanwhile.
  core::Status record(Booking& booking, BookingState state, std::string problem, const Handle* handle = nullptr);
  // For what is known already and must not be unsaid: a failing journal is logged, and recover() finds out again. Where
  // another program took a step meanwhile, that stands, unless it left open what is Confirmed.
  void note(Booking& booking, BookingState state, std::string problem);
  core::Status close(Booking& booking, BookingState state, std::string problem);

  Journal& journal_;
  std::map<std::string, std::shared_ptr<BookingBackend>> backends_;
  const core::Clock& clock_;
  DeskOptions options_;
  std::set<std::string> in_hand_;  // of the visit that goes on: not to be recovered
};

}  // namespace kiosk::promises
