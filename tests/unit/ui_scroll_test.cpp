// What is taller than its window: paging, dragging, fading, and the field that is typed into.
#include <set>

#include "tests/unit/ui_example.h"

namespace kiosk::ui {

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

TEST_CASE("an edge beyond which it goes on is seen where nothing is drawn there, in every theme") {
  Panel1080 panel;
  panel.look.theme =
      theme(GENERATE(ThemeName::Light, ThemeName::Dark, ThemeName::BlackOnWhite, ThemeName::YellowOnBlack));
  const bool more = GENERATE(false, true);
  Rect area;
  panel.draw([&](Ui& ui) {
    area = ui.content_column(ui.area());
    area.height = ui.px(100);
    const Scroll scroll(ui, "list", area);
    ui.take(ui.width(), ui.px(50));
    if (more) ui.take(ui.width(), ui.px(150));
  });
  const Picture picture(panel.ui());
  const auto at = [&](float y) {
    const std::uint32_t pixel = picture.at(static_cast<int>(area.x) + 100, static_cast<int>(y));
    return Colour{static_cast<std::uint8_t>(pixel >> 16), static_cast<std::uint8_t>(pixel >> 8),
                  static_cast<std::uint8_t>(pixel)};
  };
  CHECK((contrast(at(area.bottom() - 2), at(area.bottom() - panel.ui().px(8))) > 1.25) == more);
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

TEST_CASE("a page is scrolled beyond its end no longer than somebody types") {
  Panel1080 panel;
  bool typing = true;
  const auto screen = [&](Ui& ui) {
    // So little room that what stands above the field has to go wholly out of sight.
    Rect area = ui.content_column(ui.area());
    area.height = ui.px(40);
    const Scroll scroll(ui, "page", area);
    notice(ui, "error", {.title = "There is a problem", .text = std::string(300, 'x')});
    heading(ui, "What is your name?");
    field(ui, "name", {.label = "Name", .active = typing});
  };
  const auto empty_mm = [&] {  // between the end of the page and that of its window
    const Node* last = panel.scene().find(Role::TextBox, "Name");
    const Node* area = last ? panel.scene().find(last->scroll_parent) : nullptr;
    REQUIRE(area);
    return panel.ui().metrics().mm(area->rect.bottom() - last->rect.bottom());
  };
  panel.draw(screen);
  CHECK(empty_mm() > 4);
  typing = false;
  panel.draw(screen);
  CHECK(empty_mm() < 2);
  for (int i = 0; i < 3; ++i) {
    panel.key(NavKey::PageDown);
    panel.draw(screen);
  }
  CHECK(empty_mm() < 2);
}

TEST_CASE("page buttons stay beside what they page, however low it is") {
  Panel1080 panel;
  const double height = GENERATE(22, 60);
  Rect area;
  panel.draw([&](Ui& ui) {
    area = ui.content_column(ui.area());
    area.y = ui.px(80);
    area.height = ui.px(height);
    const Scroll scroll(ui, "list", area);
    for (int i = 0; i < 20; ++i) paragraph(ui, "More to read " + std::to_string(i));
  });
  for (const char* name : {"Up", "Down"}) {
    const Node* node = panel.scene().find(Role::Button, name);
    REQUIRE(node);
    CHECK(node->rect.y >= area.y);
    CHECK(node->rect.bottom() <= area.bottom());
    CHECK(node->rect.width >= panel.ui().px(kMinTargetMm));
  }
}

TEST_CASE("what ends a hair below its window has no page buttons, and does not move") {
  Panel1080 panel;
  panel.draw([&](Ui& ui) {
    Rect area = ui.content_column(ui.area());
    area.height = ui.px(100) - 3;
    const Scroll scroll(ui, "list", area);
    ui.take(ui.width(), ui.px(100));
  });
  CHECK_FALSE(panel.scene().find(Role::Button, "Down"));
}

TEST_CASE("what fits keeps the base unit from the buttons below it") {
  Panel1080 panel;
  const double height = GENERATE(150, 200, 243, 244, 245, 246, 247, 248, 249, 250);
  panel.draw([&](Ui& ui) {
    Dock dock(ui, ui.content_column(ui.area()), {{"go", {.label = "Continue"}}});
    {
      const Scroll scroll(ui, "page", dock.above());
      const Panel card(ui, "card", {.padding_mm = 0, .name = "Card"});
      ui.take(ui.width(), ui.px(height));
    }
    dock.draw();
  });
  const Node* card = panel.scene().find(Role::Group, "Card");
  const Node* go = panel.scene().find(Role::Button, "Continue");
  REQUIRE(card);
  REQUIRE(go);
  CHECK(panel.ui().metrics().mm(go->rect.y - card->visible.bottom()) >= kUnitMm - 0.2);
}

TEST_CASE("what was asked for is scrolled into sight once it is there") {
  Panel1080 panel;
  bool asked = false, there = false;
  const auto screen = [&](Ui& ui) {
    const Scroll scroll(ui, "page", ui.content_column(ui.regions({}).content));
    for (int i = 0; i < 30; ++i) paragraph(ui, "More to read " + std::to_string(i));
    if (there) tiles(ui, "times", "Times", std::vector<ChoiceSpec>{{.label = "09:30"}});
    if (std::exchange(asked, false)) show_tiles(ui, "times");
  };
  panel.draw(screen);
  asked = true;
  panel.draw(screen);
  there = true;
  panel.draw(screen);
  const Node* time = panel.scene().find(Role::Choice, "09:30");
  REQUIRE(time);
  CHECK(time->visible.height >= time->rect.height - 1);
}

}  // namespace kiosk::ui
