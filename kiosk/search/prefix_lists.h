// The unions of postings that the first letters of words would make too long to gather at every key. Private to search.
#pragma once

#include "kiosk/search/builder.h"

namespace kiosk::search {

// One or two letters are looked up where a word says what a service is (kHeadFields); more, everywhere.
constexpr std::size_t kShortPrefixLetters = 2;

void write_prefix_lists(const SortedWords& sorted, std::size_t documents, FileWriter& file);

}  // namespace kiosk::search
