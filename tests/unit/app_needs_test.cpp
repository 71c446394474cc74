// Forty everyday needs in fifteen languages, over the demo region: the right service is among the first three.
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

}  // namespace

TEST_CASE("everyday needs are met in every language, whichever the screen's is") {
  const kiosk::test::TemporaryFolder folder;
  import_demo(folder.path() / "directory.db");
  const core::SystemClock clock;
  const auto knowledge =
      app::Knowledge::open(std::make_shared<settings::Settings>(), folder.path() / "directory.db", clock);
  REQUIRE(knowledge.ok());
  const auto bytes = core::read_file(source() / "tests" / "unit" / "search_needs.tsv");
  REQUIRE(bytes.ok());
  core::CsvLimits tabs;
  tabs.separator = '\t';
  auto table = core::CsvTable::open(*bytes, "search_needs.tsv", tabs);
  REQUIRE(table.ok());
  std::map<std::string, std::pair<int, int>> met;  // of all, by language
  std::string missed;
  while (*table->next()) {
    search::Query query;
    query.text = table->field("query");
    query.limit = 3;
    query.last_word_is_prefix = false;
    const std::string wanted = "|" + std::string(table->field("services")) + "|";
    bool found = false;
    for (const search::Hit& hit : (*knowledge)->find(query).hits)
      found |= wanted.find("|" + hit.key.source + "/" + hit.key.id + "|") != std::string::npos;
    auto& [good, all] = met[std::string(table->field("language"))];
    good += found;
    ++all;
    if (!found) missed += std::string(table->field("language")) + ": " + query.text + "\n";
  }
  CAPTURE(missed);
  CHECK(met.size() == 15);
  int good = 0, all = 0;
  for (const auto& [language, counts] : met) {
    CAPTURE(language);
    CHECK(counts.first >= counts.second * 9 / 10);
    good += counts.first;
    all += counts.second;
  }
  CHECK(all == 600);
  CHECK(good * 100 >= all * 95);
}
