// Which parts of a text answer a query. Private to search.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kiosk/search/asked.h"

namespace kiosk::search {

// By the same readings as find(). What the query was understood as is marked only in a text that holds none of its
// words. Holds nothing of the index.
class Marker {
 public:
  explicit Marker(const Asked& asked);

  std::vector<MarkedRange> marks(std::string_view text);

 private:
  struct Wanted {
    QueryWord word;
    std::string in_english, in_language;  // stems
    int edits = 0;                        // that a word may have and still be it
  };

  enum class Match { None, Meant, Written };
  Match match(const std::string& word) const;

  std::vector<Wanted> wanted_;
  std::set<std::string> meant_;  // stems that the query's best meanings are called by in records
  std::string language_;
  std::unordered_map<std::string, Match> known_;  // names of hits share most of their words
};

}  // namespace kiosk::search
