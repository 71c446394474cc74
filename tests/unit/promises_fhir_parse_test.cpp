#include <filesystem>

#include "kiosk/core/files.h"
#include "kiosk/promises/fhir_parse.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::promises;
using core::ErrorKind;
using core::Json;

namespace {

constexpr const char* kOurs = "urn:uuid:5f0c1b52-93d1-4c0e-8a7d-2f1f6f3c9a11";

std::string example_text(const std::string& name) {
  const auto text = core::read_file(std::filesystem::path(KIOSK_SOURCE_DIR) / "tests/fuzz/corpus/fhir_answer" / name);
  REQUIRE(text.ok());
  return *text;
}

Json example(const std::string& name) {
  const auto json = core::parse_json(example_text(name), name);
  REQUIRE(json.ok());
  return *json;
}

Details details_of(const char* name, const char* email, const char* telephone) {
  Details details;
  details.name.assign(name);
  details.email.assign(email);
  details.telephone.assign(telephone);
  return details;
}

}  // namespace

TEST_CASE("a page of a search gives its resources by type, and the next page", "[promises][fhir]") {
  const Json json = example("schedules.200.json");
  const auto page = fhir::parse_page(json);
  REQUIRE(page.ok());
  CHECK(page->of("Schedule").size() == 2);
  CHECK(page->of("Location").size() == 1);
  CHECK(page->of("Slot").empty());
  CHECK(page->next == "https://clinic.example/fhir/r4/Schedule?_offset=2");
  // "Nothing found" may come without a list, but not as something else.
  CHECK(fhir::parse_page(Json::parse(R"({"resourceType":"Bundle","type":"searchset","total":0})")).ok());
  for (const char* other :
       {R"({"resourceType":"Bundle","type":"searchset","entry":{}})", R"({"resourceType":"Bundle","type":"batch"})",
        R"({"resourceType":"OperationOutcome"})", "[]", "null"}) {
    CHECK(fhir::parse_page(Json::parse(other)).error().kind == ErrorKind::Unsupported);
  }
}

TEST_CASE("schedules, services and places say where something is given", "[promises][fhir]") {
  const Json json = example("schedules.200.json");
  const auto page = fhir::parse_page(json);
  const auto schedule = fhir::parse_schedule(*page->of("Schedule").front());
  REQUIRE(schedule.ok());
  CHECK(schedule->id == "sched-1");
  CHECK(schedule->service_ids == std::vector<std::string>{"flu-jab"});
  CHECK(schedule->location_ids == std::vector<std::string>{"quay-surgery"});
  const auto office = fhir::parse_location(*page->of("Location").front());
  REQUIRE(office.ok());
  CHECK(office->name == "Quay Surgery");
  CHECK(office->address == "1 Quay, Harbour, HX1 1AA");
  REQUIRE(office->point);
  CHECK(office->point->latitude == Approx(53.01));  // a text in the answer
  CHECK(office->hint == "Ring the bell at the side door.");
  const auto service = fhir::parse_service(example("service.200.json"));
  REQUIRE(service.ok());
  CHECK(service->name == "Flu vaccination");
  Json ended = example("service.200.json");
  ended["active"] = "false";
  CHECK(fhir::parse_service(ended).error().kind == ErrorKind::NotFound);
  Json turned = *page->of("Location").front();
  turned["name"] = "\xE2\x80\xAEyreg\x01ruS\xE2\x80\xAC";
  CHECK(fhir::parse_location(turned)->name == "yregruS");
  Json closed = *page->of("Location").front();
  closed["status"] = "inactive";
  CHECK(fhir::parse_location(closed).error().kind == ErrorKind::NotFound);
}

TEST_CASE("references come in three forms", "[promises][fhir]") {
  const auto id = [](const char* text) { return fhir::reference_id({{"reference", text}}, "Location"); };
  CHECK(id("Location/12") == "12");
  CHECK(id("https://clinic.example/fhir/r4/Location/12") == "12");
  CHECK(id("Location/12/_history/3") == "12");
  CHECK(id("Practitioner/12").empty());
  CHECK(id("#contained").empty());
  CHECK(id("Location/..").empty());
  CHECK(id("Location/a b").empty());
}

TEST_CASE("a slot needs a schedule, a status and a span of time", "[promises][fhir]") {
  const Json json = example("slot.200.json");
  const auto slot = fhir::parse_slot(json);
  REQUIRE(slot.ok());
  CHECK(slot->id == "slot-77");
  CHECK(slot->schedule_id == "sched-1");
  CHECK(slot->free);
  CHECK(slot->version == "4");  // a number in the answer
  CHECK(slot->start == *core::parse_iso8601("2031-07-04T08:30:00Z"));
  CHECK(slot->end - slot->start == std::chrono::minutes(10));
  CHECK(slot->day == core::parse_iso_date("2031-07-04"));
  for (const auto& [member, value] :
       std::initializer_list<std::pair<const char*, Json>>{{"id", "../7"},
                                                           {"schedule", "sched-1"},
                                                           {"status", nullptr},
                                                           {"start", "2031-07-04"},
                                                           {"end", "2031-07-04T09:30:00+01:00"},
                                                           {"end", "2033-07-04T09:30:00+01:00"},
                                                           {"start", Json::array()}}) {
    Json broken = json;
    broken[member] = value;
    CHECK(fhir::parse_slot(broken).error().kind == ErrorKind::Unsupported);
  }
  for (const char* status : {"busy", "busy-unavailable", "busy-tentative", "entered-in-error", "something-new"}) {
    Json taken = json;
    taken["status"] = status;
    CHECK_FALSE(fhir::parse_slot(taken)->free);
  }
}

TEST_CASE("only what has been booked is confirmed", "[promises][fhir]") {
  Json json = example("appointment.201.json");
  const auto state = [&](const char* status) {
    json["status"] = status;
    return fhir::parse_appointment(json)->remote.state;
  };
  for (const char* status : {"booked", "arrived", "checked-in", "fulfilled", "noshow"})
    CHECK(state(status) == RemoteState::Confirmed);
  for (const char* status : {"proposed", "pending", "waitlist"}) CHECK(state(status) == RemoteState::Reserved);
  for (const char* status : {"cancelled", "entered-in-error"}) CHECK(state(status) == RemoteState::Gone);
  json["status"] = "Booked!";
  CHECK(fhir::parse_appointment(json).error().kind == ErrorKind::Unsupported);
}

TEST_CASE("an appointment tells its slot, its place, its number and who comes", "[promises][fhir]") {
  Json json = example("appointment.201.json");
  const auto appointment = fhir::parse_appointment(json);
  REQUIRE(appointment.ok());
  CHECK(appointment->id == "9001");
  CHECK(appointment->version == "1");
  CHECK(fhir::carries(json, kOurs));
  CHECK_FALSE(fhir::carries(json, "urn:uuid:another"));
  CHECK(appointment->remote.reference == "QS-0412");
  CHECK(appointment->remote.slot.id == "slot-77");
  CHECK(appointment->remote.slot.office_id == "quay-surgery");
  CHECK(appointment->remote.slot.start == *core::parse_iso8601("2031-07-04T08:30:00Z"));
  CHECK(appointment->remote.details.name.reveal() == "Ada Example");
  CHECK(appointment->remote.details.telephone.reveal() == "01632 960011");
  json["identifier"].erase(1);
  CHECK(fhir::parse_appointment(json)->remote.reference == "9001");
}

TEST_CASE("of two with our identifier the booked one is kept, and of those the earlier", "[promises][fhir]") {
  const auto made = [](const char* id, fhir::Standing standing, const char* changed) {
    fhir::Appointment appointment;
    appointment.id = id;
    appointment.standing = standing;
    appointment.changed = changed;
    return appointment;
  };
  const auto early = made("10", fhir::Standing::Booked, "2031-01-01T10:00:00Z");
  const auto late = made("9", fhir::Standing::Booked, "2031-01-01T10:00:05Z");
  CHECK(fhir::is_kept_before(early, late));
  CHECK_FALSE(fhir::is_kept_before(late, early));
  CHECK(fhir::is_kept_before(late, made("1", fhir::Standing::Requested, "")));
  CHECK(fhir::is_kept_before(late, made("1", fhir::Standing::Gone, "")));
  CHECK(fhir::is_kept_before(made("9", fhir::Standing::Booked, ""), made("10", fhir::Standing::Booked, "")));
}

TEST_CASE("what residents type is carried intact into an appointment, and nothing else of it changes",
          "[promises][fhir]") {
  const std::string name = "O\"Brien\\ \n\x01 \xF0\x9F\x98\x80 \xE2\x80\xAE";
  const fhir::NewAppointment wanted{kOurs,
                                    "Flu vaccination",
                                    "slot-77",
                                    "quay-surgery",
                                    "flu-jab",
                                    core::Instant(std::chrono::seconds(1941093000)),
                                    core::Instant(std::chrono::seconds(1941093600)),
                                    core::Instant()};
  const auto sent = [&](const Details& details) {
    const auto json = core::parse_json(fhir::appointment_body(wanted, details).reveal(), "body");
    REQUIRE(json.ok());
    return *json;
  };
  const Json json = sent(details_of(name.c_str(), "a@b.example", ""));
  CHECK(json["contained"][0]["name"][0]["text"] == name);
  CHECK(json["contained"][0]["telecom"].size() == 1);
  CHECK(json["participant"][0]["actor"]["reference"] == "#person");
  CHECK(fhir::carries(json, kOurs));
  CHECK(fhir::reference_id(json["slot"][0], "Slot") == "slot-77");
  CHECK_FALSE(sent(details_of("Ada", "", ""))["contained"][0].contains("telecom"));  // R4 knows no empty lists

  Json before = example("appointment.201.json");
  Json after = *core::parse_json(fhir::with_status(before, "cancelled").reveal(), "body");
  CHECK(after["status"] == "cancelled");
  after["status"] = before["status"];
  CHECK(after == before);

  const Json slot = example("slot.200.json");
  const Json claimed = *core::parse_json(fhir::claimed_slot(slot, kOurs).reveal(), "body");
  CHECK(claimed["status"] == "busy");
  CHECK(fhir::carries(claimed, kOurs));
  CHECK(*core::parse_json(fhir::freed_slot(claimed, kOurs).reveal(), "body") == slot);
}

TEST_CASE("details are looked at before anything is sent", "[promises][fhir]") {
  CHECK(fhir::check_details(details_of("Ada Example", "", "")).ok());
  CHECK(fhir::check_details(details_of("Ada Example", "ada@resident.example", "+44 (0)1632 960-011")).ok());
  const auto fault = [](const char* name, const char* email, const char* telephone) {
    const auto status = fhir::check_details(details_of(name, email, telephone));
    return status.ok() ? ErrorKind::Internal : status.error().kind;
  };
  CHECK(fault(" ", "", "") == ErrorKind::Invalid);
  CHECK(fault(std::string(300, 'x').c_str(), "", "") == ErrorKind::Invalid);
  CHECK(fault("Ada", "ada@example", "") == ErrorKind::Invalid);
  CHECK(fault("Ada", "a da@b.example", "") == ErrorKind::Invalid);
  CHECK(fault("Ada", "", "12") == ErrorKind::Invalid);
  CHECK(fault("Ada", "", "call me") == ErrorKind::Invalid);
}

TEST_CASE("an OperationOutcome is told in our own words", "[promises][fhir]") {
  const auto busy = fhir::parse_error(409, example_text("outcome.409.json"), "x");
  CHECK(busy.kind == ErrorKind::NotFound);
  CHECK(busy.what == "conflict: somebody else was faster, or it has changed meanwhile");
  CHECK(busy.describe().find("Ada") == std::string::npos);  // the server repeats what was typed
  const auto kind = [](int status, const std::string& code) {
    const Json outcome{
        {"resourceType", "OperationOutcome"},
        {"issue", {{{"severity", "information"}, {"code", "informational"}}, {{"severity", "error"}, {"code", code}}}}};
    return fhir::parse_error(status, core::dump_json(outcome), "x").kind;
  };
  CHECK(kind(422, "required") == ErrorKind::Invalid);
  CHECK(kind(422, "business-rule") == ErrorKind::Refused);
  CHECK(kind(400, "processing") == ErrorKind::Refused);
  CHECK(kind(401, "login") == ErrorKind::Refused);
  CHECK(kind(404, "not-found") == ErrorKind::NotFound);
  CHECK(kind(410, "deleted") == ErrorKind::NotFound);
  CHECK(kind(503, "throttled") == ErrorKind::RateLimited);
  CHECK(kind(429, "processing") == ErrorKind::RateLimited);
  CHECK(kind(500, "business-rule") == ErrorKind::Interrupted);  // it may have gone through
  CHECK(kind(504, "timeout") == ErrorKind::Timeout);
  CHECK(kind(400, "of-a-later-release") == ErrorKind::Refused);
  // A proxy's page is not the system's word.
  CHECK(fhir::parse_error(404, "<html>", "x").kind == ErrorKind::Unsupported);
  CHECK(fhir::parse_error(502, "<html>", "x").kind == ErrorKind::Interrupted);
  CHECK(fhir::parse_error(403, "", "x").kind == ErrorKind::Refused);
  CHECK(fhir::parse_error(302, "", "x").kind == ErrorKind::Unsupported);
}
