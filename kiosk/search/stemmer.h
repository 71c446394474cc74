// Snowball stems by language (libstemmer); private to search.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::search {

// The languages whose words are grouped by stem in every index: ISO 639-1, those that Snowball knows and kiosks speak.
const std::vector<std::string>& stemmed_languages();

// The stem of a folded word; the word itself for other languages. Any thread: each has its own stemmers.
std::string stem(std::string_view word, std::string_view language);

}  // namespace kiosk::search
