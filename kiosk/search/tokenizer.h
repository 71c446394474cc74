// Text to folded words. The same for records and queries, whatever the language; private to search.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::search {

struct Token {
  std::string word;       // folded: NFKC, no case, no diacritics; at most kMaxWordBytes
  std::size_t begin = 0;  // bytes of the text that it came from
  std::size_t end = 0;
  bool after_apostrophe = false;  // the "s" of "council's", the "r" of "i'r"
};

constexpr std::size_t kMaxWordBytes = 64;

// Words are runs of letters, digits and their marks; scripts that write no spaces (Han, Kana, Thai and their like) give
// pairs of neighbouring letters. Initials with full stops ("N.H.S.") are one word; what is not seen, as variation
// selectors and soft hyphens, is no part of any. Any bytes are safe: what is not UTF-8 parts words. Stops after
// `max_tokens`.
std::vector<Token> tokenize(std::string_view text, std::size_t max_tokens);

}  // namespace kiosk::search
