// Forms of words in languages that Snowball does not know; private to search.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::search {

// The folded word without the longest ending that its language inflects with, three letters at the least.
std::string without_ending(std::string_view word, std::string_view language);

// What a folded Welsh word may have been before its first letter mutated: "finiau" → "biniau", "miniau".
std::vector<std::string> unmutated_welsh(std::string_view word);

}  // namespace kiosk::search
