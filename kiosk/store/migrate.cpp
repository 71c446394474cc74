#include "kiosk/store/migrate.h"

#include <string>

#include "kiosk/core/log.h"
#include "kiosk/store/query.h"
#include "kiosk/store/transaction.h"

namespace kiosk::store {

namespace {

// A step may rebuild a table, which needs foreign keys off (a switch that works outside transactions alone); what it
// leaves behind is checked before it is committed. https://www.sqlite.org/lang_altertable.html#otheralter
class ForeignKeysOff {
 public:
  static core::Result<ForeignKeysOff> begin(Database& database) {
    KIOSK_CHECK(database.run_script("PRAGMA foreign_keys = OFF"));
    return ForeignKeysOff(database);
  }
  ForeignKeysOff(ForeignKeysOff&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  ForeignKeysOff& operator=(ForeignKeysOff&&) = delete;
  ~ForeignKeysOff() {
    if (!database_) return;
    const core::Status status = database_->run_script("PRAGMA foreign_keys = ON");
    if (!status.ok()) core::log_error("store.foreign_keys", {{"error", status.error()}});
  }

 private:
  explicit ForeignKeysOff(Database& database) : database_(&database) {}
  Database* database_;
};

core::Status check_foreign_keys(Database& database) {
  KIOSK_TRY(const auto broken, query_one<std::string>(database, "PRAGMA foreign_key_check"));
  if (broken) return core::make_error(core::ErrorKind::Invalid, "leaves rows without their parents in " + *broken);
  return {};
}

core::Status apply(Database& database, const Migration& step) {
  KIOSK_TRY(Transaction transaction, Transaction::begin(database));
  KIOSK_TRY(const int version, schema_version(database));
  if (version >= step.version) return {};  // another process was faster
  KIOSK_CHECK(database.run_script(step.sql));
  KIOSK_CHECK(check_foreign_keys(database));
  // A pragma takes no parameters.
  KIOSK_CHECK(database.run_script("PRAGMA user_version = " + std::to_string(step.version)));
  KIOSK_CHECK(transaction.commit());
  core::log_info("store.migrated", {{"database", database.name()}, {"step", step.name}, {"version", step.version}});
  return {};
}

core::Status check_order(std::span<const Migration> steps) {
  int before = 0;
  for (const Migration& step : steps) {
    if (step.version <= before) {
      return core::make_error(core::ErrorKind::Internal, "migration steps are out of order", std::string(step.name));
    }
    before = step.version;
  }
  return {};
}

}  // namespace

core::Result<int> schema_version(Database& database) {
  KIOSK_TRY(const auto version, query_one<int>(database, "PRAGMA user_version"));
  return version.value_or(0);
}

core::Status migrate(Database& database, std::span<const Migration> steps) {
  KIOSK_CHECK(check_order(steps));
  const int newest = steps.empty() ? 0 : steps.back().version;
  KIOSK_TRY(const int version, schema_version(database));
  if (version > newest) {
    return core::make_error(core::ErrorKind::Unsupported,
                            "made by a newer program: its schema is version " + std::to_string(version) +
                                ", this program knows up to " + std::to_string(newest),
                            database.name());
  }
  if (version == newest) return {};
  KIOSK_TRY(const ForeignKeysOff foreign_keys_off, ForeignKeysOff::begin(database));
  for (const Migration& step : steps) {
    if (step.version <= version) continue;
    if (const core::Status applied = apply(database, step); !applied.ok()) {
      return applied.error().wrapped(
          "cannot migrate to version " + std::to_string(step.version) + " (" + std::string(step.name) + ")",
          database.name());
    }
  }
  return {};
}

}  // namespace kiosk::store
