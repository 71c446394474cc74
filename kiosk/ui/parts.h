// What several widgets are made of. Private to the folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/widgets.h"

namespace kiosk::ui {

// The ring of the keypad's focus: outside of the control, with a gap of what is below between both.
void focus_ring(Ui& ui, NodeId id, const Rect& rect);

// A paragraph with a small icon before its first line, as lines of cards and notices are.
struct IconText {
  text::ParagraphPtr text;
  Icon icon = Icon::None;
  float icon_size = 0, indent = 0, cap = 0;
  Ink ink = Ink::Ink;
  std::vector<text::ByteRange> marked = {};  // matched words
  float width() const { return indent + text->natural_width(); }
  float height() const { return std::max(text->height(), icon_size); }
};
IconText lay_icon_text(Ui& ui, std::string_view utf8, Icon icon, Type type, Ink ink, float width, int max_lines = 0);
void draw_icon_text(Ui& ui, const IconText& laid, float x, float y, Colour colour);

// The size of an icon beside text of this type.
float icon_px(const Ui& ui, Type type);
// Lines are of one weight everywhere: 0.3 mm; those that tell a control apart from its ground 0.5 mm.
float hairline(const Ui& ui);
float edge_line(const Ui& ui);

// Capital height in pixels of text laid out at this em.
inline float cap_px(double em_px) { return static_cast<float>(em_px * text::kCapHeightOfEm); }
float cap_px(const Ui& ui, Type type);
// The top of a paragraph that stands in the middle of a box as the eye sees it: by its capitals, from the first line's
// to the last line's baseline. Line boxes will not do: those of Arabic reach far below the letters.
float centred_top(const text::Paragraph& paragraph, const Rect& box, float cap);
bool is_clipped(const text::Paragraph& paragraph, float width);

struct LaidBadge {
  IconText content;
  float width = 0, height = 0;
};
LaidBadge lay_badge(Ui& ui, const BadgeSpec& spec, float max_width);
void draw_badge(Ui& ui, const BadgeSpec& spec, const LaidBadge& laid, float x, float y);

// Columns of at least `min_mm` (more for larger text) that fit `width`, and the width of each.
struct GridColumns {
  int count = 1;
  float width = 0, gap = 0;
  float x(int column) const { return static_cast<float>(column) * (width + gap); }
};
// So many columns that rows are about equally long: two and two, not three and one alone.
int even_columns(int columns, std::size_t items);
GridColumns grid_columns(const Ui& ui, float width, double min_mm, double gap_mm, std::size_t items);

// The width of the longest word: narrower columns would have to break it.
float widest_word(Ui& ui, std::string_view text, const text::TextStyle& style);

// The style with which the text stands on one line of `style.max_width_px`: smaller where it must be, not below
// `least_px`.
text::TextStyle on_one_line(Ui& ui, std::string_view text, text::TextStyle style, double least_px);

// Where a page scrolls: the height that is left of what is seen of it at first, and not faded. Elsewhere, what is left.
float whole_above_fold(Ui& ui);
// What comes next is no use in part: where it would be cut by that end, or fade there, it begins below it.
void keep_whole(Ui& ui, float height);

// "a, b": parts of a node's value, in the page's language.
std::string joined(const std::vector<std::string>& parts);

}  // namespace kiosk::ui
