// Columns, rows, wraps, scroll areas, panels and dialogs: scopes that say where the widgets inside them go. All run
// from the start side, so a screen is written once for both directions.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/ui.h"

namespace kiosk::ui {

inline constexpr double kUsualGap = -1;  // the base unit, 4 mm

// Widgets one below the other, with a gap between them.
class Column {
 public:
  explicit Column(Ui& ui, const Rect& rect, double gap_mm = kUsualGap);
  ~Column();
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;
  Rect rest() const;  // what is left below the last widget

 private:
  Ui& ui_;
};

// Cells side by side in the current column: `Row row(ui, {share(1), fixed(40)}); row.cell(); …; row.cell(); …;`
struct CellWidth {
  double share = 0, mm = 0;
};
constexpr CellWidth share(double parts) { return {parts, 0}; }
constexpr CellWidth fixed(double mm) { return {0, mm}; }
class Row {
 public:
  Row(Ui& ui, std::vector<CellWidth> widths, double gap_mm = kUsualGap);
  ~Row();  // the column goes on below the tallest cell
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  Rect cell();  // the next cell is a column of its own from here on

 private:
  void close_cell();
  Ui& ui_;
  std::vector<CellWidth> widths_;
  float gap_, x_, y_, total_, bottom_;
  std::size_t next_ = 0;
};

// Widgets of natural width side by side, breaking into further lines: badges, small buttons, suggestions.
class Wrap {
 public:
  explicit Wrap(Ui& ui, double gap_mm = kMinGapMm);
  ~Wrap();
  Wrap(const Wrap&) = delete;
  Wrap& operator=(const Wrap&) = delete;

 private:
  Ui& ui_;
};

// A surface behind the widgets inside it: paper with a border and the one soft shadow, or a tinted notice.
struct PanelSpec {
  Tone tone = Tone::Neutral;
  bool shadow = true;
  double padding_mm = 6;
  Role role = Role::Group;
  std::string name = {};  // empty: not in the scene
};
class Panel {
 public:
  Panel(Ui& ui, std::string_view id, const PanelSpec& spec = {});
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;

 private:
  Ui& ui_;
  PanelSpec spec_;
  Rect outer_;
  std::size_t ground_ = 0, node_ = 0;
};

// A part of the page whose content may be taller than it: drags and flings, and page buttons at its end side (WCAG
// 2.5.7) that appear when needed. Where its content goes on beyond an edge it fades there. Fills `rect`.
class Scroll {
 public:
  Scroll(Ui& ui, std::string_view id, const Rect& rect);
  ~Scroll();
  Scroll(const Scroll&) = delete;
  Scroll& operator=(const Scroll&) = delete;

 private:
  void fade();
  void page_buttons();
  bool page_button(std::string_view name, const Rect& rect, bool up, bool possible);
  Ui& ui_;
  Rect rect_;  // the window
  Rect rail_;  // of the page buttons, at its end side; empty where all fits
  NodeId id_;
  float top_ = 0;
};

// Laid over the page: until it is gone nothing else can be touched, focused or heard. Draw it after all of the page.
// One at a time.
struct DialogSpec {
  std::string title = {};
  double width_mm = 180;
  bool alert = false;       // spoken at once, as an alert
  std::string hint = {};    // spoken with the title as the dialog opens
  Rect room = {};           // where it stands; empty: anywhere
  bool whole_page = false;  // nothing of what it is laid over is seen
};
class Dialog {
 public:
  Dialog(Ui& ui, std::string_view id, const DialogSpec& spec);
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;
  // What is drawn from here on stands at the dialog's bottom, in sight whatever scrolls above it: the way back.
  void footer();

 private:
  void end_body();
  Ui& ui_;
  IdScope scope_;
  NodeId body_id_ = NodeId::None, footer_id_ = NodeId::None;
  bool fits_ = true;
  Rect footer_rect_;
  std::unique_ptr<Column> footer_;
  std::unique_ptr<Scroll> body_;  // what is too tall for the panel scrolls
};

}  // namespace kiosk::ui
