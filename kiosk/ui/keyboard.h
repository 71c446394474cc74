// The docked on-screen keyboard. Layouts come from libxkbcommon; accents that a language needs stand in a row of their
// own, so nothing needs a long press. Keys act on release and do not repeat.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/core/secret.h"
#include "kiosk/ui/geometry.h"
#include "kiosk/ui/scene.h"

namespace kiosk::ui {

class Ui;

enum class KeyboardKind { Text, Email, Postcode, Number, Phone };

// One language's letters: rows from the top, keys from the start of the layout's own writing on paper (left to right).
struct KeyboardLayout {
  struct Letter {
    std::string plain = {}, shifted = {};
  };
  std::string language;
  std::vector<std::vector<Letter>> rows;
  std::vector<Letter> extra;  // the accent row; may be empty
};
// `language` is BCP 47: "en", "cy", "pl", "ar", "ur"…; languages without a layout of their own get English letters.
// Error Unavailable where xkb-data is missing.
core::Result<KeyboardLayout> load_layout(std::string_view language);

enum class KeyAction { Insert, Shift, Symbols, Delete, Space, Language, Enter, Hide };

struct KeySpec {
  KeyAction action = KeyAction::Insert;
  std::string text = {};  // to insert; also what is shown, but for the named keys
  double weight = 1;      // widths of letter keys
  bool rtl = false;       // of letters that run to the left: there Delete takes away what stands right of the cursor
};

struct KeyPress {
  KeyAction action = KeyAction::Insert;
  std::string text = {};
};

class Keyboard {
 public:
  Keyboard();
  ~Keyboard();

  // Draws into `rect` (from Ui::regions) while a field is active. The switch key goes between the page's language and
  // English. What was pressed reaches the active field() by itself.
  void draw(Ui& ui, const Rect& rect, KeyboardKind kind);
  // Height in mm that it needs on this panel.
  static double height_mm(const Ui& ui, KeyboardKind kind);
  void reset();  // capitals off, letters, the page's language

  // The rows for the present page of keys: from the left, as on a desk, in every language.
  std::vector<std::vector<KeySpec>> rows(std::string_view language, KeyboardKind kind) const;
  // What the activation of `id` means; updates shift and pages. Nullopt: not a key, or a key that only changes the
  // keyboard. Called by Ui::begin().
  std::optional<KeyPress> press(NodeId id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Draws the keyboard where `regions` made room for it. Call it after the content, before the footer.
void keyboard(Ui& ui, const Rect& rect, KeyboardKind kind = KeyboardKind::Text);

// One edit of a text with a cursor (bytes). Backspace takes one character, and accents of Latin letters with it; in
// other scripts vowel signs go one by one, as their writers expect. Used by field(), tested alone.
struct EditedText {
  core::SecretText text = {};
  std::size_t cursor = 0;
};
EditedText insert_text(const EditedText& before, std::string_view typed, std::size_t max_bytes);
EditedText delete_before_cursor(const EditedText& before);

}  // namespace kiosk::ui
