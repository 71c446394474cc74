#include <algorithm>

#include "kiosk/ui/focus.h"
#include "kiosk/ui/scene.h"
#include "tests/unit/catch.h"

namespace kiosk::ui {
namespace {

Node button(std::uint64_t id, std::string name, Rect rect) {
  Node node;
  node.id = NodeId{id};
  node.role = Role::Button;
  node.name = std::move(name);
  node.rect = node.visible = rect;
  node.action = node.focusable = true;
  return node;
}

Scene scene_of(std::vector<Node> nodes) {
  Scene scene;
  scene.metrics = {1920, 1080, 0.25, 200};
  scene.reach = {0, 0, 1920, 1080};
  scene.nodes() = std::move(nodes);
  return scene;
}

bool has(const std::vector<SceneFault>& faults, SceneFault::Kind kind) {
  return std::any_of(faults.begin(), faults.end(), [kind](const SceneFault& f) { return f.kind == kind; });
}

Node key(std::uint64_t id, int row, int column) {
  Node node =
      button(id, "k" + std::to_string(id), {static_cast<float>(column) * 80, static_cast<float>(row) * 80, 70, 70});
  node.parent = NodeId{99};
  node.row = row;
  node.column = column;
  return node;
}

}  // namespace

TEST_CASE("a name matches whole, or as an expression between slashes") {
  CHECK(NamePattern{"Continue"}.matches("Continue"));
  CHECK_FALSE(NamePattern{"Continue"}.matches("Continue now"));
  CHECK(NamePattern{"/^Book .*/"}.matches("Book an appointment"));
  CHECK(NamePattern{"/^book/i"}.matches("Book"));
  CHECK_FALSE(NamePattern{"/(/"}.matches("("));
  CHECK(NamePattern{"020 7946"}.matches("\u2068020 7946\u2069"));  // isolates do not count
}

TEST_CASE("a sound scene has no faults") {
  CHECK(check(scene_of({button(1, "A", {100, 100, 80, 80}), button(2, "B", {200, 100, 80, 80})})).empty());
}

TEST_CASE("what a ruler would find") {
  using Kind = SceneFault::Kind;
  CHECK(has(check(scene_of({button(1, "A", {100, 100, 40, 80})})), Kind::TooSmall));
  CHECK(has(check(scene_of({button(1, "A", {100, 100, 80, 80}), button(2, "B", {184, 100, 80, 80})})), Kind::TooClose));
  CHECK(has(check(scene_of({button(1, "A", {100, 100, 80, 80}), button(2, "B", {150, 120, 80, 80})})), Kind::Overlap));
  CHECK(has(check(scene_of({button(1, "A", {1880, 100, 80, 80})})), Kind::Outside));
  CHECK(has(check(scene_of({button(1, "", {100, 100, 80, 80})})), Kind::Nameless));
  CHECK(has(check(scene_of({button(1, "A", {100, 100, 80, 80}), button(1, "B", {300, 100, 80, 80})})),
            Kind::DuplicateId));
  CHECK(
      has(check(scene_of({button(1, "A", {300, 100, 80, 80}), button(2, "B", {100, 100, 80, 80})})), Kind::FocusOrder));
  Node cut = button(1, "A", {100, 100, 80, 80});
  cut.clipped = true;
  CHECK(has(check(scene_of({cut})), Kind::Clipped));
}

TEST_CASE("low reach: a target above the reachable part is outside") {
  Scene scene = scene_of({button(1, "A", {100, 100, 80, 80})});
  scene.reach = {0, 400, 1920, 680};
  CHECK(has(check(scene), SceneFault::Kind::Outside));
}

TEST_CASE("in right-to-left scenes reading goes the other way") {
  Scene scene = scene_of({button(1, "A", {300, 100, 80, 80}), button(2, "B", {100, 100, 80, 80})});
  scene.rtl = true;
  CHECK(check(scene).empty());
}

TEST_CASE("a dialog hides everything else from finger and keypad") {
  Node dialog = button(10, "Still there?", {400, 300, 800, 400});
  dialog.role = Role::Dialog;
  dialog.action = false;
  Node yes = button(11, "Yes", {500, 400, 100, 80});
  yes.parent = NodeId{10};
  Scene scene = scene_of({button(1, "A", {500, 410, 80, 80}), dialog, yes});
  scene.modal = NodeId{10};
  CHECK(scene.hit({1890, 10}) == nullptr);
  CHECK(scene.hit({510, 420})->id == NodeId{11});
  CHECK(scene.find(Role::Button, "A") == nullptr);
  for (const Node* node : focus_order(scene)) CHECK(node->id != NodeId{1});
}

TEST_CASE("personal values are masked in scene.json") {
  Node field = button(1, "Name", {0, 0, 100, 80});
  field.value = "Zoë";
  field.secret = true;
  const std::string json = core::dump_json(to_json(scene_of({field})));
  CHECK(json.find("Zoë") == std::string::npos);
  CHECK(json.find("\u2022\u2022\u2022") != std::string::npos);
}

TEST_CASE("focus walks round in reading order, forth and back") {
  const Scene scene =
      scene_of({button(1, "A", {0, 0, 80, 80}), button(2, "B", {0, 100, 80, 80}), button(3, "C", {0, 200, 80, 80})});
  NodeId at = NodeId::None;
  std::vector<NodeId> way;
  for (int i = 0; i < 4; ++i) way.push_back(at = move_focus(scene, at, NavKey::Down));
  CHECK(way == std::vector<NodeId>{NodeId{1}, NodeId{2}, NodeId{3}, NodeId{1}});
  CHECK(move_focus(scene, NodeId{1}, NavKey::Up) == NodeId{3});
  CHECK(move_focus(scene, NodeId{2}, NavKey::Left) == NodeId{2});
}

TEST_CASE("a grid is walked by rows and left at its edges, the way it was entered") {
  Node before = button(1, "before", {0, -100, 80, 80});
  Node after = button(2, "after", {0, 300, 80, 80});
  const Scene scene = scene_of({before, key(10, 0, 0), key(11, 0, 1), key(12, 1, 0), key(13, 1, 1), after});
  CHECK(move_focus(scene, NodeId{1}, NavKey::Down) == NodeId{10});
  CHECK(move_focus(scene, NodeId{10}, NavKey::Right) == NodeId{11});
  CHECK(move_focus(scene, NodeId{11}, NavKey::Down) == NodeId{13});
  CHECK(move_focus(scene, NodeId{13}, NavKey::Down) == NodeId{2});
  CHECK(move_focus(scene, NodeId{13}, NavKey::Left) == NodeId{12});
  CHECK(move_focus(scene, NodeId{10}, NavKey::Up) == NodeId{1});
  CHECK(move_focus(scene, NodeId{2}, NavKey::Up) == NodeId{13});
}

}  // namespace kiosk::ui
