// Searches that found nothing that fits, for the authority's gap report: what they meant, never what was typed.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/visit/turn.h"

namespace kiosk::visit {
namespace {

constexpr std::size_t kMostNeeds = 3;
constexpr float kLikely = 0.5f;              // beside the likeliest reading: less is a guess
constexpr float kSure = 0.25f;               // by itself: less is a small part of a phrase, or an unlikely slip
constexpr std::size_t kMostOfOneVisit = 20;  // nobody needs more; whoever plays with the keys does not fill the report

std::vector<std::string> needs_of(const SearchResults& results) {
  std::vector<std::string> needs;
  for (const search::NearConcept& each : results.concepts) {
    if (each.likelihood >= kLikely && each.strength >= kSure && needs.size() < kMostNeeds) needs.push_back(each.id);
  }
  std::sort(needs.begin(), needs.end());
  return needs;
}

// The one council nearest to the resident: in two tiers the district, whose county is known from it.
std::string council_of(const std::vector<areas::Serves>& serving) {
  for (const areas::Serves& serves : serving) {
    if (serves.reason == areas::Reason::UnitaryArea || serves.reason == areas::Reason::DistrictTier)
      return serves.authority.code;
  }
  return {};
}

// A postcode among the words comes before the address that was given earlier, as it does in the search itself; one that
// nobody knows is no address of a council's.
std::string authority_of(const State& state) {
  if (const auto& area = state.results.value.area)
    return area->alternatives.size() == 1 ? council_of(area->alternatives.front()) : std::string();
  if (!state.results.value.unknown_postcode.empty()) return {};
  const std::optional<std::size_t> side = state.area.side();
  return side ? council_of(state.area.answer.value.alternatives[*side]) : std::string();
}

// A slip of the finger that was understood: what it finds is shown, and the words put right are offered. Whether those
// find what fits is counted when they are chosen.
bool is_misspelt(const SearchResults& results) {
  return !results.suggestions.empty() && !results.concepts.empty() && !results.cards.empty();
}

}  // namespace

void count_gap(Turn& turn) {
  State& state = turn.state;
  const SearchResults& results = state.results.value;
  if (!results.weak || state.gaps_counted.size() == kMostOfOneVisit) return;
  if (is_misspelt(results)) return;
  std::vector<std::string> needs = needs_of(results);
  const std::string meaning = core::join(needs, " ");
  auto& counted = state.gaps_counted;
  if (std::find(counted.begin(), counted.end(), meaning) != counted.end()) return;
  counted.push_back(meaning);
  // An empty list that filters left of what was found is no gap of the directory's.
  const bool nothing = results.cards.empty() && (state.filters.none() || results.found == 0);
  turn.effect(CountGap{nothing ? CountGap::Kind::Nothing : CountGap::Kind::Weak, state.preferences.language,
                       std::move(needs), authority_of(state)});
}

}  // namespace kiosk::visit
