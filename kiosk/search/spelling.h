// English words spelt otherwise: in America, by ear, by a slip of the finger. Private to search.
#pragma once

#include <string>
#include <string_view>

namespace kiosk::search {

// A folded English word as it is spelt in Britain: "color" → "colour", "organization" → "organisation".
std::string british(std::string_view word);

// How a folded Latin word sounds, roughly, as English is read: "fone" and "phone" are one. Empty where there is nothing
// to go by: other scripts, digits, fewer than three sounds.
std::string sound_of(std::string_view word);

// How unlikely it is that somebody who meant `meant` typed `typed`, two folded words at most two edits apart: about 1
// for one usual slip (a neighbouring key, letters swapped, one doubled or left out), more for odd ones, for the first
// letter, and for short words.
float slip_cost(std::string_view typed, std::string_view meant);

}  // namespace kiosk::search
