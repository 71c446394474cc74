// What the hits of an answer can be narrowed by, and the concepts near a query. Private to search.
#pragma once

#include <array>
#include <vector>

#include "kiosk/search/ranker.h"

namespace kiosk::search {

// Sees every hit once, in order: says whether it passes the query's filters, and counts for every filter how many
// would.
class Narrowing {
 public:
  Narrowing(const Contents& contents, const Query& query);

  // Of equals, what is open now comes first; in the order of scores again.
  void prefer_open(std::vector<Scored>& best) const;
  bool take(DocumentId document);
  directory::RecordKey key(const Document& document) const;
  // Those that leave some of the hits that the query's filters leave, but not all; and those that are chosen.
  std::vector<FilterCount> counts() const;

 private:
  Filters filters_of(const Document& document) const;

  const Contents& contents_;
  const Query& query_;
  std::size_t language_;  // of kConceptLanguages; 0 where there is none to ask for
  std::size_t passed_ = 0;
  std::array<std::size_t, kFilters> counts_{};
};

// What the query was understood as, likeliest first: for "did you mean one of these".
std::vector<NearConcept> near_concepts(const Contents& contents, const Plan& plan);

}  // namespace kiosk::search
