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

constexpr float kNearEnough = 0.06f;  // beside the likeliest concept: what is farther puzzles more than it helps
constexpr std::size_t kMostTopics = 12;

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

constexpr double kLowMm = 140;  // of the page: less than this is the results' own
constexpr std::size_t kFiltersOfARow = 3;

enum class Room { Ample, Scarce };

bool is_typing(const Frame& frame) { return frame.state.field != visit::Field::None; }

// What the list can be narrowed by; what is chosen, always.
void draw_filters(const Frame& frame, Room room) {
  const std::vector<search::FilterCount>& filters = frame.state.results.value.filters;
  if (filters.empty()) return;
  if (room == Room::Ample) ui::heading(frame.ui, frame.word("search.narrow"), 3);
  const std::size_t most = room == Room::Ample ? visit::kMostFilters : std::min(kFiltersOfARow, visit::kMostFilters);
  ui::Wrap wrap(frame.ui);
  std::size_t offered = 0;
  for (const search::FilterCount& each : filters) {
    const bool chosen = frame.state.filters.test(static_cast<std::size_t>(each.filter));
    if (!chosen && offered >= most) continue;
    ++offered;
    const std::string key = filter_key(each.filter);
    const std::string label = frame.word(key, {{"count", each.hits}});
    const ui::ButtonSpec spec{
        .label = label, .icon = chosen ? ui::Icon::CheckCircle : ui::Icon::None, .selected = chosen};
    if (ui::button(frame.ui, key, spec)) frame.emit(visit::ToggleFilter{each.filter});
  }
}

// Whose address a postcode among the words is, or that nobody knows it.
void draw_address(const Frame& frame) {
  if (const std::string& unknown = frame.state.results.value.unknown_postcode; !unknown.empty()) {
    ui::paragraph(frame.ui, frame.word("search.address_unknown", {{"postcode", unknown}}),
                  {.icon = ui::Icon::MapPin, .role = ui::Role::Status});
  }
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
  ui::paragraph(frame.ui, frame.word(key, {{"postcode", area->postcode}, {"councils", frame.language().list(names)}}),
                {.icon = ui::Icon::MapPin, .role = ui::Role::Status});
}

// What the query may have been about, in everyday words.
void draw_concepts(const Frame& frame) {
  std::vector<ui::ChoiceSpec> specs;
  std::vector<std::string> words;
  for (const search::NearConcept& each : frame.state.results.value.concepts) {
    if (each.words.empty() || each.likelihood < kNearEnough) continue;
    specs.push_back({.label = each.words});
    words.push_back(each.words);
  }
  if (specs.empty()) return;
  const std::string name = frame.word("search.about");
  ui::heading(frame.ui, name, 2);
  if (const auto chosen = ui::tiles(frame.ui, "concepts", name, specs, 50))
    frame.emit(visit::ChooseSuggestion{words[*chosen]});
}

void draw_some_topics(const Frame& frame) {
  if (is_typing(frame)) return;
  const std::vector<visit::Topic>& topics = frame.state.topics.value;
  std::vector<ui::ChoiceSpec> specs;
  for (std::size_t i = 0; i < std::min(kMostTopics, topics.size()); ++i)
    specs.push_back({.label = topic_name(frame, topics[i])});
  if (specs.empty()) return;
  const std::string name = frame.word("start.popular");
  ui::heading(frame.ui, name, 2);
  if (const auto chosen = ui::tiles(frame.ui, "some_topics", name, specs, 50))
    frame.emit(visit::OpenTopic{topics[*chosen].id, specs[*chosen].label});
}

// Where else to look, and whom to ask.
void draw_ways_on(const Frame& frame) {
  {
    ui::Wrap wrap(frame.ui);
    if (ui::button(frame.ui, "topics", {.label = frame.word("start.topics"), .icon = ui::Icon::List}))
      frame.emit(visit::GoTo{visit::Page::Topics});
    if (ui::button(frame.ui, "area", {.label = frame.word("start.area"), .icon = ui::Icon::MapPin}))
      frame.emit(visit::GoTo{visit::Page::Area});
  }
  draw_contact(frame);
}

void draw_nothing(const Frame& frame) {
  ui::NoticeSpec none{frame.word("search.none"), frame.word("search.none_hint"), ui::Tone::Neutral, ui::Icon::Info};
  none.said = frame.state.settled;
  ui::notice(frame.ui, "none", none);
  draw_address(frame);
  draw_suggestions(frame);
  draw_concepts(frame);
  draw_ways_on(frame);
  draw_some_topics(frame);
}

// What was chosen leaves nothing: it can be taken away here, keyboard or not.
void draw_nothing_left(const Frame& frame) {
  ui::NoticeSpec none{frame.word("search.none_left"), frame.word("search.none_left_hint"), ui::Tone::Neutral,
                      ui::Icon::Info};
  none.said = frame.state.settled;
  ui::notice(frame.ui, "none_left", none);
  draw_filters(frame, Room::Ample);
  draw_ways_on(frame);
}

// Nothing to look for: what could be typed, and where to look without.
void draw_nothing_asked(const Frame& frame) {
  ui::paragraph(frame.ui, frame.word("search.examples"), {.ink = ui::Ink::Quiet});
  draw_ways_on(frame);
  draw_some_topics(frame);
}

// A postcode and nothing else: whose address it is, and what to type beside it.
void draw_address_alone(const Frame& frame) {
  draw_address(frame);
  draw_nothing_asked(frame);
}

// What was found. Where none of it fits, what may have been meant comes first; while somebody types, the room is the
// results'.
void draw_found(const Frame& frame, Room room) {
  const visit::SearchResults& results = frame.state.results.value;
  ui::paragraph(frame.ui, frame.word("search.count", {{"count", results.cards.size()}}),
                {.ink = ui::Ink::Quiet, .role = ui::Role::Status, .said = frame.state.settled});
  draw_address(frame);
  if (results.weak) {
    ui::paragraph(frame.ui, frame.word("search.weak"), {.icon = ui::Icon::Info});
    draw_suggestions(frame);
    if (!is_typing(frame)) draw_concepts(frame);
  }
  if (!is_typing(frame)) draw_filters(frame, room);
  draw_service_cards(frame, "cards", results.cards);
  if (!results.weak) return draw_suggestions(frame);
  if (is_typing(frame)) draw_concepts(frame);
  draw_ways_on(frame);
}

void draw_answer(const Frame& frame, Room room) {
  const visit::Load<visit::SearchResults>& results = frame.state.results;
  if (!results.value.cards.empty()) return draw_found(frame, room);
  if (results.loading()) return draw_wait(frame, results, frame.word("wait.searching"), false);
  if (frame.state.filters.any() && results.value.found > 0) return draw_nothing_left(frame);
  const bool address = results.value.area || !results.value.unknown_postcode.empty();
  if (address && !results.value.weak) return draw_address_alone(frame);
  draw_nothing(frame);
}

}  // namespace

void draw_search(const Frame& frame, const ui::Rect& rect) {
  ui::Column column(frame.ui, rect);
  const bool found = !frame.state.results.value.cards.empty();
  const Room room = found && frame.lower_than(kLowMm) ? Room::Scarce : Room::Ample;
  if (!is_typing(frame) && room == Room::Ample) ui::heading(frame.ui, frame.word("start.heading"), 1);
  ui::FieldSpec spec{.label = frame.word("search.label")};
  spec.icon = ui::Icon::Search;
  spec.label_visible = false;
  spec.max_bytes = 400;
  draw_field(frame, visit::Field::Search, spec);
  ui::Scroll scroll(frame.ui, "results", column.rest());
  if (core::trim(frame.state.query.text.reveal()).empty()) {
    draw_nothing_asked(frame);
    frame.ui.gap(6);
    return;
  }
  draw_answer(frame, room);
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
