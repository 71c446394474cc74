// What a query means: the concepts whose everyday words stand in it. Private to search.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kiosk/search/query_plan.h"

namespace kiosk::search {

// The language that a query is in: the interface's, unless more of its words are everyday words or function words of
// another one. ISO 639-1.
std::string language_of(const Query& query, const Contents& contents);

struct Meaning {
  ConceptId concept_id = 0;
  float strength = 0;       // 0..1: how surely its phrase is what was written
  std::uint32_t words = 0;  // bits of the query's words that the phrase explains
};

// A word of a phrase that a word of the query may stand for.
struct PhraseHit {
  std::uint32_t phrase = 0, slot = 0;
  float weight = 0;  // how surely
  float rarity = 0;  // what the word says of the phrase
};
std::vector<PhraseHit> phrase_hits(const QueryWord& word, const Readings& readings, const Contents& contents);

// One for each concept that any of its phrases finds in the query, in the order of ids. `hits` are of each word. A
// phrase counts in part where its telling words are there. One in another language than English and the
// query's counts only where it explains the whole query: short words mean something in many languages.
std::vector<Meaning> meanings(const ParsedQuery& parsed, const std::vector<std::span<const PhraseHit>>& hits,
                              const std::string& language, const Contents& contents);

}  // namespace kiosk::search
