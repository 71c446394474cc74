// The pretend FHIR servers: what a client finds there, and what is held against it.
#include "tests/unit/sandbox_fixture.h"

using namespace kiosk::sandbox;
using namespace kiosk::sandbox::testing;

namespace {

constexpr const char* kFhirType = "application/fhir+json";

struct Surgery {
  std::unique_ptr<Sandbox> sandbox = start();
  Client client{*sandbox, "/fhir/harbour/r4"};

  Json get(const std::string& path) { return client.get(path).json(); }
  std::string free_slot() {
    const Json found = get("/Slot?schedule=Schedule/7001-9001&status=free");
    return kiosk::core::json_text(found["entry"][0]["resource"], "id");
  }
  Json appointment(const std::string& slot, const std::string& identifier) {
    Json json = Json::parse(R"({"resourceType": "Appointment", "status": "booked",
      "contained": [{"resourceType": "Patient", "id": "p", "name": [{"text": "Ada Example"}]}],
      "participant": [{"actor": {"reference": "#p"}, "status": "accepted"}]})");
    json["slot"] = {{{"reference", "Slot/" + slot}}};
    json["identifier"] = {{{"system", "urn:ietf:rfc:3986"}, {"value", identifier}}};
    return json;
  }
  Reply send(const char* method, const std::string& path, const Json& body, httplib::Headers headers = {}) {
    const std::string full = "/fhir/harbour/r4" + path;
    const auto result = std::string(method) == "POST"
                            ? client.http().Post(full.c_str(), headers, body.dump(), kFhirType)
                            : client.http().Put(full.c_str(), headers, body.dump(), kFhirType);
    if (!result) return {};
    return {result->status, result->body, result->headers};
  }
  Reply book(const std::string& slot, const std::string& identifier) {
    return send("POST", "/Appointment", appointment(slot, identifier),
                {{"If-None-Exist", "identifier=urn:ietf:rfc:3986%7C" + identifier}});
  }
};

std::string issue(const Reply& reply) { return kiosk::core::json_text(reply.json()["issue"][0], "code"); }

}  // namespace

TEST_CASE("services, schedules, places and slots are linked", "[sandbox][fhir]") {
  Surgery surgery;
  CHECK(surgery.get("/HealthcareService/9001")["name"] == "Blue Badge help");
  const Json schedules = surgery.get("/Schedule?actor=HealthcareService/9001&_include=Schedule:actor");
  CHECK(schedules["total"] == 1);
  REQUIRE(schedules["entry"].size() == 2);
  CHECK(schedules["entry"][1]["resource"]["name"] == "Quay desk");
  const Json slot = surgery.get("/Slot/" + surgery.free_slot());
  CHECK(slot["status"] == "free");
  CHECK(slot["schedule"]["reference"] == "Schedule/7001-9001");
  const Reply missing = surgery.client.get("/HealthcareService/1");
  CHECK(missing.status == 404);
  CHECK(issue(missing) == "not-found");
  CHECK(missing.header("Content-Type").find(kFhirType) == 0);
}

TEST_CASE("slots come in pages and in a window of time", "[sandbox][fhir]") {
  Surgery surgery;
  const Json first = surgery.get("/Slot?schedule=Schedule/7001-9001&status=free&_count=5");
  CHECK(first["entry"].size() == 5);
  REQUIRE(first["link"].size() == 1);
  const std::string next = first["link"][0]["url"];
  const Json second = surgery.get(next.substr(next.find("/Slot")));
  CHECK(second["entry"][0]["resource"]["id"] != first["entry"][4]["resource"]["id"]);
  const std::string day = first["entry"][0]["resource"]["start"].get<std::string>().substr(0, 10);
  const Json window =
      surgery.get("/Slot?schedule=Schedule/7001-9001&status=free&start=ge" + day + "&start=le" + day + "&_count=500");
  CHECK(window["total"] == 24);  // 9 to 17, twenty minutes each
  CHECK(surgery.client.get("/Slot?schedule=Schedule/7001-9001&colour=red").status == 400);
  CHECK(violations(*surgery.sandbox, "unknown_parameter") == 1);
}

TEST_CASE("an appointment takes its slot, once for an identifier", "[sandbox][fhir]") {
  Surgery surgery;
  const std::string slot = surgery.free_slot();
  const Reply made = surgery.book(slot, "urn:uuid:a");
  REQUIRE(made.status == 201);
  const Reply again = surgery.book(slot, "urn:uuid:a");
  CHECK(again.status == 200);
  CHECK(again.json()["id"] == made.json()["id"]);
  CHECK(surgery.get("/Slot/" + slot)["status"] == "busy");
  const Reply late = surgery.book(slot, "urn:uuid:b");
  CHECK(late.status == 409);
  CHECK(issue(late) == "conflict");
  CHECK(surgery.get("/Appointment?identifier=urn:ietf:rfc:3986%7Curn:uuid:a")["total"] == 1);
  const Json ledger = surgery.sandbox->ledger();
  REQUIRE(ledger["bookings"].size() == 1);
  CHECK(ledger["bookings"][0]["status"] == "confirmed");
  CHECK(ledger["bookings"][0]["contact"]["family_name"] == "Ada Example");
  REQUIRE(surgery.sandbox->configure({{"fhir", {{"if_none_exist", false}, {"marks_slots", false}}}}).ok());
  CHECK(surgery.book(slot, "urn:uuid:a").status == 201);
  REQUIRE(surgery.sandbox->configure({{"fhir", {{"if_none_exist", true}}}}).ok());
  CHECK(surgery.book(slot, "urn:uuid:a").status == 412);
}

TEST_CASE("only the status of an appointment may be changed, in its newest version", "[sandbox][fhir]") {
  Surgery surgery;
  const std::string slot = surgery.free_slot();
  Json made = surgery.book(slot, "urn:uuid:a").json();
  const std::string path = "/Appointment/" + made["id"].get<std::string>();
  made["status"] = "cancelled";
  CHECK(surgery.send("PUT", path, made, {{"If-Match", "W/\"7\""}}).status == 412);
  Json other = made;
  other["contained"][0]["name"][0]["text"] = "Somebody Else";
  CHECK(issue(surgery.send("PUT", path, other, {{"If-Match", "W/\"1\""}})) == "business-rule");
  const Reply cancelled = surgery.send("PUT", path, made, {{"If-Match", "W/\"1\""}});
  CHECK(cancelled.status == 200);
  CHECK(cancelled.header("ETag") == "W/\"2\"");
  CHECK(surgery.get("/Slot/" + slot)["status"] == "free");
  CHECK(violations(*surgery.sandbox, "missing_if_match") == 0);
}

TEST_CASE("the books of a FHIR server outlive it", "[sandbox][fhir]") {
  const auto folder = std::filesystem::temp_directory_path() / ("sandbox-fhir-" + std::to_string(::getpid()));
  SandboxOptions options = options_of_test();
  options.state_dir = folder;
  {
    Surgery surgery{start(options)};
    REQUIRE(surgery.book(surgery.free_slot(), "urn:uuid:a").status == 201);
  }
  {
    Surgery surgery{start(options)};
    CHECK(surgery.get("/Appointment?identifier=urn:ietf:rfc:3986%7Curn:uuid:a")["total"] == 1);
    CHECK(surgery.sandbox->ledger()["bookings"].size() == 1);
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("a request that a proxy repeats takes effect twice", "[sandbox][faults]") {
  Surgery surgery;
  REQUIRE(surgery.sandbox->configure({{"fhir", {{"if_none_exist", false}, {"marks_slots", false}}}}).ok());
  REQUIRE(surgery.sandbox->add_faults({{"kind", "repeat"}, {"times", 1}, {"match", {{"method", "POST"}}}}).ok());
  CHECK(surgery.book(surgery.free_slot(), "urn:uuid:a").status == 201);
  CHECK(surgery.sandbox->ledger()["bookings"].size() == 2);
}
