// The way from a service to a report, and what may be said of it.
#include "tests/unit/report_fixture.h"

using namespace visit_test;
using promises::ReportQuestion;
using promises::ReportState;
using visit::ReportOutcome;
using visit::ReportWay;

TEST_CASE("a report goes where, what is known, questions, check, and is sent from there alone") {
  Visit visit = report_visit();
  open_reportable(visit);
  visit(visit::StartReport{});
  CHECK(visit.effect<visit::LoadReportForm>()->target == promises::ReportTarget{"streets", "POTHOLE"});
  REQUIRE(visit.state().page == Page::ReportWhere);
  visit(visit::ReportFormLoaded{visit.state().report.form.ticket, form_of({line("DEPTH", true)})});
  visit(visit::ChooseReportWay{ReportWay::Here});
  REQUIRE(visit.state().page == Page::ReportPlace);
  visit.type(Field::ReportPlace, "By the bus stop")(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportKnown);
  CHECK(visit.effect<visit::LoadNearReports>()->point == kKioskPoint);
  visit(visit::NearReportsLoaded{visit.state().report.near.ticket, std::vector<promises::RemoteReport>(2)});
  REQUIRE(visit.state().page == Page::ReportKnown);
  visit(visit::SendTheReport{});
  CHECK_FALSE(visit.effect<visit::SendReport>());
  visit(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportQuestion);
  visit.type(Field::ReportAnswer, "4 cm")(visit::ContinueReport{});
  visit.type(Field::ReportDescription, "A deep hole")(visit::ContinueReport{});
  visit(visit::ChooseReportContact{false})(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportCheck);
  visit(visit::SendTheReport{});
  const auto* sent = visit.effect<visit::SendReport>();
  REQUIRE(sent);
  CHECK(sent->content.place.words.reveal() == "By the bus stop, Riverside Library");
  CHECK(sent->content.place.point == kKioskPoint);
  CHECK(sent->content.description.reveal() == "A deep hole");
  REQUIRE(sent->content.replies.size() == 1);
  CHECK(sent->content.replies[0].code == "DEPTH");
  CHECK(sent->content.replies[0].values[0].reveal() == "4 cm");
  CHECK(sent->content.name.empty());
  visit(visit::SendTheReport{});
  CHECK_FALSE(visit.effect<visit::SendReport>());  // once
}

TEST_CASE("what is said of a report follows its state, and nothing but Sent is called sent") {
  promises::Report report;
  const auto outcome = [&](ReportState state, const char* number = "", const char* token = "") {
    report.state = state;
    report.request_id = number;
    report.token = token;
    return visit::outcome_of(report);
  };
  CHECK(outcome(ReportState::Sent, "100") == ReportOutcome::Numbered);
  CHECK(outcome(ReportState::Sent, "", "t") == ReportOutcome::AwaitsNumber);
  CHECK(outcome(ReportState::Sent) == ReportOutcome::Taken);
  CHECK(outcome(ReportState::Queued) == ReportOutcome::NotYetSent);
  CHECK(outcome(ReportState::Unknown) == ReportOutcome::NotKnown);
  CHECK(outcome(ReportState::Sending) == ReportOutcome::NotKnown);
  CHECK(outcome(ReportState::Refused) == ReportOutcome::Refused);
  CHECK_FALSE(outcome(ReportState::Drafted));
  CHECK_FALSE(outcome(ReportState::Withdrawn));
  std::set<std::string> stems;
  for (const ReportOutcome each : {ReportOutcome::Numbered, ReportOutcome::AwaitsNumber, ReportOutcome::Taken,
                                   ReportOutcome::NotYetSent, ReportOutcome::NotKnown, ReportOutcome::Refused}) {
    CHECK(stems.insert(visit::word_stem(each, false)).second);
    CHECK(stems.insert(visit::word_stem(each, true)).second);
    CHECK(visit::is_sent(each) ==
          (each == ReportOutcome::Numbered || each == ReportOutcome::AwaitsNumber || each == ReportOutcome::Taken));
  }
}

TEST_CASE("each outcome has its page, with paper that is of the same report") {
  const auto state = GENERATE(ReportState::Sent, ReportState::Queued, ReportState::Unknown, ReportState::Refused);
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::SendTheReport{});
  visit(sent_as(visit, state));
  CHECK(visit.state().page == Page::ReportDone);
  CHECK(visit.state().report.sending.value.state == state);
  visit(visit::PrintReceipt{});
  REQUIRE(visit.effect<visit::PrintReport>());
  CHECK(visit.effect<visit::PrintReport>()->report.state == state);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::ReportDone);  // there is no way back into what is done
}

TEST_CASE("what may still change is asked for while its page is shown, and the page becomes the answer") {
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::SendTheReport{});
  visit(sent_as(visit, ReportState::Queued));
  const auto asked = next_question_about(visit, std::chrono::seconds(6));
  REQUIRE(asked);
  CHECK(asked->report_id == "r1");
  promises::Report report = visit.state().report.sending.value;
  SECTION("sent since: paper of it is a first copy, whatever was printed before") {
    visit(visit::PrintReceipt{});
    REQUIRE(visit.effect<visit::PrintReport>());
    const std::uint64_t earlier = visit.effect<visit::PrintReport>()->ticket;
    report.state = ReportState::Sent;
    report.request_id = "100042";
    visit(visit::ReportOutcomeLoaded{asked->ticket, visit::ReportStanding{report, core::Bitmap1(21, 21)}});
    CHECK(visit::outcome_of(visit.state().report.sending.value) == ReportOutcome::Numbered);
    CHECK_FALSE(next_question_about(visit, std::chrono::minutes(1)));
    const bool late = GENERATE(true, false);  // that paper comes out after the next was asked for
    if (!late) visit(visit::PrintDone{earlier, visit::PrintState::Printed});
    CHECK(visit.state().report.paper.state == visit::PrintState::None);
    visit(visit::PrintReceipt{});
    REQUIRE(visit.effect<visit::PrintReport>());
    CHECK(visit.effect<visit::PrintReport>()->copy == 1);
    const std::uint64_t next = visit.effect<visit::PrintReport>()->ticket;
    if (late) visit(visit::PrintDone{earlier, visit::PrintState::Printed});
    CHECK(visit.state().report.paper.printing());
    visit(visit::PrintDone{next, visit::PrintState::Unknown});
    CHECK(visit.state().report.paper.state == visit::PrintState::Unknown);
  }
  SECTION("still waiting: asked again, later") {
    visit(visit::ReportOutcomeLoaded{asked->ticket, visit::ReportStanding{report, {}}});
    CHECK(visit::outcome_of(visit.state().report.sending.value) == ReportOutcome::NotYetSent);
    CHECK_FALSE(next_question_about(visit, std::chrono::seconds(9)));
    CHECK(next_question_about(visit, std::chrono::seconds(2)));
  }
  SECTION("another visit: it changes nothing") {
    visit(visit::Finish{});
    report.state = ReportState::Sent;
    visit(visit::ReportOutcomeLoaded{asked->ticket, visit::ReportStanding{report, {}}});
    CHECK(visit.state().page == Page::Start);
    CHECK_FALSE(visit.state().report.sending.ready());
  }
}

TEST_CASE("a refusal says the back end's words, keeps the answers, and they can be changed and sent again") {
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::SendTheReport{});
  visit(visit::ReportSent{visit.state().report.sending.ticket,
                          core::make_error(core::ErrorKind::Invalid, "That street is not adopted.")});
  REQUIRE(visit.state().page == Page::ReportDone);
  CHECK(visit::outcome_of(visit.state().report.sending.value) == ReportOutcome::Refused);
  CHECK(visit.state().report.sending.value.notice == "That street is not adopted.");
  visit(visit::ChangeReport{});
  REQUIRE(visit.state().page == Page::ReportCheck);
  CHECK(visit.state().report.description.text.reveal() == "A deep hole");
  visit(visit::SendTheReport{});
  CHECK(visit.effect<visit::SendReport>());
}

TEST_CASE("sending can be cancelled; its answer alone says whether it was in time") {
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::SendTheReport{})(visit::CancelWaiting{});
  CHECK(visit.effect<visit::CancelSending>());
  CHECK(visit.state().report.sending.loading());
  SECTION("in time: back at the check, and it says so") {
    visit(sent_as(visit, ReportState::Withdrawn));
    CHECK(visit.state().page == Page::ReportCheck);
    CHECK(visit.state().report.cancelled);
    visit(visit::SendTheReport{});
    CHECK(visit.effect<visit::SendReport>());
    CHECK_FALSE(visit.state().report.cancelled);
  }
  SECTION("too late") {
    visit(sent_as(visit, ReportState::Unknown));
    CHECK(visit.state().page == Page::ReportDone);
  }
}

TEST_CASE("a failing journal sends nothing, says so, and the same report can be tried again") {
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::SendTheReport{});
  visit(visit::ReportSent{visit.state().report.sending.ticket, core::make_error(core::ErrorKind::Io, "disk")});
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.reason == visit::SorryReason::ReportJournal);
  CHECK(visit.state().sorry.phone == "01632 960300");
  visit(visit::TryAgain{});
  CHECK(visit.state().page == Page::ReportCheck);
  visit(visit::SendTheReport{});
  CHECK(visit.effect<visit::SendReport>());
}

TEST_CASE("without a journal no report is begun") {
  Visit visit = report_visit();
  open_reportable(visit);
  visit(visit::JournalChanged{false})(visit::StartReport{});
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.reason == visit::SorryReason::ReportJournal);
  CHECK_FALSE(visit.effect<visit::LoadReportForm>());
}

TEST_CASE("a back end that is away can be reported to all the same; one that takes it no more can not") {
  Visit visit = report_visit();
  open_reportable(visit);
  visit(visit::StartReport{});
  const auto ticket = visit.state().report.form.ticket;
  SECTION("away") {
    visit(visit::ReportFormLoaded{ticket, core::make_error(core::ErrorKind::Unavailable, "down")});
    visit(visit::ChooseReportWay{ReportWay::Words});
    visit.type(Field::ReportPlace, "High Street")(visit::ContinueReport{});
    REQUIRE(visit.state().page == Page::ReportQuestion);
    visit(visit::ContinueReport{});
    CHECK(visit.state().report.description.error_key == "error.description_missing");
  }
  SECTION("gone") {
    visit(visit::ReportFormLoaded{ticket, core::make_error(core::ErrorKind::NotFound, "no such service")});
    CHECK(visit.state().page == Page::Sorry);
    CHECK(visit.state().sorry.reason == visit::SorryReason::ReportGone);
    visit(visit::Back{});
    CHECK(visit.state().page == Page::Service);
  }
}

TEST_CASE("the questions wait for the form where it is slow, and are left by Cancel") {
  Visit visit = report_visit();
  open_reportable(visit);
  visit(visit::StartReport{})(visit::ChooseReportWay{ReportWay::Words});
  visit.type(Field::ReportPlace, "High Street")(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportQuestion);
  CHECK(visit.state().report.steps.empty());
  SECTION("it comes") {
    visit(visit::ReportFormLoaded{visit.state().report.form.ticket, form_of({line("DEPTH")})});
    CHECK(visit.state().report.steps.size() == 3);
    CHECK(visit.state().field == Field::ReportAnswer);
  }
  SECTION("cancelled, it is asked for anew the next time, and the first answer is stale") {
    const auto first = visit.state().report.form.ticket;
    visit(visit::CancelWaiting{});
    CHECK(visit.state().page == Page::ReportPlace);
    visit(visit::ContinueReport{});
    CHECK(visit.effect<visit::LoadReportForm>());
    visit(visit::ReportFormLoaded{first, form_of({})});
    CHECK_FALSE(visit.state().report.form.ready());
  }
}

TEST_CASE("nothing that was said of a report outlives the visit") {
  Visit visit = report_visit();
  reach_report_check(visit);
  SECTION("Finish") { visit(visit::Finish{}); }
  SECTION("Leave this page now") { visit(visit::LeaveNow{}); }
  SECTION("while it is sent") { visit(visit::SendTheReport{})(visit::StartAgain{}); }
  SECTION("nobody there") { visit.let_pass(std::chrono::minutes(3)); }
  const visit::ReportFlow& flow = visit.state().report;
  CHECK(flow.description.text.empty());
  CHECK(flow.place.text.empty());
  CHECK(flow.replies.empty());
  CHECK_FALSE(flow.contact.has_value());
  CHECK(flow.target.backend.empty());
}

TEST_CASE("another page leaves the report, and no way leads back into it") {
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::GoTo{Page::Search});
  CHECK(visit.state().page == Page::Search);
  CHECK(visit.state().report.description.text.empty());
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Service);
}

TEST_CASE("Back goes the way of the report page by page") {
  Visit visit = report_visit();
  reach_report_check(visit);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::ReportQuestion);
  CHECK(visit.state().report.step == 1);
  visit(visit::Back{});
  CHECK(visit.state().report.step == 0);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::ReportPlace);
  visit(visit::Back{})(visit::Back{});
  CHECK(visit.state().page == Page::Service);
  CHECK(visit.state().report.place.text.empty());
}

TEST_CASE("a kind of report that another body looks after is handed over with its number, and nothing is asked") {
  Visit visit = report_visit();
  open_reportable(visit, "LIGHT");
  visit(visit::StartReport{});
  REQUIRE(visit.state().page == Page::ReportHandedOver);
  CHECK_FALSE(visit.effect<visit::LoadReportForm>());
  REQUIRE(visit.state().report.handed_over.bodies.size() == 1);
  CHECK(visit.state().report.handed_over.bodies[0].phone == "01632 960400");
  CHECK(visit.state().report.handed_over.bodies[0].service == directory::RecordKey{"county", "lights"});
  visit(visit::ReportAllTheSame{});
  CHECK(visit.state().page == Page::ReportHandedOver);
  SECTION("to their page") {
    visit(visit::OpenService{{"county", "lights"}});
    CHECK(visit.state().page == Page::Service);
    CHECK(visit.effect<visit::LoadService>()->key.source == "county");
  }
  SECTION("back") {
    visit(visit::Back{});
    CHECK(visit.state().page == Page::Service);
  }
}

TEST_CASE("a place that another council serves is handed over, and can be reported all the same") {
  Visit visit = report_visit();
  open_reportable(visit);
  visit(visit::StartReport{})(visit::ChooseReportWay{ReportWay::Postcode});
  visit.type(Field::ReportPostcode, "kb1 1aa")(visit::ContinueReport{});
  REQUIRE(visit.effect<visit::FindReportArea>());
  SECTION("served: on to the place") {
    visit(visit::ReportAreaLoaded{visit.state().report.area.ticket, place_served_by("north")});
    CHECK(visit.state().page == Page::ReportPlace);
  }
  SECTION("not served") {
    visit(visit::ReportAreaLoaded{visit.state().report.area.ticket, place_served_by("kelder")});
    REQUIRE(visit.state().page == Page::ReportHandedOver);
    CHECK(visit.state().report.handed_over.bodies.front().phone == "01632 960500");
    visit(visit::ReportAllTheSame{});
    CHECK(visit.state().page == Page::ReportPlace);
  }
  SECTION("not known: said at the field, and another can be typed") {
    visit(visit::ReportAreaLoaded{visit.state().report.area.ticket, core::make_error(core::ErrorKind::NotFound, "no")});
    CHECK(visit.state().page == Page::ReportPostcode);
    CHECK(visit.state().report.postcode.error_key == "error.postcode_unknown");
    CHECK(visit.state().field == Field::ReportPostcode);
  }
}

TEST_CASE("where an appointment can't be booked, a call back can be asked for, with a telephone number") {
  Visit visit = report_visit();
  open_service(visit);
  visit(visit::StartBooking{});
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, core::make_error(core::ErrorKind::Unavailable, "down")});
  REQUIRE(visit::call_back_target(visit.state()) == promises::ReportTarget{"streets", "CALLBACK"});
  visit(visit::AskCallBack{});
  REQUIRE(visit.state().page == Page::ReportQuestion);
  promises::ReportQuestion moment = line("WHEN");
  moment.kind = promises::ReportQuestion::Kind::Moment;
  visit(visit::ReportFormLoaded{visit.state().report.form.ticket, form_of({moment})});
  visit(visit::ChooseReportDay{core::Date(std::chrono::floor<std::chrono::days>(visit.wall()) - std::chrono::days(2))});
  CHECK_FALSE(visit.state().report.replies[0].day);  // nobody can be called on a day that is over
  visit(visit::ContinueReport{})(visit::ContinueReport{})(
      visit::ContinueReport{});  // nor has to say when, or about what
  visit(visit::ContinueReport{});
  CHECK(visit.state().report.telephone.error_key == "error.telephone_missing");
  visit.type(Field::ReportTelephone, "01632 960999")(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportCheck);
  visit(visit::SendTheReport{});
  const auto* sent = visit.effect<visit::SendReport>();
  REQUIRE(sent);
  CHECK(sent->content.telephone.reveal() == "01632 960999");
  CHECK(sent->content.description.reveal() == "Register a birth");
  CHECK(sent->content.place.words.reveal() == "Riverside Library");
}

TEST_CASE("a kind of report that asks for a call asks for a number and no place, from whatever page it is begun") {
  Visit visit = report_visit();
  open_reportable(visit, "CALLBACK");
  visit(visit::StartReport{});
  CHECK(visit::is_call_back(visit.state()));
  REQUIRE(visit.state().page == Page::ReportQuestion);
  visit(visit::ReportFormLoaded{visit.state().report.form.ticket, form_of({})});
  visit(visit::ContinueReport{})(visit::ContinueReport{});
  visit.type(Field::ReportTelephone, "01632 960999")(visit::ContinueReport{});
  REQUIRE(visit.state().page == Page::ReportCheck);
  visit(visit::SendTheReport{});
  REQUIRE(visit.effect<visit::SendReport>());
  CHECK(visit.effect<visit::SendReport>()->content.telephone.reveal() == "01632 960999");
}

TEST_CASE("a call back is offered where the site names one, and only for a booking that is not possible now") {
  Visit visit;  // this site names none
  open_service(visit);
  visit(visit::StartBooking{});
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, core::make_error(core::ErrorKind::Unavailable, "down")});
  REQUIRE(visit.state().page == Page::Sorry);
  CHECK_FALSE(visit::call_back_target(visit.state()));
  visit(visit::AskCallBack{});
  CHECK(visit.state().page == Page::Sorry);
}
