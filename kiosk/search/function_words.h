// Which words of a text are function words where they stand: "will" is one in "when will my bin be emptied", and what
// is looked for in "make a will"; "he" tells who in "he hits me". Private to search.
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/search/tokenizer.h"

namespace kiosk::search {

// Whether a word can tell anything in this language: all but its function words, and those of them that are a subject
// ("will"). A phrase of other words alone says nothing.
bool may_tell(std::string_view word, std::string_view language);

// One for each token. By its neighbours alone, so that a query and a phrase of the lexicon are read alike. English
// neighbours tell in every language, as English stop words count in each.
std::vector<bool> function_words(const std::vector<Token>& tokens, std::string_view language);

}  // namespace kiosk::search
