// Headings, paragraphs, codes and pictures.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/layout.h"
#include "kiosk/ui/parts.h"

namespace kiosk::ui {
namespace {

std::size_t add_text(Ui& ui, Role role, std::string_view name, const Rect& rect, std::string_view language) {
  Node node;
  node.id = ui.text_id(name);
  node.role = role;
  node.name = std::string(name);
  node.language = std::string(language);
  node.focusable = true;
  const NodeId id = node.id;
  const std::size_t place = ui.add(std::move(node), rect);
  focus_ring(ui, id, rect);
  return place;
}

}  // namespace

void heading(Ui& ui, std::string_view text, int level) {
  const Type type = level <= 1 ? Type::Title : level == 2 ? Type::Heading : Type::Strong;
  if (level == 2) ui.gap(2);
  text::TextStyle style = ui.style(type, ui.width());
  // A word longer than the line makes the heading smaller, down to body text; it is not broken.
  const float word = widest_word(ui, text, style);
  if (word > ui.width()) style.size_px = std::max(style.size_px * ui.width() / word, ui.style(Type::Body).size_px);
  const auto laid = ui.layout(text, style);
  const Rect rect = ui.take(laid->natural_width(), std::ceil(laid->height()));
  ui.canvas().text(*laid, rect.x, rect.y, ui.theme().ink);
  Node& node = ui.node(add_text(ui, Role::Heading, text, rect, {}));
  node.level = level;
  node.clipped = is_clipped(*laid, rect.width);
}

void paragraph(Ui& ui, std::string_view text, const TextSpec& spec) {
  if (text.empty()) return;
  const float indent = spec.icon == Icon::None ? 0 : icon_px(ui, spec.type) + ui.px(2.5);
  text::TextStyle style = ui.style(spec.type, ui.width() - indent, spec.language);
  style.max_lines = spec.max_lines;
  style.alignment = spec.align;
  const auto laid = ui.layout(text, style, spec.marked);
  const Rect rect = ui.take(laid->natural_width() + indent, std::ceil(laid->height()));
  const Colour colour = ui.theme().of(spec.ink);
  for (const text::ByteRange& range : spec.marked)
    ui.canvas().mark(*laid, range, rect.x + indent, rect.y, ui.px(1), ui.theme().mark);
  if (indent > 0) {
    const float baseline = laid->lines().empty() ? laid->height() : laid->lines().front().baseline;
    const float size = icon_px(ui, spec.type), middle = rect.y + baseline - cap_px(ui, spec.type) / 2;
    ui.canvas().icon(spec.icon, {rect.x, middle - size / 2, size, size}, size, colour);
  }
  ui.canvas().text(*laid, rect.x + indent, rect.y, colour);
  Node& node = ui.node(add_text(ui, spec.role, text, rect, spec.language));
  node.alert = spec.said;
  if (spec.role == Role::Heading) node.level = spec.level;
  node.clipped = laid->natural_width() > rect.width - indent + 1 || (laid->ellipsised() && spec.max_lines == 0);
}

void divider(Ui& ui) {
  const Rect rect = ui.take(ui.width(), hairline(ui));
  ui.canvas().fill(rect, mix(ui.theme().canvas, ui.theme().line, 0.5));
}

void badge(Ui& ui, const BadgeSpec& spec) {
  const LaidBadge laid = lay_badge(ui, spec, ui.width());
  const Rect rect = ui.take(laid.width, laid.height);
  draw_badge(ui, spec, laid, rect.x, rect.y);
  add_text(ui, Role::Status, spec.text, {rect.x, rect.y, laid.width, laid.height}, {});
}

namespace {

struct LaidCode {
  text::ParagraphPtr label, value;
  text::TextStyle style;  // of the value
  float padding = 0;
  float width() const { return std::max(label->natural_width(), value->natural_width()) + 2 * padding; }
  float height() const { return std::ceil(label->height() + value->height() + 2 * padding); }
};

// On one line: nobody copies half a code. Smaller where it must be, as far as it still stands out.
LaidCode lay_code(Ui& ui, const CodeSpec& spec, CodeSize size, float width) {
  const bool small = size == CodeSize::Small;
  LaidCode code;
  code.padding = ui.px(small ? 3 : 5);
  const float room = width - 2 * code.padding;
  code.label = ui.layout(spec.label, ui.style(Type::Body, room));
  code.style = ui.style(small ? Type::Heading : Type::Display, room);
  code.style.direction = text::Direction::LeftToRight;  // codes are Latin letters and digits in every language
  code.style = on_one_line(ui, spec.groups, code.style, ui.style(Type::Strong).size_px);
  code.value = ui.layout(spec.groups, code.style);
  return code;
}

// Letters of one size: of the code that has least room.
std::vector<LaidCode> lay_codes(Ui& ui, std::span<const CodeSpec> specs, CodeSize size, float width) {
  std::vector<LaidCode> laid;
  for (const CodeSpec& spec : specs) laid.push_back(lay_code(ui, spec, size, width));
  double least = laid.empty() ? 0 : laid.front().style.size_px;
  for (const LaidCode& code : laid) least = std::min(least, code.style.size_px);
  for (std::size_t i = 0; i < laid.size(); ++i) {
    laid[i].style.size_px = least;
    laid[i].value = ui.layout(specs[i].groups, laid[i].style);
  }
  return laid;
}

// The code stands at the bottom, level with those beside it, however many lines their labels have.
void show_code(Ui& ui, const CodeSpec& spec, const LaidCode& code, float height) {
  const Rect rect = ui.take(code.width(), height);
  ui.canvas().rounded(rect, ui.px(kRadiusMm), ui.theme().primary_tint);
  ui.canvas().outline(rect, ui.px(kRadiusMm), hairline(ui), ui.theme().line);
  const float x = rect.x + code.padding, y = rect.y + code.padding;
  ui.canvas().text(*code.label, x, y, ui.theme().ink);
  ui.canvas().text(*code.value, x, std::round(rect.bottom() - code.padding - code.value->height()), ui.theme().ink);
  Node& node = ui.node(add_text(ui, Role::Text, spec.label, rect, {}));
  node.value = spec.groups;
  node.clipped = is_clipped(*code.value, rect.width - 2 * code.padding);
}

constexpr double kAsLarge = 0.8;  // so that the letters of a code do not decide whether two stand side by side

// No word of a label broken, no code smaller than it has to stand out by, and none that is large much smaller than it
// would be alone.
bool fit_in_row(Ui& ui, std::span<const CodeSpec> specs, CodeSize size, float width) {
  return std::all_of(specs.begin(), specs.end(), [&](const CodeSpec& spec) {
    const LaidCode code = lay_code(ui, spec, size, width);
    const float room = width - 2 * code.padding;
    const double alone = size == CodeSize::Small ? 0 : lay_code(ui, spec, size, ui.width()).style.size_px;
    return code.style.size_px >= alone * kAsLarge && !is_clipped(*code.value, room) &&
           code.value->lines().size() == 1 && widest_word(ui, spec.label, ui.style(Type::Body)) <= room;
  });
}

}  // namespace

void codes(Ui& ui, std::span<const CodeSpec> specs, CodeSize size, Along along) {
  const auto count = static_cast<float>(specs.size());
  const float cell = std::floor((ui.width() - ui.unit() * (count - 1)) / std::max(1.f, count));
  const bool beside = specs.size() > 1 && along == Along::Row && fit_in_row(ui, specs, size, cell);
  const std::vector<LaidCode> laid = lay_codes(ui, specs, size, beside ? cell : ui.width());
  if (!beside) {
    for (std::size_t i = 0; i < specs.size(); ++i) show_code(ui, specs[i], laid[i], laid[i].height());
    return;
  }
  float height = 0;
  for (const LaidCode& code : laid) height = std::max(height, code.height());
  Row row(ui, std::vector<CellWidth>(specs.size(), share(1)));
  for (std::size_t i = 0; i < specs.size(); ++i) {
    row.cell();
    show_code(ui, specs[i], laid[i], height);
  }
}

namespace {

constexpr float kMostOfPicture = 0.65f;
constexpr float kTallestHint = 1.6f;  // times the picture that it stands beside

// Half a code is none: what the page's end would cut is a little smaller where most of it fits. Its dots are whole
// pixels.
int dot_of(Ui& ui, const core::Bitmap1& bitmap, double max_mm) {
  const float wanted = std::min(ui.width(), ui.px(max_mm)), left = whole_above_fold(ui);
  const float room = left >= wanted * kMostOfPicture ? std::min(wanted, left) : wanted;
  return std::max(1, static_cast<int>(room) / bitmap.width);
}

void draw_dots(Ui& ui, const core::Bitmap1& bitmap, const PictureSpec& spec, int dot) {
  const auto width = static_cast<float>(dot * bitmap.width), height = static_cast<float>(dot * bitmap.height);
  const Rect rect = ui.take(width, height);
  const float before = spec.align == text::Align::Centre ? std::max(0.f, std::round((rect.width - width) / 2)) : 0;
  const Rect ground{rect.x + before, rect.y, width, height};
  ui.canvas().rounded(ground, ui.px(kRadiusMm), rgb(0xffffff));
  ui.canvas().outline(ground, ui.px(kRadiusMm), hairline(ui), ui.theme().line);
  ui.canvas().dots(bitmap, ground, dot, rgb(0x000000));
  add_text(ui, Role::Image, spec.name, ground, {});
}

// Beside the picture, unless it would be much taller than that, or a word broken. Its height; 0: it stands below.
float hint_beside(Ui& ui, const PictureSpec& spec, float width, float picture_height) {
  if (spec.hint.empty() || width <= 0) return 0;
  const text::TextStyle style = ui.style(Type::Body, width);
  if (widest_word(ui, spec.hint, style) > width) return 0;
  const float height = ui.layout(spec.hint, style)->height();
  return height <= picture_height * kTallestHint ? height : 0;
}

}  // namespace

void picture(Ui& ui, const core::Bitmap1& bitmap, const PictureSpec& spec) {
  if (bitmap.width == 0 || bitmap.height == 0) return;
  const int dot = dot_of(ui, bitmap, spec.max_mm);
  const auto width = static_cast<float>(dot * bitmap.width), height = static_cast<float>(dot * bitmap.height);
  keep_whole(ui, height);
  const float beside = hint_beside(ui, spec, ui.width() - width - ui.unit(), height);
  const TextSpec quiet{.ink = Ink::Quiet};
  if (beside <= 0) {
    draw_dots(ui, bitmap, spec, dot);
    return paragraph(ui, spec.hint, quiet);
  }
  Row row(ui, {fixed(ui.metrics().mm(width)), share(1)});
  row.cell();
  draw_dots(ui, bitmap, spec, dot);
  row.cell();
  ui.gap(ui.metrics().mm(std::max(0.f, height - beside) / 2));
  paragraph(ui, spec.hint, quiet);
}

void page_dots(Ui& ui, int position, int count) {
  const float size = ui.px(4), gap = ui.px(3);
  keep_whole(ui, size);
  const Rect rect = ui.take(static_cast<float>(count) * (size + gap), size);
  for (int i = 0; i < count; ++i) {
    const Rect dot{rect.x + static_cast<float>(i) * (size + gap), rect.y, size, size};
    if (i + 1 == position)
      ui.canvas().rounded(dot, size / 2, ui.theme().primary);
    else
      ui.canvas().outline(dot, size / 2, edge_line(ui), ui.theme().line);
  }
  Node& node = ui.node(add_text(ui, Role::Status, ui.word("ui.step", {{"n", position}, {"of", count}}), rect, {}));
  node.position = position;
  node.count = count;
}

}  // namespace kiosk::ui
