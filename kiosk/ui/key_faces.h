// How a key looks: its icon, or letters and words of a size that the whole board shares. Private to the folder.
#pragma once

#include <vector>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/keyboard.h"

namespace kiosk::ui {

inline constexpr double kPadMm = 4;  // around the keys

// The catalogue's key for what a key is called; null for those that say it themselves.
const char* name_key(const KeySpec& key);

// How wide a key of weight 1 is: within the page's margins, unless keys would be too small for a finger.
float key_unit(const Ui& ui, const std::vector<std::vector<KeySpec>>& rows, float width, float gap, double widest_mm);

// What the keys show is of this size: letters all of one, and the words of the named keys.
struct KeyType {
  double letters = 0, words = 0;  // em in pixels
  float baseline = 0;             // of letters, below the key's top
};
// They grow with the text as far as the keys, which keep their size, have room. `unit`: of key_unit().
KeyType key_type(Ui& ui, const std::vector<std::vector<KeySpec>>& rows, float unit, float height);

// `rect` as Ui::add takes it; `on`: shifted.
void draw_key(Ui& ui, const KeySpec& key, NodeId id, const Rect& rect, const KeyType& type, bool on);

}  // namespace kiosk::ui
