#include <algorithm>
#include <array>

#include "kiosk/core/files.h"
#include "kiosk/store/migrate.h"
#include "kiosk/store/query.h"
#include "kiosk/store/repair.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::store;
using kiosk::core::AdjustableClock;
using kiosk::core::ErrorKind;
using kiosk::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::array kSteps{
    Migration{1, "people", "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p NOT NULL REFERENCES p)"},
    Migration{2, "names",
              "ALTER TABLE p ADD COLUMN name TEXT; INSERT INTO p VALUES (1, 'one'); INSERT INTO c VALUES (1)"},
    Migration{4, "rebuilt",
              "CREATE TABLE p2 (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO p2 SELECT * FROM p;"
              "DROP TABLE p; ALTER TABLE p2 RENAME TO p"},
};

std::string compact_listing(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  std::string listing;
  for (const std::string& name : names) listing += name + " ";
  return listing;
}

}  // namespace

TEST_CASE("migrate: from nothing and from every version to the newest, once") {
  for (std::size_t known = 0; known <= kSteps.size(); ++known) {
    Database database = Database::open_in_memory().value();
    REQUIRE(migrate(database, std::span(kSteps).first(known)).ok());
    REQUIRE(migrate(database, kSteps).ok());
    REQUIRE(migrate(database, kSteps).ok());
    CHECK(schema_version(database).value() == 4);
    CHECK(query_one<std::string>(database, "SELECT name FROM p JOIN c ON c.p = p.id").value() == "one");
    CHECK_FALSE(execute(database, "INSERT INTO c VALUES (99)").ok());  // foreign keys are on again
  }
}

TEST_CASE("migrate: a newer database is refused and left alone") {
  Database database = Database::open_in_memory().value();
  REQUIRE(migrate(database, kSteps).ok());
  const auto status = migrate(database, std::span(kSteps).first(2));
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().kind == ErrorKind::Unsupported);
  CHECK(status.error().what.find("version 4") != std::string::npos);
  CHECK(schema_version(database).value() == 4);
}

TEST_CASE("migrate: a step that fails leaves nothing of itself, and the steps before it stay") {
  Database database = Database::open_in_memory().value();
  const std::array broken{kSteps[0], Migration{2, "half", "CREATE TABLE half (id); INSERT INTO nowhere VALUES (1)"}};
  const auto status = migrate(database, broken);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().describe().find("version 2 (half)") != std::string::npos);
  CHECK(schema_version(database).value() == 1);
  CHECK(query_one<int>(database, "SELECT count(*) FROM sqlite_master WHERE name = 'half'").value() == 0);
  CHECK_FALSE(execute(database, "INSERT INTO c VALUES (99)").ok());
}

TEST_CASE("migrate: a step may not leave orphans, nor come out of order") {
  Database database = Database::open_in_memory().value();
  const std::array orphans{kSteps[0], kSteps[1], Migration{3, "orphans", "DELETE FROM p"}};
  CHECK_FALSE(migrate(database, orphans).ok());
  CHECK(schema_version(database).value() == 2);
  const std::array disorder{kSteps[1], kSteps[0]};
  CHECK(migrate(database, disorder).error().kind == ErrorKind::Internal);
}

TEST_CASE("repair: damage inside the file is found") {
  const TemporaryFolder folder;
  {
    Database database = Database::open(folder / "t.db").value();
    REQUIRE(database.run_script("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)").ok());
    for (int i = 0; i < 200; ++i)
      REQUIRE(execute(database, "INSERT INTO t (name) VALUES (?1)", std::string(300, 'x')).ok());
    REQUIRE(database.checkpoint().ok());
    CHECK(quick_check(database).ok());
  }
  std::string bytes = *kiosk::core::read_file(folder / "t.db");
  for (std::size_t i = 4096; i < bytes.size(); i += 4096) bytes.replace(i, 64, std::string(64, '\x7F'));
  REQUIRE(kiosk::core::write_file_atomically(folder / "t.db", bytes).ok());
  Database database = Database::open(folder / "t.db").value();
  const auto status = quick_check(database);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().kind == ErrorKind::Corrupt);
}

TEST_CASE("repair: a damaged database is set aside with its log, never over another") {
  const TemporaryFolder folder;
  const AdjustableClock clock(kiosk::core::parse_iso8601("2026-11-23T14:32:05.123Z").value());
  for (const char* suffix : {"", "-wal", "-shm"}) {
    REQUIRE(kiosk::core::write_file_atomically(folder / (std::string("d.db") + suffix), suffix).ok());
  }
  const auto first = set_aside(folder / "d.db", clock);
  REQUIRE(first.ok());
  CHECK(*first == folder / "d.db.damaged-20261123T143205Z");
  CHECK(compact_listing(folder.path()) ==
        "d.db.damaged-20261123T143205Z d.db.damaged-20261123T143205Z-shm d.db.damaged-20261123T143205Z-wal ");
  CHECK(*kiosk::core::read_file(first->string() + "-wal") == "-wal");
  REQUIRE(kiosk::core::write_file_atomically(folder / "d.db", "again").ok());
  const auto second = set_aside(folder / "d.db", clock);
  REQUIRE(second.ok());
  CHECK(*second != *first);
  CHECK(set_aside(folder / "d.db", clock).error().kind == ErrorKind::NotFound);
}
