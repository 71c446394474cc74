// Function words carry no weight in a query; private to search.
#pragma once

#include <string_view>

namespace kiosk::search {

// `word` folded. English words count in every language, since records are mostly in English.
bool is_stop_word(std::string_view word, std::string_view language);

}  // namespace kiosk::search
