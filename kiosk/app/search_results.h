// What an answer of the index looks like to a resident: cards, without the noise below what fits, and what narrows
// them.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "kiosk/directory/model.h"
#include "kiosk/search/search.h"
#include "kiosk/visit/cards.h"
#include "kiosk/visit/state.h"

namespace kiosk::app {

// Each record's card is made once, for whether it is open and to be shown; none where it is published away.
class Cards {
 public:
  using Make = std::function<std::optional<visit::ServiceCard>(const directory::RecordKey&)>;
  explicit Cards(Make make) : make_(std::move(make)) {}

  const std::optional<visit::ServiceCard>& of(const directory::RecordKey& key);
  const std::optional<visit::ServiceCard>* made(const directory::RecordKey& key) const;  // null: not yet
  bool is_open(const directory::RecordKey& key);

 private:
  Make make_;
  std::map<directory::RecordKey, std::optional<visit::ServiceCard>> cards_;
};

// The answer, with what is open now as the cards tell it.
search::Answer answer_of(const search::Index& index, search::Query asked, Cards& cards);
// The same as cards. Where something fits, what neither fits nor scores is left out, and choices that narrow the list
// are told with the cards that they leave (of a list that was cut, with those that are likely to come).
visit::SearchResults results_of(const search::Index& index, const search::Query& asked, Cards& cards);

}  // namespace kiosk::app
