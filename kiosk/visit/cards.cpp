#include "kiosk/visit/cards.h"

#include <algorithm>
#include <cmath>

#include "kiosk/core/strings.h"
#include "kiosk/visit/shortened.h"

namespace kiosk::visit {
namespace {

constexpr double kMetresPerMinute = 75;  // 4.5 km/h: an unhurried pace
constexpr double kStreetsPerStraightLine = 1.3;
constexpr int kMostWalkingMinutes = 90;  // beyond that, nobody walks: no figure is better
constexpr std::size_t kSummaryBytes = 220;
constexpr auto kStaleAfter = std::chrono::days(7);

Serving serving_of(const directory::Service& service, const std::optional<areas::Answer>& area) {
  const std::string& authority = service.organisation.authority;
  if (!area || authority.empty() || area->alternatives.empty()) return Serving::Unknown;
  std::size_t serving = 0;
  for (const auto& alternative : area->alternatives) {
    serving += std::any_of(alternative.begin(), alternative.end(),
                           [&](const areas::Serves& serves) { return serves.authority.code == authority; });
  }
  if (serving == area->alternatives.size()) return Serving::YourAddress;
  return serving == 0 ? Serving::Elsewhere : Serving::Unknown;  // on a boundary it depends on the street
}

// That which can be walked to soonest; null where none can.
const directory::Place* nearest_place(const directory::Service& service, const Here& here) {
  const directory::Place* nearest = nullptr;
  std::optional<int> least;
  for (const directory::Place& place : service.places) {
    const std::optional<int> minutes = walking_minutes(here.whereabouts.point, place.point);
    if (!minutes || (least && *minutes >= *least)) continue;
    nearest = &place;
    least = minutes;
  }
  return nearest;
}

// A telephone at night, say: what is answered is in the note. Where the door's hours are not known, it may be one too.
bool answers_without_door(const Hours& own, const Hours& there) {
  return !is_open_now(there) && is_open_now(own) && !own.note.empty();
}

// What a card tells of hours, and of which door: null where they are not those of the nearest.
struct HoursAndDoor {
  Hours hours;
  const directory::Place* door = nullptr;
};

// Nobody is to walk to a closed door because a telephone is answered, nor to one because another is open.
HoursAndDoor hours_of_card(const directory::Service& service, const Here& here) {
  const auto hours_at = [&](const auto& schedules) { return hours_of(service, schedules, here.now, here.zone); };
  const directory::Place* nearest = nearest_place(service, here);
  const Hours there = nearest ? hours_at(nearest->schedules) : Hours{};
  if (is_open_now(there)) return {there, nearest};
  const Hours own = hours_at(service.schedules);
  if (answers_without_door(own, there)) return {own, nullptr};
  if (is_known(there)) return {there, nearest};
  HoursAndDoor best{own, nearest};
  for (const directory::Place& place : service.places) {
    Hours hours = hours_at(place.schedules);
    if (is_sooner(hours.opening, best.hours.opening)) best = {std::move(hours), nullptr};
  }
  return best;
}

}  // namespace

bool needs_quick_exit(const directory::Service& service, const settings::Settings& settings) {
  std::string text = service.name;
  for (const directory::Category& category : service.categories) text += "\n" + category.id + "\n" + category.name;
  text = core::to_lower_ascii(text);
  const auto& words = settings.privacy.leave_now_words;
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return !word.empty() && text.find(core::to_lower_ascii(word)) != std::string::npos;
  });
}

std::optional<int> walking_minutes(std::optional<core::GeoPoint> from, std::optional<core::GeoPoint> to) {
  if (!from || !to) return std::nullopt;
  const double minutes = core::distance_metres(*from, *to) * kStreetsPerStraightLine / kMetresPerMinute;
  if (minutes > kMostWalkingMinutes) return std::nullopt;
  return std::max(1, static_cast<int>(std::lround(minutes)));
}

bool is_here(std::optional<core::GeoPoint> kiosk, std::optional<core::GeoPoint> place) {
  constexpr double kSameDoorMetres = 30;
  return kiosk && place && core::distance_metres(*kiosk, *place) <= kSameDoorMetres;
}

const directory::Place* place_at(const directory::Service& service, std::optional<core::GeoPoint> point,
                                 std::string_view name) {
  const auto first = [&](const auto& is_it) -> const directory::Place* {
    const auto found = std::find_if(service.places.begin(), service.places.end(), is_it);
    return found == service.places.end() ? nullptr : &*found;
  };
  const auto is_named = [&](const directory::Place& place) { return !name.empty() && place.name == name; };
  const auto is_there = [&](const directory::Place& place) { return is_here(point, place.point); };
  const auto* both = first([&](const directory::Place& place) { return is_named(place) && is_there(place); });
  const auto* named = both ? both : first(is_named);
  return named ? named : first(is_there);
}

ServiceCard make_card(const directory::Service& service, const Here& here) {
  ServiceCard card;
  card.key = service.key;
  card.name = service.name;
  card.organisation = service.organisation.name;
  card.summary = beginning_of(service.description, kSummaryBytes, CutAfter::Sentence);
  card.serving = serving_of(service, here.whereabouts.area);
  auto [hours, door] = hours_of_card(service, here);
  card.hours = std::move(hours);
  if (door) {
    card.walking_minutes = walking_minutes(here.whereabouts.point, door->point);
    card.is_here = is_here(here.kiosk, door->point);
  }
  card.cost = directory::cost_of(service);
  card.bookable = service.booking.has_value();
  card.reportable = service.report.has_value();
  card.callable = !service.phones.empty();
  card.visitable = std::any_of(service.places.begin(), service.places.end(),
                               [](const directory::Place& place) { return place.address.has_value(); });
  if (here.now - service.checked > kStaleAfter) card.stale_since = service.checked;
  return card;
}

void add_grouped(std::vector<ServiceCard>& cards, ServiceCard card) {
  const auto same = std::find_if(cards.begin(), cards.end(), [&](const ServiceCard& held) {
    return held.organisation != card.organisation && core::equals_ignoring_case(held.name, card.name) &&
           std::none_of(held.others.begin(), held.others.end(),
                        [&](const ServiceCard::Other& other) { return other.organisation == card.organisation; });
  });
  if (same == cards.end()) {
    cards.push_back(std::move(card));
  } else {
    same->others.push_back({std::move(card.key), std::move(card.organisation), card.serving});
  }
}

PlaceCard make_place_card(const directory::Service& service, const directory::Place& place, const Here& here) {
  PlaceCard card;
  card.id = service.key.source + "/" + place.id;
  card.place = place;
  card.organisation = service.organisation.name;
  card.hours = hours_of(service, place.schedules, here.now, here.zone);
  card.of_paused_service = service.status == directory::ServiceStatus::TemporarilyClosed;
  card.walking_minutes = walking_minutes(here.whereabouts.point, place.point);
  card.is_here = is_here(here.kiosk, place.point);
  card.times = timetable_of(service, place.schedules, here.now, here.zone);
  for (const auto* phones : {&place.phones, &service.phones}) {
    if (card.phone.empty() && !phones->empty()) card.phone = phones->front().number;
  }
  card.services.emplace_back(service.key, service.name);
  return card;
}

ServiceView make_view(directory::Service service, const Here& here) {
  ServiceView view;
  view.card = make_card(service, here);
  view.times = timetable_of(service, service.schedules, here.now, here.zone);
  for (const directory::Place& place : service.places) view.places.push_back(make_place_card(service, place, here));
  std::stable_sort(view.places.begin(), view.places.end(), [](const PlaceCard& a, const PlaceCard& b) {
    return a.walking_minutes.value_or(1000) < b.walking_minutes.value_or(1000);
  });
  view.service = std::move(service);
  return view;
}

}  // namespace kiosk::visit
