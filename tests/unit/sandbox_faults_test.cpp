#include <thread>

#include "tests/unit/sandbox_fixture.h"

using namespace kiosk::sandbox::testing;
using kiosk::core::Json;
using std::chrono::steady_clock;

namespace {

const std::string kList = "/harbour/hsds3/services";

Json requests_of(const kiosk::sandbox::Sandbox& sandbox, const std::string& endpoint) {
  const Json ledger = sandbox.ledger();
  for (const Json& one : ledger["requests"]) {
    if (one["endpoint"] == endpoint) return one;
  }
  return {};
}

}  // namespace

TEST_CASE("answers can be replaced, for so many times and after so many requests") {
  const auto sandbox = start();
  Client client(*sandbox);
  REQUIRE(
      sandbox->set_faults({{"kind", "status"}, {"status", 503}, {"retry_after", 7}, {"times", 2}, {"after", 1}}).ok());
  CHECK(client.get(kList).status == 200);
  const Reply busy = client.get(kList);
  CHECK(busy.status == 503);
  CHECK(busy.header("Retry-After") == "7");
  CHECK(client.get(kList).status == 503);
  CHECK(client.get(kList).status == 200);
  CHECK(requests_of(*sandbox, "GET " + kList)["faults"]["status"] == 2);
  CHECK(sandbox->ledger()["faults"][0]["left"] == 0);

  REQUIRE(sandbox->set_faults({{"kind", "html"}}).ok());
  const Reply page = client.get(kList);
  CHECK(page.status == 200);
  CHECK(page.header("Content-Type").find("text/html") == 0);
  REQUIRE(sandbox->set_faults({{"kind", "empty"}}).ok());
  CHECK(client.get(kList).body.empty());
  sandbox->clear_faults();
  CHECK(client.get(kList).json()["total_items"] == 3);
}

TEST_CASE("rules match by target, path and method") {
  const auto sandbox = start();
  Client client(*sandbox);
  REQUIRE(sandbox
              ->set_faults(Json::array({{{"kind", "status"}, {"status", 500}, {"match", {{"path", "services/svc-2"}}}},
                                        {{"kind", "status"}, {"status", 502}, {"match", {{"target", "zms/harbour"}}}},
                                        {{"kind", "status"}, {"status", 504}, {"match", {{"method", "POST"}}}}}))
              .ok());
  CHECK(client.get(kList + "/svc-2").status == 500);
  CHECK(client.get(kList + "/svc-1").status == 200);
  CHECK(client.get(kZms + "/offices-and-services/").status == 502);
  CHECK(client.post(kList, Json::object()).status == 504);
  REQUIRE(sandbox->set_faults({{"kind", "down"}, {"match", {{"target", "harbour"}}}}).ok());
  CHECK(client.get(kList).status == 0);
  CHECK(client.get(kZms + "/offices-and-services/").status == 0);
  CHECK(client.get("/sandbox/ledger").status == 200);
  CHECK(requests_of(*sandbox, "GET " + kList)["statuses"]["none"].get<int>() >= 1);
}

TEST_CASE("a lost answer takes effect, a refused request does not") {
  const auto sandbox = start();
  Client client(*sandbox, kZms);
  const Json office = client.get("/offices-and-services/").json()["offices"][0];
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(2);
  const std::string date = kiosk::core::to_iso8601(kiosk::core::Date{days});
  const auto times = client
                         .get("/available-calendar/?startDate=" + date + "&endDate=" + date +
                              "&officeIds=7001&serviceIds=9001&serviceCounts=1")
                         .json()["availableDays"][0]["offices"][0]["appointments"];
  const auto reserve = [&](std::size_t i) {
    return client.post(
        "/reserve-appointment/",
        {{"timestamp", times[i]}, {"officeId", office["id"]}, {"serviceId", {9001}}, {"serviceCount", {1}}});
  };
  REQUIRE(sandbox->set_faults({{"kind", "refuse"}, {"match", {{"path", "reserve"}}}}).ok());
  CHECK(reserve(0).status == 0);
  CHECK(sandbox->ledger()["bookings"].empty());
  REQUIRE(sandbox->set_faults({{"kind", "status"}, {"status", 500}}).ok());
  CHECK(reserve(0).status == 500);
  CHECK(sandbox->ledger()["bookings"].empty());

  REQUIRE(sandbox->set_faults({{"kind", "lose_answer"}, {"times", 1}, {"match", {{"method", "POST"}}}}).ok());
  CHECK(reserve(0).status == 0);
  CHECK(sandbox->ledger()["bookings"].size() == 1);
  REQUIRE(sandbox->set_faults({{"kind", "status"}, {"status", 500}, {"effect", true}, {"times", 1}}).ok());
  CHECK(reserve(4).status == 500);
  CHECK(sandbox->ledger()["bookings"].size() == 2);
}

TEST_CASE("bodies can be cut, slowed and delayed") {
  const auto sandbox = start();
  Client client(*sandbox);
  REQUIRE(sandbox->set_faults({{"kind", "cut"}, {"bytes", 40}, {"times", 1}}).ok());
  CHECK(client.get(kList).status == 0);  // the length promised more
  const std::size_t size = client.get(kList).body.size();

  const auto seconds_for = [&](const Json& rule) {
    REQUIRE(sandbox->set_faults(rule).ok());
    const auto begin = steady_clock::now();
    CHECK(client.get(kList).status == 200);
    return std::chrono::duration<double>(steady_clock::now() - begin).count();
  };
  CHECK(seconds_for({{"kind", "drip"}, {"bytes_per_s", size * 4}}) > 0.2);
  CHECK(seconds_for({{"kind", "latency_ms"}, {"ms", 150}}) > 0.14);
}

TEST_CASE("hanging requests end when the sandbox stops") {
  const auto sandbox = start();
  REQUIRE(sandbox->set_faults({{"kind", "hang"}}).ok());
  Client client(*sandbox);
  std::thread waiting([&] { CHECK(client.get(kList).status == 0); });
  while (requests_of(*sandbox, "GET " + kList).is_null()) std::this_thread::yield();
  sandbox->stop();
  waiting.join();  // a request that hung on would keep the test from ending
}

TEST_CASE("lists can shrink and repeat, and types can change") {
  const auto sandbox = start();
  Client client(*sandbox);
  REQUIRE(sandbox->set_faults({{"kind", "truncated_list"}, {"rows", 1}}).ok());
  CHECK(client.get(kList).json()["contents"].size() == 1);
  REQUIRE(sandbox->set_faults({{"kind", "duplicate_rows"}, {"rows", 1}}).ok());
  const Json rows = client.get(kList).json()["contents"];
  REQUIRE(rows.size() == 4);
  CHECK(rows[3] == rows[0]);
  REQUIRE(sandbox->set_faults({{"kind", "wrong_types"}, {"fields", {"total_pages", "name"}}}).ok());
  const Json page = client.get(kList).json();
  CHECK(page["total_pages"] == "1");
  CHECK(page["contents"][0]["name"].is_number());
  CHECK(page["contents"][0]["id"].is_string());
}

TEST_CASE("chance is seeded: the same rule fires the same way") {
  const auto pattern = [] {
    const auto sandbox = start();
    Client client(*sandbox);
    REQUIRE(sandbox->set_faults({{"kind", "status"}, {"status", 500}, {"probability", 0.5}, {"seed", 42}}).ok());
    std::string text;
    for (int i = 0; i < 20; ++i) text += client.get(kList).status == 500 ? 'x' : '.';
    return text;
  };
  const std::string first = pattern();
  CHECK(first == pattern());
  CHECK(first.find('x') != std::string::npos);
  CHECK(first.find('.') != std::string::npos);
}

TEST_CASE("rules come over HTTP, and wrong ones are refused whole") {
  const auto sandbox = start();
  Client client(*sandbox);
  CHECK(client.post("/sandbox/faults", {{"faults", {{{"kind", "html"}}}}}).status == 200);
  CHECK(client.get(kList).header("Content-Type").find("text/html") == 0);
  const Reply wrong = client.post("/sandbox/faults", Json::array({{{"kind", "empty"}}, {{"kind", "nonsense"}}}));
  CHECK(wrong.status == 400);
  CHECK(wrong.body.find("fault 1") != std::string::npos);
  CHECK(client.get("/sandbox/faults").json()["faults"].size() == 1);
  CHECK(client.post("/sandbox/faults", {{"clear", true}, {"faults", {{{"kind", "empty"}}}}}).status == 200);
  CHECK(client.get("/sandbox/faults").json()["faults"][0]["kind"] == "empty");
  CHECK(client.http().Delete("/sandbox/faults")->status == 200);
  CHECK(client.get(kList).status == 200);
  for (const Json& bad :
       {Json{{"kind", "status"}}, Json{{"kind", "status"}, {"status", 99}}, Json{{"kind", "cut"}, {"bytes", -1}},
        Json{{"kind", "html"}, {"times", "often"}}, Json{{"kind", "html"}, {"match", {{"path", "("}}}},
        Json{{"kind", "html"}, {"colour", "red"}}, Json{{"kind", "html"}, {"probability", 2}}, Json("html")})
    CHECK_FALSE(sandbox->set_faults(bad).ok());
}
