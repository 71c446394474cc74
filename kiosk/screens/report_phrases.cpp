#include "kiosk/screens/report_phrases.h"

#include "kiosk/core/strings.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {

using promises::ReportQuestion;
using Kind = visit::ReportStep::Kind;

std::string report_system_words(const Frame& frame) {
  return visit::report_system_name(*frame.state.settings, frame.state.report.target);
}

std::string report_title_words(const Frame& frame) {
  const visit::ReportFlow& flow = frame.state.report;
  return visit::is_call_back(frame.state) ? frame.word("report.call_back_about", {{"service", flow.title}})
                                          : flow.title;
}

std::string step_words(const Frame& frame, const visit::ReportStep& step) {
  switch (step.kind) {
    case Kind::Question: {
      const ReportQuestion* question = visit::question_of(frame.state.report, step);
      return question && !question->text.empty() ? question->text : frame.word("report.question");
    }
    case Kind::Description:
      return frame.word(visit::is_call_back(frame.state) ? "report.call_back_what" : "report.description");
    case Kind::Contact:
      return frame.word("report.contact");
    case Kind::Name:
      return frame.word("details.name");
    case Kind::Email:
      return frame.word("details.email");
    case Kind::Telephone:
      break;
  }
  return frame.word("details.telephone");
}

std::string step_hint(const Frame& frame, const visit::ReportStep& step) {
  const visit::ReportFlow& flow = frame.state.report;
  const ReportQuestion* question = visit::question_of(flow, step);
  const bool call_back = visit::is_call_back(frame.state);
  std::vector<std::string> parts;
  if (question && !question->hint.empty()) parts.push_back(question->hint);
  if (question && question->kind == ReportQuestion::Kind::ManyOf) parts.push_back(frame.word("report.many"));
  if (step.kind == Kind::Description)
    parts.push_back(frame.word(call_back ? "report.call_back_hint" : "report.description_hint"));
  if (step.kind == Kind::Contact) parts.push_back(frame.word("report.contact_hint"));
  if (step.kind == Kind::Telephone && call_back) parts.push_back(frame.word("report.call_back_telephone"));
  const bool notice = question && question->kind == ReportQuestion::Kind::Notice;
  if (!notice && !visit::is_required(flow, step, *frame.state.settings))
    parts.push_back(frame.word("details.optional"));
  return core::join(parts, "\n");
}

namespace {

std::string moment_words(const Frame& frame, const visit::ReportReply& reply) {
  if (!reply.day) return "";
  const std::string day = frame.language().full_date(*reply.day);
  if (!reply.time) return day;
  return frame.word("report.day_and_time", {{"day", day}, {"time", frame.language().time_of_day(*reply.time)}});
}

std::string reply_words(const Frame& frame, const ReportQuestion& question, const visit::ReportReply& reply) {
  if (question.kind == ReportQuestion::Kind::Moment) return moment_words(frame, reply);
  if (question.kind != ReportQuestion::Kind::OneOf && question.kind != ReportQuestion::Kind::ManyOf)
    return reply.text.text.reveal();
  std::vector<std::string> names;
  for (const std::size_t index : reply.chosen) names.push_back(question.choices[index].name);
  return core::join(names, "\n");
}

}  // namespace

std::string answer_words(const Frame& frame, const visit::ReportStep& step) {
  const visit::ReportFlow& flow = frame.state.report;
  switch (step.kind) {
    case Kind::Question:
      return reply_words(frame, *visit::question_of(flow, step), flow.replies[step.question]);
    case Kind::Description:
      return flow.description.text.reveal();
    case Kind::Contact:
      return flow.contact ? frame.word(*flow.contact ? "report.contact_yes" : "report.contact_no") : "";
    case Kind::Name:
      return flow.name.text.reveal();
    case Kind::Email:
      return flow.email.text.reveal();
    case Kind::Telephone:
      break;
  }
  return flow.telephone.text.reveal();
}

std::string place_words(const Frame& frame) {
  const visit::ReportFlow& flow = frame.state.report;
  std::vector<std::string> lines;
  if (!flow.place.text.empty()) lines.push_back(flow.place.text.reveal());
  if (flow.way == visit::ReportWay::Postcode)
    lines.push_back(frame.word("report.near", {{"postcode", flow.postcode.text.reveal()}}));
  if (flow.way == visit::ReportWay::Here)
    lines.push_back(frame.word("report.here", {{"place", frame.state.settings->kiosk.name}}));
  return core::join(lines, "\n");
}

void draw_report_privacy(const Frame& frame) {
  ui::paragraph(frame.ui, frame.word("report.privacy", {{"name", report_system_words(frame)}}),
                {.ink = ui::Ink::Quiet, .icon = ui::Icon::Lock});
}

void draw_report_contact(const Frame& frame) {
  const auto* entry = settings::report_entry(*frame.state.settings, frame.state.report.target.backend);
  if (!entry) return draw_contact(frame);
  draw_call(frame, entry->name, entry->phone, entry->hours);
}

void draw_fault(const Frame& frame, const std::string& key, visit::Field field) {
  if (key.empty()) return;
  const std::vector<std::string> errors = {frame.word(key)};
  const auto touched = ui::error_summary(frame.ui, "errors", frame.word("error.heading"), errors);
  if (touched && field != visit::Field::None) frame.emit(visit::FocusField{field});
}

std::vector<ui::DockButton> continue_button(const Frame& frame) {
  return {{"continue",
           {.label = frame.word("nav.continue"),
            .icon = ui::Icon::Forward,
            .kind = ui::ButtonKind::Primary,
            .icon_at_end = true}}};
}

}  // namespace kiosk::screens
