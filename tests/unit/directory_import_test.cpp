#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "kiosk/directory/directory.h"
#include "kiosk/directory/import.h"
#include "kiosk/store/query.h"
#include "tests/unit/catch.h"
#include "tests/unit/real_data.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using namespace kiosk::directory;
namespace fs = std::filesystem;

namespace {

struct Bench {
  test::TemporaryFolder folder;
  core::AdjustableClock clock{*core::parse_iso8601("2026-11-23T12:00:00Z")};
  Directory directory = open();

  Directory open() {
    core::Result<Directory> opened = Directory::open(folder.path() / "directory.db", Directory::Access::Write);
    REQUIRE(opened.ok());
    return std::move(*opened);
  }
  fs::path write(const std::string& name, const std::string& text) {
    const fs::path file = folder.path() / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return file;
  }
  core::Result<SyncReport> import(const fs::path& path, const ImportOptions& options = {}) {
    return import_file(directory, {"s", "Source", "E06000023"}, path, clock, options);
  }
};

}  // namespace

TEST_CASE("import: an array of services replaces the source, with counts and reasons") {
  Bench bench;
  const fs::path file = bench.write("dump.json", R"([{"id": "1", "name": "One"}, {"id": "2", "name": ""}, 5,
      {"id": "1", "name": "Again"}, {"name": "No id"}, {"id": "3", "name": "Three", "status": "defunct"}])");
  const core::Result<SyncReport> report = bench.import(file);
  REQUIRE(report.ok());
  CHECK(report->added == 2);
  CHECK(report->seen == 2);
  CHECK(report->skipped == 4);
  REQUIRE(report->skipped_records.size() == 4);
  CHECK(report->skipped_records[0].reason == "no name");
  CHECK(report->skipped_records[0].example == "2");
  CHECK(report->skipped_records[1].example == "record 3");
  CHECK(*bench.directory.count() == 1);  // the defunct one is kept, but not shown
  const core::Result<Service> one = bench.directory.service({"s", "1"});
  REQUIRE(one.ok());
  CHECK(one->organisation.authority == "E06000023");
  CHECK(one->checked == bench.clock.now());
  CHECK(bench.directory.sources()->at(0).services == 1);
}

TEST_CASE("import: again, what changed, and what went") {
  Bench bench;
  REQUIRE(bench.import(bench.write("a.json", R"([{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}])")).ok());
  const std::int64_t generation = *bench.directory.generation();
  const auto same = bench.import(bench.write("a.json", R"([{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}])"));
  CHECK(same->unchanged == 2);
  CHECK(*bench.directory.generation() == generation);
  const auto next = bench.import(
      bench.write("a.json", R"({"contents": [{"id": "1", "name": "Uno"}, {"id": "3", "name": "Three"}]})"));
  CHECK(next->added == 1);
  CHECK(next->changed == 1);
  CHECK(next->removed == 1);
  CHECK(*bench.directory.generation() > generation);
  CHECK(bench.directory.service({"s", "2"}).error().kind == core::ErrorKind::NotFound);
}

TEST_CASE("import: every form of dump") {
  Bench bench;
  const std::string one = R"({"id": "1", "name": "One", "schedules": []})";
  for (const std::string& text :
       {"[" + one + "]", "{\"content\": [" + one + "], \"totalElements\": 1}", one, "{\"contents\": [" + one + "]}",
        "{\"services\": [" + one + "], \"x\": {\"content\": 1}}", "\xEF\xBB\xBF[" + one + "]"}) {
    const auto report = bench.import(bench.write("a.json", text));
    REQUIRE(report.ok());
    CHECK(report->seen == 1);
  }
  CHECK(bench.import(bench.write("a.ndjson", one + "\n\n" + R"({"id": "2", "name": "Two"})" + "\n"))->seen == 2);
}

TEST_CASE("import: what is no directory changes nothing and says why") {
  Bench bench;
  REQUIRE(bench.import(bench.write("a.json", R"([{"id": "1", "name": "One"}])")).ok());
  for (const char* text :
       {"", "<html></html>", "[{\"id\": \"2\"", "{}", "[]", "[1, 2]", "{\"a\": {\"id\": \"3\"}}", "7"}) {
    const auto report = bench.import(bench.write("bad.json", text));
    REQUIRE_FALSE(report.ok());
    CHECK(report.error().kind == core::ErrorKind::Invalid);
    CHECK(report.error().where.find("/bad.json") != std::string::npos);  // as it was given, not its last part
  }
  CHECK(bench.import(bench.folder.path() / "missing.json").error().kind == core::ErrorKind::NotFound);
  CHECK(bench.import(bench.write("big.json", "[1]"), {.max_file_bytes = 2}).error().kind == core::ErrorKind::Full);
  CHECK(*bench.directory.count() == 1);
}

TEST_CASE("import: a tabular package is put together") {
  Bench bench;
  const fs::path package = bench.folder.path() / "package";
  bench.write("package/datapackage.json", R"({"resources": [{"name": "services", "path": "tables/my-services.csv"},
      {"name": "phones", "path": "../../etc/passwd"}]})");
  bench.write("package/tables/my-services.csv",
              "id,name,organization_id,status\ns1,Swimming,o1,active\ns2,,o1,active\n");
  bench.write("package/organizations.csv", "id,name,website\no1,Leisure Trust,http://leisure.example.net\n");
  bench.write("package/service_at_location.csv", "id,service_id,location_id\nsl1,s1,l1\n");
  bench.write("package/locations.csv", "id,location_type,name,latitude,longitude\nl1,physical,Pool,51.5,-2.5\n");
  bench.write("package/addresses.csv",
              "id,location_id,address_1,city,postal_code,country\na1,l1,\"1 Pool Rd, East\",Bristol,BS1 1AA,GB\n");
  bench.write("package/phones.csv", "id,service_id,number\np1,s1,\"\"\"0117 496 0123\"\"\"\n");
  bench.write("package/schedules.csv",
              "id,service_id,location_id,service_at_location_id,freq,byday,opens_at,closes_at\n"
              "c1,s1,,,WEEKLY,MO,08:00,20:00\nc2,s1,l1,sl1,WEEKLY,\"TU,WE\",09:00,21:00\n");
  bench.write("package/attributes.csv", "id,link_id,taxonomy_term_id\nx,s1,t1\n");
  bench.write("package/taxonomy_terms.csv", "id,name,taxonomy\nt1,Sport,topics\n");
  const auto report = bench.import(package);
  REQUIRE(report.ok());
  CHECK(report->dialect == "tabular");
  CHECK(report->added == 1);
  REQUIRE(report->skipped == 1);
  CHECK(report->skipped_records[0].reason == "no name");
  const core::Result<Service> service = bench.directory.service({"s", "s1"});
  REQUIRE(service.ok());
  CHECK(service->organisation.name == "Leisure Trust");
  CHECK(service->phones.at(0).number == "0117 496 0123");
  CHECK(service->categories.at(0).name == "Sport");
  CHECK(service->schedules.at(0).opens == 480);
  REQUIRE(service->places.size() == 1);
  CHECK(service->places[0].address->lines.at(0) == "1 Pool Rd, East");
  CHECK(service->places[0].schedules.at(0).by_weekday.size() == 2);
  CHECK(bench.import(bench.folder.path()).error().kind == core::ErrorKind::NotFound);
}

TEST_CASE("import: action rules of the configuration, and a change of them") {
  Bench bench;
  const fs::path file = bench.write("a.json", R"([{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}])");
  REQUIRE(bench.import(file).ok());
  ImportOptions options;
  options.actions = {{"s", "2", "", "", parse_action_link("zms:5"), std::nullopt}};
  const std::int64_t generation = *bench.directory.generation();
  REQUIRE(bench.import(file, options).ok());
  CHECK(bench.directory.service({"s", "2"})->booking->service_id == "5");
  CHECK(*bench.directory.generation() > generation);
}

TEST_CASE("directory: a damaged file is set aside and begun anew") {
  test::TemporaryFolder folder;
  const fs::path file = folder.path() / "directory.db";
  std::ofstream(file) << std::string(5000, 'x');
  for (const auto access : {Directory::Access::Write, Directory::Access::Read}) {
    std::ofstream(file) << std::string(5000, 'x');
    const core::Result<Directory> directory = Directory::open(file, access);
    REQUIRE(directory.ok());
    CHECK(directory->was_rebuilt());
    CHECK(*directory->count() == 0);
  }
  std::size_t kept = 0;
  for (const auto& entry : fs::directory_iterator(folder.path()))
    kept += entry.path().string().find("damaged") != std::string::npos;
  CHECK(kept >= 1);
  CHECK_FALSE(Directory::open(file, Directory::Access::Read)->was_rebuilt());
}

TEST_CASE("directory: readers see a whole generation or the one before") {
  Bench bench;
  REQUIRE(bench.import(bench.write("a.json", R"([{"id": "1", "name": "One"}])")).ok());
  const core::Result<Directory> reader = Directory::open(bench.folder.path() / "directory.db", Directory::Access::Read);
  REQUIRE(reader.ok());
  const std::int64_t generation = *reader->generation();
  std::size_t seen = 0;
  // A change that is published while a reader is in the middle of its list stays out of that list.
  const core::Status status = reader->for_each([&](const Service& service) -> core::Status {
    ++seen;
    CHECK(service.name == "One");
    const auto next =
        bench.import(bench.write("b.json", R"([{"id": "1", "name": "Uno"}, {"id": "2", "name": "Dos"}])"));
    REQUIRE(next.ok());
    return {};
  });
  CHECK(status.ok());
  CHECK(seen == 1);
  CHECK(*reader->generation() == generation + 1);
  CHECK(*reader->count() == 2);
}

TEST_CASE("import: the real dumps of two authorities") {
  const fs::path data = test::real_data("oruk-bristol-northlincs");
  if (data.empty()) {
    WARN("skipped: no real data");
    return;
  }
  Bench bench;
  const auto bristol =
      import_file(bench.directory, {"bristol", "Bristol", ""}, data / "bristol_services_2024-12.json", bench.clock);
  REQUIRE(bristol.ok());
  CHECK(bristol->dialect == "oruk1");
  CHECK(bristol->seen == 817);
  CHECK(bristol->skipped == 2);  // one without a name, one id twice
  const auto lincs = import_file(bench.directory, {"northlincs", "North Lincolnshire", ""},
                                 data / "northlincs_services_2024-12.json", bench.clock);
  REQUIRE(lincs.ok());
  CHECK(lincs->seen == 738);
  std::size_t with_phone = 0;
  REQUIRE(bench.directory
              .for_each([&](const Service& service) -> core::Status {
                CHECK(service.description.find("<p") == std::string::npos);
                CHECK(service.description.find("&nbsp;") == std::string::npos);
                CHECK(service.name.find('\n') == std::string::npos);
                with_phone += !service.phones.empty();
                return {};
              })
              .ok());
  CHECK(with_phone > 200);
  const auto raw = store::query_one<std::int64_t>(bench.directory.database(),
                                                  "SELECT count(*) FROM services WHERE raw LIKE '%assured_by%'");
  CHECK(raw->value() == 0);
}

TEST_CASE("import: the demo region comes in whole") {
  const fs::path feeds = fs::path(KIOSK_SOURCE_DIR) / "assets" / "demo" / "feeds";
  if (!fs::is_directory(feeds)) {
    WARN("skipped: no demo region");
    return;
  }
  Bench bench;
  std::size_t services = 0, bookable = 0, reportable = 0, with_hours = 0;
  for (const auto& entry : fs::directory_iterator(feeds)) {
    const std::string id = entry.path().stem().string();
    const auto report = import_file(bench.directory, {id, id, ""}, entry.path(), bench.clock);
    REQUIRE(report.ok());
    CHECK(report->skipped == 0);
    services += report->seen;
  }
  CHECK(services >= 150);
  CHECK(*bench.directory.count() + 10 >= services);  // but for those that are closed for now
  REQUIRE(bench.directory
              .for_each([&](const Service& service) -> core::Status {
                INFO(service.key.source + "/" + service.key.id);
                CHECK_FALSE(service.organisation.name.empty());
                CHECK(service.description.find('<') == std::string::npos);
                bookable += service.booking.has_value();
                reportable += service.report.has_value();
                for (const Category& category : service.categories) CHECK(category.taxonomy != "civic-kiosk:action");
                for (const Place& place : service.places) with_hours += !place.schedules.empty();
                return {};
              })
              .ok());
  CHECK(bookable > 0);
  CHECK(reportable > 0);
  CHECK(with_hours > 0);
}

TEST_CASE("import: published examples of HSDS and ORUK") {
  const fs::path data = test::real_data("hsds-schema");
  if (data.empty()) {
    WARN("skipped: no real data");
    return;
  }
  for (const char* set : {"hsds-3.0", "hsds-3.1-dev", "oruk-3.0"}) {
    Bench bench;
    const auto full = bench.import(data / set / "examples" / "service_full.json");
    REQUIRE(full.ok());
    CHECK(full->seen == 1);
    const auto tables = bench.import(data / set / "examples" / "csv");
    REQUIRE(tables.ok());
    CHECK(tables->seen == 1);
    const core::Result<Service> service = bench.directory.service({"s", "ac148810-d857-441c-9679-408f346de14b"});
    REQUIRE(service.ok());
    CHECK(service->organisation.name == "Example Organization Inc.");
    CHECK(service->costs.empty());  // past its date
  }
}
