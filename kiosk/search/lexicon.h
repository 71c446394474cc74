// All words of an index in order: exact, by prefix, by stem, by sound, and nearly. Immutable; private to search.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/search/index_file.h"

namespace kiosk::search {

using WordId = std::uint32_t;
class EditRows;

struct NearWord {
  WordId word = 0;
  int edits = 0;
};

// Words by the hash of something about them; sorted.
struct HashedWord {
  std::uint32_t hash = 0;
  WordId word = 0;
  auto operator<=>(const HashedWord&) const = default;
};

// The words `ids` under the hashes of their stems in a language of stemmed_languages(), for words_with_stem_of(). Sort
// what was gathered of all languages.
void add_stems(std::span<const std::string_view> words, std::span<const WordId> ids, const std::string& language,
               std::vector<HashedWord>& out);
// Those of the same stem, in order; none for other languages.
std::vector<WordId> words_with_stem_of(std::string_view word, std::string_view language,
                                       std::span<const HashedWord> stems);

class Lexicon {
 public:
  // Writes the sections of `words`, sorted and without doubles; a word's id is its place.
  static void write(const std::vector<std::string_view>& words, FileWriter& file);
  // Views; Corrupt where anything points outside.
  static core::Result<Lexicon> read(const FileReader& file);

  std::size_t size() const { return starts_.empty() ? 0 : starts_.size() - 1; }
  std::string_view word(WordId id) const {
    return {letters_.data() + starts_[id], static_cast<std::size_t>(starts_[id + 1] - starts_[id])};
  }
  // The id, or size() where the word is not held.
  WordId find(std::string_view word) const;
  // Ids [first, second) of the words that begin so.
  std::pair<WordId, WordId> with_prefix(std::string_view prefix) const;
  // Words of the same stem in a language of stemmed_languages(), in order; none for other languages.
  std::vector<WordId> with_stem_of(std::string_view word, std::string_view language) const {
    return words_with_stem_of(word, language, stems_);
  }
  // Words that sound alike in English, the word itself left out.
  std::vector<WordId> sounding_like(std::string_view word) const;
  // Words within the edits, the word itself left out, in the order of ids: all that begin with the same letter, and
  // those one edit away in the first letter itself; with two edits allowed, those that have the other one later too.
  std::vector<NearWord> near(std::string_view word, int edits) const;
  // Words of which a beginning is one edit away from `begun`, with the same first letter.
  std::vector<WordId> going_on_near(std::string_view begun) const;

 private:
  void find_pairs();
  WordId lower_bound(std::string_view word) const;
  void add_near(std::pair<WordId, WordId> range, std::size_t slipped, int limit, EditRows& rows,
                std::vector<NearWord>& found) const;
  void add_near_beginnings(std::string_view word, std::vector<NearWord>& found) const;
  void add_near_first_letter(std::string_view word, std::size_t first, std::vector<NearWord>& found) const;

  std::span<const char> letters_;          // all words, one after another
  std::span<const std::uint32_t> starts_;  // where each begins, and the end
  std::span<const std::uint8_t> shared_;   // bytes that a word shares with the one before
  std::span<const HashedWord> stems_;      // by language and stem
  std::span<const HashedWord> tails_;      // by the word without its first letter
  std::span<const HashedWord> sounds_;     // by sound_of()
  // Words [first, second) by their first two letters, a to z.
  std::vector<std::pair<WordId, WordId>> pairs_;
};

// The number of edits between two words (optimal string alignment), or limit + 1 where there are more than `limit`.
int edits_between(std::string_view a, std::string_view b, int limit);

}  // namespace kiosk::search
