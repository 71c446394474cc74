// A query's words, and the words of the index that may stand for each. Private to search.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/search/lexicon.h"
#include "kiosk/search/search.h"

namespace kiosk::search {

struct QueryWord {
  std::string word;
  bool may_go_on = false;           // the word being typed
  std::vector<std::string> joined;  // with the neighbour before or after, as some write it: "flytipping"
};

struct ParsedQuery {
  std::vector<QueryWord> words;  // that carry weight, each once, in order
  std::uint64_t name_hash = 0;   // of all words, as hash_of_name()
  bool empty() const { return words.empty(); }
};

// Cuts at 200 code points, drops function words unless there is nothing else.
ParsedQuery parse(const Query& query);

struct WeighedWord {
  WordId word = 0;
  float weight = 1;
};

// One way to read a query's word, best first: a record counts by the first that it matches.
struct Reading {
  std::vector<WeighedWord> words;
  float weight = 1;
};

// How many typing errors a word of that many letters may hold; none in numbers.
int edits_allowed(std::string_view word);

// The word itself with its stem's family; words that go on; words with typing errors. Empty readings are left out.
// Nothing here depends on how often words occur, so that a new record never takes another out of an answer.
std::vector<Reading> readings(const QueryWord& word, const std::string& language, const Lexicon& lexicon);

}  // namespace kiosk::search
