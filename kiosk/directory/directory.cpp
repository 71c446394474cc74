#include "kiosk/directory/directory.h"

#include <algorithm>

#include "kiosk/core/log.h"
#include "kiosk/directory/schema.h"
#include "kiosk/directory/service_json.h"
#include "kiosk/store/query.h"
#include "kiosk/store/repair.h"

namespace kiosk::directory {

namespace {

using core::ErrorKind;
using core::Instant;
using core::Result;
using core::Status;
using store::Database;
using store::Statement;

// What residents may find: a service that is closed for a time is wanted too, with its alert.
constexpr int kActive = static_cast<int>(ServiceStatus::Active);
constexpr int kPaused = static_cast<int>(ServiceStatus::TemporarilyClosed);
constexpr std::size_t kKeptDamagedFiles = 2;

std::optional<Instant> instant_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Instant(core::Milliseconds(row.integer(column)));
}

// Opens, checks and brings the schema up to date. Readers skip the check of the whole file: it costs a read of all of
// it, and the writer does it.
Result<Database> open_sound(const std::filesystem::path& file, Directory::Access access) {
  KIOSK_TRY(Database database, Database::open(file, {.durability = store::Durability::Cache}));
  if (access == Directory::Access::Write) KIOSK_CHECK(store::quick_check(database));
  KIOSK_CHECK(store::migrate(database, kMigrations));
  KIOSK_TRY(const auto generation, store::query_one<std::int64_t>(database, "SELECT generation FROM meta"));
  if (!generation) return core::make_error(ErrorKind::Corrupt, "the generation is missing", database.name());
  return database;
}

Result<Database> migrated_copy(const std::filesystem::path& file) {
  KIOSK_TRY(Database copy, Database::copy_into_memory(file));
  KIOSK_CHECK(store::migrate(copy, kMigrations));
  return copy;
}

// A kiosk whose disk is full or read-only still knows what it knew.
Result<Database> open_in_memory(const std::filesystem::path& file, const core::Error& why) {
  core::log_error("directory.in_memory", {{"why", why}});
  Result<Database> copy = migrated_copy(file);
  if (copy.ok()) return copy;
  core::log_error("directory.empty", {{"why", copy.error()}});
  KIOSK_TRY(Database empty, Database::open_in_memory());
  KIOSK_CHECK(store::migrate(empty, kMigrations));
  return empty;
}

// Damage, and a schema of a newer program: both are mended by beginning anew, because this is a cache.
bool calls_for_rebuild(const core::Error& error) {
  return error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::Unsupported;
}

// Failing storage must not fill itself with damaged copies.
void drop_old_damaged_files(const std::filesystem::path& file) {
  std::error_code ignored;
  std::vector<std::filesystem::path> damaged;
  const std::string prefix = file.filename().string() + ".damaged-";
  for (const auto& entry :
       std::filesystem::directory_iterator(file.parent_path().empty() ? "." : file.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    const bool companion = name.size() > 4 && (name.ends_with("-wal") || name.ends_with("-shm"));
    if (name.starts_with(prefix) && !companion) damaged.push_back(entry.path());
  }
  std::sort(damaged.begin(), damaged.end());
  if (damaged.size() <= kKeptDamagedFiles) return;
  damaged.resize(damaged.size() - kKeptDamagedFiles);
  for (const auto& path : damaged) {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix, ignored);
  }
}

Result<Service> read_service(const Statement& row, std::string_view where) {
  KIOSK_TRY(Service service, from_stored_json(row.text_view(0), where));
  service.checked = instant_at(row, 1).value_or(Instant{});
  return service;
}

constexpr std::string_view kSelectService =
    "SELECT s.record, coalesce(s.confirmed, o.last_success) FROM services s LEFT JOIN sources o ON o.id = s.source ";

}  // namespace

struct Directory::Impl {
  Database database;
  bool rebuilt = false;
  bool in_memory = false;
};

Result<Directory> Directory::open(const std::filesystem::path& file, Access access) {
  Result<Database> database = open_sound(file, access);
  if (!database.ok() && calls_for_rebuild(database.error())) {
    Result<Directory> anew = begin_anew(file, database.error());
    if (anew.ok() || access == Access::Write) return anew;
  }
  if (database.ok()) return Directory(std::make_unique<Impl>(Impl{.database = std::move(*database)}));
  if (access == Access::Write) return std::move(database).error();
  KIOSK_TRY(Database copy, open_in_memory(file, database.error()));
  return Directory(std::make_unique<Impl>(Impl{.database = std::move(copy), .in_memory = true}));
}

Result<Directory> Directory::begin_anew(const std::filesystem::path& file, const core::Error& why) {
  const core::SystemClock clock;
  core::log_error("directory.rebuilt", {{"why", why}});
  KIOSK_TRY([[maybe_unused]] const auto aside, store::set_aside(file, clock));
  drop_old_damaged_files(file);
  KIOSK_TRY(Database database, open_sound(file, Access::Read));
  return Directory(std::make_unique<Impl>(Impl{.database = std::move(database), .rebuilt = true}));
}

Directory::Directory(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Directory::Directory(Directory&&) noexcept = default;
Directory& Directory::operator=(Directory&&) noexcept = default;
Directory::~Directory() = default;

bool Directory::was_rebuilt() const { return impl_->rebuilt; }
bool Directory::in_memory() const { return impl_->in_memory; }

Database& Directory::database() { return impl_->database; }

Result<std::int64_t> Directory::generation() const {
  KIOSK_TRY(const auto generation, store::query_one<std::int64_t>(impl_->database, "SELECT generation FROM meta"));
  return generation.value_or(0);
}

Result<Service> Directory::service(const RecordKey& key) const {
  KIOSK_TRY(Statement row, impl_->database.prepare(std::string(kSelectService) + "WHERE s.source = ?1 AND s.id = ?2"));
  KIOSK_TRY(const bool found, row.bind_all(key.source, key.id).step());
  if (!found) return core::make_error(ErrorKind::NotFound, "no such service", key.source + "/" + key.id);
  return read_service(row, key.source + "/" + key.id);
}

Status Directory::for_each(const std::function<Status(const Service&)>& visit) const {
  KIOSK_TRY(Statement row, impl_->database.prepare(std::string(kSelectService) +
                                                   "WHERE s.status IN (?1, ?2) ORDER BY s.source, s.id"));
  row.bind(1, kActive);
  row.bind(2, kPaused);
  for (;;) {
    KIOSK_TRY(const bool more, row.step());
    if (!more) return {};
    KIOSK_TRY(const Service service, read_service(row, impl_->database.name()));
    KIOSK_CHECK(visit(service));
  }
}

Result<std::size_t> Directory::count() const {
  KIOSK_TRY(const auto count,
            store::query_one<std::int64_t>(impl_->database, "SELECT count(*) FROM services WHERE status IN (?1, ?2)",
                                           kActive, kPaused));
  return static_cast<std::size_t>(count.value_or(0));
}

Result<std::vector<SourceState>> Directory::sources() const {
  std::vector<SourceState> states;
  KIOSK_CHECK(store::for_each_row(
      impl_->database,
      "SELECT id, name, dialect, last_success, last_attempt, last_error, "
      "(SELECT count(*) FROM services s WHERE s.source = o.id AND s.status IN (?1, ?2)) FROM sources o ORDER BY id",
      [&](const Statement& row) {
        states.push_back({row.text(0), row.text(1), row.text(2), instant_at(row, 3), instant_at(row, 4), row.text(5),
                          static_cast<std::size_t>(row.integer(6))});
      },
      kActive, kPaused));
  return states;
}

}  // namespace kiosk::directory
