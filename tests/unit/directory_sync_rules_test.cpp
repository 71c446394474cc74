// One test for each rule of a client of live feeds (kiosk/directory/README.md), against pretend authorities.
#include <set>

#include "kiosk/core/strings.h"
#include "kiosk/store/query.h"
#include "tests/unit/sync_bench.h"

using namespace kiosk;
using namespace kiosk::directory;
using core::Json;
using test::make_service;
using test::make_services;
using test::SyncBench;

TEST_CASE("rule 1: a filter is tested before it is used, and ignored filters cost nothing but the full list") {
  SyncBench bench(make_services(6));
  bench.sync_options.full_every = std::chrono::hours{24};
  CHECK(bench.synced().added == 6);
  Json changed = make_services(6);
  changed[1]["name"] = "Renamed";
  changed[1]["last_modified"] = core::to_iso8601(bench.clock.now());
  changed.erase(5);
  bench.publish(changed);

  SECTION("ignored: everything is listed, and what went is noticed") {
    const SyncReport report = bench.synced();
    CHECK(report.seen == 5);
    CHECK(report.changed == 1);
    CHECK(report.removed == 1);
    REQUIRE(report.notes.size() >= 1);
    CHECK(report.notes[0].find("modified_after") != std::string::npos);
  }
  SECTION("obeyed: only the changed are listed, and nothing is removed") {
    bench.behave({{"filters", true}});
    const SyncReport report = bench.synced();
    CHECK(report.seen == 1);
    CHECK(report.changed == 1);
    CHECK(report.removed == 0);
    CHECK(bench.count() == 6);
    bench.clock.advance(std::chrono::hours{25});
    CHECK(bench.synced().removed == 1);
  }
  CHECK(bench.service(2).name == "Renamed");
  CHECK(bench.violations().empty());
}

TEST_CASE("rule 2: lists are shallow, details are asked for once, and again only for what is new or changed") {
  for (const char* dialect : {"hsds3", "oruk3", "oruk1"}) {
    SyncBench bench(make_services(9), dialect);
    CHECK(bench.synced().added == 9);
    CHECK(bench.asked("services/{id}") == 9);
    CHECK(bench.service(3).schedules.size() == 1);
    Json changed = make_services(10);
    changed[2]["last_modified"] = "2026-02-02T10:00:00.000Z";
    changed[2]["schedules"][0]["opens_at"] = "10:00";
    bench.publish(changed);
    const SyncReport report = bench.synced();
    CHECK(report.added == 1);
    CHECK(report.changed == 1);
    CHECK(report.unchanged == 8);
    CHECK(bench.asked("services/{id}") == 11);
    CHECK(bench.service(3).schedules.at(0).opens == 600);
    CHECK(bench.violations().empty());
  }
}

TEST_CASE("rule 2: details that grew old are asked for again, conditionally") {
  SyncBench bench(make_services(3));
  bench.sync_options.detail_refresh = std::chrono::hours{24};
  CHECK(bench.synced().added == 3);
  bench.clock.advance(std::chrono::hours{25});
  Json changed = make_services(3);
  changed[0]["phones"][0]["number"] = "0117 496 0999";  // the list does not show it
  bench.publish(changed);
  const SyncReport report = bench.synced();
  CHECK(report.changed == 1);
  CHECK(report.unchanged == 2);
  CHECK(bench.asked("services/{id}") == 6);
  CHECK(bench.service(1).phones.at(0).number == "0117 496 0999");
  bench.synced();
  CHECK(bench.asked("services/{id}") == 6);
}

TEST_CASE("rule 3: missing endpoints and empty taxonomies fail nothing") {
  for (const bool exists : {false, true}) {
    SyncBench bench(make_services(3), "oruk3");
    bench.behave(
        {{"taxonomies", exists}, {"taxonomy_terms", false}, {"service_at_locations", false}, {"organizations", false}});
    const SyncReport report = bench.synced();
    CHECK(report.added == 3);
    CHECK(bench.asked("taxonomies") == 1);
    CHECK(report.notes.size() == 1);
  }
}

TEST_CASE("rule 4: paging ends where the list does, with or without totals") {
  for (const bool sparse : {false, true}) {
    for (const int count : {0, 1, 4, 8, 9}) {
      SyncBench bench(make_services(count));
      bench.behave({{"sparse_envelope", sparse}});
      const SyncReport report = bench.synced();
      CHECK(report.seen == static_cast<std::size_t>(count));
      CHECK(bench.asked("services") == std::max(1, (count + 3) / 4));
      CHECK(bench.violations().empty());
    }
  }
}

TEST_CASE("rule 4: servers choose their own page size, repeat rows, and lists have a cap") {
  SyncBench bench(make_services(9));
  bench.behave({{"max_page_size", 2}});
  bench.fault({{"kind", "duplicate_rows"}, {"rows", 1}, {"match", {{"path", "services\\?"}}}});
  const SyncReport report = bench.synced();
  CHECK(report.seen == 9);
  CHECK(report.skipped_records.at(0).reason == "id twice");
  bench.back_end->clear_faults();

  bench.sync_options.max_pages = 3;
  bench.behave({{"conditional", false}});
  const SyncReport capped = bench.synced();
  CHECK(capped.removed == 0);
  CHECK(capped.kept == 0);  // each was asked for by itself, and is still there
  CHECK(bench.count() == 9);
  CHECK(bench.state().last_error.find("longer than 3 pages") != std::string::npos);
}

TEST_CASE("rule 4: counts that move during a sync lose no record") {
  SyncBench bench(make_services(8));
  CHECK(bench.synced().added == 8);
  bench.behave({{"conditional", false}});
  // While the second page is fetched, the first record goes: the fifth moves to the first page and is never listed.
  bool moved = false;
  bench.progress = [&](const SyncProgress& progress) {
    if (moved || progress.phase != SyncProgress::Phase::Listing) return;
    moved = true;
    Json fewer = make_services(8);
    fewer.erase(0);
    bench.publish(fewer);
  };
  const SyncReport report = bench.synced();
  CHECK(moved);
  CHECK(report.removed == 0);
  CHECK(bench.has(5));
  CHECK(bench.has(1));  // it was listed before it went
  bench.progress = nullptr;
  CHECK(bench.synced().removed == 1);
  CHECK_FALSE(bench.has(1));
}

TEST_CASE("rule 5: a failed, empty or suddenly tiny feed leaves the cache as it was") {
  SyncBench bench(make_services(10));
  CHECK(bench.synced().added == 10);
  const auto success = bench.state().last_success;

  SECTION("down") {
    bench.fault({{"kind", "down"}});
    bench.sync_options.attempts = 2;
    const auto report = bench.sync();
    REQUIRE_FALSE(report.ok());
    CHECK(bench.count() == 10);
    CHECK_FALSE(bench.state().last_error.empty());
    CHECK(bench.state().last_success == success);
    bench.back_end->clear_faults();
    bench.synced();
    CHECK(bench.state().last_error.empty());
  }
  SECTION("empty") {
    bench.publish(Json::array());
    const SyncReport report = bench.synced();
    CHECK(report.removed == 0);
    CHECK(report.kept == 10);
    CHECK(report.kept_because.find("shrank from 10 to 0") != std::string::npos);
  }
  SECTION("tiny, and what is there is still taken") {
    Json tiny = make_services(2);
    tiny[0]["name"] = "Renamed";
    tiny[0]["last_modified"] = "2026-03-03T10:00:00.000Z";
    bench.publish(tiny);
    bench.clock.advance(std::chrono::hours{1});
    const SyncReport report = bench.synced();
    CHECK(report.removed == 0);
    CHECK(report.kept == 8);
    CHECK(report.changed == 1);
    CHECK(bench.service(1).name == "Renamed");
    CHECK(bench.service(1).checked > bench.service(7).checked);
    CHECK(bench.service(7).checked == *success);
    CHECK_FALSE(bench.state().last_error.empty());
  }
  SECTION("rows cut out of a list that still says how many there are") {
    bench.behave({{"conditional", false}});
    bench.fault({{"kind", "truncated_list"}, {"rows", 2}, {"match", {{"path", "services\\?"}}}});
    const SyncReport report = bench.synced();
    CHECK(report.removed == 0);
  }
  CHECK(bench.count() == 10);
}

TEST_CASE("rule 5: a smaller loss is believed") {
  SyncBench bench(make_services(10));
  bench.synced();
  bench.publish(make_services(6));
  CHECK(bench.synced().removed == 4);
  CHECK(bench.count() == 6);
  bench.publish(make_services(2));
  bench.sync_options.shrink_limit = 1.0;  // said by staff
  CHECK(bench.synced().removed == 4);
}

TEST_CASE("rule 6: unset ages, placeholder addresses and unknown members") {
  Json services = make_services(1);
  services[0]["minimum_age"] = -1;
  services[0]["maximum_age"] = -1;
  services[0]["service_areas"] = Json::array({{{"id", "a"}, {"name", "Bristol"}, {"uri", "http://www.example.com"}}});
  services[0]["pc_new"] = {{"x", Json::array({1, nullptr})}};
  SyncBench bench(services);
  CHECK(bench.synced().added == 1);
  const Service service = bench.service(1);
  CHECK_FALSE(service.minimum_age);
  CHECK_FALSE(service.maximum_age);
  CHECK(service.areas.at(0).uri.empty());
  const auto raw = store::query_one<std::string>(bench.store.database(), "SELECT raw FROM services");
  CHECK(raw->value().find("pc_new") != std::string::npos);
}

TEST_CASE("rule 7: descriptions become text, whatever they embed") {
  Json services = make_services(1);
  services[0]["description"] = "<p style=\"x\">Fish&nbsp;&amp; chips</p><img src=\"data:image/png;base64," +
                               std::string(145000, 'A') + "\"><script>alert(1)</script><ul><li>salt</li></ul>";
  SyncBench bench(services);
  CHECK(bench.synced().added == 1);
  CHECK(bench.service(1).description == "Fish & chips\n• salt");
}

TEST_CASE("rule 8: words of enumerations are compared leniently") {
  Json services = make_services(2);
  services[0]["status"] = " Temporarily CLOSED ";
  services[1]["status"] = "Active ";
  services[1]["pc_targetAudience"] = Json::array({{{"id", "w"}, {"audienceType", "Women "}}});
  SyncBench bench(services);
  CHECK(bench.synced().added == 2);
  CHECK(bench.service(1).status == ServiceStatus::TemporarilyClosed);
  CHECK(bench.service(2).status == ServiceStatus::Active);
  CHECK(bench.service(2).categories.at(0).name == "Women");
}

TEST_CASE("rule 9: addresses without scheme, numbers with words, numbers in the description") {
  Json services = make_services(2);
  services[0]["url"] = "www.example.net";
  services[0]["phones"] = Json::array({{{"id", "p"}, {"number", "Bristol Youth MAPS: 0117 496 0111"}}});
  services[1].erase("phones");
  services[1]["url"] = "";
  services[1]["description"] = "<p>Ring 0117 496 0222 or come to BS34 5LP</p>";
  SyncBench bench(services);
  CHECK(bench.synced().added == 2);
  CHECK(bench.service(1).url == "https://www.example.net");
  CHECK(bench.service(1).phones.at(0).description == "Bristol Youth MAPS");
  CHECK(bench.service(2).phones.at(0).number == "0117 496 0222");
  CHECK(bench.service(2).places.at(0).address->postcode == "BS34 5LP");
}

TEST_CASE("rule 10: times without a zone") {
  Json services = make_services(1);
  services[0]["last_modified"] = "2025-09-02T12:06:15.654";
  SyncBench bench(services);
  bench.synced();
  CHECK(bench.service(1).modified == core::parse_iso8601("2025-09-02T12:06:15.654Z"));
}

TEST_CASE("rule 11: who assured and updated a record is not stored") {
  Json services = make_services(1);
  services[0]["assurer_email"] = "ann.persona@example.org";
  services[0]["pc_metadata"] = {{"assured_by", "ann.persona@example.org"}, {"date_modified", "2025-01-01"}};
  services[0]["metadata"] = Json::array({{{"id", "m"}, {"updated_by", "Ann Persona"}}});
  SyncBench bench(services);
  bench.progress = [&](const SyncProgress&) {  // nor in the checkpoint
    const auto staged = store::query_one<std::int64_t>(
        bench.store.database(), "SELECT count(*) FROM run_records WHERE lower(raw) LIKE '%persona%'");
    CHECK(staged->value() == 0);
  };
  CHECK(bench.synced().added == 1);
  const auto stored = store::query_one<std::int64_t>(
      bench.store.database(), "SELECT count(*) FROM services WHERE lower(raw || record) LIKE '%persona%'");
  CHECK(stored->value() == 0);
}

TEST_CASE("rule 12: a page of HTML with status 200 is no directory") {
  SyncBench bench(make_services(5));
  bench.fault({{"kind", "html"}});
  const auto refused = bench.sync();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == core::ErrorKind::Unsupported);
  CHECK(bench.state().last_error.find("not JSON") != std::string::npos);

  SECTION("at the base path alone: the list tells the dialect") {
    bench.fault({{"kind", "html"}, {"match", {{"path", "/hsds3/?$"}}}});
    CHECK(bench.synced().added == 5);
  }
  SECTION("instead of a detail: the list's record is taken, and the details are asked for again") {
    bench.fault({{"kind", "html"}, {"times", 1}, {"match", {{"path", "services/service-2"}}}});
    const SyncReport report = bench.synced();
    CHECK(report.added == 5);
    CHECK(report.shallow == 1);
    CHECK(bench.service(2).schedules.empty());
    CHECK(bench.synced().changed == 1);
    CHECK(bench.service(2).schedules.size() == 1);
  }
}

TEST_CASE("rule 13: only an id and a name are needed; what lacks them is skipped by name") {
  Json services = make_services(5);
  services[1]["name"] = "";
  services[2]["phones"] = "not a list";
  services[3]["organization"] = nullptr;
  SyncBench bench(services);
  const SyncReport report = bench.synced();
  CHECK(report.added == 4);
  REQUIRE(report.skipped == 1);
  CHECK(report.skipped_records[0].reason == "no name");
  CHECK(report.skipped_records[0].example == "service-2");
  // A record that loses its name keeps its last good form.
  services[4]["name"] = "";
  bench.publish(services);
  CHECK(bench.synced().removed == 0);
  CHECK(bench.service(5).name == "Service 5");
}
