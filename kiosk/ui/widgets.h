// What screens are made of. Every widget takes its place in the current column, adds its node to the scene, and says
// whether it was activated. Texts are given; nothing here knows a word, but for the toolkit's own ("ui.…", see README).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/core/secret.h"
#include "kiosk/ui/icons.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/layout.h"
#include "kiosk/ui/ui.h"

namespace kiosk::ui {

// --- text ----------------------------------------------------------------------------------------------------------
struct TextSpec {
  Type type = Type::Body;
  Ink ink = Ink::Ink;
  std::string language = {};                 // where it is not the page's: a name in the authority's own language
  std::vector<text::ByteRange> marked = {};  // matched words
  int max_lines = 0;
  text::Align align = text::Align::Start;
  Icon icon = Icon::None;  // before the first line
  Role role = Role::Text;
  int level = 1;      // of a heading
  bool said = false;  // spoken as soon as it appears: what a page is there to tell
};
void heading(Ui& ui, std::string_view text, int level = 1);  // level 1 is Title, 2 Heading, 3 Strong
void paragraph(Ui& ui, std::string_view text, const TextSpec& spec = {});
void divider(Ui& ui);

// --- buttons -------------------------------------------------------------------------------------------------------
enum class ButtonKind { Primary, Secondary, Quiet };  // Quiet: no edge; for bars and links
enum class Fit { Natural, Fill };
struct ButtonSpec {
  std::string label = {};
  Icon icon = Icon::None;
  ButtonKind kind = ButtonKind::Secondary;
  Type type = Type::Strong;  // Heading or Title: for a button that is the whole page
  Fit fit = Fit::Natural;
  std::string other_label = {};      // that may stand here later: room for both is kept, so that nothing moves
  std::string hint = {};             // spoken after the name
  std::string disabled_reason = {};  // not empty: cannot be used now, and this is why (shown below it)
  bool selected = false;             // a toggle that is on
  bool busy = false;
  bool icon_at_end = false;
  bool show_label = true;  // false: only the icon is shown; the label is still the name. For bars alone.
  double least_mm = 0;     // of its height
  Role role = Role::Button;
};
bool button(Ui& ui, std::string_view id, const ButtonSpec& spec);
// Pixels that it will take in the current column: at least 16 mm, more for large text.
float button_height(Ui& ui, const ButtonSpec& spec);

// What can be done on this page, at the bottom of `within` and always in sight, whatever scrolls above it; all of a
// line are as tall as its tallest. In two steps, because it is read after the rest: what is above() is drawn first,
// then draw().
struct DockButton {
  std::string id = {};
  ButtonSpec spec = {};
};
class Dock {
 public:
  Dock(Ui& ui, const Rect& within, std::vector<DockButton> buttons);  // without buttons it takes no room
  const Rect& above() const { return above_; }
  std::optional<std::string> draw();  // the id that was activated

 private:
  Ui& ui_;
  struct Line {
    std::size_t begin = 0, end = 0;
    float height = 0;
  };
  static std::vector<Line> lines_of(Ui& ui, const std::vector<DockButton>& buttons, float width);
  std::vector<DockButton> buttons_;
  std::vector<Line> lines_;
  Rect above_, rect_;
};

// --- badges and cards ----------------------------------------------------------------------------------------------
struct BadgeSpec {
  std::string text = {};
  Tone tone = Tone::Neutral;
  Icon icon = Icon::None;
};
void badge(Ui& ui, const BadgeSpec& spec);

struct CardLine {
  std::string text = {};
  Icon icon = Icon::None;
  Ink ink = Ink::Quiet;
  int max_lines = 0;
  std::vector<text::ByteRange> marked = {};  // matched words
};
struct CardSpec {
  std::string title = {};
  std::vector<text::ByteRange> marked = {};  // in the title
  Icon icon = Icon::None;
  std::vector<CardLine> lines = {};
  std::vector<BadgeSpec> badges = {};
  std::string hint = {};      // spoken last
  std::string language = {};  // of the title
  bool selected = false;
  bool chevron = true;  // "there is more behind it"
};
// The whole card is one target; its name is the title, its value the lines and badges.
bool card(Ui& ui, std::string_view id, const CardSpec& spec);
// As many equal columns of at least `min_width_mm` as fit; rows of equal height. The index that was activated.
std::optional<std::size_t> cards(Ui& ui, std::string_view id, std::span<const CardSpec> specs,
                                 double min_width_mm = 110);

// --- fields --------------------------------------------------------------------------------------------------------
struct FieldSpec {
  std::string label = {};
  std::string hint = {};   // below the label
  std::string error = {};  // in words; shown above the field and in red
  core::SecretText value = {};
  bool secret = true;   // masked in scene dumps. Shown in clear on the glass: it is its owner who reads it.
  bool masked = false;  // bullets on the glass too: a PIN
  bool active = false;  // the keyboard types here; it has the cursor
  KeyboardKind keyboard = KeyboardKind::Text;
  Icon icon = Icon::None;  // at the start: search
  std::size_t max_bytes = 200;
  bool label_visible = true;
  int lines = 1;  // more: a box for a longer text, so many lines tall, that breaks its lines
};
struct FieldResult {
  bool tapped = false;                           // it wants to be the active one
  bool entered = false;                          // Enter, or the keyboard's Done
  bool closed = false;                           // the keyboard's hide key
  bool cleared = false;                          // the cross inside the field
  std::optional<core::SecretText> changed = {};  // the whole new text
};
FieldResult field(Ui& ui, std::string_view id, const FieldSpec& spec);

// --- choices -------------------------------------------------------------------------------------------------------
struct ChoiceSpec {
  std::string label = {};
  std::string hint = {};
  bool selected = false;
  Icon icon = Icon::None;
  std::string disabled_reason = {};
  bool many = false;   // others of the list may be chosen as well
  bool apart = false;  // of tiles: in a row of its own, as wide as its words need and as tall
};
// One below the other, all of one height unless one is much taller, with a mark before each: round, or square where
// many may be chosen.
std::optional<std::size_t> choices(Ui& ui, std::string_view id, std::string_view name,
                                   std::span<const ChoiceSpec> specs);
// A grid of small tiles: time slots, suggestions. Keypad: left/right along, up/down by rows.
std::optional<std::size_t> tiles(Ui& ui, std::string_view id, std::string_view name, std::span<const ChoiceSpec> specs,
                                 double min_width_mm = 28);
// Scrolls tiles into sight, with a heading above them, as soon as they are there: what was asked for by another choice.
void show_tiles(Ui& ui, std::string_view id);

struct CalendarSpec {
  core::Date month{};  // any day of it
  std::optional<core::Date> selected = {};
  std::function<bool(core::Date)> available = {};
  std::string unavailable_reason = {};  // spoken with the days that cannot be chosen
  bool has_previous = false, has_next = false;
  std::optional<core::Date> from = {};  // weeks wholly before it are left out: what is past gives way to the rest
};
struct CalendarResult {
  std::optional<core::Date> chosen = {};
  int month = 0;  // -1, +1: turn the page
};
CalendarResult calendar(Ui& ui, std::string_view id, const CalendarSpec& spec);  // as wide as its column

// --- telling -------------------------------------------------------------------------------------------------------
struct NoticeSpec {
  std::string title = {}, text = {};
  Tone tone = Tone::Primary;
  Icon icon = Icon::Info;
  bool alert = false;  // spoken as soon as it appears
  bool said = false;   // the same, of what is no alert: what a resident's own doing led to
};
void notice(Ui& ui, std::string_view id, const NoticeSpec& spec);
struct ProgressSpec {
  std::string text = {};             // "Asking Northfield Council…"
  std::string cancel_label = {};     // empty: cannot be cancelled
  std::optional<double> share = {};  // 0 .. 1 where it is known
};
bool progress(Ui& ui, std::string_view id, const ProgressSpec& spec);  // true: cancel
// "There is a problem", first on the page; each line leads to its field. The index touched.
std::optional<std::size_t> error_summary(Ui& ui, std::string_view id, std::string_view title,
                                         std::span<const std::string> errors);

// --- summaries -----------------------------------------------------------------------------------------------------
struct SummaryRow {
  std::string label = {}, value = {};
  std::string change_label = {};  // visible: "Change"; empty: nothing to change
  std::string change_name = {};   // its name in the scene: "Change name"
  Icon icon = Icon::None;
  bool secret = false;
};
std::optional<std::size_t> summary(Ui& ui, std::string_view id, std::span<const SummaryRow> rows);
// Big codes in groups, read out letter by letter; one below the other, or side by side where each is nearly as large
// as it would be alone. Small where there is little room and they have to be in sight.
enum class CodeSize { Large, Small };
enum class Along { Column, Row };
struct CodeSpec {
  std::string label = {}, groups = {};
};
void codes(Ui& ui, std::span<const CodeSpec> specs, CodeSize size = CodeSize::Large, Along along = Along::Column);
// Square dots, whole pixels a dot, on white in every theme; the quiet zone is the caller's. A little smaller where that
// keeps it whole above the end of what is seen of a scrolled page, else wholly below it: half a code is none.
struct PictureSpec {
  std::string name = {};
  double max_mm = 50;                      // wide, at most
  text::Align align = text::Align::Start;  // or in the column's middle
  std::string hint = {};                   // what it is for: beside it where there is room, else below
};
void picture(Ui& ui, const core::Bitmap1& bitmap, const PictureSpec& spec);
// "Step 2 of 5". Whole, or below the end of what is seen of a scrolled page.
void page_dots(Ui& ui, int position, int count);

// --- bars ----------------------------------------------------------------------------------------------------------
struct BarItem {
  std::string id = {}, label = {};
  Icon icon = Icon::None;
  bool selected = false;
  bool primary = false;
  bool at_end = false;  // from here on the items stand at the end side
  bool show_label = true;
  std::string value = {};  // its present state in words, for the ear: "Text size 2 of 4"
};
// A bar of paper across the panel. Labels shrink to icons from the middle on where they do not fit.
std::optional<std::string> bar(Ui& ui, std::string_view id, const Rect& rect, std::span<const BarItem> items);
struct HeaderSpec {
  std::string title = {}, clock = {};
  std::vector<BarItem> items = {};  // language
};
std::optional<std::string> header(Ui& ui, const Rect& rect, const HeaderSpec& spec);

}  // namespace kiosk::ui
