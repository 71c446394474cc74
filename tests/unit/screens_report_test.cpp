// The pages of a report: what they say, what touching them does, and that nothing of it shows in a scene dump.
#include <algorithm>

#include "kiosk/text/bidi.h"
#include "tests/unit/screens_report_fixture.h"

using namespace screens_test;
using visit::ReportOutcome;

namespace {

std::string all_words(const ui::Scene& scene) {
  std::string all;
  for (const ui::Node& node : scene.nodes()) all += text::without_bidi_controls(node.name + "\n" + node.value) + "\n";
  return all;
}

}  // namespace

TEST_CASE("every page of a report is sound in every language, both orientations, smallest and largest text") {
  const std::string language = GENERATE(std::string("en"), std::string("cy"), std::string("pl"), std::string("ar"));
  const bool upright = GENERATE(false, true);
  const int text_size = GENERATE(0, 3);
  Screen screen(upright ? portrait() : landscape());
  for (Named& page : report_pages()) {
    INFO(page.name << " in " << language << (upright ? ", portrait" : ", landscape") << ", size " << text_size);
    page.state.preferences.language = language;
    page.state.preferences.text_size = text_size;
    screen.another_page();
    CHECK(screen.draw(page.state).empty());
    std::string faults;
    for (const ui::SceneFault& fault : ui::check(screen.scene())) faults += fault.what + "\n";
    CHECK(faults == "");
  }
}

TEST_CASE("a report is called sent where the back end has it, and nowhere else, in every language") {
  const std::string language = GENERATE(std::string("en"), std::string("cy"), std::string("pl"), std::string("ar"));
  const char* const sent = language == "en"   ? "Sent."
                           : language == "cy" ? "Wedi’i anfon."
                           : language == "pl" ? "Wysłano."
                                              : "تم الإرسال.";
  Screen screen(landscape());
  for (const ReportOutcome outcome : kOutcomes) {
    visit::State state = done_page(outcome);
    state.preferences.language = language;
    screen.another_page();
    screen.draw(state);
    const std::string words = all_words(screen.scene());
    INFO(words);
    CHECK((words.find(sent) != std::string::npos) == visit::is_sent(outcome));
  }
}

TEST_CASE("each outcome gives what there is to take away: the number, the code to ask by, the back end's words") {
  Screen screen(landscape());
  const auto words_of = [&](ReportOutcome outcome) {
    visit::State state = done_page(outcome);
    screen.another_page();
    screen.draw(state);
    return all_words(screen.scene());
  };
  CHECK(words_of(ReportOutcome::Numbered).find("Sent. Number 1042-77") != std::string::npos);
  CHECK(words_of(ReportOutcome::Numbered).find("An inspector looks at it") != std::string::npos);
  for (const ReportOutcome outcome :
       {ReportOutcome::AwaitsNumber, ReportOutcome::Taken, ReportOutcome::NotYetSent, ReportOutcome::NotKnown})
    CHECK(words_of(outcome).find("7K3M-9QX4") != std::string::npos);
  CHECK(words_of(ReportOutcome::NotYetSent).find("Not yet sent") != std::string::npos);
  CHECK(words_of(ReportOutcome::NotKnown).find("do not report it again") != std::string::npos);
  const std::string refused = words_of(ReportOutcome::Refused);
  CHECK(refused.find("That street is not ours to mend.") != std::string::npos);
  CHECK(refused.find("7K3M") == std::string::npos);  // it would be of no use
  CHECK(refused.find("01632 960300") != std::string::npos);
}

TEST_CASE("the buttons of a report's pages mean what they say") {
  Screen screen(landscape());
  const auto press = [&](visit::State state, const char* key, ui::Role role = ui::Role::Button) {
    screen.another_page();
    screen.draw(state);
    return screen.touch(state, role, screen.word(key));
  };
  visit::State service = at(Page::Service);
  service.service.value.service.report = directory::ActionLink{"streets", "POTHOLE"};
  CHECK(only<visit::StartReport>(press(service, "service.report")));
  service.service.value.service.report = directory::ActionLink{"streets", "CALLBACK"};
  service.settings = report_state(Page::Service).settings;
  CHECK(only<visit::StartReport>(press(service, "report.call_back_send")));
  CHECK(only<visit::ChooseReportWay>(press(report_state(Page::ReportWhere), "report.way_words", ui::Role::ListItem))
            ->way == visit::ReportWay::Words);
  CHECK(only<visit::ContinueReport>(press(report_state(Page::ReportPlace), "nav.continue")));
  CHECK(only<visit::ContinueReport>(press(report_state(Page::ReportKnown), "report.known_no")));
  CHECK(only<visit::Finish>(press(report_state(Page::ReportKnown), "report.known_yes")));
  CHECK(only<visit::OpenService>(press(handed_over_page(), "report.handed.open"))->key.source == "county");
  CHECK(only<visit::GoTo>(press(handed_over_page(), "sorry.search_again"))->page == Page::Search);
  CHECK(only<visit::ContinueReport>(press(question_page(0), "nav.continue")));
  visit::State one = question_page(5);
  screen.another_page();
  CHECK(only<visit::ChooseReportAnswer>(screen.touch(one, ui::Role::Choice, "On the pavement"))->index == 1);
  CHECK_FALSE(only<visit::ChooseReportContact>(press(question_page(8), "report.contact_no", ui::Role::Choice))->wanted);
  CHECK(only<visit::SendTheReport>(press(report_state(Page::ReportCheck), "report.send")));
  visit::State check = report_state(Page::ReportCheck);
  screen.another_page();
  const std::string where = screen.word("check.change_what", {{"what", screen.word("check.where")}});
  CHECK(only<visit::ChangeReportPlace>(screen.touch(check, ui::Role::Button, where)));
  visit::State sending = report_state(Page::ReportCheck);
  sending.report.sending.status = visit::Load<promises::Report>::Status::Loading;
  CHECK(only<visit::CancelWaiting>(press(sending, "report.sending_cancel")));
  CHECK(only<visit::ChangeReport>(press(done_page(ReportOutcome::Refused), "report.change")));
  CHECK_FALSE(only<visit::PrintReceipt>(press(done_page(ReportOutcome::NotYetSent), "print.print"))->large);
  CHECK(only<visit::ShowLargeQr>(press(done_page(ReportOutcome::NotYetSent), "done.larger_qr")));
  visit::State sorry = report_state(Page::Sorry);
  sorry.booking.target = {"zms", "2101"};
  CHECK(only<visit::AskCallBack>(press(sorry, "sorry.call_back")));
}

TEST_CASE("no day, no hour and no month after now is offered for what has been, nor one before for what is to come") {
  Screen screen(landscape());
  for (const bool of_future : {false, true}) {
    visit::State state = question_page(0);
    for (std::size_t step = 0; step < state.report.steps.size(); ++step) {
      const auto* question = visit::question_of(state.report, state.report.steps[step]);
      if (question && question->kind == promises::ReportQuestion::Kind::Moment) state = question_page(step);
    }
    const std::size_t index = state.report.steps[state.report.step].question;
    state.report.form.value.questions[index].of_future = of_future;
    const core::Date today = directory::local_date(state.wall, state.settings->kiosk.time_zone);
    state.report.month_shown = today.year() / today.month() / 1;
    state.report.replies[index].day = today;
    screen.another_page();
    screen.draw(state);
    const text::Language& language = words()->in("en");
    const auto tomorrow = core::Date(std::chrono::sys_days(today) + std::chrono::days(1));
    REQUIRE(screen.scene().find(ui::Role::Day, language.day(tomorrow)));
    CHECK(screen.scene().find(ui::Role::Day, language.day(today))->action);
    CHECK(screen.scene().find(ui::Role::Day, language.day(tomorrow))->action == of_future);
    const auto yesterday = core::Date(std::chrono::sys_days(today) - std::chrono::days(1));
    CHECK(screen.scene().find(ui::Role::Day, language.day(yesterday))->action != of_future);
    CHECK(screen.scene().find(ui::Role::Button, screen.word("ui.month_previous"))->action != of_future);
    CHECK(screen.scene().find(ui::Role::Button, screen.word("ui.month_next"))->action == of_future);
    CHECK((screen.scene().find(ui::Role::Choice, "00:00") != nullptr) != of_future);
    CHECK((screen.scene().find(ui::Role::Choice, "23:00") != nullptr) == of_future);
  }
}

TEST_CASE("a request to be called back is never called a report") {
  Screen screen(landscape());
  for (const ReportOutcome outcome : kOutcomes) {
    visit::State state = call_back_page(outcome);
    screen.another_page();
    screen.draw(state);
    std::string said = all_words(screen.scene());
    const std::string keeper = visit::report_system_name(*state.settings, state.report.target);
    for (std::size_t at; (at = said.find(keeper)) != std::string::npos;) said.erase(at, keeper.size());
    INFO(said);
    CHECK(said.find(screen.word(visit::word_stem(outcome, true) + ".next")) != std::string::npos);
    CHECK(said.find("report") == std::string::npos);
    CHECK(said.find("Report") == std::string::npos);
  }
}

TEST_CASE("a choice that was not made is named at the top and at the choice") {
  Screen screen(landscape());
  visit::State state = question_page(5);
  state.report.fault_key = "error.choice_missing";
  screen.draw(state);
  const std::string fault = screen.word("error.choice_missing");
  const auto& nodes = screen.scene().nodes();
  CHECK(std::count_if(nodes.begin(), nodes.end(), [&](const ui::Node& node) {
          return node.name == fault && (node.role == ui::Role::Link || node.role == ui::Role::Text);
        }) == 2);
}

TEST_CASE("what a resident said of a report is masked in the scene, on the questions and on the check page") {
  Screen screen(landscape());
  for (Named& page : report_pages()) {
    screen.another_page();
    screen.draw(page.state);
    const std::string dump = core::dump_json(ui::to_json(screen.scene()));
    INFO(page.name);
    for (const char* said : {"Ada Example", "A deep hole that", "Beside the bus stop", "In front of number 12"})
      CHECK(dump.find(said) == std::string::npos);
  }
}

TEST_CASE("Back stands on every page of a report but the one that says what became of it") {
  Screen screen(portrait());
  for (Named& page : report_pages()) {
    screen.another_page();
    screen.draw(page.state);
    INFO(page.name);
    CHECK((screen.scene().find(ui::Role::Button, screen.word("nav.back")) != nullptr) ==
          (page.state.page != Page::ReportDone));
  }
}

TEST_CASE("on a wide panel whom to call about a report that was refused stands beside what became of it") {
  Screen screen(landscape());
  visit::State state = done_page(ReportOutcome::Refused);
  state.preferences.language = GENERATE("en", "cy", "pl", "ar");
  screen.draw(state);
  const text::Args call = {{"name", visit::report_system_name(*state.settings, state.report.target)},
                           {"phone", state.settings->reports.front().phone}};
  const ui::Node* told = screen.scene().find(ui::Role::Text, screen.word("report.what"));
  const ui::Node* contact = screen.scene().find(ui::Role::Text, screen.word("contact.call", call));
  REQUIRE(told);
  REQUIRE(contact);
  const bool rtl = state.preferences.language == "ar";
  CHECK((rtl ? contact->rect.right() <= told->rect.x : contact->rect.x >= told->rect.right()));
  CHECK(contact->visible.height >= contact->rect.height - 1);
  CHECK_FALSE(screen.scene().find(ui::Role::Text, screen.word("report.goes_to")));  // nobody has it
}

TEST_CASE("how far a report has come stands with what it is about, not with the hours of a day") {
  Screen screen(landscape());
  visit::State state = question_page(4);
  screen.draw(state);
  const ui::Node* hours = screen.scene().find(ui::Role::Heading, screen.word("report.time"));
  const text::Args step = {{"n", 5}, {"of", visit::steps_foreseen(state.report, *state.settings)}};
  const ui::Node* dots = screen.scene().find(ui::Role::Status, screen.word("ui.step", step));
  const ui::Node* about = screen.scene().find(ui::Role::Text, "Report a pothole");
  REQUIRE(hours);
  REQUIRE(dots);
  REQUIRE(about);
  CHECK(dots->rect.y > hours->rect.bottom());
  CHECK(dots->rect.bottom() <= about->rect.y);
  CHECK(about->rect.y - dots->rect.bottom() < screen.scene().metrics.px(10));
}
