// What lists show of a service or place, made from records once, off the UI thread. Pure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/areas/areas.h"
#include "kiosk/directory/cost.h"
#include "kiosk/directory/model.h"
#include "kiosk/search/search.h"
#include "kiosk/settings/settings.h"
#include "kiosk/visit/opening_hours.h"

namespace kiosk::visit {

enum class Serving {
  Unknown,      // no address is known, or the record says nothing of its area
  YourAddress,  // its authority serves the resident's address
  Elsewhere,    // it serves another authority's area
};

struct ServiceCard {
  directory::RecordKey key;
  std::string name;
  std::string organisation;
  std::string summary;                                    // the first sentence or so of the description
  std::vector<search::MarkedRange> marks, summary_marks;  // in `name` and `summary`: what matched
  Serving serving = Serving::Unknown;
  // Where a distance is told, those of that place, or the service's own where the place has none; else the soonest.
  Hours hours;
  // To the nearest place, at 75 m a minute along 1.3 times the straight line. None where the hours are not that
  // place's: they are another's, or of something else, such as a telephone, that their note names.
  std::optional<int> walking_minutes;
  bool is_here = false;  // that place is where the kiosk stands
  directory::CostKind cost = directory::CostKind::Unknown;
  bool bookable = false, reportable = false, callable = false, visitable = false;
  std::optional<core::Instant> stale_since;  // last checked more than 7 days ago
  struct Other {
    directory::RecordKey key;
    std::string organisation;
    Serving serving = Serving::Unknown;
  };
  std::vector<Other> others;  // services of the same name by other organisations
};

struct PlaceCard {
  std::string id;  // source + place
  directory::Place place;
  std::string organisation;
  Hours hours;
  bool of_paused_service = false;  // that is closed for now: the hours are its, and none are told
  std::optional<int> walking_minutes;
  bool is_here = false;  // the kiosk stands there
  Timetable times;
  std::string phone;  // whom to ask about it: its own number, else that of what is provided there; "" none
  std::vector<std::pair<directory::RecordKey, std::string>> services;  // what is provided there
};

struct ServiceView {
  directory::Service service;
  ServiceCard card;
  Timetable times;  // of the service itself; places have their own in `places`
  std::vector<PlaceCard> places;
};

// Where a resident is, as far as they said.
struct Whereabouts {
  std::optional<core::GeoPoint> point;  // of the postcode given, else of the kiosk
  std::optional<areas::Answer> area;    // no address known: nullopt. On a boundary: the side that was chosen, or both
};

// What cards are made against.
struct Here {
  core::Instant now{};
  std::string zone;
  Whereabouts whereabouts;
  std::optional<core::GeoPoint> kiosk = {};
};

ServiceCard make_card(const directory::Service& service, const Here& here);
// Adds a card to a list, or to the card of the same service by another organisation that is in it already.
void add_grouped(std::vector<ServiceCard>& cards, ServiceCard card);
PlaceCard make_place_card(const directory::Service& service, const directory::Place& place, const Here& here);
ServiceView make_view(directory::Service service, const Here& here);
// Whether "Leave this page now" belongs on the page: the service's name or a category holds a word of
// [privacy] leave_now_words.
bool needs_quick_exit(const directory::Service& service, const settings::Settings& settings);
// Nullopt without points, or beyond 90 minutes.
std::optional<int> walking_minutes(std::optional<core::GeoPoint> from, std::optional<core::GeoPoint> to);
// The service's place of that name, else at that point: what another system knows as an office. Null: none.
const directory::Place* place_at(const directory::Service& service, std::optional<core::GeoPoint> point,
                                 std::string_view name);
// Whether the kiosk stands there: closer than that, points tell no two doors apart.
bool is_here(std::optional<core::GeoPoint> kiosk, std::optional<core::GeoPoint> place);

}  // namespace kiosk::visit
