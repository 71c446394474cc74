// A booking as a whole: its beginning, Back, its end, and what goes wrong on the way.
#include "kiosk/visit/booking.h"

#include <algorithm>

namespace kiosk::visit {
namespace {

using promises::BookingState;

bool is_own_fault(core::ErrorKind kind) {
  return kind == core::ErrorKind::Io || kind == core::ErrorKind::Full || kind == core::ErrorKind::Corrupt;
}

}  // namespace

// History without the pages of the booking: Back must not lead into a form that is done.
void forget_way(State& state) {
  std::erase_if(state.history, [](Page page) { return is_booking_page(page); });
}

// Says sorry in the name of the booking system, with its number where the site knows one, else the service's own.
void booking_sorry(Turn& turn, SorryReason reason) {
  State& state = turn.state;
  const settings::BookingEntry* entry = settings::booking_entry(*state.settings, state.booking.target.backend);
  const directory::Service& service = state.service.value.service;
  if (entry && !entry->phone.empty()) return sorry(turn, reason, entry->name, entry->phone, entry->hours);
  if (!service.phones.empty()) return sorry(turn, reason, service.organisation.name, service.phones.front().number, {});
  sorry(turn, reason);
}

const promises::Office* chosen_office(const State& state) {
  for (const promises::Office& office : state.booking.offer.value.offices) {
    if (office.id == state.booking.office_id) return &office;
  }
  return nullptr;
}

void return_to_service(Turn& turn) {
  forget_way(turn.state);
  step_back(turn);
}

SorryReason reason_of(core::ErrorKind kind) {
  return is_own_fault(kind) ? SorryReason::JournalUnavailable : SorryReason::BookingUnavailable;
}

// What was typed outlives a booking that has to begin anew, as long as it is for the same service.
void begin_booking(Turn& turn) {
  State& state = turn.state;
  const directory::Service& service = state.service.value.service;
  BookingFlow fresh;
  if (state.booking.service == service.key) {
    BookingFlow& old = state.booking;
    fresh.name.text = old.name.text;
    fresh.email.text = old.email.text;
    fresh.telephone.text = old.telephone.text;
    fresh.custom.text = old.custom.text;
    fresh.custom2.text = old.custom2.text;
  }
  release_hold(turn);
  state.booking = std::move(fresh);
  state.booking.service = service.key;
  state.booking.target = {service.booking->backend, service.booking->service_id};
  if (!state.journal_available) return booking_sorry(turn, SorryReason::JournalUnavailable);
  turn.effect(LoadOffer{turn.ask(state.booking.offer), state.booking.target});
  go_to(turn, Page::BookOffice);
}

namespace {

void carry(FieldText& field, const core::SecretText& text) {
  field.text = text;
  field.carried = !text.empty();
}

}  // namespace

void begin_move(Turn& turn, const promises::Managed& appointment) {
  State& state = turn.state;
  release_hold(turn);
  BookingFlow fresh;
  fresh.replaces = appointment.booking;
  fresh.target = appointment.booking.target;
  carry(fresh.name, appointment.details.name);
  carry(fresh.email, appointment.details.email);
  carry(fresh.telephone, appointment.details.telephone);
  carry(fresh.custom, appointment.details.custom);
  carry(fresh.custom2, appointment.details.custom2);
  state.booking = std::move(fresh);
  state.service = {};  // of another question
  turn.effect(LoadOffer{turn.ask(state.booking.offer), state.booking.target});
  go_to(turn, Page::BookOffice);
}

void abandon_booking(Turn& turn) {
  release_hold(turn);
  turn.state.booking = {};
}

void leave_booking(Turn& turn) {
  State& state = turn.state;
  abandon_booking(turn);
  if (!is_booking_page(state.page) && state.page != Page::Sorry) return;
  forget_way(state);
  step_back(turn);
}

void booking_back(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  if (turn.state.page == Page::BookDone || flow.confirmation.loading()) return;
  if (turn.state.page == Page::BookDetails && !flow.changing && flow.question > 0) {
    flow.question--;
    return show_question(turn);
  }
  flow.changing = false;
  if (turn.state.page == Page::BookServices) cancel_services_offer(turn);
  if (flow.hold.loading()) flow.hold = {};  // it is given back when it comes
  go_back(turn);
  if (turn.state.page == Page::BookDetails && !flow.questions.empty()) {
    flow.question = flow.questions.size() - 1;
    show_question(turn);
  }
}

void expire_hold(Turn& turn) {
  State& state = turn.state;
  const promises::Booking& hold = state.booking.hold.value;
  const bool held = state.booking.hold.ready() && hold.state == BookingState::Held && hold.hold_until;
  if (!held || state.wall < *hold.hold_until || state.booking.confirmation.loading() ||
      state.booking.confirmation.ready())
    return;
  if (!is_booking_page(state.page) || state.page == Page::BookDone) return;
  release_hold(turn);
  return_to_service(turn);
  booking_sorry(turn, SorryReason::HoldExpired);
}

namespace {

// Where the appointment is that is being moved: it stays there unless somebody wants it elsewhere.
const promises::Office* replaced_office(const State& state) {
  if (!state.booking.replaces) return nullptr;
  for (const promises::Office& office : state.booking.offer.value.offices) {
    if (office.id == state.booking.replaces->office.id) return &office;
  }
  return nullptr;
}

}  // namespace

void apply(Turn& turn, StartBooking&) {
  if (turn.state.service.ready() && turn.state.service.value.service.booking) begin_booking(turn);
}

void apply(Turn& turn, OfferLoaded& event) {
  State& state = turn.state;
  if (!take(state.booking.offer, event)) return;
  if (state.page == Page::BookServices) return take_services_offer(turn);
  if (state.page != Page::BookOffice) return;
  if (state.booking.offer.failed()) {
    return_to_service(turn);
    return booking_sorry(turn, SorryReason::BookingUnavailable);
  }
  const auto& offices = state.booking.offer.value.offices;
  if (offices.empty()) {
    return_to_service(turn);
    return booking_sorry(turn, SorryReason::BookingClosed);
  }
  const promises::Office* same = replaced_office(state);
  if ((offices.size() == 1 && !can_choose_services(state.booking)) || same) {
    open_calendar(turn, same ? same->id : offices.front().id);
    state.history.pop_back();  // nothing to choose there: Back leads to the service
  }
}

void apply(Turn& turn, ChooseOffice& event) {
  State& state = turn.state;
  if (state.page != Page::BookOffice || !state.booking.offer.ready()) return;
  const bool from_check = !state.history.empty() && state.history.back() == Page::BookCheck;
  if (event.office_id != state.booking.office_id) {
    release_hold(turn);
    state.booking.questions.clear();  // each office asks its own
    state.booking.changing = false;
    if (from_check) forget_way(state);
  } else if (from_check) {
    return step_back(turn);  // nothing has changed
  }
  open_calendar(turn, event.office_id);
}

void apply(Turn& turn, TryAgain&) {
  State& state = turn.state;
  if (state.page != Page::Sorry) return;
  const bool report = is_report(state.sorry.reason);
  step_back(turn);
  if (report) return;  // at the page that sends, or that begins it
  if (state.page == Page::BookTime) return load_calendar(turn);
  if (state.page == Page::Service && state.service.ready() && state.service.value.service.booking) begin_booking(turn);
  if (state.page == Page::Managed && state.manage.found.ready()) begin_move(turn, state.manage.found.value);
}

void apply(Turn& turn, CancelWaiting&) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (flow.confirmation.loading()) return;  // what was sent can't be called back; its answer has a deadline
  if (is_report_page(state.page)) return cancel_report_waiting(turn);
  if (state.page == Page::BookServices) return cancel_services_offer(turn);
  turn.effect(CancelRequests{});
  flow.proof.reset();
  if (flow.hold.loading()) {
    flow.hold = {};
    return;
  }
  if (flow.day_times.loading()) {
    flow.day_times = {};
    flow.day.reset();
    return;
  }
  if (state.manage.found.loading()) state.manage.found = {};
  if (flow.offer.loading() || flow.calendar.loading()) go_back(turn);
}

}  // namespace kiosk::visit
