// What the hits of an answer can be narrowed by, and the concepts near a query. Private to search.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "kiosk/search/ranker.h"

namespace kiosk::search {

directory::RecordKey key_of(const Contents& contents, const Document& document);

// What lies within kNearMetres of a point. Most places lie outside of a box around it, which is told quicker than how
// far away they are.
class Vicinity {
 public:
  explicit Vicinity(core::GeoPoint middle);
  bool holds(core::GeoPoint point) const;

 private:
  core::GeoPoint middle_;
  double latitudes_, longitudes_;  // of the box, degrees to each side
};

constexpr std::uint32_t bit_of(Filter filter) { return 1u << static_cast<unsigned>(filter); }
// What Features may say: a file may hold anything.
constexpr std::uint32_t kOfRecords =
    ((1u << kFilters) - 1) & ~(bit_of(Filter::OpenNow) | bit_of(Filter::Near) | bit_of(Filter::MyLanguage));

// The filters that a record settles by itself, all but OpenNow: asked of every record that matches, so that they come
// before the cut to the best.
class Narrowing {
 public:
  Narrowing(const Contents& contents, const Query& query);

  // Whether it passes the query's; if so, it is counted.
  bool take(DocumentId document, FilterTally& tally) const {
    const std::uint32_t held = held_by(document);
    if ((held & wanted_) != wanted_) return false;
    tally.add(held);
    return true;
  }
  // All that hold, OpenNow as it was settled.
  Filters filters_of(const Scored& scored) const;

 private:
  // Bits of Filter.
  std::uint32_t held_by(DocumentId document) const {
    const std::uint32_t held = contents_.features[document] & kOfRecords;
    return asks_more_ ? held | more_held_by(document) : held;
  }
  std::uint32_t more_held_by(DocumentId document) const;  // what hangs on who asks, and from where

  const Contents& contents_;
  std::uint32_t wanted_;  // bits of Filter
  bool asks_more_;
  std::size_t language_;  // of kConceptLanguages; 0 where there is none to ask for
  std::optional<Vicinity> vicinity_;
};

// How many of the best an answer of `limit` hits is made of.
std::size_t candidates(const Query& query, std::size_t limit);

// The first `limit` of the best, those that are open marked and lifted above their equals; where OpenNow is chosen, the
// first that are open. Each is asked once. Best first.
std::vector<Scored> settle_open(const Contents& contents, const Query& query, const std::vector<Scored>& best,
                                std::size_t limit);
// What being open is worth to a record that settle_open() has seen. An exact name stands above all as it is.
double open_factor(const Scored& scored);

// The filters that leave some but not all, and those that are chosen, as FilterCount says. `tally` is of all records.
std::vector<FilterCount> offered(const FilterTally& tally, const std::vector<Hit>& hits, const Query& query,
                                 std::size_t limit);

// What the query was understood as, likeliest first: for "did you mean one of these".
std::vector<NearConcept> near_concepts(const Asked& asked);

}  // namespace kiosk::search
