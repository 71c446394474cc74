// What the directory says of what was booked: of the record from whose page it was, and of no other feed's.
#include <fstream>

#include "kiosk/app/knowledge.h"
#include "kiosk/directory/import.h"
#include "tests/unit/app_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace app_test;
using kiosk::test::TemporaryFolder;

namespace {

// A directory in which three records claim the passport desk's one service: two of the council, for adults and for
// children, and before them in order one of a feed that has nothing to do with either.
class Claims {
 public:
  explicit Claims(std::vector<settings::ActionEntry> actions = {}) {
    import_claims("aardvark",
                  R"([{"id": "1", "name": "Passports!", "required_documents": [{"document": "Your bank card"}]}])");
    import_claims("council", R"([
      {"id": "adult", "name": "Passport", "required_documents": [{"document": "Old passport"}]},
      {"id": "child", "name": "Passport for a child", "required_documents": [{"document": "Birth certificate"}]}])");
    auto settings = std::make_shared<settings::Settings>();
    settings->actions = std::move(actions);
    auto opened = app::Knowledge::open(settings, database(), clock_);
    REQUIRE(opened.ok());
    knowledge_ = std::move(opened).value();
  }
  // Of an appointment at the passport desk: what to bring; "" where no record is known.
  std::string brings(const std::string& record) const {
    promises::Booking booking;
    booking.target = {"desk", "77"};
    booking.record = record;
    const auto service = knowledge_->booked_service(booking);
    if (!service.ok()) {
      CHECK(service.error().kind == core::ErrorKind::NotFound);
      return {};
    }
    REQUIRE(service->booking);
    REQUIRE(service->documents.size() == 1);
    return service->documents.front().name;
  }

 private:
  std::filesystem::path database() const { return folder_ / "directory.db"; }
  void import_claims(const std::string& source, const std::string& records) {
    const std::filesystem::path file = folder_ / (source + ".json");
    std::ofstream(file) << records;
    auto directory = directory::Directory::open(database(), directory::Directory::Access::Write);
    REQUIRE(directory.ok());
    directory::ImportOptions options;
    for (const char* id : {"1", "adult", "child"})
      options.actions.push_back({source, id, "", "", directory::ActionLink{"desk", "77"}, std::nullopt});
    REQUIRE(directory::import_file(*directory, {source, source, ""}, file, clock_, options).ok());
  }

  TemporaryFolder folder_;
  core::AdjustableClock clock_{kMorning};
  std::unique_ptr<app::Knowledge> knowledge_;
};

}  // namespace

TEST_CASE("what to bring is what the record says from whose page it was booked, whoever else claims the service") {
  const Claims claims;
  CHECK(claims.brings("council:adult") == "Old passport");
  CHECK(claims.brings("council:child") == "Birth certificate");
  CHECK(claims.brings("council:gone").empty());
}

TEST_CASE("of an appointment that names no record no feed says what to bring, but the one that the site names") {
  CHECK(Claims().brings("").empty());
  CHECK(Claims({{"council", "child", "desk:77", ""}, {"aardvark", "1", "desk:78", ""}}).brings("") ==
        "Birth certificate");
  CHECK(Claims({{"council", "child", "desk:77", ""}, {"council", "adult", "desk:77", ""}}).brings("").empty());
}
