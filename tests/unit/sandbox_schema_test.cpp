// What the sandbox emits, held against the published schemas and the recorded shapes, where those stand beside the
// checkout (or under $KIOSK_SHARED_DATA).
#include <cstdlib>
#include <filesystem>
#include <iostream>

#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "kiosk/core/files.h"
#include "tests/unit/sandbox_fixture.h"

using namespace kiosk::sandbox::testing;
using kiosk::core::Json;
namespace fs = std::filesystem;

namespace {

// Empty where there is none: then the case says so and passes.
fs::path shared_data(const char* part) {
  const char* given = std::getenv("KIOSK_SHARED_DATA");
  const fs::path root = given ? fs::path(given) : fs::path(KIOSK_SOURCE_DIR) / "../shared/data";
  std::error_code error;
  if (fs::is_directory(root / part, error)) return root / part;
  WARN("skipped: no real data (" << part << ")");
  return {};
}

Json read(const fs::path& path) {
  const auto bytes = kiosk::core::read_file(path);
  if (!bytes) FAIL(bytes.error().describe());
  return Json::parse(*bytes);
}

// Versions of the validator differ in which formats they know ("time" without seconds, the data package's "csv").
void drop_formats(Json& schema) {
  if (!schema.is_structured()) return;
  if (schema.is_object() && schema.contains("format") && schema["format"].is_string()) schema.erase("format");
  for (Json& member : schema) drop_formats(member);
}

class SchemaFile {
 public:
  explicit SchemaFile(const fs::path& path) {
    Json json = read(path);
    drop_formats(json);
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(json), schema_);
  }
  // "" where it fits, else the first thing that does not.
  std::string mismatch(const Json& document) const {
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    if (validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(document), &results)) return {};
    valijson::ValidationResults::Error error;
    results.popError(error);
    std::string where;
    for (const std::string& part : error.context) where += part;
    return where + ": " + error.description;
  }

 private:
  valijson::Schema schema_;
};

// Every list row and every detail of every feed in one dialect.
void check_dialect(Client& client, const std::vector<std::string>& feeds, const std::string& dialect, const char* rows,
                   const SchemaFile& list, const SchemaFile& detail) {
  CHECK(list.mismatch({{"id", 1}}) != "");  // the schema does look
  CHECK(detail.mismatch({{"id", "x"}, {"contacts", "none"}}) != "");
  for (const std::string& feed : feeds) {
    const std::string base = "/" + feed + "/" + dialect + "/services";
    const Json page = client.get(base + "?per_page=1000").json();
    CHECK_FALSE(page[rows].empty());
    for (const Json& row : page[rows]) {
      const std::string id = row["id"];
      INFO(dialect << " " << feed << " " << id);
      CHECK(list.mismatch(row) == "");
      CHECK(detail.mismatch(client.get(base + "/" + id).json()) == "");
    }
  }
}

std::unique_ptr<kiosk::sandbox::Sandbox> start_with_demo() {
  auto options = options_of_test();
  options.demo = kiosk::sandbox::demo_folder();
  options.config = {{"feeds", {{"*", {{"oruk1_style", "schema"}}}}}};
  return start(std::move(options));
}

// Members and types as recorded; null stands for any type.
void check_shape(const Json& recorded, const Json& actual, const std::string& where) {
  INFO(where << ": " << actual.dump().substr(0, 200));
  if (recorded.is_null() || actual.is_null()) return;
  const bool both_numbers = recorded.is_number() && actual.is_number();
  const bool drifted = recorded.is_object() && actual == Json::array();  // "combinable", where nothing is
  if (drifted) return;
  REQUIRE((both_numbers || recorded.type() == actual.type()));
  if (recorded.is_array() && !recorded.empty() && !actual.empty()) check_shape(recorded[0], actual[0], where + "[0]");
  if (!recorded.is_object()) return;
  for (const auto& [key, value] : recorded.items()) {
    INFO(where << "." << key);
    REQUIRE(actual.contains(key));
    check_shape(value, actual[key], where + "." + key);
  }
  for (const auto& [key, value] : actual.items()) {
    INFO("not recorded: " << where << "." << key);
    CHECK(recorded.contains(key));
  }
}

}  // namespace

TEST_CASE("HSDS 3.0 answers fit their schema") {
  const fs::path schemas = shared_data("hsds-schema");
  if (schemas.empty()) return;
  const auto sandbox = start_with_demo();
  Client client(*sandbox);
  const SchemaFile list(schemas / "hsds-3.0/schema/compiled/service_list.json");
  const SchemaFile detail(schemas / "hsds-3.0/schema/compiled/service.json");
  check_dialect(client, sandbox->feed_ids(), "hsds3", "contents", list, detail);
}

TEST_CASE("ORUK 3.0 answers fit their schema") {
  const fs::path schemas = shared_data("hsds-schema");
  if (schemas.empty()) return;
  const auto sandbox = start_with_demo();
  Client client(*sandbox);
  const SchemaFile list(schemas / "oruk-3.0/schema/compiled/service_list.json");
  const SchemaFile detail(schemas / "oruk-3.0/schema/compiled/service.json");
  check_dialect(client, sandbox->feed_ids(), "oruk3", "contents", list, detail);
}

TEST_CASE("ORUK 1.0 answers fit their schema, where asked to") {
  const fs::path schemas = shared_data("hsds-schema");
  if (schemas.empty()) return;
  const auto sandbox = start_with_demo();
  Client client(*sandbox);
  const SchemaFile list(schemas / "oruk-1.0/Schemas/service.schema.json");
  const SchemaFile detail(schemas / "oruk-1.0/Schemas/service.schema.verbose.json");
  check_dialect(client, sandbox->feed_ids(), "oruk1", "content", list, detail);
}

TEST_CASE("real dumps are served in every dialect") {
  const fs::path dumps = shared_data("oruk-bristol-northlincs");
  if (dumps.empty()) return;
  kiosk::sandbox::SandboxOptions options;
  options.data.push_back(dumps);
  const auto sandbox = start(std::move(options));
  Client client(*sandbox);
  const std::string feed = "/bristol_services_2024-12";
  const Json raw = read(dumps / "bristol_services_2024-12.json");
  CHECK(client.get(feed + "/oruk1/services?per_page=1000").json()["content"] == raw);
  const Json page = client.get(feed + "/hsds3/services?per_page=1000").json();
  REQUIRE(page["contents"].size() == raw.size());
  const std::string id = raw[5]["id"];
  CHECK(client.get(feed + "/oruk3/services/" + id).json()["description"] == raw[5]["description"]);
}

TEST_CASE("appointment answers have the recorded shapes") {
  const fs::path fixtures = shared_data("api-fixtures/synthetic/zms");
  if (fixtures.empty()) return;
  const auto sandbox = start();
  Client client(*sandbox, kZms);
  check_shape(read(fixtures / "offices-and-services.200.json"), client.get("/offices-and-services/").json(), "offices");
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(3);
  const std::string date = kiosk::core::to_iso8601(kiosk::core::Date{day});
  const Json calendar = client
                            .get("/available-calendar/?startDate=" + date + "&endDate=" + date +
                                 "&officeIds=7001&serviceIds=9001&serviceCounts=1")
                            .json();
  check_shape(read(fixtures / "available-calendar.200.json"), calendar, "calendar");
  Json wish = read(fixtures / "reserve-appointment.request.json");
  wish["timestamp"] = calendar["availableDays"][0]["offices"][0]["appointments"][0];
  const Json held = client.post("/reserve-appointment/", wish).json();
  check_shape(read(fixtures / "reserve-appointment.200.json"), held, "reserve");
  check_shape(read(fixtures / "error.slot-taken.404.json"), client.post("/reserve-appointment/", wish).json(), "taken");
  for (const std::string step : {"update", "confirm", "cancel"}) {
    Json body{{"processId", held["processId"]}, {"authKey", held["authKey"]}};
    if (step == "update") body["familyName"] = "A. Resident";
    const Json answer = client.post("/" + step + "-appointment/", body).json();
    check_shape(read(fixtures / (step + "-appointment.200.json")), answer, step);
  }
}
