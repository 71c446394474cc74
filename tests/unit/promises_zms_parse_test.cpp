#include <filesystem>

#include "kiosk/core/files.h"
#include "kiosk/promises/zms_legacy.h"
#include "kiosk/promises/zms_master.h"
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

TEST_CASE("offices that ask for a captcha are offered; where a service is switched off, it isn't", "[promises][zms]") {
  core::Json json = example("offices-and-services.200.json");
  const auto count = [&] { return zms::offer_of(*zms::parse_master(json), {"desk", "9001"})->offices.size(); };
  CHECK(zms::parse_master(json)->offices.at("7002").captcha);
  CHECK(count() == 2);
  json["offices"][1]["disabledByServices"] = {9001};
  CHECK(count() == 1);
  json["offices"][1]["disabledByServices"] = {"9001", 5};
  CHECK(count() == 1);
}

namespace {

// Two offices with three services, A (9001), B (9002) and C (9003), that can be added to A everywhere.
core::Json three_services() {
  core::Json json{{"offices", {{{"id", 1}, {"slotTimeInMinutes", 5}}, {{"id", 2}, {"slotTimeInMinutes", 5}}}},
                  {"services", core::Json::array()},
                  {"relations", core::Json::array()}};
  for (const int id : {9001, 9002, 9003}) {
    json["services"].push_back({{"id", id}, {"name", "S" + std::to_string(id)}, {"maxQuantity", 4}});
    for (const int office : {1, 2})
      json["relations"].push_back({{"officeId", office}, {"serviceId", id}, {"slots", 2}});
  }
  json["services"][0]["combinable"] = {
      {"10", {{"9002", {1, 2}}}}, {"2", {{"9003", {"1", "2"}}}}, {"1", {{"9001", {1, 2}}}}};
  return json;
}

core::Result<Offer> offer_for(const core::Json& json, int count, std::vector<BookingTarget::Also> also = {}) {
  return zms::offer_of(*zms::parse_master(json), {"desk", "9001", count, std::move(also)});
}

std::vector<std::string> office_ids(const core::Result<Offer>& offer) {
  std::vector<std::string> ids;
  if (offer.ok()) {
    for (const Office& office : offer->offices) ids.push_back(office.id);
  }
  return ids;
}

}  // namespace

TEST_CASE("what can be added is told in the authority's order, with how many of it fit", "[promises][zms]") {
  core::Json json = three_services();
  const auto offer = offer_for(json, 1);
  REQUIRE(offer.ok());
  CHECK(offer->most == 4);
  REQUIRE(offer->additions.size() == 2);
  CHECK(offer->additions[0].service_id == "9003");
  CHECK(offer->additions[1].name == "S9002");
  CHECK(offer->additions[1].most == 4);
  json["offices"][0]["slotsPerAppointment"] = "8";
  json["offices"][1]["scope"]["slotsPerAppointment"] = 6;
  CHECK(offer_for(json, 1)->additions[0].most == 3);  // one and three, of two slots each
  CHECK(offer_for(json, 2, {{"9003", 1}})->additions[0].most == 2);
  CHECK(offer_for(json, 2, {{"9003", 1}})->additions[1].most == 1);
  CHECK(offer_for(json, 1, {{"9003", 1}})->most == 3);
  CHECK(offer_for(json, 3, {{"9003", 1}})->additions.size() == 1);  // nothing more fits
  json["services"][0]["combinable"] = core::Json::array();
  CHECK(offer_for(json, 1)->additions.empty());
}

TEST_CASE("each rule against booking together says why", "[promises][zms]") {
  core::Json json = three_services();
  const auto why = [&](int count, std::vector<BookingTarget::Also> also = {}) {
    const auto offer = offer_for(json, count, std::move(also));
    if (offer.ok()) return std::string();
    CHECK(offer.error().kind == core::ErrorKind::Invalid);
    return offer.error().what;
  };
  CHECK(why(4).empty());
  CHECK(why(5) == "at most 4 of S9001 can be had in one visit");
  CHECK(why(1, {{"9002", 5}}) == "at most 4 of S9002 can be had in one visit");
  CHECK(why(1, {{"9002", 0}}) == "less than one is asked for");
  CHECK(why(1, {{"9002", 1}, {"9002", 1}}) == "a service is named twice");
  json["relations"][0]["maxQuantity"] = 1;
  CHECK(office_ids(offer_for(json, 2)) == std::vector<std::string>{"2"});
  json["relations"][0]["maxQuantity"] = 0;  // stands for no bound
  CHECK(office_ids(offer_for(json, 2)).size() == 2);
  json["services"][0]["combinable"]["10"]["9002"] = {2};
  CHECK(office_ids(offer_for(json, 1, {{"9002", 1}})) == std::vector<std::string>{"2"});
  json["services"][0]["combinable"].erase("10");
  CHECK(why(1, {{"9002", 1}}) == "these services can't be had in one visit");
  for (core::Json& office : json["offices"]) office["slotsPerAppointment"] = 3;
  CHECK(why(1, {{"9003", 1}}) == "they take more time than one visit may");
  for (core::Json& office : json["offices"]) office["disabledByServices"] = {9003};
  CHECK(why(1, {{"9003", 1}}) == "no office takes these services");
  for (core::Json& relation : json["relations"]) relation["public"] = relation["serviceId"] != 9003;
  CHECK(why(1, {{"9003", 1}}) == "no office has these services together");
}

TEST_CASE("of equal offices one is kept for the services that the other doesn't take alone", "[promises][zms]") {
  core::Json json = three_services();
  json["offices"][0]["disabledByServices"] = {9001};
  for (core::Json& office : json["offices"]) office["allowDisabledServicesMix"] = {1, 2};
  using Ids = std::vector<std::string>;
  CHECK(office_ids(offer_for(json, 1)) == Ids{"2"});                 // switched off at the first
  CHECK(office_ids(offer_for(json, 1, {{"9002", 1}})) == Ids{"1"});  // but not beside another service
  const auto other = zms::offer_of(*zms::parse_master(json), {"desk", "9002"});
  CHECK(office_ids(other) == Ids{"1"});
  for (core::Json& office : json["offices"]) office["allowDisabledServicesMix"] = true;  // no group: both stay
  CHECK(office_ids(offer_for(json, 1, {{"9002", 1}})) == Ids{"1", "2"});
}

TEST_CASE("an older server's days and times", "[promises][zms]") {
  using Days = std::vector<core::Date>;
  const core::Instant now{std::chrono::seconds(1930000000)};
  const core::Date fourth = *core::parse_iso_date("2031-03-04"), fifth = *core::parse_iso_date("2031-03-05");
  CHECK(zms::parse_legacy_days(example("legacy-available-days.200.json")).value() == Days{fourth, fifth});
  CHECK(zms::parse_legacy_days(example("legacy-available-days-by-office.200.json")).value() == Days{fourth});
  const auto times = zms::parse_legacy_times(example("legacy-available-appointments.200.json"), {"7001"}, now);
  REQUIRE(times.ok());
  REQUIRE(times->size() == 2);
  CHECK(times->front() == Slot{"7001", core::Instant(std::chrono::seconds(1930381200))});
  const auto by_office = example("legacy-available-appointments-by-office.200.json");
  CHECK(zms::parse_legacy_times(by_office, {"7001", "7002"}, now)->size() == 1);
  CHECK(zms::parse_legacy_times(by_office, {"7002"}, now)->empty());
  const auto kind = [&](const char* text) {
    return zms::parse_legacy_times(core::Json::parse(text), {"7001"}, now).error().kind;
  };
  for (const char* unreadable : {"{}", "[]", R"({"appointmentTimestamps": "none"})", R"({"offices": 3})",
                                 R"({"offices": [{"officeId": 7001}]})"}) {
    CHECK(kind(unreadable) == core::ErrorKind::Unsupported);
  }
  // Whose times they are isn't said.
  CHECK_FALSE(zms::parse_legacy_times(example("legacy-available-appointments.200.json"), {"7001", "7002"}, now).ok());
  CHECK(zms::parse_legacy_days(core::Json::parse(R"({"availableDays": ["soon"]})")).error().kind ==
        core::ErrorKind::Unsupported);
  CHECK(zms::parse_legacy_days(core::Json::parse(R"({"days": []})")).error().kind == core::ErrorKind::Unsupported);
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
  CHECK(reserved->remote.details.email.empty());  // a placeholder of the server's
  const auto confirmed = zms::parse_process(example("confirm-appointment.200.json"));
  CHECK(confirmed->remote.details.email.reveal() == "resident@example.test");
  CHECK(confirmed->remote.details.name.reveal() == "A. Resident");
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
