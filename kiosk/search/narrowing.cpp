#include "kiosk/search/narrowing.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "kiosk/search/concepts.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {
namespace {

constexpr std::size_t kMostConcepts = 6;
constexpr double kMetresOfDegree = 111'000;  // of latitude; a little less than it is, so that the box is too wide
constexpr double kMostLatitudeOfBoxes = 89;  // beyond, the box goes around the earth

constexpr std::size_t index_of(Filter filter) { return static_cast<std::size_t>(filter); }

double longitudes_around(double latitude, double latitudes) {
  const double outermost = std::abs(latitude) + latitudes;
  if (outermost > kMostLatitudeOfBoxes) return 360;
  return latitudes / std::cos(outermost * std::numbers::pi / 180);
}

bool wants_open(const Query& query) { return query.filters.test(index_of(Filter::OpenNow)); }

}  // namespace

FilterTally::Sum FilterTally::sum() const {
  Sum sum;
  for (std::size_t held = 0; held < alike_.size(); ++held) {
    if (alike_[held] == 0) continue;
    sum.passed += alike_[held];
    for (std::size_t left = held; left != 0; left &= left - 1)
      sum.each[static_cast<std::size_t>(std::countr_zero(left))] += alike_[held];
  }
  return sum;
}

directory::RecordKey key_of(const Contents& contents, const Document& document) {
  return {std::string(contents.text(document.source)), std::string(contents.text(document.id))};
}

Vicinity::Vicinity(core::GeoPoint middle)
    : middle_(middle),
      latitudes_(kNearMetres / kMetresOfDegree),
      longitudes_(longitudes_around(middle.latitude, latitudes_)) {}

bool Vicinity::holds(core::GeoPoint point) const {
  if (std::abs(point.latitude - middle_.latitude) > latitudes_) return false;
  const double apart = std::abs(point.longitude - middle_.longitude);
  if (std::min(apart, 360 - apart) > longitudes_) return false;
  return core::distance_metres(middle_, point) <= kNearMetres;
}

Narrowing::Narrowing(const Contents& contents, const Query& query)
    : contents_(contents),
      wanted_(static_cast<std::uint32_t>(query.filters.to_ulong()) & ~bit_of(Filter::OpenNow)),
      language_(concept_language(query.language)) {
  if (query.near) vicinity_.emplace(*query.near);
  asks_more_ = language_ > 0 || vicinity_.has_value();
}

std::uint32_t Narrowing::more_held_by(DocumentId document) const {
  std::uint32_t held = 0;
  if (language_ > 0 && (contents_.traits[document].languages & (1u << language_))) held |= bit_of(Filter::MyLanguage);
  if (vicinity_) {
    const auto points = contents_.points.of(document);
    const bool near = std::any_of(points.begin(), points.end(), [this](const Point& point) {
      return vicinity_->holds({point.latitude, point.longitude});
    });
    if (near) held |= bit_of(Filter::Near);
  }
  return held;
}

Filters Narrowing::filters_of(const Scored& scored) const {
  Filters filters(held_by(scored.document));
  filters.set(index_of(Filter::OpenNow), scored.open);
  return filters;
}

std::size_t candidates(const Query& query, std::size_t limit) {
  return wants_open(query) ? std::max(limit, kMostAskedOpen) : limit;
}

double open_factor(const Scored& scored) {
  return scored.open && !scored.exact ? 1 + static_cast<double>(kRank.open) : 1;
}

std::vector<Scored> settle_open(const Contents& contents, const Query& query, const std::vector<Scored>& best,
                                std::size_t limit) {
  std::vector<Scored> settled;
  for (Scored scored : best) {
    if (settled.size() == limit) break;
    scored.open = query.is_open && query.is_open(key_of(contents, contents.documents[scored.document]));
    if (wants_open(query) && !scored.open) continue;
    scored.score *= open_factor(scored);
    settled.push_back(scored);
  }
  std::stable_sort(settled.begin(), settled.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
  return settled;
}

std::vector<FilterCount> offered(const FilterTally& tally, const std::vector<Hit>& hits, const Query& query,
                                 std::size_t limit) {
  FilterTally shown;
  for (const Hit& hit : hits) shown.add(static_cast<std::uint32_t>(hit.filters.to_ulong()));
  const FilterTally::Sum of_shown = shown.sum();
  const FilterTally::Sum of_all = tally.sum();
  std::vector<FilterCount> all;
  for (std::size_t i = 0; i < kFilters; ++i) {
    const FilterTally::Sum& known = wants_open(query) || i == index_of(Filter::OpenNow) ? of_shown : of_all;
    const std::size_t passing = known.each[i];
    if (query.filters.test(i) || (passing > 0 && passing < known.passed))
      all.push_back({static_cast<Filter>(i), std::min(passing, limit)});
  }
  return all;
}

std::vector<NearConcept> near_concepts(const Asked& asked) {
  const Contents& contents = *asked.contents;
  std::vector<Meaning> meanings = asked.meanings;
  const auto worth = [](const Meaning& m) { return m.strength * static_cast<float>(std::popcount(m.words)); };
  std::stable_sort(meanings.begin(), meanings.end(),
                   [&](const Meaning& a, const Meaning& b) { return worth(a) > worth(b); });
  const std::size_t language = concept_language(asked.language);
  std::vector<NearConcept> all;
  for (const Meaning& meaning : meanings) {
    if (all.size() == kMostConcepts) break;
    const std::size_t row = meaning.concept_id * kConceptLanguages.size();
    all.push_back({std::string(contents.text(contents.concepts[meaning.concept_id].id)),
                   std::string(contents.text(contents.concept_labels[row + language])),
                   worth(meaning) / worth(meanings.front()), meaning.strength});
  }
  return all;
}

}  // namespace kiosk::search
