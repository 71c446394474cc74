// What forms of a word have in common, by language. Snowball (libstemmer) where it knows the language; elsewhere
// endings are taken off, and in Welsh the beginnings that mutate are undone. Private to search.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::search {

// The languages in which forms of a word are known, ISO 639-1.
const std::vector<std::string>& stemmed_languages();

// Whether a folded word is written in a script of the language: stemming others only costs time.
bool may_be_in(std::string_view word, std::string_view language);

// The stem of a folded word; the word itself for languages not known. English spellings of Britain and America meet.
// Any thread: each has its own stemmers.
std::string stem(std::string_view word, std::string_view language);

// The stems that a word may have: one, or in Welsh one for each beginning that it may have mutated from.
std::vector<std::string> stems(std::string_view word, std::string_view language);

}  // namespace kiosk::search
