// What comes first, and why.
#include <algorithm>
#include <cstdint>

#include "tests/unit/search_list.h"

using namespace kiosk::search::test;
using kiosk::search::Query;
namespace directory = kiosk::directory;

TEST_CASE("a name outranks a description, and an exact name everything") {
  const auto index =
      index_of({service("description", "Street cleaning", "We empty the library's bins, and every library bin"),
                service("long", "Library opening hours and library branches"), service("exact", "Library"),
                service("other", "Parks")});
  CHECK(ids(index->find(whole("library"))) == Ids{"exact", "long", "description"});
  CHECK(ids(index->find(whole("LIBRARY"))).front() == "exact");
  CHECK(index->find(whole("library")).hits.front().name == "Library");
}

TEST_CASE("other names, categories, organisation, eligibility and places are found") {
  directory::Service s = service("s", "Household waste");
  s.alternate_names = {"Rubbish tip"};
  s.categories = {{"1", "Recycling", "", ""}};
  s.organisation.name = "Ashmere Council";
  s.eligibility = "Pensioners";
  directory::Place place;
  place.name = "Cobbler Yard";
  place.address = directory::Address{{"12 Weaver Lane"}, "Kelderby", "", "AB1 2CD", "GB"};
  s.places = {place};
  s.areas = {{"Northfield", ""}};
  const auto index = index_of({s, service("t", "Parking")});
  for (const char* text : {"tip", "recycling", "ashmere", "pensioner", "cobbler", "weaver lane", "kelderby", "AB1 2CD",
                           "northfield", "rubbish tip"}) {
    CAPTURE(text);
    CHECK(ids(index->find(whole(text))) == Ids{"s"});
  }
}

TEST_CASE("a service is of the categories above its own, wherever in the directory those are named") {
  const directory::Category waste{"1", "Waste", "", ""}, recycling{"2", "Recycling", "", "1"},
      glass{"3", "Glass", "", "2"};
  std::vector<directory::Service> services;
  for (int i = 0; i < 60; ++i) {
    directory::Service one = service(std::to_string(i), "Number " + std::to_string(i));
    if (i % 3 == 0) one.description = "We take waste, and more waste.";
    if (i % 2 == 0) one.categories = {i % 4 == 0 ? glass : recycling};
    services.push_back(one);
  }
  directory::Service above = service("above", "Tips"), between = service("between", "Banks");
  above.categories = {waste};
  between.categories = {recycling};
  std::vector<directory::Service> first = services, last = services;
  first.insert(first.begin(), {above, between});
  last.insert(last.end(), {between, above});
  for (const auto& listed : {first, last}) {
    const auto index = index_of(listed);  // refused, were the records of a word out of order or twice there
    CHECK(index->find(whole("waste")).hits.size() == 42);      // 30 by category, 10 more by description, and two
    CHECK(index->find(whole("recycling")).hits.size() == 31);  // 30, and the one between
    CHECK(index->find(whole("glass")).hits.size() == 15);
    const Ids found = ids(index->find(whole("waste")));
    // A service's own category says more of it than one above.
    CHECK(std::find(found.begin(), found.end(), "above") < std::find(found.begin(), found.end(), "between"));
  }
  CHECK(ids(index_of(first)->find(whole("waste"))) == ids(index_of(last)->find(whole("waste"))));
}

TEST_CASE("all words beat some words, and function words carry no weight") {
  const auto index =
      index_of({service("some", "Parking fines and parking"), service("all", "Parking permits for residents"),
                service("none", "How do I get what I need")});
  CHECK(ids(index->find(whole("parking permit"))).front() == "all");
  CHECK(ids(index->find(whole("how do I get a parking permit for my street"))) == Ids{"all", "some"});
  // With nothing but function words, they are what is looked for.
  CHECK(ids(index->find(whole("how do i"))) == Ids{"none"});
}

TEST_CASE("stems meet, while typing too") {
  const auto index = index_of({service("housing", "Housing advice"), service("adopt", "Adopting a child")});
  for (const char* text : {"h", "ho", "hous", "housi", "housin", "housing", "houses"}) {
    Query query;
    query.text = text;
    CAPTURE(text);
    CHECK(ids(index->find(query)) == Ids{"housing"});
  }
  CHECK(ids(index->find(whole("adoption"))) == Ids{"adopt"});
  CHECK(index->find(whole("hou")).hits.empty());  // finished, so no beginning
  Query spaced;
  spaced.text = "hou ";
  CHECK(index->find(spaced).hits.empty());
}

TEST_CASE("typing errors find the word, below every exact hit") {
  const auto index = index_of({service("badge", "Blue badge"), service("library", "Library cards"),
                               service("bags", "Blue bags"), service("allotment", "Allotment garden")});
  CHECK(ids(index->find(whole("libary"))) == Ids{"library"});
  CHECK(ids(index->find(whole("blue bage"))).front() != "library");
  CHECK(ids(index->find(whole("badge"))).front() == "badge");
  CHECK(ids(index->find(whole("alotmnet"))) == Ids{"allotment"});  // two errors in eight letters
  CHECK(ids(index->find(whole("lbirary"))) == Ids{"library"});
  CHECK(index->find(whole("cra")).hits.empty());  // too short to guess at
}

TEST_CASE("two errors are understood, also where the first letter is one of them") {
  const auto index = index_of({service("asbestos", "Asbestos removal"), service("garden", "Garden waste")});
  for (const char* const typed : {"asbsetso", "sabestso", "adbesros", "zsbestoss", "sbestso", "aasbesto"}) {
    CAPTURE(typed);
    CHECK(ids(index->find(whole(typed))) == Ids{"asbestos"});
  }
}

TEST_CASE("a word that stands nowhere is a slip: it weighs like the word that was meant, in all its forms") {
  const auto index =
      index_of({service("fouling", "Dog fouling"), service("welfare", "Animal welfare"), service("fouls", "Foul water"),
                service("inspection", "Animal inspection"), service("import", "Animal import")});
  const Ids found = ids(index->find(whole("animal fouking")));
  CHECK(found.front() == "fouling");
  CHECK(std::find(found.begin(), found.end(), "fouls") != found.end());
  // Words that say little do so with a slip as well.
  const auto reports = index_of({service("noise", "Noise"), service("reports", "Annual reports")});
  CHECK(ids(reports->find(whole("reoprt nosie"))).front() == "noise");
}

TEST_CASE("words written apart find the word written together") {
  const auto index = index_of({service("tip", "Flytipping"), service("mine", "Safety of mines")});
  CHECK(ids(index->find(whole("fly tipping"))) == Ids{"tip"});
}

TEST_CASE("the authority that serves the address, and the nearer place, come first among equals") {
  directory::Service near = service("near", "Bin collection"), far = service("far", "Bin collection");
  near.organisation.authority = "E1";
  far.organisation.authority = "E2";
  directory::Place place;
  place.point = kiosk::core::GeoPoint{51.5, -2.5};
  near.places = {place};
  place.point = kiosk::core::GeoPoint{51.9, -2.9};
  far.places = {place};
  const auto index = index_of({near, far});

  Query query = whole("bin collection");
  CHECK(ids(index->find(query)) == Ids{"far", "near"});  // equals, by key
  query.authorities = {"E1"};
  CHECK(ids(index->find(query)) == Ids{"near", "far"});
  query.authorities = {"E2", "unknown"};
  CHECK(ids(index->find(query)) == Ids{"far", "near"});
  query.authorities = {};
  query.near = kiosk::core::GeoPoint{51.5, -2.5};
  CHECK(ids(index->find(query)) == Ids{"near", "far"});
  query.near = kiosk::core::GeoPoint{51.9, -2.9};
  CHECK(ids(index->find(query)) == Ids{"far", "near"});

  // A service that says which area it serves, by the code at the end of a uri.
  directory::Service area = service("area", "Bin collection");
  area.areas = {{"Somewhere", "https://example.org/id/statistical-geography/E9"}};
  query = whole("bin collection");
  query.authorities = {"E9"};
  CHECK(ids(index_of({near, far, area})->find(query)).front() == "area");
}

TEST_CASE("only active services are held, and limits are kept") {
  std::vector<directory::Service> services;
  for (int i = 0; i < 30; ++i) services.push_back(service(std::to_string(i), "Swimming"));
  services[3].status = directory::ServiceStatus::Defunct;
  const auto index = index_of(services);
  CHECK(index->size() == 29);
  CHECK(index->generation() == 7);
  CHECK(index->memory_bytes() > 0);
  Query query = whole("swimming");
  query.limit = 5;
  CHECK(index->find(query).hits.size() == 5);
  query.limit = 0;
  CHECK(index->find(query).hits.size() == 1);
  query.limit = SIZE_MAX;
  CHECK(index->find(query).hits.size() == 29);
}

TEST_CASE("did you mean: only where little is found, in the records' own words") {
  const auto index = index_of({service("1", "Śmieci wielkogabarytowe"), service("2", "Council tax"),
                               service("3", "Council housing"), service("4", "Library")});
  CHECK(index->find(whole("smieic")).suggestions == Ids{"Śmieci"});
  CHECK(index->find(whole("concil tax")).suggestions.front() == "council tax");
  CHECK(index->find(whole("xibrary")).suggestions == Ids{"library"});  // even the first letter
  CHECK(index->find(whole("council tax")).suggestions.empty());
  CHECK(index->find(whole("founcib")).suggestions.empty());  // two errors, one of them in the first letter
  const auto badges = index_of({service("1", "Blue badge"), service("2", "Waste bags"), service("3", "Bags for food")});
  CHECK(badges->find(whole("blue bage")).suggestions.front() == "blue badge");  // what stands beside "blue"
  CHECK(index->find(whole("zzzzzz")).suggestions.empty());
}

TEST_CASE("an index of nothing, and an error of its source") {
  const auto empty = index_of({});
  CHECK(empty->size() == 0);
  CHECK(empty->find(whole("library")).hits.empty());
  CHECK(empty->find(whole("library")).marks("A library").size() == 1);

  class Failing final : public kiosk::search::ServiceSource {
   public:
    std::int64_t generation() const override { return 0; }
    kiosk::core::Status for_each(const std::function<kiosk::core::Status(const directory::Service&)>&) const override {
      return kiosk::core::make_error(kiosk::core::ErrorKind::Corrupt, "page 3 is damaged");
    }
  };
  const auto failed = kiosk::search::Index::build(Failing());
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().kind == kiosk::core::ErrorKind::Corrupt);
}
