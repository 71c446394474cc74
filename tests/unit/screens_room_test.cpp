// What has to be in sight together where there is little room.
#include "tests/unit/screens_fixture.h"

using namespace screens_test;

namespace {

bool is_seen(const ui::Node* node) {
  return node && node->visible.height >= node->rect.height - 1 && node->visible.width >= node->rect.width - 1;
}

ui::Metrics low_panel() {
  ui::Metrics metrics;
  metrics.width_px = 1366;
  metrics.height_px = 768;
  return metrics;
}

}  // namespace

TEST_CASE("what is wrong is in sight at the top and at the field, above the keyboard") {
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  visit::State state =
      GENERATE(false, true) ? at(Page::Area, visit::Field::Postcode) : at(Page::BookDetails, visit::Field::Name);
  state.preferences.language = GENERATE("en", "cy", "pl", "ar");
  state.preferences.text_size = GENERATE(0, 1);
  screen.draw(state);
  state.area.answer = {};
  visit::field_text(state, state.field).text = {};
  const bool area = state.page == Page::Area;
  visit::field_text(state, state.field).error_key = area ? "error.postcode_missing" : "error.name_missing";
  screen.draw(state);
  INFO(state.preferences.language << " size " << state.preferences.text_size << (area ? " area" : " details"));
  CHECK(is_seen(screen.scene().find(ui::Role::Alert, screen.word("error.heading"))));
  REQUIRE(screen.scene().all(ui::Role::TextBox).size() == 1);
  CHECK(is_seen(screen.scene().all(ui::Role::TextBox).front()));
}

TEST_CASE("what is wrong with a code is in sight at the top and at the field, above the keyboard") {
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  visit::State state = at(Page::Manage, visit::Field::Code);
  state.preferences.language = GENERATE("en", "cy", "pl", "ar");
  state.preferences.text_size = GENERATE(0, 1);
  screen.draw(state);
  state.manage.code.text = core::SecretText(std::string("7K3M9QX5"));
  state.manage.code.error_key = GENERATE("manage.error.missing", "manage.error.not_found");
  screen.draw(state);
  const ui::Node* hint = screen.scene().find(ui::Role::Text, screen.word("manage.code_hint"));
  INFO(state.preferences.language << " size " << state.preferences.text_size);
  CHECK(is_seen(hint));
  if (state.preferences.text_size == 0)
    CHECK(is_seen(screen.scene().find(ui::Role::Heading, screen.word("manage.heading"))));
  CHECK(is_seen(screen.scene().find(ui::Role::Alert, screen.word("error.heading"))));
  REQUIRE(screen.scene().all(ui::Role::TextBox).size() == 1);
  CHECK(is_seen(screen.scene().all(ui::Role::TextBox).front()));
}

TEST_CASE("on a low panel question and number are whole above the keyboard, and nothing fades") {
  Screen screen(low_panel());
  visit::State state = at(Page::BookDetails, visit::Field::Telephone);
  state.preferences.language = GENERATE("en", "cy", "pl", "ar");
  state.booking.questions = {visit::Field::Telephone};
  screen.draw(state);
  INFO(state.preferences.language);
  CHECK(is_seen(screen.scene().find(ui::Role::Heading, screen.word("details.telephone"))));
  CHECK(is_seen(screen.scene().all(ui::Role::TextBox).front()));
}

TEST_CASE("on a low panel results have the room, and the search's heading none") {
  visit::State state = at(Page::Search);
  state.preferences.text_size = 1;
  state.results.value.filters = {{search::Filter::Free, 2}, {search::Filter::OpenNow, 2}};
  Screen low(low_panel()), high(landscape());
  low.draw(state);
  high.draw(state);
  CHECK_FALSE(low.scene().find(ui::Role::Heading, low.word("start.heading")));
  CHECK(high.scene().find(ui::Role::Heading, high.word("start.heading")));
  const ui::Node* card = low.scene().find(ui::Role::ListItem, "Missed bin");
  REQUIRE(card);
  CHECK(card->visible.height > low.scene().metrics.px(20));
}

TEST_CASE("a day's times are in sight as soon as it is chosen, in low reach too") {
  Screen screen(GENERATE(false, true) ? portrait() : low_panel());
  visit::State state = at(Page::BookTime);
  state.preferences.low_reach = true;
  state.booking.day.reset();
  state.booking.month_shown = std::chrono::year{2026} / 11 / 1;
  const core::Date day = std::chrono::year{2026} / 11 / 25;
  screen.touch(state, ui::Role::Day, words()->in("en").day(day));
  state.booking.day = day;
  screen.draw(state);
  REQUIRE(screen.scene().all(ui::Role::Choice).size() == 2);
  for (const ui::Node* time : screen.scene().all(ui::Role::Choice)) CHECK(is_seen(time));
}
