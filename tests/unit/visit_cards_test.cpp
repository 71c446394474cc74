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

core::Milliseconds hours_of_today(const std::vector<directory::DayHours>& week) {
  REQUIRE_FALSE(week.empty());
  core::Milliseconds sum{};
  for (const directory::OpenInterval& interval : week[0].intervals) sum += interval.closes - interval.opens;
  return sum;
}

directory::Service at_place(core::GeoPoint point, std::vector<directory::Schedule> schedules) {
  directory::Service service = bookable_service();
  directory::Place place;
  place.id = "p1";
  place.point = point;
  place.schedules = std::move(schedules);
  service.places.push_back(std::move(place));
  return service;
}

// The card's hours are of no door that is known to be open; hours of the service's own would be told with the way.
void check_no_way_but_for_own_hours(const visit::ServiceCard& card, directory::Service service) {
  CHECK_FALSE(card.walking_minutes);
  CHECK_FALSE(card.is_here);
  service.schedules = {daily(9, 17)};
  const visit::ServiceCard own = visit::make_card(service, standing());
  CHECK(own.walking_minutes == 1);
  CHECK(own.is_here);
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

TEST_CASE("no distance to a door is told beside the hours of another") {
  directory::Service service = at_place(kNextDoor, {});
  directory::Place farther = service.places.front();
  farther.point = kInTown;
  farther.schedules = {daily(9, 17)};
  service.places.push_back(farther);
  const visit::ServiceCard card = visit::make_card(service, standing());
  CHECK(card.hours.opening.kind == OpenKind::OpenNow);
  check_no_way_but_for_own_hours(card, service);
}

TEST_CASE("nobody walks to a door of unknown hours because something is open by its note: it may be a telephone") {
  directory::Service service = at_place(kNextDoor, {});
  service.schedules = {daily(9, 17, "Phone")};
  const visit::ServiceCard card = visit::make_card(service, standing());
  CHECK(card.hours.note == "Phone");
  check_no_way_but_for_own_hours(card, service);
}

TEST_CASE("an office is the place of its name before it is the one at its point") {
  directory::Service service = at_place(kNextDoor, {});
  service.places.front().name = "Town Hall";
  service.places.push_back(service.places.front());
  service.places.back().name = "Register Office";
  CHECK(visit::place_at(service, kKiosk, "Register Office") == &service.places.back());
  CHECK(visit::place_at(service, kKiosk, "Annexe") == &service.places.front());
  service.places.front().name = "Register Office";
  service.places.front().point = {};
  CHECK(visit::place_at(service, kKiosk, "Register Office") == &service.places.back());
  service.places.front() = service.places.back();
  service.places.front().name = "Town Hall";
  CHECK(visit::place_at(service, {}, "Annexe") == nullptr);
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
  REQUIRE(view.times.noted.size() == 1);
  CHECK(view.times.noted[0].note == "Dangerous structures");
  CHECK(view.times.noted[0].opening.kind == OpenKind::OpenNow);
  CHECK(hours_of_today(view.times.week) == std::chrono::hours(5));
}

TEST_CASE("each note has a week of its own, and schedules of one note share it") {
  directory::Service service = bookable_service();
  service.schedules = {daily(0, 24, "Phone"), daily(9, 12, "Office"), daily(14, 17, "Office")};
  service.schedules.push_back({});
  service.schedules.back().description = "Closed on bank holidays";
  const visit::Timetable times = visit::make_view(service, standing()).times;
  CHECK(times.week.empty());
  REQUIRE(times.noted.size() == 3);
  CHECK(visit::is_always(times.noted[0].week));
  CHECK(times.noted[1].note == "Office");
  CHECK(hours_of_today(times.noted[1].week) == std::chrono::hours(6));
  CHECK(times.noted[2].week.empty());
  service = at_place(kInTown, service.schedules);
  CHECK(visit::make_place_card(service, service.places.front(), standing()).times.noted.size() == 3);
}

TEST_CASE("only so many notes are worked out, and that there are more is told") {
  directory::Service service = bookable_service();
  for (std::size_t i = 0; i < visit::kMostNotes; ++i)
    service.schedules.push_back(daily(9, 17, "Group " + std::to_string(i)));
  service.schedules.push_back(service.schedules.front());  // of a note that is told
  CHECK_FALSE(visit::make_view(service, standing()).times.cut);
  service.schedules.push_back(daily(9, 17, "Group of its own"));
  CHECK(visit::make_view(service, standing()).times.noted.size() == visit::kMostNotes);
  CHECK(visit::make_view(service, standing()).times.cut);
}

TEST_CASE("what a note limits is open now, but not for anybody who comes") {
  directory::Service service = bookable_service();
  const auto hours = [&] { return visit::make_card(service, standing()).hours; };
  service.schedules = {daily(9, 17)};
  CHECK(visit::is_open_to_all(hours()));
  service.schedules = {daily(9, 17, "By appointment")};
  CHECK(visit::is_open_now(hours()));
  CHECK_FALSE(visit::is_open_to_all(hours()));
  service.schedules = {daily(12, 17)};
  CHECK_FALSE(visit::is_open_now(hours()));
}

TEST_CASE("a summary ends with a sentence where one ends in time, else with a word") {
  directory::Service service = bookable_service();
  const auto summary = [&] { return visit::make_card(service, standing()).summary; };
  service.description = "We help. You call.\nMore of it.";
  CHECK(summary() == "We help. You call.");
  const std::string sentence = "We come and take away whatever is too large for a bin, from any home in the district. ";
  service.description = sentence + sentence + sentence;
  CHECK(summary() == sentence + sentence.substr(0, sentence.size() - 1));
  service.description = "Bins are emptied every week, in turns:\n• rubbish\n• recycling";
  CHECK(summary() == "Bins are emptied every week, in turns\u2026");
  service.description = "Hello. ";
  while (service.description.size() < 400) service.description += "word ";
  CHECK(summary().ends_with("word\u2026"));
}

TEST_CASE("special hours of a holiday tell nothing of the other days") {
  directory::Service service = at_place(kInTown, {});
  const auto easter = std::chrono::year{2026} / 4;
  service.closures = {{easter / 3, easter / 3, false, 10 * 60, 14 * 60}};
  CHECK(visit::make_card(service, standing()).hours.opening.kind == OpenKind::Unknown);
  service.schedules = {daily(9, 17)};
  CHECK(visit::make_card(service, standing()).hours.opening.kind == OpenKind::OpenNow);
  service.schedules = {daily(9, 17, "Drop-in")};
  CHECK(visit::make_card(service, standing()).hours.note == "Drop-in");
  CHECK(visit::make_view(service, standing()).times.week.empty());
  const visit::PlaceCard place = visit::make_place_card(service, service.places.front(), standing());
  CHECK(place.hours.opening.kind == OpenKind::Unknown);
  CHECK(place.times.empty());
}

TEST_CASE("of a service that is closed for now no hours are told beside that") {
  directory::Service service = bookable_service();
  service.schedules = {daily(9, 17), daily(0, 24, "Phone")};
  service.status = directory::ServiceStatus::TemporarilyClosed;
  const visit::ServiceView view = visit::make_view(service, standing());
  CHECK(view.card.hours.opening.kind == OpenKind::ClosedFor);
  CHECK(view.times.empty());
}

TEST_CASE("a long note is cut after a word in a line, and keeps more of itself on a page") {
  std::string note = "By appointment";
  while (note.size() < 60000) note += " or call first";
  directory::Service service = bookable_service();
  service.schedules = {daily(9, 17, note + "\nsecond paragraph")};
  const std::string line = visit::make_card(service, standing()).hours.note;
  CHECK(line.size() <= 84);
  CHECK(line.starts_with("By appointment or call"));
  CHECK(line.ends_with("\u2026"));
  const std::string page = visit::make_view(service, standing()).times.noted[0].note;
  CHECK(page.size() > line.size());
  CHECK(page.size() < 500);
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
