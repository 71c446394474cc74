#include <set>

#include "tests/unit/sandbox_fixture.h"

using namespace kiosk::sandbox::testing;
using kiosk::core::Json;

TEST_CASE("the dialects are told apart by their envelopes and by GET /") {
  const auto sandbox = start();
  Client client(*sandbox);
  CHECK(client.get("/harbour/hsds3/").json()["version"] == "3.0");
  CHECK(client.get("/harbour/oruk3").json()["version"] == "HSDS-UK-3.0");
  CHECK(client.get("/harbour/oruk1/").status == 404);

  const Json three = client.get("/harbour/hsds3/services?page=1&per_page=2").json();
  CHECK(three["total_items"] == 3);
  CHECK(three["total_pages"] == 2);
  CHECK(three["page_number"] == 1);
  CHECK(three["size"] == 2);
  CHECK(three["first_page"] == true);
  CHECK(three["last_page"] == false);
  CHECK(three["contents"].size() == 2);

  const Json one = client.get("/harbour/oruk1/services/?page=2&per_page=2").json();
  CHECK(one["totalElements"] == 3);
  CHECK(one["number"] == 2);
  CHECK(one["last"] == true);
  CHECK(one["content"].size() == 1);
  CHECK_FALSE(one.contains("contents"));
}

TEST_CASE("lists are shallow and details are whole") {
  const auto sandbox = start();
  Client client(*sandbox);
  const Json listed = client.get("/harbour/hsds3/services").json()["contents"][0];
  CHECK(listed["id"] == "svc-1");
  CHECK(listed["organization"]["name"] == "Harbour");
  CHECK_FALSE(listed.contains("service_at_locations"));
  CHECK_FALSE(listed.contains("phones"));
  CHECK(client.get("/harbour/hsds3/services/svc-1").json() == service_json());
  CHECK(client.get("/harbour/hsds3/services/nothing").status == 404);
}

TEST_CASE("the ORUK 3.0 profile takes away and adds what it says") {
  const auto sandbox = start();
  Client client(*sandbox);
  const Json full = client.get("/harbour/oruk3/services/svc-1").json();
  CHECK_FALSE(full.contains("phones"));
  CHECK_FALSE(full.contains("eligibility_description"));
  CHECK(full["fees"] == "Free");
  CHECK(full["service_areas"][0]["service_area"] == "Harbour district");
  CHECK(full["attributes"][0]["taxonomy_term"]["term"] == "Waste");
  CHECK_FALSE(full["attributes"][0].contains("value"));
  CHECK_FALSE(full["cost_options"][0].contains("currency"));
  CHECK_FALSE(full["languages"][0].contains("name"));
  const Json place = full["service_at_locations"][0];
  CHECK_FALSE(place["schedules"][0].contains("until"));
  CHECK(place["schedules"][0]["byday"] == "MO,TU");
  CHECK_FALSE(place["location"]["addresses"][0].contains("address_2"));
  CHECK(place["location"]["accessibility"][0]["accessibility"] == "Step-free");
  CHECK(client.get("/harbour/oruk3/organizations").status == 404);
  CHECK(client.get("/harbour/oruk3/service_at_locations").json()["contents"][0]["id"] == "sal-1");
}

TEST_CASE("ORUK 1.0 renames and nests as its reference server or its schema does") {
  const auto sandbox = start();
  Client client(*sandbox);
  const Json full = client.get("/harbour/oruk1/services/svc-1").json();
  CHECK(full["organization"]["url"] == "https://harbour.example");
  CHECK(full["fees"] == "Free");
  CHECK(full["attending_type"] == "venue");
  CHECK(full["eligibilitys"][0]["minimum_age"] == 16);
  CHECK(full["eligibilitys"][0]["eligibility"] == "Residents");
  CHECK(full["service_taxonomys"][0]["taxonomy"] ==
        Json({{"id", "waste"}, {"name", "Waste"}, {"vocabulary", "topics"}}));
  CHECK(full["service_at_locations"][0]["location"]["physical_addresses"][0]["postal_code"] == "HX1 1AA");
  CHECK(full["service_at_locations"][0]["regular_schedule"][0]["byday"] == "MO,TU");
  std::set<std::string> numbers;
  for (const Json& contact : full["contacts"]) {
    for (const Json& phone : contact["phones"]) numbers.insert(phone["number"]);
  }
  CHECK(numbers == std::set<std::string>{"01632 960001"});

  REQUIRE(sandbox->configure({{"feeds", {{"harbour", {{"oruk1_style", "schema"}}}}}}).ok());
  const Json strict = client.get("/harbour/oruk1/services/svc-1").json();
  CHECK(strict.contains("service_taxonomies"));
  const Json schedules = strict["service_at_locations"][0]["regular_schedule"];
  REQUIRE(schedules.size() == 2);
  CHECK(schedules[1]["weekday"] == 2);
}

TEST_CASE("a feed given in ORUK 1.0 is served unchanged there and translated elsewhere") {
  const Json record =
      Json::parse(R"({"id": "r1", "name": "", "description": "<p>Hi&nbsp;there</p>", "url": "", "email": "",
    "status": "active", "fees": "", "deliverable_type": "", "attending_type": "Venue", "assured_date": "2024-01-02",
    "organization": {"id": "o1", "name": "Org", "description": "", "url": "https://o.example", "logo": "", "uri": ""},
    "pc_metadata": {"date_modified": "2024-05-06"}, "pc_targetAudience": [],
    "regular_schedules": [{"id": "s1", "opens_at": "09:00", "closes_at": "12:00", "freq": "WEEKLY", "byday": "MO"}]})");
  auto options = options_of_test();
  options.feeds["old"] = Json::array({record, record});
  const auto sandbox = start(std::move(options));
  Client client(*sandbox);
  CHECK(client.get("/old/oruk1/services").json()["content"] == Json::array({record, record}));
  CHECK(client.get("/old/oruk1/services/r1").json() == record);
  const Json translated = client.get("/old/hsds3/services/r1").json();
  CHECK(translated["name"] == "");
  CHECK(translated["description"] == "<p>Hi&nbsp;there</p>");
  CHECK(translated["organization"]["website"] == "https://o.example");
  CHECK(translated["last_modified"] == "2024-05-06T00:00:00.000Z");
  CHECK(translated["schedules"][0]["byday"] == "MO");
  CHECK_FALSE(translated.contains("url"));
}

TEST_CASE("filters are ignored unless the feed is told to obey them") {
  const auto sandbox = start();
  Client client(*sandbox);
  CHECK(client.get("/harbour/hsds3/services?search=bin").json()["total_items"] == 3);
  CHECK(client.get("/harbour/hsds3/services?modified_after=2099-01-01T00:00:00Z").json()["total_items"] == 3);
  REQUIRE(sandbox->configure({{"feeds", {{"*", {{"filters", true}}}}}}).ok());
  CHECK(client.get("/harbour/hsds3/services?search=BIN").json()["total_items"] == 1);
  CHECK(client.get("/harbour/hsds3/services?modified_after=2099-01-01T00:00:00Z").json()["total_items"] == 0);
  CHECK(client.get("/harbour/hsds3/services?taxonomy_term_id=term-1").json()["total_items"] == 1);
  CHECK(client.get("/harbour/oruk1/services?day=MO").json()["totalElements"] == 1);
  CHECK(client.get("/harbour/hsds3/services?full=true").json()["contents"][0] == service_json());
}

TEST_CASE("unchanged answers are 304 where the feed keeps conditions, and change with the feed") {
  const auto sandbox = start();
  Client client(*sandbox);
  const Reply first = client.get("/harbour/hsds3/services");
  const std::string tag = first.header("ETag");
  REQUIRE_FALSE(tag.empty());
  const Reply second = client.get("/harbour/hsds3/services", {{"If-None-Match", tag}});
  CHECK(second.status == 304);
  CHECK(second.body.empty());
  CHECK(client.get("/harbour/hsds3/services", {{"If-Modified-Since", first.header("Last-Modified")}}).status == 304);

  Json fewer = three_services();
  fewer.erase(fewer.begin());
  REQUIRE(sandbox->set_feed("harbour", fewer).ok());
  CHECK(client.get("/harbour/hsds3/services", {{"If-None-Match", tag}}).status == 200);

  REQUIRE(sandbox->configure({{"feeds", {{"harbour", {{"conditional", false}}}}}}).ok());
  CHECK(client.get("/harbour/hsds3/services").header("ETag").empty());
}

TEST_CASE("endpoints can be missing, and the official mock's bare envelope can be had") {
  const auto sandbox = start();
  Client client(*sandbox);
  CHECK(client.get("/harbour/hsds3/taxonomies").json()["contents"][0]["name"] == "topics");
  CHECK(client.get("/harbour/hsds3/taxonomy_terms/term-1").json()["code"] == "waste");
  CHECK(client.get("/harbour/hsds3/organizations").json()["total_items"] == 1);
  REQUIRE(sandbox
              ->configure({{"feeds",
                            {{"harbour",
                              {{"service_at_locations", false}, {"taxonomies", false}, {"sparse_envelope", true}}}}}})
              .ok());
  CHECK(client.get("/harbour/hsds3/service_at_locations").status == 404);
  CHECK(client.get("/harbour/hsds3/taxonomies").status == 404);
  const Json page = client.get("/harbour/hsds3/services?per_page=2").json();
  CHECK_FALSE(page.contains("total_pages"));
  CHECK_FALSE(page.contains("last_page"));
  CHECK(client.get("/harbour/hsds3/services?page=9").json() == Json({{"empty", true}}));
}

TEST_CASE("what a client asks wrongly is written down") {
  const auto sandbox = start();
  Client client(*sandbox);
  client.get("/harbour/hsds3/services?limit=5");
  client.get("/harbour/hsds3/services?page=7");
  CHECK(client.get("/harbour/hsds3/services?page=none").status == 400);
  client.get("/harbour/hsds3/services?email=a@b.example");
  client.get("/harbour/oruk3/services?organization_id=1");
  client.http().set_default_headers({{"User-Agent", ""}});
  client.get("/harbour/hsds3/services");
  CHECK(violations(*sandbox, "unknown_parameter") == 3);
  CHECK(violations(*sandbox, "page_beyond_end") == 1);
  CHECK(violations(*sandbox, "bad_parameter") == 1);
  CHECK(violations(*sandbox, "personal_data_in_address") == 1);
  CHECK(violations(*sandbox, "missing_user_agent") == 1);
  for (int i = 0; i < 12; ++i) client.get("/harbour/hsds3/services/svc-1");
  CHECK(violations(*sandbox, "polling_too_fast") == 2);
}
