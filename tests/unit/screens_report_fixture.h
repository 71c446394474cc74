// The pages of a report, each from a State that a visit may be in.
#pragma once

#include "tests/unit/report_fixture.h"
#include "tests/unit/screens_fixture.h"

namespace screens_test {

inline std::vector<promises::ReportQuestion> every_kind_of_question() {
  using Kind = promises::ReportQuestion::Kind;
  std::vector<promises::ReportQuestion> questions = {visit_test::line("NOTICE"),
                                                     visit_test::line("LINE", true),
                                                     visit_test::line("PARAGRAPH"),
                                                     visit_test::line("NUMBER"),
                                                     visit_test::line("MOMENT"),
                                                     visit_test::choice("ONE", Kind::OneOf, true),
                                                     visit_test::choice("MANY", Kind::ManyOf)};
  const Kind kinds[] = {Kind::Notice, Kind::Line, Kind::Paragraph, Kind::Number, Kind::Moment};
  for (std::size_t i = 0; i < std::size(kinds); ++i) questions[i].kind = kinds[i];
  questions[0].text =
      "If somebody could be hurt right now, please call 01632 960100 instead.\nWe answer day and night.";
  questions[3].hint = "Centimetres; a guess will do";
  return questions;
}

// With everything that a visit gathers on its way to a report.
inline visit::State report_state(Page page) {
  visit::State state = at(page);
  auto settings = std::make_shared<settings::Settings>(*state.settings);
  const auto with_reports = visit_test::report_settings();
  settings->reports = with_reports->reports;
  settings->bookings = with_reports->bookings;
  settings->kiosk.point = visit_test::kKioskPoint;
  state.settings = settings;
  visit::ReportFlow& flow = state.report;
  flow.title = "Report a pothole";
  flow.target = {"streets", "POTHOLE"};
  ready(flow.form, visit_test::form_of(every_kind_of_question()));
  flow.replies.resize(flow.form.value.questions.size());
  flow.replies[1].text.text = core::SecretText(std::string("Beside the bus stop"));
  flow.replies[4].day = std::chrono::year{2026} / 11 / 20;
  flow.replies[4].time = std::chrono::hours(14);
  flow.replies[5].chosen = {0};
  flow.replies[6].chosen = {0, 2};
  flow.way = visit::ReportWay::Postcode;
  flow.postcode.text = core::SecretText(std::string("NF1 1AA"));
  flow.place.text = core::SecretText(std::string("In front of number 12"));
  flow.description.text = core::SecretText(std::string("A deep hole that two buses have hit this week already"));
  flow.name.text = core::SecretText(std::string("Ada Example"));
  flow.contact = true;
  flow.month_shown = std::chrono::year{2026} / 11 / 1;
  using Kind = visit::ReportStep::Kind;
  for (std::size_t i = 0; i < flow.replies.size(); ++i) flow.steps.push_back({Kind::Question, i});
  for (const Kind kind : {Kind::Description, Kind::Contact, Kind::Name, Kind::Email, Kind::Telephone})
    flow.steps.push_back({kind});
  promises::RemoteReport known;
  known.address = "Wharf Road, Northfield";
  known.description = "Deep hole on the left before the bridge.";
  known.status_notes = "Inspected; repair is planned.";
  known.requested = kMorning - std::chrono::days(6);
  known.expected = kMorning + std::chrono::days(9);
  ready(flow.near, {known, known, known});
  return state;
}

inline visit::State question_page(std::size_t step) {
  visit::State state = report_state(Page::ReportQuestion);
  state.report.step = step;
  state.field = visit::report_field(state.report, state.report.steps[step]);
  return state;
}

inline promises::Report report_example(visit::ReportOutcome outcome) {
  using promises::ReportState;
  using visit::ReportOutcome;
  promises::Report report;
  report.id = "r1";
  report.target = {"streets", "POTHOLE"};
  report.code = "7K3M9QX4";
  report.state = visit::is_sent(outcome)                ? ReportState::Sent
                 : outcome == ReportOutcome::NotYetSent ? ReportState::Queued
                 : outcome == ReportOutcome::NotKnown   ? ReportState::Unknown
                                                        : ReportState::Refused;
  if (outcome == ReportOutcome::Numbered) {
    report.request_id = "1042-77";
    report.notice = "An inspector looks at it within five working days.";
  }
  if (outcome == ReportOutcome::AwaitsNumber) report.token = "t-77";
  if (outcome == ReportOutcome::Refused) report.notice = "That street is not ours to mend.";
  return report;
}

inline visit::State done_page(visit::ReportOutcome outcome) {
  visit::State state = report_state(Page::ReportDone);
  ready(state.report.sending, report_example(outcome));
  if (outcome != visit::ReportOutcome::Refused) state.report.qr = qr_example();
  return state;
}

inline const visit::ReportOutcome kOutcomes[] = {visit::ReportOutcome::Numbered, visit::ReportOutcome::AwaitsNumber,
                                                 visit::ReportOutcome::Taken,    visit::ReportOutcome::NotYetSent,
                                                 visit::ReportOutcome::NotKnown, visit::ReportOutcome::Refused};

// Of another kind of report: the site's settings say that it asks for a call.
inline visit::State call_back_page(visit::ReportOutcome outcome) {
  visit::State state = done_page(outcome);
  state.report.target = {"streets", "CALLBACK"};
  state.report.title = "Register a birth";
  return state;
}

inline visit::State handed_over_page() {
  visit::State state = report_state(Page::ReportHandedOver);
  state.report.handed_over.bodies = {{"Ashmere County Council", "01632 960400", "Monday to Friday, 8:30 to 18:00",
                                      "https://www.ashmere.example", directory::RecordKey{"county", "lights"}}};
  return state;
}

// Every page of a report as it may be.
inline std::vector<Named> report_pages() {
  std::vector<Named> pages = {
      {"report: where", report_state(Page::ReportWhere)}, {"report: postcode", report_state(Page::ReportPostcode)},
      {"report: place", report_state(Page::ReportPlace)}, {"report: known", report_state(Page::ReportKnown)},
      {"report: handed over", handed_over_page()},        {"report: check", report_state(Page::ReportCheck)}};
  pages[1].state.field = visit::Field::ReportPostcode;
  pages[2].state.field = visit::Field::ReportPlace;
  for (std::size_t step = 0; step < 12; ++step)
    pages.push_back({"report: question " + std::to_string(step), question_page(step)});
  for (const visit::ReportOutcome outcome : kOutcomes)
    pages.push_back({visit::word_stem(outcome, false), done_page(outcome)});
  for (const visit::ReportOutcome outcome : kOutcomes)
    pages.push_back({visit::word_stem(outcome, true), call_back_page(outcome)});
  visit::State by_place = handed_over_page();
  by_place.report.handed_over.by_place = true;
  by_place.report.handed_over.bodies.push_back(by_place.report.handed_over.bodies.front());
  pages.push_back({"report: handed over by place", std::move(by_place)});
  visit::State fault = question_page(5);
  fault.report.fault_key = "error.choice_missing";
  pages.push_back({"report: choice missing", std::move(fault)});
  visit::State missing = question_page(7);
  missing.report.description.error_key = "error.description_missing";
  pages.push_back({"report: description missing", std::move(missing)});
  visit::State cancelled = report_state(Page::ReportCheck);
  cancelled.report.cancelled = true;
  pages.push_back({"report: cancelled", std::move(cancelled)});
  for (const Page page : {Page::ReportCheck, Page::ReportKnown, Page::ReportQuestion}) {
    visit::State waits = report_state(page);
    waits.report.sending.status = visit::Load<promises::Report>::Status::Loading;
    waits.report.near.status = visit::Load<std::vector<promises::RemoteReport>>::Status::Loading;
    waits.report.form.status = visit::Load<promises::ReportForm>::Status::Loading;
    if (page == Page::ReportQuestion) waits.report.steps.clear();
    pages.push_back({"report: waiting " + std::to_string(static_cast<int>(page)), std::move(waits)});
  }
  visit::State large = done_page(visit::ReportOutcome::NotYetSent);
  large.page = Page::LargeQr;
  large.history.push_back(Page::ReportDone);
  pages.push_back({"report: large code", std::move(large)});
  visit::State call_back = report_state(Page::Sorry);
  call_back.booking.target = {"zms", "2101"};
  pages.push_back({"report: call back offered", std::move(call_back)});
  for (const visit::SorryReason reason :
       {visit::SorryReason::ReportUnavailable, visit::SorryReason::ReportGone, visit::SorryReason::ReportJournal}) {
    visit::State state = report_state(Page::Sorry);
    state.sorry.reason = reason;
    pages.push_back({"report: sorry " + std::to_string(static_cast<int>(reason)), std::move(state)});
  }
  return pages;
}

}  // namespace screens_test
