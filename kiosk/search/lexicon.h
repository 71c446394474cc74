// All words of an index in order: exact, by prefix, by stem, and nearly. Immutable; private to search.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::search {

using WordId = std::uint32_t;

struct NearWord {
  WordId word = 0;
  int edits = 0;
};

// How many letters may be inserted, deleted, replaced or swapped with their neighbour.
struct EditBudget {
  int edits = 1;
  bool same_first_letter = true;  // people hit the first letter right; and the search is twenty times faster
};

class Lexicon {
 public:
  Lexicon() = default;
  // `words` sorted and without doubles; a word's id is its place.
  explicit Lexicon(const std::vector<std::string>& words);

  std::size_t size() const { return starts_.empty() ? 0 : starts_.size() - 1; }
  std::string_view word(WordId id) const;
  // The id, or size() where the word is not held.
  WordId find(std::string_view word) const;
  // Ids [first, second) of the words that begin so.
  std::pair<WordId, WordId> with_prefix(std::string_view prefix) const;
  // Words of the same stem in a language of stemmed_languages(), in order; none for other languages.
  std::vector<WordId> with_stem_of(std::string_view word, std::string_view language) const;
  // Words within the budget, the word itself left out, in the order of ids.
  std::vector<NearWord> near(std::string_view word, EditBudget budget) const;
  std::size_t memory_bytes() const;

 private:
  WordId lower_bound(std::string_view word) const;
  void group_stems();

  std::string letters_;                // all words, one after another
  std::vector<std::uint32_t> starts_;  // where each begins, and the end
  std::vector<std::uint8_t> shared_;   // bytes that a word shares with the one before
  struct Stem {
    std::uint64_t hash;
    WordId word;
    auto operator<=>(const Stem&) const = default;
  };
  std::map<std::string, std::vector<Stem>, std::less<>> stems_;  // by language; sorted
};

// The number of edits between two words (optimal string alignment), or limit + 1 where there are more than `limit`.
int edits_between(std::string_view a, std::string_view b, int limit);

}  // namespace kiosk::search
