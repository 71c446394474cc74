// What became of it. "Sent" is said where the back end has it, and nowhere else.
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/report_phrases.h"
#include "kiosk/screens/take_away.h"

namespace kiosk::screens {
namespace {

using visit::ReportOutcome;

struct Face {
  ui::Ink ink;
  ui::Icon icon;
};
Face face_of(ReportOutcome outcome) {
  if (visit::is_sent(outcome)) return {ui::Ink::Good, ui::Icon::CheckCircle};
  if (outcome == ReportOutcome::NotYetSent) return {ui::Ink::Caution, ui::Icon::Clock};
  if (outcome == ReportOutcome::NotKnown) return {ui::Ink::Caution, ui::Icon::Help};
  return {ui::Ink::Bad, ui::Icon::Warning};
}

std::string stem_of(const Frame& frame, ReportOutcome outcome) {
  return visit::word_stem(outcome, visit::is_call_back(frame.state));
}

text::Args args_of(const Frame& frame) {
  return {{"name", report_system_words(frame)}, {"number", frame.state.report.sending.value.request_id}};
}

void draw_facts(const Frame& frame, ReportOutcome outcome) {
  std::vector<ui::SummaryRow> rows;
  rows.push_back({frame.word("report.what"), report_title_words(frame), "", "", ui::Icon::Document, false});
  if (const std::string place = place_words(frame); !place.empty())
    rows.push_back({frame.word("check.where"), place, "", "", ui::Icon::MapPin, true});
  if (outcome != ReportOutcome::Refused)
    rows.push_back({frame.word("report.goes_to"), report_system_words(frame), "", "", ui::Icon::Building, false});
  ui::summary(frame.ui, "facts", rows);
}

// What the back end wants people to know: why it refused, or what it does now.
void draw_notice(const Frame& frame, ReportOutcome outcome) {
  const promises::Report& report = frame.state.report.sending.value;
  if (report.notice.empty()) return;
  const bool refused = outcome == ReportOutcome::Refused;
  ui::notice(frame.ui, "notice",
             {frame.word("report.says", {{"name", report_system_words(frame)}}), report.notice,
              refused ? ui::Tone::Caution : ui::Tone::Neutral, refused ? ui::Icon::Warning : ui::Icon::Info, refused});
}

void draw_heading(const Frame& frame, ReportOutcome outcome) {
  const Face face = face_of(outcome);
  ui::paragraph(frame.ui, frame.word(stem_of(frame, outcome) + ".title", args_of(frame)),
                {.type = ui::Type::Title, .ink = face.ink, .icon = face.icon, .role = ui::Role::Heading});
}

void draw_told(const Frame& frame, ReportOutcome outcome) {
  ui::paragraph(frame.ui, frame.word(stem_of(frame, outcome) + ".text", args_of(frame)), {.said = true});
  const bool may_change = outcome == ReportOutcome::AwaitsNumber || outcome == ReportOutcome::NotYetSent ||
                          outcome == ReportOutcome::NotKnown;
  if (may_change)
    ui::paragraph(frame.ui, frame.word("report.page_changes"), {.ink = ui::Ink::Quiet, .icon = ui::Icon::Info});
  draw_notice(frame, outcome);
}

// What of the page says what became of it.
void draw_outcome(const Frame& frame, ReportOutcome outcome) {
  draw_told(frame, outcome);
  draw_facts(frame, outcome);
}

void draw_next(const Frame& frame, ReportOutcome outcome) {
  ui::heading(frame.ui, frame.word("done.next"), 2);
  ui::paragraph(frame.ui, frame.word(stem_of(frame, outcome) + ".next", args_of(frame)));
  draw_report_contact(frame);
}

// There is nothing to keep it by: what can be done now, and whom to call, has the codes' place.
void draw_without_codes(const Frame& frame, const TakeAway& what, ReportOutcome outcome) {
  const bool wide = frame.wide();  // within a column it is another's width
  if (!wide) draw_print_state(frame, what);
  two_columns(
      frame, [&] { draw_outcome(frame, outcome); },
      [&] {
        if (wide) draw_print_state(frame, what);
        ui::Panel panel(frame.ui, "next");
        draw_next(frame, outcome);
      },
      kCodeShare);
}

std::vector<ui::DockButton> actions_of(const Frame& frame, const TakeAway& what, ReportOutcome outcome) {
  std::vector<ui::DockButton> actions = take_away_actions(frame, what);
  if (outcome != ReportOutcome::Refused) return actions;
  actions.insert(actions.begin(), {{"change", {.label = frame.word("report.change"), .icon = ui::Icon::Edit}},
                                   {"search", {.label = frame.word("sorry.search_again"), .icon = ui::Icon::Search}}});
  if (frame.state.report.steps.empty()) actions.erase(actions.begin());
  lead_with(actions, what.paper.state == visit::PrintState::Printed ? "finish" : actions.front().id);
  return actions;
}

}  // namespace

void draw_report_done(const Frame& frame, const ui::Rect& rect) {
  const ReportOutcome outcome = visit::outcome_of(frame.state.report.sending.value).value_or(ReportOutcome::NotKnown);
  const TakeAway what = take_away_of(frame);
  ui::Dock dock(frame.ui, rect, actions_of(frame, what, outcome));
  {
    ui::Scroll scroll(frame.ui, "done", dock.above());
    draw_heading(frame, outcome);
    const auto all = [&] {
      draw_outcome(frame, outcome);
      draw_next(frame, outcome);
    };
    if (what.page_only)
      draw_without_codes(frame, what, outcome);
    else
      draw_with_codes(frame, what, [] {}, all);
    frame.ui.gap(6);
  }
  const std::optional<std::string> chosen = dock.draw();
  if (chosen == "change") frame.emit(visit::ChangeReport{});
  if (chosen == "search") frame.emit(visit::GoTo{visit::Page::Search});
  act_take_away(frame, chosen);
}

}  // namespace kiosk::screens
