// Concepts into an index: their everyday phrases by word, and the records that each concept is about. Private to
// search.
#pragma once

#include <functional>
#include <vector>

#include "kiosk/search/builder.h"

namespace kiosk::search {

class ConceptBuilder {
 public:
  using Intern = std::function<WordId(const Token& token, std::string_view text)>;
  // Gives every word of the concepts a place among the words of the index. `concepts` must outlive the builder.
  ConceptBuilder(const ConceptList& concepts, const Intern& intern);

  void write(const SortedWords& sorted, const std::vector<Traits>& traits, StringTable& strings,
             FileWriter& file) const;

 private:
  struct Slots {
    Phrase phrase;
    std::vector<WordId> words;  // by first sight
  };

  void add_phrase(ConceptId concept_id, std::size_t language, const std::string& text, const Intern& intern);
  void write_triggers(const SortedWords& sorted, FileWriter& file) const;
  std::vector<HashedWord> stems_of_triggers(const SortedWords& sorted) const;
  void write_words(StringTable& strings, FileWriter& file) const;

  const ConceptList& concepts_;
  std::vector<Slots> phrases_;
};

}  // namespace kiosk::search
