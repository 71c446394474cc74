// What answers can be narrowed by, what lifts one record over its equals, and how a score is told.
#include <algorithm>
#include <cmath>
#include <map>

#include "tests/unit/search_list.h"

using namespace kiosk::search::test;
using kiosk::directory::Service;
using kiosk::search::Answer;
using kiosk::search::Concept;
using kiosk::search::Factor;
using kiosk::search::Filter;
using kiosk::search::Hit;
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

constexpr std::size_t kShown = 50;

// More services of one name than are shown, and one that stands below all of them: free, near, and in Polish.
std::vector<Service> crowd(int count) {
  std::vector<Service> all;
  for (int i = 0; i < count; ++i) all.push_back(service(std::to_string(i), "Advice"));
  Service last = service("last", "Meetings and other things at the hall", "There is advice as well.");
  last.costs = {{"", 0.0, "GBP", ""}};
  last.languages = {"pl"};
  kiosk::directory::Place hall;
  hall.point = kiosk::core::GeoPoint{53.0, -0.4};
  last.places = {hall};
  all.push_back(last);
  return all;
}

Query of_crowd() {
  Query query = whole("advice");
  query.limit = kShown;
  query.language = "pl";
  query.near = kiosk::core::GeoPoint{53.0, -0.4};
  return query;
}

bool holds(const Answer& answer, const std::string& id) {
  const Ids found = ids(answer);
  return std::find(found.begin(), found.end(), id) != found.end();
}

// The score that the factors of a hit make, as the header says.
double score_of(const Hit& hit) {
  double sum = 0, times = 1, added = 0;
  for (const Factor& factor : hit.factors) {
    if (factor.what == "word" || factor.what == "meaning") {
      sum += factor.value;
    } else if (factor.what == "exact_name") {
      added += factor.value;
    } else {
      times *= factor.value;
    }
  }
  return sum * times + added;
}

double value_of(const Hit& hit, const std::string& what) {
  for (const Factor& factor : hit.factors) {
    if (factor.what == what) return factor.value;
  }
  return 0;
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

TEST_CASE("a filter finds what stands below all that is shown without it") {
  const auto index = index_of(crowd(80));
  const Answer unfiltered = index->find(of_crowd());
  CHECK(unfiltered.hits.size() == kShown);
  CHECK(unfiltered.matching == 81);
  REQUIRE_FALSE(holds(unfiltered, "last"));
  for (const Filter filter : {Filter::MyLanguage, Filter::Near, Filter::Free}) {
    CAPTURE(static_cast<int>(filter));
    CHECK(count_of(unfiltered, filter) == 1);
    Query query = of_crowd();
    query.filters.set(static_cast<std::size_t>(filter));
    const Answer narrowed = index->find(query);
    CHECK(ids(narrowed) == Ids{"last"});
    CHECK(narrowed.hits.at(0).filters.test(static_cast<std::size_t>(filter)));
    CHECK(narrowed.matching == 81);
  }
}

TEST_CASE("a count is what one gets, so it is never more than is shown at once") {
  std::vector<Service> many = crowd(80);
  for (std::size_t i = 0; i < 70; ++i) many[i].costs = {{"", 0.0, "GBP", ""}};
  for (std::size_t i = 0; i < 20; ++i) many[i].eligibility = "Carers";
  const auto index = index_of(many);
  Query query = of_crowd();
  const Answer all = index->find(query);
  CHECK(count_of(all, Filter::Free) == kShown);
  CHECK(count_of(all, Filter::Carers) == 20);
  for (const Filter filter : {Filter::Free, Filter::Carers}) {
    query.filters.set(static_cast<std::size_t>(filter));
    const std::size_t promised = count_of(index->find(of_crowd()), filter);
    CHECK(index->find(query).hits.size() == promised);
    query.filters.reset();
  }
  // Beside a chosen one: those that both hold for.
  query.filters.set(static_cast<std::size_t>(Filter::Free));
  CHECK(count_of(index->find(query), Filter::Carers) == 20);
}

TEST_CASE("what is open is looked for below the hits as well, so far and each once") {
  Query query = of_crowd();
  std::map<std::string, int> asked;
  query.is_open = [&](const kiosk::directory::RecordKey& key) {
    ++asked[key.id];
    return key.id == "last";
  };
  const auto each_once = [&] {
    return std::all_of(asked.begin(), asked.end(), [](const auto& each) { return each.second == 1; });
  };
  const auto index = index_of(crowd(80));
  CHECK(count_of(index->find(query), Filter::OpenNow) == 0);  // none of those that are shown
  CHECK(asked.size() == kShown);
  CHECK(each_once());

  asked.clear();
  query.filters.set(static_cast<std::size_t>(Filter::OpenNow));
  const Answer open = index->find(query);
  CHECK(ids(open) == Ids{"last"});
  CHECK(count_of(open, Filter::OpenNow) == 1);
  CHECK(asked.size() == 81);
  CHECK(each_once());

  asked.clear();
  CHECK(index_of(crowd(400))->find(query).hits.empty());
  CHECK(asked.size() == kiosk::search::kMostAskedOpen);

  asked.clear();
  query.is_open = [&](const kiosk::directory::RecordKey& key) { return ++asked[key.id] > 0; };
  CHECK(index->find(query).hits.size() == kShown);
  CHECK(asked.size() == kShown);  // no more than are wanted
}

TEST_CASE("an answer that filters emptied still says how much matched") {
  const auto index = index_of(services());
  Query query = whole("advice");
  query.filters.set(static_cast<std::size_t>(Filter::Carers));
  const Answer emptied = index->find(query);
  CHECK(emptied.hits.empty());
  CHECK(emptied.matching == 4);
  CHECK_FALSE(emptied.weak);
  query.text = "xyzzyplugh";
  const Answer nothing = index->find(query);
  CHECK(nothing.matching == 0);
  CHECK(nothing.weak);
}

TEST_CASE("near is within two kilometres, whichever way, on both sides of the date line too") {
  struct Case {
    kiosk::core::GeoPoint here, place;
    bool near;
  };
  const std::vector<Case> cases = {
      {{53, -0.4}, {53.0179, -0.4}, true},   {{53, -0.4}, {53.0181, -0.4}, false},   // 1990 m, 2013 m north
      {{53, -0.4}, {52.9821, -0.4}, true},   {{53, -0.4}, {52.9819, -0.4}, false},   // and south
      {{53, -0.4}, {53, -0.37026}, true},    {{53, -0.4}, {53, -0.36996}, false},    // 1990 m, 2010 m east
      {{53, -0.4}, {53, -0.42974}, true},    {{53, -0.4}, {53, -0.43004}, false},    // and west
      {{53, -0.4}, {53.015, -0.418}, false}, {{53, -0.4}, {53.012, -0.418}, true},   // askew
      {{10, 179.995}, {10, -179.995}, true}, {{10, 179.995}, {10, -179.98}, false},  // 1095 m, 2738 m
      {{89.995, 0}, {89.995, 180}, true},    {{89.98, 0}, {89.98, 180}, false},      // over the pole
  };
  for (const Case& each : cases) {
    CAPTURE(each.here.latitude, each.here.longitude, each.place.latitude, each.place.longitude);
    Service placed = advice("placed");
    kiosk::directory::Place place;
    place.point = each.place;
    placed.places = {place};
    Query query = whole("advice");
    query.near = each.here;
    query.filters.set(static_cast<std::size_t>(Filter::Near));
    CHECK(index_of({placed, advice("nowhere")})->find(query).hits.size() == (each.near ? 1u : 0u));
  }
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

TEST_CASE("a score is what its factors make of it, whatever it turned on") {
  Concept missed, bins;
  missed.id = "missed-bin";
  missed.services = {"missed bin", "bin collection"};
  missed.words[0] = {"missed bin", "bin not emptied"};
  bins.id = "new-bin";
  bins.services = {"bin", "bin delivery"};
  bins.words[0] = {"bin", "need a bin"};
  Service served = service("served", "Missed bin", "Tell us about a bin that was missed in a collection.");
  served.organisation.authority = "E1";
  Service near = service("near", "Report a missed bin collection");
  kiosk::directory::Place depot;
  depot.point = kiosk::core::GeoPoint{53.01, -0.4};
  near.places = {depot};
  near.checked = kiosk::core::Instant{std::chrono::seconds(1'600'000'000)};
  const auto index =
      index_of({served, near, service("bin", "Bin"), service("words", "Collection of stamps", "We missed you")},
               {{missed, bins}, 42});
  Query query;
  query.limit = 20;
  query.near = kiosk::core::GeoPoint{53, -0.4};
  query.authorities = {"E1"};
  query.now = kiosk::core::Instant{std::chrono::seconds(1'700'000'000)};
  query.is_open = [](const kiosk::directory::RecordKey& key) { return key.id == "near" || key.id == "bin"; };
  query.explain = true;
  for (const char* const text : {"missed bin collection", "bin", "missd bin", "colle", "bin not emptied"}) {
    CAPTURE(text);
    query.text = text;
    const Answer answer = index->find(query);
    REQUIRE_FALSE(answer.hits.empty());
    for (const Hit& hit : answer.hits) {
      CAPTURE(hit.key.id, hit.score, score_of(hit));
      CHECK(std::abs(score_of(hit) - hit.score) <= 1e-4 * hit.score);
      const auto meanings = std::count_if(hit.factors.begin(), hit.factors.end(),
                                          [](const Factor& factor) { return factor.what == "meaning"; });
      CHECK(meanings <= 1);
    }
  }

  query.text = "missed bin collection";
  for (const Hit& hit : index->find(query).hits) {
    CAPTURE(hit.key.id);
    CHECK((value_of(hit, "open") > 1) == (hit.key.id == "near" || hit.key.id == "bin"));
    CHECK((value_of(hit, "served") > 1) == (hit.key.id == "served"));
    CHECK((value_of(hit, "near") > 1) == (hit.key.id == "near"));
    if (hit.key.id != "served") continue;
    // Both concepts are meant and it is of both; what says most of it is told, once.
    const auto meaning = std::find_if(hit.factors.begin(), hit.factors.end(),
                                      [](const Factor& factor) { return factor.what == "meaning"; });
    REQUIRE(meaning != hit.factors.end());
    CHECK(meaning->detail == "missed-bin");
    CHECK(value_of(hit, "lesser") < 1);
  }
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

TEST_CASE("an answer narrowed afterwards is the answer to the narrower question") {
  const auto index = index_of(services());
  Query query = whole("advice");
  query.near = kiosk::core::GeoPoint{53.0, -0.4};
  query.language = "pl";
  const Answer answer = index->find(query);
  for (std::size_t bit = 0; bit < kiosk::search::kFilters; ++bit) {
    if (bit == static_cast<std::size_t>(Filter::OpenNow)) continue;
    CAPTURE(bit);
    Query narrower = query;
    narrower.filters.set(bit);
    const Answer asked = index->find(narrower);
    const std::vector<Hit> narrowed = answer.narrowed(narrower.filters);
    REQUIRE(narrowed.size() == asked.hits.size());
    for (std::size_t i = 0; i < narrowed.size(); ++i) {
      CHECK(narrowed[i].key == asked.hits[i].key);
      CHECK(narrowed[i].score == asked.hits[i].score);
    }
    CHECK(asked.narrowed({}).size() == answer.hits.size());
  }
  CHECK(index->find(whole("")).narrowed({}).empty());
}
