// What the kiosk knows from its own disk, on the demo region.
#include <algorithm>

#include "kiosk/app/knowledge.h"
#include "kiosk/app/saved_index.h"
#include "kiosk/directory/import.h"
#include "kiosk/store/database.h"
#include "kiosk/store/repair.h"
#include "tests/unit/app_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace app_test;
using kiosk::test::TemporaryFolder;

namespace {

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

// A directory of two authorities with its index: made once, since concepts take longer than these records.
const std::filesystem::path& filled_folder() {
  static const TemporaryFolder made;
  static const bool filled = [] {
    const core::AdjustableClock clock{kMorning};
    const std::filesystem::path database = made / "directory.db";
    import_feed(database, "northfield", "E07999001", clock);
    import_feed(database, "kelderby", "E06999001", clock);
    const auto directory = directory::Directory::open(database, directory::Directory::Access::Write);
    REQUIRE(directory.ok());
    REQUIRE(app::keep_index(*directory, database).ok());
    return true;
  }();
  REQUIRE(filled);
  return made.path();
}

struct Site {
  TemporaryFolder folder;
  core::AdjustableClock clock{kMorning};
  std::unique_ptr<app::Knowledge> knowledge;

  std::filesystem::path database() const { return folder.path() / "directory.db"; }
  Site() {
    std::filesystem::copy(filled_folder(), folder.path());
    auto opened = app::Knowledge::open(demo_settings(), database(), clock);
    REQUIRE(opened.ok());
    knowledge = std::move(opened).value();
  }
};

search::Query query(const std::string& text) {
  search::Query query;
  query.text = text;
  query.limit = 50;
  return query;
}

constexpr core::GeoPoint kHere{53.0049, -0.6287};

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

TEST_CASE("what matched is marked in the summary that a card shows as well") {
  const Site site;
  std::size_t marked = 0;
  for (const visit::ServiceCard& card : site.knowledge->search(query("missed bin"), {kHere, {}}).cards) {
    for (const search::MarkedRange& range : card.summary_marks) {
      REQUIRE(range.begin < range.end);
      REQUIRE(range.end <= card.summary.size());
      marked += card.summary.substr(range.begin, range.end - range.begin).starts_with("bin");
    }
  }
  CHECK(marked > 0);
}

TEST_CASE("the list of what is open now holds whatever says on its card that it is") {
  visit::ServiceCard card;
  const auto listed = [&] { return app::Cards([&](const directory::RecordKey&) { return card; }).is_open({"n", "1"}); };
  CHECK_FALSE(listed());
  card.hours.opening.kind = directory::OpenKind::OpenNow;
  CHECK(listed());
  card.hours.note = "Winter hours";
  CHECK(listed());
}

TEST_CASE("a plain search weighs what is open as the screen's does") {
  const Site site;
  search::Query library = query("library");
  library.explain = true;
  std::size_t open = 0;
  for (const search::Hit& hit : site.knowledge->find(library).hits) {
    const bool holds = hit.filters.test(static_cast<std::size_t>(search::Filter::OpenNow));
    open += holds;
    const auto lifted = [](const search::Factor& factor) { return factor.what == "open" && factor.value > 1; };
    CHECK(std::any_of(hit.factors.begin(), hit.factors.end(), lifted) == holds);
  }
  CHECK(open > 0);
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

TEST_CASE("where something fits, what neither fits nor scores is not shown") {
  const Site site;
  const auto hits = site.knowledge->find(query("missed bin")).hits;
  REQUIRE_FALSE(hits.empty());
  const visit::SearchResults results = site.knowledge->search(query("missed bin"), {kHere, {}});
  CHECK(results.found >= hits.size());
  CHECK_FALSE(results.weak);
  CHECK(results.cards.size() < hits.size());
}

TEST_CASE("a choice leaves as many cards as it says, and what was chosen stays offered") {
  const Site site;
  std::size_t offered = 0;
  for (const char* text : {"missed bin", "library", "parking permit"}) {
    CAPTURE(text);
    const visit::SearchResults results = site.knowledge->search(query(text), {kHere, {}});
    const bool cut = results.found > query(text).limit;  // of what is cut away nobody asks whether it is open
    for (const search::FilterCount& each : results.filters) {
      CHECK(each.hits >= visit::kFewestNarrowed);
      if (cut && each.filter == search::Filter::OpenNow) continue;
      ++offered;
      search::Query narrower = query(text);
      narrower.filters.set(static_cast<std::size_t>(each.filter));
      const visit::SearchResults left = site.knowledge->search(narrower, {kHere, {}});
      CHECK(left.cards.size() == each.hits);
      CHECK(left.found == results.found);
      CHECK(std::any_of(left.filters.begin(), left.filters.end(), [&](const search::FilterCount& one) {
        return one.filter == each.filter && one.hits == each.hits;
      }));
    }
  }
  CHECK(offered > 0);
}

TEST_CASE("a choice over words that find nothing is told from one that leaves nothing") {
  const Site site;
  search::Query nothing = query("xqzvw");
  nothing.filters.set(static_cast<std::size_t>(search::Filter::Free));
  CHECK(site.knowledge->search(nothing, {kHere, {}}).found == 0);
}

TEST_CASE("a postcode among the words is an address, and one that nobody knows spoils nothing") {
  const Site site;
  const auto first = [&](const std::string& text) {
    const visit::SearchResults results = site.knowledge->search(query(text), {kHere, {}});
    REQUIRE_FALSE(results.cards.empty());
    CHECK_FALSE(results.weak);
    return results.cards.front().name;
  };
  CHECK(first("missed bin zx1 1aa") == first("missed bin "));  // the last word is finished in both
  const visit::SearchResults unknown = site.knowledge->search(query("missed bin zx1 1aa"), {kHere, {}});
  CHECK(unknown.unknown_postcode == "ZX1 1AA");
  CHECK_FALSE(unknown.area);
  const visit::SearchResults known = site.knowledge->search(query("missed bin nf1 1aa"), {kHere, {}});
  CHECK(known.unknown_postcode.empty());
  REQUIRE(known.area);
  CHECK(known.area->postcode == "NF1 1AA");
  CHECK(site.knowledge->search(query("zx1 1aa"), {kHere, {}}).cards.empty());
}

TEST_CASE("an outcode is an address, a word where records hold it as one, and never in the place of a whole postcode") {
  const Site site;
  const visit::SearchResults outcode = site.knowledge->search(query("missed bin kb1"), {kHere, {}});
  REQUIRE(outcode.area);
  CHECK(outcode.area->outcode_only);
  CHECK_FALSE(outcode.weak);
  REQUIRE_FALSE(outcode.cards.empty());
  CHECK(outcode.cards.front().serving == visit::Serving::YourAddress);
  const auto given = site.knowledge->area("NF1 1AA");
  REQUIRE(given.ok());
  const visit::SearchResults there = site.knowledge->search(query("missed bin kb1"), {given->point, *given});
  CHECK_FALSE(there.area);
  CHECK_FALSE(there.weak);
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
  const auto& week = found->times.week;
  const auto open_days =
      std::count_if(week.begin(), week.end(), [](const auto& day) { return !day.intervals.empty(); });
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

TEST_CASE("an index that sync has made is taken up as it is") {
  Site site;
  import_feed(site.database(), "ashkelder-police", "E23999001", site.clock);
  {
    const auto directory = directory::Directory::open(site.database(), directory::Directory::Access::Write);
    REQUIRE(directory.ok());
    REQUIRE(app::keep_index(*directory, site.database()).ok());
  }
  const auto made = std::filesystem::last_write_time(app::index_file_of(site.database()));
  CHECK(site.knowledge->refresh());
  CHECK_FALSE(site.knowledge->find(query("firearms certificate")).hits.empty());
  CHECK(std::filesystem::last_write_time(app::index_file_of(site.database())) == made);
}

TEST_CASE("records that cannot be read leave all that was known") {
  Site site;
  const std::size_t topics = site.knowledge->topics().size();
  REQUIRE(topics > 0);
  import_feed(site.database(), "ashkelder-police", "E23999001", site.clock);
  {
    const auto directory = directory::Directory::open(site.database(), directory::Directory::Access::Write);
    REQUIRE(directory.ok());
    REQUIRE(app::keep_index(*directory, site.database()).ok());  // so that the index can be taken up, the records not
    auto database = store::Database::open(site.database());
    REQUIRE(database.ok());
    REQUIRE(database->run_script("UPDATE services SET record = 'x' WHERE id = (SELECT max(id) FROM services)").ok());
  }
  CHECK_FALSE(site.knowledge->refresh());
  CHECK(site.knowledge->topics().size() == topics);
  CHECK_FALSE(site.knowledge->empty());
  CHECK_FALSE(site.knowledge->find(query("missed bin")).hits.empty());
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
