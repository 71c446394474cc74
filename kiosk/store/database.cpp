#include "kiosk/store/database.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "kiosk/core/log.h"
#include "kiosk/core/owned.h"
#include "kiosk/store/query.h"
#include "kiosk/store/repair.h"
#include "kiosk/store/sqlite_error.h"

namespace kiosk::store {

using core::ErrorKind;
using core::make_error;

struct Database::Connection {
  core::Owned<sqlite3, sqlite3_close_v2> handle;  // v2: waits for statements that live a little longer
  std::string name;
  std::function<bool()> stop;
};

namespace {

// An empty file of mode 0600, which SQLite takes as an empty database and whose mode its -wal and -shm inherit. Made
// without opening it: closing any descriptor of a database drops the locks that other connections hold on it.
core::Status create_private_file(const std::filesystem::path& path) {
  if (::mknod(path.c_str(), S_IFREG | 0600, 0) == 0 || errno == EEXIST) return {};
  const ErrorKind kind = errno == ENOENT ? ErrorKind::NotFound : errno == ENOSPC ? ErrorKind::Full : ErrorKind::Io;
  return make_error(kind, "cannot create: " + std::generic_category().message(errno), path.string());
}

// What an attacker with a prepared database file could use against us is off.
void harden(sqlite3* connection) {
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
}

// What ends a path or stands for a byte in a URI file name (https://www.sqlite.org/uri.html).
std::string escaped_for_uri(std::string_view path) {
  std::string escaped;
  for (const char c : path) {
    if (c == '%')
      escaped += "%25";
    else if (c == '?')
      escaped += "%3f";
    else if (c == '#')
      escaped += "%23";
    else
      escaped += c;
  }
  return escaped;
}

bool only_space(std::string_view text) { return text.find_first_not_of(" \t\r\n;") == std::string_view::npos; }

}  // namespace

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

core::Result<Database> Database::open(const std::filesystem::path& path, const OpenOptions& options) {
  std::error_code ignored;
  const bool read_only = options.access == Access::ReadOnly;
  if (read_only && !std::filesystem::exists(path, ignored)) {
    return make_error(ErrorKind::NotFound, "no such database", path.string());
  }
  if (!read_only) KIOSK_CHECK(create_private_file(path));
  return connect(path.string(), path.filename().string(), read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE,
                 options);
}

core::Result<Database> Database::open_in_memory() {
  return connect(":memory:", "memory", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, {});
}

core::Result<Database> Database::copy_into_memory(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error || !std::filesystem::exists(absolute, error)) {
    return make_error(ErrorKind::NotFound, "no such database", path.string());
  }
  // Immutable: SQLite then neither locks the file nor makes a -shm beside it.
  KIOSK_TRY(Database file,
            connect("file:" + escaped_for_uri(absolute.string()) + "?immutable=1", path.filename().string(),
                    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, {.access = Access::ReadOnly}));
  KIOSK_TRY(Database copy, open_in_memory());
  sqlite3* const target = copy.connection_->handle.get();
  core::Owned<sqlite3_backup, sqlite3_backup_finish> backup(
      sqlite3_backup_init(target, "main", file.connection_->handle.get(), "main"));
  if (!backup) return sqlite_error(target, sqlite3_errcode(target), "cannot copy");
  const int code = sqlite3_backup_step(backup.get(), -1);
  backup.reset();
  if (code != SQLITE_DONE) return sqlite_error(target, code, "cannot copy");
  copy.connection_->name = file.name();
  KIOSK_CHECK(quick_check(copy));
  return copy;
}

core::Result<Database> Database::connect(const std::string& file, const std::string& name, int flags,
                                         const OpenOptions& options) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  auto connection = std::make_unique<Connection>();
  connection->handle.reset(opened);
  connection->name = name;
  if (code != SQLITE_OK) return sqlite_error(opened, code, "cannot open");
  harden(opened);
  const auto timeout = std::clamp<std::int64_t>(options.busy_timeout.count(), 0, std::numeric_limits<int>::max());
  sqlite3_busy_timeout(opened, static_cast<int>(timeout));
  Database database(std::move(connection));
  KIOSK_CHECK(database.configure(options));
  return database;
}

core::Status Database::configure(const OpenOptions& options) {
  // The first read of the file: tells whether it is a database at all.
  KIOSK_CHECK(run_script("SELECT count(*) FROM sqlite_master"));
  if (options.access == Access::ReadOnly) return {};
  KIOSK_TRY(const auto mode, query_one<std::string>(*this, "PRAGMA journal_mode = WAL"));
  if (mode != "wal" && mode != "memory") {
    return make_error(ErrorKind::Io, "the file system allows no write-ahead log", name());
  }
  KIOSK_CHECK(run_script("PRAGMA journal_size_limit = 16777216"));
  KIOSK_CHECK(run_script(options.durability == Durability::Journal ? "PRAGMA synchronous = FULL"
                                                                   : "PRAGMA synchronous = NORMAL"));
  if (options.erase == Erase::Overwrite) {
    // Nor may rows wander into temporary files.
    KIOSK_CHECK(run_script("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"));
  }
  return {};
}

core::Result<Statement> Database::prepare(std::string_view sql) {
  if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return make_error(ErrorKind::Invalid, "the statement is too long", name());
  }
  sqlite3_stmt* prepared = nullptr;
  const char* tail = nullptr;
  const int code =
      sqlite3_prepare_v3(connection_->handle.get(), sql.data(), static_cast<int>(sql.size()), 0, &prepared, &tail);
  Statement statement(prepared);
  if (code != SQLITE_OK) return sqlite_error(connection_->handle.get(), code, "cannot prepare");
  if (!prepared) return make_error(ErrorKind::Invalid, "an empty statement", name());
  if (!only_space(sql.substr(static_cast<std::size_t>(tail - sql.data())))) {
    return make_error(ErrorKind::Invalid, "more than one statement", name());
  }
  return statement;
}

core::Status Database::run_script(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos) return make_error(ErrorKind::Invalid, "a NUL in the script", name());
  const int code = sqlite3_exec(connection_->handle.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(connection_->handle.get(), code, "cannot run");
  return {};
}

std::int64_t Database::changes() const { return sqlite3_changes64(connection_->handle.get()); }

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(connection_->handle.get()); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_->handle.get()) == 0; }

void Database::interrupt() { sqlite3_interrupt(connection_->handle.get()); }

void Database::stop_when(std::function<bool()> asked) {
  constexpr int kSteps = 4000;  // well under a millisecond
  connection_->stop = std::move(asked);
  const auto ask = [](void* its_connection) { return static_cast<Connection*>(its_connection)->stop() ? 1 : 0; };
  sqlite3_progress_handler(connection_->handle.get(), connection_->stop ? kSteps : 0,
                           connection_->stop ? +ask : nullptr, connection_.get());
}

void Database::abandon_transaction() {
  sqlite3* handle = connection_->handle.get();
  sqlite3_progress_handler(handle, 0, nullptr, nullptr);
  // Open rows keep an interruption alive, and that would stop the rollback as well.
  for (sqlite3_stmt* each = sqlite3_next_stmt(handle, nullptr); each; each = sqlite3_next_stmt(handle, each)) {
    if (sqlite3_stmt_busy(each)) sqlite3_reset(each);
  }
  // SQLite has rolled back by itself after some errors (disk full).
  if (in_transaction()) {
    if (const core::Status status = run_script("ROLLBACK"); !status.ok()) {
      core::log_error("store.rollback_failed", {{"error", status.error()}});
    }
  }
  if (connection_->stop) stop_when(std::move(connection_->stop));
}

core::Status Database::checkpoint() {
  const int code =
      sqlite3_wal_checkpoint_v2(connection_->handle.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(connection_->handle.get(), code, "cannot empty the write-ahead log");
  return {};
}

const std::string& Database::name() const { return connection_->name; }

}  // namespace kiosk::store
