#include "kiosk/directory/dialect.h"
#include "kiosk/directory/envelope.h"
#include "kiosk/directory/sync.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using namespace kiosk::directory;
using core::Json;

namespace {

Page page_of(const char* text) {
  core::Result<Page> page = read_page(Json::parse(text), "test");
  REQUIRE(page.ok());
  return std::move(*page);
}

// A server that answers from a function: for what the sandbox's servers never do.
class FakeServer final : public net::HttpClient {
 public:
  explicit FakeServer(std::function<net::Response(const std::string&)> answer) : answer_(std::move(answer)) {}
  core::Result<net::Response> send(const net::Request& request, const work::CancelToken&) override {
    ++requests;
    net::Response response = answer_(request.url);
    response.url = request.url;
    return response;
  }
  int requests = 0;

 private:
  std::function<net::Response(const std::string&)> answer_;
};

net::Response json(const std::string& text, int status = 200) {
  net::Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/json");
  response.body = text;
  return response;
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

core::Result<SyncReport> sync_with(FakeServer& server, Directory& directory, SyncOptions options = {}) {
  options.attempts = 1;
  const core::SystemClock clock;
  return sync_source(directory, {"s", "S", "https://feed.example.net/api", ""}, server, clock, {}, options);
}

}  // namespace

TEST_CASE("dialect: the three envelopes") {
  const Page hsds =
      page_of(R"({"total_items": 3, "total_pages": 2, "page_number": 1, "last_page": false, "contents": [{}, {}]})");
  CHECK(hsds.dialect == Dialect::Hsds3);
  CHECK(hsds.rows.size() == 2);
  CHECK(hsds.total_items == 3);
  CHECK_FALSE(hsds.says_last);
  const Page oruk = page_of(R"({"totalElements": "1", "totalPages": 1, "number": 1, "last": true, "content": [{}]})");
  CHECK(oruk.dialect == Dialect::Oruk1);
  CHECK(oruk.total_items == 1);
  CHECK(oruk.says_last);
  const Page sparse = page_of(R"({"empty": true})");
  CHECK_FALSE(sparse.dialect);
  CHECK(sparse.says_last);
  CHECK(page_of("[{}, {}]").rows.size() == 2);
  for (const char* text : {"{}", "{\"contents\": 3}", "7", "null", "{\"error\": \"no\"}", "{\"empty\": false}"}) {
    CHECK(read_page(Json::parse(text), "test").error().kind == core::ErrorKind::Unsupported);
  }
}

TEST_CASE("dialect: versions that live feeds give") {
  CHECK(dialect_of_version("3.0") == Dialect::Hsds3);
  CHECK(dialect_of_version("3.1.2") == Dialect::Hsds3);
  CHECK(dialect_of_version("HSDS-UK-3.0") == Dialect::Oruk3);
  CHECK(dialect_of_version("V3") == Dialect::Oruk3);
  CHECK(dialect_of_version("1.0") == Dialect::Oruk1);
  CHECK_FALSE(dialect_of_version(""));
  CHECK_FALSE(dialect_of_version("latest"));
}

TEST_CASE("dialect: addresses as they are registered") {
  const auto split = [](const char* url) {
    const FeedAddress address = split_feed_url(url);
    return address.base + " " + address.services;
  };
  CHECK(split("https://x.org/o/v3") == "https://x.org/o/v3 services");
  CHECK(split(" https://x.org/o/v3/ ") == "https://x.org/o/v3 services");
  CHECK(split("https://x.org/o/v3/services") == "https://x.org/o/v3 services");
  CHECK(split("https://x.org/o/v3/Services/") == "https://x.org/o/v3 Services");
  CHECK(split("https://x.org/hservices/#top") == "https://x.org hservices");
  CHECK(split("https://x.org/api/services?key=1") == "https://x.org/api?key=1 services");
  CHECK(split("") == " services");
}

TEST_CASE("sync: Outpost's envelope and records") {
  test::TemporaryFolder folder;
  auto directory = Directory::open(folder / "directory.db", Directory::Access::Write);
  FakeServer server([](const std::string& url) {
    const std::string record = R"({"id": 5, "name": "Chess club", "organisation": {"id": 1, "name": "Club"}})";
    if (has(url, "/services/5")) return json(record);
    if (has(url, "/services?"))
      return json(
          "{\"totalElements\": 1, \"totalPages\": 1, \"last\": true, \"interpreted_location\": null, \"content\": [" +
          record + "]}");
    return json("{}", 404);
  });
  const auto report = sync_with(server, *directory);
  REQUIRE(report.ok());
  CHECK(report->dialect == "outpost");
  CHECK(directory->service({"s", "5"})->organisation.name == "Club");
}

TEST_CASE("sync: a server that knows no pages is not asked for ever") {
  test::TemporaryFolder folder;
  auto directory = Directory::open(folder / "directory.db", Directory::Access::Write);
  FakeServer server([](const std::string& url) {
    if (has(url, "/services/")) return json("{}", 404);
    if (has(url, "/services?"))
      return json(R"({"contents": [{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}]})");
    return json(R"({"version": "3.0"})");
  });
  const auto report = sync_with(server, *directory);
  REQUIRE(report.ok());
  CHECK(report->added == 2);
  CHECK(server.requests < 10);
}

TEST_CASE("sync: a server with ever new pages meets the caps") {
  test::TemporaryFolder folder;
  auto directory = Directory::open(folder / "directory.db", Directory::Access::Write);
  int made = 0;
  FakeServer server([&made](const std::string& url) {
    if (has(url, "/services/")) return json("{}", 404);
    if (has(url, "/services?"))
      return json("{\"contents\": [{\"id\": \"" + std::to_string(++made) + "\", \"name\": \"n\"}]}");
    return json(R"({"version": "3.0"})");
  });
  SyncOptions options;
  options.max_pages = 20;
  auto report = sync_with(server, *directory, options);
  REQUIRE(report.ok());
  CHECK(report->added == 20);
  options.max_pages = 2000;
  options.max_records = 30;
  report = sync_with(server, *directory, options);
  REQUIRE(report.ok());
  CHECK(report->removed == 0);
  CHECK(made <= 60);
}

TEST_CASE("sync: details of another record are refused, the list's are taken") {
  test::TemporaryFolder folder;
  auto directory = Directory::open(folder / "directory.db", Directory::Access::Write);
  FakeServer server([](const std::string& url) {
    if (has(url, "/services/a%2Fb%20c"))
      return json(R"({"id": "other", "name": "Other", "url": "https://wrong.example.net"})");
    if (has(url, "/services?")) return json(R"({"total_items": 1, "contents": [{"id": "a/b c", "name": "Right"}]})");
    return json(R"({"version": "3.0"})");
  });
  const auto report = sync_with(server, *directory);
  REQUIRE(report.ok());
  CHECK(report->shallow == 1);
  CHECK(directory->service({"s", "a/b c"})->name == "Right");
  CHECK(*directory->count() == 1);
}

TEST_CASE("sync: category names come from the list of taxonomies where terms give only its id") {
  test::TemporaryFolder folder;
  auto directory = Directory::open(folder / "directory.db", Directory::Access::Write);
  FakeServer server([](const std::string& url) {
    const std::string record =
        R"({"id": "1", "name": "One", "attributes": [{"taxonomy_term": {"id": "t", "name": "Waste", "taxonomy_id": "x"}}]})";
    if (has(url, "/services/")) return json(record);
    if (has(url, "/services?")) return json(R"({"total_items": 1, "contents": [{"id": "1", "name": "One"}]})");
    if (has(url, "/taxonomies")) return json(R"({"contents": [{"id": "x", "name": "Topics"}]})");
    return json(R"({"version": "3.0"})");
  });
  REQUIRE(sync_with(server, *directory).ok());
  CHECK(directory->service({"s", "1"})->categories.at(0).taxonomy == "Topics");
}
