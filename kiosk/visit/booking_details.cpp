// Who comes: questions, answers, the check page, the confirmation and its paper.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/visit/booking.h"

namespace kiosk::visit {
namespace {

using promises::BookingState;

void add_question(BookingFlow& flow, promises::Need need, Field field) {
  if (need != promises::Need::Off) flow.questions.push_back(field);
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

bool is_booked(const promises::Booking& booking) { return booking.state == BookingState::Confirmed; }

// A hold that is to be given back may still be confirmed by what is under way: only its end is one.
bool is_not_booked(const promises::Booking& booking) {
  return booking.state == BookingState::Refused || booking.state == BookingState::Released ||
         booking.state == BookingState::Cancelled;
}

void show_booked(Turn& turn, Confirmation&& confirmation) {
  State& state = turn.state;
  forget_way(state);
  state.booking.qr = std::move(confirmation.qr);
  state.booking.old_stands = confirmation.old_stands;
  replace_page(turn, Page::BookDone);
}

// Not booked, or not known: which appointment, is part of what is said.
void tell(Turn& turn, SorryReason reason) {
  State& state = turn.state;
  const promises::Booking& booking = state.booking.confirmation.value;
  state.booking.outcome.since = state.now;
  state.booking.outcome_asked = 0;
  booking_sorry(turn, reason);
  state.sorry.booking = booking;
}

}  // namespace

void begin_questions(Turn& turn, const promises::DetailsForm& form) {
  BookingFlow& flow = turn.state.booking;
  flow.questions = {Field::Name};
  add_question(flow, form.email, Field::Email);
  add_question(flow, form.telephone, Field::Telephone);
  add_question(flow, form.custom.need, Field::Custom);
  add_question(flow, form.custom2.need, Field::Custom2);
  flow.question = 0;
  if (all_answered(turn.state)) return;
  // Something has to be asked: then all of it is, from nothing, as what is known already is shown to nobody.
  for (FieldText* answer : {&flow.name, &flow.email, &flow.telephone, &flow.custom, &flow.custom2}) {
    if (answer->carried) *answer = {};
  }
}

bool all_answered(const State& state) {
  const promises::Office* office = chosen_office(state);
  if (!office) return false;
  const auto& questions = state.booking.questions;
  return std::all_of(questions.begin(), questions.end(), [&](Field field) {
    return fault_of(field, field_text(state, field).text.reveal(), is_required(office->form, field)).empty();
  });
}

void show_question(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  turn.state.page_serial++;
  turn.state.field = flow.questions[flow.question];
}

// Onto the check page, or back to it where the resident came from there.
void to_check(Turn& turn) {
  turn.state.booking.changing = false;
  const auto& history = turn.state.history;
  if (!history.empty() && history.back() == Page::BookCheck) return step_back(turn);
  go_to(turn, Page::BookCheck);
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
  FieldText& answer = field_text(turn.state, event.field);
  if (answer.carried) answer = {};  // another answer is typed from nothing
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

// Back leads to the check page as it was; another office begins the way anew, with what was typed.
void apply(Turn& turn, ChangeOffice&) {
  BookingFlow& flow = turn.state.booking;
  if (turn.state.page != Page::BookCheck || flow.offer.value.offices.size() < 2 || flow.confirmation.loading()) return;
  go_to(turn, Page::BookOffice);
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
  if (is_booked(flow.confirmation.value)) return show_booked(turn, std::move(*event.result));
  flow.hold = {};
  return_to_service(turn);
  tell(turn, is_not_booked(flow.confirmation.value) ? SorryReason::BookingRefused : SorryReason::BookingUnknown);
}

std::optional<core::Milliseconds> next_outcome_question(const State& state) {
  const BookingFlow& flow = state.booking;
  const bool waits = state.page == Page::Sorry && state.sorry.reason == SorryReason::BookingUnknown;
  if (!waits || !flow.confirmation.ready() || flow.outcome.loading()) return std::nullopt;
  return next_asking(flow.outcome.since, flow.outcome_asked);
}

void ask_for_outcome(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  const std::optional<core::Milliseconds> due = next_outcome_question(turn.state);
  if (!due || turn.state.now < *due) return;
  flow.outcome_asked++;
  turn.effect(FindOutcome{turn.ask(flow.outcome), flow.confirmation.value.id});
}

// The page that said "we do not know yet" says what has become of it. Another visit's answer has another ticket; and
// who has left the page has left the booking.
void apply(Turn& turn, OutcomeLoaded& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (!flow.outcome.loading() || event.ticket != flow.outcome.ticket) return;
  flow.outcome.status = Load<promises::Booking>::Status::Idle;
  flow.outcome.since = state.now;  // the pause begins with the answer
  const bool known = event.result.ok() && (is_booked(event.result->booking) || is_not_booked(event.result->booking));
  if (!known || state.page != Page::Sorry || event.result->booking.id != flow.confirmation.value.id) return;
  state.last_touch = state.now;  // the wait was ours
  flow.confirmation.value = event.result->booking;
  if (is_booked(flow.confirmation.value)) return show_booked(turn, std::move(*event.result));
  step_back(turn);
  tell(turn, SorryReason::BookingRefused);
}

}  // namespace kiosk::visit
