// The questions of a report's form: every kind, what has to be answered, and what is sent of it.
#include "tests/unit/report_fixture.h"

using namespace visit_test;
using Kind = promises::ReportQuestion::Kind;

namespace {

// Through description, contact and check; what is sent.
promises::ReportContent send(Visit& visit) {
  visit.type(Field::ReportDescription, "A deep hole")(visit::ContinueReport{});
  visit(visit::ChooseReportContact{false})(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportCheck);
  visit(visit::SendTheReport{});
  const auto* sent = visit.effect<visit::SendReport>();
  REQUIRE(sent);
  return sent->content;
}

}  // namespace

TEST_CASE("a required answer has to be given, in words that fit its kind") {
  struct Case {
    promises::ReportQuestion question;
    const char* fault;
  };
  promises::ReportQuestion number = line("N", true), paragraph = line("P", true), moment = line("M", true);
  number.kind = Kind::Number;
  paragraph.kind = Kind::Paragraph;
  moment.kind = Kind::Moment;
  const auto one = GENERATE_COPY(Case{line("L", true), "error.answer_missing"}, Case{number, "error.answer_missing"},
                                 Case{paragraph, "error.answer_missing"}, Case{moment, "error.day_missing"},
                                 Case{choice("O", Kind::OneOf, true), "error.choice_missing"},
                                 Case{choice("C", Kind::ManyOf, true), "error.choice_missing"});
  Visit visit = report_visit();
  reach_questions(visit, {one.question});
  const auto serial = visit.state().page_serial;
  visit(visit::ContinueReport{});
  CHECK(visit.state().report.step == 0);
  CHECK(visit.state().page_serial > serial);  // it is said aloud
  const visit::ReportFlow& flow = visit.state().report;
  CHECK((visit.state().field == Field::None ? flow.fault_key : flow.replies[0].text.error_key) == one.fault);
}

TEST_CASE("what need not be answered is passed, and nothing is sent of it") {
  const auto kind = GENERATE(Kind::Line, Kind::Paragraph, Kind::Number, Kind::Moment, Kind::OneOf, Kind::ManyOf);
  Visit visit = report_visit();
  promises::ReportQuestion question = choice("Q", kind);
  reach_questions(visit, {question});
  visit(visit::ContinueReport{});
  CHECK(send(visit).replies.empty());
}

TEST_CASE("a notice is read and passed; it is no question") {
  Visit visit = report_visit();
  promises::ReportQuestion notice = line("N", true);
  notice.kind = Kind::Notice;
  reach_questions(visit, {notice});
  CHECK(visit.state().field == Field::None);
  visit(visit::ContinueReport{});
  CHECK(send(visit).replies.empty());
}

TEST_CASE("one of several: choosing another replaces it, and what need not be answered can be taken back") {
  Visit visit = report_visit();
  reach_questions(visit, {choice("K", Kind::OneOf)});
  visit(visit::ChooseReportAnswer{0})(visit::ChooseReportAnswer{2});
  CHECK(visit.state().report.replies[0].chosen == std::vector<std::size_t>{2});
  SECTION("kept") {
    visit(visit::ContinueReport{});
    const promises::ReportContent content = send(visit);
    REQUIRE(content.replies.size() == 1);
    CHECK(content.replies[0].values[0].reveal() == "c");
  }
  SECTION("taken back") {
    visit(visit::ChooseReportAnswer{2});
    CHECK(visit.state().report.replies[0].chosen.empty());
    visit(visit::ChooseReportAnswer{7});  // there is none
    CHECK(visit.state().report.replies[0].chosen.empty());
    CHECK(visit.state().report.step == 0);
  }
}

TEST_CASE("several of several, each touched again to take it back, sent in the form's order") {
  Visit visit = report_visit();
  reach_questions(visit, {choice("K", Kind::ManyOf, true)});
  for (const std::size_t index : {2, 0, 1, 1}) visit(visit::ChooseReportAnswer{index});
  visit(visit::ContinueReport{});
  const promises::ReportContent content = send(visit);
  REQUIRE(content.replies.size() == 1);
  REQUIRE(content.replies[0].values.size() == 2);
  CHECK(content.replies[0].values[0].reveal() == "a");
  CHECK(content.replies[0].values[1].reveal() == "c");
}

TEST_CASE("a day, or a day and a time, is sent as a moment of the kiosk's zone") {
  Visit visit = report_visit();
  promises::ReportQuestion moment = line("WHEN");
  moment.kind = Kind::Moment;
  reach_questions(visit, {moment});
  visit(visit::ShowReportMonth{-5});
  CHECK(visit.state().report.month_shown == core::Date(std::chrono::year{2026} / 6 / 1));
  visit(visit::ChooseReportDay{core::Date(std::chrono::year{2026} / 6 / 10)});
  std::string expected = "2026-06-09T23:00:00.000Z";  // midnight of summer time
  SECTION("the day alone") {}
  SECTION("and a time") {
    visit(visit::ChooseReportTime{std::chrono::hours(14)});
    expected = "2026-06-10T13:00:00.000Z";
  }
  visit(visit::ContinueReport{});
  const promises::ReportContent content = send(visit);
  REQUIRE(content.replies.size() == 1);
  CHECK(content.replies[0].values[0].reveal() == expected);
}

TEST_CASE("a report is of what has been, and some questions of what is to come: none of the other side of now") {
  Visit visit = report_visit();
  promises::ReportQuestion moment = line("WHEN");
  moment.kind = Kind::Moment;
  moment.of_future = GENERATE(false, true);
  reach_questions(visit, {moment});
  const core::Date today = directory::local_date(visit.state().wall, visit.state().settings->kiosk.time_zone);
  const core::Date tomorrow = core::Date(std::chrono::sys_days(today) + std::chrono::days(1));
  const core::Date yesterday = core::Date(std::chrono::sys_days(today) - std::chrono::days(1));
  const core::Date month = visit.state().report.month_shown;
  visit(visit::ShowReportMonth{1});
  CHECK((visit.state().report.month_shown != month) == moment.of_future);
  if (moment.of_future) visit(visit::ShowReportMonth{-1});
  REQUIRE(visit.state().report.month_shown == month);
  visit(visit::ShowReportMonth{-1});
  CHECK((visit.state().report.month_shown == month) == moment.of_future);
  visit(visit::ChooseReportDay{moment.of_future ? yesterday : tomorrow});
  CHECK_FALSE(visit.state().report.replies[0].day);
  visit(visit::ChooseReportDay{today});
  CHECK(visit.state().report.replies[0].day == today);
  visit(visit::ChooseReportTime{moment.of_future ? std::chrono::hours(0) : std::chrono::hours(23)});
  CHECK_FALSE(visit.state().report.replies[0].time);
  const std::chrono::minutes good = moment.of_future ? std::chrono::hours(23) : std::chrono::hours(0);
  visit(visit::ChooseReportTime{good});
  CHECK(visit.state().report.replies[0].time == good);
  visit(visit::ChooseReportDay{moment.of_future ? tomorrow : yesterday});
  CHECK(visit.state().report.replies[0].time == good);
}

TEST_CASE("an hour that today has not reached is given up with the day that had it") {
  Visit visit = report_visit();
  promises::ReportQuestion moment = line("WHEN");
  moment.kind = Kind::Moment;
  reach_questions(visit, {moment});
  const core::Date today = directory::local_date(visit.state().wall, visit.state().settings->kiosk.time_zone);
  visit(visit::ChooseReportDay{core::Date(std::chrono::sys_days(today) - std::chrono::days(1))});
  visit(visit::ChooseReportTime{std::chrono::hours(23)});
  CHECK(visit.state().report.replies[0].time == std::chrono::hours(23));
  visit(visit::ChooseReportDay{today});
  CHECK_FALSE(visit.state().report.replies[0].time);
}

TEST_CASE("a number is a number") {
  const auto [typed, good] = GENERATE(table<std::string, bool>({{"3", true},
                                                                {"-2", true},
                                                                {"2.5", true},
                                                                {" 7 ", true},
                                                                {"2,5", false},
                                                                {"two", false},
                                                                {".", false},
                                                                {"-", false},
                                                                {"1.", false},
                                                                {"1.2.3", false}}));
  Visit visit = report_visit();
  promises::ReportQuestion number = line("N");
  number.kind = Kind::Number;
  reach_questions(visit, {number});
  visit.type(Field::ReportAnswer, typed)(visit::ContinueReport{});
  INFO(typed);
  CHECK((visit.state().report.step == 1) == good);
}

TEST_CASE("texts that no back end would take are said to be too long, and stay") {
  Visit visit = report_visit();
  reach_questions(visit, {line("L")});
  visit.type(Field::ReportAnswer, std::string(251, 'x'))(visit::ContinueReport{});
  CHECK(visit.state().report.replies[0].text.error_key == "error.answer_long");
  visit.type(Field::ReportAnswer, "ok")(visit::ContinueReport{});
  visit.type(Field::ReportDescription, std::string(2001, 'x'))(visit::ContinueReport{});
  CHECK(visit.state().report.description.error_key == "error.text_long");
  CHECK(visit.state().report.description.text.size() == 2001);
}

TEST_CASE("name, e-mail and telephone are asked of who wants to be reached, and are optional") {
  Visit visit = report_visit();
  reach_questions(visit, {});
  visit.type(Field::ReportDescription, "A deep hole")(visit::ContinueReport{});
  visit(visit::ContinueReport{});
  CHECK(visit.state().report.fault_key == "error.choice_missing");  // nothing is pre-selected
  visit(visit::ChooseReportContact{true});
  CHECK(visit.state().report.fault_key.empty());  // what was wrong is not, any more
  visit(visit::ContinueReport{});
  visit.type(Field::ReportName, "Ada Example")(visit::ContinueReport{});
  visit.type(Field::ReportEmail, "nonsense")(visit::ContinueReport{});
  CHECK(visit.state().report.email.error_key == "error.email_invalid");
  visit(visit::ClearField{Field::ReportEmail})(visit::ContinueReport{})(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportCheck);
  SECTION("sent with it") {
    visit(visit::SendTheReport{});
    CHECK(visit.effect<visit::SendReport>()->content.name.reveal() == "Ada Example");
  }
  SECTION("not after all: nothing of it stays") {
    visit(visit::ChangeReportAnswer{1})(visit::ChooseReportContact{false})(visit::ContinueReport{});
    REQUIRE(visit.state().page == Page::ReportCheck);
    CHECK(visit.state().report.name.text.empty());
    visit(visit::SendTheReport{});
    CHECK(visit.effect<visit::SendReport>()->content.name.empty());
  }
}

TEST_CASE("every answer can be changed from the check page, and Continue returns there") {
  Visit visit = report_visit();
  reach_report_check(visit);
  SECTION("an answer") {
    visit(visit::ChangeReportAnswer{0});
    REQUIRE(visit.state().page == Page::ReportQuestion);
    visit.type(Field::ReportDescription, "Two holes")(visit::ContinueReport{});
    CHECK(visit.state().report.description.text.reveal() == "Two holes");
  }
  SECTION("the place") {
    visit(visit::ChangeReportPlace{});
    REQUIRE(visit.state().page == Page::ReportWhere);
    visit(visit::ChooseReportWay{visit::ReportWay::Here})(visit::ContinueReport{});
    CHECK(visit::report_point(visit.state().report, *visit.state().settings) == kKioskPoint);
  }
  SECTION("left by Back") { visit(visit::ChangeReportPlace{})(visit::Back{}); }
  CHECK(visit.state().page == Page::ReportCheck);
  CHECK_FALSE(visit.state().report.changing);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::ReportQuestion);
}

TEST_CASE("a required answer that was emptied and left by Back is asked for before anything is sent") {
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::ChangeReportAnswer{0})(visit::ClearField{Field::ReportDescription})(visit::Back{});
  REQUIRE(visit.state().page == Page::ReportCheck);
  visit(visit::SendTheReport{});
  CHECK_FALSE(visit.effect<visit::SendReport>());
  CHECK(visit.state().page == Page::ReportQuestion);
  CHECK(visit.state().report.description.error_key == "error.description_missing");
}

TEST_CASE("what is known near by is shown where there is something, skipped where not, and stale answers are dropped") {
  Visit visit = report_visit();
  open_reportable(visit);
  visit(visit::StartReport{});
  visit(visit::ReportFormLoaded{visit.state().report.form.ticket, form_of({})});
  visit(visit::ChooseReportWay{visit::ReportWay::Here})(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportKnown);
  const auto ticket = visit.state().report.near.ticket;
  SECTION("something") {
    visit(visit::NearReportsLoaded{ticket, std::vector<promises::RemoteReport>(1)});
    CHECK(visit.state().page == Page::ReportKnown);
    SECTION("it is theirs") {
      visit(visit::Finish{});
      CHECK_FALSE(visit.state().in_visit);
    }
    SECTION("it is not") {
      visit(visit::ContinueReport{})(visit::Back{});
      CHECK(visit.state().page == Page::ReportKnown);
    }
  }
  SECTION("nothing, or nobody who knows") {
    const bool fails = GENERATE(false, true);
    visit(fails ? visit::NearReportsLoaded{ticket, core::make_error(core::ErrorKind::Unavailable, "down")}
                : visit::NearReportsLoaded{ticket, std::vector<promises::RemoteReport>{}});
    CHECK(visit.state().page == Page::ReportQuestion);
    visit(visit::Back{});
    CHECK(visit.state().page == Page::ReportPlace);
  }
  SECTION("not waited for") {
    visit(visit::CancelWaiting{});
    CHECK(visit.effect<visit::CancelRequests>());
    CHECK(visit.state().page == Page::ReportQuestion);
    visit(visit::NearReportsLoaded{ticket, std::vector<promises::RemoteReport>(1)});
    CHECK(visit.state().page == Page::ReportQuestion);
    CHECK(visit.state().report.near.value.empty());
  }
}

TEST_CASE("the address of this visit is a place to report at") {
  Visit visit = report_visit();
  visit(visit::GoTo{Page::Area});
  visit.type(Field::Postcode, "NF1 1AA")(visit::SubmitField{Field::Postcode});
  visit(visit::AreaLoaded{visit.state().area.answer.ticket, place_served_by("north")});
  open_reportable(visit);
  visit(visit::StartReport{})(visit::ReportAtMyAddress{});
  REQUIRE(visit.state().page == Page::ReportPlace);
  CHECK(visit::report_words(visit.state().report, *visit.state().settings).reveal() == "KB1 1AA");
  CHECK(visit::report_point(visit.state().report, *visit.state().settings) == core::GeoPoint{53.1, -0.5});
}

TEST_CASE("the number of questions never grows on the way") {
  Visit visit = report_visit();
  reach_questions(visit, {line("DEPTH")});
  const std::size_t foreseen = visit::steps_foreseen(visit.state().report, *visit.state().settings);
  visit(visit::ContinueReport{}).type(Field::ReportDescription, "A deep hole")(visit::ContinueReport{});
  CHECK(visit::steps_foreseen(visit.state().report, *visit.state().settings) == foreseen);
  const bool wanted = GENERATE(true, false);
  visit(visit::ChooseReportContact{wanted});
  CHECK((visit::steps_foreseen(visit.state().report, *visit.state().settings) == foreseen) == wanted);
  CHECK(visit::steps_foreseen(visit.state().report, *visit.state().settings) == visit.state().report.steps.size());
}
