// Scores records for the readings and the meanings of a query, and keeps the best. Private to search.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kiosk/search/asked.h"

namespace kiosk::search {

struct Scored {
  DocumentId document = 0;
  double score = 0;
  bool fits = false;   // every word matched without a guess, or most of the query's meaning
  bool exact = false;  // its name is the query
  bool open = false;   // by settle_open()
};

// Of records that pass the query's filters, all but OpenNow: how many there are, and for how many each filter holds.
// One is added for each record that matches, so that it only counts who has the same filters.
class FilterTally {
 public:
  // `held` are bits of Filter.
  void add(std::uint32_t held) { ++alike_[held]; }
  struct Sum {
    std::size_t passed = 0;
    std::array<std::size_t, kFilters> each{};
  };
  Sum sum() const;

 private:
  std::vector<std::uint32_t> alike_ = std::vector<std::uint32_t>(std::size_t{1} << kFilters);
};

struct Ranked {
  std::vector<Scored> best;  // best first; equals by name, then by key
  std::size_t matching = 0;  // records that match any word or meaning
  std::size_t fitting = 0;   // of those, whatever filters are chosen
  FilterTally passing;       // of those that match
  std::size_t walked = 0;    // postings
};

// The best `limit` of every record that matches any word or meaning and passes the query's filters, all but OpenNow. Of
// the query that was asked; only what it is narrowed by and where it is asked may differ.
Ranked rank(const Asked& asked, const Query& query, std::size_t limit);

// What the score of one record turned on.
std::vector<Factor> explain(const Asked& asked, const Query& query, const Scored& scored);

}  // namespace kiosk::search
