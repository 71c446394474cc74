// Function words carry no weight in a query; private to search.
#pragma once

#include <string_view>

namespace kiosk::search {

// `word` folded. English words count in every language, since records are mostly in English.
bool is_stop_word(std::string_view word, std::string_view language);

// The same, in this language alone.
bool is_own_stop_word(std::string_view word, std::string_view language);

// Words that say what one wants to do rather than with what ("apply", "report", "information"): they weigh little, but
// are not dropped, since some services are called so.
bool is_weak_word(std::string_view word, std::string_view language);

}  // namespace kiosk::search
