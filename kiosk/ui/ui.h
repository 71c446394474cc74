// The toolkit's heart: one Ui for the panel. Screens draw through it every time something changed:
//
//   ui.begin(look, now);
//   Regions page = ui.regions({.header_mm = 18, .footer_mm = 22, .keyboard = typing});
//   { Column column(ui, ui.content_column(page.content)); heading(ui, …); if (button(ui, "go", {…})) … }
//   bool settled = ui.end();        // false: something was measured for the first time; draw again before showing
//
// Widgets are in widgets.h, columns and rows in layout.h. All rectangles that screens see run from the START side: x
// grows to the right in left-to-right languages and to the left in right-to-left ones. One place (Canvas and Ui::add)
// turns them into glass. UI thread only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/core/secret.h"
#include "kiosk/text/layout.h"
#include "kiosk/text/words.h"
#include "kiosk/ui/geometry.h"
#include "kiosk/ui/input.h"
#include "kiosk/ui/metrics.h"
#include "kiosk/ui/scene.h"
#include "kiosk/ui/theme.h"

namespace kiosk::ui {

class Atlas;
class Canvas;
class Keyboard;

// How this resident wants it.
struct Look {
  const text::Language* language = nullptr;  // never null while drawing; direction, and the toolkit's own words
  Theme theme = ui::theme(ThemeName::Light);
  int text_size = 0;       // 0 .. 3
  bool low_reach = false;  // all targets in the lower part of the panel
  bool reduced_motion = false;
  bool reading = false;  // sound is on: focus visits headings and texts as well as controls
};

struct PageSpec {
  double header_mm = 0, footer_mm = 0;
  bool keyboard = false;  // room for the docked keyboard
  bool number_pad = false;
};
struct Regions {
  Rect header = {}, content = {}, keyboard = {}, footer = {};  // empty where not asked for
};

class Ui {
 public:
  // `engine` must outlive it.
  static core::Result<std::unique_ptr<Ui>> create(text::TextEngine& engine, Metrics metrics);
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  // --- the frame -------------------------------------------------------------------------------------------------
  void input(InputEvent event);  // queued; begin() takes up to the next press or release of the queue
  bool has_input() const;        // more is queued: draw again
  void begin(const Look& look, core::Milliseconds now);
  bool end();  // see above
  // Something moves by itself (kinetic scrolling) and wants a frame at this moment; nullopt: sleep until input.
  std::optional<core::Milliseconds> next_frame() const;
  const Scene& scene() const;  // of the last ended frame
  void resize(Metrics metrics);
  // Before begin(). Another page is shown: lists scroll to the top, presses are dropped, focus leaves. Same `serial`:
  // nothing happens.
  void page_is(std::uint64_t serial);
  void forget();          // the visit is over: its texts, scroll positions, cursors, glyphs and shapes are dropped
  void keep();            // after end(), of a page that is nobody's: forget() leaves its texts, glyphs and shapes
  void focus(NodeId id);  // e.g. onto an error summary; takes effect in this frame
  // Keys that no control takes: Back and Help of the keypad. Taken once.
  std::optional<NavKey> take_key();
  // What the keypad's minimum time between two same key presses is (EN 301 549 5.8); 0 .. 500 ms, default 0.
  void ignore_same_key_for(core::Milliseconds time);

  // --- for screens -----------------------------------------------------------------------------------------------
  const Look& look() const;
  const Metrics& metrics() const;
  const Theme& theme() const;
  bool rtl() const;
  float px(double mm) const;
  float unit() const { return px(kUnitMm); }
  core::Milliseconds now() const;
  std::string word(std::string_view key, const text::Args& args = {}) const;  // look().language->format

  Rect area() const;  // the panel, or its lower part in low reach
  // Header on top, footer at the bottom, the keyboard docked above the footer, content between. In low reach all of it
  // is in the lower part.
  Regions regions(const PageSpec& spec);
  // Margins at the sides, at most 260 mm wide (`max_mm`), centred.
  Rect content_column(const Rect& within, double max_mm = kColumnMm) const;

  // --- for widgets -----------------------------------------------------------------------------------------------
  text::TextStyle style(Type type, float max_width_px = 0, std::string_view language = {}) const;
  text::ParagraphPtr layout(std::string_view utf8, const text::TextStyle& style,
                            const std::vector<text::ByteRange>& marked = {});
  text::Direction direction_of(std::string_view utf8, std::string_view language) const;  // of a text of no direction
  float line_height(Type type);

  NodeId id(std::string_view name) const;  // under the current path
  NodeId text_id(std::string_view text);   // for what has no id of its own; another for the same text again
  void push_id(std::string_view name);
  void push_id(std::size_t index);
  void pop_id();

  // Adds a node in reading order; `node.rect` and parents are filled in from logical coordinates and the current
  // scroll area, list and dialog. Returns its place, for add_finished() where the rect is known only later.
  std::size_t add(Node node, const Rect& rect);
  void finish(std::size_t place, const Rect& rect);
  Node& node(std::size_t place);
  bool activated(NodeId id) const;  // pressed and released on it, or selected by key, in this frame
  bool pressed(NodeId id) const;    // a finger is on it
  bool focused(NodeId id) const;    // has the visible ring
  void begin_parent(NodeId id);     // following nodes belong to it
  void end_parent();

  // The place for a widget in the current column, row cell or wrap. `natural_width` counts in wraps only.
  Rect take(float natural_width, float height);
  float width() const;      // what a widget may fill here
  float remaining() const;  // height left in the current region, for what fills the page
  void gap(double mm);      // extra space before the next widget
  // Scrolls to the node with so much above it, once it is there; until then, or until the page changes, it is waited
  // for.
  void reveal(NodeId id, float room_above);
  bool wrapping() const;

  Canvas& canvas();
  Keyboard& keyboard();
  Atlas& atlas();

  struct State;
  State& state() { return *state_; }  // private to the folder

 private:
  explicit Ui(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class IdScope {
 public:
  IdScope(Ui& ui, std::string_view name) : ui_(ui) { ui_.push_id(name); }
  IdScope(Ui& ui, std::size_t index) : ui_(ui) { ui_.push_id(index); }
  ~IdScope() { ui_.pop_id(); }
  IdScope(const IdScope&) = delete;
  IdScope& operator=(const IdScope&) = delete;

 private:
  Ui& ui_;
};

}  // namespace kiosk::ui
