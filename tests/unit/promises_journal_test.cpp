#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include "kiosk/core/files.h"
#include "kiosk/promises/journal_schema.h"
#include "kiosk/promises/listing.h"
#include "kiosk/store/query.h"
#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using promises::testing::Folder;
namespace fs = std::filesystem;

namespace {

Booking sample(const std::string& id, const std::string& code, core::Instant start) {
  Booking booking;
  booking.id = id;
  booking.code = code;
  booking.target = {"desk", "9001"};
  booking.service_name = "Blue Badge help";
  booking.office.id = "7001";
  booking.office.name = "Harrow Lane Desk";
  booking.office.address = "14 Harrow Lane";
  booking.office.point = core::GeoPoint{51.5, -0.14};
  booking.office.slot_minutes = 20;
  booking.slot = {"7001", start};
  return booking;
}

std::string all_bytes(const Folder& folder) {
  std::string bytes;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::ifstream file(folder.database().string() + suffix, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

std::string file_bytes(const fs::path& path) { return core::read_file(path).value(); }

}  // namespace

TEST_CASE("steps outlive a restart", "[promises][journal]") {
  const Folder folder;
  const core::AdjustableClock clock(core::Instant(core::Milliseconds(1'800'000'000'000)));
  const core::Instant start = clock.now() + std::chrono::hours(48);
  {
    auto journal = open_journal(folder, clock);
    Booking booking = sample("b1", "00000001", start);
    REQUIRE(journal->add(booking).ok());
    booking.state = BookingState::Held;
    booking.reference = "BB-042";
    booking.hold_until = clock.now() + std::chrono::minutes(15);
    Handle handle{"610042", core::SecretText(std::string("a3f9"))};
    REQUIRE(journal->record(booking, BookingState::Drafted, &handle).ok());
  }
  auto journal = open_journal(folder, clock);
  const auto found = journal->find("b1");
  REQUIRE(found.ok());
  CHECK(found->state == BookingState::Held);
  CHECK(found->reference == "BB-042");
  CHECK(found->slot == Slot{"7001", start});
  CHECK(found->office.name == "Harrow Lane Desk");
  CHECK(found->office.point == core::GeoPoint{51.5, -0.14});
  CHECK(found->hold_until == clock.now() + std::chrono::minutes(15));
  CHECK(journal->open_bookings()->size() == 1);
  CHECK(journal->handle("b1")->key.reveal() == "a3f9");
  CHECK(journal->handle("b1")->process_id == "610042");
  const auto history = journal->history("b1");
  REQUIRE(history->size() == 2);
  CHECK((*history)[0].state == BookingState::Drafted);
  CHECK((*history)[1].state == BookingState::Held);
  CHECK(journal->find("b2").error().kind == core::ErrorKind::NotFound);
  Booking again = sample("b1", "00000002", start);
  CHECK(journal->add(again).error().kind == core::ErrorKind::Refused);
}

TEST_CASE("keys are sealed, and gone once the booking is closed", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  const std::string secret(64, 'e');
  auto journal = open_journal(folder, clock);
  Booking booking = sample("b1", "00000001", clock.now());
  REQUIRE(journal->add(booking).ok());
  booking.state = BookingState::Held;
  Handle handle{"610042", core::SecretText(secret)};
  REQUIRE(journal->record(booking, BookingState::Drafted, &handle).ok());
  CHECK(all_bytes(folder).find(secret) == std::string::npos);
  CHECK(all_bytes(folder).find("b1/handle") != std::string::npos);  // it is there, as a box
  booking.state = BookingState::Released;
  REQUIRE(journal->record(booking, BookingState::Held).ok());
  CHECK(journal->handle("b1").error().kind == core::ErrorKind::NotFound);
  CHECK(all_bytes(folder).find("b1/handle") == std::string::npos);
}

namespace {

constexpr core::Milliseconds kDay = std::chrono::hours(24);

// Confirmed, with a key.
void add_confirmed(Journal& journal, const std::string& id, const std::string& code, core::Instant start) {
  Booking booking = sample(id, code, start);
  REQUIRE(journal.add(booking).ok());
  booking.state = BookingState::Confirmed;
  Handle handle{"1", core::SecretText(std::string("a3f9"))};
  REQUIRE(journal.record(booking, BookingState::Drafted, &handle).ok());
}

}  // namespace

TEST_CASE("keys of appointments that are over are erased, others stay", "[promises][journal]") {
  const Folder folder;
  core::AdjustableClock clock(core::Instant(core::Milliseconds(1'800'000'000'000)));
  auto journal = open_journal(folder, clock);
  add_confirmed(*journal, "past", "00000001", clock.now() - std::chrono::hours(2));
  add_confirmed(*journal, "future", "00000002", clock.now() + std::chrono::hours(48));
  CHECK(journal->erase_handles(kDay).value() == 0);  // seen begun for the first time
  clock.advance(std::chrono::hours(23));
  CHECK(journal->erase_handles(kDay).value() == 0);
  clock.advance(std::chrono::hours(2));
  CHECK(journal->erase_handles(kDay).value() == 1);
  CHECK_FALSE(journal->handle("past").ok());
  CHECK(journal->handle("future").ok());
  CHECK(journal->find_by_code("00000002")->id == "future");
  CHECK_FALSE(journal->find_by_code("00000003").ok());
}

TEST_CASE("a clock that is a year ahead at one start erases no key", "[promises][journal]") {
  const Folder folder;
  core::AdjustableClock clock(core::Instant(core::Milliseconds(1'800'000'000'000)));
  const core::Instant start = clock.now() + std::chrono::hours(48);
  add_confirmed(*open_journal(folder, clock), "b1", "00000001", start);
  core::AdjustableClock wrong(clock.now() + std::chrono::hours(24 * 365));
  {
    auto journal = open_journal(folder, wrong);
    CHECK(journal->erase_handles(kDay).value() == 0);
    wrong.advance(std::chrono::minutes(5));
    CHECK(journal->erase_handles(kDay).value() == 0);
  }
  auto journal = open_journal(folder, clock);
  CHECK(journal->erase_handles(kDay).value() == 0);
  CHECK(journal->handle("b1").ok());
  // What the wrong clock saw counts for nothing once a look has found the appointment still to come.
  wrong.advance(std::chrono::hours(48));
  auto later = open_journal(folder, wrong);
  CHECK(later->erase_handles(kDay).value() == 0);
  CHECK(later->handle("b1").ok());
}

TEST_CASE("a step is taken only from the state that it was found in", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  auto journal = open_journal(folder, clock);
  auto other = open_journal(folder, clock);
  Booking booking = sample("b1", "00000001", clock.now() + std::chrono::hours(48));
  REQUIRE(journal->add(booking).ok());
  Booking stale = *other->find("b1");
  booking.state = BookingState::Holding;
  REQUIRE(journal->record(booking, BookingState::Drafted).ok());
  stale.state = BookingState::Released;
  CHECK(other->record(stale, BookingState::Drafted).error().kind == core::ErrorKind::Refused);
  CHECK(journal->find("b1")->state == BookingState::Holding);
  CHECK(journal->history("b1")->size() == 2);
  Booking unknown = sample("b2", "00000002", clock.now());
  CHECK(journal->record(unknown, BookingState::Drafted).error().kind == core::ErrorKind::NotFound);
}

TEST_CASE("which ones stand in place of a booking, or may", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  auto journal = open_journal(folder, clock);
  add_confirmed(*journal, "old", "00000001", clock.now() + std::chrono::hours(48));
  const auto add_instead = [&](const std::string& id, const std::string& code, BookingState state) {
    Booking booking = sample(id, code, clock.now() + std::chrono::hours(72));
    booking.replaces = "old";
    REQUIRE(journal->add(booking).ok());
    booking.state = state;
    REQUIRE(journal->record(booking, BookingState::Drafted).ok());
  };
  add_instead("held", "00000002", BookingState::Held);
  add_instead("released", "00000003", BookingState::Released);
  CHECK(journal->replacements("old")->empty());
  add_instead("unknown", "00000004", BookingState::Unknown);
  const auto found = journal->replacements("old");
  REQUIRE(found->size() == 1);
  CHECK(found->front().id == "unknown");
  CHECK(journal->replacements("")->empty());
}

TEST_CASE("what was erased just before a stop is out of the log after the next start", "[promises][journal]") {
  const core::SystemClock clock;
  const Folder folder, after;
  auto journal = open_journal(folder, clock);
  add_confirmed(*journal, "b1", "00000001", clock.now());
  {
    // The transaction that erases, without what empties the log after it.
    store::OpenOptions options;
    options.erase = store::Erase::Overwrite;
    auto database = store::Database::open(folder.database(), options);
    REQUIRE(database.ok());
    REQUIRE(database->run_script("DELETE FROM sealed WHERE purpose = 'b1/handle'").ok());
  }
  // The files as the stop left them.
  for (const char* suffix : {"", "-wal", "-shm"}) {
    fs::copy_file(folder.database().string() + suffix, after.database().string() + suffix);
  }
  fs::copy_file(folder.key(), after.key());
  auto next = open_journal(after, clock);
  REQUIRE(all_bytes(after).find("b1/handle") != std::string::npos);
  CHECK(next->finish_erasing());
  CHECK(all_bytes(after).find("b1/handle") == std::string::npos);
}

TEST_CASE("database and key are for the kiosk alone", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  auto journal = open_journal(folder, clock);
  for (const fs::path& path : {folder.database(), folder.key()}) {
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
  }
  CHECK(file_bytes(folder.key()).size() == 32);
  journal.reset();
  fs::permissions(folder.key(), fs::perms::group_read, fs::perm_options::add);
  CHECK(Journal::open(folder.database(), folder.key(), clock).error().kind == core::ErrorKind::Corrupt);
}

TEST_CASE("a damaged journal is refused and left as it is", "[promises][journal]") {
  const core::SystemClock clock;
  for (const bool only_a_page : {false, true}) {
    const Folder folder;
    {
      auto journal = open_journal(folder, clock);
      for (int i = 0; i < 200; i++) {
        Booking booking = sample("b" + std::to_string(i), std::to_string(10'000'000 + i), clock.now());
        REQUIRE(journal->add(booking).ok());
      }
    }
    std::string bytes = file_bytes(folder.database());
    REQUIRE(bytes.size() > 16384);
    if (only_a_page) {
      std::fill(bytes.begin() + 8192, bytes.begin() + 12288, '\x5A');
    } else {
      bytes.assign(5000, 'x');
    }
    std::ofstream(folder.database(), std::ios::binary | std::ios::trunc) << bytes;
    const auto opened = Journal::open(folder.database(), folder.key(), clock);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().kind == core::ErrorKind::Corrupt);
    CHECK(file_bytes(folder.database()) == bytes);
  }
}

TEST_CASE("without its own key the journal is refused, and no new key is made", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  open_journal(folder, clock).reset();
  const std::string before = file_bytes(folder.database());
  const std::string key = file_bytes(folder.key());
  fs::remove(folder.key());
  CHECK(Journal::open(folder.database(), folder.key(), clock).error().kind == core::ErrorKind::Corrupt);
  CHECK_FALSE(fs::exists(folder.key()));
  REQUIRE(core::write_file_atomically(folder.key(), std::string(32, 'k'), core::FileMode::Private).ok());
  CHECK(Journal::open(folder.database(), folder.key(), clock).error().kind == core::ErrorKind::Corrupt);
  REQUIRE(core::write_file_atomically(folder.key(), "short", core::FileMode::Private).ok());
  CHECK(Journal::open(folder.database(), folder.key(), clock).error().kind == core::ErrorKind::Corrupt);
  CHECK(file_bytes(folder.database()) == before);
  REQUIRE(core::write_file_atomically(folder.key(), key, core::FileMode::Private).ok());
  CHECK(Journal::open(folder.database(), folder.key(), clock).ok());
}

TEST_CASE("a newer program's journal is left alone", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  open_journal(folder, clock).reset();
  {
    auto database = store::Database::open(folder.database());
    REQUIRE(database.ok());
    REQUIRE(database->run_script("PRAGMA user_version = 99").ok());
  }
  CHECK(Journal::open(folder.database(), folder.key(), clock).error().kind == core::ErrorKind::Unsupported);
}

TEST_CASE("a box opens in its place alone", "[promises][seal]") {
  const Folder folder;
  const auto key = SealingKey::create(folder.key());
  REQUIRE(key.ok());
  auto box = key->seal("a/handle", core::SecretText(std::string("text")));
  CHECK(key->open("a/handle", box)->reveal() == "text");
  CHECK_FALSE(key->open("b/handle", box).ok());
  CHECK_FALSE(key->open("a/handl", box).ok());
  CHECK(box != key->seal("a/handle", core::SecretText(std::string("text"))));
  box.back() ^= 1;
  CHECK(key->open("a/handle", box).error().kind == core::ErrorKind::Corrupt);
  CHECK_FALSE(key->open("a/handle", {}).ok());
}

TEST_CASE("print jobs are followed step by step, and closed after a restart", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  {
    auto journal = open_journal(folder, clock);
    Booking booking = sample("b1", "00000001", clock.now());
    REQUIRE(journal->add(booking).ok());
    for (const char* id : {"p1", "p2", "p3", "p4"}) {
      PrintRecord record;
      record.id = id;
      record.booking_id = "b1";
      REQUIRE(journal->add_print(record).ok());
    }
    PrintRecord twice;
    twice.id = "p1";
    CHECK(journal->add_print(twice).error().kind == core::ErrorKind::Refused);
    REQUIRE(journal->advance_print("p1", PrintState::Sending).ok());
    REQUIRE(journal->advance_print("p2", PrintState::AwaitingAck).ok());
    REQUIRE(journal->advance_print("p3", PrintState::Printed, "acknowledged").ok());
    CHECK(journal->advance_print("p9", PrintState::Printed).error().kind == core::ErrorKind::NotFound);
  }
  auto journal = open_journal(folder, clock);
  CHECK(journal->close_prints().value() == 3);
  const auto prints = journal->prints_of("b1");
  REQUIRE(prints->size() == 4);
  CHECK((*prints)[0].state == PrintState::Unknown);
  CHECK((*prints)[1].state == PrintState::Unknown);
  CHECK((*prints)[2].state == PrintState::Printed);
  CHECK((*prints)[3].state == PrintState::Failed);
  const auto shown = show_promise(*journal, {}, "b1");
  REQUIRE(shown.ok());
  CHECK((*shown)["prints"].size() == 4);
  CHECK((*shown)["history"].size() == 1);
  CHECK(list_promises(*journal, {}, 10)->size() == 1);
}

TEST_CASE("a journal whose creation was cut off is rolled back and used", "[promises][journal]") {
  const Folder folder, after;
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(folder.database().c_str(), &database) == SQLITE_OK);
  // Pages of a transaction that is not finished, on the disk already: as a cut leaves them.
  REQUIRE(sqlite3_exec(database,
                       "PRAGMA journal_mode = DELETE; CREATE TABLE draft (x); PRAGMA cache_size = 1; BEGIN;"
                       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
                       "INSERT INTO draft SELECT randomblob(800) FROM n",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
  for (const char* suffix : {"", "-journal"})
    fs::copy_file(folder.database().string() + suffix, after.database().string() + suffix);
  REQUIRE(sqlite3_close(database) == SQLITE_OK);
  const core::AdjustableClock clock;
  const auto journal = open_journal(after, clock);
  CHECK(journal->newest(1).value().empty());
  CHECK_FALSE(fs::exists(after.database().string() + "-journal"));
}
