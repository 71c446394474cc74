// A sandbox with one feed, a directory beside it, and a client between them: for the tests of directory's sync.
#pragma once

#include <memory>
#include <string>

#include "kiosk/directory/directory.h"
#include "kiosk/directory/sync.h"
#include "kiosk/net/curl_client.h"
#include "tests/sandbox/sandbox.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

namespace kiosk::test {

// A full HSDS 3.0 service with what a list leaves out: hours, a place, a phone.
inline core::Json make_service(int number) {
  const std::string id = "service-" + std::to_string(number);
  return {{"id", id},
          {"name", "Service " + std::to_string(number)},
          {"description", "<p>About " + id + "</p>"},
          {"status", "active"},
          {"last_modified", "2026-01-01T10:00:00.000Z"},
          {"organization", {{"id", "o"}, {"name", "The Council"}, {"description", "d"}}},
          {"phones", core::Json::array({{{"id", "p"}, {"number", "0117 496 0123"}}})},
          {"schedules",
           core::Json::array(
               {{{"id", "c"}, {"freq", "WEEKLY"}, {"byday", "MO"}, {"opens_at", "09:00"}, {"closes_at", "17:00"}}})}};
}

inline core::Json make_services(int count) {
  core::Json list = core::Json::array();
  for (int i = 1; i <= count; ++i) list.push_back(make_service(i));
  return list;
}

struct SyncBench {
  explicit SyncBench(core::Json services, std::string dialect_name = "hsds3") : dialect(std::move(dialect_name)) {
    sandbox::SandboxOptions options;
    options.feeds["f"] = std::move(services);
    auto started = sandbox::Sandbox::start(std::move(options));
    REQUIRE(started.ok());
    back_end = std::move(*started);
    auto client = net::CurlClient::create();
    REQUIRE(client.ok());
    http = std::move(*client);
    source = {"s", "Source", back_end->feed_url("f", dialect), "E06000023"};
    sync_options.page_size = 4;
    sync_options.retry_base = core::Milliseconds{1};
    sync_options.retry_cap = core::Milliseconds{2000};
    sync_options.timeout = core::Milliseconds{5000};
  }

  core::Result<directory::SyncReport> sync() {
    return directory::sync_source(store, source, *http, clock, cancel.token(), sync_options, progress);
  }
  // A sync that must succeed.
  directory::SyncReport synced() {
    core::Result<directory::SyncReport> report = sync();
    INFO((report.ok() ? std::string() : report.error().describe()));
    REQUIRE(report.ok());
    return std::move(*report);
  }
  std::size_t count() { return store.count().value_or(9999); }
  directory::Service service(int number) {
    core::Result<directory::Service> found = store.service({"s", "service-" + std::to_string(number)});
    REQUIRE(found.ok());
    return std::move(*found);
  }
  bool has(int number) { return store.service({"s", "service-" + std::to_string(number)}).ok(); }
  directory::SourceState state() {
    auto states = store.sources();
    REQUIRE(states.ok());
    REQUIRE(states->size() == 1);
    return states->front();
  }

  void behave(const core::Json& behaviour) { REQUIRE(back_end->configure({{"feeds", {{"f", behaviour}}}}).ok()); }
  void fault(const core::Json& rules) { REQUIRE(back_end->set_faults(rules).ok()); }
  // The same address with another content.
  void publish(core::Json services) { REQUIRE(back_end->set_feed("f", std::move(services)).ok()); }

  // How often the feed was asked, for "services", "services/{id}" and so on.
  std::int64_t asked(const std::string& path) {
    const std::string endpoint = "GET /f/" + dialect + "/" + path;
    const core::Json ledger = back_end->ledger();
    for (const core::Json& each : core::json_array(ledger, "requests")) {
      if (core::json_text(each, "endpoint") == endpoint) return core::json_integer(each, "count").value_or(0);
    }
    return 0;
  }
  std::string violations() {
    const core::Json ledger = back_end->ledger();
    const core::Json& list = core::json_array(ledger, "violations");
    return list.empty() ? std::string() : core::dump_json(list);
  }

  TemporaryFolder folder;
  std::string dialect;
  std::unique_ptr<sandbox::Sandbox> back_end;
  std::unique_ptr<net::HttpClient> http;
  core::AdjustableClock clock;
  work::CancelSource cancel;
  directory::SyncSource source;
  directory::SyncOptions sync_options;
  std::function<void(const directory::SyncProgress&)> progress;
  directory::Directory store = open();

  directory::Directory open() {
    auto opened = directory::Directory::open(folder / "directory.db", directory::Directory::Access::Write);
    REQUIRE(opened.ok());
    return std::move(*opened);
  }
};

}  // namespace kiosk::test
