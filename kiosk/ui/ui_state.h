// What a Ui remembers. Private to the folder.
#pragma once

#include <deque>
#include <unordered_map>
#include <vector>

#include "kiosk/ui/atlas.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/software_renderer.h"
#include "kiosk/ui/touch.h"
#include "kiosk/ui/ui.h"

namespace kiosk::ui {

inline constexpr float kScrollPageShare = 0.85f;  // of the view a page button moves: the last line stays in sight

inline constexpr double kAboveScrollMm = 2;  // shown above a scroll area: shadows and rings stick out
inline constexpr double kHairMm = 0.75;      // that what scrolls may be taller than its area: nobody pages for it

// Where the next widget goes.
struct Flow {
  Rect rect;
  float gap = 0;
  float y = 0;        // bottom of the last widget
  float extra = 0;    // asked for by Ui::gap()
  bool empty = true;  // nothing was placed yet: no gap before the first
  bool wrap = false;
  float x = 0;  // end of the last widget of a wrap's line
  float line_top = 0;

  float next_y() const { return empty ? y + extra : y + gap + extra; }
};

struct ScrollMemory {
  float offset = 0, content = 0, view = 0;
  float below = 0;  // nothing, that it may be scrolled by beyond its content
  bool overflows = false;
  float furthest() const { return std::max(0.f, content + below - view); }
};

struct CursorMemory {
  std::size_t byte = 0;
  std::size_t length = 0;  // of the text it was set in: another length means that the text was replaced
};

struct Ui::State {
  State(text::TextEngine& text_engine, Metrics panel)
      : engine(text_engine), metrics(panel), atlas(text_engine), canvas(atlas) {}

  text::TextEngine& engine;
  Metrics metrics;
  Look look;
  core::Milliseconds now{};

  Atlas atlas;
  Canvas canvas;
  SoftwareRenderer software;
  Keyboard keyboard;
  Touch touch;
  Scene scene, last;  // being drawn, and the one the resident sees
  bool drawing = false, unsettled = false;
  std::uint64_t page = 0;

  std::vector<std::uint64_t> path;
  std::vector<Flow> flows;
  std::vector<NodeId> parents, scroll_areas;

  std::deque<InputEvent> queue;
  std::deque<NavKey> keys;
  NodeId activated = NodeId::None;
  Point activated_at;
  NodeId focus = NodeId::None;
  std::size_t focus_index = 0;
  bool ring = false;  // the keypad is in use
  std::optional<NodeId> wanted_focus;
  struct Wanted {
    NodeId id;
    float room_above;
    bool fresh = true;  // of this frame, which still shows what was there before
  };
  std::optional<Wanted> wanted_sight;  // scrolled to once it is there
  core::Milliseconds same_key{}, last_key_time{-100000};
  std::optional<NavKey> last_key;

  std::deque<KeyPress> typed;                                // for the active field
  NodeId field = NodeId::None, field_before = NodeId::None;  // the active one of this frame, and of the last
  bool field_changed = false;                                // it was typed into
  NodeId resized_area = NodeId::None;                        // a scroll area whose content grew or shrank
  std::unordered_map<NodeId, ScrollMemory> scrolls;
  std::unordered_map<NodeId, float> heights;  // of dialogs
  std::unordered_map<NodeId, CursorMemory> cursors;

  std::unordered_map<NodeId, int> uses;  // of ids made from texts, in this frame

  Flow& flow() { return flows.back(); }
  void take_input();
  bool take_event(const InputEvent& event);  // true: the frame must be drawn before the next
  bool take_pointer(const PointerEvent& event);
  bool take_nav(const NavEvent& event);
  void take_text(const TextEvent& event);
  void activate(NodeId id, Point at);
  void scroll_by(NodeId area, float by);
  void page_scroll(int direction);
  void reveal(const Scene& where, const Node& node, float room_above);
  void spare_torn(const Scene& where, const Node& node, float scrolled);
  void keep_field_in_sight();
  void show_wanted();
  void settle_focus();
};

}  // namespace kiosk::ui
