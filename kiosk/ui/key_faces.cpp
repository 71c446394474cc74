#include "kiosk/ui/key_faces.h"

#include <algorithm>
#include <cmath>

#include "kiosk/ui/parts.h"

namespace kiosk::ui {
namespace {

Icon icon_of(const KeySpec& key) {
  switch (key.action) {
    case KeyAction::Shift:
      return Icon::Shift;
    case KeyAction::Delete:
      return key.rtl ? Icon::DeleteRightwards : Icon::Delete;
    case KeyAction::Language:
      return Icon::Globe;
    case KeyAction::Hide:
      return Icon::Keyboard;
    default:
      return Icon::None;
  }
}

constexpr double kCapMm = 5, kLeastCapMm = 3.5, kKeyPaddingMm = 3, kLetterPaddingMm = 1;

double em_of_cap(const Ui& ui, double cap_mm) { return text::em_for_cap_height(ui.px(cap_mm)); }

std::string label_of(const Ui& ui, const KeySpec& key) {
  return key.text.empty() || key.action == KeyAction::Space ? ui.word(name_key(key)) : key.text;
}

text::TextStyle key_style(const Ui& ui, const KeySpec& key, float width, double em) {
  const bool letter = key.action == KeyAction::Insert;
  text::TextStyle style = ui.style(Type::Strong, width - (letter ? 2 : 2 * ui.px(kKeyPaddingMm)));
  style.size_px = em;
  style.max_lines = 1;
  style.weight = letter ? text::Weight::Regular : text::Weight::Bold;
  return style;
}

// How far the letters of a board reach, at one em: above the line that they stand on, below it, and to the sides.
struct Reach {
  float above = 0, below = 0, share_of_width = 0;
};

void extend(Ui& ui, const KeySpec& key, float width, double em, Reach& reach) {
  const auto laid = ui.layout(key.text, key_style(ui, key, width, em));
  if (laid->lines().empty() || is_empty(laid->ink())) return;
  const float baseline = laid->lines().front().baseline, padding = ui.px(kLetterPaddingMm);
  reach.above = std::max(reach.above, baseline - laid->ink().y);
  reach.below = std::max(reach.below, laid->ink().bottom() - baseline);
  reach.share_of_width = std::max(reach.share_of_width, laid->ink().width / std::max(1.f, width - 2 * padding));
}

// As large as `type` says, or as accents and tails have room for. The line that they stand on has their capitals in the
// middle of the key, unless accents need it lower or tails higher.
void fit_letters(const Ui& ui, const Reach& reach, float height, KeyType& type) {
  const float padding = ui.px(kLetterPaddingMm), room = height - 2 * padding;
  const float most = std::max((reach.above + reach.below) / room, reach.share_of_width);
  const double share = std::min(1.0, 1.0 / std::max(0.01f, most));
  const double em = std::floor(std::max(type.letters * share, em_of_cap(ui, kCapMm)));
  const auto scale = static_cast<float>(em / type.letters);
  const float highest = padding + reach.above * scale, lowest = height - padding - reach.below * scale;
  type.baseline = std::round(std::min(std::max((height + cap_px(em)) / 2, highest), lowest));
  type.letters = em;
}

void draw_label(Ui& ui, const KeySpec& key, const Rect& rect, const KeyType& type, Colour ink) {
  const std::string label = label_of(ui, key);
  const bool letter = key.action == KeyAction::Insert;
  const double em = letter ? type.letters : type.words;
  text::TextStyle style = key_style(ui, key, rect.width, em);
  style.size_px = on_one_line(ui, label, style, em_of_cap(ui, kLeastCapMm)).size_px;
  style.max_width_px = static_cast<int>(rect.width) - 2;
  style.alignment = text::Align::Centre;
  const auto laid = ui.layout(label, style);
  const float top = letter && !laid->lines().empty() ? rect.y + type.baseline - laid->lines().front().baseline
                                                     : centred_top(*laid, rect, cap_px(style.size_px));
  ui.canvas().text(*laid, std::round(rect.x + (rect.width - laid->width()) / 2), top, ink);  // a box may be wider
}

}  // namespace

const char* name_key(const KeySpec& key) {
  switch (key.action) {
    case KeyAction::Shift:
      return key.rtl ? "ui.key.more_letters" : "ui.key.shift";  // there are no capitals from right to left
    case KeyAction::Symbols:
      return "ui.key.symbols";
    case KeyAction::Delete:
      return "ui.key.delete";
    case KeyAction::Space:
      return "ui.key.space";
    case KeyAction::Language:
      return "ui.key.language";
    case KeyAction::Enter:
      return "ui.key.done";
    case KeyAction::Hide:
      return "ui.key.hide";
    case KeyAction::Insert:
      return nullptr;
  }
  return nullptr;
}

KeyType key_type(Ui& ui, const std::vector<std::vector<KeySpec>>& rows, float unit, float height) {
  const double wanted = em_of_cap(ui, std::max(kCapMm, cap_height_mm(Type::Body, ui.look().text_size)));
  KeyType type{wanted, wanted};
  Reach reach;
  for (const std::vector<KeySpec>& row : rows) {
    for (const KeySpec& key : row) {
      if (icon_of(key) != Icon::None) continue;
      const float width = std::round(unit * static_cast<float>(key.weight));
      if (key.action == KeyAction::Insert)
        extend(ui, key, width, wanted, reach);
      else
        type.words = std::min(
            type.words,
            on_one_line(ui, label_of(ui, key), key_style(ui, key, width, wanted), em_of_cap(ui, kLeastCapMm)).size_px);
    }
  }
  fit_letters(ui, reach, height, type);
  type.words = std::min(type.words, type.letters);
  return type;
}

float key_unit(const Ui& ui, const std::vector<std::vector<KeySpec>>& rows, float width, float gap, double widest_mm) {
  double widest = 1;
  std::size_t most = 1;
  for (const std::vector<KeySpec>& row : rows) {
    double total = 0;
    for (const KeySpec& key : row) total += key.weight;
    widest = std::max(widest, total);
    most = std::max(most, row.size());
  }
  const auto unit_within = [&](double margin_mm) {
    const float room = width - 2 * ui.px(margin_mm) - gap * static_cast<float>(most - 1);
    return std::min(std::floor(room / static_cast<float>(widest)), ui.px(widest_mm));
  };
  return unit_within(unit_within(kMarginMm) < ui.px(kMinTargetMm) ? kPadMm : kMarginMm);
}

void draw_key(Ui& ui, const KeySpec& key, NodeId id, const Rect& rect, const KeyType& type, bool on) {
  const Theme& theme = ui.theme();
  Canvas& canvas = ui.canvas();
  // Outlined, not filled: the one primary button is the page's.
  const bool main = key.action == KeyAction::Enter;
  const Colour ground = ui.pressed(id) ? theme.paper_pressed : on ? theme.primary_tint : theme.paper;
  const Colour ink = key.action == KeyAction::Insert ? theme.ink : theme.primary;
  const float radius = ui.px(2);
  canvas.rounded(rect, radius, ground);
  canvas.outline(rect, radius, main || on ? edge_line(ui) : hairline(ui), main || on ? theme.primary : theme.line);
  if (const Icon icon = icon_of(key); icon != Icon::None)
    canvas.icon(icon, rect, std::max(ui.px(8), std::round(1.5f * cap_px(type.letters))), ink);
  else
    draw_label(ui, key, rect, type, ink);
  focus_ring(ui, id, rect);
}

}  // namespace kiosk::ui
