// What a feed says at length, in the room of a list. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk::visit {

enum class CutAfter {
  Word,
  Sentence,  // where one ends beyond the first third; else a word
};
// As much of one paragraph as fits, with an ellipsis where its last sentence is left unfinished.
std::string shortened(std::string_view paragraph, std::size_t max_bytes, CutAfter cut = CutAfter::Word);
// The same of a text's first paragraph. Where that announces what is left out, a list below it, no colon is left bare.
std::string beginning_of(std::string_view text, std::size_t max_bytes, CutAfter cut = CutAfter::Word);

}  // namespace kiosk::visit
