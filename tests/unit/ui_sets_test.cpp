// What stands in sets: codes, tiles, choices, buttons.
#include "tests/unit/ui_example.h"

namespace kiosk::ui {

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

TEST_CASE("codes side by side are of one size and level, whatever their labels need") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  const std::string longer = "Code for your appointment at the register office";
  panel.draw([&](Ui& ui) {
    const Column column(ui, ui.content_column(ui.area()));
    codes(ui, std::vector<CodeSpec>{{"Reference", "1013"}, {longer, "7K3M-9HX4"}}, CodeSize::Large, Along::Row);
  });
  const Node* one = panel.scene().find(Role::Text, "Reference");
  const Node* other = panel.scene().find(Role::Text, longer);
  REQUIRE(one);
  REQUIRE(other);
  CHECK(one->rect.y == other->rect.y);
  const Picture picture(panel.ui());
  const auto lowest = [&](const Rect& rect) {
    float y = rect.bottom() - 8;
    for (auto ink = picture.ink(rect, y, y + 1); ink.first > ink.second; ink = picture.ink(rect, y, y + 1)) --y;
    return y;
  };
  const float foot = lowest(one->rect);
  CHECK(lowest(other->rect) == Approx(foot).margin(1));
}

TEST_CASE("four stand two by two where three fit beside each other") {
  Panel1080 panel;
  const std::vector<ChoiceSpec> four = {{.label = "One"}, {.label = "Two"}, {.label = "Three"}, {.label = "Four"}};
  panel.draw([&](Ui& ui) {
    const Column column(ui, {100, 100, ui.px(130), ui.px(200)});
    tiles(ui, "tiles", "Numbers", four, 40);
  });
  const auto place = [&](const char* name) {
    const Node* node = panel.scene().find(Role::Choice, name);
    REQUIRE(node);
    return node->rect;
  };
  CHECK(place("Two").y == place("One").y);
  CHECK(place("Three").y > place("One").y);
  CHECK(place("Four").y == place("Three").y);
  CHECK(place("Four").x == place("Two").x);
}

TEST_CASE("one long option does not make the others as tall") {
  Panel1080 panel;
  const std::string all = std::string(20, 'x') + " " + std::string(20, 'x');
  const std::string longest = all + " " + all + " " + all + " " + all;
  panel.draw([&](Ui& ui) {
    const Column column(ui, {100, 100, ui.px(100), ui.px(240)});
    choices(ui, "choices", "Which?", std::vector<ChoiceSpec>{{.label = "Short"}, {.label = longest}});
  });
  const Node* shortest = panel.scene().find(Role::Choice, "Short");
  const Node* tallest = panel.scene().find(Role::Choice, longest);
  REQUIRE(shortest);
  REQUIRE(tallest);
  CHECK(shortest->rect.height < tallest->rect.height / 2);
}

TEST_CASE("a button keeps room for what it may say later") {
  Panel1080 panel;
  ButtonSpec spec{.label = "Print", .other_label = "Print another copy"};
  const auto screen = [&](Ui& ui) {
    const Column column(ui, ui.content_column(ui.area()));
    const Wrap wrap(ui);
    button(ui, "print", spec);
    button(ui, "next", {.label = "Next"});
  };
  const auto beside = [&] {
    panel.draw(screen);
    const Node* node = panel.scene().find(Role::Button, "Next");
    REQUIRE(node);
    return node->rect.x;
  };
  const float before = beside();
  std::swap(spec.label, spec.other_label);
  CHECK(beside() == before);
}

TEST_CASE("focus stays on a button while it is busy, and does nothing there") {
  Panel1080 panel;
  bool busy = false;
  int printed = 0;
  const auto screen = [&](Ui& ui) {
    const Column column(ui, ui.content_column(ui.area()));
    if (button(ui, "print", {.label = "Print", .busy = busy})) ++printed;
    button(ui, "finish", {.label = "Finish"});
  };
  panel.draw(screen);
  panel.key(NavKey::Down);
  panel.key(NavKey::Select);
  panel.draw(screen);
  CHECK(printed == 1);
  busy = true;
  panel.draw(screen);
  panel.key(NavKey::Select);
  panel.draw(screen);
  CHECK(printed == 1);
  busy = false;
  panel.draw(screen);
  REQUIRE(panel.scene().find(panel.scene().focused));
  CHECK(panel.scene().find(panel.scene().focused)->name == "Print");
}

TEST_CASE("codes stand side by side only where each is as large as it would be alone") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  const bool both = GENERATE(false, true);
  panel.look.text_size = GENERATE(0, 3);
  const auto drawn = [&] {
    std::vector<CodeSpec> specs = {{"Code", "7K3M-9HX4"}};
    if (both) specs.push_back({"Reference", "K3-1013-2201"});
    panel.draw([&](Ui& ui) {
      const Column column(ui, ui.content_column(ui.area()));
      codes(ui, specs, CodeSize::Large, Along::Row);
    });
    return panel.scene().find(Role::Text, "Code")->rect;
  };
  const Rect rect = drawn();
  if (panel.look.text_size == 3) CHECK(rect.width == panel.ui().content_column(panel.ui().area()).width);
  CHECK(panel.ui().metrics().mm(rect.height) > 14 * (panel.look.text_size == 3 ? 2.5 : 1.5));
}

TEST_CASE("buttons are as tall with an icon as without, and with a tick as before it") {
  Panel1080 panel;
  panel.look.text_size = GENERATE(0, 1, 2, 3);
  panel.draw([&](Ui& ui) {
    const Column column(ui, ui.content_column(ui.area()));
    button(ui, "plain", {.label = "Plain"});
    button(ui, "icon", {.label = "Icon", .icon = Icon::Check});
    button(ui, "chosen", {.label = "Chosen", .selected = true});
  });
  const float plain = panel.scene().find(Role::Button, "Plain")->rect.height;
  CHECK(panel.scene().find(Role::Button, "Icon")->rect.height == plain);
  CHECK(panel.scene().find(Role::Button, "Chosen")->rect.height == plain);
}

TEST_CASE("a page's end shows a code whole, or nothing of it") {
  Panel1080 panel;
  const double above = GENERATE(20, 30, 40, 45, 50, 55, 62, 69);
  panel.draw([&](Ui& ui) {
    Rect area = ui.content_column(ui.area());
    area.height = ui.px(80);
    const Scroll scroll(ui, "page", area);
    ui.take(ui.width(), ui.px(above));
    picture(ui, core::Bitmap1(33, 33), {.name = "Code", .max_mm = 45, .hint = "Point your phone at it"});
  });
  const Node* code = panel.scene().find(Role::Image, "Code");
  REQUIRE(code);
  const float seen = code->visible.height / code->rect.height;
  CHECK((seen < 0.01f || seen > 0.99f));
}

TEST_CASE("what a code is for stands beside it where there is room, else below") {
  Panel1080 panel;
  const bool narrow = GENERATE(false, true);
  panel.draw([&](Ui& ui) {
    Rect area = ui.content_column(ui.area());
    if (narrow) area.width = ui.px(60);
    const Column column(ui, area);
    picture(ui, core::Bitmap1(33, 33), {.name = "Code", .max_mm = 45, .hint = "Point the camera of your phone at it"});
  });
  const Node* code = panel.scene().find(Role::Image, "Code");
  const Node* hint = panel.scene().find(Role::Text, "Point the camera of your phone at it");
  REQUIRE(code);
  REQUIRE(hint);
  if (narrow) {
    CHECK(hint->rect.y >= code->rect.bottom());
  } else {
    CHECK(hint->rect.x >= code->rect.right() + panel.ui().px(kUnitMm) - 1);
    CHECK(centre(hint->rect).y == Approx(centre(code->rect).y).margin(2));
  }
}

TEST_CASE("the dots of a way are whole and clear, or below what is seen at first") {
  Panel1080 panel;
  const double above = GENERATE(20, 66, 70, 72, 76);
  panel.draw([&](Ui& ui) {
    Rect area = ui.content_column(ui.area());
    area.height = ui.px(80);
    const Scroll scroll(ui, "page", area);
    ui.take(ui.width(), ui.px(above));
    page_dots(ui, 1, 3);
    ui.take(ui.width(), ui.px(40));
  });
  const Node* dots = panel.scene().all(Role::Status).front();
  const bool none = is_empty(dots->visible) || dots->visible.height < 1;
  CHECK((none || dots->rect.bottom() <= panel.ui().area().y + panel.ui().px(80 - 6)));
}

}  // namespace kiosk::ui
