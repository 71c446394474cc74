// Every page from its State alone: nothing clipped or in each other's way, in every language, size and orientation.
#include "tests/unit/screens_fixture.h"

using namespace screens_test;

namespace {

std::vector<Named> all_pages() {
  std::vector<Named> pages = usual_pages();
  for (Named& page : other_pages()) pages.push_back(std::move(page));
  return pages;
}

std::string faults_of(const ui::Scene& scene) {
  std::string text;
  for (const ui::SceneFault& fault : ui::check(scene)) text += fault.what + "\n";
  return text;
}

bool same(const ui::Rect& a, const ui::Rect& b) { return a.x == b.x && a.y == b.y && a.height == b.height; }

}  // namespace

TEST_CASE("every page is sound in every language, both orientations, and the smallest and the largest text") {
  const std::string language = GENERATE(std::string("en"), std::string("cy"), std::string("pl"), std::string("ar"));
  const bool upright = GENERATE(false, true);
  const int text_size = GENERATE(0, 3);
  Screen screen(upright ? portrait() : landscape());
  for (Named& page : all_pages()) {
    INFO(page.name << " in " << language << (upright ? ", portrait" : ", landscape") << ", size " << text_size);
    page.state.preferences.language = language;
    page.state.preferences.text_size = text_size;
    screen.another_page();
    CHECK(screen.draw(page.state).empty());
    CHECK(faults_of(screen.scene()) == "");
  }
}

TEST_CASE("Back, Start again and Help stand in the same place on every page") {
  const bool upright = GENERATE(false, true);
  Screen screen(upright ? portrait() : landscape());
  std::map<std::string, ui::Rect> places;
  for (Named& page : all_pages()) {
    if (page.state.overlay != visit::Overlay::None) continue;
    screen.another_page();
    screen.draw(page.state);
    for (const char* key : {"nav.back", "nav.start_again", "nav.help"}) {
      const ui::Node* node = screen.scene().find(ui::Role::Button, screen.word(key));
      INFO(page.name << ": " << key);
      if (!node) {
        CHECK(std::string(key) == "nav.back");
        CHECK((page.state.page == Page::Start || page.state.page == Page::BookDone));
        continue;
      }
      const auto [known, first] = places.emplace(key, node->rect);
      CHECK((first || same(known->second, node->rect)));
    }
  }
}

TEST_CASE("every page can be left by the keypad alone: something takes focus, and the bar is part of it") {
  Screen screen(landscape());
  for (Named& page : all_pages()) {
    INFO(page.name);
    screen.another_page();
    screen.draw(page.state);
    std::size_t targets = 0;
    for (const ui::Node& node : screen.scene().nodes()) targets += node.action && screen.scene().reachable(node);
    CHECK(targets >= 1);
  }
}

TEST_CASE("personal answers are masked in the scene") {
  Screen screen(landscape());
  visit::State state = at(Page::BookDetails, visit::Field::Name);
  screen.draw(state);
  CHECK(core::dump_json(ui::to_json(screen.scene())).find("Ada Example") == std::string::npos);
  state = at(Page::BookCheck);
  screen.another_page();
  screen.draw(state);
  CHECK(core::dump_json(ui::to_json(screen.scene())).find("Ada Example") == std::string::npos);
}

TEST_CASE("opening times and an office's notes are shown whole: a card grows with them") {
  Screen screen(portrait());
  const auto height_of = [&](visit::State state, const char* card) {
    state.preferences.language = "pl";
    state.preferences.text_size = 3;
    screen.another_page();
    screen.draw(state);
    const ui::Node* node = screen.scene().find(ui::Role::ListItem, card);
    REQUIRE(node);
    return node->rect.height;
  };
  const directory::Opening late{directory::OpenKind::Closed,
                                {kMorning + std::chrono::days(30), kMorning + std::chrono::days(31)}};
  const directory::Opening open{directory::OpenKind::OpenNow, {kMorning, kMorning + std::chrono::days(2)}};
  visit::State search = at(Page::Search), places = at(Page::Places), office = at(Page::BookOffice);
  search.results.value.cards.front().hours.opening = places.places.value.front().hours.opening = open;
  office.booking.offer.value.offices.front().hint = "Ring the bell.";
  const float short_result = height_of(search, "Missed bin"), short_place = height_of(places, "Register office"),
              short_office = height_of(office, "Office 1");
  search.results.value.cards.front().hours.opening = places.places.value.front().hours.opening = late;
  for (int i = 0; i < 40; ++i) office.booking.offer.value.offices.front().hint += " Then ring it once more.";
  CHECK(height_of(search, "Missed bin") > short_result);
  CHECK(height_of(places, "Register office") > short_place);
  CHECK(height_of(office, "Office 1") > 4 * short_office);
}

TEST_CASE("the way back from what is laid over a page is in sight without scrolling, at every size") {
  const std::string language = GENERATE(std::string("en"), std::string("cy"), std::string("pl"), std::string("ar"));
  const int text_size = GENERATE(0, 3);
  ui::Metrics small;
  small.width_px = 1366;
  small.height_px = 768;
  const ui::Metrics metrics = GENERATE_COPY(landscape(), portrait(), small);
  Screen screen(metrics);
  const std::pair<visit::Overlay, std::vector<const char*>> ways[] = {
      {visit::Overlay::Help, {"help.close"}},
      {visit::Overlay::Language, {"nav.close"}},
      {visit::Overlay::StillThere, {"still.yes", "still.no"}}};
  for (const auto& [overlay, keys] : ways) {
    visit::State state = at(Page::Service);
    state.preferences.language = language;
    state.preferences.text_size = text_size;
    state.overlay = overlay;
    state.asked_still_there = state.now;
    screen.another_page();
    screen.draw(state);
    for (const char* key : keys) {
      INFO(key << " in " << language << ", size " << text_size << ", " << metrics.width_px);
      const ui::Node* way = screen.scene().find(ui::Role::Button, screen.word(key));
      REQUIRE(way);
      CHECK(way->visible.height == way->rect.height);
      CHECK(way->rect.bottom() < static_cast<float>(metrics.height_px));
      CHECK(way->scroll_parent == ui::NodeId::None);
    }
  }
}

TEST_CASE("help and languages cover no tools") {
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  visit::State state = at(Page::Service);
  state.preferences.language = GENERATE("en", "ar");
  state.preferences.text_size = GENERATE(0, 2, 3);
  state.preferences.low_reach = GENERATE(false, true);
  screen.draw(state);
  const ui::Node* sound = screen.scene().find(ui::Role::Button, screen.word("nav.sound"));
  REQUIRE(sound);
  const float tools = sound->rect.y;
  state.overlay = GENERATE(visit::Overlay::Help, visit::Overlay::Language);
  screen.draw(state);
  REQUIRE(screen.scene().all(ui::Role::Dialog).size() == 1);
  CHECK(screen.scene().all(ui::Role::Dialog).front()->rect.bottom() <= tools);
}

TEST_CASE("what a page is called is its first heading, of the first level") {
  Screen screen;
  visit::State state = at(GENERATE(Page::Start, Page::Topics, Page::BookDone, Page::Area));
  areas::Answer answer;
  answer.postcode = "NF1 1AA";
  answer.alternatives = {{serves("Ashmere County Council", areas::Tier::County, areas::Reason::CountyTier)}};
  ready(state.area.answer, answer);
  screen.draw(state);
  const std::vector<const ui::Node*> headings = screen.scene().all(ui::Role::Heading);
  REQUIRE_FALSE(headings.empty());
  CHECK(headings.front()->level == 1);
  CHECK(std::count_if(headings.begin(), headings.end(), [](const ui::Node* one) { return one->level == 1; }) == 1);
}

TEST_CASE("while somebody types the header stays where question and field have room below it, else above all reach") {
  const auto has_languages = [](ui::Metrics metrics, Page page, visit::Field field) {
    Screen screen(metrics);
    visit::State state = at(page, field);
    state.preferences.low_reach = true;
    screen.draw(state);
    const ui::Node* title = screen.scene().find(ui::Role::Heading, screen.word("details.name"));
    if (page == Page::BookDetails) {
      REQUIRE(title);
      CHECK(title->visible.height >= title->rect.height - 1);
    }
    CHECK(screen.scene().find(ui::Role::Status, "Riverside Library"));
    return screen.scene().find(ui::Role::Button, "English") != nullptr;  // to be touched, within reach
  };
  CHECK(has_languages(landscape(), Page::Search, visit::Field::Search));
  CHECK_FALSE(has_languages(landscape(), Page::BookDetails, visit::Field::Name));
  ui::Metrics upright = portrait();
  upright.reach_height_mm = 240;
  CHECK(has_languages(upright, Page::BookDetails, visit::Field::Name));
}

TEST_CASE("how long the time is kept is in sight on the check page, at every size") {
  const std::string language = GENERATE(std::string("en"), std::string("cy"), std::string("pl"), std::string("ar"));
  const int text_size = GENERATE(0, 3);
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  visit::State state = at(Page::BookCheck);
  state.preferences.language = language;
  state.preferences.text_size = text_size;
  screen.draw(state);
  const ui::Node* hold =
      screen.scene().find(ui::Role::Text, screen.word("details.hold", {{"minutes", std::int64_t{12}}}));
  REQUIRE(hold);
  CHECK(hold->visible.height == hold->rect.height);
  CHECK(hold->scroll_parent == ui::NodeId::None);  // and stays there
}
