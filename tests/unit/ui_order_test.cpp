// What keeps a page calm: rows of one height, labels on one line, nothing torn by an edge.
#include <cmath>
#include <map>

#include "tests/unit/ui_fixture.h"

namespace kiosk::ui {

TEST_CASE("buttons of one row are equally tall, and so are the choices of one question") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  const std::string longer =
      "A choice whose words are so many that they do not fit onto one line, however small they are";
  const std::string two_lines = "A choice whose words are so many that they need a second line";
  panel.look.text_size = 2;
  panel.draw([&](Ui& ui) {
    Dock dock(ui, ui.content_column(ui.area()),
              {{"a", {.label = "Short"}}, {"b", {.label = longer}}, {"c", {.label = "ش"}}, {"d", {.label = "أُخرى"}}});
    {
      const Column column(ui, dock.above());
      const std::vector<ChoiceSpec> specs = {{.label = "Yes"}, {.label = two_lines}};
      choices(ui, "choices", "Which?", specs);
    }
    dock.draw();
  });
  const auto height = [&](Role role, const std::string& name) {
    const Node* node = panel.scene().find(role, name);
    REQUIRE(node);
    return node->rect.height;
  };
  CHECK(height(Role::Choice, "Yes") == height(Role::Choice, two_lines));
  CHECK(height(Role::Button, "ش") == height(Role::Button, "أُخرى"));
  CHECK(height(Role::Button, longer) > height(Role::Button, "Short"));  // which has a line of its own
}

TEST_CASE("buttons that need two lines are shared out evenly, in their order") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  const int width_mm = GENERATE(range(170, 260, 10));
  const std::vector<std::string> names = {"Print the receipt", "Large letters", "Larger code", "Read aloud", "Finish"};
  panel.draw([&](Ui& ui) {
    std::vector<DockButton> buttons;
    for (const std::string& name : names) buttons.push_back({name, {.label = name}});
    Dock dock(ui, {0, 0, ui.px(width_mm), ui.px(400)}, std::move(buttons));
    dock.draw();
  });
  std::map<float, int> lines;
  float last = 0;
  for (const std::string& name : names) {
    const Node* node = panel.scene().find(Role::Button, name);
    REQUIRE(node);
    CHECK(node->rect.y >= last);
    last = node->rect.y;
    ++lines[last];
  }
  INFO(width_mm << " mm");
  if (lines.size() != 2) return;
  CHECK(lines.begin()->second >= 2);
  CHECK(lines.rbegin()->second >= 2);
}

TEST_CASE("a tile that stands apart has a row of its own, and makes the others no taller") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  std::vector<ChoiceSpec> specs = {{.label = "Nobody can say", .apart = true}};
  for (int hour = 10; hour < 24; ++hour) specs.push_back({.label = std::to_string(hour) + ":00"});
  panel.draw([&](Ui& ui) {
    const Column column(ui, {0, 0, ui.px(150), ui.px(400)});
    tiles(ui, "times", "Times", specs, 24);
  });
  const Node* apart = panel.scene().find(Role::Choice, "Nobody can say");
  const Node* first = panel.scene().find(Role::Choice, "10:00");
  const Node* second = panel.scene().find(Role::Choice, "11:00");
  REQUIRE((apart && first && second));
  CHECK(first->rect.y > apart->rect.bottom());
  CHECK(second->rect.y == first->rect.y);
  CHECK(first->rect.x == apart->rect.x);
  CHECK(apart->rect.height == first->rect.height);  // its words have the width that they need
  CHECK(apart->rect.width > first->rect.width);
  CHECK(first->row == apart->row + 1);
}

TEST_CASE("on a right-to-left page a line of another script keeps its own order, beside lines of the page's") {
  Panel1080 panel("ar");
  const std::string foreign = "Buses 2 and 7 to Castle Rise. Parking in front.";
  text::ParagraphPtr alone, mixed;
  panel.draw([&](Ui& ui) {
    alone = ui.layout(foreign, ui.style(Type::Strong, 300));
    mixed = ui.layout("دقيقة\n" + foreign, ui.style(Type::Strong, 300));
  });
  REQUIRE(alone->lines().size() > 1);
  REQUIRE(mixed->lines().size() == alone->lines().size() + 1);
  for (std::size_t i = 0; i < alone->lines().size(); ++i) {
    const text::Line& one = alone->lines()[i];
    const text::Line& other = mixed->lines()[i + 1];
    REQUIRE(one.glyph_end - one.glyph_begin == other.glyph_end - other.glyph_begin);
    for (std::size_t g = 0; g < one.glyph_end - one.glyph_begin; ++g) {
      const text::Glyph& expected = alone->glyphs()[one.glyph_begin + g];
      const text::Glyph& found = mixed->glyphs()[other.glyph_begin + g];
      CHECK(found.index == expected.index);
      CHECK(std::abs(found.x - expected.x) < 1);
    }
  }
}

TEST_CASE("a label is as wide as it wants to be where the values leave room, and no word stands alone below another") {
  Panel1080 panel("en", {1080, 1920, 0.248, 200});
  const std::vector<SummaryRow> rows = {{.label = "Today", .value = "Closed"},
                                        {.label = "Wednesday 2 December", .value = "09:00 to 17:00"}};
  panel.draw([&](Ui& ui) {
    const Column column(ui, {ui.px(10), 0, ui.px(150), ui.px(300)});
    summary(ui, "week", rows);
  });
  const auto height = [&](const char* name) { return panel.scene().find(Role::Text, name)->rect.height; };
  CHECK(height("Wednesday 2 December") == height("Today"));
}

TEST_CASE("what says that something is wrong is shown whole above the keyboard, or not at all") {
  Panel1080 panel("en", {1366, 768, 0.248, 200});
  const int lines = GENERATE(1, 2, 3, 5);
  const std::vector<std::string> errors(static_cast<std::size_t>(lines),
                                        "Enter your name, as the office should call you");
  Rect view;
  panel.draw([&](Ui& ui) {
    const Regions page = ui.regions({.header_mm = 18, .footer_mm = 22, .keyboard = true});
    view = ui.content_column(page.content);
    {
      const Scroll scroll(ui, "page", view);
      error_summary(ui, "errors", "There is a problem", errors);
      heading(ui, "What is your name?");
      field(ui, "name", {.label = "Name", .error = errors.front(), .active = true});
    }
    keyboard(ui, page.keyboard);
  });
  REQUIRE(panel.scene().find(Role::TextBox, "Name"));
  CHECK(panel.scene().find(Role::TextBox, "Name")->visible.height ==
        panel.scene().find(Role::TextBox, "Name")->rect.height);
  for (const Node& node : panel.scene().nodes()) {
    if (node.scroll_parent == NodeId::None || node.rect.bottom() > panel.scene().find(Role::TextBox, "Name")->rect.y)
      continue;
    INFO(to_string(node.role) << " " << node.name << " of " << lines);
    CHECK((node.visible.height < 1 || node.visible.height >= node.rect.height - 1));
  }
}

}  // namespace kiosk::ui
