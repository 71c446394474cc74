// Everyday needs, and those of people in danger, over the demo region: the right service is among the first three.
#include <map>
#include <set>

#include "kiosk/app/knowledge.h"
#include "kiosk/core/csv.h"
#include "kiosk/core/files.h"
#include "kiosk/directory/import.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;

namespace {

std::filesystem::path source() { return KIOSK_SOURCE_DIR; }

void import_demo(const std::filesystem::path& file) {
  auto directory = directory::Directory::open(file, directory::Directory::Access::Write);
  REQUIRE(directory.ok());
  for (const auto& feed : std::filesystem::directory_iterator(source() / "assets" / "demo" / "feeds")) {
    const std::string id = feed.path().stem();
    REQUIRE(directory::import_file(*directory, {id, id, ""}, feed.path(), core::SystemClock(), {}).ok());
  }
}

struct Met {
  std::map<std::string, std::pair<int, int>> by_language;  // of all
  std::string missed;                                      // the queries, a line each
};

// Asks what a table of tests/unit says, with columns language, need, query and services.
Met ask(const std::string& file) {
  const kiosk::test::TemporaryFolder folder;
  import_demo(folder.path() / "directory.db");
  const core::SystemClock clock;
  const auto knowledge =
      app::Knowledge::open(std::make_shared<settings::Settings>(), folder.path() / "directory.db", clock);
  REQUIRE(knowledge.ok());
  const auto bytes = core::read_file(source() / "tests" / "unit" / file);
  REQUIRE(bytes.ok());
  core::CsvLimits tabs;
  tabs.separator = '\t';
  auto table = core::CsvTable::open(*bytes, file, tabs);
  REQUIRE(table.ok());
  Met met;
  while (*table->next()) {
    search::Query query;
    query.text = table->field("query");
    query.limit = 3;
    query.last_word_is_prefix = false;
    const std::string wanted = "|" + std::string(table->field("services")) + "|";
    bool found = false;
    for (const search::Hit& hit : (*knowledge)->find(query).hits)
      found |= wanted.find("|" + hit.key.source + "/" + hit.key.id + "|") != std::string::npos;
    auto& [good, all] = met.by_language[std::string(table->field("language"))];
    good += found;
    ++all;
    if (!found) met.missed += std::string(table->field("language")) + ": " + query.text + "\n";
  }
  return met;
}

}  // namespace

TEST_CASE("who is in danger, robbed, hungry or without a roof is never sent elsewhere, however it is said") {
  const Met met = ask("urgent_needs.tsv");
  CAPTURE(met.missed);
  CHECK(met.by_language.size() == 16);
  CHECK(met.by_language.at("en").second > 150);
  CHECK(met.missed.empty());
}

TEST_CASE("everyday needs are met in every language, whichever the screen's is") {
  const Met met = ask("search_needs.tsv");
  CAPTURE(met.missed);
  CHECK(met.by_language.size() == 15);
  int good = 0, all = 0;
  for (const auto& [language, counts] : met.by_language) {
    CAPTURE(language);
    CHECK(counts.first >= counts.second * 9 / 10);
    good += counts.first;
    all += counts.second;
  }
  CHECK(all == 600);
  CHECK(good * 100 >= all * 95);
}
