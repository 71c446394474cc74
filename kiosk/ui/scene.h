// The frame's truth: what is on the screen, in reading order. Hit testing, focus, voice, tours and accessibility checks
// read this and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "kiosk/ui/geometry.h"
#include "kiosk/ui/metrics.h"

namespace kiosk::ui {

// Stable hash of the path of ids ("results/card/3"); 0 is nobody.
enum class NodeId : std::uint64_t { None = 0 };

enum class Role {
  Heading,
  Text,
  Button,
  Link,
  TextBox,
  List,
  ListItem,
  Tab,
  Image,
  Alert,
  Progress,
  Keyboard,
  Key,
  Dialog,
  Group,
  Calendar,
  Day,
  Choice,
  Status,
};
std::string_view to_string(Role role);  // "heading"; as in tour scripts and scene.json
std::optional<Role> role_from(std::string_view name);

struct NodeState {
  bool focused = false, pressed = false, selected = false, busy = false;
  bool disabled = false;
  std::string disabled_reason = {};  // why, in words: never a dead control without a reason
};

struct Node {
  NodeId id = NodeId::None;
  NodeId parent = NodeId::None;         // group, list, keyboard, dialog
  NodeId scroll_parent = NodeId::None;  // the scroll area it moves in
  Role role = Role::Text;
  std::string name = {};   // what it is called: label, heading, text
  std::string value = {};  // of a text box, a choice; personal where `secret`
  std::string hint = {};   // more about it; spoken after the rest
  bool secret = false;
  NodeState state = {};
  Rect rect = {};     // px, on the glass
  Rect visible = {};  // the part of it that its scroll area shows; the whole rect otherwise
  std::string language = {};
  bool action = false;     // touching or selecting it does something
  bool focusable = false;  // takes part in focus by keypad
  bool clipped = false;    // its text did not fit: ellipsised, or larger than the rect
  bool decoration = false;
  bool alert = false;           // spoken as soon as it appears
  bool leads = false;           // the page's primary button
  bool scrolls = false;         // a scroll area: `rect` is its window
  int level = 0;                // of a heading: 1, 2
  int position = 0, count = 0;  // "3 of 7"; 0: not in a set
  int row = -1, column = -1;    // in a grid (keyboard, calendar, tiles), which has `parent` in common
};

// A name in a tour: whole ("Continue"), or a regular expression between slashes ("/^Book .*/i"). Whole names compare
// without bidi controls.
struct NamePattern {
  std::string text = {};
  // False for a broken regular expression.
  bool matches(std::string_view name) const;
};

class Scene {
 public:
  Metrics metrics;
  bool rtl = false;
  std::string language;
  Rect reach;                   // where targets may be: the whole panel, or its lower part in low reach
  NodeId modal = NodeId::None;  // the open dialog: only what is inside can be reached
  NodeId focused = NodeId::None;

  std::vector<Node>& nodes() { return nodes_; }
  const std::vector<Node>& nodes() const { return nodes_; }  // in reading order

  const Node* find(NodeId id) const;
  // The first reachable match in reading order; an empty pattern text matches any name.
  const Node* find(Role role, const NamePattern& name) const;
  const Node* find(Role role, std::string_view name) const { return find(role, NamePattern{std::string(name)}); }
  std::vector<const Node*> all(Role role) const;
  // The topmost target with an action under the point: the last drawn wins. Null where none.
  const Node* hit(Point p) const;
  // Whether focus and touch may reach the node: inside the open dialog, or there is none.
  bool reachable(const Node& node) const;
  void clear();   // keeps the room of the nodes for the next frame, and with it what short strings held
  void forget();  // gives that back as well

 private:
  std::vector<Node> nodes_;
};

// scene.json of tours: {"width_px", …, "nodes": [{"role", "name", …, "rect_mm": [x, y, w, h]}]}. Values of secret nodes
// are masked by a bullet for each character.
core::Json to_json(const Scene& scene);

struct SceneFault {
  enum class Kind {
    Overlap,      // two targets share glass
    TooSmall,     // a target under 12.7 mm
    TooClose,     // two targets less than 2.5 mm apart
    Clipped,      // text cut or larger than its place
    Outside,      // outside the panel (or of the reachable part, in low reach)
    Nameless,     // a reachable node without a name
    FocusOrder,   // focus would not follow reading order
    DuplicateId,  // two nodes share an id
  };
  Kind kind;
  NodeId node = NodeId::None, other = NodeId::None;
  std::string what;  // "button 'Continue' (10.2 x 12.7 mm) is smaller than 12.7 mm"
};
std::string_view to_string(SceneFault::Kind kind);
// Everything wrong with what is shown; empty for a sound scene. Parts scrolled out of view are not judged.
std::vector<SceneFault> check(const Scene& scene);

}  // namespace kiosk::ui
