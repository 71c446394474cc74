// What the kiosk knows from its own disk, on the demo region.
#include <algorithm>

#include "kiosk/app/knowledge.h"
#include "kiosk/directory/import.h"
#include "kiosk/store/database.h"
#include "kiosk/store/repair.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using kiosk::test::TemporaryFolder;

namespace {

const std::filesystem::path kDemo = std::filesystem::path(KIOSK_SOURCE_DIR) / "assets/demo";
// Tuesday 24 November 2026, 10:00 in London.
const core::Instant kMorning = std::chrono::sys_days(std::chrono::year{2026} / 11 / 24) + std::chrono::hours(10);

std::shared_ptr<const settings::Settings> demo_settings() {
  auto settings = std::make_shared<settings::Settings>();
  settings->kiosk.point = core::GeoPoint{53.0049, -0.6287};
  settings->areas.postcodes = {kDemo / "areas/postcodes.csv"};
  settings->areas.authorities = {kDemo / "areas/authorities.csv"};
  settings->topics.file = kDemo / "topics.json";
  return settings;
}

void import_feed(const std::filesystem::path& database, const std::string& id, const std::string& authority,
                 const core::Clock& clock) {
  auto directory = directory::Directory::open(database, directory::Directory::Access::Write);
  REQUIRE(directory.ok());
  const auto report = directory::import_file(*directory, {id, id, authority}, kDemo / "feeds" / (id + ".json"), clock);
  REQUIRE(report.ok());
  REQUIRE(report->seen > 0);
}

struct Site {
  TemporaryFolder folder;
  core::AdjustableClock clock{kMorning};
  std::unique_ptr<app::Knowledge> knowledge;

  std::filesystem::path database() const { return folder.path() / "directory.db"; }
  Site() {
    import_feed(database(), "northfield", "E07999001", clock);
    import_feed(database(), "kelderby", "E06999001", clock);
    auto opened = app::Knowledge::open(demo_settings(), database(), clock);
    REQUIRE(opened.ok());
    knowledge = std::move(opened).value();
  }
};

search::Query query(const std::string& text) {
  search::Query query;
  query.text = text;
  return query;
}

}  // namespace

TEST_CASE("a search gives cards with what residents ask first") {
  const Site site;
  const visit::SearchResults results =
      site.knowledge->search(query("missed bin"), {core::GeoPoint{53.0049, -0.6287}, {}});
  REQUIRE_FALSE(results.cards.empty());
  const visit::ServiceCard& first = results.cards.front();
  CHECK_FALSE(first.marks.empty());
  CHECK_FALSE(first.organisation.empty());
  CHECK(first.serving == visit::Serving::Unknown);
}

TEST_CASE("an address tells whose service is whose, and ranks its own first") {
  const Site site;
  const auto area = site.knowledge->area("NF1 1AA");
  REQUIRE(area.ok());
  search::Query bins = query("missed bin");
  for (const areas::Serves& serves : area->alternatives.front()) bins.authorities.push_back(serves.authority.code);
  const visit::SearchResults results = site.knowledge->search(bins, {area->point, *area});
  REQUIRE(results.cards.size() >= 2);
  CHECK(results.cards.front().serving == visit::Serving::YourAddress);
  CHECK(std::any_of(results.cards.begin(), results.cards.end(),
                    [](const auto& card) { return card.serving == visit::Serving::Elsewhere; }));
}

TEST_CASE("topics count what they hold, and list what serves the address first") {
  const Site site;
  const auto topics = site.knowledge->topics();
  REQUIRE_FALSE(topics.empty());
  for (const visit::Topic& topic : topics) {
    const auto services = site.knowledge->topic_services(topic.id, {});
    REQUIRE(services.ok());
    CHECK(services->size() == topic.services);
    CHECK(topic.services > 0);
  }
  CHECK(site.knowledge->topic_services("no such topic", {}).error().kind == core::ErrorKind::NotFound);
}

TEST_CASE("a place told of by several services is one place, the nearest first") {
  const Site site;
  const auto places = site.knowledge->places({core::GeoPoint{53.0049, -0.6287}, {}});
  REQUIRE(places.ok());
  REQUIRE(places->size() > 5);
  for (std::size_t i = 1; i < places->size(); ++i) {
    CHECK((*places)[i - 1].walking_minutes.value_or(1000) <= (*places)[i].walking_minutes.value_or(1000));
    for (std::size_t j = 0; j < i; ++j) {
      const bool same = (*places)[i].place.name == (*places)[j].place.name &&
                        (*places)[i].place.address->postcode == (*places)[j].place.address->postcode;
      CHECK_FALSE(same);
    }
  }
  const bool several =
      std::any_of(places->begin(), places->end(), [](const auto& card) { return card.services.size() > 1; });
  CHECK(several);
}

TEST_CASE("a place has the hours of whoever opens its doors, not of those who come once a month") {
  const Site site;
  const auto places = site.knowledge->places({});
  REQUIRE(places.ok());
  const auto found = std::find_if(places->begin(), places->end(),
                                  [](const auto& card) { return card.place.name == "Northfield Civic Centre"; });
  REQUIRE(found != places->end());
  CHECK(found->organisation == "Northfield District Council");
  const auto open_days =
      std::count_if(found->week.begin(), found->week.end(), [](const auto& day) { return !day.intervals.empty(); });
  CHECK(open_days >= 5);
}

TEST_CASE("what sync publishes is taken up, and nothing else makes work") {
  Site site;
  CHECK_FALSE(site.knowledge->refresh());
  const auto of_police = [&] {
    const auto hits = site.knowledge->find(query("firearms certificate")).hits;
    return std::count_if(hits.begin(), hits.end(),
                         [](const search::Hit& hit) { return hit.key.source == "ashkelder-police"; });
  };
  CHECK(of_police() == 0);
  import_feed(site.database(), "ashkelder-police", "E23999001", site.clock);
  CHECK(site.knowledge->refresh());
  CHECK(of_police() > 0);
  CHECK_FALSE(site.knowledge->refresh());
}

TEST_CASE("a directory whose pages are sound and whose records are not is set aside, and sync fills the new one") {
  Site site;
  site.knowledge.reset();
  {
    auto database = store::Database::open(site.database());
    REQUIRE(database.ok());
    REQUIRE(database->run_script("UPDATE services SET record = 'x' WHERE id = (SELECT min(id) FROM services)").ok());
  }
  auto opened = app::Knowledge::open(demo_settings(), site.database(), site.clock);
  REQUIRE(opened.ok());
  CHECK((*opened)->empty());
  import_feed(site.database(), "northfield", "E07999001", site.clock);
  CHECK((*opened)->refresh());
  CHECK_FALSE((*opened)->empty());
}

TEST_CASE("a directory that sync had to begin anew is taken up without a restart") {
  Site site;
  REQUIRE(store::set_aside(site.database(), site.clock).ok());
  import_feed(site.database(), "ashkelder-police", "E23999001", site.clock);
  CHECK(site.knowledge->refresh());
  const auto hits = site.knowledge->find(query("firearms certificate")).hits;
  REQUIRE_FALSE(hits.empty());
  CHECK(site.knowledge->service(hits.front().key, {}).ok());
}

TEST_CASE("storage that cannot be written to leaves what was known, and a folder with no directory an empty one") {
  Site site;
  site.knowledge.reset();
  // A directory in the place of the -shm: SQLite can then open the file no more than on a full or read-only disk.
  std::filesystem::create_directory(site.database().string() + "-shm");
  auto opened = app::Knowledge::open(demo_settings(), site.database(), site.clock);
  REQUIRE(opened.ok());
  CHECK_FALSE((*opened)->find(query("missed bin")).hits.empty());
  auto none = app::Knowledge::open(demo_settings(), site.folder.path() / "no/such/folder/directory.db", site.clock);
  REQUIRE(none.ok());
  CHECK((*none)->empty());
}

TEST_CASE("a record that is old says when it was last checked") {
  Site site;
  const auto hits = site.knowledge->find(query("missed bin")).hits;
  REQUIRE_FALSE(hits.empty());
  CHECK_FALSE(site.knowledge->service(hits.front().key, {})->card.stale_since);
  site.clock.advance(std::chrono::hours(24 * 8));
  CHECK(site.knowledge->service(hits.front().key, {})->card.stale_since == kMorning);
}

TEST_CASE("an area file that a site names and does not have is an error that names it") {
  const TemporaryFolder folder;
  const core::AdjustableClock clock(kMorning);
  auto settings = std::make_shared<settings::Settings>();
  settings->areas.postcodes = {folder.path() / "missing.csv"};
  settings->areas.authorities = {folder.path() / "missing.csv"};
  const auto opened = app::Knowledge::open(settings, folder.path() / "directory.db", clock);
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().describe().find("missing.csv") != std::string::npos);
}
