// Sync over its faults: killed half way, cut, slowed, throttled; and asking only for what changed.
#include <thread>

#include "kiosk/directory/sync.h"
#include "kiosk/net/url.h"
#include "tests/unit/real_data.h"
#include "tests/unit/sync_bench.h"

using namespace kiosk;
using namespace kiosk::directory;
using core::Json;
using test::make_service;
using test::make_services;
using test::SyncBench;

namespace {

// Stops the sync once `phase` has done so many.
void stop_after(SyncBench& bench, SyncProgress::Phase phase, std::size_t done) {
  bench.cancel = work::CancelSource();
  bench.progress = [&bench, phase, done](const SyncProgress& progress) {
    if (progress.phase == phase && progress.done >= done) bench.cancel.cancel();
  };
}

void go_on(SyncBench& bench) {
  bench.cancel = work::CancelSource();
  bench.progress = nullptr;
}

}  // namespace

TEST_CASE("sync: killed while listing, it goes on with the next page") {
  SyncBench bench(make_services(12));
  const std::int64_t generation = *bench.store.generation();
  stop_after(bench, SyncProgress::Phase::Listing, 8);
  const auto stopped = bench.sync();
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.error().kind == core::ErrorKind::Cancelled);
  CHECK(bench.count() == 0);  // nothing of it is visible
  CHECK(*bench.store.generation() == generation);
  CHECK(bench.asked("services") == 2);
  bench.store = bench.open();  // as after a restart
  go_on(bench);
  const SyncReport report = bench.synced();
  CHECK(report.resumed);
  CHECK(report.added == 12);
  CHECK(bench.asked("services") == 3);
}

TEST_CASE("sync: killed among the details, it asks for none twice") {
  SyncBench bench(make_services(12));
  stop_after(bench, SyncProgress::Phase::Details, 5);
  REQUIRE_FALSE(bench.sync().ok());
  CHECK(bench.asked("services/{id}") == 5);
  CHECK(bench.count() == 0);
  go_on(bench);
  const SyncReport report = bench.synced();
  CHECK(report.resumed);
  CHECK(report.added == 12);
  CHECK(bench.asked("services") == 3);
  CHECK(bench.asked("services/{id}") == 12);
  CHECK_FALSE(bench.synced().resumed);
}

TEST_CASE("sync: a checkpoint that is old, or of another address, is begun anew") {
  SyncBench bench(make_services(6));
  stop_after(bench, SyncProgress::Phase::Details, 2);
  REQUIRE_FALSE(bench.sync().ok());
  go_on(bench);
  SECTION("old") { bench.clock.advance(std::chrono::hours{25}); }
  SECTION("another address") { bench.source.url += "/"; }
  CHECK_FALSE(bench.synced().resumed);
  CHECK(bench.count() == 6);
}

TEST_CASE("sync: between two sittings a record may move and another may go") {
  SyncBench bench(make_services(10));
  bench.synced();
  bench.behave({{"conditional", false}});
  stop_after(bench, SyncProgress::Phase::Listing, 4);
  REQUIRE_FALSE(bench.sync().ok());
  Json fewer = make_services(10);
  fewer.erase(8);  // service 9 goes
  fewer.erase(0);  // so does 1, which was listed already; 5 moves to the page that was read
  bench.publish(fewer);
  go_on(bench);
  const SyncReport report = bench.synced();
  CHECK(report.resumed);
  CHECK(report.removed == 1);
  CHECK(bench.has(5));
  CHECK_FALSE(bench.has(9));
}

TEST_CASE("sync: nothing changed, and the server says so") {
  SyncBench bench(make_services(10));
  CHECK_FALSE(bench.synced().not_modified);
  const std::int64_t generation = *bench.store.generation();
  bench.clock.advance(std::chrono::hours{1});
  const SyncReport report = bench.synced();
  CHECK(report.not_modified);
  CHECK(report.unchanged == 10);
  CHECK(bench.asked("services/{id}") == 10);
  CHECK(*bench.store.generation() == generation);  // no index is built for nothing
  CHECK(bench.service(1).checked == *bench.state().last_success);
  Json ledger = bench.back_end->ledger();
  std::int64_t not_modified = 0;
  for (const Json& each : core::json_array(ledger, "requests")) {
    not_modified += core::json_integer(core::json_object(each, "statuses"), "304").value_or(0);
  }
  CHECK(not_modified == 3);

  Json more = make_services(11);  // one page changes, the others answer 304
  bench.publish(more);
  CHECK(bench.synced().added == 1);
}

TEST_CASE("sync: without conditional answers an unchanged feed costs its list alone") {
  SyncBench bench(make_services(10));
  bench.behave({{"conditional", false}});
  bench.synced();
  const std::int64_t generation = *bench.store.generation();
  const SyncReport report = bench.synced();
  CHECK(report.unchanged == 10);
  CHECK_FALSE(report.not_modified);
  CHECK(bench.asked("services/{id}") == 10);
  CHECK(*bench.store.generation() == generation);
}

TEST_CASE("sync: faults that pass are waited out") {
  SyncBench bench(make_services(10));
  const Json rules = Json::array({
      {{"kind", "status"}, {"status", 503}, {"times", 2}, {"match", {{"path", "page=2"}}}},
      {{"kind", "status"}, {"status", 500}, {"times", 1}, {"match", {{"path", "page=3"}}}},
      {{"kind", "status"}, {"status", 429}, {"retry_after", 1}, {"times", 1}, {"match", {{"path", "service-3"}}}},
      {{"kind", "cut"}, {"bytes", 20}, {"times", 1}, {"match", {{"path", "page=1"}}}},
      {{"kind", "cut"}, {"bytes", 5}, {"times", 1}, {"match", {{"path", "service-4"}}}},
      {{"kind", "lose_answer"}, {"times", 1}, {"match", {{"path", "service-5"}}}},
  });
  bench.fault(rules);
  const SyncReport report = bench.synced();
  CHECK(report.added == 10);
  CHECK(report.shallow == 0);
}

TEST_CASE("sync: a server that goes away for good ends the run, which goes on later") {
  SyncBench bench(make_services(30));
  bench.sync_options.attempts = 2;
  bench.fault({{"kind", "status"}, {"status", 503}, {"after", 5}, {"match", {{"path", "services/"}}}});
  const auto report = bench.sync();
  REQUIRE_FALSE(report.ok());
  CHECK(bench.count() == 0);
  bench.back_end->clear_faults();
  const SyncReport next = bench.synced();
  CHECK(next.resumed);
  CHECK(next.added == 30);
}

TEST_CASE("sync: a slow drip ends at the deadline") {
  SyncBench bench(make_services(4));
  bench.synced();
  bench.sync_options.timeout = core::Milliseconds{200};
  bench.sync_options.attempts = 1;
  bench.behave({{"conditional", false}});
  bench.fault({{"kind", "drip"}, {"bytes_per_s", 50}, {"match", {{"path", "services\\?"}}}});
  const auto report = bench.sync();
  REQUIRE_FALSE(report.ok());
  CHECK(report.error().kind == core::ErrorKind::Timeout);
  CHECK(bench.count() == 4);
}

TEST_CASE("sync: wrong types and wrong records do not come through") {
  SyncBench bench(make_services(4));
  bench.behave({{"conditional", false}});
  bench.fault({{"kind", "wrong_types"}});
  bench.sync_options.attempts = 1;
  const auto report = bench.sync();
  if (report.ok()) CHECK(bench.count() <= 4);
  bench.back_end->clear_faults();
  bench.synced();
  CHECK(bench.count() == 4);
}

TEST_CASE("sync: a feed without details gives what its list says, and stops asking") {
  SyncBench bench(make_services(12));
  bench.fault({{"kind", "status"}, {"status", 404}, {"match", {{"path", "services/"}}}});
  const SyncReport report = bench.synced();
  CHECK(report.added == 12);
  CHECK(report.shallow == 12);
  CHECK(bench.asked("services/{id}") == 5);
  CHECK(bench.count() == 12);
  // And a full record is not made poorer by it.
  bench.back_end->clear_faults();
  CHECK(bench.synced().changed == 12);
  Json changed = make_services(12);
  changed[0]["last_modified"] = "2026-05-05T00:00:00Z";
  bench.publish(changed);
  bench.fault({{"kind", "status"}, {"status", 404}, {"match", {{"path", "services/"}}}});
  CHECK(bench.synced().shallow == 1);
  CHECK(bench.service(1).schedules.size() == 1);
}

TEST_CASE("sync: every dialect, and addresses that end in the list itself") {
  for (const char* dialect : {"hsds3", "oruk3", "oruk1"}) {
    for (const char* ending : {"", "/", "/services", "/services/"}) {
      SyncBench bench(make_services(3), dialect);
      bench.source.url += ending;
      const SyncReport report = bench.synced();
      CHECK(report.dialect == dialect);
      CHECK(report.added == 3);
      CHECK(bench.service(1).organisation.authority == "E06000023");
      CHECK(bench.state().dialect == dialect);
      CHECK(bench.violations().empty());
    }
  }
}

TEST_CASE("sync: no feed at the address") {
  SyncBench bench(make_services(1));
  bench.sync_options.attempts = 1;
  bench.source.url = bench.back_end->base_url() + "/nothing/here";
  CHECK(bench.sync().error().kind == core::ErrorKind::NotFound);
  bench.source.url = "not a url";
  CHECK_FALSE(bench.sync().ok());
  bench.back_end->stop();
  bench.source.url = bench.back_end->base_url();
  CHECK(bench.sync().error().kind == core::ErrorKind::Unavailable);
}

TEST_CASE("sync: two sources share a directory without touching each other") {
  SyncBench bench(make_services(3));
  bench.synced();
  REQUIRE(bench.back_end->set_feed("g", make_services(2)).ok());
  SyncSource other{"t", "Other", bench.back_end->feed_url("g", "hsds3"), ""};
  const auto report = sync_source(bench.store, other, *bench.http, bench.clock, {}, bench.sync_options);
  REQUIRE(report.ok());
  CHECK(report->added == 2);
  CHECK(bench.count() == 5);
  REQUIRE(bench.back_end->set_feed("g", make_services(1)).ok());
  REQUIRE(sync_source(bench.store, other, *bench.http, bench.clock, {}, bench.sync_options).ok());
  CHECK(bench.has(2));
  const std::int64_t generation = *bench.store.generation();
  CHECK(*forget_other_sources(bench.store, {"s", "t"}) == 0);
  CHECK(*bench.store.generation() == generation);
  CHECK(*forget_other_sources(bench.store, {"t"}) == 3);  // "s" is configured no longer
  CHECK(*bench.store.generation() > generation);
  CHECK(bench.count() == 1);
  CHECK(bench.state().id == "t");
}

TEST_CASE("sync: the real dumps of two authorities, served in each dialect") {
  const auto data = test::real_data("oruk-bristol-northlincs");
  if (data.empty()) {
    WARN("skipped: no real data");
    return;
  }
  sandbox::SandboxOptions options;
  options.data = {data / "bristol_services_2024-12.json"};
  auto back_end = sandbox::Sandbox::start(std::move(options));
  REQUIRE(back_end.ok());
  for (const char* dialect : {"oruk1", "hsds3"}) {
    SyncBench bench(make_services(1));
    bench.sync_options.page_size = 100;
    bench.source.url = (*back_end)->feed_url("bristol_services_2024-12", dialect);
    const SyncReport report = bench.synced();
    CHECK(report.seen == 817);
    CHECK(report.skipped == 2);
    CHECK(report.shallow == 0);
  }
}
