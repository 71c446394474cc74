#include "kiosk/visit/cards.h"

#include <algorithm>
#include <cmath>

#include "kiosk/core/strings.h"

namespace kiosk::visit {
namespace {

constexpr double kMetresPerMinute = 75;  // 4.5 km/h: an unhurried pace
constexpr double kStreetsPerStraightLine = 1.3;
constexpr int kMostWalkingMinutes = 90;  // beyond that, nobody walks: no figure is better
constexpr std::size_t kSummaryBytes = 220;
constexpr auto kStaleAfter = std::chrono::days(7);

std::optional<int> minutes_between(std::optional<core::GeoPoint> from, std::optional<core::GeoPoint> to) {
  if (!from || !to) return std::nullopt;
  const double minutes = core::distance_metres(*from, *to) * kStreetsPerStraightLine / kMetresPerMinute;
  if (minutes > kMostWalkingMinutes) return std::nullopt;
  return std::max(1, static_cast<int>(std::lround(minutes)));
}

// The first paragraph, cut after a sentence where one ends in time, else after a word.
std::string summary_of(const std::string& description) {
  const std::string_view paragraph = core::trim(std::string_view(description).substr(0, description.find('\n')));
  if (paragraph.size() <= kSummaryBytes) return std::string(paragraph);
  const std::string_view head = core::truncate_utf8(paragraph, kSummaryBytes);
  const std::size_t sentence = head.rfind(". ");
  if (sentence != std::string_view::npos && sentence > kSummaryBytes / 3)
    return std::string(head.substr(0, sentence + 1));
  const std::size_t word = head.rfind(' ');
  return std::string(head.substr(0, word == std::string_view::npos ? head.size() : word)) + "\u2026";
}

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

// Open now at any of its places, else what opens first.
directory::Opening opening_of(const directory::Service& service, const Here& here) {
  if (service.status == directory::ServiceStatus::TemporarilyClosed) return {directory::OpenKind::ClosedFor, {}};
  directory::Opening best = directory::opening_at(service.schedules, service.closures, here.now, here.zone);
  for (const directory::Place& place : service.places) {
    const directory::Opening opening = directory::opening_at(place.schedules, service.closures, here.now, here.zone);
    const auto rank = [](const directory::Opening& o) {
      return o.kind == directory::OpenKind::OpenNow     ? 0
             : o.kind == directory::OpenKind::Closed    ? 1
             : o.kind == directory::OpenKind::ClosedFor ? 2
                                                        : 3;
    };
    const bool earlier = rank(opening) == rank(best) && opening.kind == directory::OpenKind::Closed &&
                         opening.interval.opens < best.interval.opens;
    if (rank(opening) < rank(best) || earlier) best = opening;
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

std::optional<int> walking_minutes(std::optional<core::GeoPoint> from, const directory::Service& service) {
  std::optional<int> nearest;
  for (const directory::Place& place : service.places) {
    const std::optional<int> minutes = minutes_between(from, place.point);
    if (minutes && (!nearest || *minutes < *nearest)) nearest = minutes;
  }
  return nearest;
}

ServiceCard make_card(const directory::Service& service, const Here& here) {
  ServiceCard card;
  card.key = service.key;
  card.name = service.name;
  card.organisation = service.organisation.name;
  card.summary = summary_of(service.description);
  card.serving = serving_of(service, here.whereabouts.area);
  card.opening = opening_of(service, here);
  card.walking_minutes = walking_minutes(here.whereabouts.point, service);
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
  card.opening = directory::opening_at(place.schedules, service.closures, here.now, here.zone);
  card.walking_minutes = minutes_between(here.whereabouts.point, place.point);
  card.week = directory::week_hours(place.schedules, service.closures, here.now, here.zone);
  for (const auto* phones : {&place.phones, &service.phones}) {
    if (card.phone.empty() && !phones->empty()) card.phone = phones->front().number;
  }
  card.services.emplace_back(service.key, service.name);
  return card;
}

ServiceView make_view(directory::Service service, const Here& here) {
  ServiceView view;
  view.card = make_card(service, here);
  view.week = directory::week_hours(service.schedules, service.closures, here.now, here.zone);
  for (const directory::Place& place : service.places) view.places.push_back(make_place_card(service, place, here));
  std::stable_sort(view.places.begin(), view.places.end(), [](const PlaceCard& a, const PlaceCard& b) {
    return a.walking_minutes.value_or(1000) < b.walking_minutes.value_or(1000);
  });
  view.service = std::move(service);
  return view;
}

}  // namespace kiosk::visit
