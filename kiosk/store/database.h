// A SQLite database: opened with the durability that its contents need, and nothing left to defaults.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/store/statement.h"

struct sqlite3;

namespace kiosk::store {

enum class Durability {
  Journal,  // WAL, synchronous=FULL: what was committed survives a power cut
  Cache,    // WAL, synchronous=NORMAL: a power cut may cost the last commits, never the file
};
enum class Access { ReadWrite, ReadOnly };
enum class Erase {
  Normal,     // deleted rows linger in free pages
  Overwrite,  // deleted content is overwritten with zeros (secure_delete): for personal data
};

struct OpenOptions {
  Durability durability = Durability::Cache;
  Access access = Access::ReadWrite;  // ReadWrite creates a missing file, mode 0600; ReadOnly never does
  Erase erase = Erase::Normal;
  core::Milliseconds busy_timeout{5000};  // how long a statement waits for another connection's lock
};

// One connection, for one thread at a time; a worker owns its own. Movable. Foreign keys are enforced.
// Errors: Corrupt (damaged, or no database at all), Full (disk), Io (device, or locked beyond the busy timeout),
// Refused (a constraint), NotFound (no such file), Cancelled (interrupted), Invalid (SQL, or a value that does not
// fit).
class Database {
 public:
  static core::Result<Database> open(const std::filesystem::path& path, const OpenOptions& options = {});
  static core::Result<Database> open_in_memory();
  // A copy of what the file held at its last checkpoint, for storage that is full or read-only: reads no more than the
  // file itself, writes nothing beside it. NotFound, Corrupt (found by a check of the whole copy).
  static core::Result<Database> copy_into_memory(const std::filesystem::path& path);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // One statement; text after it is an error.
  core::Result<Statement> prepare(std::string_view sql);
  // Any number of statements without parameters; rows are dropped. Not atomic by itself.
  core::Status run_script(std::string_view sql);

  std::int64_t changes() const;         // rows changed by the last INSERT, UPDATE or DELETE
  std::int64_t last_insert_id() const;  // rowid of the last INSERT

  bool in_transaction() const;

  // Any thread, while the database lives: the running statement fails with Cancelled.
  void interrupt();
  // Asked every few thousand steps of the machine while a statement runs, on its thread; true stops the statement with
  // Cancelled. Empty: never. `database.stop_when([token] { return token.cancelled(); })`
  void stop_when(std::function<bool()> asked);

  // Moves the write-ahead log into the file and empties it: after erasing personal data, and before a copy.
  core::Status checkpoint();
  const std::string& name() const;  // the file's name, as in errors

 private:
  friend class Transaction;
  struct Connection;
  explicit Database(std::unique_ptr<Connection> connection);
  static core::Result<Database> connect(const std::string& file, const std::string& name, int flags,
                                        const OpenOptions& options);
  core::Status configure(const OpenOptions& options);
  // Rolls back whatever stands in the way: open statements, an interruption.
  void abandon_transaction();
  std::unique_ptr<Connection> connection_;
};

}  // namespace kiosk::store
