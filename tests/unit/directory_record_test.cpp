#include <cmath>

#include "kiosk/core/json.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/actions.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/record.h"
#include "kiosk/directory/schedules.h"
#include "kiosk/directory/service_json.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::directory;
using core::Json;
using namespace std::chrono_literals;

namespace {

RecordContext context() {
  RecordContext made;
  made.source = "bristol";
  made.now = core::parse_iso8601("2026-11-23T12:00:00Z").value();
  return made;
}

Service read(const Json& record, Dialect dialect = Dialect::Hsds3) {
  core::Result<Service> service = read_record(record, dialect, context());
  REQUIRE(service.ok());
  return std::move(*service);
}

Service read(const char* text, Dialect dialect = Dialect::Hsds3) { return read(Json::parse(text), dialect); }

// A full HSDS 3 record, with the habits of live feeds.
constexpr const char* kHsds3 = R"({
  "id": "s1", "name": " Parenting &amp; Play ", "alternate_name": "Stay and play",
  "description": "<p>Ring <b>0117&nbsp;496 0123</b></p>", "url": "www.example.net/play", "email": "mailto:play@example.net",
  "status": "Temporarily Closed", "minimum_age": -1, "maximum_age": "5", "alert": "<p>Moved!</p>",
  "eligibility_description": "Families", "application_process": "Just come", "fees_description": "Free",
  "last_modified": "2025-09-02T12:06:15.654", "assurer_email": "someone@example.org",
  "organization": {"id": "o1", "name": "The Trust", "description": "<p>We</p>", "website": "http://example.net"},
  "contacts": [{"name": "Ann", "phones": [{"number": "Bristol Youth MAPS: 0117 496 0111"}, {"number": "0117 496 0111"}]}],
  "schedules": [{"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "17:00:00"}],
  "service_at_locations": [
    {"id": "l1", "location": {"id": "p1", "location_type": "physical", "name": "Hall", "latitude": "51.45", "longitude": -2.58,
      "addresses": [{"address_1": "1 High St", "city": "Bristol", "state_province": "N/A", "postal_code": "bs11aa", "country": "GB", "address_type": "physical"}],
      "accessibility": [{"description": "Ramp"}],
      "schedules": [{"freq": "WEEKLY", "byday": "SU", "opens_at": "10:00", "closes_at": "11:00"}]}},
    {"id": "l2", "schedules": [{"freq": "MONTHLY", "byday": "-1FR", "opens_at": "18:00+01:00", "closes_at": "20:00+01:00"}],
      "location": {"id": "p2", "location_type": "virtual", "name": "Online", "latitude": 100, "longitude": 0}}],
  "service_areas": [{"name": "Bristol", "uri": "http://www.example.com"}],
  "languages": [{"code": "eng"}, {"name": "Polish"}, {"name": "Welsh"}],
  "cost_options": [{"option": "Adults", "amount": 3.5, "currency": "gbp"}, {"amount": 1, "valid_to": "2020-01-01"}],
  "required_documents": [{"document": "Proof of address"}],
  "attributes": [
    {"value": "zms:1063423", "taxonomy_term": {"id": "a1", "code": "book", "name": "Book", "taxonomy": "civic-kiosk:action"}},
    {"taxonomy_term": {"id": "t1", "name": "Early years", "taxonomy_detail": {"name": "Topics"}}}],
  "unknown_member": {"deep": [1, 2, 3]}
})";

}  // namespace

TEST_CASE("record: an HSDS 3 record becomes a service") {
  const Service service = read(kHsds3);
  CHECK(service.key == RecordKey{"bristol", "s1"});
  CHECK(service.name == "Parenting & Play");
  CHECK(service.alternate_names == std::vector<std::string>{"Stay and play"});
  CHECK(service.description == "Ring 0117 496 0123");
  CHECK(service.url == "https://www.example.net/play");
  CHECK(service.email == "play@example.net");
  CHECK(service.status == ServiceStatus::TemporarilyClosed);
  CHECK_FALSE(service.minimum_age);
  CHECK(service.maximum_age == 5);
  CHECK(service.alert == "Moved!");
  CHECK(service.organisation.name == "The Trust");
  CHECK(service.organisation.website == "http://example.net");
  CHECK(service.modified == core::parse_iso8601("2025-09-02T12:06:15.654Z"));
  REQUIRE(service.phones.size() == 1);
  CHECK(service.phones[0].number == "0117 496 0111");
  CHECK(service.phones[0].description == "Bristol Youth MAPS");
  CHECK(service.languages == std::vector<std::string>{"en", "pl", "cy"});
  REQUIRE(service.costs.size() == 1);
  CHECK(service.costs[0].currency == "GBP");
  CHECK(service.documents.at(0).name == "Proof of address");
  REQUIRE(service.areas.size() == 1);
  CHECK(service.areas[0].uri.empty());
}

TEST_CASE("record: places take the hours of the link, else of the service, else their own") {
  Json json = Json::parse(kHsds3);
  Service service = read(json);
  REQUIRE(service.places.size() == 2);
  const Place& hall = service.places[0];
  CHECK(hall.address->lines == std::vector<std::string>{"1 High St"});
  CHECK(hall.address->postcode == "BS1 1AA");
  CHECK(hall.address->region.empty());
  CHECK(hall.point == core::GeoPoint{51.45, -2.58});
  CHECK(hall.accessibility == std::vector<std::string>{"Ramp"});
  REQUIRE(hall.schedules.size() == 1);
  CHECK(hall.schedules[0].by_weekday.size() == 2);
  CHECK(hall.schedules[0].opens == 540);
  CHECK(hall.schedules[0].closes == 1020);
  const Place& online = service.places[1];
  CHECK_FALSE(online.point);
  REQUIRE(online.schedules.size() == 1);
  CHECK(online.schedules[0].frequency == Frequency::Monthly);
  CHECK(online.schedules[0].by_weekday.at(0).ordinal == -1);
  CHECK(online.schedules[0].utc_offset_minutes == 60);

  json.erase("schedules");
  service = read(json);
  CHECK(service.places[0].schedules.at(0).by_weekday.at(0).day == std::chrono::Sunday);
}

TEST_CASE("record: action attributes become links and no categories") {
  const Service service = read(kHsds3);
  REQUIRE(service.booking);
  CHECK(service.booking->backend == "zms");
  CHECK(service.booking->service_id == "1063423");
  CHECK_FALSE(service.report);
  REQUIRE(service.categories.size() == 1);
  CHECK(service.categories[0].name == "Early years");
  CHECK(service.categories[0].taxonomy == "Topics");
  const Service without_value = read(
      R"({"id": "1", "name": "n", "service_taxonomys": [{"taxonomy": {"id": "civic-kiosk:report:roads:POT:1", "name": "Report",
          "vocabulary": "civic-kiosk:action"}}]})",
      Dialect::Oruk1);
  REQUIRE(without_value.report);
  CHECK(without_value.report->backend == "roads");
  CHECK(without_value.report->service_id == "POT:1");
}

TEST_CASE("record: ORUK 1.0 in both spellings") {
  for (const bool reference : {true, false}) {
    Json json = Json::parse(R"({
      "id": "s2", "name": "Art Club", "attending_type": "Venue", "attending_access": "Drop-in ", "fees": "£2",
      "organization": {"id": "o", "name": "The Ropewalk", "url": "http://ropewalk.example.net"},
      "contacts": [{"phones": [{"number": "01652 555 0100"}]}],
      "regular_schedules": [{"weekday": 7, "opens_at": "9:30", "closes_at": "12pm"}],
      "holiday_schedules": [{"closed": true, "start_date": "2026-12-25", "end_date": "2026-12-26"}],
      "service_at_locations": [{"location": {"physical_addresses": [{"address_1": "Maltkiln Rd", "city": "Barton", "postal_code": "DN18 5JT"}],
          "accessibility_for_disabilities": [{"accessibility": "Lift"}]}, "regular_schedule": [{"byday": "TU", "opens_at": "10:00", "closes_at": "11:00"}]}],
      "pc_targetAudience": [{"id": "w", "audienceType": "Women "}],
      "pc_metadata": {"assured_by": "x@example.org", "date_modified": "2024-09-20"}})");
    json[reference ? "service_taxonomys" : "service_taxonomies"] = Json::parse(
        R"([{"taxonomy": {"id": "http://id.esd.org.uk/service/833", "name": "Arts", "vocabulary": "esd"}}])");
    json[reference ? "eligibilitys" : "eligibilities"] = Json::parse(
        R"([{"eligibility": "adult", "minimum_age": 18, "maximum_age": -1}, {"minimum_age": 16, "maximum_age": 25}])");
    const Service service = read(json, Dialect::Oruk1);
    CHECK(service.attending == "Venue, Drop-in");
    CHECK(service.organisation.website == "http://ropewalk.example.net");
    CHECK(service.phones.at(0).number == "01652 555 0100");
    CHECK(service.minimum_age == 16);
    CHECK_FALSE(service.maximum_age);
    CHECK(service.eligibility == "adult");
    CHECK(service.schedules.at(0).by_weekday.at(0).day == std::chrono::Sunday);
    CHECK(service.schedules.at(0).closes == 720);
    REQUIRE(service.closures.size() == 1);
    CHECK(service.closures[0].to == core::Date{2026y, std::chrono::December, 26d});
    CHECK(service.places.at(0).schedules.at(0).by_weekday.at(0).day == std::chrono::Tuesday);
    CHECK(service.places.at(0).accessibility == std::vector<std::string>{"Lift"});
    REQUIRE(service.categories.size() == 2);
    CHECK(service.categories[0].name == "Women");
    CHECK(service.categories[1].taxonomy == "esd");
    CHECK(service.modified == core::parse_iso8601("2024-09-20T00:00:00Z"));
  }
}

TEST_CASE("record: Outpost's own names are understood") {
  const Service service =
      read(R"({"id": 12, "name": "Chess", "organisation": {"name": "Club"}, "min_age": 8, "max_age": null,
      "free": true, "updated_at": "2024-01-01T00:00:00.000Z", "visible_to": "2025-01-01",
      "locations": [{"name": "Library", "address_1": "High St", "postal_code": "HP20 1UU", "latitude": 51.8, "longitude": -0.8}],
      "taxonomies": [{"id": 3, "name": "Games"}], "suitabilities": [{"id": 4, "name": "Autism"}],
      "regular_schedules": [{"weekday": "Thursday", "opens_at": "18:00", "closes_at": "20:00"}]})",
           Dialect::Oruk1);
  CHECK(service.key.id == "12");
  CHECK(service.organisation.name == "Club");
  CHECK(service.minimum_age == 8);
  CHECK(service.costs.at(0).amount == 0.0);
  CHECK(service.places.at(0).address->postcode == "HP20 1UU");
  CHECK(service.places.at(0).schedules.at(0).by_weekday.at(0).day == std::chrono::Thursday);
  CHECK(service.categories.size() == 2);
  CHECK(service.status == ServiceStatus::Inactive);
}

TEST_CASE("record: only an id and a name are required") {
  const auto refused = [](const char* text) {
    return read_record(Json::parse(text), Dialect::Hsds3, context()).error().what;
  };
  CHECK(refused("[]") == "not an object");
  CHECK(refused(R"({"name": "x"})") == "no id");
  CHECK(refused(R"({"id": "1", "name": "<p>&nbsp;</p>"})") == "no name");
  CHECK(refused(("{\"id\": \"" + std::string(600, 'x') + "\", \"name\": \"n\"}").c_str()) == "id too long");
  const Service least = read(R"({"id": 7, "name": 12, "organization": [], "schedules": {"x": 1}, "phones": "none",
      "service_at_locations": [null, 3, {"location": "x"}], "attributes": [[]], "minimum_age": "old", "status": 4})");
  CHECK(least.key.id == "7");
  CHECK(least.name == "12");
  CHECK(least.status == ServiceStatus::Active);
  CHECK(least.places.empty());
}

TEST_CASE("record: numbers and a postcode out of the description, where they stand nowhere else") {
  const Service service = read(R"({"id": "1", "name": "n", "description":
      "<p>Call 0117 496 0123 or 07700&nbsp;900123 at 23 The Parade, BS34 5LP. Charity 1234567, £2,000</p>"})");
  REQUIRE(service.phones.size() == 2);
  CHECK(service.phones[1].number == "07700 900123");
  REQUIRE(service.places.size() == 1);
  CHECK(service.places[0].address->postcode == "BS34 5LP");
  CHECK(read(R"({"id": "1", "name": "n", "description": "BS1 1AA and BS2 2BB"})").places.empty());
}

TEST_CASE("record: words around telephone numbers") {
  const auto one = [](const char* text) { return read_phone_text(text).at(0); };
  CHECK(one("\"+44 1234 234567\"").number == "+44 1234 234567");
  CHECK(one("\"+44 1234 234567\"").description.empty());
  CHECK(one("Tel: 0117 496 0123 ext. 45").extension == "45");
  CHECK(one("0117 496 0123 (Mon to Fri)").description == "Mon to Fri");
  CHECK(one("(0117) 496 0123").number == "(0117) 496 0123");
  CHECK(one("101").number == "101");
  REQUIRE(read_phone_text("0117 496 0123 / 0117 496 0124").size() == 2);
  CHECK(read_phone_text("see website").empty());
  CHECK(read_phone_text("").empty());
}

TEST_CASE("record: addresses of the web") {
  CHECK(clean_url("http:www.yateandsodburydc.example") == "http://www.yateandsodburydc.example");
  CHECK(clean_url("HTTPS://Example.org/a?b=c") == "https://Example.org/a?b=c");
  CHECK(clean_url("kateartereft.com") == "https://kateartereft.com");
  for (const char* text : {"", "javascript:alert(1)", "file:///etc/passwd", "none", "see website", "http://",
                           "ftp://x.org/", "http://ex ample.org"}) {
    CHECK(clean_url(text).empty());
  }
  CHECK(clean_email("Unknown-1@noemail.invalid").empty());
  CHECK(clean_email("Ring or mail <help@example.org>.") == "help@example.org");
}

TEST_CASE("record: times of day and days of the week as people write them") {
  CHECK(parse_time_of_day("09:00")->minutes == 540);
  CHECK(parse_time_of_day("10:00:00")->minutes == 600);
  CHECK(parse_time_of_day("9.30 pm")->minutes == 21 * 60 + 30);
  CHECK(parse_time_of_day("12am")->minutes == 0);
  CHECK(parse_time_of_day("24:00")->minutes == 1440);
  CHECK(parse_time_of_day("09:00Z")->utc_offset_minutes == 0);
  CHECK(parse_time_of_day("09:00-05:00")->utc_offset_minutes == -300);
  for (const char* text : {"", "25:00", "9:75", "noon", "9:", "-1:00", "13pm", "09:00+99:00"})
    CHECK_FALSE(parse_time_of_day(text));
  CHECK(parse_by_day("MO,TU").size() == 2);
  CHECK(parse_by_day("2MO, -1FR").at(1).ordinal == -1);
  CHECK(parse_by_day("Monday; thursdays").at(1).day == std::chrono::Thursday);
  CHECK(parse_by_day("XX,,T").empty());
}

TEST_CASE("record: personal fields are dropped before storing, embedded images too") {
  Json json = Json::parse(kHsds3);
  json["metadata"] = Json::parse(R"([{"field_name": "name", "updated_by": "Ann Persona"}])");
  json["pc_metadata"] = {{"assured_by", "ann@example.org"}, {"date_modified", "2024-01-01"}};
  json["description"] = "<p>Hello<img src=\"data:image/png;base64," + std::string(200000, 'A') + "\"></p>";
  const std::string stored = core::dump_json(storable_record(json));
  for (const char* gone : {"assurer_email", "updated_by", "Ann Persona", "assured_by", "ann@example.org", "base64"}) {
    CHECK(stored.find(gone) == std::string::npos);
  }
  CHECK(stored.find("date_modified") != std::string::npos);
  CHECK(stored.size() < 20000);
}

TEST_CASE("record: storing keeps every field") {
  for (const char* text : {kHsds3, R"({"id": "1", "name": "n"})"}) {
    const Service service = read(text);
    const std::string stored = to_stored_json(service);
    const core::Result<Service> again = from_stored_json(stored, "test");
    REQUIRE(again.ok());
    CHECK(to_stored_json(*again) == stored);
    CHECK(again->places.size() == service.places.size());
    CHECK(again->modified == service.modified);
  }
  CHECK(from_stored_json("{\"name\": 3}", "test").error().kind == core::ErrorKind::Corrupt);
  CHECK(from_stored_json("not json", "test").error().kind == core::ErrorKind::Corrupt);
}

TEST_CASE("actions: rules of the configuration add links, the record's own win") {
  Service service =
      read(R"({"id": "9", "name": "Missed bin", "attributes": [{"taxonomy_term": {"id": "w", "name": "Waste"}}]})");
  const ActionRules rules = {{"bristol", "", "", "waste", std::nullopt, parse_action_link("roads:bin")},
                             {"", "9", "", "", parse_action_link("zms:1:2"), parse_action_link("other:x")},
                             {"elsewhere", "9", "", "", parse_action_link("wrong:1"), std::nullopt},
                             {"", "", "", "", parse_action_link("wrong:2"), std::nullopt}};
  apply_action_rules(rules, service);
  REQUIRE(service.report);
  CHECK(service.report->backend == "roads");
  REQUIRE(service.booking);
  CHECK(service.booking->service_id == "1:2");
  CHECK_FALSE(parse_action_link("zms"));
  CHECK_FALSE(parse_action_link(":1"));
  CHECK(parse_record_key(text_of({"council", "birth:adult"})) == RecordKey{"council", "birth:adult"});
  CHECK_FALSE(parse_record_key("council:"));
}

TEST_CASE("record: an amount that is no price is dropped, and its words stay") {
  const Service service = read(R"({"id": "s", "name": "n", "cost_options": [
    {"option": "Adults", "amount": 1e308}, {"option": "Children", "amount": -5}, {"amount": "NaN"}, {"amount": 1e308},
    {"option": "Whole town", "amount": 1000000000}, {"option": "Babies", "amount": -0.0}]})");
  REQUIRE(service.costs.size() == 4);
  CHECK(service.costs[0].option == "Adults");
  CHECK_FALSE(service.costs[0].amount);
  CHECK_FALSE(service.costs[1].amount);
  CHECK(service.costs[2].amount == 1e9);
  CHECK_FALSE(std::signbit(service.costs[3].amount.value()));
}

TEST_CASE("record: names are shortened after a word, and counted") {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "wörd, ";
  Json record = {{"id", "s"}, {"name", words}, {"alternate_name", "short"}};
  record["organization"] = {{"id", "o"}, {"name", std::string(2000, 'O')}};
  record["service_at_locations"] = Json::array({{{"id", "l"}, {"location", {{"id", "p"}, {"name", words}}}}});
  ReadNotes notes;
  const auto service = read_record(record, Dialect::Hsds3, context(), &notes);
  REQUIRE(service.ok());
  CHECK(core::count_code_points(service->name) <= kMaxLineLetters);
  CHECK(core::count_code_points(service->name) > kMaxLineLetters - 10);
  CHECK(service->name.ends_with("wörd…"));
  CHECK(core::count_code_points(service->organisation.name) == kMaxLineLetters);
  CHECK(service->organisation.name.ends_with("OO…"));
  CHECK(service->places.at(0).name.ends_with("wörd…"));
  CHECK(notes.shortened == 3);
  CHECK(notes.piled == 0);

  std::string fits;
  for (std::size_t i = 0; i < kMaxLineLetters; ++i) fits += "é";
  CHECK(read(Json{{"id", "s"}, {"name", fits}}).name == fits);
}

TEST_CASE("record: no letter carries more marks than any writing needs") {
  std::string piled = "Cafe";
  for (int i = 0; i < 250; ++i) piled += "\u0301";
  piled += "\u200D";
  for (int i = 0; i < 250; ++i) piled += "\u0301";
  ReadNotes notes;
  const auto service =
      read_record({{"id", "s"}, {"name", piled + " x"}, {"description", piled}}, Dialect::Hsds3, context(), &notes);
  REQUIRE(service.ok());
  CHECK(service->name == "Cafe\u0301\u0301\u0301\u0301\u200D x");
  CHECK(service->description.size() < 20);
  CHECK(notes.piled == 1);
  for (const char* spelt : {"Tiếng Việt", "หนังสือที่นี่", "שָׁלוֹם", "हिन्दी", "བོད་སྐད"}) {
    CHECK(read(Json{{"id", "s"}, {"name", spelt}}).name == spelt);
  }
}
