#include "kiosk/app/search_results.h"

#include "kiosk/core/strings.h"

namespace kiosk::app {
namespace {

constexpr std::size_t bit_of(search::Filter filter) { return static_cast<std::size_t>(filter); }

// What is noise beside the best of an answer: where something fits, whatever does not and scores next to nothing. A
// name that is the query itself stands above all and is no measure.
class Noise {
 public:
  // `everything`: the hits without filters.
  Noise(const std::vector<search::Hit>& everything, bool weak, std::string_view text) {
    if (weak) return;
    for (const search::Hit& hit : everything) {
      if (core::equals_ignoring_case(hit.name, core::trim(text))) continue;
      least_ = kShareOfBest * hit.score;
      return;
    }
  }
  bool covers(const search::Hit& hit) const { return !hit.fits && hit.score < least_; }

 private:
  static constexpr double kShareOfBest = 0.05;
  double least_ = 0;
};

std::vector<visit::ServiceCard> grouped(const search::Answer& answer, Cards& cards, const Noise& noise) {
  std::vector<visit::ServiceCard> list;
  for (const search::Hit& hit : answer.hits) {
    if (noise.covers(hit)) continue;
    if (const auto& card = cards.of(hit.key)) visit::add_grouped(list, *card);
  }
  return list;
}

// How many cards the hits for which a filter holds would come to. No record is read for it: of a card that was not
// made, the source stands for the organisation.
std::size_t count(const std::vector<search::Hit>& hits, const Cards& cards, const Noise& noise, search::Filter filter) {
  std::vector<visit::ServiceCard> list;
  for (const search::Hit& hit : hits) {
    if (noise.covers(hit) || !hit.filters.test(bit_of(filter))) continue;
    const auto* made = cards.made(hit.key);
    if (made && !*made) continue;
    visit::ServiceCard card;
    card.key = hit.key;
    card.name = made ? (*made)->name : hit.name;
    card.organisation = made ? (*made)->organisation : hit.key.source;
    visit::add_grouped(list, std::move(card));
  }
  return list.size();
}

// What a list of `shown` cards can be narrowed by. Of a list that was cut each choice brings in what stood too low, so
// it is asked for; whether something is open is asked of the list alone, since it costs a record each.
std::vector<search::FilterCount> narrowed_by(const search::Query& asked, const search::Answer& answer,
                                             const Cards& cards, const Noise& noise, std::size_t shown) {
  const bool open_only = asked.filters.test(bit_of(search::Filter::OpenNow));
  const bool whole =
      open_only || answer.hits.empty() || answer.hits.size() < asked.limit || noise.covers(answer.hits.back());
  std::vector<search::FilterCount> list;
  for (const search::FilterCount& each : answer.filters) {
    if (asked.filters.test(bit_of(each.filter))) {
      list.push_back({each.filter, shown});
      continue;
    }
    if (each.hits < visit::kFewestNarrowed || list.size() >= visit::kMostFilters) continue;
    const bool of_list = whole || each.filter == search::Filter::OpenNow;
    search::Filters narrower = asked.filters;
    narrower.set(bit_of(each.filter));
    const std::size_t left = of_list ? count(answer.hits, cards, noise, each.filter)
                                     : count(answer.narrowed(narrower), cards, noise, each.filter);
    if (left >= visit::kFewestNarrowed && (left < shown || !of_list)) list.push_back({each.filter, left});
  }
  return list;
}

}  // namespace

const std::optional<visit::ServiceCard>& Cards::of(const directory::RecordKey& key) {
  const auto [known, fresh] = cards_.try_emplace(key);
  if (fresh) known->second = make_(key);
  return known->second;
}

const std::optional<visit::ServiceCard>* Cards::made(const directory::RecordKey& key) const {
  const auto known = cards_.find(key);
  return known == cards_.end() ? nullptr : &known->second;
}

bool Cards::is_open(const directory::RecordKey& key) {
  const auto& card = of(key);
  return card && visit::is_open_now(card->hours);
}

search::Answer answer_of(const search::Index& index, search::Query asked, Cards& cards) {
  asked.is_open = [&cards](const directory::RecordKey& key) { return cards.is_open(key); };
  return index.find(asked);
}

visit::SearchResults results_of(const search::Index& index, const search::Query& asked, Cards& cards) {
  search::Answer answer = answer_of(index, asked, cards);
  const Noise noise(asked.filters.any() ? answer.narrowed({}) : answer.hits, answer.weak, asked.text);
  visit::SearchResults results;
  results.cards = grouped(answer, cards, noise);
  for (visit::ServiceCard& card : results.cards) {
    card.marks = answer.marks(card.name);
    card.summary_marks = answer.marks(card.summary);
  }
  results.filters = narrowed_by(asked, answer, cards, noise, results.cards.size());
  results.suggestions = std::move(answer.suggestions);
  results.concepts = std::move(answer.concepts);
  results.weak = answer.weak;
  results.found = answer.matching;
  results.asked = std::move(answer.asked);
  return results;
}

}  // namespace kiosk::app
