// What a resident does on the glass becomes the right event.
#include "kiosk/text/bidi.h"
#include "tests/unit/screens_fixture.h"

using namespace screens_test;

TEST_CASE("the buttons of each page mean what they say") {
  Screen screen(landscape());
  const auto press = [&](visit::State state, const char* key) {
    screen.another_page();
    screen.draw(state);
    return screen.touch(state, ui::Role::Button, screen.word(key));
  };
  CHECK(only<visit::StartBooking>(press(at(Page::Service), "service.book")));
  CHECK(only<visit::PrintServicePage>(press(at(Page::Service), "service.print")));
  CHECK(only<visit::Back>(press(at(Page::Service), "nav.back")));
  CHECK(only<visit::StartAgain>(press(at(Page::Service), "nav.start_again")));
  CHECK(only<visit::OpenHelp>(press(at(Page::Service), "nav.help")));
  CHECK(only<visit::CycleTextSize>(press(at(Page::Service), "nav.text_size")));
  CHECK(only<visit::CycleTheme>(press(at(Page::Service), "nav.contrast")));
  CHECK(only<visit::ToggleLowReach>(press(at(Page::Service), "nav.low_reach")));
  CHECK(only<visit::ContinueDetails>(press(at(Page::BookDetails, visit::Field::Name), "nav.continue")));
  CHECK(only<visit::ConfirmBooking>(press(at(Page::BookCheck), "check.confirm")));
  const auto change = [&](const char* what) { return screen.word("check.change_what", {{"what", screen.word(what)}}); };
  visit::State check = at(Page::BookCheck);
  screen.another_page();
  CHECK(only<visit::ChangeTime>(screen.touch(check, ui::Role::Button, change("check.when"))));
  CHECK(only<visit::ChangeOffice>(screen.touch(check, ui::Role::Button, change("check.where"))));
  CHECK(only<visit::ChangeAnswer>(screen.touch(check, ui::Role::Button, change("details.name"))));
  check.booking.offer.value.offices.resize(1);  // nowhere else to go
  screen.another_page();
  screen.draw(check);
  CHECK_FALSE(screen.scene().find(ui::Role::Button, change("check.where")));
  check.booking.offer.value.most = 2;  // then the page of offices was seen, with what else to book there
  screen.another_page();
  CHECK(only<visit::ChangeOffice>(screen.touch(check, ui::Role::Button, change("check.where"))));
  CHECK(only<visit::TryAgain>(press(at(Page::Sorry), "sorry.try_again")));
  visit::State done = usual_pages()[13].state;
  REQUIRE(done.page == Page::BookDone);
  CHECK_FALSE(only<visit::PrintReceipt>(press(done, "print.print"))->large);
  CHECK(only<visit::PrintReceipt>(press(done, "print.large"))->large);
  CHECK(only<visit::ShowLargeQr>(press(done, "done.larger_qr")));
  CHECK(only<visit::ReadAloud>(press(done, "done.read_aloud")));
  CHECK(only<visit::Finish>(press(done, "done.finish")));
}

TEST_CASE("cards, days, times and choices say which one it was") {
  Screen screen(landscape());
  visit::State state = at(Page::Search);
  CHECK(only<visit::OpenService>(screen.touch(state, ui::Role::ListItem, "New bin"))->key.id == "New bin");
  state = at(Page::Start);
  screen.another_page();
  CHECK(only<visit::ChooseLanguage>(screen.touch(state, ui::Role::Choice, "Polski"))->language == "pl");
  state = at(Page::BookOffice);
  screen.another_page();
  CHECK(only<visit::ChooseOffice>(screen.touch(state, ui::Role::ListItem, "Office 2"))->office_id == "2");
  state = at(Page::BookTime);
  screen.another_page();
  CHECK(only<visit::ChooseSlot>(screen.touch(state, ui::Role::Choice, "11:00"))->slot == visit_test::slot_at(25, 11));
}

TEST_CASE("an unknown outcome offers no second booking, and a refused printer no paper") {
  Screen screen(landscape());
  visit::State state = at(Page::Sorry);
  state.sorry.reason = visit::SorryReason::BookingUnknown;
  state.printer_ready = false;
  screen.draw(state);
  CHECK_FALSE(screen.scene().find(ui::Role::Button, screen.word("sorry.try_again")));
  CHECK_FALSE(screen.scene().find(ui::Role::Button, screen.word("service.print")));
  CHECK(screen.scene().find(ui::Role::Button, screen.word("sorry.search_again")));
}

TEST_CASE("a page that says sorry says which appointment it is about") {
  Screen screen(landscape());
  visit::State state = at(Page::Sorry);
  state.sorry.reason = visit::SorryReason::BookingUnknown;
  state.sorry.booking = booking_example();
  screen.draw(state);
  const auto value_of = [&](const char* key) {
    const ui::Node* node = screen.scene().find(ui::Role::Text, screen.word(key));
    return node ? node->value : std::string();
  };
  CHECK(value_of("check.what") == "Register a birth");
  CHECK(value_of("check.when").find("9:00") != std::string::npos);
  CHECK(value_of("check.where").find("Northfield Register Office") == 0);
  CHECK(value_of("done.reference") == "A1");
  CHECK(value_of("done.code") == "7K3M-9QX4");
  state.sorry.reason = visit::SorryReason::BookingRefused;
  screen.another_page();
  screen.draw(state);
  CHECK(value_of("check.what") == "Register a birth");
  CHECK(value_of("done.code").empty());
}

TEST_CASE("only a page about abuse or violence can be left at once") {
  Screen screen(landscape());
  visit::State state = at(Page::Service);
  screen.draw(state);
  CHECK_FALSE(screen.scene().find(ui::Role::Button, screen.word("service.leave_now")));
  state.service.value.service.name = "Domestic abuse: help and refuge";
  CHECK(only<visit::LeaveNow>(screen.touch(state, ui::Role::Button, screen.word("service.leave_now"))));
}

TEST_CASE("always open is said so, and not as a closing time far away") {
  Screen screen(landscape());
  visit::State state = at(Page::Search);
  state.results.value.cards.front().hours.opening.interval.closes = kMorning + std::chrono::days(300);
  screen.draw(state);
  const ui::Node* card = screen.scene().find(ui::Role::ListItem, "Missed bin");
  REQUIRE(card);
  CHECK(card->value.find(screen.word("hours.always")) != std::string::npos);
}

TEST_CASE("what to bring stands an item a line, in every language") {
  const std::string language = GENERATE(std::string("en"), std::string("ar"));
  Screen screen(landscape());
  visit::State state = usual_pages()[13].state;
  REQUIRE(state.page == Page::BookDone);
  state.preferences.language = language;
  screen.draw(state);
  const ui::Node* row = screen.scene().find(ui::Role::Text, screen.word("service.bring"));
  REQUIRE(row);
  // An item's bullet stands at the page's side, though its name is English.
  const bool rtl = screen.scene().rtl;
  CHECK(row->value == (rtl ? "\u200f\u2022 \u2068Passport\u2069\n\u200f\u2022 \u2068The red book\u2069"
                           : "\u2022 Passport\n\u2022 The red book"));
}

TEST_CASE("costs are said once and truly, whatever the feed says") {
  Screen screen(landscape());
  visit::State state = at(Page::Service);
  state.preferences.language = "cy";
  std::vector<directory::Cost>& costs = state.service.value.service.costs;
  const auto cost = [](const char* option, double amount, const char* description) {
    return directory::Cost{option, amount, "GBP", description};
  };
  costs = {cost("Registration", 0, "Free"), cost("Certificate", 12.5, ""), cost("Too much", 1e308, "Ask us"),
           cost("Nothing known", -3, "")};
  state.service.value.card.cost = visit::make_card(state.service.value.service, {kMorning, "Europe/London", {}}).cost;
  screen.draw(state);
  std::string all;
  for (const ui::Node& node : screen.scene().nodes()) all += text::without_bidi_controls(node.name) + "\n";
  INFO(all);
  CHECK(all.find("\nRegistration \u2013 Am ddim\n") != std::string::npos);
  CHECK(all.find("\nCertificate \u2013 \u00a312.50\n") != std::string::npos);
  CHECK(all.find("\nToo much \u2013 Ask us\n") != std::string::npos);
  CHECK(all.find("\nNothing known\n") != std::string::npos);
  CHECK(all.find("\n" + screen.word("cost.part") + "\n") != std::string::npos);
  CHECK(all.find("\n" + screen.word("cost.charged") + "\n") == std::string::npos);
}

TEST_CASE("on a boundary no side is taken for granted: both are shown until one is chosen") {
  Screen screen(landscape());
  visit::State state;
  for (Named& page : other_pages()) {
    if (page.name == "boundary") state = page.state;
  }
  screen.draw(state);
  const auto shown = [&](const char* name) { return screen.scene().find(ui::Role::Heading, name) != nullptr; };
  const auto sides = screen.scene().all(ui::Role::Choice);
  REQUIRE(sides.size() == 2);
  for (const ui::Node* side : sides) CHECK_FALSE(side->state.selected);
  CHECK((shown("Kelderby City Council") && shown("Northfield District Council") && shown("Ashmere County Council")));
  CHECK(only<visit::ChooseAlternative>(screen.touch(state, ui::Role::Choice, "Kelderby City Council"))->index == 0);
  state.area.alternative_chosen = true;
  screen.another_page();
  screen.draw(state);
  CHECK(screen.scene().all(ui::Role::Choice).front()->state.selected);
  CHECK((shown("Kelderby City Council") && shown("Ashmere Police") && !shown("Northfield District Council")));
}

TEST_CASE("what is wrong with a postcode is said at the top and at the field") {
  Screen screen(landscape());
  visit::State state = at(Page::Area);
  state.area.postcode.error_key = "error.postcode_unknown";
  screen.draw(state);
  const ui::Node* top = screen.scene().find(ui::Role::Alert, screen.word("error.heading"));
  REQUIRE(top);
  CHECK(top->value == screen.word("error.postcode_unknown"));
  CHECK(screen.scene().find(ui::Role::Text, screen.word("error.postcode_unknown")));
  CHECK(only<visit::FocusField>(screen.touch(state, ui::Role::Link, screen.word("error.postcode_unknown")))->field ==
        visit::Field::Postcode);
}

TEST_CASE("each note of a place's hours heads a table of its own; what is always open has a line") {
  Screen screen(landscape());
  directory::Service service = service_example();
  for (const char* note : {"Phone", "Office"}) {
    directory::Schedule schedule;
    for (unsigned day = 0; day < 7; ++day) schedule.by_weekday.push_back({std::chrono::weekday(day), 0});
    schedule.description = note;
    schedule.opens = 0;
    schedule.closes = 24 * 60;
    service.places.front().schedules.push_back(schedule);
  }
  service.places.front().schedules.back().opens = 9 * 60;
  service.places.front().schedules.back().closes = 17 * 60;
  visit::State state = at(Page::Place);
  state.service = {};
  const visit::Here here{kMorning, "Europe/London", {}};
  ready(state.places, {visit::make_place_card(service, service.places.front(), here)});
  screen.draw(state);
  CHECK(screen.scene().find(ui::Role::Heading, "Office"));
  CHECK_FALSE(screen.scene().find(ui::Role::Heading, "Phone"));
  CHECK_FALSE(screen.scene().find(ui::Role::Text, screen.word("hours.unknown")));
}

TEST_CASE("opening hours that are more than a page tells say so") {
  Screen screen(landscape());
  visit::State state = at(Page::Service);
  state.service.value.times.noted = {{"Phone", {}, {}}};
  const auto told = [&] {
    screen.draw(state);
    return screen.scene().find(ui::Role::Text, screen.word("hours.more")) != nullptr;
  };
  CHECK_FALSE(told());
  state.service.value.times.cut = true;
  CHECK(told());
}

TEST_CASE("who is told to call before they go is told a number, or else whom to ask") {
  Screen screen(landscape());
  directory::Service service = service_example();
  visit::State state = at(Page::Place);
  state.service = {};
  const visit::Here here{kMorning, "Europe/London", {}};
  const auto said = [&](const char* key, const text::Args& args) {
    ready(state.places, {visit::make_place_card(service, service.places.front(), here)});
    screen.another_page();
    screen.draw(state);
    CHECK(screen.scene().find(ui::Role::Text, screen.word("hours.unknown")));
    return screen.scene().find(ui::Role::Text, screen.word(key, args)) != nullptr;
  };
  CHECK(said("hours.call_first", {{"phone", "01632 960100"}}));  // the service's
  directory::Phone own;
  own.number = "01632 960111";
  service.places.front().phones = {own};
  CHECK(said("hours.call_first", {{"phone", "01632 960111"}}));
  service.places.front().phones.clear();
  service.phones.clear();
  CHECK(said("hours.call_first", {{"phone", "01632 960200"}}));  // the contact centre's
  auto settings = std::make_shared<settings::Settings>(*state.settings);
  settings->contact = {};
  state.settings = settings;
  CHECK(said("hours.ask_first", {}));
}

TEST_CASE("a search without an answer is no dead end: what may have been meant, topics, the address, and whom to ask") {
  Screen screen(portrait());  // all of it in sight at once
  const auto shows = [&](ui::Role role, const std::string& name) { return screen.scene().find(role, name) != nullptr; };
  std::vector<Named> pages = other_pages();
  std::size_t seen = 0;
  for (Named& page : pages) {
    if (page.state.page != Page::Search) continue;
    ++seen;
    INFO(page.name);
    screen.another_page();
    screen.draw(page.state);
    const visit::SearchResults& results = page.state.results.value;
    CHECK(shows(ui::Role::Button, screen.word("start.topics")));
    CHECK(shows(ui::Role::Button, screen.word("start.area")));
    CHECK(std::any_of(screen.scene().nodes().begin(), screen.scene().nodes().end(), [&](const ui::Node& node) {
      return node.name.find(page.state.settings->contact.phone) != std::string::npos;
    }));
    const bool nothing = shows(ui::Role::Text, screen.word("search.none"));
    const bool address = results.area || !results.unknown_postcode.empty();
    if (nothing || (address && results.cards.empty())) {
      const visit::Topic& topic = page.state.topics.value.front();
      const std::string key = "topic." + topic.id, known = screen.word(key);
      const std::string name = known == key ? topic.name : known;
      CHECK(only<visit::OpenTopic>(screen.touch(page.state, ui::Role::Choice, name))->id == topic.id);
    }
    const bool filtered = page.state.filters.any() && results.found > 0;
    CHECK(nothing == (results.cards.empty() && !filtered && !address));
    const std::string& unknown = results.unknown_postcode;
    if (!unknown.empty())
      CHECK(shows(ui::Role::Status, screen.word("search.address_unknown", {{"postcode", unknown}})));
    if (filtered) {
      CHECK(only<visit::ToggleFilter>(
          screen.touch(page.state, ui::Role::Button, screen.word("filter.free", {{"count", 0}}))));
      continue;
    }
    if (!results.concepts.empty()) {
      const std::string& words = results.concepts.front().words;
      CHECK(only<visit::ChooseSuggestion>(screen.touch(page.state, ui::Role::Choice, words))->text == words);
    }
    for (const std::string& suggestion : results.suggestions) CHECK(shows(ui::Role::Choice, suggestion));
  }
  CHECK(seen == 8);
}

TEST_CASE("that nothing was found is said once nobody types any more") {
  Screen screen(landscape());
  visit::State state = at(Page::Search);
  state.results.value = {};
  state.results.value.weak = true;
  const auto said = [&] {
    screen.draw(state);
    const ui::Node* node = screen.scene().find(ui::Role::Text, screen.word("search.none"));
    REQUIRE(node);
    return node->alert;
  };
  CHECK_FALSE(said());
  state.settled = true;
  CHECK(said());
}

TEST_CASE("a search for nothing yet offers what could be typed, topics, the address and whom to ask") {
  Screen screen(portrait());
  visit::State state = at(Page::Search);
  state.query.text = {};
  state.results = {};
  screen.draw(state);
  CHECK(screen.scene().find(ui::Role::Text, screen.word("search.examples")));
  CHECK(screen.scene().find(ui::Role::Button, screen.word("start.area")));
  CHECK(only<visit::OpenTopic>(screen.touch(state, ui::Role::Choice, screen.word("topic.waste")))->id == "waste");
}

TEST_CASE("what matched is marked in a card's title and in its summary") {
  Screen screen(landscape());
  visit::State state = at(Page::Search);
  visit::ServiceCard& card = state.results.value.cards.front();
  const auto marked = [&] {
    screen.draw(state);
    return screen.pixels_of(screens::look_of(state, *words()).theme.mark);
  };
  const std::size_t none = marked();
  card.marks = {{7, 10}};
  const std::size_t title = marked();
  CHECK(title > none);
  const std::size_t at = card.summary.find("bin");
  card.summary_marks = {{at, at + 3}};
  CHECK(marked() > title);
}
