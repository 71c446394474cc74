#include "kiosk/ui/touch.h"
#include "tests/unit/catch.h"

namespace kiosk::ui {
namespace {

using Phase = PointerEvent::Phase;

Scene list_with_button() {
  Scene scene;
  scene.metrics = {1920, 1080, 0.25, 200};
  Node list;
  list.id = NodeId{1};
  list.scrolls = true;
  list.rect = list.visible = {0, 0, 500, 800};
  Node button;
  button.id = NodeId{2};
  button.role = Role::Button;
  button.action = true;
  button.scroll_parent = NodeId{1};
  button.rect = button.visible = {100, 100, 200, 80};
  scene.nodes() = {list, button};
  return scene;
}

PointerEvent at(Phase phase, float x, float y, int ms = 0, std::int64_t finger = 1) {
  return {phase, {x, y}, finger, core::Milliseconds(ms)};
}

}  // namespace

TEST_CASE("a press that begins and ends on a target activates it") {
  const Scene scene = list_with_button();
  Touch touch;
  touch.feed(at(Phase::Down, 150, 120), scene);
  CHECK(touch.pressed() == NodeId{2});
  CHECK(touch.feed(at(Phase::Up, 160, 125), scene).activated == NodeId{2});
  CHECK(touch.pressed() == NodeId::None);
}

TEST_CASE("sliding off cancels, sliding back takes it up again") {
  const Scene scene = list_with_button();
  Touch touch;
  touch.feed(at(Phase::Down, 290, 120), scene);
  touch.feed(at(Phase::Move, 320, 120), scene);
  CHECK(touch.pressed() == NodeId::None);
  SECTION("lifted outside") { CHECK(touch.feed(at(Phase::Up, 320, 120), scene).activated == NodeId::None); }
  SECTION("back inside") {
    touch.feed(at(Phase::Move, 280, 120), scene);
    CHECK(touch.pressed() == NodeId{2});
    CHECK(touch.feed(at(Phase::Up, 280, 120), scene).activated == NodeId{2});
  }
}

TEST_CASE("tremor below 6 mm is a press; beyond it is a drag that scrolls and presses nothing") {
  const Scene scene = list_with_button();
  Touch touch;
  touch.feed(at(Phase::Down, 150, 120), scene);
  SECTION("4 mm") {
    touch.feed(at(Phase::Move, 150, 136), scene);
    CHECK(touch.feed(at(Phase::Up, 150, 136), scene).activated == NodeId{2});
  }
  SECTION("10 mm") {
    touch.feed(at(Phase::Move, 150, 90), scene);
    const Touch::Step step = touch.feed(at(Phase::Move, 150, 80), scene);
    CHECK(step.scrolled == NodeId{1});
    CHECK(step.scroll_by == Approx(10));
    CHECK(touch.feed(at(Phase::Up, 150, 120, 500), scene).activated == NodeId::None);
  }
}

TEST_CASE("a fling goes on, slows down and ends; a touch stops it and does nothing else") {
  const Scene scene = list_with_button();
  Touch touch;
  touch.feed(at(Phase::Down, 150, 600, 0), scene);
  for (int i = 1; i <= 5; ++i) touch.feed(at(Phase::Move, 150, 600.f - 40.f * static_cast<float>(i), i * 16), scene);
  touch.feed(at(Phase::Up, 150, 400, 81), scene);
  REQUIRE(touch.coasting());
  const float first = touch.coast(core::Milliseconds(97)).scroll_by;
  const float second = touch.coast(core::Milliseconds(113)).scroll_by;
  CHECK(first > second);
  CHECK(second > 0);
  SECTION("it ends") {
    touch.coast(core::Milliseconds(5000));
    CHECK_FALSE(touch.coasting());
  }
  SECTION("a touch stops it") {
    touch.feed(at(Phase::Down, 150, 120, 200), scene);
    CHECK_FALSE(touch.coasting());
    CHECK(touch.feed(at(Phase::Up, 150, 120, 220), scene).activated == NodeId::None);
  }
}

TEST_CASE("a target that moves away under a resting finger keeps its press") {
  const Scene before = list_with_button();
  Scene after = before;
  after.nodes()[1].rect = after.nodes()[1].visible = {100, 500, 200, 80};
  Touch touch;
  touch.feed(at(Phase::Down, 150, 120), before);
  SECTION("resting") { CHECK(touch.feed(at(Phase::Up, 152, 121), after).activated == NodeId{2}); }
  SECTION("slid away") { CHECK(touch.feed(at(Phase::Up, 250, 121), after).activated == NodeId::None); }
  SECTION("gone") {
    after.nodes().pop_back();
    CHECK(touch.feed(at(Phase::Up, 150, 120), after).activated == NodeId::None);
  }
}

TEST_CASE("no flings with reduced motion") {
  const Scene scene = list_with_button();
  Touch touch;
  touch.set_reduced_motion(true);
  touch.feed(at(Phase::Down, 150, 600, 0), scene);
  for (int i = 1; i <= 5; ++i) touch.feed(at(Phase::Move, 150, 600.f - 40.f * static_cast<float>(i), i * 16), scene);
  touch.feed(at(Phase::Up, 150, 400, 81), scene);
  CHECK_FALSE(touch.coasting());
}

TEST_CASE("other fingers are ignored until the first is lifted") {
  const Scene scene = list_with_button();
  Touch touch;
  touch.feed(at(Phase::Down, 400, 400, 0, 1), scene);
  touch.feed(at(Phase::Down, 150, 120, 0, 2), scene);
  CHECK(touch.feed(at(Phase::Up, 150, 120, 0, 2), scene).activated == NodeId::None);
  touch.feed(at(Phase::Up, 400, 400, 0, 1), scene);
  touch.feed(at(Phase::Down, 150, 120, 0, 2), scene);
  CHECK(touch.feed(at(Phase::Up, 150, 120, 0, 2), scene).activated == NodeId{2});
}

TEST_CASE("a finger that was down when the page changed presses nothing on the new one") {
  const Scene scene = list_with_button();
  Touch touch;
  touch.feed(at(Phase::Down, 150, 120), scene);
  touch.cancel();
  CHECK(touch.feed(at(Phase::Up, 150, 120), scene).activated == NodeId::None);
}

}  // namespace kiosk::ui
