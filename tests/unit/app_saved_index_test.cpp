// The search index beside the directory: made by whoever changes that, and made whatever the lexicon is like.
#include <fstream>

#include "kiosk/app/saved_index.h"
#include "kiosk/core/files.h"
#include "kiosk/directory/import.h"
#include "tests/unit/app_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace app_test;
using kiosk::test::TemporaryFolder;

namespace {

struct Store {
  TemporaryFolder folder;
  core::AdjustableClock clock{kMorning};

  std::filesystem::path database() const { return folder.path() / "directory.db"; }
  std::filesystem::path index() const { return app::index_file_of(database()); }
  directory::Directory open() const {
    auto opened = directory::Directory::open(database(), directory::Directory::Access::Write);
    REQUIRE(opened.ok());
    return std::move(opened).value();
  }
  void import_feed(directory::Directory& directory, const std::string& id) const {
    REQUIRE(directory::import_file(directory, {id, id, ""}, kAssets / "demo/feeds" / (id + ".json"), clock).ok());
  }
  std::string bytes() const {
    auto read = core::read_file(index());
    REQUIRE(read.ok());
    return std::move(read).value();
  }
};

std::size_t hits(const search::Index& index, const std::string& text) {
  search::Query query;
  query.text = text;
  return index.find(query).hits.size();
}

}  // namespace

TEST_CASE("an index that was kept is of this directory, and is taken as it is") {
  const Store store;
  directory::Directory directory = store.open();
  store.import_feed(directory, "kelderby");
  REQUIRE(app::keep_index(directory, store.database()).ok());
  const std::string kept = store.bytes();
  const auto made = std::filesystem::last_write_time(store.index());
  const auto index = app::current_index(directory, store.index(), kAssets / "search");
  REQUIRE(index.ok());
  CHECK((*index)->generation() == *directory.generation());
  CHECK(hits(**index, "missed bin") > 0);
  CHECK(std::filesystem::last_write_time(store.index()) == made);
  store.import_feed(directory, "northfield");
  REQUIRE(app::keep_index(directory, store.database()).ok());
  CHECK(store.bytes() != kept);
  CHECK(hits(**index, "missed bin") > 0);  // who has the old one open keeps it
}

TEST_CASE("a faulty lexicon costs the concepts, not the search") {
  const Store store;
  directory::Directory directory = store.open();
  store.import_feed(directory, "kelderby");
  const std::filesystem::path lexicon = store.folder.path() / "search";
  std::filesystem::create_directory(lexicon);
  std::ofstream(lexicon / "health.txt") << "concept x\n";
  REQUIRE_FALSE(search::load_concepts(lexicon).ok());
  const auto index = app::current_index(directory, store.index(), lexicon);
  REQUIRE(index.ok());
  CHECK(hits(**index, "missed bin") > 0);
  // It is built once, not at each start.
  const auto made = std::filesystem::last_write_time(store.index());
  REQUIRE(app::current_index(directory, store.index(), lexicon).ok());
  CHECK(std::filesystem::last_write_time(store.index()) == made);
  // Concepts come back with a sound one.
  const auto mended = app::current_index(directory, store.index(), kAssets / "search");
  REQUIRE(mended.ok());
  search::Query query;
  query.text = "my bin was not emptied";
  CHECK_FALSE((*mended)->find(query).concepts.empty());
  CHECK((*index)->find(query).concepts.empty());
  // And stay, of the saved index, when a fault comes in later.
  const auto after = app::current_index(directory, store.index(), lexicon);
  REQUIRE(after.ok());
  CHECK_FALSE((*after)->find(query).concepts.empty());
}
