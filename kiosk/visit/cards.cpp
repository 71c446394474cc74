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

// Open now, else what opens first.
bool is_sooner(const directory::Opening& a, const directory::Opening& b) {
  const auto rank = [](const directory::Opening& opening) {
    switch (opening.kind) {
      case directory::OpenKind::OpenNow:
        return 0;
      case directory::OpenKind::Closed:
        return 1;
      case directory::OpenKind::ClosedFor:
        return 2;
      case directory::OpenKind::Unknown:
        break;
    }
    return 3;
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return a.kind == directory::OpenKind::Closed && a.interval.opens < b.interval.opens;
}

using Schedules = std::vector<directory::Schedule>;

// Those that hold for all of it: without a note.
Schedules without_notes(Schedules schedules) {
  std::erase_if(schedules, [](const directory::Schedule& schedule) { return !schedule.description.empty(); });
  return schedules;
}

// Those that have a note, each by itself; of some of them only the note is known.
std::vector<Hours> noted_hours(const directory::Service& service, const Schedules& schedules, const Here& here) {
  std::vector<Hours> list;
  for (const directory::Schedule& schedule : schedules) {
    if (schedule.description.empty()) continue;
    list.push_back({directory::opening_at({schedule}, service.closures, here.now, here.zone), schedule.description});
  }
  return list;
}

Hours hours_of(const directory::Service& service, const Schedules& schedules, const Here& here) {
  if (service.status == directory::ServiceStatus::TemporarilyClosed) return {{directory::OpenKind::ClosedFor, {}}, {}};
  Hours best{directory::opening_at(without_notes(schedules), service.closures, here.now, here.zone), {}};
  if (best.opening.kind != directory::OpenKind::Unknown) return best;
  for (Hours& hours : noted_hours(service, schedules, here)) {
    if (is_sooner(hours.opening, best.opening)) best = std::move(hours);
  }
  return best;
}

// For the table of a week: without notes where such hours are known, else all of them.
std::vector<directory::DayHours> week_of(const directory::Service& service, const Schedules& schedules,
                                         const Here& here) {
  const Schedules plain = without_notes(schedules);
  const directory::Opening usual = directory::opening_at(plain, service.closures, here.now, here.zone);
  const bool known = usual.kind != directory::OpenKind::Unknown;
  return directory::week_hours(known ? plain : schedules, service.closures, here.now, here.zone);
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

// Beside a distance the hours are those of the place that is so far: nobody is to walk to a closed door because a
// telephone is answered.
Hours hours_of_card(const directory::Service& service, const directory::Place* nearest, const Here& here) {
  Hours best = hours_of(service, nearest ? nearest->schedules : service.schedules, here);
  if (nearest && best.opening.kind != directory::OpenKind::Unknown) return best;
  if (nearest) best = hours_of(service, service.schedules, here);
  for (const directory::Place& place : service.places) {
    Hours hours = hours_of(service, place.schedules, here);
    if (is_sooner(hours.opening, best.opening)) best = std::move(hours);
  }
  return best;
}

// A telephone at night, say: what is answered is in the note.
bool answers_while_closed(const directory::Service& service, const directory::Place& place, const Here& here) {
  const Hours own = hours_of(service, service.schedules, here);
  const Hours there = hours_of(service, place.schedules, here);
  const auto open = directory::OpenKind::OpenNow;
  return own.opening.kind == open && !own.note.empty() && there.opening.kind != open;
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
  const auto found = std::find_if(service.places.begin(), service.places.end(), [&](const directory::Place& place) {
    return is_here(point, place.point) || (!name.empty() && place.name == name);
  });
  return found == service.places.end() ? nullptr : &*found;
}

ServiceCard make_card(const directory::Service& service, const Here& here) {
  ServiceCard card;
  card.key = service.key;
  card.name = service.name;
  card.organisation = service.organisation.name;
  card.summary = summary_of(service.description);
  card.serving = serving_of(service, here.whereabouts.area);
  const directory::Place* nearest = nearest_place(service, here);
  if (nearest && answers_while_closed(service, *nearest, here)) nearest = nullptr;  // nobody needs to walk there now
  card.hours = hours_of_card(service, nearest, here);
  if (nearest) {
    card.walking_minutes = walking_minutes(here.whereabouts.point, nearest->point);
    card.is_here = is_here(here.kiosk, nearest->point);
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
  card.hours = hours_of(service, place.schedules, here);
  card.walking_minutes = walking_minutes(here.whereabouts.point, place.point);
  card.is_here = is_here(here.kiosk, place.point);
  card.week = week_of(service, place.schedules, here);
  for (const auto* phones : {&place.phones, &service.phones}) {
    if (card.phone.empty() && !phones->empty()) card.phone = phones->front().number;
  }
  card.services.emplace_back(service.key, service.name);
  return card;
}

ServiceView make_view(directory::Service service, const Here& here) {
  ServiceView view;
  view.card = make_card(service, here);
  view.week = week_of(service, service.schedules, here);
  view.noted = noted_hours(service, service.schedules, here);
  for (const directory::Place& place : service.places) view.places.push_back(make_place_card(service, place, here));
  std::stable_sort(view.places.begin(), view.places.end(), [](const PlaceCard& a, const PlaceCard& b) {
    return a.walking_minutes.value_or(1000) < b.walking_minutes.value_or(1000);
  });
  view.service = std::move(service);
  return view;
}

}  // namespace kiosk::visit
