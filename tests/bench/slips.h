// Slips of a finger on a keyboard of glass, the same on every machine for a seed.
#pragma once

#include <cstddef>
#include <string>

#include "tests/bench/search_random.h"

namespace kiosk::bench {

// Puts `slips` errors into words of five letters or more (a to z), each into any of them: a letter too many (the one
// beside it, one near it, or any), one too few, a neighbour in place of it, two swapped. The text itself where it has
// no such word.
std::string with_slips(const std::string& text, std::size_t slips, Random& random);

}  // namespace kiosk::bench
