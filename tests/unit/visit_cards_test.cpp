// What cards say of a service or a place: hours that hold for it, and how far it is.
#include "tests/unit/visit_fixture.h"

using namespace visit_test;
using directory::OpenKind;

namespace {

constexpr core::GeoPoint kKiosk{53.0049, -0.6287}, kNextDoor{53.0050, -0.6288}, kInTown{53.0098, -0.6401};

// Every day from one hour to the other; kMorning is at ten.
directory::Schedule daily(int from, int to, std::string note = {}) {
  directory::Schedule schedule;
  for (unsigned day = 0; day < 7; ++day) schedule.by_weekday.push_back({std::chrono::weekday(day), 0});
  schedule.opens = from * 60;
  schedule.closes = to * 60;
  schedule.description = std::move(note);
  return schedule;
}

visit::Here standing() { return {kMorning, "Europe/London", {kKiosk, {}}, kKiosk}; }

directory::Service at_place(core::GeoPoint point, std::vector<directory::Schedule> schedules) {
  directory::Service service = bookable_service();
  directory::Place place;
  place.id = "p1";
  place.point = point;
  place.schedules = std::move(schedules);
  service.places.push_back(std::move(place));
  return service;
}

}  // namespace

TEST_CASE("beside a distance stand the hours of the place that is so far, whatever the telephone's are") {
  directory::Service service = at_place(kInTown, {daily(12, 17)});
  service.schedules = {daily(0, 24)};
  visit::ServiceCard card = visit::make_card(service, standing());
  CHECK(card.walking_minutes);
  CHECK(card.hours.opening.kind == OpenKind::Closed);
  service.places.front().point.reset();  // nobody can tell how far it is
  card = visit::make_card(service, standing());
  CHECK_FALSE(card.walking_minutes);
  CHECK(card.hours.opening.kind == OpenKind::OpenNow);
}

TEST_CASE("what is answered while the door is closed is open by its note, and no way to the door is told") {
  directory::Service service = at_place(kInTown, {daily(12, 17)});
  service.schedules = {daily(0, 24, "Phone, duty officer")};
  visit::ServiceCard card = visit::make_card(service, standing());
  CHECK(card.hours.opening.kind == OpenKind::OpenNow);
  CHECK(card.hours.note == "Phone, duty officer");
  CHECK_FALSE(card.walking_minutes);
  service.places.front().schedules = {daily(9, 17)};
  card = visit::make_card(service, standing());
  CHECK(card.hours.note.empty());
  CHECK(card.walking_minutes);
}

TEST_CASE("of several places the hours are the nearest's") {
  directory::Service service = at_place(kInTown, {daily(9, 17)});
  directory::Place nearer = service.places.front();
  nearer.point = kNextDoor;
  nearer.schedules = {daily(14, 17)};
  service.places.push_back(nearer);
  const visit::ServiceCard card = visit::make_card(service, standing());
  CHECK(card.walking_minutes == 1);
  CHECK(card.hours.opening.kind == OpenKind::Closed);
}

TEST_CASE("hours with a note are told with it, and only where there are none without") {
  directory::Service service = bookable_service();
  service.schedules = {daily(0, 24, "Dangerous structures")};
  CHECK(visit::make_card(service, standing()).hours.opening.kind == OpenKind::OpenNow);
  CHECK(visit::make_card(service, standing()).hours.note == "Dangerous structures");
  service.schedules.push_back(daily(12, 17));
  CHECK(visit::make_card(service, standing()).hours.opening.kind == OpenKind::Closed);
  CHECK(visit::make_card(service, standing()).hours.note.empty());
  const visit::ServiceView view = visit::make_view(service, standing());
  REQUIRE(view.noted.size() == 1);
  CHECK(view.noted[0].note == "Dangerous structures");
  CHECK(view.noted[0].opening.kind == OpenKind::OpenNow);
  REQUIRE(view.week[0].intervals.size() == 1);
  CHECK(view.week[0].intervals[0].closes - view.week[0].intervals[0].opens == std::chrono::hours(5));
}

TEST_CASE("of hours that all have notes the soonest are told; a note without hours tells none") {
  directory::Service service = bookable_service();
  service.schedules = {daily(15, 17, "By appointment"), daily(11, 13, "Drop-in")};
  service.schedules.push_back({});
  service.schedules.back().description = "Closed on bank holidays";
  CHECK(visit::make_card(service, standing()).hours.note == "Drop-in");
  service.schedules = {service.schedules.back()};
  CHECK(visit::make_card(service, standing()).hours.opening.kind == OpenKind::Unknown);
}

TEST_CASE("where the kiosk stands is told from what is a walk away") {
  const directory::Service here = at_place(kNextDoor, {}), there = at_place(kInTown, {});
  CHECK(visit::make_card(here, standing()).is_here);
  CHECK_FALSE(visit::make_card(there, standing()).is_here);
  CHECK(visit::make_place_card(here, here.places.front(), standing()).is_here);
  visit::Here nowhere = standing();
  nowhere.kiosk.reset();
  CHECK_FALSE(visit::make_card(here, nowhere).is_here);
}
