// A word of a query as the index reads it, and what its readings are worth. Private to search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/search/block_lists.h"
#include "kiosk/search/meaning.h"
#include "kiosk/search/query_plan.h"

namespace kiosk::search {

// A reading that some record matches first, and what its match is worth.
struct Way {
  How how = How::Written;
  std::uint8_t fields = 0;
  float worth = 0;
  BlockLists postings;
};

// Finding it out is most of a key's cost, and nothing in it depends on the query's other words but for the forms that
// are joined of them; so it is kept with the answer, and the next key takes over the words that are what they were.
// Immutable, any thread.
struct WordPlan {
  WordPlan() = default;
  WordPlan(const WordPlan&) = delete;  // it has views of itself
  WordPlan& operator=(const WordPlan&) = delete;

  QueryWord word;     // as it was parsed
  float telling = 1;  // worth_of() it
  Readings readings;
  std::vector<Way> ways;   // best first; views of `readings`
  float worth = 0;         // of the best
  std::size_t walked = 0;  // postings of all readings
  std::vector<PhraseHit> phrases;
};
using SharedWordPlan = std::shared_ptr<const WordPlan>;

SharedWordPlan plan_word(const QueryWord& word, const std::string& language, const Contents& contents);

// Whether the plan is what plan_word() would make of the word, in the same language and of the same contents.
bool still_holds(const WordPlan& plan, const QueryWord& word, const std::string& language, const Contents& contents);

}  // namespace kiosk::search
