// From a service to a confirmed appointment: office → time → details → check → done, and what becomes of a hold.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/visit/turn.h"

namespace kiosk::visit {
namespace {

using promises::BookingState;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

constexpr std::size_t kNearestOffered = 3;

const settings::BookingEntry* entry_of(const State& state) {
  for (const settings::BookingEntry& entry : state.settings->bookings) {
    if (entry.id == state.booking.target.backend) return &entry;
  }
  return nullptr;
}

// Says sorry in the name of the booking system, with its number where the site knows one, else the service's own.
void booking_sorry(Turn& turn, SorryReason reason) {
  State& state = turn.state;
  const settings::BookingEntry* entry = entry_of(state);
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

core::Date first_of_month(core::Date date) { return date.year() / date.month() / 1; }
core::Date last_of_month(core::Date month) {
  return core::Date(sys_days(month.year() / month.month() / std::chrono::last));
}
core::Date today(const State& state) { return directory::local_date(state.wall, state.settings->kiosk.time_zone); }

void load_calendar(Turn& turn) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  const core::Date first = std::max(flow.month_shown, today(state));
  turn.effect(
      LoadCalendar{turn.ask(flow.calendar), flow.target, flow.office_id, first, last_of_month(flow.month_shown)});
}

void open_calendar(Turn& turn, const std::string& office_id) {
  BookingFlow& flow = turn.state.booking;
  flow.office_id = office_id;
  flow.month_shown = first_of_month(today(turn.state));
  flow.day.reset();
  flow.slot.reset();
  flow.slot_lost = false;
  go_to(turn, Page::BookTime);
  load_calendar(turn);
}

// Gives back a hold that stands; one whose answer is still awaited is given back when it comes (HoldDone).
void release_hold(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  if (flow.hold.ready() && flow.hold.value.state == BookingState::Held && !flow.confirmation.ready()) {
    turn.effect(ReleaseHold{flow.hold.value.id});
  }
  flow.hold = {};
}

void add_question(BookingFlow& flow, promises::Need need, Field field) {
  if (need != promises::Need::Off) flow.questions.push_back(field);
}

void begin_questions(Turn& turn, const promises::DetailsForm& form) {
  BookingFlow& flow = turn.state.booking;
  flow.questions = {Field::Name};
  add_question(flow, form.email, Field::Email);
  add_question(flow, form.telephone, Field::Telephone);
  add_question(flow, form.custom.need, Field::Custom);
  add_question(flow, form.custom2.need, Field::Custom2);
  flow.question = 0;
}

bool is_required(const promises::DetailsForm& form, Field field) {
  switch (field) {
    case Field::Name:
      return true;
    case Field::Email:
      return form.email == promises::Need::Required;
    case Field::Telephone:
      return form.telephone == promises::Need::Required;
    case Field::Custom:
      return form.custom.need == promises::Need::Required;
    case Field::Custom2:
      return form.custom2.need == promises::Need::Required;
    default:
      return false;
  }
}

void show_question(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  turn.state.page_serial++;
  turn.state.field = flow.questions[flow.question];
}

// The free slots nearest in time to the one that was lost.
void offer_nearest(BookingFlow& flow) {
  flow.nearest.clear();
  if (!flow.slot) return;
  std::vector<promises::Slot> free = flow.calendar.value.slots;
  std::erase_if(free, [&](const promises::Slot& slot) { return slot == *flow.slot; });
  const auto distance = [&](const promises::Slot& slot) { return std::chrono::abs(slot.start - flow.slot->start); };
  std::stable_sort(free.begin(), free.end(),
                   [&](const promises::Slot& a, const promises::Slot& b) { return distance(a) < distance(b); });
  if (free.size() > kNearestOffered) free.resize(kNearestOffered);
  std::sort(free.begin(), free.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
  flow.nearest = std::move(free);
}

void slot_was_lost(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  flow.slot_lost = true;
  offer_nearest(flow);
  turn.state.page_serial++;
  load_calendar(turn);
}

// The booking system took exception to an answer: back to its question, with the reason. Error codes of the ZMS citizen
// API.
void answer_refused(Turn& turn, const std::string& code) {
  struct Refusal {
    std::string_view code;
    Field field;
    std::string_view key;
  };
  static constexpr Refusal kRefusals[] = {{"invalidFamilyName", Field::Name, "error.name_missing"},
                                          {"emailIsRequired", Field::Email, "error.email_missing"},
                                          {"invalidEmail", Field::Email, "error.email_invalid"},
                                          {"telephoneIsRequired", Field::Telephone, "error.telephone_missing"},
                                          {"invalidTelephone", Field::Telephone, "error.telephone_invalid"},
                                          {"invalidCustomTextfield", Field::Custom, "error.answer_missing"},
                                          {"invalidCustomTextfield2", Field::Custom2, "error.answer_missing"}};
  BookingFlow& flow = turn.state.booking;
  for (const Refusal& refusal : kRefusals) {
    const auto asked = std::find(flow.questions.begin(), flow.questions.end(), refusal.field);
    if (code != refusal.code || asked == flow.questions.end()) continue;
    flow.question = static_cast<std::size_t>(asked - flow.questions.begin());
    flow.changing = true;
    step_back(turn);
    if (turn.state.page != Page::BookDetails) replace_page(turn, Page::BookDetails);
    field_text(turn.state, refusal.field).error_key = refusal.key;
    return show_question(turn);
  }
  booking_sorry(turn, SorryReason::BookingRefused);
}

promises::Details details_of(const BookingFlow& flow) {
  return {flow.name.text, flow.email.text, flow.telephone.text, flow.custom.text, flow.custom2.text};
}

// History without the pages of the booking: Back must not lead into a form that is done.
void forget_way(State& state) {
  std::erase_if(state.history, [](Page page) { return is_booking_page(page); });
}

void return_to_service(Turn& turn) {
  forget_way(turn.state);
  step_back(turn);
}

// Onto the check page, or back to it where the resident came from there.
void to_check(Turn& turn) {
  turn.state.booking.changing = false;
  const auto& history = turn.state.history;
  if (!history.empty() && history.back() == Page::BookCheck) return step_back(turn);
  go_to(turn, Page::BookCheck);
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

bool is_own_fault(core::ErrorKind kind) {
  return kind == core::ErrorKind::Io || kind == core::ErrorKind::Full || kind == core::ErrorKind::Corrupt;
}

SorryReason reason_of(core::ErrorKind kind) {
  return is_own_fault(kind) ? SorryReason::JournalUnavailable : SorryReason::BookingUnavailable;
}

}  // namespace

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
  go_back(turn);
  if (turn.state.page == Page::BookDetails) {
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
  if (state.page != Page::BookDetails && state.page != Page::BookCheck && state.page != Page::BookTime) return;
  release_hold(turn);
  return_to_service(turn);
  booking_sorry(turn, SorryReason::HoldExpired);
}

void apply(Turn& turn, StartBooking&) {
  if (turn.state.service.ready() && turn.state.service.value.service.booking) begin_booking(turn);
}

void apply(Turn& turn, OfferLoaded& event) {
  State& state = turn.state;
  if (!take(state.booking.offer, event) || state.page != Page::BookOffice) return;
  if (state.booking.offer.failed()) {
    return_to_service(turn);
    return booking_sorry(turn, SorryReason::BookingUnavailable);
  }
  const auto& offices = state.booking.offer.value.offices;
  if (offices.empty()) {
    return_to_service(turn);
    return booking_sorry(turn, SorryReason::BookingClosed);
  }
  if (offices.size() == 1) {
    open_calendar(turn, offices.front().id);
    state.history.pop_back();  // nothing to choose there: Back leads to the service
  }
}

void apply(Turn& turn, ChooseOffice& event) {
  if (turn.state.page != Page::BookOffice || !turn.state.booking.offer.ready()) return;
  if (event.office_id != turn.state.booking.office_id) {
    release_hold(turn);
    turn.state.booking.questions.clear();  // each office asks its own
  }
  open_calendar(turn, event.office_id);
}

void apply(Turn& turn, ShowMonth& event) {
  BookingFlow& flow = turn.state.booking;
  const core::Date next = first_of_month(core::Date(flow.month_shown + months(event.delta)));
  if (next < first_of_month(today(turn.state)) || sys_days(next) > sys_days(today(turn.state)) + days(364)) return;
  flow.month_shown = next;
  flow.day.reset();
  load_calendar(turn);
}

void apply(Turn& turn, CalendarLoaded& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (!take(flow.calendar, event)) return;
  if (flow.calendar.failed()) {
    if (state.page == Page::BookTime) booking_sorry(turn, SorryReason::BookingUnavailable);
    return;
  }
  if (flow.slot_lost) return offer_nearest(flow);
  // An empty month with free days later: show those at once, so that nobody has to leaf for them.
  const std::optional<core::Date> next = flow.calendar.value.next_bookable;
  const bool first_look = !flow.day && flow.month_shown == first_of_month(today(state));
  if (flow.calendar.value.slots.empty() && first_look && next && first_of_month(*next) > flow.month_shown) {
    flow.month_shown = first_of_month(*next);
    load_calendar(turn);
  }
}

void apply(Turn& turn, ChooseDay& event) { turn.state.booking.day = event.day; }

void apply(Turn& turn, ChooseSlot& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (state.page != Page::BookTime || flow.hold.loading()) return;
  if (flow.hold.ready() && flow.slot == event.slot && flow.hold.value.state == BookingState::Held) {
    if (flow.changing) return to_check(turn);
    go_to(turn, Page::BookDetails);
    return show_question(turn);
  }
  release_hold(turn);
  flow.slot = event.slot;
  flow.slot_lost = false;
  flow.nearest.clear();
  turn.effect(HoldSlot{turn.ask(flow.hold), flow.offer.value, event.slot});
}

void apply(Turn& turn, HoldDone& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  const bool stale = !flow.hold.loading() || event.ticket != flow.hold.ticket;
  if (stale) {  // nobody waits for it any more
    if (event.result.ok() && event.result->state == BookingState::Held) turn.effect(ReleaseHold{event.result->id});
    return;
  }
  take(flow.hold, event);
  if (flow.hold.ready() && flow.hold.value.state == BookingState::Held) {
    const bool asked_before = !flow.questions.empty();
    const promises::Office* office = chosen_office(state);
    if (!asked_before) begin_questions(turn, office ? office->form : promises::DetailsForm{});
    if (flow.changing) return to_check(turn);
    go_to(turn, Page::BookDetails);
    flow.question = 0;
    return show_question(turn);
  }
  const std::optional<core::ErrorKind> error = flow.hold.error;
  flow.hold = {};
  if (error == core::ErrorKind::NotFound || error == core::ErrorKind::Refused || !error) return slot_was_lost(turn);
  if (error == core::ErrorKind::Cancelled) return;
  booking_sorry(turn, reason_of(*error));
}

void submit_details(Turn& turn) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (state.page != Page::BookDetails || flow.question >= flow.questions.size()) return;
  const Field field = flow.questions[flow.question];
  const promises::Office* office = chosen_office(state);
  FieldText& answer = field_text(state, field);
  answer.error_key =
      fault_of(field, answer.text.reveal(), is_required(office ? office->form : promises::DetailsForm{}, field));
  if (!answer.error_key.empty()) {
    state.page_serial++;  // the fault is said at the top, and focus goes there
    return;
  }
  answer.text.assign(std::string(core::trim(answer.text.reveal())));
  if (flow.changing || flow.question + 1 == flow.questions.size()) {
    return to_check(turn);
  }
  flow.question++;
  show_question(turn);
}

void apply(Turn& turn, ContinueDetails&) { submit_details(turn); }

void apply(Turn& turn, ChangeAnswer& event) {
  BookingFlow& flow = turn.state.booking;
  const auto found = std::find(flow.questions.begin(), flow.questions.end(), event.field);
  if (turn.state.page != Page::BookCheck || found == flow.questions.end() || flow.confirmation.loading()) return;
  flow.question = static_cast<std::size_t>(found - flow.questions.begin());
  flow.changing = true;
  go_back(turn);
  if (turn.state.page != Page::BookDetails) replace_page(turn, Page::BookDetails);
  show_question(turn);
}

void apply(Turn& turn, ChangeTime&) {
  BookingFlow& flow = turn.state.booking;
  if (turn.state.page != Page::BookCheck || flow.confirmation.loading()) return;
  flow.changing = true;
  go_to(turn, Page::BookTime);
}

void apply(Turn& turn, ConfirmBooking&) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (state.page != Page::BookCheck || !flow.hold.ready() || flow.confirmation.loading()) return;
  turn.effect(
      SendConfirmation{turn.ask(flow.confirmation), flow.hold.value.id, details_of(flow), state.preferences.language});
}

void apply(Turn& turn, ConfirmDone& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (!flow.confirmation.loading() || event.ticket != flow.confirmation.ticket) return;
  flow.confirmation.error.reset();
  state.last_touch = state.now;  // the wait was ours, not the resident's
  if (!event.result.ok()) {      // nothing took effect: the hold stands
    flow.confirmation = {};
    const core::Error& error = event.result.error();
    if (error.kind == core::ErrorKind::Invalid) return answer_refused(turn, error.what);
    return booking_sorry(turn, reason_of(error.kind));
  }
  flow.confirmation.status = Load<promises::Booking>::Status::Ready;
  flow.confirmation.value = event.result->booking;
  switch (flow.confirmation.value.state) {
    case BookingState::Confirmed:
      forget_way(state);
      flow.qr = std::move(event.result->qr);
      replace_page(turn, Page::BookDone);
      break;
    case BookingState::Refused:
    case BookingState::Released:
      flow.hold = {};
      return_to_service(turn);
      booking_sorry(turn, SorryReason::BookingRefused);
      break;
    default:
      flow.hold = {};
      return_to_service(turn);
      booking_sorry(turn, SorryReason::BookingUnknown);
  }
}

void apply(Turn& turn, PrintReceipt& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (!flow.confirmation.ready() || flow.print == PrintState::Printing) return;
  flow.print = PrintState::Printing;
  flow.copies++;
  turn.effect(PrintBooking{state.visit, flow.confirmation.value, state.service.value.service,
                           state.preferences.language, event.large, flow.copies});
}

void apply(Turn& turn, PrintDone& event) {
  State& state = turn.state;
  if (event.visit != state.visit) return;
  if (event.from == Page::Service) {
    state.service_print = event.outcome;
    return;
  }
  state.booking.print = event.outcome;
  // No paper: the code goes onto the screen at once, large enough for any phone.
  if (event.outcome == PrintState::Failed && state.page == Page::BookDone) go_to(turn, Page::LargeQr);
}

void apply(Turn& turn, ShowLargeQr&) { go_to(turn, Page::LargeQr); }

void apply(Turn& turn, TryAgain&) {
  State& state = turn.state;
  if (state.page != Page::Sorry) return;
  step_back(turn);
  if (state.page == Page::BookTime) return load_calendar(turn);
  if (state.page == Page::Service && state.service.ready() && state.service.value.service.booking) begin_booking(turn);
}

void apply(Turn& turn, CancelWaiting&) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (flow.confirmation.loading()) return;  // what was sent can't be called back; its answer has a deadline
  turn.effect(CancelRequests{});
  if (flow.hold.loading()) {
    flow.hold = {};
    return;
  }
  if (flow.offer.loading() || flow.calendar.loading()) go_back(turn);
}

}  // namespace kiosk::visit
