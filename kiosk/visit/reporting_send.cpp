// Sending it, what became of it, and its paper.
#include <algorithm>

#include "kiosk/visit/reporting.h"

namespace kiosk::visit {
namespace {

using promises::ReportQuestion;
using promises::ReportState;

std::vector<core::SecretText> values_of(const State& state, const ReportQuestion& question, const ReportReply& reply) {
  std::vector<core::SecretText> values;
  switch (question.kind) {
    case ReportQuestion::Kind::Notice:
      break;
    case ReportQuestion::Kind::OneOf:
    case ReportQuestion::Kind::ManyOf:
      for (const std::size_t index : reply.chosen) values.emplace_back(question.choices[index].key);
      break;
    case ReportQuestion::Kind::Moment:
      if (reply.day) {
        const int minutes = static_cast<int>(reply.time.value_or(std::chrono::minutes(0)).count());
        values.emplace_back(
            core::to_iso8601(directory::from_local(*reply.day, minutes, state.settings->kiosk.time_zone)));
      }
      break;
    case ReportQuestion::Kind::Line:
    case ReportQuestion::Kind::Paragraph:
    case ReportQuestion::Kind::Number:
      if (!reply.text.text.empty()) values.push_back(reply.text.text);
      break;
  }
  return values;
}

// Of a call back the service is what it is about: whoever calls has to know.
core::SecretText description_of(const State& state) {
  const ReportFlow& flow = state.report;
  if (!is_call_back(state)) return flow.description.text;
  core::SecretText text(flow.title);
  if (!flow.description.text.empty()) text.assign(flow.title + "\n" + flow.description.text.reveal());
  return text;
}

promises::ReportContent content_of(const State& state) {
  const ReportFlow& flow = state.report;
  promises::ReportContent content;
  content.place = {report_words(flow, *state.settings), report_point(flow, *state.settings)};
  content.description = description_of(state);
  for (std::size_t i = 0; i < flow.replies.size(); ++i) {
    const ReportQuestion& question = flow.form.value.questions[i];
    std::vector<core::SecretText> values = values_of(state, question, flow.replies[i]);
    if (!values.empty()) content.replies.push_back({question.code, std::move(values)});
  }
  if (!is_call_back(state) && flow.contact != true) return content;
  content.name = flow.name.text;
  content.email = flow.email.text;
  content.telephone = flow.telephone.text;
  return content;
}

// The page that says what became of it. The way into the form is gone; after a refusal there is a button for that.
void tell(Turn& turn, ReportStanding&& standing) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  flow.sending.status = Load<promises::Report>::Status::Ready;
  flow.sending.value = std::move(standing.report);
  flow.qr = std::move(standing.qr);
  flow.paper = {};  // what was printed before says something else
  std::erase_if(state.history, [](Page page) { return is_report_page(page); });
  replace_page(turn, Page::ReportDone);
}

// Nothing of it is needed any more, but where it is: the page goes on to say that.
void forget_answers(ReportFlow& flow) {
  flow.replies.clear();
  flow.steps.clear();
  for (FieldText* field : {&flow.description, &flow.name, &flow.email, &flow.telephone}) field->text.clear();
}

void told(Turn& turn, ReportStanding&& standing) {
  const std::optional<ReportOutcome> outcome = outcome_of(standing.report);
  ReportFlow& flow = turn.state.report;
  if (!outcome) {  // taken back before anything left
    flow.sending = {};
    flow.cancelled = true;
    turn.state.page_serial++;
    return;
  }
  if (is_sent(*outcome)) forget_answers(flow);
  flow.outcome.since = turn.state.now;
  flow.outcome_asked = 0;
  tell(turn, std::move(standing));
}

// The back end refused the content: nothing of it is kept anywhere, and its words say why.
ReportStanding refusal(const ReportFlow& flow, std::string words) {
  ReportStanding standing;
  standing.report.state = ReportState::Refused;
  standing.report.target = flow.target;
  standing.report.type_name = flow.form.value.name;
  standing.report.notice = std::move(words);
  return standing;
}

}  // namespace

void show_report(Turn& turn, ReportStanding&& standing) {
  State& state = turn.state;
  state.report = {};
  state.service = {};  // of another question
  state.report.target = standing.report.target;
  state.report.title = standing.report.type_name;
  go_to(turn, Page::ReportDone);
  state.history.pop_back();  // Back leads to where the code was asked for from
  state.report.outcome.since = state.now;
  tell(turn, std::move(standing));
}

void apply(Turn& turn, SendTheReport&) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (state.page != Page::ReportCheck || !flow.form.ready() || flow.sending.loading()) return;
  flow.cancelled = false;
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    if (!fault_of_step(state, flow.steps[i]).empty()) return show_fault(turn, i);
  }
  turn.effect(SendReport{turn.ask(flow.sending), flow.form.value, content_of(state)});
  state.page_serial++;  // what is shown now is the wait
}

void apply(Turn& turn, ReportSent& event) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (!flow.sending.loading() || event.ticket != flow.sending.ticket) return;
  state.last_touch = state.now;  // the wait was ours, not the resident's
  if (event.result.ok()) return told(turn, std::move(*event.result));
  core::Error error = event.result.error();
  flow.sending = {};
  state.page_serial++;
  if (error.kind == core::ErrorKind::Invalid) return told(turn, refusal(flow, std::move(error.what)));
  if (error.kind == core::ErrorKind::Cancelled) {
    flow.cancelled = true;
    return;
  }
  report_sorry(turn, error.kind == core::ErrorKind::NotFound ? SorryReason::ReportGone : SorryReason::ReportJournal);
}

std::optional<core::Milliseconds> next_report_question(const State& state) {
  const ReportFlow& flow = state.report;
  if (!takes_away_report(state) || !flow.sending.ready() || flow.outcome.loading()) return std::nullopt;
  const auto outcome = outcome_of(flow.sending.value);
  const bool may_change = outcome == ReportOutcome::AwaitsNumber || outcome == ReportOutcome::NotYetSent ||
                          outcome == ReportOutcome::NotKnown;
  if (!may_change) return std::nullopt;
  return next_asking(flow.outcome.since, flow.outcome_asked);
}

void ask_for_report(Turn& turn) {
  ReportFlow& flow = turn.state.report;
  const std::optional<core::Milliseconds> due = next_report_question(turn.state);
  if (!due || turn.state.now < *due) return;
  flow.outcome_asked++;
  turn.effect(FindReportOutcome{turn.ask(flow.outcome), flow.sending.value.id});
}

// The page that said "not yet" says what has become of it since. Another visit's answer has another ticket.
void apply(Turn& turn, ReportOutcomeLoaded& event) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (!flow.outcome.loading() || event.ticket != flow.outcome.ticket) return;
  flow.outcome.status = Load<promises::Report>::Status::Idle;
  flow.outcome.since = state.now;  // the pause begins with the answer
  if (!event.result.ok() || !takes_away_report(state) || event.result->report.id != flow.sending.value.id) return;
  const auto before = outcome_of(flow.sending.value), after = outcome_of(event.result->report);
  if (!after || after == before) return;
  state.last_touch = state.now;  // the wait was ours
  if (is_sent(*after)) forget_answers(flow);
  tell(turn, std::move(*event.result));
}

void apply(Turn& turn, ChangeReport&) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  const bool refused = flow.sending.ready() && outcome_of(flow.sending.value) == ReportOutcome::Refused;
  if (state.page != Page::ReportDone || !refused || flow.steps.empty()) return;
  flow.sending = {};
  flow.outcome = {};
  flow.qr = {};
  replace_page(turn, Page::ReportCheck);
}

bool takes_away_report(const State& state) {
  const bool large = state.page == Page::LargeQr && !state.history.empty() && state.history.back() == Page::ReportDone;
  return state.page == Page::ReportDone || large;
}

}  // namespace kiosk::visit
