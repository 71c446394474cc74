// A query's words, and the words of the index that may stand for each. Private to search.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/search/contents.h"
#include "kiosk/search/search.h"

namespace kiosk::search {

struct QueryWord {
  std::string word;
  bool may_go_on = false;                // the word being typed
  float worth = 1;                       // less for words that say little
  bool head_only = false;                // elsewhere it is a function word: "will" in "what we will do"
  std::vector<std::string> joined = {};  // with the neighbour before or after, as some write it: "flytipping"
};

struct ParsedQuery {
  std::vector<QueryWord> words;  // that carry weight, each once, in order
  std::uint64_t name_hash = 0;   // of all words, as hash_of_name()
  bool empty() const { return words.empty(); }
};

// Cuts at 200 code points, drops function words of English and of `language` unless there is nothing else.
ParsedQuery parse(const Query& query, const std::string& language);

struct WeighedWord {
  WordId word = 0;
  float weight = 1;
};

enum class How : std::uint8_t { Written, Split, GoesOn, Mistyped, Sounds };

// One way to read a query's word. A record counts by the first that it matches.
struct Reading {
  How how = How::Written;
  std::vector<WeighedWord> words;
  std::vector<Posting> gathered;   // instead of words: both parts of a split word; in the order of documents
  std::span<const Posting> ready;  // instead of words: a union that the index keeps
  float weight = 1;                // of `gathered` and `ready`
  std::uint8_t fields = 0xff;      // where it is looked for
  bool is_certain = false;         // Mistyped: the word as written stands nowhere, so it must be a slip
};

// Best first. Empty ones are left out.
using Readings = std::vector<Reading>;

// How many typing errors a word of that many letters may hold; none in numbers.
int edits_allowed(std::string_view word);

// The word itself with its stem's family and its neighbours joined to it; its two halves; words that go on; words with
// typing errors, the likelier the better; words that sound so. Nothing here depends on how often words occur, so that a
// new record never takes another out of an answer.
Readings readings(const QueryWord& word, const std::string& language, const Contents& contents);

// Whether none of the forms joined with a neighbour is a word, nor of the stem of one: then they change no reading.
bool joins_nothing(const QueryWord& word, const std::string& language, const Contents& contents);

// QueryWord::worth, or less where it must be a slip and the likeliest word that was meant says little.
float worth_of(const QueryWord& word, const Readings& readings, const std::string& language, const Contents& contents);

}  // namespace kiosk::search
