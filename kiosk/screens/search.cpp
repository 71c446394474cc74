// Search: results as you type, and never an end without a way on.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

void draw_suggestions(const Frame& frame) {
  const std::vector<std::string>& suggestions = frame.state.results.value.suggestions;
  if (suggestions.empty()) return;
  std::vector<ui::ChoiceSpec> specs;
  for (const std::string& suggestion : suggestions) specs.push_back({.label = suggestion});
  const std::string name = frame.word("search.did_you_mean");
  ui::heading(frame.ui, name, 2);
  if (const auto chosen = ui::tiles(frame.ui, "suggestions", name, specs, 50)) {
    frame.emit(visit::ChooseSuggestion{suggestions[*chosen]});
  }
}

constexpr std::size_t kMostFilters = 5;
constexpr std::size_t kFewestNarrowed = 2;

std::string filter_key(search::Filter filter) {
  switch (filter) {
    case search::Filter::OpenNow:
      return "filter.open_now";
    case search::Filter::Free:
      return "filter.free";
    case search::Filter::Near:
      return "filter.near";
    case search::Filter::Wheelchair:
      return "filter.wheelchair";
    case search::Filter::NoAppointment:
      return "filter.no_appointment";
    case search::Filter::MyLanguage:
      return "filter.my_language";
    case search::Filter::Children:
      return "filter.children";
    case search::Filter::YoungPeople:
      return "filter.young_people";
    case search::Filter::OlderPeople:
      return "filter.older_people";
    case search::Filter::Families:
      return "filter.families";
    case search::Filter::Carers:
      return "filter.carers";
    case search::Filter::DisabledPeople:
      return "filter.disabled_people";
  }
  return "filter.open_now";
}

// What the list can be narrowed by. While somebody types, the room is the results'.
void draw_filters(const Frame& frame) {
  const std::vector<search::FilterCount>& filters = frame.state.results.value.filters;
  if (filters.empty() || frame.state.field != visit::Field::None) return;
  ui::Wrap wrap(frame.ui);
  std::size_t offered = 0;
  for (const search::FilterCount& each : filters) {
    const bool telling = each.hits >= kFewestNarrowed && offered < kMostFilters;
    if (!telling && !frame.state.filters.test(static_cast<std::size_t>(each.filter))) continue;
    ++offered;
    const std::string key = filter_key(each.filter);
    const bool chosen = frame.state.filters.test(static_cast<std::size_t>(each.filter));
    const std::string label = frame.word(key, {{"count", each.hits}});
    const ui::ButtonSpec spec{
        .label = label, .icon = chosen ? ui::Icon::CheckCircle : ui::Icon::None, .selected = chosen};
    if (ui::button(frame.ui, key, spec)) frame.emit(visit::ToggleFilter{each.filter});
  }
}

// Whose address a postcode among the words is.
void draw_address(const Frame& frame) {
  const std::optional<areas::Answer>& area = frame.state.results.value.area;
  if (!area) return;
  std::vector<std::string> names;
  for (const auto& alternative : area->alternatives) {
    for (const areas::Serves& serves : alternative) {
      const bool council = serves.reason != areas::Reason::CoversCouncil;
      if (council && std::find(names.begin(), names.end(), serves.authority.name) == names.end())
        names.push_back(serves.authority.name);
    }
  }
  if (names.empty()) return;
  const std::string_view key = area->alternatives.size() > 1 ? "search.address_boundary" : "search.address";
  ui::paragraph(frame.ui, frame.word(key, {{"postcode", area->postcode}, {"councils", core::join(names, ", ")}}),
                {.icon = ui::Icon::MapPin, .role = ui::Role::Status});
}

// What the query may have been about, in everyday words.
void draw_concepts(const Frame& frame) {
  std::vector<ui::ChoiceSpec> specs;
  std::vector<std::string> words;
  for (const search::NearConcept& each : frame.state.results.value.concepts) {
    if (each.words.empty()) continue;
    specs.push_back({.label = each.words});
    words.push_back(each.words);
  }
  if (specs.empty()) return;
  const std::string name = frame.word("search.about");
  ui::heading(frame.ui, name, 2);
  if (const auto chosen = ui::tiles(frame.ui, "concepts", name, specs, 50))
    frame.emit(visit::ChooseSuggestion{words[*chosen]});
}

// Nothing fits the words: topics, my area, the contact centre.
void draw_nothing(const Frame& frame) {
  ui::notice(frame.ui, "none",
             {frame.word("search.none"), frame.word("search.none_hint"), ui::Tone::Neutral, ui::Icon::Info});
  draw_suggestions(frame);
  draw_concepts(frame);
  {
    ui::Wrap wrap(frame.ui);
    if (ui::button(frame.ui, "topics", {.label = frame.word("start.topics"), .icon = ui::Icon::List}))
      frame.emit(visit::GoTo{visit::Page::Topics});
    if (ui::button(frame.ui, "area", {.label = frame.word("start.area"), .icon = ui::Icon::MapPin}))
      frame.emit(visit::GoTo{visit::Page::Area});
  }
  draw_contact(frame);
}

}  // namespace

void draw_search(const Frame& frame, const ui::Rect& rect) {
  ui::Column column(frame.ui, rect);
  // While somebody types, the room is the results'.
  if (frame.state.field == visit::Field::None) ui::heading(frame.ui, frame.word("start.heading"), 1);
  ui::FieldSpec spec{.label = frame.word("search.label")};
  spec.icon = ui::Icon::Search;
  spec.label_visible = false;
  spec.max_bytes = 400;
  draw_field(frame, visit::Field::Search, spec);
  const visit::Load<visit::SearchResults>& results = frame.state.results;
  ui::Scroll scroll(frame.ui, "results", column.rest());
  if (core::trim(frame.state.query.text.reveal()).empty()) {
    ui::paragraph(frame.ui, frame.word("search.examples"), {.ink = ui::Ink::Quiet});
    return;
  }
  const std::vector<visit::ServiceCard>& cards = results.value.cards;
  if (!cards.empty() || frame.state.filters.any()) {
    ui::paragraph(frame.ui, frame.word("search.count", {{"count", cards.size()}}),
                  {.ink = ui::Ink::Quiet, .role = ui::Role::Status, .said = frame.state.settled});
    draw_address(frame);
    draw_filters(frame);
    draw_service_cards(frame, "cards", cards);
    draw_suggestions(frame);
    if (results.value.weak) draw_concepts(frame);
  } else if (!results.loading()) {
    draw_nothing(frame);
  } else {
    draw_wait(frame, results, frame.word("wait.searching"), false);
  }
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
