// Everything once more before anything is sent, each answer with Change; then the sending.
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/report_phrases.h"

namespace kiosk::screens {
namespace {

ui::SummaryRow answer_row(const Frame& frame, const std::string& what, const std::string& value) {
  return {what,
          value.empty() ? frame.word("check.not_given") : value,
          frame.word("check.change"),
          frame.word("check.change_what", {{"what", what}}),
          ui::Icon::None,
          true};
}

ui::SummaryRow answer_row(const Frame& frame, const visit::ReportStep& step) {
  ui::SummaryRow row = answer_row(frame, step_words(frame, step), answer_words(frame, step));
  // What a number counts stands in what helps to answer: "Centimetres; a guess will do". Without it "12" says little.
  const promises::ReportQuestion* question = visit::question_of(frame.state.report, step);
  if (question && question->kind == promises::ReportQuestion::Kind::Number && !question->hint.empty())
    row.label += "\n" + question->hint;
  return row;
}

bool is_answered(const visit::ReportFlow& flow, const visit::ReportStep& step) {
  const promises::ReportQuestion* question = visit::question_of(flow, step);
  return !question || question->kind != promises::ReportQuestion::Kind::Notice;
}

void draw_answers(const Frame& frame) {
  const visit::ReportFlow& flow = frame.state.report;
  std::vector<ui::SummaryRow> rows;
  rows.push_back({frame.word("report.what"), report_title_words(frame), "", "", ui::Icon::None, false});
  rows.push_back({frame.word("report.goes_to"), report_system_words(frame), "", "", ui::Icon::None, false});
  const std::size_t place = rows.size();
  if (!visit::is_call_back(frame.state))
    rows.push_back(answer_row(frame, frame.word("check.where"), place_words(frame)));
  const std::size_t first_answer = rows.size();
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    if (!is_answered(flow, flow.steps[i])) continue;
    rows.push_back(answer_row(frame, flow.steps[i]));
    asked.push_back(i);
  }
  const auto chosen = ui::summary(frame.ui, "answers", rows);
  if (!chosen) return;
  if (*chosen >= first_answer) {
    frame.emit(visit::ChangeReportAnswer{asked[*chosen - first_answer]});
  } else if (*chosen == place) {
    frame.emit(visit::ChangeReportPlace{});
  }
}

void draw_sending(const Frame& frame) {
  ui::heading(frame.ui, frame.word(visit::is_call_back(frame.state) ? "report.call_back_sending" : "report.sending"),
              1);
  const std::string text = frame.word("report.sending_to", {{"name", report_system_words(frame)}});
  if (frame.waits(frame.state.report.sending) &&
      ui::progress(frame.ui, "wait", {text, frame.word("report.sending_cancel"), {}}))
    frame.emit(visit::CancelWaiting{});
}

}  // namespace

void draw_report_check(const Frame& frame, const ui::Rect& rect) {
  const visit::ReportFlow& flow = frame.state.report;
  if (flow.sending.loading()) {
    ui::Column column(frame.ui, rect);
    return draw_sending(frame);
  }
  ui::Dock dock(frame.ui, rect,
                {{"send",
                  {.label = frame.word(visit::is_call_back(frame.state) ? "report.call_back_send" : "report.send"),
                   .icon = ui::Icon::Check,
                   .kind = ui::ButtonKind::Primary}}});
  {
    ui::Scroll scroll(frame.ui, "check", dock.above());
    ui::heading(frame.ui, frame.word("report.check"), 1);
    if (flow.cancelled)
      ui::notice(frame.ui, "cancelled",
                 {frame.word("report.cancelled"), frame.word("report.cancelled_hint"), ui::Tone::Caution,
                  ui::Icon::Info, true});
    draw_answers(frame);
    frame.ui.gap(6);
  }
  if (dock.draw()) frame.emit(visit::SendTheReport{});
}

}  // namespace kiosk::screens
