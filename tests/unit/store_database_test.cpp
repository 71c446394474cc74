#include <sys/stat.h>

#include <array>
#include <atomic>
#include <limits>
#include <thread>

#include "kiosk/core/files.h"
#include "kiosk/store/database.h"
#include "kiosk/store/query.h"
#include "kiosk/store/transaction.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::store;
using kiosk::core::ErrorKind;
using kiosk::core::Status;
using kiosk::test::TemporaryFolder;

namespace {

constexpr const char* kEndless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

Database opened(const std::filesystem::path& path, const OpenOptions& options = {}) {
  auto database = Database::open(path, options);
  if (!database.ok()) FAIL(database.error().describe());
  return std::move(database).value();
}

Database with_table(const std::filesystem::path& path, const OpenOptions& options = {}) {
  Database database = opened(path, options);
  REQUIRE(database.run_script("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)").ok());
  return database;
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

std::string pragma(Database& database, const std::string& name) {
  return query_one<std::string>(database, "PRAGMA " + name).value().value_or("");
}

}  // namespace

TEST_CASE("database: opens with the durability asked for, foreign keys on, and private files") {
  const TemporaryFolder folder;
  Database journal = with_table(folder / "kiosk.db", {.durability = Durability::Journal, .erase = Erase::Overwrite});
  CHECK(pragma(journal, "journal_mode") == "wal");
  CHECK(pragma(journal, "synchronous") == "2");
  CHECK(pragma(journal, "secure_delete") == "1");
  CHECK(pragma(journal, "foreign_keys") == "1");
  CHECK(mode_of(folder / "kiosk.db") == 0600);
  CHECK(mode_of(folder / "kiosk.db-wal") == 0600);
  Database cache = opened(folder / "directory.db");
  CHECK(pragma(cache, "synchronous") == "1");
  CHECK(cache.name() == "directory.db");
}

TEST_CASE("database: every kind of value comes back as it went in") {
  Database database = Database::open_in_memory().value();
  REQUIRE(database.run_script("CREATE TABLE v (a, b, c, d, e, f, g, h)").ok());
  const Bytes blob{0, 1, 255, 0};
  const std::string text("a\0b", 3);
  REQUIRE(execute(database, "INSERT INTO v VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                  std::numeric_limits<std::int64_t>::min(), 0.1, text, blob, nullptr, true, std::optional<int>{},
                  std::string_view{})
              .ok());
  Statement statement = database.prepare("SELECT * FROM v").value();
  REQUIRE(statement.step().value());
  CHECK(statement.columns() == 8);
  CHECK(statement.integer(0) == std::numeric_limits<std::int64_t>::min());
  CHECK(statement.real(1) == 0.1);
  CHECK(statement.text(2) == text);
  CHECK(statement.blob(3) == blob);
  CHECK(statement.is_null(4));
  CHECK(statement.boolean(5));
  CHECK_FALSE(statement.optional_integer(6));
  CHECK_FALSE(statement.is_null(7));  // an empty text is not NULL
  CHECK(statement.optional_text(7) == "");
  CHECK(statement.optional_real(1) == 0.1);
  CHECK(statement.get<std::optional<std::string>>(2) == text);
  CHECK_FALSE(statement.step().value());
}

TEST_CASE("database: parameters by name, and mistakes told by the next step") {
  Database database = Database::open_in_memory().value();
  Statement statement = database.prepare("SELECT :a || :b").value();
  REQUIRE(statement.bind(":a", "x").bind(":b", std::string("y")).step().value());
  CHECK(statement.text(0) == "xy");
  statement.reset();
  const auto wrong = statement.bind(":c", 1).step();
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().kind == ErrorKind::Invalid);
  CHECK(wrong.error().what.find(":c") != std::string::npos);
  CHECK_FALSE(statement.bind(3, 1).step().ok());
  CHECK_FALSE(statement.bind(1, std::numeric_limits<std::uint64_t>::max()).step().ok());
  REQUIRE(statement.bind(1, std::size_t{7}).bind(2, "").step().value());  // and is usable again
  CHECK(statement.integer(0) == 7);
  CHECK(statement.bind(1, 1).step().error().kind == ErrorKind::Internal);  // rows were open
}

TEST_CASE("database: one statement is one statement") {
  Database database = Database::open_in_memory().value();
  CHECK(database.prepare("SELECT 1; ").ok());
  for (const char* sql : {"SELECT 1; SELECT 2", "", "  ", "SELEKT 1", "SELECT \"no such column\""}) {
    INFO(sql);
    const auto prepared = database.prepare(sql);
    REQUIRE_FALSE(prepared.ok());
    CHECK(prepared.error().kind == ErrorKind::Invalid);
  }
}

TEST_CASE("database: short forms") {
  Database database = Database::open_in_memory().value();
  REQUIRE(database.run_script("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)").ok());
  REQUIRE(execute(database, "INSERT INTO t (name) VALUES (?1)", "one").ok());
  REQUIRE(execute(database, "INSERT INTO t (name) VALUES (?1)", "two").ok());
  CHECK(database.last_insert_id() == 2);
  CHECK(query_one<std::string>(database, "SELECT name FROM t WHERE id = ?1", 2).value() == "two");
  CHECK_FALSE(query_one<std::string>(database, "SELECT name FROM t WHERE id = ?1", 3).value());
  const auto row = query_row<std::int64_t, std::string>(database, "SELECT id, name FROM t ORDER BY id").value();
  CHECK(row == std::tuple<std::int64_t, std::string>{1, "one"});
  std::string names;
  REQUIRE(for_each_row(
              database, "SELECT name FROM t WHERE id > ?1 ORDER BY id",
              [&](const Statement& each) { names += each.text(0); }, 0)
              .ok());
  CHECK(names == "onetwo");
  REQUIRE(execute(database, "UPDATE t SET name = 'x'").ok());
  CHECK(database.changes() == 2);
}

TEST_CASE("database: constraints refuse, foreign keys too") {
  Database database = Database::open_in_memory().value();
  REQUIRE(database.run_script("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)").ok());
  const Status refused = execute(database, "INSERT INTO c VALUES (1)");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::Refused);
}

TEST_CASE("database: what is no database is Corrupt, and stays as it was") {
  const TemporaryFolder folder;
  const std::string garbage(5000, 'x');
  REQUIRE(kiosk::core::write_file_atomically(folder / "bad.db", garbage).ok());
  for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
    const auto database = Database::open(folder / "bad.db", {.access = access});
    REQUIRE_FALSE(database.ok());
    CHECK(database.error().kind == ErrorKind::Corrupt);
    CHECK(database.error().where == "bad.db");
  }
  CHECK(*kiosk::core::read_file(folder / "bad.db") == garbage);
}

TEST_CASE("database: read-only never writes nor creates") {
  const TemporaryFolder folder;
  CHECK(Database::open(folder / "none.db", {.access = Access::ReadOnly}).error().kind == ErrorKind::NotFound);
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
  CHECK(Database::open(folder / "no/such/folder.db").error().kind == ErrorKind::NotFound);
  Database writer = with_table(folder / "t.db");
  Database reader = opened(folder / "t.db", {.access = Access::ReadOnly});
  CHECK(execute(reader, "INSERT INTO t (name) VALUES ('x')").error().kind == ErrorKind::Io);
  REQUIRE(execute(writer, "INSERT INTO t (name) VALUES ('x')").ok());
  CHECK(query_one<int>(reader, "SELECT count(*) FROM t").value() == 1);
}

TEST_CASE("database: a lock that outlasts the busy timeout is Io") {
  const TemporaryFolder folder;
  Database first = with_table(folder / "t.db");
  Database second = opened(folder / "t.db", {.busy_timeout = kiosk::core::Milliseconds{1}});
  const auto holding = Transaction::begin(first);
  REQUIRE(holding.ok());
  const auto blocked = Transaction::begin(second);
  REQUIRE_FALSE(blocked.ok());
  CHECK(blocked.error().kind == ErrorKind::Io);
}

TEST_CASE("database: a full disk is Full, and the transaction is gone whole") {
  const TemporaryFolder folder;
  Database database = with_table(folder / "t.db");
  REQUIRE(database.run_script("PRAGMA max_page_count = 10").ok());
  {
    auto transaction = Transaction::begin(database);
    REQUIRE(transaction.ok());
    REQUIRE(execute(database, "INSERT INTO t (name) VALUES ('small')").ok());
    CHECK(execute(database, "INSERT INTO t (name) VALUES (?1)", std::string(200'000, 'x')).error().kind ==
          ErrorKind::Full);
  }
  CHECK_FALSE(database.in_transaction());
  CHECK(query_one<int>(database, "SELECT count(*) FROM t").value() == 0);
}

TEST_CASE("database: a transaction is all or nothing") {
  const TemporaryFolder folder;
  Database database = with_table(folder / "t.db");
  Database other = opened(folder / "t.db");
  {
    auto transaction = Transaction::begin(database).value();
    REQUIRE(execute(database, "INSERT INTO t (name) VALUES ('lost')").ok());
    CHECK(query_one<int>(other, "SELECT count(*) FROM t").value() == 0);
  }
  CHECK(query_one<int>(database, "SELECT count(*) FROM t").value() == 0);
  {
    auto transaction = Transaction::begin(database).value();
    REQUIRE(execute(database, "INSERT INTO t (name) VALUES ('kept')").ok());
    CHECK_FALSE(Transaction::begin(database).ok());  // does not nest
    REQUIRE(transaction.commit().ok());
    CHECK_FALSE(transaction.commit().ok());
  }
  CHECK(query_one<std::string>(other, "SELECT name FROM t").value() == "kept");
}

TEST_CASE("database: a statement stops when asked to, and a transaction around it rolls back") {
  const TemporaryFolder folder;
  Database database = with_table(folder / "t.db");
  bool stop = true;
  {
    auto transaction = Transaction::begin(database).value();
    REQUIRE(execute(database, "INSERT INTO t (name) VALUES ('lost')").ok());
    Statement open_rows = database.prepare("SELECT name FROM t").value();
    REQUIRE(open_rows.step().value());
    database.stop_when([&] { return stop; });
    CHECK(query_one<int>(database, kEndless).error().kind == ErrorKind::Cancelled);
  }
  CHECK_FALSE(database.in_transaction());
  CHECK(query_one<int>(database, "SELECT count(*) FROM t").value() == 0);
  CHECK_FALSE(query_one<int>(database, kEndless).ok());  // still asked
  database.stop_when({});
  CHECK(query_one<int>(database, "SELECT 1").value() == 1);
}

TEST_CASE("database: is interrupted from another thread") {
  Database database = Database::open_in_memory().value();
  std::atomic<bool> done = false;
  std::thread interrupter([&] {
    while (!done) database.interrupt();
  });
  const auto answer = query_one<int>(database, kEndless);
  done = true;
  interrupter.join();
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().kind == ErrorKind::Cancelled);
}

TEST_CASE("database: erased rows are gone from the disk") {
  const TemporaryFolder folder;
  Database database = with_table(folder / "t.db", {.durability = Durability::Journal, .erase = Erase::Overwrite});
  const std::string person = "Jane Doe, 12 Invented Road";
  REQUIRE(execute(database, "INSERT INTO t (name) VALUES (?1)", person).ok());
  REQUIRE(database.checkpoint().ok());
  CHECK(kiosk::core::read_file(folder / "t.db")->find(person) != std::string::npos);
  REQUIRE(execute(database, "DELETE FROM t").ok());
  REQUIRE(database.checkpoint().ok());
  CHECK(kiosk::core::read_file(folder / "t.db")->find(person) == std::string::npos);
  CHECK(kiosk::core::read_file(folder / "t.db-wal")->empty());
}

TEST_CASE("database: may be moved while statements live, and closed before them") {
  std::optional<Database> database = Database::open_in_memory().value();
  Statement statement = database->prepare("SELECT 1").value();
  Database moved = std::move(*database);
  database.reset();
  CHECK(statement.step().value());
}
