#include "kiosk/search/narrowing.h"

#include <algorithm>
#include <bit>

#include "kiosk/search/concepts.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {
namespace {

constexpr std::size_t kMostConcepts = 6;

constexpr std::size_t index_of(Filter filter) { return static_cast<std::size_t>(filter); }

}  // namespace

Narrowing::Narrowing(const Contents& contents, const Query& query)
    : contents_(contents), query_(query), language_(concept_language(query.language)) {}

directory::RecordKey Narrowing::key(const Document& document) const {
  return {std::string(contents_.text(document.source)), std::string(contents_.text(document.id))};
}

Filters Narrowing::filters_of(const Document& document) const {
  Filters filters(document.features);
  if (language_ > 0 && (document.languages & (1u << language_))) filters.set(index_of(Filter::MyLanguage));
  if (query_.near) {
    const auto points = contents_.points_of(document);
    const bool near = std::any_of(points.begin(), points.end(), [&](const Point& point) {
      return core::distance_metres(*query_.near, {point.latitude, point.longitude}) <= kNearMetres;
    });
    if (near) filters.set(index_of(Filter::Near));
  }
  if (query_.is_open && query_.is_open(key(document))) filters.set(index_of(Filter::OpenNow));
  return filters;
}

void Narrowing::prefer_open(std::vector<Scored>& best) const {
  if (!query_.is_open) return;
  for (Scored& scored : best) {
    const bool named = scored.score >= kRank.exact_name;
    if (!named && query_.is_open(key(contents_.documents[scored.document]))) scored.score *= 1 + kRank.open;
  }
  std::stable_sort(best.begin(), best.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
}

bool Narrowing::take(DocumentId document) {
  const Filters filters = filters_of(contents_.documents[document]);
  if ((filters & query_.filters) != query_.filters) return false;
  ++passed_;
  for (std::size_t i = 0; i < kFilters; ++i) counts_[i] += filters.test(i);
  return true;
}

std::vector<FilterCount> Narrowing::counts() const {
  std::vector<FilterCount> all;
  for (std::size_t i = 0; i < kFilters; ++i) {
    const bool chosen = query_.filters.test(i);
    if (chosen || (counts_[i] > 0 && counts_[i] < passed_)) all.push_back({static_cast<Filter>(i), counts_[i]});
  }
  return all;
}

std::vector<NearConcept> near_concepts(const Contents& contents, const Plan& plan) {
  std::vector<Meaning> meanings = plan.meanings;
  const auto worth = [](const Meaning& m) { return m.strength * static_cast<float>(std::popcount(m.words)); };
  std::stable_sort(meanings.begin(), meanings.end(),
                   [&](const Meaning& a, const Meaning& b) { return worth(a) > worth(b); });
  const std::size_t language = concept_language(plan.query.language);
  std::vector<NearConcept> all;
  for (const Meaning& meaning : meanings) {
    if (all.size() == kMostConcepts) break;
    const std::size_t row = meaning.concept_id * kConceptLanguages.size();
    all.push_back({std::string(contents.text(contents.concepts[meaning.concept_id].id)),
                   std::string(contents.text(contents.concept_labels[row + language])),
                   worth(meaning) / worth(meanings.front())});
  }
  return all;
}

}  // namespace kiosk::search
