// A small screen, driven by scripted fingers and keys, in both directions.
#include "kiosk/ui/announce.h"
#include "kiosk/ui/window.h"
#include "tests/unit/ui_example.h"

namespace kiosk::ui {

TEST_CASE("a sound screen in every theme, size, orientation and direction") {
  const std::string language = GENERATE("en", "ar");
  const int size = GENERATE(0, 1, 2, 3);
  const Metrics metrics =
      GENERATE(Metrics{1920, 1080, 0.248, 200}, Metrics{1080, 1920, 0.248, 200}, Metrics{1080, 1920, 0.18, 150});
  const bool low_reach = GENERATE(false, true);
  Panel1080 panel(language, metrics);
  panel.look.text_size = size;
  panel.look.low_reach = low_reach;
  Choosing screen;
  panel.draw(by_reference(screen));
  for (const SceneFault& fault : check(panel.scene())) {
    INFO(language << " size " << size << " " << metrics.width_px << " pitch " << metrics.pitch_mm << " low "
                  << low_reach);
    INFO(to_string(fault.kind) << ": " << fault.what);
    CHECK(false);
  }
}

TEST_CASE("a tap on a card is seen once, by the frame that drew it") {
  Panel1080 panel;
  Choosing screen;
  panel.draw(by_reference(screen));
  panel.tap(Role::ListItem, "Service 1");
  panel.draw(by_reference(screen));
  CHECK(screen.chosen == std::size_t{1});
  screen.chosen.reset();
  panel.draw(by_reference(screen));
  CHECK_FALSE(screen.chosen);
}

TEST_CASE("two fast taps are two activations") {
  Panel1080 panel;
  Choosing screen;
  screen.items = 1;
  panel.draw(by_reference(screen));
  panel.tap(Role::Button, "Continue");
  panel.tap(Role::Button, "Continue");
  panel.draw(by_reference(screen));
  CHECK(screen.continued == 2);
}

TEST_CASE("right-to-left mirrors the glass, not the screen's code") {
  Choosing screen;
  Panel1080 english("en"), arabic("ar");
  english.draw(by_reference(screen));
  arabic.draw(by_reference(screen));
  const Node* left = english.scene().find(Role::Button, "Start again");
  const Node* right = arabic.scene().find(Role::Button, "Start again");
  REQUIRE(left);
  REQUIRE(right);
  CHECK(left->rect.x == Approx(1920 - right->rect.right()).margin(1));
  CHECK(left->rect.x < 200);
}

TEST_CASE("the keypad selects what has focus, and only then shows a ring") {
  Panel1080 panel;
  Choosing screen;
  panel.draw(by_reference(screen));
  CHECK(panel.scene().focused == NodeId::None);
  panel.key(NavKey::Down);
  panel.key(NavKey::Down);
  panel.draw(by_reference(screen));
  CHECK(panel.scene().find(panel.scene().focused)->name == "Service 1");
  panel.key(NavKey::Select);
  panel.draw(by_reference(screen));
  CHECK(screen.chosen == std::size_t{1});
  panel.key(NavKey::Back);
  panel.draw(by_reference(screen));
  CHECK(panel.ui().take_key() == NavKey::Back);
  CHECK_FALSE(panel.ui().take_key());
}

TEST_CASE("the same key within the set time counts once") {
  Panel1080 panel;
  Choosing screen;
  panel.ui().ignore_same_key_for(core::Milliseconds(500));
  panel.draw(by_reference(screen));
  panel.ui().input(NavEvent{NavKey::Down, core::Milliseconds(5000)});
  panel.ui().input(NavEvent{NavKey::Down, core::Milliseconds(5400)});
  panel.draw(by_reference(screen));
  CHECK(panel.scene().find(panel.scene().focused)->name == "Service 0");
}

TEST_CASE("words are not broken: fewer columns, smaller headings") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  panel.look.text_size = 2;
  const std::string word = "Donaudampfschifffahrt";
  panel.draw([&](Ui& ui) {
    const Column column(ui, ui.content_column(ui.area()));
    heading(ui, word + word);
    const std::vector<CardSpec> specs = {{.title = "One"}, {.title = word}};
    cards(ui, "cards", specs, 80);
  });
  const Node* one = panel.scene().find(Role::ListItem, "One");
  const Node* long_one = panel.scene().find(Role::ListItem, word);
  REQUIRE(one);
  REQUIRE(long_one);
  CHECK(long_one->rect.y > one->rect.y);
  CHECK(panel.scene().all(Role::Heading).front()->rect.height < panel.ui().px(35));  // one line
}

TEST_CASE("low reach keeps every target in the lower part") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  panel.look.low_reach = true;
  Choosing screen;
  panel.draw(by_reference(screen));
  const float top = 1920 - panel.ui().px(200);
  for (const Node& node : panel.scene().nodes())
    if (node.action && !is_empty(node.visible)) CHECK(node.visible.y >= top - 1);
}

TEST_CASE("a dialog takes all input until it is gone") {
  Panel1080 panel;
  Choosing screen;
  screen.dialog = true;
  panel.draw(by_reference(screen));
  CHECK(panel.scene().find(Role::Button, "Help") == nullptr);
  panel.tap({100, 1060});
  panel.draw(by_reference(screen));
  CHECK(screen.dialog);
  panel.tap(Role::Button, "Yes");
  panel.draw(by_reference(screen));
  CHECK_FALSE(screen.dialog);
  panel.draw(by_reference(screen));
  CHECK(panel.scene().find(Role::Button, "Help") != nullptr);
}

TEST_CASE("what is heard: the page, the focus with its place, alerts at once") {
  Panel1080 panel;
  panel.look.reading = true;
  Choosing screen;
  Announcer announcer;
  panel.draw(by_reference(screen));
  announcer.update(panel.scene(), panel.language(), 1);
  auto said = announcer.take();
  REQUIRE_FALSE(said.empty());
  CHECK(said.front().text == "Services");
  panel.key(NavKey::Down);
  panel.draw(by_reference(screen));
  announcer.update(panel.scene(), panel.language(), 1);
  said = announcer.take();
  REQUIRE(said.size() == 1);
  CHECK(said.front().text == "Service 0, Northfield, 1 of 30");
  announcer.update(panel.scene(), panel.language(), 1);
  CHECK(announcer.take().empty());
  screen.dialog = true;
  panel.draw(by_reference(screen));
  announcer.update(panel.scene(), panel.language(), 1);
  said = announcer.take();
  REQUIRE_FALSE(said.empty());
  CHECK(said.front().why == Utterance::Why::Alert);
  CHECK(said.front().text == "Still there?");
}

TEST_CASE("a personal value is spoken only into private listening") {
  Panel1080 panel;
  Node node;
  node.role = Role::TextBox;
  node.name = "Name";
  node.value = "Zofia";
  node.secret = true;
  CHECK(spoken(node, panel.language()) == "Name, field, filled in");
  CHECK(spoken(node, panel.language(), true) == "Name, field, Zofia");
}

TEST_CASE("nothing is left of a visit after forget()") {
  Panel1080 panel;
  Choosing screen;
  panel.draw(by_reference(screen));
  panel.ui().forget();
  CHECK(panel.scene().nodes().empty());
  panel.draw(by_reference(screen));
  CHECK(panel.scene().find(Role::Button, "Continue"));
}

TEST_CASE("the page that waits for a visit is not laid out anew after it, and nothing else is left") {
  Panel1080 panel;
  Choosing waiting, visited;
  waiting.items = 2;
  panel.draw(by_reference(waiting));
  panel.ui().keep();
  const auto kept = panel.texts();
  panel.draw(by_reference(visited));
  CHECK(panel.texts().cached_paragraphs > kept.cached_paragraphs);
  panel.ui().forget();
  CHECK(panel.texts().cached_paragraphs == kept.cached_paragraphs);
  const auto misses = panel.texts().misses;
  panel.draw(by_reference(waiting));
  CHECK(panel.texts().misses == misses);
}

TEST_CASE("a headless window draws when something changed, and not otherwise") {
  Panel1080 panel("en", {800, 600, 0.3, 150});
  Choosing screen;
  auto window = Window::open({.title = "test", .windowed = std::pair(800, 600), .headless = true});
  REQUIRE(window.ok());
  panel.draw(by_reference(screen));
  CHECK((*window)->present(panel.ui()));
  panel.draw(by_reference(screen));
  CHECK_FALSE((*window)->present(panel.ui()));
  panel.key(NavKey::Down);
  panel.draw(by_reference(screen));
  CHECK((*window)->present(panel.ui()));
  Window::wake();
  const core::AdjustableClock clock;
  bool woken = false;
  for (int i = 0; i < 20 && !woken; ++i)
    woken = (*window)->wait(clock, clock.monotonic() + core::Milliseconds(1000)).woken;
  CHECK(woken);
  const auto first = screenshot_png(panel.ui()), again = screenshot_png(panel.ui());
  REQUIRE(first.ok());
  CHECK(first->substr(1, 3) == "PNG");
  CHECK(*first == *again);
}

}  // namespace kiosk::ui
