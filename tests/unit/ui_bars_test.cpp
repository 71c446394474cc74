// The bars at the top and the bottom, and links that lead to what is wrong.
#include "tests/unit/ui_example.h"

namespace kiosk::ui {
namespace {

// Rows between the first and the last that hold ink, within the rectangle's middle.
float inked_rows(const Picture& picture, const Rect& rect) {
  const auto inked = [&](float y) {
    const auto sides = picture.ink(rect, y, y + 1);
    return sides.first <= sides.second;
  };
  float top = rect.y + 3, bottom = rect.bottom() - 4;
  while (top < bottom && !inked(top)) ++top;
  while (bottom > top && !inked(bottom)) --bottom;
  return bottom - top;
}

}  // namespace

TEST_CASE("the header's words grow with the text, and a long name is shown whole as long as it can be") {
  Panel1080 panel;
  const std::string name = GENERATE("Library", "Riverside Library and Learning Centre, Northfield Market Place");
  const auto height = [&](int size, const std::string& key) {
    panel.look.text_size = size;
    panel.draw([&](Ui& ui) { header(ui, ui.regions({.header_mm = 18}).header, {.title = name, .clock = "14:32"}); });
    const Node* node = panel.scene().find(Role::Status, key);
    REQUIRE(node);
    return inked_rows(Picture(panel.ui()), inset(node->rect, -12, 0));
  };
  const float growth = height(3, "14:32") / height(0, "14:32");
  if (name == "Library")
    CHECK(growth > 1.5f);
  else
    CHECK(growth >= 1);
  CHECK(height(3, name) > 0);
}

TEST_CASE("before a link of several lines its icon stands level with the first, at the side where reading begins") {
  Panel1080 panel(GENERATE("en", "ar"));
  std::string error = "Wrong";
  for (int i = 0; i < 40; ++i) error += " and wrong";
  panel.draw([&](Ui& ui) {
    Rect area = ui.content_column(ui.area());
    area.width = ui.px(150);
    const Column column(ui, area);
    const std::vector<std::string> errors = {error};
    error_summary(ui, "errors", "There is a problem", errors);
  });
  const Node* link = panel.scene().find(Role::Link, error);
  REQUIRE(link);
  REQUIRE(link->rect.height > panel.ui().px(40));
  const Picture picture(panel.ui());
  const float side = panel.ui().px(10), line = panel.ui().px(14);
  Rect icon{link->rect.x, link->rect.y, side, link->rect.height};
  if (panel.scene().rtl) icon.x = link->rect.right() - side;
  icon = inset(icon, -12, 0);
  const auto ink = [&](float top, float bottom) {
    const auto sides = picture.ink(icon, top, bottom);
    return sides.first <= sides.second;
  };
  CHECK(ink(icon.y + 2, icon.y + line));
  CHECK_FALSE(ink(icon.y + line, icon.bottom() - 2));
}

}  // namespace kiosk::ui
