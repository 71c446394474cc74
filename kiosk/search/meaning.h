// What a query means: the concepts whose everyday words stand in it. Private to search.
#pragma once

#include <cstdint>
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

// One for each concept that any of its phrases finds in the query, in the order of ids. `plan` has the readings of each
// word. A phrase counts in part where its telling words are there. One in another language than English and the
// query's counts only where it explains the whole query: short words mean something in many languages.
std::vector<Meaning> meanings(const ParsedQuery& parsed, const std::vector<Readings>& plan, const std::string& language,
                              const Contents& contents);

}  // namespace kiosk::search
