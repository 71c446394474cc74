// Search, services, areas, idling and the end of a visit.
#include "tests/unit/visit_fixture.h"

using namespace visit_test;

TEST_CASE("typing searches at once, and only the newest answer counts") {
  Visit visit;
  visit.type(Field::Search, "bi");
  CHECK(visit.state().page == Page::Search);
  const auto first = visit.effect<visit::RunSearch>()->ticket;
  visit.type(Field::Search, "bin");
  const auto second = visit.effect<visit::RunSearch>()->ticket;
  visit::SearchResults stale, fresh;
  stale.cards.resize(5);
  fresh.cards.resize(2);
  visit(visit::SearchLoaded{first, stale});
  CHECK(visit.state().results.value.cards.empty());
  visit(visit::SearchLoaded{second, fresh});
  CHECK(visit.state().results.value.cards.size() == 2);
}

TEST_CASE("while a search is under way, the cards of the last answer stay in sight") {
  Visit visit;
  visit.type(Field::Search, "bin");
  visit::SearchResults some;
  some.cards.resize(3);
  visit(visit::SearchLoaded{visit.state().results.ticket, some});
  visit.type(Field::Search, "bins");
  CHECK(visit.state().results.loading());
  CHECK(visit.state().results.value.cards.size() == 3);
  visit(visit::ClearField{Field::Search});
  CHECK(visit.state().results.value.cards.empty());
}

TEST_CASE("hostile and endless text is cut and cleaned before it goes anywhere") {
  Visit visit;
  visit.type(Field::Search, std::string(100000, 'x') + "\x01\xff");
  CHECK(visit.effect<visit::RunSearch>()->query.text.size() <= 400);
  visit.type(Field::Search,
             "a\x07"
             "b\xff");
  CHECK(visit.effect<visit::RunSearch>()->query.text.find('\x07') == std::string::npos);
}

TEST_CASE("a postcode is checked first, then found; its authorities weigh in the next search") {
  Visit visit;
  visit(visit::GoTo{Page::Area});
  CHECK(visit.state().field == Field::Postcode);
  visit.type(Field::Postcode, "hello")(visit::SubmitField{Field::Postcode});
  CHECK(visit.state().area.postcode.error_key == "error.postcode_invalid");
  CHECK_FALSE(visit.effect<visit::FindArea>());
  visit.type(Field::Postcode, "nf1 1aa")(visit::SubmitField{Field::Postcode});
  REQUIRE(visit.effect<visit::FindArea>());
  areas::Answer answer;
  answer.postcode = "NF1 1AA";
  answer.alternatives = {{{areas::Authority{"E07"}, areas::Reason::DistrictTier}},
                         {{areas::Authority{"E06"}, areas::Reason::UnitaryArea}}};
  visit(visit::AreaLoaded{visit.state().area.answer.ticket, answer});
  visit.type(Field::Search, "bin");
  CHECK(visit.effect<visit::RunSearch>()->query.authorities == std::vector<std::string>{"E07", "E06"});
  CHECK(visit.effect<visit::RunSearch>()->whereabouts.area->alternatives.size() == 2);  // nothing was chosen yet
  visit(visit::ChooseAlternative{1});
  CHECK(visit.effect<visit::RunSearch>()->query.authorities == std::vector<std::string>{"E06"});
  CHECK(visit.effect<visit::RunSearch>()->whereabouts.area->alternatives.size() == 1);
  visit(visit::ForgetAddress{});
  CHECK(visit.state().area.postcode.text.empty());
}

namespace {

areas::Answer address(const std::string& postcode, const std::string& council) {
  areas::Answer answer;
  answer.postcode = postcode;
  answer.alternatives.push_back({areas::Serves{areas::Authority{council}, areas::Reason::UnitaryArea}});
  return answer;
}

// Types a text that holds a postcode, and answers it.
void search_for(Visit& visit, const std::string& text, areas::Answer area) {
  visit(visit::ClearField{Field::Search}).type(Field::Search, text);
  visit::SearchResults results;
  results.area = std::move(area);
  visit(visit::SearchLoaded{visit.state().results.ticket, std::move(results)});
}

std::vector<std::string> served_by(Visit& visit) {
  visit(visit::ClearField{Field::Search}).type(Field::Search, "bins");
  return visit.effect<visit::RunSearch>()->query.authorities;
}

}  // namespace

TEST_CASE("a postcode among the words is the address until another one is, and places are asked for anew") {
  Visit visit;
  search_for(visit, "bins nf1 1aa", address("NF1 1AA", "E07"));
  CHECK(served_by(visit) == std::vector<std::string>{"E07"});
  visit(visit::GoTo{Page::Places});
  visit(visit::PlacesLoaded{visit.state().places.ticket, std::vector<visit::PlaceCard>(2)});
  CHECK(visit.state().places.ready());
  search_for(visit, "bins kb1 1aa", address("KB1 1AA", "E06"));
  CHECK(visit.state().area.postcode.text.reveal() == "KB1 1AA");
  CHECK_FALSE(visit.state().places.ready());
  CHECK(served_by(visit) == std::vector<std::string>{"E06"});
  SECTION("one on a boundary leaves none, until they have said which side is theirs") {
    areas::Answer boundary = address("NF4 3AL", "E06");
    boundary.alternatives.push_back({areas::Serves{areas::Authority{"E07"}, areas::Reason::DistrictTier}});
    search_for(visit, "bins nf4 3al", boundary);
    CHECK(served_by(visit).empty());
  }
  SECTION("an outcode changes nothing") {
    areas::Answer outcode = address("NF1", "E07");
    outcode.outcode_only = true;
    search_for(visit, "bins nf1", outcode);
    CHECK(served_by(visit) == std::vector<std::string>{"E06"});
  }
}

TEST_CASE("an address given on its own page is not replaced by one among the words") {
  Visit visit;
  visit(visit::GoTo{Page::Area}).type(Field::Postcode, "nf1 1aa")(visit::SubmitField{Field::Postcode});
  visit(visit::AreaLoaded{visit.state().area.answer.ticket, address("NF1 1AA", "E07")});
  search_for(visit, "bins kb1 1aa", address("KB1 1AA", "E06"));
  CHECK(served_by(visit) == std::vector<std::string>{"E07"});
}

TEST_CASE("an unknown postcode is said at the field, and the text stays") {
  Visit visit;
  visit(visit::GoTo{Page::Area}).type(Field::Postcode, "NF9 9ZZ")(visit::SubmitField{Field::Postcode});
  visit(visit::AreaLoaded{visit.state().area.answer.ticket, core::make_error(core::ErrorKind::NotFound, "unknown")});
  CHECK(visit.state().area.postcode.error_key == "error.postcode_unknown");
  CHECK(visit.state().area.postcode.text.reveal() == "NF9 9ZZ");
}

TEST_CASE("a service that is gone says so, and Back leads to the list") {
  Visit visit;
  visit.type(Field::Search, "bin");
  visit(visit::OpenService{{"north", "gone"}});
  visit(visit::ServiceLoaded{visit.state().service.ticket, core::make_error(core::ErrorKind::NotFound, "gone")});
  CHECK(visit.state().sorry.reason == visit::SorryReason::ServiceGone);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Search);
}

TEST_CASE("without a directory, finding says sorry instead of showing nothing") {
  Visit visit;
  visit(visit::DirectoryChanged{true, std::nullopt});
  visit(visit::GoTo{Page::Places});
  CHECK(visit.state().sorry.reason == visit::SorryReason::SearchUnavailable);
}

TEST_CASE("Back never leads out of the kiosk, and overlays close first") {
  Visit visit;
  visit(visit::GoTo{Page::Topics})(visit::OpenHelp{})(visit::Back{});
  CHECK(visit.state().page == Page::Topics);
  CHECK(visit.state().overlay == visit::Overlay::None);
  visit(visit::Back{})(visit::Back{})(visit::Back{});
  CHECK(visit.state().page == Page::Start);
}

TEST_CASE("idle: asked after 90 s, ended 30 s later, everything personal gone") {
  Visit visit;
  visit(visit::ChooseLanguage{"pl"})(visit::CycleTextSize{}).type(Field::Search, "my secret need");
  visit.let_pass(std::chrono::seconds(89));
  CHECK(visit.state().overlay == visit::Overlay::None);
  visit.let_pass(std::chrono::seconds(1));
  CHECK(visit.state().overlay == visit::Overlay::StillThere);
  SECTION("a touch answers") {
    visit(visit::Touched{});
    CHECK(visit.state().overlay == visit::Overlay::None);
    CHECK(visit.state().query.text.reveal() == "my secret need");
  }
  SECTION("nobody answers") {
    const auto number = visit.state().visit;
    visit.let_pass(std::chrono::seconds(30));
    CHECK(visit.state().page == Page::Start);
    CHECK_FALSE(visit.state().in_visit);
    CHECK(visit.state().query.text.empty());
    CHECK(visit.state().preferences == visit::initial_state(visit.state().settings).preferences);
    CHECK(visit.state().visit == number + 1);
  }
}

TEST_CASE("with sound on, people get twice the time") {
  Visit visit;
  visit(visit::ToggleSound{}).let_pass(std::chrono::seconds(179));
  CHECK(visit.state().overlay == visit::Overlay::None);
  visit.let_pass(std::chrono::seconds(1));
  CHECK(visit.state().overlay == visit::Overlay::StillThere);
}

TEST_CASE("what the kiosk knows of itself outlives a visit") {
  Visit visit;
  visit(visit::PrinterChanged{true})(visit::DirectoryChanged{false, kMorning})(visit::JournalChanged{false})(
      visit::Touched{})(visit::Finish{});
  CHECK(visit.state().printer_ready);
  CHECK_FALSE(visit.state().journal_available);
  CHECK(visit.state().directory_checked == kMorning);
}

TEST_CASE("the start screen invites in each language in turn") {
  Visit visit;
  std::vector<std::size_t> seen;
  for (int i = 0; i < 4; ++i) {
    visit.let_pass(std::chrono::seconds(6));
    seen.push_back(visit.state().invitation);
  }
  std::sort(seen.begin(), seen.end());
  CHECK(seen == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("a language that is not offered is not taken") {
  Visit visit;
  visit(visit::ChooseLanguage{"xx"});
  CHECK(visit.state().preferences.language == "en");
}

TEST_CASE("a service that is closed for a time says so, whatever its hours say") {
  directory::Service service = bookable_service();
  directory::Schedule always;
  for (unsigned day = 0; day < 7; ++day) always.by_weekday.push_back({std::chrono::weekday(day), 0});
  always.opens = 0;
  always.closes = 1440;
  service.schedules = {always};
  const visit::Here here{kMorning, "Europe/London", {}};
  CHECK(visit::make_card(service, here).hours.opening.kind == directory::OpenKind::OpenNow);
  service.status = directory::ServiceStatus::TemporarilyClosed;
  CHECK(visit::make_card(service, here).hours.opening.kind == directory::OpenKind::ClosedFor);
}

TEST_CASE("a directory that changes in the middle of a visit brings its topics, and keeps the old ones until then") {
  Visit visit;
  visit(visit::DirectoryChanged{false, {}});
  visit(visit::TopicsLoaded{visit.state().topics.ticket, std::vector<visit::Topic>{{"waste", "Waste", "bin", 3}}});
  open_service(visit);
  visit(visit::DirectoryChanged{false, {}});
  REQUIRE(visit.effect<visit::LoadTopics>());
  CHECK(visit.state().topics.value.size() == 1);
  visit(visit::DirectoryChanged{true, {}});
  CHECK(visit.state().topics.value.empty());
}
