// A report as a whole: its beginning, the form, who looks after it instead, Back, and its end.
#include "kiosk/visit/reporting.h"

#include <algorithm>

#include "kiosk/directory/actions.h"

namespace kiosk::visit {
namespace {

bool is_own_fault(core::ErrorKind kind) {
  return kind == core::ErrorKind::Io || kind == core::ErrorKind::Full || kind == core::ErrorKind::Corrupt;
}

// Who the site says looks after this kind of report instead.
HandedOver handed_over_by_site(const State& state, const promises::ReportTarget& target) {
  HandedOver over;
  const settings::ReportEntry* entry = settings::report_entry(*state.settings, target.backend);
  if (!entry) return over;
  for (const settings::HandedOverEntry& other : entry->handed_over) {
    if (std::find(other.types.begin(), other.types.end(), target.type_code) == other.types.end()) continue;
    over.bodies.push_back({other.name, other.phone, other.hours, {}, directory::parse_record_key(other.service)});
  }
  return over;
}

// Begins with what the service's page says; nothing of an earlier report is left.
void begin(Turn& turn, promises::ReportTarget target) {
  State& state = turn.state;
  const directory::Service& service = state.service.value.service;
  ReportFlow fresh;
  fresh.service = service.key;
  fresh.title = service.name;
  fresh.target = std::move(target);
  fresh.handed_over = handed_over_by_site(state, fresh.target);
  state.report = std::move(fresh);
}

// The back end is away: what is wrong, and where, is enough to begin with. It asks for the rest if it needs it.
void do_without_form(ReportFlow& flow) {
  flow.form.value = {flow.target, flow.title, {}};
  flow.form.status = Load<promises::ReportForm>::Status::Ready;
  flow.form.error.reset();
}

}  // namespace

bool is_report_page(Page page) {
  return page == Page::ReportWhere || page == Page::ReportPostcode || page == Page::ReportPlace ||
         page == Page::ReportKnown || page == Page::ReportHandedOver || page == Page::ReportQuestion ||
         page == Page::ReportCheck || page == Page::ReportDone;
}

void report_sorry(Turn& turn, SorryReason reason) {
  State& state = turn.state;
  const settings::ReportEntry* entry = settings::report_entry(*state.settings, state.report.target.backend);
  const directory::Service& service = state.service.value.service;
  if (entry && !entry->phone.empty()) return sorry(turn, reason, entry->name, entry->phone, entry->hours);
  if (!service.phones.empty()) return sorry(turn, reason, service.organisation.name, service.phones.front().number, {});
  sorry(turn, reason);
}

std::optional<promises::ReportTarget> call_back_target(const State& state) {
  const bool unavailable =
      state.sorry.reason == SorryReason::BookingUnavailable || state.sorry.reason == SorryReason::BookingClosed;
  if (state.page != Page::Sorry || !unavailable || !state.service.ready()) return std::nullopt;
  const settings::BookingEntry* entry = settings::booking_entry(*state.settings, state.booking.target.backend);
  const auto link = entry ? directory::parse_action_link(entry->call_back) : std::nullopt;
  if (!link) return std::nullopt;
  return promises::ReportTarget{link->backend, link->service_id};
}

bool is_call_back(const State& state) { return is_call_back(*state.settings, state.report.target); }

void load_report_form(Turn& turn) {
  ReportFlow& flow = turn.state.report;
  turn.effect(LoadReportForm{turn.ask(flow.form), flow.target});
}

void leave_way(Turn& turn) {
  std::erase_if(turn.state.history, [](Page page) { return is_report_page(page); });
  step_back(turn);
}

// What is on its way needs nobody who waits for it: it is in the journal.
void abandon_report(Turn& turn) { turn.state.report = {}; }

void leave_report(Turn& turn) {
  State& state = turn.state;
  const bool on_the_way = is_report_page(state.page) || takes_away_report(state) ||
                          (state.page == Page::Sorry && is_report(state.sorry.reason));
  abandon_report(turn);
  if (on_the_way) leave_way(turn);
}

void report_back(Turn& turn) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (flow.sending.loading()) return;  // there is Cancel
  if (state.page == Page::ReportDone) return;
  if (state.page == Page::ReportQuestion && !flow.changing && flow.step > 0) {
    flow.step--;
    return show_step(turn);
  }
  step_back(turn);
  if (!is_report_page(state.page)) return abandon_report(turn);
  if (state.page == Page::ReportCheck) flow.changing = false;
  if (state.page != Page::ReportQuestion || flow.steps.empty()) return;
  flow.step = flow.steps.size() - 1;
  show_step(turn);
}

// Of what is on its way the answer is awaited all the same: it may have arrived.
void cancel_report_waiting(Turn& turn) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (flow.sending.loading()) return turn.effect(CancelSending{});
  if (state.page == Page::ReportKnown) return go_on_from_known(turn);
  if (state.page != Page::ReportQuestion || !flow.form.loading()) return;
  turn.effect(CancelRequests{});
  flow.form = {};
  report_back(turn);
}

void apply(Turn& turn, StartReport&) {
  State& state = turn.state;
  if (state.page != Page::Service || !state.service.ready() || !state.service.value.service.report) return;
  const directory::ActionLink& link = *state.service.value.service.report;
  begin(turn, {link.backend, link.service_id});
  if (!state.report.handed_over.bodies.empty()) return go_to(turn, Page::ReportHandedOver);
  if (!state.journal_available) return report_sorry(turn, SorryReason::ReportJournal);
  load_report_form(turn);
  if (is_call_back(state)) return begin_report_questions(turn);
  go_to(turn, Page::ReportWhere);
}

// Instead of the appointment that can't be booked now. What was typed for it needs not be typed again.
void apply(Turn& turn, AskCallBack&) {
  State& state = turn.state;
  const std::optional<promises::ReportTarget> target = call_back_target(state);
  if (!target) return;
  ReportFlow kept;
  kept.name.text = state.booking.name.text;
  kept.telephone.text = state.booking.telephone.text;
  leave_booking(turn);
  if (state.page != Page::Service) return;
  begin(turn, *target);
  state.report.name.text = std::move(kept.name.text);
  state.report.telephone.text = std::move(kept.telephone.text);
  if (!state.journal_available) return report_sorry(turn, SorryReason::ReportJournal);
  load_report_form(turn);
  begin_report_questions(turn);
}

void apply(Turn& turn, ReportFormLoaded& event) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (!take(flow.form, event)) return;
  if (flow.form.failed()) {
    const core::ErrorKind error = flow.form.error.value_or(core::ErrorKind::Internal);
    if (error == core::ErrorKind::NotFound || error == core::ErrorKind::Unsupported || is_own_fault(error)) {
      leave_way(turn);
      return report_sorry(turn, error == core::ErrorKind::NotFound      ? SorryReason::ReportGone
                                : error == core::ErrorKind::Unsupported ? SorryReason::ReportUnavailable
                                                                        : SorryReason::ReportJournal);
    }
    do_without_form(flow);
  }
  if (flow.form.value.name.empty()) flow.form.value.name = flow.title;
  // Nobody can be called yesterday.
  const bool call_back = is_call_back(state);
  for (promises::ReportQuestion& question : flow.form.value.questions) question.of_future |= call_back;
  flow.replies.assign(flow.form.value.questions.size(), {});
  if (state.page == Page::ReportQuestion) begin_report_questions(turn);
}

}  // namespace kiosk::visit
