#include <netinet/in.h>
#include <sys/socket.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "kiosk/core/descriptor.h"
#include "tests/unit/sandbox_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::sandbox::testing;
using kiosk::core::Json;
using kiosk::sandbox::Sandbox;

namespace {

std::int64_t some_time(Client& client) {
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(3);
  const std::string date = kiosk::core::to_iso8601(kiosk::core::Date{day});
  return client
      .get(kZms + "/available-calendar/?startDate=" + date + "&endDate=" + date +
           "&officeIds=7001&serviceIds=9001&serviceCounts=1")
      .json()["availableDays"][0]["offices"][0]["appointments"][0];
}

Json reserve(Client& client) {
  return client
      .post(kZms + "/reserve-appointment/",
            {{"timestamp", some_time(client)}, {"officeId", 7001}, {"serviceId", {9001}}, {"serviceCount", {1}}})
      .json();
}

}  // namespace

TEST_CASE("bookings and the ledger survive a restart on the same port") {
  const kiosk::test::TemporaryFolder folder;
  auto options = options_of_test();
  options.state_dir = folder.path() / "state";
  Json held;
  {
    const auto sandbox = start(options);
    options.port = sandbox->port();
    Client client(*sandbox);
    held = reserve(client);
    sandbox->advance_clock(std::chrono::seconds(30));
  }
  const auto sandbox = start(options);
  Client client(*sandbox);
  const Json ledger = sandbox->ledger();
  REQUIRE(ledger["bookings"].size() == 1);
  CHECK(ledger["clock_offset_s"] == 30);
  CHECK(ledger["effects"][0]["effect"] == "reserved");
  const Json key{{"processId", held["processId"]}, {"authKey", held["authKey"]}};
  CHECK(client.post(kZms + "/confirm-appointment/", key).json()["status"] == "confirmed");
  // A second sandbox cannot share the port.
  CHECK_FALSE(Sandbox::start(options).ok());
  sandbox->reset();
  CHECK(sandbox->ledger()["bookings"].empty());
  CHECK(sandbox->ledger()["requests"].empty());
  CHECK(sandbox->ledger()["clock_offset_s"] == 0);
}

TEST_CASE("a reset needs no body, and no word about one") {
  const auto sandbox = start();
  sandbox->advance_clock(std::chrono::seconds(30));
  // As `curl -X POST` sends it; a client library would say Content-Length: 0.
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const kiosk::core::Descriptor owned(fd);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(sandbox->port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const std::string request = "POST /sandbox/reset HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  REQUIRE(::send(fd, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size()));
  char bytes[1000];
  const ssize_t got = ::recv(fd, bytes, sizeof bytes, 0);
  REQUIRE(got > 0);
  CHECK(std::string(bytes, static_cast<std::size_t>(got)).find(" 200 ") != std::string::npos);
  CHECK(sandbox->ledger()["clock_offset_s"] == 0);
}

TEST_CASE("every error of the sandbox's own paths says why") {
  const auto sandbox = start();
  Client client(*sandbox);
  const auto why = [](const Reply& reply) { return kiosk::core::json_text(reply.json(), "error"); };
  CHECK(client.get("/sandbox/reset").status == 405);
  CHECK(why(client.get("/sandbox/reset")) == "/sandbox/reset takes POST, not GET");
  CHECK(why(client.get("/sandbox/nothing")).find("/sandbox/ledger") != std::string::npos);
  CHECK(why(client.post("/sandbox/clock", {{"advance", 1}})).find("advance_s") != std::string::npos);
  for (const char* path : {"/sandbox/clock", "/sandbox/config", "/sandbox/faults", "/sandbox/feeds/harbour"}) {
    const auto reply = client.http().Post(path, "no json", "application/json");
    REQUIRE(reply);
    CHECK(reply->status == 400);
    CHECK(reply->body.find("JSON") != std::string::npos);
  }
  const auto put = client.http().Put("/sandbox/ledger", "", "text/plain");
  REQUIRE(put);
  CHECK(put->status == 405);
  const auto huge = client.http().Post("/sandbox/faults", std::string(std::size_t{17} << 20, ' '), "application/json");
  if (huge) CHECK(huge->body.find("16 MiB") != std::string::npos);  // else the connection was closed while sending
}

TEST_CASE("fault rules are read from a file at the start") {
  const kiosk::test::TemporaryFolder folder;
  auto options = options_of_test();
  options.faults = folder / "faults.json";
  std::ofstream(options.faults) << R"({"faults": [{"kind": "status", "status": 502}]})";
  {
    const auto sandbox = start(options);
    CHECK(Client(*sandbox).get("/harbour/hsds3/").status == 502);
  }
  std::ofstream(options.faults) << R"([{"kind": "status"}])";
  const auto wrong = Sandbox::start(options);
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().describe().find("fault 0") != std::string::npos);
}

TEST_CASE("a damaged state file is refused, not overwritten") {
  const kiosk::test::TemporaryFolder folder;
  std::ofstream(folder.path() / "ledger.json") << "{\"bookings\": [";
  auto options = options_of_test();
  options.state_dir = folder.path();
  const auto sandbox = Sandbox::start(options);
  REQUIRE_FALSE(sandbox.ok());
  CHECK(sandbox.error().describe().find("ledger.json") != std::string::npos);
}

TEST_CASE("too many connections at once are written down") {
  const auto sandbox = start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<Client>(*sandbox));
    clients.back()->http().set_keep_alive(true);
    CHECK(clients.back()->get("/harbour/hsds3/").status == 200);
    CHECK(violations(*sandbox, "too_many_connections") == (i < 4 ? 0 : 1));
  }
}

TEST_CASE("the clock and behaviours are set over HTTP, and wrong values refused by name") {
  const auto sandbox = start();
  Client client(*sandbox);
  CHECK(client.post("/sandbox/clock", {{"advance_s", 3600}}).json()["offset_s"] == 3600);
  CHECK(client.post("/sandbox/clock", {{"advance", 1}}).status == 400);
  CHECK(client.post("/sandbox/config", {{"zms", {{"rate_limit", 9}}}}).status == 200);
  CHECK(client.get("/sandbox/config").json()["zms"]["rate_limit"] == 9);
  const Reply wrong = client.post("/sandbox/config", {{"zms", {{"rate_limit", 1}, {"colour", 1}}}});
  CHECK(wrong.status == 400);
  CHECK(wrong.body.find("config.zms.colour") != std::string::npos);
  CHECK(client.get("/sandbox/config").json()["zms"]["rate_limit"] == 9);
  CHECK(client.post("/sandbox/config", {{"feeds", {{"harbour", {{"page_size", "many"}}}}}}).status == 400);
  CHECK(client.post("/sandbox/feeds/fresh", three_services()).status == 200);
  CHECK(client.get("/fresh/oruk3/services").json()["total_items"] == 3);
}

TEST_CASE("files become feeds by their names; libraries bring split hours") {
  const kiosk::test::TemporaryFolder folder;
  std::ofstream(folder.path() / "town.json") << three_services().dump();
  std::ofstream(folder.path() / "libraries.csv")
      << "Library name,Address 1,Address 2,Address 3,Postcode,URL,Email address,Monday,Tuesday\n"
         "\"Quay, Upper\",1 Quay,Harbour,Coast,HX1 "
         "1AA,https://l.example,mailto:l@l.example,\"10:00-13:30,14:00-17:00\",Closed\n";
  std::ofstream(folder.path() / "notes.json") << "{\"remark\": 1}";
  kiosk::sandbox::SandboxOptions options;
  options.data.push_back(folder.path());
  const auto sandbox = start(options);
  CHECK(sandbox->feed_ids() == std::vector<std::string>{"libraries", "town"});
  Client client(*sandbox);
  const Json listed = client.get("/libraries/hsds3/services").json()["contents"][0];
  CHECK(listed["name"] == "Public library: Quay, Upper");
  const Json full = client.get("/libraries/hsds3/services/" + listed["id"].get<std::string>()).json();
  CHECK(full["email"] == "l@l.example");
  const Json place = full["service_at_locations"][0];
  CHECK(place["location"]["addresses"][0]["postal_code"] == "HX1 1AA");
  REQUIRE(place["schedules"].size() == 2);
  CHECK(place["schedules"][0]["byday"] == "MO");
  CHECK(place["schedules"][0]["closes_at"] == "13:30");
  CHECK(place["schedules"][1]["opens_at"] == "14:00");

  options.data.push_back(folder.path() / "missing.json");
  CHECK_FALSE(Sandbox::start(options).ok());
}
