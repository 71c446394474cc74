// Search: results as you type, and never an end without a way on.
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

// Nothing fits the words: topics, my area, the contact centre.
void draw_nothing(const Frame& frame) {
  ui::notice(frame.ui, "none",
             {frame.word("search.none"), frame.word("search.none_hint"), ui::Tone::Neutral, ui::Icon::Info});
  draw_suggestions(frame);
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
  if (!cards.empty()) {
    ui::paragraph(frame.ui, frame.word("search.count", {{"count", cards.size()}}),
                  {.ink = ui::Ink::Quiet, .role = ui::Role::Status});
    draw_service_cards(frame, "cards", cards);
    draw_suggestions(frame);
  } else if (!results.loading()) {
    draw_nothing(frame);
  } else {
    draw_wait(frame, results, frame.word("wait.searching"), false);
  }
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
