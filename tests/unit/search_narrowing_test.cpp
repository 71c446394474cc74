// What answers can be narrowed by, what lifts one record over its equals, and how a score is told.
#include "tests/unit/search_list.h"

using namespace kiosk::search::test;
using kiosk::directory::Service;
using kiosk::search::Answer;
using kiosk::search::Filter;
using kiosk::search::Query;

namespace {

Service advice(const std::string& id) { return service(id, "Advice " + id); }

std::size_t count_of(const Answer& answer, Filter filter) {
  for (const auto& each : answer.filters) {
    if (each.filter == filter) return each.hits;
  }
  return 0;
}

std::vector<Service> services() {
  Service free = advice("free");
  free.costs = {{"", 0.0, "GBP", ""}};
  Service walk_in = advice("walk-in");
  walk_in.description = "Drop in on Mondays, no need to book.";
  Service children = advice("children");
  children.eligibility = "Children and their parents";
  Service older = advice("older");
  older.minimum_age = 60;
  older.languages = {"pl", "en"};
  kiosk::directory::Place hall;
  hall.point = kiosk::core::GeoPoint{53.0, -0.4};
  hall.accessibility = {"Wheelchair access at the side door"};
  older.places = {hall};
  return {free, walk_in, children, older};
}

}  // namespace

TEST_CASE("only filters that leave some but not all of the hits are offered, with their numbers") {
  const auto index = index_of(services());
  Query query = whole("advice");
  const Answer all = index->find(query);
  CHECK(all.hits.size() == 4);
  CHECK(count_of(all, Filter::Free) == 1);
  CHECK(count_of(all, Filter::NoAppointment) == 1);
  CHECK(count_of(all, Filter::Children) == 1);
  CHECK(count_of(all, Filter::Families) == 1);
  CHECK(count_of(all, Filter::OlderPeople) == 1);
  CHECK(count_of(all, Filter::Wheelchair) == 1);
  CHECK(count_of(all, Filter::Carers) == 0);
  CHECK(count_of(all, Filter::MyLanguage) == 0);  // English asks for none
  CHECK(count_of(all, Filter::Near) == 0);        // from where?

  query.language = "pl";
  query.near = kiosk::core::GeoPoint{53.001, -0.4};
  const Answer polish = index->find(query);
  CHECK(count_of(polish, Filter::MyLanguage) == 1);
  CHECK(count_of(polish, Filter::Near) == 1);
}

TEST_CASE("a filter leaves as many hits as it said, and those that are chosen stay offered") {
  const auto index = index_of(services());
  Query query = whole("advice");
  query.is_open = [](const kiosk::directory::RecordKey& key) { return key.id == "free" || key.id == "older"; };
  CHECK(count_of(index->find(query), Filter::OpenNow) == 2);
  query.filters.set(static_cast<std::size_t>(Filter::OpenNow));
  const Answer open = index->find(query);
  CHECK(open.hits.size() == 2);
  CHECK(count_of(open, Filter::OpenNow) == 2);
  CHECK(count_of(open, Filter::Free) == 1);
  query.filters.set(static_cast<std::size_t>(Filter::Free));
  CHECK(ids(index->find(query)) == Ids{"free"});
  query.filters.set(static_cast<std::size_t>(Filter::Carers));
  CHECK(index->find(query).hits.empty());
}

TEST_CASE("of equals, what is open and lately confirmed comes first") {
  Service fresh = service("b-fresh", "Advice");
  fresh.checked = kiosk::core::Instant{std::chrono::seconds(2'000'000'000)};
  Service old = service("a-old", "Advice");
  old.checked = kiosk::core::Instant{std::chrono::seconds(1'900'000'000)};
  const auto index = index_of({old, fresh, service("c", "Advice for all")});
  Query query = whole("advice for");
  query.now = fresh.checked;
  const Ids found = ids(index->find(query));
  CHECK(std::find(found.begin(), found.end(), "b-fresh") < std::find(found.begin(), found.end(), "a-old"));

  const auto equals = index_of({service("a", "Parks advice"), service("b", "Parks advice")});
  Query open = whole("parks");
  CHECK(ids(equals->find(open)) == Ids{"a", "b"});
  open.is_open = [](const kiosk::directory::RecordKey& key) { return key.id == "b"; };
  CHECK(ids(equals->find(open)) == Ids{"b", "a"});
}

TEST_CASE("a score is explained by its words, and by nothing where nothing is asked") {
  const auto index = index_of(services());
  Query query = whole("advise older");
  CHECK(index->find(query).hits.at(0).factors.empty());
  query.explain = true;
  const Answer answer = index->find(query);
  REQUIRE(answer.hits.at(0).key.id == "older");
  double words = 0;
  std::string told;
  for (const auto& factor : answer.hits[0].factors) {
    if (factor.what == "word") words += factor.value;
    told += factor.detail + "; ";
  }
  CHECK(words > 0);
  CHECK(told.find("older: as written, older in name") != std::string::npos);
  CHECK(answer.hits[0].score > 0);
}

TEST_CASE("slips that fingers and ears make are found: the first letter, letters swapped, words run together, by ear") {
  const auto index = index_of({service("badge", "Blue badge"), service("council", "Council tax"),
                               service("colour", "Colour blindness"), service("phone", "Telephone repair"),
                               service("neighbour", "Neighbours"), service("tip", "Fly tipping")});
  for (const auto& [text, wanted] : std::vector<std::pair<const char*, const char*>>{{"nadge", "badge"},
                                                                                     {"abdge", "badge"},
                                                                                     {"adge", "badge"},
                                                                                     {"counciltax", "council"},
                                                                                     {"color blindness", "colour"},
                                                                                     {"telefone", "phone"},
                                                                                     {"neighbors", "neighbour"},
                                                                                     {"flytipping", "tip"}}) {
    CAPTURE(text);
    const Ids found = ids(index->find(whole(text)));
    REQUIRE_FALSE(found.empty());
    CHECK(found.front() == wanted);
  }
}
