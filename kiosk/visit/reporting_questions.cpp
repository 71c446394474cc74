// What is wrong: the questions of the back end's form, the description, and how to reach the resident. One a page.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/visit/reporting.h"

namespace kiosk::visit {
namespace {

using Kind = ReportStep::Kind;
using promises::ReportQuestion;

core::Date first_of_month(core::Date date) { return date.year() / date.month() / 1; }

core::Date today(const State& state) { return directory::local_date(state.wall, state.settings->kiosk.time_zone); }

const ReportStep* step_shown(const State& state) {
  const ReportFlow& flow = state.report;
  return state.page == Page::ReportQuestion && flow.step < flow.steps.size() ? &flow.steps[flow.step] : nullptr;
}

// The form's question that is shown, and what was said to it; null where the page asks something else.
struct Asked {
  const ReportQuestion* question = nullptr;
  ReportReply* reply = nullptr;
};
Asked asked(State& state) {
  const ReportStep* step = step_shown(state);
  if (!step || step->kind != Kind::Question) return {};
  return {question_of(state.report, *step), &state.report.replies[step->question]};
}

void keep_answer(State& state, Field field) {
  if (field == Field::None) return;
  FieldText& answer = field_text(state, field);
  answer.text.assign(std::string(core::trim(answer.text.reveal())));
  answer.error_key.clear();
}

// Whoever is not to be reached leaves nothing to reach them by.
void forget_contact(ReportFlow& flow) {
  for (FieldText* field : {&flow.name, &flow.email, &flow.telephone}) {
    field->text.clear();
    field->error_key.clear();
  }
}

void next_step(Turn& turn) {
  ReportFlow& flow = turn.state.report;
  const bool asks_on = flow.steps[flow.step].kind == Kind::Contact && flow.contact == true;
  if (flow.changing && asks_on) flow.changing = false;  // the questions that now follow were never asked
  if (flow.changing || flow.step + 1 >= flow.steps.size()) return to_report_check(turn);
  flow.step++;
  show_step(turn);
}

void submit_step(Turn& turn) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  const ReportStep* step = step_shown(state);
  if (!step) return;
  const Field field = report_field(flow, *step);
  std::string& fault = field == Field::None ? flow.fault_key : field_text(state, field).error_key;
  fault = fault_of_step(state, *step);
  if (!fault.empty()) {
    state.page_serial++;  // the fault is said at the top, and focus goes there
    return;
  }
  keep_answer(state, field);
  if (step->kind == Kind::Contact && flow.contact == false) forget_contact(flow);
  next_step(turn);
}

}  // namespace

Field report_field(const ReportFlow& flow, const ReportStep& step) {
  switch (step.kind) {
    case Kind::Question: {
      const ReportQuestion::Kind kind = question_of(flow, step)->kind;
      const bool typed = kind == ReportQuestion::Kind::Line || kind == ReportQuestion::Kind::Paragraph ||
                         kind == ReportQuestion::Kind::Number;
      return typed ? Field::ReportAnswer : Field::None;
    }
    case Kind::Description:
      return Field::ReportDescription;
    case Kind::Contact:
      return Field::None;
    case Kind::Name:
      return Field::ReportName;
    case Kind::Email:
      return Field::ReportEmail;
    case Kind::Telephone:
      return Field::ReportTelephone;
  }
  return Field::None;
}

std::string fault_of_step(const State& state, const ReportStep& step) {
  const ReportFlow& flow = state.report;
  const bool required = is_required(flow, step, *state.settings);
  if (step.kind == Kind::Contact) return flow.contact ? "" : "error.choice_missing";
  if (step.kind != Kind::Question) {
    const Field field = report_field(flow, step);
    return fault_of(field, field_text(state, field).text.reveal(), required);
  }
  const ReportQuestion& question = *question_of(flow, step);
  const ReportReply& reply = flow.replies[step.question];
  switch (question.kind) {
    case ReportQuestion::Kind::Notice:
      return "";
    case ReportQuestion::Kind::OneOf:
    case ReportQuestion::Kind::ManyOf:
      return required && reply.chosen.empty() ? "error.choice_missing" : "";
    case ReportQuestion::Kind::Moment:
      return required && !reply.day ? "error.day_missing" : "";
    case ReportQuestion::Kind::Line:
    case ReportQuestion::Kind::Paragraph:
    case ReportQuestion::Kind::Number:
      break;
  }
  return fault_of(question, reply.text.text.reveal());
}

void show_fault(Turn& turn, std::size_t step) {
  ReportFlow& flow = turn.state.report;
  flow.changing = true;
  flow.step = step;
  go_to(turn, Page::ReportQuestion);
  show_step(turn);
  const Field field = report_field(flow, flow.steps[step]);
  (field == Field::None ? flow.fault_key : field_text(turn.state, field).error_key) =
      fault_of_step(turn.state, flow.steps[step]);
}

// The order in which everything is asked. It grows by name, e-mail and telephone for who wants to be reached.
void plan_steps(State& state) {
  ReportFlow& flow = state.report;
  flow.steps.clear();
  for (std::size_t i = 0; i < flow.form.value.questions.size(); ++i) flow.steps.push_back({Kind::Question, i});
  flow.steps.push_back({Kind::Description});
  if (is_call_back(state)) {
    flow.steps.insert(flow.steps.end(), {{Kind::Name}, {Kind::Telephone}});
    return;
  }
  flow.steps.push_back({Kind::Contact});
  if (flow.contact == true) flow.steps.insert(flow.steps.end(), {{Kind::Name}, {Kind::Email}, {Kind::Telephone}});
}

void show_step(Turn& turn) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  state.page_serial++;
  flow.fault_key.clear();
  flow.month_shown = first_of_month(today(state));
  const ReportStep& step = flow.steps[flow.step];
  if (step.kind == Kind::Question && flow.replies[step.question].day)
    flow.month_shown = first_of_month(*flow.replies[step.question].day);
  state.field = report_field(flow, step);
}

void begin_report_questions(Turn& turn) {
  ReportFlow& flow = turn.state.report;
  if (flow.changing) return to_report_check(turn);
  go_to(turn, Page::ReportQuestion);
  if (!flow.form.ready()) {  // goes on when it is (ReportFormLoaded)
    if (!flow.form.loading()) load_report_form(turn);
    return;
  }
  plan_steps(turn.state);
  flow.step = 0;
  show_step(turn);
}

// Where the resident came from there to change something, what they passed since is no way back.
void to_report_check(Turn& turn) {
  State& state = turn.state;
  const auto check = std::find(state.history.begin(), state.history.end(), Page::ReportCheck);
  state.report.changing = false;
  if (check == state.history.end()) return go_to(turn, Page::ReportCheck);
  state.history.erase(check + 1, state.history.end());
  step_back(turn);
}

void submit_report(Turn& turn) {
  switch (turn.state.page) {
    case Page::ReportPostcode:
      return submit_postcode(turn);
    case Page::ReportPlace:
      return submit_place(turn);
    case Page::ReportKnown:
      return go_on_from_known(turn);
    case Page::ReportQuestion:
      return submit_step(turn);
    default:
      return;
  }
}

void apply(Turn& turn, ContinueReport&) { submit_report(turn); }

void apply(Turn& turn, ChooseReportAnswer& event) {
  const auto [question, reply] = asked(turn.state);
  if (!question || event.index >= question->choices.size()) return;
  turn.state.report.fault_key.clear();
  auto& chosen = reply->chosen;
  const auto at = std::find(chosen.begin(), chosen.end(), event.index);
  const bool was = at != chosen.end();
  if (question->kind == ReportQuestion::Kind::ManyOf) {
    if (was) {
      chosen.erase(at);
    } else {
      chosen.insert(std::upper_bound(chosen.begin(), chosen.end(), event.index), event.index);
    }
  } else if (question->kind == ReportQuestion::Kind::OneOf) {
    chosen.clear();
    if (!was || question->required) chosen.push_back(event.index);
  }
}

void apply(Turn& turn, ChooseReportContact& event) {
  const ReportStep* step = step_shown(turn.state);
  if (!step || step->kind != Kind::Contact) return;
  turn.state.report.fault_key.clear();
  turn.state.report.contact = event.wanted;
  plan_steps(turn.state);
}

void apply(Turn& turn, ShowReportMonth& event) {
  ReportFlow& flow = turn.state.report;
  const core::Date next = first_of_month(core::Date(flow.month_shown + std::chrono::months(event.delta)));
  const core::Date now = first_of_month(today(turn.state));
  const auto [question, reply] = asked(turn.state);
  const bool of_future = question && question->of_future;
  const std::chrono::months behind(of_future ? 0 : 12), ahead(of_future ? 12 : 0);
  if (next < core::Date(now - behind) || next > core::Date(now + ahead)) return;
  flow.month_shown = next;
}

void apply(Turn& turn, ChooseReportDay& event) {
  const auto [question, reply] = asked(turn.state);
  if (!question || question->kind != ReportQuestion::Kind::Moment) return;
  if (!may_be_moment(turn.state, *question, event.day)) return;
  turn.state.report.fault_key.clear();
  reply->day = event.day;
  if (!may_be_moment(turn.state, *question, event.day, reply->time)) reply->time.reset();
}

void apply(Turn& turn, ChooseReportTime& event) {
  const auto [question, reply] = asked(turn.state);
  if (!question || question->kind != ReportQuestion::Kind::Moment || !reply->day) return;
  if (may_be_moment(turn.state, *question, *reply->day, event.after_midnight)) reply->time = event.after_midnight;
}

bool may_be_moment(const State& state, const ReportQuestion& question, core::Date day,
                   std::optional<std::chrono::minutes> time) {
  const auto at = [&](std::chrono::minutes minutes) {
    return directory::from_local(day, static_cast<int>(minutes.count()), state.settings->kiosk.time_zone);
  };
  if (!question.of_future) return at(time.value_or(std::chrono::minutes(0))) <= state.wall;
  return time ? at(*time) > state.wall : day >= today(state);
}

void apply(Turn& turn, ChangeReportAnswer& event) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (state.page != Page::ReportCheck || event.step >= flow.steps.size() || flow.sending.loading()) return;
  flow.changing = true;
  flow.cancelled = false;
  flow.step = event.step;
  go_to(turn, Page::ReportQuestion);
  show_step(turn);
}

}  // namespace kiosk::visit
