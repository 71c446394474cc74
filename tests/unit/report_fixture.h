// A visit to a site that takes reports, up to the pages where tests begin.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>

#include "tests/unit/visit_fixture.h"

namespace visit_test {

inline constexpr core::GeoPoint kKioskPoint{53.0049, -0.6287};

inline std::shared_ptr<settings::Settings> report_settings() {
  auto settings = std::make_shared<settings::Settings>();
  settings->kiosk.name = "Riverside Library";
  settings->kiosk.point = kKioskPoint;
  settings->bookings.push_back({"zms", "Registrars", "https://zms.example", "zms", "01632 960100", "weekdays"});
  settings->bookings.back().call_back = "streets:CALLBACK";
  settings::ReportEntry streets;
  streets.id = "streets";
  streets.name = "Northfield street reports";
  streets.phone = "01632 960300";
  streets.hours = "weekdays";
  streets.handed_over.push_back({{"LIGHT"}, "Ashmere County Council", "01632 960400", "always", "county:lights"});
  settings->reports.push_back(std::move(streets));
  settings->contact = {"Contact centre", "01632 960200", "weekdays"};
  return settings;
}

inline Visit report_visit() { return Visit(report_settings()); }

inline directory::Service reportable_service(const std::string& type = "POTHOLE") {
  directory::Service service;
  service.key = {"north", "pothole"};
  service.name = "Report a pothole";
  service.organisation.name = "Northfield";
  service.organisation.authority = "north";
  service.report = directory::ActionLink{"streets", type};
  return service;
}

inline promises::ReportQuestion line(const std::string& code, bool required = false) {
  promises::ReportQuestion question;
  question.code = code;
  question.text = "How deep is it?";
  question.required = required;
  return question;
}

inline promises::ReportQuestion choice(const std::string& code, promises::ReportQuestion::Kind kind,
                                       bool required = false) {
  promises::ReportQuestion question = line(code, required);
  question.kind = kind;
  question.text = "What kind is it?";
  question.choices = {{"a", "On the road"}, {"b", "On the pavement"}, {"c", "On a crossing"}};
  return question;
}

inline promises::ReportForm form_of(std::vector<promises::ReportQuestion> questions) {
  return {{"streets", "POTHOLE"}, "Pothole", std::move(questions)};
}

inline void open_reportable(Visit& visit, const std::string& type = "POTHOLE") {
  visit(visit::Touched{})(visit::OpenService{{"north", "pothole"}});
  visit(visit::ServiceLoaded{visit.state().service.ticket, page_of(reportable_service(type))});
  REQUIRE(visit.state().page == Page::Service);
}

// To the first question, the place given in words.
inline void reach_questions(Visit& visit, std::vector<promises::ReportQuestion> questions) {
  open_reportable(visit);
  visit(visit::StartReport{});
  visit(visit::ReportFormLoaded{visit.state().report.form.ticket, form_of(std::move(questions))});
  visit(visit::ChooseReportWay{visit::ReportWay::Words});
  visit.type(Field::ReportPlace, "High Street")(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportQuestion);
}

inline void reach_report_check(Visit& visit) {
  reach_questions(visit, {});
  visit.type(Field::ReportDescription, "A deep hole")(visit::ContinueReport{});
  visit(visit::ChooseReportContact{false})(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportCheck);
}

inline visit::ReportSent sent_as(const Visit& visit, promises::ReportState state) {
  promises::Report report;
  report.id = "r1";
  report.state = state;
  report.target = {"streets", "POTHOLE"};
  report.code = "7K3M9QX4";
  if (state == promises::ReportState::Sent) report.request_id = "100042";
  return {visit.state().report.sending.ticket, visit::ReportStanding{report, core::Bitmap1(21, 21)}};
}

// Lets time pass until it is asked what became of the report.
inline std::optional<visit::FindReportOutcome> next_question_about(Visit& visit, std::chrono::seconds within) {
  for (const core::Instant end = visit.wall() + within; visit.wall() < end;) {
    visit.let_pass(std::chrono::milliseconds(500));
    if (const auto* asked = visit.effect<visit::FindReportOutcome>()) return *asked;
  }
  return std::nullopt;
}

// A postcode of one council's area.
inline areas::Answer place_served_by(const std::string& code) {
  areas::Serves serves;
  serves.authority.code = code;
  serves.authority.name = "The council of " + code;
  serves.authority.phone = "01632 960500";
  areas::Answer answer;
  answer.postcode = "KB1 1AA";
  answer.point = core::GeoPoint{53.1, -0.5};
  answer.alternatives = {{serves}};
  return answer;
}

}  // namespace visit_test
