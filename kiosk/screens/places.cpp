// Places and their hours: libraries, centres, offices; and one of them.
#include "kiosk/core/strings.h"
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

ui::CardSpec place_card(const Frame& frame, const visit::PlaceCard& card) {
  ui::CardSpec spec;
  spec.title = card.place.name;
  spec.icon = ui::Icon::Building;
  if (card.place.address)
    spec.lines.push_back({address_words(*card.place.address), ui::Icon::MapPin, ui::Ink::Quiet, 2});
  const std::string opening = opening_words(frame, card.hours);
  const bool open = visit::is_open_to_all(card.hours);
  if (!opening.empty())
    spec.lines.push_back({opening, ui::Icon::Clock, open ? ui::Ink::Good : ui::Ink::Quiet, kOpeningLines});
  const std::string walk = walking_words(frame, card.walking_minutes, card.is_here);
  if (!walk.empty()) spec.lines.push_back({walk, ui::Icon::Walk});
  return spec;
}

const visit::PlaceCard* chosen_place(const Frame& frame) {
  for (const auto* list : {&frame.state.places.value, &frame.state.service.value.places}) {
    for (const visit::PlaceCard& card : *list) {
      if (card.id == frame.state.place_id) return &card;
    }
  }
  return nullptr;
}

void draw_place_hours(const Frame& frame, const visit::PlaceCard& card) {
  draw_times(frame, card.times);
  if (visit::is_known(card.hours)) return;
  if (card.times.empty())
    ui::paragraph(frame.ui, frame.word("hours.unknown"), {.ink = ui::Ink::Quiet, .icon = ui::Icon::Clock});
  const std::string& phone = card.phone.empty() ? frame.state.settings->contact.phone : card.phone;
  ui::paragraph(frame.ui,
                phone.empty() ? frame.word("hours.ask_first") : frame.word("hours.call_first", {{"phone", phone}}),
                {.icon = phone.empty() ? ui::Icon::Person : ui::Icon::Phone});
}

}  // namespace

void draw_places(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "places", rect);
  ui::heading(frame.ui, frame.word("places.heading"), 1);
  const auto& places = frame.state.places;
  draw_wait(frame, places, frame.word("wait.loading"));
  if (places.ready() && places.value.empty()) {
    ui::paragraph(frame.ui, frame.word("places.none"));
    draw_contact(frame);
  }
  std::vector<ui::CardSpec> specs;
  specs.reserve(places.value.size());
  for (const visit::PlaceCard& card : places.value) specs.push_back(place_card(frame, card));
  if (const auto chosen = ui::cards(frame.ui, "cards", specs)) frame.emit(visit::OpenPlace{places.value[*chosen].id});
  frame.ui.gap(6);
}

namespace {

void draw_place_facts(const Frame& frame, const visit::PlaceCard& card) {
  if (card.place.address) ui::paragraph(frame.ui, address_words(*card.place.address), {.icon = ui::Icon::MapPin});
  const std::string walk = walking_words(frame, card.walking_minutes, card.is_here);
  if (!walk.empty()) ui::paragraph(frame.ui, walk, {.icon = ui::Icon::Walk});
  if (!card.place.transportation.empty()) ui::paragraph(frame.ui, card.place.transportation, {.icon = ui::Icon::Bus});
  for (const directory::Phone& phone : card.place.phones)
    ui::paragraph(frame.ui, phone_words(phone), {.icon = ui::Icon::Phone});
  if (card.place.accessibility.empty()) return;
  ui::heading(frame.ui, frame.word("place.access"), 2);
  for (const std::string& line : card.place.accessibility) ui::paragraph(frame.ui, line, {.icon = ui::Icon::Check});
}

void draw_services_there(const Frame& frame, const visit::PlaceCard& card) {
  if (card.services.empty()) return;
  ui::heading(frame.ui, frame.word("place.services"), 2);
  std::vector<ui::CardSpec> specs;
  for (const auto& [key, name] : card.services) specs.push_back({.title = name});
  if (const auto chosen = ui::cards(frame.ui, "services", specs))
    frame.emit(visit::OpenService{card.services[*chosen].first});
}

}  // namespace

void draw_place(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "place", rect);
  const visit::PlaceCard* card = chosen_place(frame);
  if (!card) return draw_contact(frame);
  ui::heading(frame.ui, card->place.name.empty() ? card->organisation : card->place.name, 1);
  ui::paragraph(frame.ui, card->organisation, {.ink = ui::Ink::Quiet, .icon = ui::Icon::Building});
  const std::string opening = opening_words(frame, card->hours);
  if (!opening.empty()) {
    const bool open = visit::is_open_to_all(card->hours);
    ui::Wrap wrap(frame.ui);
    ui::badge(frame.ui, {opening, open ? ui::Tone::Good : ui::Tone::Neutral, ui::Icon::Clock});
  }
  two_columns(
      frame, [&] { draw_place_facts(frame, *card); }, [&] { draw_place_hours(frame, *card); });
  draw_services_there(frame, *card);
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
