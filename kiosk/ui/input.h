// What a resident does, before it means anything: fingers, keypad keys, typed text. Made by Window, tours and tests.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "kiosk/core/clock.h"
#include "kiosk/ui/geometry.h"

namespace kiosk::ui {

struct PointerEvent {
  enum class Phase { Down, Move, Up, Cancel };
  Phase phase = Phase::Down;
  Point at = {};              // px
  std::int64_t finger = 0;    // the mouse is a finger of its own
  core::Milliseconds time{};  // monotonic
};

// Keys of the keypad (and of a test's keyboard): arrows, Enter, Escape, PageUp/PageDown, F1.
enum class NavKey { Up, Down, Left, Right, Select, Back, PageUp, PageDown, Help };

struct NavEvent {
  NavKey key = NavKey::Down;
  core::Milliseconds time{};
};

// Text of a hardware keyboard, for set-up and for tests: goes to the active field as if typed on the glass.
struct TextEvent {
  enum class Edit { Insert, Backspace, Enter };
  Edit edit = Edit::Insert;
  std::string text = {};
  core::Milliseconds time{};  // monotonic, when it was typed: a scanner is told from a hand by its pace
};

using InputEvent = std::variant<PointerEvent, NavEvent, TextEvent>;

}  // namespace kiosk::ui
