// The folder of calendar files says what the journal says.
#include <fstream>

#include "kiosk/app/calendar_files.h"
#include "kiosk/core/files.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using promises::Booking;
using promises::BookingState;

namespace {

struct FilesWorld {
  test::TemporaryFolder folder;
  core::AdjustableClock clock;
  std::unique_ptr<promises::Journal> journal;
  std::shared_ptr<settings::Settings> site = std::make_shared<settings::Settings>();
  std::unique_ptr<app::CalendarFiles> files;

  FilesWorld() {
    auto opened = promises::Journal::open(folder.path() / "kiosk.db", folder.path() / "kiosk.key", clock);
    REQUIRE(opened.ok());
    journal = std::move(*opened);
    site->receipts.calendar_folder = folder.path() / "calendar";
    const auto words = text::Words::load(std::filesystem::path(KIOSK_SOURCE_DIR) / "assets/words");
    REQUIRE(words.ok());
    auto another = journal->another();
    REQUIRE(another.ok());
    files = std::make_unique<app::CalendarFiles>(site, *words, std::move(*another));
  }
  std::filesystem::path file(const std::string& name) const { return site->receipts.calendar_folder / name; }
  std::string text(const std::string& name) const {
    const auto read = core::read_file(file(name));
    return read.ok() ? *read : "";
  }
  Booking book(const char* code, std::chrono::hours from_now) {
    Booking booking;
    booking.id = std::string("id-") + code;
    booking.code = code;
    booking.target = {"desk", "9001"};
    booking.service_name = "Blue Badge help";
    booking.office.name = "Harrow Lane Desk";
    booking.slot.start = clock.now() + from_now;
    REQUIRE(journal->add(booking).ok());
    step(booking, BookingState::Confirmed);
    return booking;
  }
  void step(Booking& booking, BookingState to) {
    const BookingState from = booking.state;
    booking.state = to;
    REQUIRE(journal->record(booking, from).ok());
  }
  void update() {
    const core::Status done = files->update();
    INFO((done.ok() ? std::string() : done.error().describe()));
    REQUIRE(done.ok());
  }
};

}  // namespace

TEST_CASE("each appointment to come has its calendar file, and no other") {
  FilesWorld world;
  Booking booking = world.book("F4ZPM5QZ", std::chrono::hours(30));
  world.update();
  const std::string text = world.text("F4ZPM5QZ.ics");
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\n"));
  CHECK(text.find("SUMMARY:Blue Badge help") != std::string::npos);
  CHECK(text.find("LOCATION:Harrow Lane Desk") != std::string::npos);
  CHECK(text.find("UID:id-F4ZPM5QZ@civic-kiosk") != std::string::npos);
  CHECK(text.find("STATUS:CANCELLED") == std::string::npos);
  SECTION("what is right is left as it is") {
    const auto written = std::filesystem::last_write_time(world.file("F4ZPM5QZ.ics"));
    std::filesystem::last_write_time(world.file("F4ZPM5QZ.ics"), written - std::chrono::hours(1));
    world.update();
    CHECK(std::filesystem::last_write_time(world.file("F4ZPM5QZ.ics")) == written - std::chrono::hours(1));
  }
  SECTION("cancelled") {
    world.step(booking, BookingState::Cancelled);
    world.update();
    CHECK(world.text("F4ZPM5QZ.ics").find("STATUS:CANCELLED") != std::string::npos);
    CHECK(world.text("F4ZPM5QZ.ics").find("SEQUENCE:1") != std::string::npos);
  }
  SECTION("once it has begun it is gone, and what is not a code's is left alone") {
    std::ofstream(world.file("notes.ics")) << "staff's own";
    std::ofstream(world.file("F4ZPM5QZ.txt")) << "staff's own";
    world.clock.advance(std::chrono::hours(31));
    world.update();
    CHECK_FALSE(std::filesystem::exists(world.file("F4ZPM5QZ.ics")));
    CHECK(std::filesystem::exists(world.file("notes.ics")));
    CHECK(std::filesystem::exists(world.file("F4ZPM5QZ.txt")));
  }
}

TEST_CASE("what can't be written is named, and keeps nothing else from being written") {
  FilesWorld world;
  world.book("F4ZPM5QZ", std::chrono::hours(30));
  SECTION("a file stands there") {
    std::ofstream(world.site->receipts.calendar_folder) << "in the way";
    const core::Status done = world.files->update();
    REQUIRE_FALSE(done.ok());
    CHECK(done.error().kind == core::ErrorKind::Io);
    CHECK(done.error().describe().find("calendar") != std::string::npos);
  }
  SECTION("one file can't be written: the others are") {
    std::filesystem::create_directories(world.file("F4ZPM5QZ.ics"));
    world.book("NBQB27BQ", std::chrono::hours(40));
    CHECK_FALSE(world.files->update().ok());
    CHECK(world.text("NBQB27BQ.ics").starts_with("BEGIN:VCALENDAR"));
  }
}
