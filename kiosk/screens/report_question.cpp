// What is wrong, and who says so: one question a page.
#include "kiosk/core/strings.h"
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/report_phrases.h"

namespace kiosk::screens {
namespace {

using promises::ReportQuestion;
using visit::Field;
using visit::ReportStep;

void draw_typed(const Frame& frame, const ReportStep& step, Field field) {
  const std::string& error = visit::field_text(frame.state, field).error_key;
  ui::FieldSpec spec{.label = step_words(frame, step), .hint = step_hint(frame, step)};
  spec.label_visible = false;
  if (!error.empty()) spec.error = frame.word(error);
  const ReportQuestion* question = visit::question_of(frame.state.report, step);
  if (field == Field::ReportDescription || (question && question->kind == ReportQuestion::Kind::Paragraph)) {
    spec.lines = 4;
    spec.max_bytes = 10'000;
  }
  draw_field(frame, field, spec);
}

void draw_choices(const Frame& frame, const ReportQuestion& question, const visit::ReportReply& reply) {
  std::vector<ui::ChoiceSpec> specs;
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    const bool chosen = std::find(reply.chosen.begin(), reply.chosen.end(), i) != reply.chosen.end();
    specs.push_back(
        {.label = question.choices[i].name, .selected = chosen, .many = question.kind == ReportQuestion::Kind::ManyOf});
  }
  if (const auto chosen = ui::choices(frame.ui, "choices", question.text, specs))
    frame.emit(visit::ChooseReportAnswer{*chosen});
}

void draw_day(const Frame& frame, const ReportQuestion& question, const visit::ReportReply& reply) {
  const core::Date shown = frame.state.report.month_shown;
  const core::Date today = directory::local_date(frame.state.wall, frame.state.settings->kiosk.time_zone);
  const core::Date this_month = today.year() / today.month() / 1;
  ui::CalendarSpec spec;
  spec.month = shown;
  spec.selected = reply.day;
  spec.available = [&](core::Date day) { return visit::may_be_moment(frame.state, question, day); };
  spec.unavailable_reason = frame.word(question.of_future ? "report.day_over" : "report.day_to_come");
  spec.has_previous = shown > core::Date(this_month - std::chrono::months(question.of_future ? 0 : 12));
  spec.has_next = shown < core::Date(this_month + std::chrono::months(question.of_future ? 12 : 0));
  const ui::CalendarResult result = ui::calendar(frame.ui, "day", spec);
  if (result.chosen) {
    frame.emit(visit::ChooseReportDay{*result.chosen});
    ui::show_tiles(frame.ui, "time");
  }
  if (result.month != 0) frame.emit(visit::ShowReportMonth{result.month});
}

// To the hour is as well as anybody remembers.
void draw_hours(const Frame& frame, const ReportQuestion& question, const visit::ReportReply& reply) {
  if (!reply.day) return;
  ui::heading(frame.ui, frame.word("report.time"), 2);
  std::vector<ui::ChoiceSpec> specs = {
      {.label = frame.word("report.time_unknown"), .selected = !reply.time, .apart = true}};
  std::vector<std::chrono::minutes> times;
  for (int hour = 0; hour < 24; ++hour) {
    const std::chrono::minutes time = std::chrono::hours(hour);
    if (!visit::may_be_moment(frame.state, question, *reply.day, time)) continue;
    specs.push_back({.label = frame.language().time_of_day(time), .selected = reply.time == time});
    times.push_back(time);
  }
  if (const auto chosen = ui::tiles(frame.ui, "time", frame.word("report.time"), specs, 30)) {
    std::optional<std::chrono::minutes> time;
    if (*chosen > 0) time = times[*chosen - 1];
    frame.emit(visit::ChooseReportTime{time});
  }
  frame.ui.gap(ui::kUnitMm);  // what follows is not of the day
}

bool asks_for_moment(const Frame& frame, const ReportStep& step) {
  const ReportQuestion* question = visit::question_of(frame.state.report, step);
  return question && question->kind == ReportQuestion::Kind::Moment;
}

void draw_contact_wish(const Frame& frame) {
  const std::optional<bool>& contact = frame.state.report.contact;
  const std::vector<ui::ChoiceSpec> specs = {
      {.label = frame.word("report.contact_no"), .selected = contact == false, .icon = ui::Icon::Lock},
      {.label = frame.word("report.contact_yes"), .selected = contact == true, .icon = ui::Icon::Phone}};
  if (const auto chosen = ui::choices(frame.ui, "contact", frame.word("report.contact"), specs))
    frame.emit(visit::ChooseReportContact{*chosen == 1});
}

void draw_chosen(const Frame& frame, const ReportStep& step, bool hours_beside) {
  if (step.kind == ReportStep::Kind::Contact) return draw_contact_wish(frame);
  const visit::ReportFlow& flow = frame.state.report;
  const ReportQuestion& question = *visit::question_of(flow, step);
  const visit::ReportReply& reply = flow.replies[step.question];
  if (question.kind == ReportQuestion::Kind::Moment) {
    draw_day(frame, question, reply);
    if (!hours_beside) draw_hours(frame, question, reply);
    return;
  }
  if (question.kind != ReportQuestion::Kind::Notice) draw_choices(frame, question, reply);
}

// A notice is a text of the back end's, which may be long; a question is a heading.
void draw_asked(const Frame& frame, const ReportStep& step, bool hours_beside) {
  const ReportQuestion* question = visit::question_of(frame.state.report, step);
  if (question && question->kind == ReportQuestion::Kind::Notice) {
    ui::heading(frame.ui, frame.word("report.notice"), 1);
    ui::notice(frame.ui, "notice", {question->text, question->hint, ui::Tone::Caution, ui::Icon::Warning, false, true});
    return;
  }
  const Field field = visit::report_field(frame.state.report, step);
  const std::string& fault =
      field == Field::None ? frame.state.report.fault_key : visit::field_text(frame.state, field).error_key;
  draw_fault(frame, fault, field);
  draw_title(frame, step_words(frame, step));
  const std::string hint = step_hint(frame, step);
  if (!hint.empty() && (fault.empty() || field == Field::None)) ui::paragraph(frame.ui, hint, {.ink = ui::Ink::Quiet});
  if (!fault.empty() && field == Field::None)
    ui::paragraph(frame.ui, frame.word(fault),
                  {.type = ui::Type::Strong, .ink = ui::Ink::Bad, .icon = ui::Icon::Warning});
  field == Field::None ? draw_chosen(frame, step, hours_beside) : draw_typed(frame, step, field);
}

void draw_beside(const Frame& frame, const ReportStep& step, bool hours_beside) {
  const visit::ReportFlow& flow = frame.state.report;
  if (hours_beside) draw_hours(frame, *visit::question_of(flow, step), flow.replies[step.question]);
  if (flow.steps.size() > 1)
    ui::page_dots(frame.ui, static_cast<int>(flow.step) + 1,
                  static_cast<int>(visit::steps_foreseen(flow, *frame.state.settings)));
  ui::paragraph(frame.ui, report_title_words(frame), {.type = ui::Type::Strong, .icon = ui::Icon::Document});
  draw_report_privacy(frame);
}

}  // namespace

void draw_report_question(const Frame& frame, const ui::Rect& rect) {
  const visit::ReportFlow& flow = frame.state.report;
  if (flow.step >= flow.steps.size()) {
    ui::Scroll scroll(frame.ui, "question", rect);
    ui::heading(frame.ui, report_title_words(frame), 1);
    draw_wait(frame, flow.form, frame.word("wait.asking", {{"name", report_system_words(frame)}}));
    return;
  }
  ui::Dock dock(frame.ui, rect, continue_button(frame));
  {
    ui::Scroll scroll(frame.ui, "question", dock.above());
    const ReportStep& step = flow.steps[flow.step];
    const bool hours_beside = frame.wide() && asks_for_moment(frame, step);
    two_columns(
        frame, [&] { draw_asked(frame, step, hours_beside); }, [&] { draw_beside(frame, step, hours_beside); },
        hours_beside ? 0.5 : 1.0 / 3);
    frame.ui.gap(2);
  }
  if (dock.draw()) frame.emit(visit::ContinueReport{});
}

}  // namespace kiosk::screens
