// Places that several services tell of, from a feed of two.
#include "kiosk/app/knowledge.h"
#include "kiosk/core/files.h"
#include "kiosk/directory/import.h"
#include "tests/unit/app_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace app_test;
using directory::OpenKind;
using kiosk::test::TemporaryFolder;

namespace {

std::string weekly(const std::string& days, const std::string& opens, const std::string& closes,
                   const std::string& note) {
  return R"("schedules":[{"freq":"WEEKLY","byday":")" + days + R"(","opens_at":")" + opens + R"(","closes_at":")" +
         closes + R"(","description":")" + note + R"("}],)";
}

const std::string kOpenDaily = R"("schedules":[{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR","opens_at":"09:00",)"
                               R"("closes_at":"17:00"}],)";

std::string at_library(const std::string& name, const std::string& status, const std::string& schedules) {
  return R"({"id":")" + name + R"(","name":")" + name + R"(","status":")" + status +
         R"(","organization":{"id":"o","name":"Northfield","description":"A council"},)"
         R"("service_at_locations":[{"id":"at)" +
         name + R"(","location":{"id":"l)" + name + R"(","location_type":"physical","name":"Library",)" + schedules +
         R"("addresses":[{"id":"a","address_1":"1 High Street","city":"Northfield","postal_code":"NF1 1AA",)"
         R"("country":"GB","address_type":"physical"}]}}]})";
}

// What the list of places says of the library that these services are at.
visit::PlaceCard library_of(const std::string& first, const std::string& second) {
  const TemporaryFolder folder;
  const core::AdjustableClock clock{kMorning};
  const std::filesystem::path database = folder / "directory.db", feed = folder / "feed.json";
  REQUIRE(core::write_file_atomically(feed, "[" + first + "," + second + "]").ok());
  {
    auto directory = directory::Directory::open(database, directory::Directory::Access::Write);
    REQUIRE(directory.ok());
    REQUIRE(directory::import_file(*directory, {"north", "north", "E07999001"}, feed, clock).ok());
  }
  const auto knowledge = app::Knowledge::open(std::make_shared<settings::Settings>(), database, clock);
  REQUIRE(knowledge.ok());
  const auto places = (*knowledge)->places({});
  REQUIRE(places.ok());
  REQUIRE(places->size() == 1);
  CHECK(places->front().services.size() == 2);
  return places->front();
}

}  // namespace

TEST_CASE("a place is not closed because one of its services is") {
  const std::string paused = at_library("Story time", "temporarily closed", kOpenDaily);
  const std::string lending = at_library("Lending", "active", kOpenDaily);
  const std::string unsaid = at_library("Lending", "active", "");
  CHECK(library_of(paused, lending).hours.opening.kind == OpenKind::OpenNow);
  CHECK(library_of(lending, paused).hours.opening.kind == OpenKind::OpenNow);
  CHECK(library_of(paused, unsaid).hours.opening.kind == OpenKind::Unknown);
}

TEST_CASE("whoever opens the doors longest tells the hours, with a note or without; a telephone opens none") {
  const std::string staffed = at_library("Lending", "active", weekly("MO,TU,WE,TH,FR", "09:00", "17:00", "Staffed"));
  const std::string police = at_library("Police", "active", weekly("TU", "10:00", "11:00", ""));
  const std::string phone = at_library("Line", "active", weekly("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00", "Telephone"));
  CHECK(library_of(police, staffed).hours.note == "Staffed");
  CHECK(library_of(staffed, police).hours.note == "Staffed");
  CHECK(library_of(phone, police).hours.note.empty());
  CHECK(library_of(police, phone).hours.note.empty());
}
