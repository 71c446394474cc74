// The counts behind the gap report: what is kept, for how long, and what is shown.
#include <fstream>

#include "kiosk/app/gap_ledger.h"
#include "kiosk/app/knowledge.h"
#include "kiosk/core/files.h"
#include "kiosk/directory/import.h"
#include "kiosk/visit/update.h"
#include "tests/unit/app_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace app_test;
using kiosk::test::TemporaryFolder;
using visit::CountGap;

namespace {

struct Ledger {
  TemporaryFolder folder;
  core::AdjustableClock clock{kMorning};
  app::GapLedger gaps{folder.path() / "gaps.db", clock};

  void count(int times, const CountGap& gap) {
    for (int i = 0; i < times; ++i) REQUIRE(gaps.count(gap).ok());
  }
  app::GapReport report(std::optional<core::Date> since = {}) const {
    auto made = gaps.report(since);
    REQUIRE(made.ok());
    return *made;
  }
  // Whatever is in the folder of the counts.
  std::string bytes() const {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      const auto read = core::read_file(file.path());
      REQUIRE(read.ok());
      all += *read;
    }
    return all;
  }
};

CountGap gap(const std::string& need, const std::string& language = "en", const std::string& authority = "E07999001",
             CountGap::Kind kind = CountGap::Kind::Nothing) {
  return {kind, language, {need}, authority};
}

}  // namespace

TEST_CASE("a report says what was looked for, how often, in which language and where, by the month") {
  Ledger ledger;
  CHECK(ledger.report().rows.empty());
  ledger.count(4, gap("lost-job"));
  ledger.count(2, gap("lost-job", "en", "E07999001", CountGap::Kind::Weak));
  ledger.count(3, gap("lost-job", "pl"));
  ledger.count(7, CountGap{CountGap::Kind::Nothing, "en", {}, ""});
  ledger.clock.advance(std::chrono::days(10));
  ledger.count(3, CountGap{CountGap::Kind::Weak, "en", {"benefits", "lost-job"}, "E07999001"});
  const app::GapReport report = ledger.report();
  REQUIRE(report.rows.size() == 5);
  CHECK(report.left_out == 0);
  CHECK(report.rows[0].month == "2026-12");
  CHECK(report.rows[0].need == "benefits");
  CHECK(report.rows[1].need == "lost-job");
  CHECK(report.rows[2].month == "2026-11");
  CHECK(report.rows[2].need.empty());
  CHECK(report.rows[2].nothing == 7);
  CHECK(report.rows[3].need == "lost-job");
  CHECK(report.rows[3].authority == "E07999001");
  CHECK(report.rows[3].nothing == 4);
  CHECK(report.rows[3].weak == 2);
  CHECK(report.rows[4].language == "pl");
}

TEST_CASE("small counts are not shown, however the report is asked for") {
  Ledger ledger;
  ledger.count(2, gap("lost-job", "pl"));
  ledger.count(2, gap("lost-job"));
  ledger.count(3, gap("homeless"));
  const app::GapReport report = ledger.report();
  REQUIRE(report.rows.size() == 1);
  CHECK(report.rows[0].need == "homeless");
  CHECK(report.left_out == 4);
  SECTION("a day in the middle of a month asks for the month") {
    ledger.clock.advance(std::chrono::days(1));
    ledger.count(1, gap("homeless"));
    CHECK(ledger.report(core::Date(std::chrono::year{2026} / 11 / 25)).rows.at(0).times() == 4);
    CHECK(ledger.report(core::Date(std::chrono::year{2026} / 12 / 1)).rows.empty());
  }
}

TEST_CASE("the day of a search is not kept, the month is") {
  Ledger ledger;
  ledger.count(1, gap("lost-job"));
  ledger.clock.advance(std::chrono::days(2));
  ledger.count(2, gap("lost-job"));
  REQUIRE(ledger.report().rows.size() == 1);
  CHECK(ledger.report().rows[0].times() == 3);
  CHECK(ledger.bytes().find("2026-11") != std::string::npos);
  CHECK(ledger.bytes().find("2026-11-") == std::string::npos);
}

TEST_CASE("counts are gone after 400 days, from the disk as well") {
  Ledger ledger;
  ledger.count(3, gap("old-need"));
  ledger.clock.advance(std::chrono::days(370));
  CHECK(ledger.report().rows.size() == 1);
  ledger.clock.advance(std::chrono::days(31));
  CHECK(ledger.report().rows.empty());
  ledger.count(3, gap("new-need"));
  CHECK(ledger.bytes().find("old-need") == std::string::npos);
  CHECK(ledger.bytes().find("new-need") != std::string::npos);
}

TEST_CASE("the counts take a bounded room: beyond it the oldest month goes, all of it") {
  Ledger ledger;
  ledger.count(3, gap("oldest"));
  ledger.count(3, gap("as-old"));
  ledger.clock.advance(std::chrono::days(40));
  CountGap many{CountGap::Kind::Nothing, "en", {}, ""};
  for (std::int64_t i = 0; i < app::GapLedger::kMostRows; ++i) many.needs.push_back("need-" + std::to_string(i));
  ledger.count(3, many);
  const app::GapReport report = ledger.report();
  CHECK(report.rows.size() == static_cast<std::size_t>(app::GapLedger::kMostRows));
  CHECK(report.rows.back().month == "2027-01");
  ledger.count(3, gap("one-too-many"));  // a month alone that is full stays as it is
  for (const app::GapRow& row : ledger.report().rows) CHECK(row.need != "one-too-many");
  CHECK(ledger.report().rows.size() == report.rows.size());
}

TEST_CASE("a damaged file is begun anew, and storage that takes none costs the count alone") {
  Ledger ledger;
  std::ofstream(ledger.folder.path() / "gaps.db") << std::string(5000, 'x');
  CHECK_FALSE(ledger.gaps.report({}).ok());
  ledger.count(3, gap("lost-job"));
  CHECK(ledger.report().rows.size() == 1);
  core::AdjustableClock clock(kMorning);
  app::GapLedger nowhere(ledger.folder.path() / "no/such/folder/gaps.db", clock);
  CHECK_FALSE(nowhere.count(gap("lost-job")).ok());
  CHECK(nowhere.report({})->rows.empty());
}

TEST_CASE("from key to disk: nothing that was typed, and no postcode, is kept") {
  Ledger ledger;
  const TemporaryFolder site;
  const std::filesystem::path demo = std::filesystem::path(KIOSK_SOURCE_DIR) / "assets/demo";
  {
    auto directory = directory::Directory::open(site / "directory.db", directory::Directory::Access::Write);
    REQUIRE(directory.ok());
    REQUIRE(directory::import_file(*directory, {"kelderby", "kelderby", ""}, demo / "feeds/kelderby.json", ledger.clock)
                .ok());
  }
  auto settings = std::make_shared<settings::Settings>();
  settings->areas.postcodes = {demo / "areas/postcodes.csv"};
  settings->areas.authorities = {demo / "areas/authorities.csv"};
  const auto knowledge = app::Knowledge::open(settings, site / "directory.db", ledger.clock);
  REQUIRE(knowledge.ok());

  visit::State state = visit::initial_state(settings);
  core::Milliseconds now{1000};
  std::size_t counted = 0;
  const auto happens = [&](visit::Event event) {
    visit::Next next = visit::update(std::move(state), {std::move(event), now, ledger.clock.now() + now});
    state = std::move(next.state);
    for (visit::Effect& effect : next.effects) {
      if (const auto* one = effect.get_if<CountGap>()) {
        ++counted;
        ledger.count(3, *one);
      }
      if (const auto* asked = effect.get_if<visit::RunSearch>()) {
        visit::SearchLoaded answer{asked->ticket, (*knowledge)->search(asked->query, asked->whereabouts)};
        next = visit::update(std::move(state), {std::move(answer), now, ledger.clock.now() + now});
        state = std::move(next.state);
      }
    }
  };
  happens(visit::EditField{visit::Field::Search, core::SecretText(std::string("xqzvwplugh nf1 1aa"))});
  now += std::chrono::seconds(2);
  happens(visit::Tick{});
  CHECK(counted == 1);
  const app::GapReport report = ledger.report();
  REQUIRE(report.rows.size() == 1);
  CHECK(report.rows[0].need.empty());
  CHECK(report.rows[0].authority == "E07999001");
  for (const char* typed : {"xqzv", "plugh", "nf1", "NF1", "1AA"}) {
    CAPTURE(typed);
    CHECK(ledger.bytes().find(typed) == std::string::npos);
  }
}
