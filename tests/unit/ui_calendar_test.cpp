// A month to choose a day from.
#include "tests/unit/ui_example.h"

namespace kiosk::ui {

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

namespace {

constexpr core::Date kNovember = std::chrono::year{2026} / 11 / 1;  // begins on a Sunday, and has six weeks

Panel1080::Screen month_of(const CalendarSpec& spec) {
  return [spec](Ui& ui) {
    const Column column(ui, ui.content_column(ui.area()));
    calendar(ui, "month", spec);
  };
}

}  // namespace

TEST_CASE("a month is as wide as its column") {
  Panel1080 panel("en", GENERATE(Metrics{1920, 1080, 0.248, 200}, Metrics{1080, 1920, 0.248, 200}));
  panel.draw(month_of({.month = kNovember}));
  const Node* monday = panel.scene().find(Role::Day, panel.language().day(std::chrono::year{2026} / 11 / 2));
  const Node* sunday = panel.scene().find(Role::Day, panel.language().day(std::chrono::year{2026} / 11 / 8));
  REQUIRE(monday);
  REQUIRE(sunday);
  const Rect column = panel.ui().content_column(panel.ui().area());
  CHECK(monday->rect.x == Approx(column.x).margin(1));
  CHECK(sunday->rect.right() == Approx(column.right()).margin(7));  // whole pixels a day
}

TEST_CASE("weeks that are over give way; the week of today stays whole") {
  Panel1080 panel;
  panel.draw(month_of({.month = kNovember}));
  const auto day = [&](unsigned number) {
    return panel.scene().find(Role::Day, panel.language().day(std::chrono::year{2026} / 11 / number));
  };
  REQUIRE(day(1));
  const float first = day(1)->rect.y;
  panel.draw(month_of({.month = kNovember, .from = std::chrono::year{2026} / 11 / 27}));
  CHECK_FALSE(day(22));
  REQUIRE(day(23));
  CHECK(day(23)->rect.y == first);
  CHECK(day(23)->row == 0);
  CHECK(day(30));
  panel.draw(month_of({.month = kNovember, .from = std::chrono::year{2026} / 10 / 27}));
  CHECK(day(1));
  panel.draw(month_of({.month = kNovember, .from = std::chrono::year{2027} / 1 / 27}));
  CHECK(day(30));  // its last week at least
}

}  // namespace kiosk::ui
