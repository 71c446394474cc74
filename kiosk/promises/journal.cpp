#include "kiosk/promises/journal.h"

#include <system_error>

#include "kiosk/core/json.h"
#include "kiosk/core/log.h"
#include "kiosk/promises/journal_parts.h"
#include "kiosk/promises/journal_schema.h"
#include "kiosk/store/query.h"
#include "kiosk/store/repair.h"
#include "kiosk/store/transaction.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::Status;
using store::Database;

constexpr const char* kKeyCheck = "key check";
// How long after an appointment its code still tells of it.
constexpr core::Milliseconds kCodeLife = std::chrono::hours(24);
constexpr const char* kColumns =
    "id, state, backend, service_id, service_name, office, slot_start, reference, code, hold_until, giving_up, "
    "problem, created, changed, slot_id, services, replaces, record";

std::string handle_purpose(const std::string& booking_id) { return booking_id + "/handle"; }

std::string office_text(const Office& office) {
  Json json{{"id", office.id},
            {"name", office.name},
            {"address", office.address},
            {"hint", office.hint},
            {"slot_minutes", office.slot_minutes}};
  if (office.point) json["point"] = {{"latitude", office.point->latitude}, {"longitude", office.point->longitude}};
  return core::dump_json(json);
}

Result<Office> parse_office(const std::string& text) {
  KIOSK_TRY(const Json json, core::parse_json(text, "journal, booking.office"));
  Office office;
  office.id = core::json_text(json, "id");
  office.name = core::json_text(json, "name");
  office.address = core::json_text(json, "address");
  office.hint = core::json_text(json, "hint");
  office.slot_minutes = static_cast<int>(core::json_integer(json, "slot_minutes").value_or(0));
  const Json& point = core::json_object(json, "point");
  const auto latitude = core::json_number(point, "latitude"), longitude = core::json_number(point, "longitude");
  if (latitude && longitude) office.point = core::GeoPoint{*latitude, *longitude};
  return office;
}

// Of the whole target; empty for one of one service, which the column service_id tells.
std::string services_text(const BookingTarget& target) {
  if (target.count == 1 && target.also.empty()) return {};
  Json list = Json::array({{{"id", target.service_id}, {"count", target.count}}});
  for (const BookingTarget::Also& also : target.also) list.push_back({{"id", also.service_id}, {"count", also.count}});
  return core::dump_json(list);
}

Status parse_services(const std::string& text, BookingTarget& target) {
  if (text.empty()) return {};
  KIOSK_TRY(const Json list, core::parse_json(text, "journal, booking.services"));
  bool first = true;
  for (const Json& each : list) {
    const int count = static_cast<int>(core::json_integer(each, "count").value_or(1));
    if (first) target.count = count;
    if (!first) target.also.push_back({core::json_text(each, "id"), count});
    first = false;
  }
  return {};
}

Result<Booking> read_booking(const store::Statement& row) {
  Booking booking;
  booking.id = row.text(0);
  const std::optional<BookingState> state = booking_state(row.text_view(1));
  if (!state) return make_error(ErrorKind::Corrupt, "unknown booking state", "journal");
  booking.state = *state;
  booking.target.backend = row.text(2);
  booking.target.service_id = row.text(3);
  KIOSK_CHECK(parse_services(row.text(15), booking.target));
  booking.service_name = row.text(4);
  KIOSK_TRY(booking.office, parse_office(row.text(5)));
  booking.slot = {booking.office.id, from_ms(row.integer(6)), row.text(14)};
  booking.reference = row.text(7);
  booking.code = row.text(8);
  if (const auto until = row.optional_integer(9)) booking.hold_until = from_ms(*until);
  booking.giving_up = row.boolean(10);
  booking.problem = row.text(11);
  booking.created = from_ms(row.integer(12));
  booking.changed = from_ms(row.integer(13));
  booking.replaces = row.text(16);
  booking.record = row.text(17);
  return booking;
}

std::optional<std::int64_t> hold_ms(const Booking& booking) {
  if (!booking.hold_until) return std::nullopt;
  return to_ms(*booking.hold_until);
}

// A look through a connection that can't change anything: a damaged journal is evidence, and stays as it is.
Status check_undamaged(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (ignored || size == 0) return {};
  store::OpenOptions options;
  options.access = store::Access::ReadOnly;
  KIOSK_TRY(Database database, Database::open(path, options));
  return store::quick_check(database);
}

// Where power was cut while the file was being created, before it had a write-ahead log, SQLite's own journal lies
// beside it. Only a connection that may write can roll that back.
bool was_being_created(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path.string() + "-journal", ignored);
}

Status add_key_check(Database& database, const SealingKey& key) {
  return store::execute(database, "INSERT INTO sealed (purpose, box) VALUES (?1, ?2)", kKeyCheck,
                        key.seal(kKeyCheck, core::SecretText(std::string("kiosk"))));
}

core::Error key_trouble(const core::Error& cause, const std::filesystem::path& key_file) {
  core::Error error = cause.wrapped("the journal's key cannot be used", key_file.string());
  error.kind = ErrorKind::Corrupt;
  return error;
}

// Under the database's write lock, so that two programs that start at once agree on one key.
Result<SealingKey> find_key(Database& database, const std::filesystem::path& key_file) {
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database));
  KIOSK_TRY(const auto check,
            store::query_one<store::Bytes>(database, "SELECT box FROM sealed WHERE purpose = ?1", kKeyCheck));
  Result<SealingKey> key = SealingKey::load(key_file);
  if (check) {
    if (!key.ok()) return key_trouble(key.error(), key_file);
    if (const auto opened = key->open(kKeyCheck, *check); !opened.ok()) return key_trouble(opened.error(), key_file);
    return key;
  }
  if (!key.ok() && key.error().kind != ErrorKind::NotFound) return key_trouble(key.error(), key_file);
  if (!key.ok()) key = SealingKey::create(key_file);
  if (!key.ok()) return key;
  KIOSK_CHECK(add_key_check(database, *key));
  KIOSK_CHECK(transaction.commit());
  return key;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& path, const std::filesystem::path& key_file,
                                               const core::Clock& clock) {
  const bool young = was_being_created(path);
  if (!young) KIOSK_CHECK(check_undamaged(path));
  KIOSK_TRY(Database database, connect(path));
  if (young) KIOSK_CHECK(store::quick_check(database));
  KIOSK_CHECK(store::migrate(database, kJournalSteps));
  KIOSK_TRY(SealingKey key, find_key(database, key_file));
  return std::unique_ptr<Journal>(new Journal(path, std::move(database), std::move(key), clock));
}

Result<Database> Journal::connect(const std::filesystem::path& path) {
  store::OpenOptions options;
  options.durability = store::Durability::Journal;
  options.erase = store::Erase::Overwrite;
  return Database::open(path, options);
}

Result<std::unique_ptr<Journal>> Journal::another() const {
  KIOSK_TRY(Database database, connect(path_));
  return std::unique_ptr<Journal>(new Journal(path_, std::move(database), key_, clock_));
}

// A code opens one promise, of whatever kind.
Status Journal::check_code_free(const std::string& code) {
  KIOSK_TRY(
      const auto taken,
      store::query_one<std::int64_t>(
          database_, "SELECT 1 FROM booking WHERE code = ?1 UNION ALL SELECT 1 FROM report WHERE code = ?1", code));
  if (taken) return make_error(ErrorKind::Refused, "another promise has this code");
  return {};
}

Status Journal::add_history(const Booking& booking) {
  return store::execute(database_, "INSERT INTO booking_history (booking_id, at, state, note) VALUES (?1, ?2, ?3, ?4)",
                        booking.id, to_ms(booking.changed), to_string(booking.state), booking.problem);
}

Status Journal::add(Booking& booking) {
  booking.created = booking.changed = clock_.now();
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
  KIOSK_CHECK(check_code_free(booking.code));
  KIOSK_CHECK(store::execute(
      database_,
      "INSERT INTO booking (id, state, backend, service_id, service_name, office, slot_start, reference, code, "
      "hold_until, giving_up, problem, created, changed, slot_id, services, replaces, record) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14, ?15, ?16, nullif(?17, ''))",
      booking.id, to_string(booking.state), booking.target.backend, booking.target.service_id, booking.service_name,
      office_text(booking.office), to_ms(booking.slot.start), booking.reference, booking.code, hold_ms(booking),
      booking.giving_up, booking.problem, to_ms(booking.created), booking.slot.id, services_text(booking.target),
      booking.replaces, booking.record));
  KIOSK_CHECK(add_history(booking));
  return transaction.commit();
}

// Why a step from that state could not be taken.
core::Error Journal::not_taken(const Booking& booking, BookingState from) {
  if (const Result<Booking> standing = find(booking.id); !standing.ok()) return standing.error();
  return make_error(ErrorKind::Refused, "the booking is not " + std::string(to_string(from)) + " any more", booking.id);
}

Status Journal::record(Booking& booking, BookingState from, const Handle* handle) {
  booking.changed = clock_.now();
  const bool keeps_handle = is_open(booking.state) || booking.state == BookingState::Confirmed;
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
  KIOSK_CHECK(store::execute(database_,
                             "UPDATE booking SET state = ?2, reference = ?3, hold_until = ?4, giving_up = ?5, "
                             "problem = ?6, changed = ?7, slot_start = ?8, slot_id = ?9 WHERE id = ?1 AND state = ?10",
                             booking.id, to_string(booking.state), booking.reference, hold_ms(booking),
                             booking.giving_up, booking.problem, to_ms(booking.changed), to_ms(booking.slot.start),
                             booking.slot.id, to_string(from)));
  if (database_.changes() != 1) return not_taken(booking, from);
  KIOSK_CHECK(add_history(booking));
  if (booking.state == BookingState::Confirmed) KIOSK_CHECK(give_up_replaced(booking));
  if (handle && keeps_handle) {
    KIOSK_CHECK(
        store::execute(database_, "UPDATE booking SET process_id = ?2 WHERE id = ?1", booking.id, handle->process_id));
    KIOSK_CHECK(store::execute(database_, "INSERT OR REPLACE INTO sealed (purpose, box) VALUES (?1, ?2)",
                               handle_purpose(booking.id), key_.seal(handle_purpose(booking.id), handle->key)));
  }
  bool erased = false;
  if (!keeps_handle) {
    KIOSK_CHECK(store::execute(database_, "DELETE FROM sealed WHERE purpose = ?1", handle_purpose(booking.id)));
    erased = database_.changes() > 0;
  }
  KIOSK_CHECK(transaction.commit());
  if (erased) erase_from_log();
  return {};
}

// In the transaction that says that the new one is confirmed: there is no moment with none, and none that forgets the
// old.
Status Journal::give_up_replaced(const Booking& booking) {
  if (booking.replaces.empty()) return {};
  return store::execute(database_, "UPDATE booking SET giving_up = 1 WHERE id = ?1 AND state = 'confirmed'",
                        booking.replaces);
}

// Old pages linger in the write-ahead log until it is emptied. What lingers is sealed; a reader that is in the way
// only puts it off to finish_erasing().
bool Journal::erase_from_log() {
  const Status done = database_.checkpoint();
  log_holds_erased_ = !done.ok();
  if (!done.ok()) core::log_info("journal.checkpoint_put_off", {{"error", done.error()}});
  return done.ok();
}

bool Journal::finish_erasing() { return !log_holds_erased_ || erase_from_log(); }

Result<std::vector<Booking>> Journal::select(const std::string& condition,
                                             const std::variant<std::int64_t, std::string>& parameter) {
  const std::string sql = std::string("SELECT ") + kColumns + " FROM booking " + condition;
  std::vector<Booking> bookings;
  KIOSK_TRY(store::Statement statement, database_.prepare(sql));
  std::visit([&](const auto& value) { statement.bind(1, value); }, parameter);
  for (;;) {
    KIOSK_TRY(const bool more, statement.step());
    if (!more) return bookings;
    KIOSK_TRY(Booking booking, read_booking(statement));
    bookings.push_back(std::move(booking));
  }
}

Result<Booking> Journal::find(const std::string& booking_id) {
  KIOSK_TRY(std::vector<Booking> found, select("WHERE id = ?1", booking_id));
  if (found.empty()) return make_error(ErrorKind::NotFound, "no such booking", booking_id);
  return std::move(found.front());
}

Result<std::vector<Booking>> Journal::coming() {
  return select("WHERE state IN ('confirmed', 'cancelled') AND slot_start > ?1 ORDER BY slot_start, id",
                to_ms(clock_.now()));
}

Result<Booking> Journal::find_by_code(const std::string& code) {
  KIOSK_TRY(std::vector<Booking> found,
            select("WHERE code = ?1 AND state IN ('confirmed', 'confirming', 'unknown', 'cancelled')", code));
  const core::Instant forgotten = clock_.now() - kCodeLife;
  if (found.empty() || found.front().slot.start < forgotten) {
    return make_error(ErrorKind::NotFound, "no booking of this code");
  }
  return std::move(found.front());
}

Result<Handle> Journal::handle(const std::string& booking_id) {
  KIOSK_TRY(const auto row,
            (store::query_row<std::string, store::Bytes>(
                database_, "SELECT process_id, box FROM booking, sealed WHERE booking.id = ?1 AND purpose = ?2",
                booking_id, handle_purpose(booking_id))));
  if (!row) return make_error(ErrorKind::NotFound, "no key for this booking", booking_id);
  KIOSK_TRY(core::SecretText key, key_.open(handle_purpose(booking_id), std::get<1>(*row)));
  return Handle{std::get<0>(*row), std::move(key)};
}

Result<std::vector<Booking>> Journal::open_bookings() {
  return select(
      "WHERE (state IN ('drafted', 'holding', 'held', 'confirming', 'unknown') OR giving_up = ?1) "
      "ORDER BY created, rowid",
      std::int64_t{1});
}

Result<std::vector<Booking>> Journal::replacements(const std::string& booking_id) {
  return select(
      "WHERE replaces <> '' AND replaces = ?1 AND state IN ('confirmed', 'confirming', 'unknown') "
      "ORDER BY created DESC, rowid DESC",
      booking_id);
}

Result<std::vector<Booking>> Journal::newest(std::size_t limit) {
  return select("ORDER BY created DESC, rowid DESC LIMIT ?1", static_cast<std::int64_t>(limit));
}

Result<std::vector<HistoryEntry>> Journal::history(const std::string& booking_id) {
  std::vector<HistoryEntry> entries;
  KIOSK_CHECK(store::for_each_row(
      database_, "SELECT at, state, note FROM booking_history WHERE booking_id = ?1 ORDER BY id",
      [&](const store::Statement& row) {
        entries.push_back(
            {from_ms(row.integer(0)), booking_state(row.text_view(1)).value_or(BookingState::Unknown), row.text(2)});
      },
      booking_id));
  return entries;
}

// The first look that finds an appointment begun is written down; one that finds it still to come, as the clock was put
// right or the appointment moved, takes that back.
Status Journal::note_begun(std::int64_t now) {
  KIOSK_CHECK(store::execute(
      database_, "UPDATE booking SET seen_begun = NULL WHERE seen_begun IS NOT NULL AND slot_start >= ?1", now));
  return store::execute(database_,
                        "UPDATE booking SET seen_begun = ?1 WHERE state = 'confirmed' AND giving_up = 0 AND "
                        "slot_start < ?1 AND (seen_begun IS NULL OR seen_begun > ?1) AND "
                        "EXISTS (SELECT 1 FROM sealed WHERE purpose = booking.id || '/handle')",
                        now);
}

Result<std::size_t> Journal::erase_handles(core::Milliseconds life) {
  const core::Instant now = clock_.now();
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
  KIOSK_CHECK(note_begun(to_ms(now)));
  KIOSK_CHECK(store::execute(database_,
                             "DELETE FROM sealed WHERE purpose IN (SELECT id || '/handle' FROM booking "
                             "WHERE seen_begun <= ?1 AND slot_start < ?1 AND state = 'confirmed' AND giving_up = 0)",
                             to_ms(now - life)));
  const auto erased = static_cast<std::size_t>(database_.changes());
  KIOSK_CHECK(transaction.commit());
  if (erased > 0) erase_from_log();
  return erased;
}

Result<Journal::Tries> Journal::tries(const std::string& booking_id) {
  KIOSK_TRY(const auto row, (store::query_row<int, std::int64_t>(
                                database_, "SELECT tries, next_try FROM booking WHERE id = ?1", booking_id)));
  if (!row) return make_error(ErrorKind::NotFound, "no such booking", booking_id);
  return Tries{std::get<0>(*row), from_ms(std::get<1>(*row))};
}

Status Journal::set_tries(const std::string& booking_id, const Tries& tries) {
  return store::execute(database_, "UPDATE booking SET tries = ?2, next_try = ?3 WHERE id = ?1", booking_id,
                        tries.count, to_ms(tries.next));
}

}  // namespace kiosk::promises
