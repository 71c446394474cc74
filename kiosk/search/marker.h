// Which parts of a text answer a query. Private to search.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kiosk/search/asked.h"

namespace kiosk::search {

// By a query's words, their forms and slips; what it was understood as only in a text that holds none of these but
// words that say little. Holds nothing of the index.
class Marker {
 public:
  explicit Marker(const Asked& asked);

  std::vector<MarkedRange> marks(std::string_view text);

 private:
  struct Wanted {
    QueryWord word;
    std::string in_english, in_language;  // stems
    int edits = 0;                        // that a word may have and still be it
    bool is_weak = false;                 // says little: "service"

    bool is(const std::string& other, const std::string& other_in_english, const std::string& other_in_language) const;
  };

  enum class Match { None, Meant, Weak, Written };
  Match match(const std::string& word) const;

  std::vector<Wanted> wanted_;
  std::set<std::string> meant_;  // stems that the query's best meanings are called by in records
  std::string language_;
  std::unordered_map<std::string, Match> known_;  // names of hits share most of their words
};

}  // namespace kiosk::search
