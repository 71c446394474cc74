#include "kiosk/directory/import.h"

#include "kiosk/core/files.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/dump.h"
#include "kiosk/directory/staging.h"
#include "kiosk/directory/tabular.h"
#include "kiosk/store/transaction.h"

namespace kiosk::directory {

namespace {

namespace fs = std::filesystem;
using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::Status;

constexpr std::size_t kProgressEvery = 200;

class Importer {
 public:
  Importer(Directory& directory, const ImportSource& source, const core::Clock& clock, const ImportOptions& options)
      : database_(directory.database()), options_(options), staging_(database_, source.id) {
    publication_.name = source.name;
    publication_.context.source = source.id;
    publication_.context.authority = source.authority;
    publication_.context.now = publication_.now = clock.now();
    publication_.rules = options.actions;
    report_.source = source.id;
  }

  Result<SyncReport> run(const fs::path& path) {
    KIOSK_CHECK(stage(path));
    if (valid_ == 0) {
      KIOSK_CHECK(staging_.drop());
      return make_error(ErrorKind::Invalid, "no valid record in it" + first_reason(), path.string());
    }
    report_.dialect = publication_.dialect = tabular_ ? "tabular" : std::string(to_string(run_.dialect));
    KIOSK_CHECK(publish(database_, publication_, run_, report_));
    return std::move(report_);
  }

 private:
  // All staging is one transaction: an import that fails leaves nothing behind.
  Status stage(const fs::path& path) {
    KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
    run_.endpoint = "import";
    run_.started = publication_.now;
    KIOSK_CHECK(staging_.begin(run_));
    KIOSK_CHECK(read(path));
    return transaction.commit();
  }

  Status read(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return make_error(ErrorKind::NotFound, "no such file or folder", path.string());
    const auto use = [this](const Json& record, const std::string& place) {
      return take(record, place, Dialect::Hsds3);
    };
    tabular_ = fs::is_directory(path, ignored) || path.filename() == "datapackage.json";
    if (tabular_) return for_each_tabular_service(path, options_.max_file_bytes, report_.notes, use);
    KIOSK_TRY(const std::string bytes, core::read_file(path, options_.max_file_bytes));
    const std::string extension = core::to_lower_ascii(path.extension().string());
    const bool lines = extension == ".ndjson" || extension == ".jsonl";
    return for_each_dumped(bytes, path.string(), lines, report_.notes, [this](const DumpRecord& record) {
      return take(record.json, record.place, record.expected);
    });
  }

  Status take(const Json& record, const std::string& place, Dialect expected) {
    if (seen_++ == options_.max_records) return make_error(ErrorKind::Full, "too many records", place);
    if (options_.progress && seen_ % kProgressEvery == 0) options_.progress(seen_);
    const Result<Service> service = read_record(record, expected, publication_.context);
    if (!service.ok()) {
      report_.skip(service.error().what, service.error().where.empty() ? place : service.error().where);
      return {};
    }
    if (valid_ == 0) run_.dialect = dialect_of_record(record, expected);
    KIOSK_TRY(const bool added,
              staging_.add({service->key.id, RecordState::Detailed, "", core::dump_json(storable_record(record)), {}}));
    if (!added) {
      report_.skip("id twice", service->key.id);
      return {};
    }
    ++valid_;
    return {};
  }

  std::string first_reason() const {
    if (report_.skipped_records.empty()) return {};
    const SkippedRecords& first = report_.skipped_records.front();
    return ": " + first.reason + " (" + first.example + ")";
  }

  store::Database& database_;
  const ImportOptions& options_;
  Staging staging_;
  Publication publication_;
  Run run_;
  SyncReport report_;
  std::size_t seen_ = 0, valid_ = 0;
  bool tabular_ = false;
};

}  // namespace

Result<SyncReport> import_file(Directory& directory, const ImportSource& source, const fs::path& path,
                               const core::Clock& clock, const ImportOptions& options) {
  return Importer(directory, source, clock, options).run(path);
}

}  // namespace kiosk::directory
