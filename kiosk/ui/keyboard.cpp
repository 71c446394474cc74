#include "kiosk/ui/keyboard.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "kiosk/core/log.h"
#include "kiosk/text/bidi.h"
#include "kiosk/ui/key_faces.h"
#include "kiosk/ui/parts.h"
#include "kiosk/ui/ui.h"

namespace kiosk::ui {
namespace {

using Keys = std::vector<KeySpec>;

// Letters for a machine without any layout data: better than no keyboard.
KeyboardLayout plain_letters() {
  KeyboardLayout layout{"en", {}, {}};
  for (const std::string_view row : {"qwertyuiop", "asdfghjkl", "zxcvbnm"}) {
    std::vector<KeyboardLayout::Letter> letters;
    for (const char c : row) letters.push_back({std::string(1, c), std::string(1, static_cast<char>(c - 'a' + 'A'))});
    layout.rows.push_back(std::move(letters));
  }
  return layout;
}

Keys characters(std::initializer_list<const char*> texts) {
  Keys keys;
  for (const char* text : texts) keys.push_back({KeyAction::Insert, text, 1});
  return keys;
}

Keys digits() { return characters({"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"}); }

bool is_pad(KeyboardKind kind) { return kind == KeyboardKind::Number || kind == KeyboardKind::Phone; }

bool has_case(const KeyboardLayout& layout) {
  for (const auto& row : layout.rows)
    for (const auto& letter : row)
      if (letter.plain != letter.shifted) return true;
  return false;
}

constexpr double kWidestKeyMm = 19, kWidestPadKeyMm = 26;  // beyond it, fingers travel for nothing

}  // namespace

struct Keyboard::State {
  bool shift = false, symbols = false, english = false;
  std::map<std::string, KeyboardLayout, std::less<>> layouts;
  std::unordered_map<NodeId, KeySpec> drawn;

  const KeyboardLayout& layout(std::string_view language) {
    const auto found = layouts.find(language);
    if (found != layouts.end()) return found->second;
    auto loaded = load_layout(language);
    if (!loaded.ok()) core::log_warning("keyboard.no_layout", {{"language", language}, {"error", loaded.error()}});
    return layouts.emplace(std::string(language), std::move(loaded).value_or(plain_letters())).first->second;
  }

  Keys letters(const std::vector<KeyboardLayout::Letter>& row, bool capitals) const {
    Keys keys;
    for (const auto& letter : row) keys.push_back({KeyAction::Insert, capitals ? letter.shifted : letter.plain, 1});
    return keys;
  }

  Keys bottom_row(KeyboardKind kind, bool foreign) const {
    Keys keys = {{KeyAction::Symbols, symbols ? "abc" : "?123", 1.5}};
    if (foreign) keys.push_back({KeyAction::Language, "", 1.25});
    if (kind == KeyboardKind::Email) keys.push_back({KeyAction::Insert, "@", 1});
    keys.push_back({KeyAction::Space, " ", kind == KeyboardKind::Email ? 2.5 : 3.5});
    if (kind == KeyboardKind::Email) keys.push_back({KeyAction::Insert, ".", 1});
    if (kind == KeyboardKind::Text) keys.push_back({KeyAction::Insert, "-", 1});
    keys.push_back({KeyAction::Hide, "", 1.25});
    keys.push_back({KeyAction::Enter, "", 2.5});
    return keys;
  }

  std::vector<Keys> pad(KeyboardKind kind) const {
    std::vector<Keys> rows = {characters({"1", "2", "3"}), characters({"4", "5", "6"}), characters({"7", "8", "9"})};
    rows[0].push_back({KeyAction::Delete, "", 1.5});
    rows[1].push_back({KeyAction::Hide, "", 1.5});
    rows[2].push_back({KeyAction::Space, " ", 1.5});
    rows.push_back(characters({kind == KeyboardKind::Phone ? "+" : ".", "0", kind == KeyboardKind::Phone ? "#" : "-"}));
    rows[3].push_back({KeyAction::Enter, "", 1.5});
    return rows;
  }

  std::vector<Keys> symbol_rows() const {
    return {digits(), characters({"@", "£", "&", "/", ":", ";", "(", ")", "\"", "'"}),
            characters({".", ",", "?", "!", "-", "_", "+", "=", "#", "%"}),
            characters({"€", "$", "*", "[", "]", "<", ">", "~"})};
  }
};

Keyboard::Keyboard() : state_(std::make_unique<State>()) {}
Keyboard::~Keyboard() = default;

void Keyboard::reset() {
  state_->shift = state_->symbols = state_->english = false;
  state_->drawn.clear();
}

double Keyboard::height_mm(const Ui& ui, KeyboardKind kind) {
  const int count = is_pad(kind) ? 4 : 5;
  const double key = std::clamp(ui.metrics().height_mm() * 0.052, kMinTargetMm + 0.3, 16.0);
  return count * key + (count - 1) * (kMinGapMm + 0.2) + 2 * kPadMm;
}

std::vector<Keys> Keyboard::rows(std::string_view language, KeyboardKind kind) const {
  State& s = *state_;
  if (is_pad(kind)) return s.pad(kind);
  // Postcodes and addresses of letter boxes on the net are Latin in every language.
  const bool latin = kind == KeyboardKind::Postcode || kind == KeyboardKind::Email;
  const bool foreign = !latin && language.substr(0, language.find('-')) != "en";
  const KeyboardLayout& layout = s.layout(s.english || latin ? std::string_view("en") : language);
  const bool rtl = !s.symbols && text::direction_of(layout.language) == text::Direction::RightToLeft;
  std::vector<Keys> rows;
  if (s.symbols) {
    rows = s.symbol_rows();
  } else {
    const bool capitals = s.shift || kind == KeyboardKind::Postcode;
    const bool accents = !layout.extra.empty() && kind == KeyboardKind::Text;
    rows.push_back(accents ? s.letters(layout.extra, capitals) : digits());
    for (const auto& row : layout.rows) rows.push_back(s.letters(row, capitals));
    if (has_case(layout) && kind != KeyboardKind::Postcode)
      rows.back().insert(rows.back().begin(), KeySpec{KeyAction::Shift, "", 1.25, rtl});
  }
  rows.back().push_back({KeyAction::Delete, "", 1.25, rtl});
  rows.push_back(s.bottom_row(kind, foreign));
  return rows;
}

std::optional<KeyPress> Keyboard::press(NodeId id) {
  State& s = *state_;
  const auto found = s.drawn.find(id);
  if (found == s.drawn.end()) return std::nullopt;
  const KeySpec& key = found->second;
  switch (key.action) {
    case KeyAction::Shift:
      s.shift = !s.shift;
      return std::nullopt;
    case KeyAction::Symbols:
      s.symbols = !s.symbols;
      return std::nullopt;
    case KeyAction::Language:
      s.english = !s.english;
      return std::nullopt;
    default:
      break;
  }
  s.shift = false;
  return KeyPress{key.action, key.text};
}

void Keyboard::draw(Ui& ui, const Rect& rect, KeyboardKind kind) {
  State& s = *state_;
  if (is_empty(rect)) return;
  const IdScope scope(ui, "keyboard");
  const Theme& theme = ui.theme();
  ui.canvas().fill(rect, mix(theme.canvas, theme.line, theme.name == ThemeName::Light ? 0.18 : 0.0));
  ui.canvas().fill({rect.x, rect.y, rect.width, hairline(ui)}, theme.line);
  Node board;
  board.id = ui.id("board");
  board.role = Role::Keyboard;
  board.name = ui.word("ui.keyboard");
  ui.add(std::move(board), rect);
  ui.begin_parent(ui.id("board"));
  s.drawn.clear();

  const std::vector<Keys> rows = this->rows(ui.look().language->code(), kind);
  const float gap = ui.px(kMinGapMm + 0.2), pad = ui.px(kPadMm);
  const float unit = key_unit(ui, rows, rect.width, gap, is_pad(kind) ? kWidestPadKeyMm : kWidestKeyMm);
  const float height =
      std::floor((rect.height - 2 * pad - gap * static_cast<float>(rows.size() - 1)) / static_cast<float>(rows.size()));
  const KeyType type = key_type(ui, rows, unit, height);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    float total = gap * static_cast<float>(rows[r].size() - 1);
    for (const KeySpec& key : rows[r]) total += std::round(unit * static_cast<float>(key.weight));
    float x = std::round(rect.x + (rect.width - total) / 2);
    const float y = rect.y + pad + static_cast<float>(r) * (height + gap);
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const KeySpec& key = rows[r][c];
      const Rect on_glass{x, y, std::round(unit * static_cast<float>(key.weight)), height};
      const Rect place = ui.canvas().on_glass(on_glass);  // keyboards are not mirrored: turned twice
      x += on_glass.width + gap;
      Node node;
      node.id = ui.id(std::to_string(r) + "/" + std::to_string(c));
      node.role = Role::Key;
      const char* word = key.action == KeyAction::Symbols && s.symbols ? "ui.key.letters" : name_key(key);
      node.name = word ? ui.word(word) : key.text;
      node.action = true;
      node.row = static_cast<int>(r);
      node.column = static_cast<int>(c);
      const bool on = (key.action == KeyAction::Shift && s.shift) || (key.action == KeyAction::Symbols && s.symbols);
      node.state.selected = on;
      const NodeId id = node.id;
      ui.add(std::move(node), place);
      draw_key(ui, key, id, place, type, on);
      s.drawn.emplace(id, key);
    }
  }
  ui.end_parent();
}

void keyboard(Ui& ui, const Rect& rect, KeyboardKind kind) { ui.keyboard().draw(ui, rect, kind); }

EditedText insert_text(const EditedText& before, std::string_view typed, std::size_t max_bytes) {
  const std::string clean = text::clean_outside_text(typed, 1024);
  std::string text = before.text.reveal();
  const std::size_t at = std::min(before.cursor, text.size());
  if (text.size() + clean.size() > max_bytes) {
    core::wipe(text);
    return before;
  }
  text.insert(at, clean);
  EditedText after;
  after.text.assign(text);
  after.cursor = at + clean.size();
  core::wipe(text);
  return after;
}

EditedText delete_before_cursor(const EditedText& before) {
  std::string text = before.text.reveal();
  const std::size_t end = std::min(before.cursor, text.size());
  std::size_t begin = end;
  for (bool accent = true; accent && begin > 0;) {
    do --begin;
    while (begin > 0 && (text[begin] & 0xc0) == 0x80);
    const auto first = static_cast<unsigned char>(text[begin]);
    const auto second = begin + 1 < text.size() ? static_cast<unsigned char>(text[begin + 1]) : 0;
    accent = first == 0xcc || (first == 0xcd && second < 0xb0);  // U+0300 .. U+036F
  }
  text.erase(begin, end - begin);
  EditedText after;
  after.text.assign(text);
  after.cursor = begin;
  core::wipe(text);
  return after;
}

}  // namespace kiosk::ui
