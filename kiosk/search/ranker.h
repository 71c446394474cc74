// Scores records for the readings and the meanings of a query, and keeps the best. Private to search.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "kiosk/search/contents.h"
#include "kiosk/search/meaning.h"
#include "kiosk/search/query_plan.h"
#include "kiosk/search/search.h"

namespace kiosk::search {

struct Scored {
  DocumentId document = 0;
  double score = 0;
  bool fits = false;   // every word matched without a guess, or most of the query's meaning
  bool exact = false;  // its name is the query
  bool open = false;   // by settle_open()
};

// Of records that pass the query's filters, all but OpenNow: how many there are, and for how many each filter holds.
struct FilterTally {
  std::size_t passed = 0;
  std::array<std::size_t, kFilters> each{};
};

// What a query's score is made of, and of whom it is asked.
struct Plan {
  const Query& query;
  ParsedQuery parsed;
  std::vector<Readings> readings;  // of each word
  std::vector<Meaning> meanings;
};
Plan plan_of(const Query& query, const Contents& contents);

struct Ranked {
  std::vector<Scored> best;  // best first; equals by name, then by key
  std::size_t matching = 0;  // records that match any word or meaning
  std::size_t fitting = 0;   // of those, whatever filters are chosen
  FilterTally passing;       // of those that match
  std::size_t walked = 0;    // postings
};

// The best `limit` of every record that matches any word or meaning and passes the query's filters, all but OpenNow.
Ranked rank(const Contents& contents, const Plan& plan, std::size_t limit);

// What the score of one record turned on.
std::vector<Factor> explain(const Contents& contents, const Plan& plan, const Scored& scored);

}  // namespace kiosk::search
