// Scores records for the readings of a query: BM25F, one word's readings after another. Private to search.
#pragma once

#include <vector>

#include "kiosk/search/contents.h"
#include "kiosk/search/query_plan.h"
#include "kiosk/search/search.h"

namespace kiosk::search {

struct Scored {
  DocumentId document = 0;
  double score = 0;
  bool as_written = false;  // every word matched without a typing error
};

// Every record that matches any word, in no order. `plan` has the readings of each word of `parsed`.
std::vector<Scored> score(const Contents& contents, const Query& query, const ParsedQuery& parsed,
                          const std::vector<std::vector<Reading>>& plan);

// The best `limit` of them, best first; equals by name, then by key.
std::vector<Scored> best_of(const Contents& contents, std::vector<Scored> scored, std::size_t limit);

}  // namespace kiosk::search
