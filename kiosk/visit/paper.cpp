// What is printed, shown large and read aloud: of a service, a booking, a report, or of what went wrong.
#include "kiosk/visit/manage.h"
#include "kiosk/visit/turn.h"

namespace kiosk::visit {
namespace {

void print_report(Turn& turn, bool large) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (!flow.sending.ready() || flow.paper.printing()) return;
  const std::uint64_t ticket = turn.print(flow.paper);
  turn.effect(PrintReport{ticket, flow.sending.value, state.service.value.service, state.preferences.language, large,
                          flow.paper.copies});
}

void print_booking(Turn& turn, bool large) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (!flow.confirmation.ready() || flow.paper.printing() || awaits_booked_service(state)) return;
  const std::uint64_t ticket = turn.print(flow.paper);
  turn.effect(PrintBooking{ticket, flow.confirmation.value, booked_service(state), state.preferences.language, large,
                           flow.paper.copies});
}

// The paper that is being printed under this ticket; null where what it was of has changed since.
Paper* paper_under_way(State& state, std::uint64_t ticket) {
  for (Paper* paper :
       {&state.service_paper, &state.sorry.paper, &state.manage.paper, &state.report.paper, &state.booking.paper}) {
    if (paper->printing() && paper->ticket == ticket) return paper;
  }
  return nullptr;
}

// No paper: the code goes onto the screen at once, large enough for any phone.
bool wants_large_code(const State& state, const Paper& paper) {
  if (paper.state != PrintState::Failed) return false;
  if (&paper == &state.report.paper) return state.page == Page::ReportDone && state.report.qr.width > 0;
  return &paper == &state.booking.paper && state.page == Page::BookDone;
}

}  // namespace

void apply(Turn& turn, PrintReceipt& event) {
  takes_away_report(turn.state) ? print_report(turn, event.large) : print_booking(turn, event.large);
}

void apply(Turn& turn, PrintServicePage&) {
  State& state = turn.state;
  const bool of_sorry = state.page == Page::Sorry;
  Paper& paper = of_sorry ? state.sorry.paper : state.service_paper;
  if (!state.service.ready() || paper.printing()) return;
  const std::uint64_t ticket = turn.print(paper);
  if (of_sorry) return turn.effect(PrintSorry{ticket, state.sorry, state.service.value, state.preferences.language});
  turn.effect(PrintService{ticket, state.service.value, state.preferences.language});
}

void apply(Turn& turn, PrintManaged& event) {
  State& state = turn.state;
  ManageFlow& flow = state.manage;
  if (state.page != Page::Managed || !may_be_printed(state)) return;
  if (flow.paper.printing() || awaits_booked_service(state)) return;
  const int copy = next_slip(state);
  turn.effect(PrintBooking{turn.print(flow.paper), flow.found.value.booking, booked_service(state),
                           state.preferences.language, event.large, copy});
}

void apply(Turn& turn, PrintDone& event) {
  State& state = turn.state;
  Paper* paper = paper_under_way(state, event.ticket);
  if (!paper) return;
  paper->state = event.outcome;
  if (wants_large_code(state, *paper)) go_to(turn, Page::LargeQr);
}

void apply(Turn& turn, ShowLargeQr&) { go_to(turn, Page::LargeQr); }
void apply(Turn& turn, ReadAloud&) { turn.effect(ReadPage{}); }

}  // namespace kiosk::visit
