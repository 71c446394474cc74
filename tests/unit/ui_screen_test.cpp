// A small screen, driven by scripted fingers and keys, in both directions.
#include <set>

#include "kiosk/ui/announce.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/software_renderer.h"
#include "kiosk/ui/window.h"
#include "tests/unit/ui_fixture.h"

namespace kiosk::ui {
namespace {

struct Choosing {
  int continued = 0;
  std::optional<std::size_t> chosen;
  int items = 30;
  bool dialog = false;

  void operator()(Ui& ui) {
    const Regions page = ui.regions({.header_mm = 18, .footer_mm = 22});
    header(ui, page.header, {.title = "Library", .clock = "14:32"});
    {
      const Scroll scroll(ui, "list", ui.content_column(page.content));
      heading(ui, "Services");
      std::vector<CardSpec> specs;
      for (int i = 0; i < items; ++i)
        specs.push_back({.title = "Service " + std::to_string(i), .lines = {{.text = "Northfield"}}});
      if (const auto index = cards(ui, "cards", specs)) chosen = index;
      if (button(ui, "go", {.label = "Continue", .kind = ButtonKind::Primary})) ++continued;
    }
    const std::vector<BarItem> tools = {{.id = "again", .label = "Start again", .icon = Icon::Restart},
                                        {.id = "help", .label = "Help", .icon = Icon::Help, .at_end = true}};
    bar(ui, "tools", page.footer, tools);
    if (!dialog) return;
    const Dialog box(ui, "still", {.title = "Still there?", .alert = true});
    if (button(ui, "yes", {.label = "Yes"})) dialog = false;
  }
};

Panel1080::Screen by_reference(Choosing& screen) {
  return [&screen](Ui& ui) { screen(ui); };
}

}  // namespace

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

namespace {

// The pixels of the last frame.
struct Picture {
  explicit Picture(Ui& ui) {
    renderer.resize(ui.metrics().width_px, ui.metrics().height_px);
    renderer.render(ui.canvas().list(), ui.atlas());
  }
  std::uint32_t at(int x, int y) const {
    return renderer.pixels()[static_cast<std::size_t>(y * renderer.width() + x)] & 0xffffffu;
  }
  // The sides of what is drawn on the ground of a rectangle's start, in rows `top` to `bottom`.
  std::pair<int, int> ink(const Rect& rect, float top, float bottom) const {
    const int x0 = static_cast<int>(rect.x) + 12, x1 = static_cast<int>(rect.right()) - 12;
    const std::uint32_t ground = at(x0, static_cast<int>(top));
    std::pair<int, int> sides{x1, x0};
    for (int y = static_cast<int>(top); y < static_cast<int>(bottom); ++y)
      for (int x = x0; x < x1; ++x)
        if (at(x, y) != ground) sides = {std::min(sides.first, x), std::max(sides.second, x)};
    return sides;
  }
  SoftwareRenderer renderer;
};

}  // namespace

TEST_CASE("a code and its label stand at the side where reading begins") {
  const bool arabic = GENERATE(false, true);
  Panel1080 panel(arabic ? "ar" : "en");
  const char* label = arabic ? "رمز موعدك لدى المكتب" : "The code of your appointment";
  panel.draw([&](Ui& ui) {
    const Column column(ui, ui.content_column(ui.regions({}).content));
    codes(ui, std::vector<CodeSpec>{{label, "7K3M-9QX4"}});
  });
  const Node* node = panel.scene().find(Role::Text, label);
  REQUIRE(node);
  const Picture picture(panel.ui());
  const float middle = node->rect.y + node->rect.height * 0.45f;
  const auto name = picture.ink(node->rect, node->rect.y + 6, middle);
  const auto value = picture.ink(node->rect, middle, node->rect.bottom() - 6);
  const int margin = static_cast<int>(panel.ui().px(5 + 3));
  const int left = static_cast<int>(node->rect.x) + margin, right = static_cast<int>(node->rect.right()) - margin;
  if (arabic) {
    CHECK(name.second > right);
    CHECK(value.second > right);
  } else {
    CHECK(name.first < left);
    CHECK(value.first < left);
  }
}

TEST_CASE("what goes on beyond an edge fades there, and ends sharply where it ends") {
  Panel1080 panel;
  Rect area;
  const auto screen = [&](Ui& ui) {
    area = ui.content_column(ui.regions({}).content);
    const Scroll scroll(ui, "list", area);
    for (int i = 0; i < 40; ++i) {
      const Rect bar = ui.take(ui.width(), ui.px(20));
      ui.canvas().fill(bar, rgb(0x000000));
      ui.gap(-kUnitMm);
    }
  };
  panel.draw(screen);
  const auto grey = [&](float y) {
    return static_cast<int>(Picture(panel.ui()).at(static_cast<int>(area.x) + 100, static_cast<int>(y)) & 0xff);
  };
  CHECK(grey(area.bottom() - 2) > 150);
  CHECK(grey(area.bottom() - panel.ui().px(3)) > 60);
  CHECK(grey(area.bottom() - panel.ui().px(7)) == 0);
  CHECK(grey(area.y + 2) == 0);  // this is the beginning
  panel.tap(Role::Button, "Down");
  panel.draw(screen);
  CHECK(grey(area.y + 2) > 60);
}

TEST_CASE("a list can be paged by buttons, dragged, and reached by keypad") {
  Panel1080 panel;
  Choosing screen;
  panel.draw(by_reference(screen));
  const float before = panel.scene().find(Role::ListItem, "Service 5")->rect.y;
  SECTION("page button") {
    panel.tap(Role::Button, "Down");
    panel.draw(by_reference(screen));
    CHECK(panel.scene().find(Role::ListItem, "Service 5")->rect.y < before - 300);
    panel.ui().page_is(2);
    panel.draw(by_reference(screen));
    CHECK(panel.scene().find(Role::ListItem, "Service 5")->rect.y == before);  // another page begins at its top
  }
  SECTION("drag") {
    panel.pointer(PointerEvent::Phase::Down, {900, 700});
    panel.pointer(PointerEvent::Phase::Move, {900, 650});
    panel.pointer(PointerEvent::Phase::Move, {900, 450});
    panel.pointer(PointerEvent::Phase::Cancel, {900, 450});
    panel.draw(by_reference(screen));
    CHECK(panel.scene().find(Role::ListItem, "Service 5")->rect.y == Approx(before - 200).margin(1));
  }
  SECTION("focus is always in sight, and every control is reached") {
    std::set<std::string> seen;
    for (int i = 0; i < 40; ++i) {
      panel.key(NavKey::Down);
      panel.draw(by_reference(screen));
      const Node* node = panel.scene().find(panel.scene().focused);
      REQUIRE(node);
      seen.insert(node->name);
      INFO(node->name);
      CHECK(node->visible.height >= node->rect.height - 1);
    }
    CHECK(seen.count("Service 29"));
    CHECK(seen.count("Help"));
    CHECK(seen.count("Continue"));
  }
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

TEST_CASE("a month's name stays on one line, on the narrowest panel and in the largest letters") {
  Panel1080 panel("en", {1366, 768, 0.248, 200});
  panel.look.text_size = GENERATE(0, 3);
  panel.draw([&](Ui& ui) {
    const Column column(ui, {0, ui.px(40), ui.px(110), ui.px(140)});
    calendar(ui, "month", {.month = std::chrono::year{2026} / 11 / 1});
  });
  const Node* name = panel.scene().find(Role::Heading, panel.language().month(std::chrono::year{2026} / 11 / 1));
  REQUIRE(name);
  const Picture picture(panel.ui());
  const auto above = picture.ink(name->rect, name->rect.y - panel.ui().px(8), name->rect.y);
  CHECK(above.second < above.first);  // nothing sticks out
  const auto inside = picture.ink(name->rect, name->rect.y, name->rect.bottom());
  CHECK(inside.first < inside.second);
}

TEST_CASE("the field that is typed into stays in sight above the keyboard") {
  Panel1080 panel;
  bool error = false;
  const auto screen = [&](Ui& ui) {
    const Regions page = ui.regions({.header_mm = 18, .footer_mm = 22, .keyboard = true});
    {
      const Scroll scroll(ui, "page", ui.content_column(page.content));
      if (error) notice(ui, "error", {.title = "There is a problem", .text = std::string(600, 'x')});
      heading(ui, "What is your name?");
      field(ui, "name", {.label = "Name", .error = error ? "Enter your name" : "", .active = true});
      for (int i = 0; i < 20; ++i) paragraph(ui, "More to read " + std::to_string(i));
    }
    keyboard(ui, page.keyboard);
  };
  const auto in_sight = [&] {
    const Node* box = panel.scene().find(Role::TextBox, "Name");
    return box && box->visible.height >= box->rect.height - 1;
  };
  panel.draw(screen);
  CHECK(in_sight());
  error = true;
  panel.draw(screen);
  CHECK(in_sight());
  for (int i = 0; i < 2; ++i) {
    panel.tap(Role::Button, "Down");  // somebody reads on
    panel.draw(screen);
  }
  CHECK_FALSE(in_sight());
  panel.tap(Role::Key, "a");
  panel.draw(screen);
  CHECK(in_sight());
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
