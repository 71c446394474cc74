#include "kiosk/visit/manage.h"

#include "kiosk/core/check_code.h"
#include "kiosk/core/strings.h"
#include "kiosk/visit/booking.h"
#include "kiosk/visit/reporting.h"

namespace kiosk::visit {
namespace {

using promises::BookingState;

std::string_view error_key_of(core::ErrorKind kind) {
  switch (kind) {
    case core::ErrorKind::NotFound:
      return "manage.error.not_found";
    case core::ErrorKind::RateLimited:
      return "manage.error.too_many";
    default:
      return "manage.error.cannot_look";
  }
}

void look_up(Turn& turn) {
  State& state = turn.state;
  ManageFlow& flow = state.manage;
  if (flow.found.loading()) return;
  flow.code.error_key = core::trim(flow.code.text.reveal()).empty() ? "manage.error.missing" : "";
  if (!flow.code.error_key.empty()) {
    state.page_serial++;
    return;
  }
  if (!state.journal_available) return sorry(turn, SorryReason::JournalUnavailable);
  turn.effect(FindByCode{turn.ask(flow.found), flow.code.text});
}

// Whether this appointment was moved with an outcome that the resident was told is not known.
bool has_open_move(const State& state) {
  const promises::Booking& booking = state.manage.found.value.booking;
  return state.sorry.reason == SorryReason::BookingUnknown && state.sorry.booking && !booking.id.empty() &&
         state.sorry.booking->replaces == booking.id;
}

// To move it again, or to cancel it, could leave two appointments or none: the page that says that it is not known
// comes back, and asks on.
void return_to_open_move(Turn& turn) {
  State& state = turn.state;
  BookingFlow flow;
  flow.replaces = state.manage.found.value.booking;
  flow.target = flow.replaces->target;
  flow.confirmation.status = Load<promises::Booking>::Status::Ready;
  flow.confirmation.value = *state.sorry.booking;
  flow.outcome.since = state.now;
  release_hold(turn);
  state.booking = std::move(flow);
  state.service = {};  // of another question
  go_to(turn, Page::Sorry);
}

// Whether the appointment may be cancelled by now without the kiosk knowing: only a no says that it stands.
bool is_in_doubt(const ManageFlow& flow) {
  return flow.cancelling.loading() || (flow.cancelling.failed() && flow.cancelling.error != core::ErrorKind::Refused);
}

// The one that is shown, or the one that was moved to where it stands now.
bool was_found_by_code(const State& state) { return state.page == Page::Managed || state.booking.replaces.has_value(); }

}  // namespace

bool may_be_changed(const State& state) {
  const ManageFlow& flow = state.manage;
  const promises::Booking& booking = flow.found.value.booking;
  return flow.found.ready() && booking.state == BookingState::Confirmed && !booking.giving_up &&
         state.wall < booking.slot.start && !flow.cancelling.loading();
}

bool may_be_printed(const State& state) {
  const ManageFlow& flow = state.manage;
  const promises::Booking& booking = flow.found.value.booking;
  return flow.found.ready() && (booking.state != BookingState::Confirmed || !(booking.giving_up || is_in_doubt(flow)));
}

const directory::Service& booked_service(const State& state) {
  return was_found_by_code(state) ? state.manage.service.value : state.service.value.service;
}

bool awaits_booked_service(const State& state) { return was_found_by_code(state) && state.manage.service.loading(); }

int next_slip(const State& state) {
  const ManageFlow& flow = state.manage;
  const bool cancelled_here = flow.found.value.booking.state == BookingState::Cancelled && flow.cancelling.ready();
  return flow.paper.copies + (cancelled_here ? 1 : 2);
}

core::SecretText code_in_scan(const core::SecretText& scanned, const settings::Settings& settings) {
  std::string_view text = core::trim(scanned.reveal());
  const std::string& link = settings.receipts.manage_url;
  // Capitals make a QR code smaller: some write the address so.
  if (!link.empty() && core::equals_ignoring_case(text.substr(0, link.size()), link)) text.remove_prefix(link.size());
  if (!core::parse_check_code(text).ok()) return {};
  return core::SecretText(text);
}

void begin_managing(Turn& turn) {
  turn.state.manage = {};
  go_to(turn, Page::Manage);
  turn.state.field = Field::Code;
}

void submit_code(Turn& turn) {
  if (turn.state.page == Page::Manage) look_up(turn);
}

void apply(Turn& turn, OpenManage&) {
  leave_booking(turn);
  begin_managing(turn);
}

// A receipt under the scanner is a question wherever it comes; on a page of a booking it would end that booking, so it
// waits there.
void apply(Turn& turn, Scanned& event) {
  State& state = turn.state;
  const core::SecretText code = code_in_scan(event.text, *state.settings);
  if (is_booking_page(state.page) && state.page != Page::BookDone) return;
  if (state.page != Page::Manage) {
    if (code.empty()) return;
    leave_booking(turn);
    begin_managing(turn);
  }
  state.manage.code.text = code.empty() ? event.text : code;
  look_up(turn);
}

void apply(Turn& turn, FoundByCode& event) {
  State& state = turn.state;
  ManageFlow& flow = state.manage;
  if (!flow.found.loading() || event.ticket != flow.found.ticket) return;
  flow.found.status = Load<promises::Managed>::Status::Idle;
  if (state.page != Page::Manage) return;
  if (!event.result.ok()) {
    flow.code.error_key = error_key_of(event.result.error().kind);
    state.page_serial++;
    return;
  }
  flow.code.text.clear();
  if (auto* report = std::get_if<ReportStanding>(&*event.result)) return show_report(turn, std::move(*report));
  flow.found.status = Load<promises::Managed>::Status::Ready;
  flow.found.value = std::get<promises::Managed>(std::move(*event.result));
  turn.effect(LoadBookedService{turn.ask(flow.service), flow.found.value.booking});
  go_to(turn, Page::Managed);
  state.history.pop_back();  // Back leads to where the code was asked for from
}

void apply(Turn& turn, BookedServiceLoaded& event) { take(turn.state.manage.service, event); }

void apply(Turn& turn, MoveAppointment&) {
  State& state = turn.state;
  if (state.page != Page::Managed || !may_be_changed(state)) return;
  if (has_open_move(state)) return return_to_open_move(turn);
  begin_move(turn, state.manage.found.value);
}

void apply(Turn& turn, AskToCancel&) {
  if (turn.state.page != Page::Managed || !may_be_changed(turn.state)) return;
  if (has_open_move(turn.state)) return return_to_open_move(turn);
  turn.state.manage.cancel_fault.clear();
  go_to(turn, Page::ManageCancel);
}

void apply(Turn& turn, CancelAppointment&) {
  State& state = turn.state;
  ManageFlow& flow = state.manage;
  if (state.page != Page::ManageCancel || !may_be_changed(state)) return;
  turn.effect(CancelBooking{turn.ask(flow.cancelling), flow.found.value.booking.id});
}

void apply(Turn& turn, CancelDone& event) {
  State& state = turn.state;
  ManageFlow& flow = state.manage;
  if (!take(flow.cancelling, event)) return;
  state.last_touch = state.now;  // the wait was ours
  const bool refused = flow.cancelling.error == core::ErrorKind::Refused;
  if (flow.cancelling.failed()) flow.cancel_fault = refused ? "manage.not_cancelled" : "manage.cancel_unsure";
  if (flow.cancelling.ready()) {
    flow.found.value.booking = flow.cancelling.value;
    flow.paper = {};  // what was printed before says something else
  }
  if (state.page == Page::ManageCancel) step_back(turn);
}

}  // namespace kiosk::visit
