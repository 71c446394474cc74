#include <filesystem>

#include "kiosk/core/files.h"
#include "kiosk/promises/zms_parse.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::promises;

namespace {

std::string example_text(const std::string& name) {
  const auto text = core::read_file(std::filesystem::path(KIOSK_SOURCE_DIR) / "tests/fuzz/corpus/zms_answer" / name);
  REQUIRE(text.ok());
  return *text;
}

core::Json example(const std::string& name) {
  const auto json = core::parse_json(example_text(name), name);
  REQUIRE(json.ok());
  return *json;
}

}  // namespace

TEST_CASE("offices, services and relations become an offer", "[promises][zms]") {
  const auto master = zms::parse_master(example("offices-and-services.200.json"));
  REQUIRE(master.ok());
  const auto offer = zms::offer_of(*master, {"desk", "9001"});
  REQUIRE(offer.ok());
  CHECK(offer->name == "Blue Badge application help");
  REQUIRE_FALSE(offer->offices.empty());
  const Office& office = offer->offices.front();
  CHECK(office.id == "7001");
  CHECK(office.address == "14 Harrow Lane, Exampleton EX1 2AB");
  REQUIRE(office.point);
  CHECK(office.point->latitude == Approx(51.5012));  // a text in the answer
  CHECK(office.hint == "Bring proof of address.");
  CHECK(office.form.email == Need::Optional);
  CHECK(office.form.telephone == Need::Optional);
  CHECK(office.form.custom.need == Need::Off);
  CHECK(office.slot_minutes % 10 == 0);
  CHECK(office.slot_minutes > 0);
  CHECK(zms::offer_of(*master, {"desk", "1"}).error().kind == core::ErrorKind::NotFound);
}

TEST_CASE("offices that ask for a captcha, or have a service switched off, are left out", "[promises][zms]") {
  core::Json json = example("offices-and-services.200.json");
  const auto count = [&] { return zms::offer_of(*zms::parse_master(json), {"desk", "9001"}); };
  CHECK(count()->offices.size() == 1);  // the other one asks for a captcha
  json["offices"][1]["scope"]["captchaActivatedRequired"] = 0;
  CHECK(count()->offices.size() == 2);
  json["offices"][1]["disabledByServices"] = {9001};
  CHECK(count()->offices.size() == 1);
  for (auto& office : json["offices"]) {
    office["disabledByServices"] = core::Json::array();
    office["scope"]["captchaActivatedRequired"] = "true";
  }
  CHECK(count().error().kind == core::ErrorKind::Unsupported);
}

TEST_CASE("notes of an office lose their markup", "[promises][zms]") {
  core::Json json = example("offices-and-services.200.json");
  json["offices"][0]["scope"]["infoForAppointment"] = "<p>Bring <b>ID</b> &amp; a photo.</p><script>";
  const auto offer = zms::offer_of(*zms::parse_master(json), {"desk", "9001"});
  const std::string hint = offer->offices.front().hint;
  CHECK(hint.find('<') == std::string::npos);
  CHECK(hint.find("& a photo.") != std::string::npos);
}

TEST_CASE("a calendar's types drift, and its times are kept in order", "[promises][zms]") {
  const core::Instant now{std::chrono::seconds(1930000000)};
  const auto calendar = zms::parse_calendar(example("available-calendar.200.json"), {"7001", "7002"}, now);
  REQUIRE(calendar.ok());
  REQUIRE(calendar->slots.size() == 3);
  CHECK(calendar->slots[0] == Slot{"7001", core::Instant(std::chrono::seconds(1930381200))});
  CHECK(calendar->slots[2].office_id == "7002");
  CHECK(calendar->full_days == std::vector<core::Date>{*core::parse_iso_date("2031-03-05")});
  CHECK(calendar->next_bookable == core::parse_iso_date("2031-03-12"));
  CHECK_FALSE(calendar->previous_bookable);
  CHECK(zms::parse_calendar(example("available-calendar.200.json"), {"7001"}, now)->slots.size() == 2);
  const core::Instant later{std::chrono::seconds(1930381200)};
  CHECK(zms::parse_calendar(example("available-calendar.200.json"), {"7001"}, later)->slots.size() == 1);
  CHECK(zms::parse_calendar(example("available-calendar.empty.200.json"), {"7001"}, now)->slots.empty());
  CHECK(zms::parse_calendar(core::Json::array(), {"7001"}, now).error().kind == core::ErrorKind::Unsupported);
  for (const char* unreadable :
       {R"({"availableDays": [{"date": 20310304, "offices": 7}]})", R"({"availableDays": ["2031-03-04"]})",
        R"({"availableDays": [{"date": "2031-03-04", "offices": [{"officeId": "7001", "appointments": "none"}]}]})"}) {
    // Not "no free appointment": nobody said that.
    CHECK(zms::parse_calendar(core::Json::parse(unreadable), {"7001"}, now).error().kind ==
          core::ErrorKind::Unsupported);
  }
}

TEST_CASE("a process says who it is and where it stands", "[promises][zms]") {
  const auto reserved = zms::parse_process(example("reserve-appointment.200.json"));
  REQUIRE(reserved.ok());
  CHECK(reserved->handle.process_id == "610042");
  CHECK(reserved->handle.key.reveal() == "a3f9");
  CHECK(reserved->remote.state == RemoteState::Reserved);
  CHECK(reserved->remote.reference == "BB-042");
  CHECK(reserved->hold_life == std::chrono::minutes(15));
  CHECK(reserved->remote.slot == Slot{"7001", core::Instant(std::chrono::seconds(1930381200))});
  CHECK(zms::parse_process(example("confirm-appointment.200.json"))->remote.state == RemoteState::Confirmed);
  CHECK(zms::parse_process(example("cancel-appointment.200.json"))->remote.state == RemoteState::Gone);
  core::Json json = example("reserve-appointment.200.json");
  json["displayNumber"] = nullptr;
  CHECK(zms::parse_process(json)->remote.reference == "610042");
  for (const char* member : {"processId", "authKey", "status"}) {
    core::Json broken = json;
    broken[member] = "<html>";
    CHECK(zms::parse_process(broken).error().kind == core::ErrorKind::Unsupported);
  }
}

TEST_CASE("error codes decide, not status or words", "[promises][zms]") {
  using core::ErrorKind;
  const auto kind = [](int status, const std::string& name) {
    return zms::parse_error(status, example_text(name), "x");
  };
  CHECK(kind(404, "error.slot-taken.404.json").kind == ErrorKind::NotFound);
  CHECK(kind(404, "error.slot-taken.404.json").what == "appointmentNotAvailable");
  CHECK(kind(400, "error.multiple.400.json").kind == ErrorKind::Invalid);
  CHECK(kind(503, "error.maintenance.503.json").kind == ErrorKind::Unavailable);
  CHECK(kind(520, "error.unknown.520.json").kind == ErrorKind::Interrupted);
  CHECK(kind(429, "error.rate-limit.429.json").kind == ErrorKind::RateLimited);
  const auto code = [](int status, const std::string& name) {
    return zms::parse_error(status, R"({"errors":[{"errorCode":")" + name + "\"}]}", "x").kind;
  };
  CHECK(code(404, "notFound") == ErrorKind::Unsupported);
  CHECK(code(404, "appointmentNotFound") == ErrorKind::NotFound);
  CHECK(code(406, "emailIsRequired") == ErrorKind::Invalid);
  CHECK(code(406, "authKeyMismatch") == ErrorKind::Refused);
  CHECK(code(409, "processNotReservedAnymore") == ErrorKind::Refused);
  CHECK(code(500, "somethingNew") == ErrorKind::Interrupted);
  CHECK(code(403, "IP_BLACKLISTED") == ErrorKind::Refused);
  // A proxy's page is not the back end's word.
  CHECK(zms::parse_error(404, "<html>", "x").kind == ErrorKind::Unsupported);
  CHECK(zms::parse_error(502, "<html>", "x").kind == ErrorKind::Interrupted);
  CHECK(zms::parse_error(504, "", "x").kind == ErrorKind::Timeout);
  CHECK(zms::parse_error(400, R"({"errors":[{"errorCode":"<b>bold</b>"}]})", "x").what == "HTTP 400");
}

TEST_CASE("what residents type is carried intact into JSON", "[promises][zms]") {
  const std::string name = "O\"Brien\\ \n\x01 \xF0\x9F\x98\x80 \xE2\x80\xAE";
  const core::SecretText body = zms::object_of({{"processId", "42", true}, {"familyName", name}, {"email", ""}});
  const auto json = core::parse_json(body.reveal(), "body");
  REQUIRE(json.ok());
  CHECK((*json)["familyName"] == name);
  CHECK((*json)["processId"] == 42);
  CHECK_FALSE(json->contains("email"));
  CHECK(zms::plain_telephone(core::SecretText(std::string("+44 (0)7700-900 123"))).reveal() == "+4407700900123");
}
