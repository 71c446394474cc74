// What the adapter says when a report system, or the way to it, fails.
#include "kiosk/net/url.h"
#include "tests/unit/open311_fixture.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Json;

namespace {

Json on_post(Json rule) {
  rule["match"] = {{"method", "POST"}, {"target", "streets"}};
  return rule;
}

// Answers from a table by address; what is not in it is 404. Keeps the addresses that it was asked for.
class ScriptedClient final : public net::HttpClient {
 public:
  core::Result<net::Response> send(const net::Request& request, const work::CancelToken&) override {
    asked.push_back(request.url);
    net::Response response;
    response.url = request.url;
    const auto found = answers.find(net::loggable_url(request.url));
    response.headers = headers;
    response.status = found == answers.end() ? 404 : 200;
    if (found != answers.end()) response.body = found->second;
    return response;
  }
  std::map<std::string, std::string> answers;
  net::Headers headers;  // of each answer
  std::vector<std::string> asked;
};

const std::string kOneService = R"([{"service_code": "A", "service_name": "A"}])";

}  // namespace

TEST_CASE("after each fault of a report's answer it is known whether it can have been taken", "[promises][open311]") {
  struct Case {
    Json fault;
    ErrorKind kind;
    bool taken;
  };
  const std::vector<Case> cases{
      {{{"kind", "lose_answer"}}, ErrorKind::Interrupted, true},
      {{{"kind", "cut"}, {"bytes", 5}}, ErrorKind::Interrupted, true},
      {{{"kind", "hang"}}, ErrorKind::Timeout, false},
      {{{"kind", "hang"}, {"effect", true}}, ErrorKind::Timeout, true},
      {{{"kind", "html"}, {"effect", true}}, ErrorKind::Unsupported, true},
      {{{"kind", "html"}}, ErrorKind::Unsupported, false},
      {{{"kind", "empty"}, {"effect", true}}, ErrorKind::Unsupported, true},
      {{{"kind", "status"}, {"status", 500}}, ErrorKind::Interrupted, false},
      {{{"kind", "status"}, {"status", 502}, {"effect", true}}, ErrorKind::Interrupted, true},
      {{{"kind", "status"}, {"status", 504}, {"effect", true}}, ErrorKind::Timeout, true},
      {{{"kind", "status"}, {"status", 429}, {"retry_after", 5}}, ErrorKind::RateLimited, false},
      {{{"kind", "status"}, {"status", 403}, {"description", "api_key is missing"}}, ErrorKind::Refused, false},
      {{{"kind", "status"}, {"status", 404}, {"description", "service_code is unknown"}}, ErrorKind::NotFound, false},
      {{{"kind", "status"}, {"status", 404}}, ErrorKind::Unavailable, false},
      {{{"kind", "status"}, {"status", 400}, {"description", "Please move the pin."}}, ErrorKind::Invalid, false},
      {{{"kind", "status"}, {"status", 400}}, ErrorKind::Refused, false}};
  for (const bool json : {true, false}) {
    const auto back_end = start_report_systems({{"json", json}});
    Reporter kiosk(*back_end);
    REQUIRE(kiosk->types({}).ok());
    int number = 0;
    for (const Case& one : cases) {
      INFO(one.fault.dump());
      const std::string reference = "CK-" + std::to_string(++number);
      REQUIRE(back_end->set_faults(on_post(one.fault)).ok());
      const auto receipt = kiosk->send(some_report("LIGHT", reference), some_content(), {});
      back_end->clear_faults();
      REQUIRE_FALSE(receipt.ok());
      CHECK(receipt.error().kind == one.kind);
      const auto found = kiosk->find(some_report("LIGHT", reference), {});
      REQUIRE(found.ok());
      CHECK(found->has_value() == one.taken);
    }
  }
}

TEST_CASE("a slow back end and one that drifts are only slow and drifting", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Reporter kiosk(*back_end);
  REQUIRE(back_end
              ->set_faults(Json::array({on_post({{"kind", "latency_ms"}, {"ms", 200}}),
                                        on_post({{"kind", "drip"}, {"bytes_per_s", 2000}}),
                                        on_post({{"kind", "wrong_types"}, {"fields", {"account_id"}}})}))
              .ok());
  CHECK(kiosk->send(some_report("LIGHT"), some_content(), {}).ok());
  REQUIRE(back_end->set_faults({{"kind", "duplicate_rows"}, {"rows", 10}}).ok());
  CHECK(kiosk->types({})->size() == 4);
  CHECK(kiosk->near("LIGHT", {51.5, -0.14}, 100, {})->size() == 3);
  CHECK((*kiosk->find(some_report("LIGHT"), {}))->type_code == "LIGHT");
}

TEST_CASE("what fails before a report is sent is no unknown outcome", "[promises][open311]") {
  const auto back_end = start_report_systems();
  for (const Json& fault : std::vector<Json>{{{"kind", "hang"}, {"match", {{"method", "GET"}}}},
                                             {{"kind", "html"}, {"match", {{"method", "GET"}}}},
                                             {{"kind", "status"}, {"status", 500}, {"match", {{"method", "GET"}}}},
                                             {{"kind", "status"}, {"status", 403}, {"match", {{"method", "GET"}}}},
                                             {{"kind", "truncated_list"}, {"rows", 0}},
                                             {{"kind", "down"}}}) {
    INFO(fault.dump());
    REQUIRE(back_end->set_faults(fault).ok());
    Reporter kiosk(*back_end);
    CHECK(kiosk->send(some_report("LIGHT"), some_content(), {}).error().kind == ErrorKind::Unavailable);
  }
  back_end->clear_faults();
  Reporter kiosk(*back_end);
  CHECK(kiosk->send(some_report("GONE"), some_content(), {}).error().kind == ErrorKind::NotFound);
  ReportContent content = some_content();
  content.description.assign("a\x01");
  CHECK(kiosk->send(some_report("LIGHT"), content, {}).error().where == "description");
  content = some_content();
  content.replies = {reply_of("sign", {"two\nlines"})};
  CHECK(kiosk->send(some_report("POT"), content, {}).error().where == "attribute[sign]");
  CHECK(ledger_reports(*back_end).empty());
  CHECK(asked(*back_end, "POST") == 0);
}

TEST_CASE("a definition that is broken keeps nobody from reporting", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Reporter kiosk(*back_end);
  Json broken{{"kind", "html"}, {"match", {{"path", "services/POT"}}}};
  auto kind = ErrorKind::Unsupported;
  SECTION("no definition comes") {}
  SECTION("the server breaks over it") {
    broken["kind"] = "status";
    broken["status"] = 500;
    kind = ErrorKind::Interrupted;
  }
  REQUIRE(back_end->set_faults(Json::array({broken})).ok());
  CHECK(kiosk->form("POT", {}).error().kind == kind);
  ReportContent content = some_content();
  content.replies = {reply_of("size", {"l"}), reply_of("parts", {"kerb", "lane"})};
  REQUIRE(kiosk->send(some_report("POT"), content, {}).ok());
  CHECK(ledger_reports(*back_end)[0]["attributes"]["parts"] == Json{"kerb", "lane"});
}

TEST_CASE("a wrong key is refused, and what is missing is said in the back end's words", "[promises][open311]") {
  for (const bool json : {true, false}) {
    const auto back_end = start_report_systems({{"json", json}});
    Open311Options options = report_options(*back_end);
    options.sender.api_key.assign("another");
    Reporter stranger(options);
    CHECK(stranger->send(some_report("LIGHT"), some_content(), {}).error().kind == ErrorKind::Refused);
    Reporter kiosk(*back_end);
    const auto missing = kiosk->send(some_report("POT"), some_content(), {});
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().kind == ErrorKind::Invalid);
    CHECK(missing.error().what == "Please answer: How big is it?");
    CHECK(ledger_reports(*back_end).empty());
  }
}

TEST_CASE("an error does not repeat what the resident typed", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Reporter kiosk(*back_end);
  REQUIRE(back_end
              ->set_faults(on_post({{"kind", "status"},
                                    {"status", 400},
                                    {"description", "planted@resident.example of Planted Surname is not valid"}}))
              .ok());
  const auto receipt = kiosk->send(some_report("LIGHT"), some_content(), {});
  REQUIRE_FALSE(receipt.ok());
  CHECK(receipt.error().kind == ErrorKind::Invalid);
  CHECK(receipt.error().describe().find("lanted") == std::string::npos);
  CHECK(receipt.error().what.find("is not valid") != std::string::npos);
}

TEST_CASE("what a receipt tells does not repeat what the resident typed", "[promises][open311]") {
  ScriptedClient client;
  client.answers["https://streets.example/services.json"] = kOneService;
  client.answers["https://streets.example/requests.json"] =
      R"([{"service_request_id": "1", "service_notice": "Thank you, Planted. We wrote to planted@resident.example."}])";
  const core::SystemClock clock;
  Open311Options options;
  options.id = "streets";
  options.base_url = "https://streets.example";
  Open311Backend backend(client, clock, options);
  const auto receipt = backend.send(some_report("A"), some_content(), {});
  REQUIRE(receipt.ok());
  CHECK(receipt->request_id == "1");
  CHECK(receipt->notice == "Thank you, \u2026. We wrote to \u2026.");
}

TEST_CASE("that a report is not there is only said where all could be seen", "[promises][open311]") {
  const auto unseen = [](const Json& behaviour, bool lists = true) {
    const auto back_end = start_report_systems(behaviour);
    Open311Options options = report_options(*back_end);
    options.lists_requests = lists;
    Reporter kiosk(options);
    REQUIRE(kiosk->send(some_report("LIGHT", "CK-OTHER"), some_content(), {}).ok());
    const auto found = kiosk->find(some_report("LIGHT"), {});
    REQUIRE_FALSE(found.ok());
    return found.error().kind;
  };
  CHECK(unseen({{"descriptions", false}}) == ErrorKind::Unsupported);
  CHECK(unseen({{"requests", false}}) == ErrorKind::Unsupported);
  CHECK(unseen({{"requests", false}, {"html_errors", true}, {"json", false}}) == ErrorKind::Unsupported);
  CHECK(unseen(Json::object(), false) == ErrorKind::Unsupported);

  const auto back_end = start_report_systems();
  Reporter kiosk(*back_end);
  REQUIRE(kiosk->types({}).ok());
  for (const char* kind : {"html", "empty", "lose_answer"}) {
    REQUIRE(back_end->set_faults({{"kind", kind}, {"match", {{"path", "requests"}}}}).ok());
    CHECK_FALSE(kiosk->find(some_report("LIGHT"), {}).ok());
  }
  // An empty list is two bytes long.
  REQUIRE(back_end->set_faults({{"kind", "cut"}, {"bytes", 1}, {"match", {{"path", "requests"}}}}).ok());
  CHECK_FALSE(kiosk->find(some_report("LIGHT"), {}).ok());
}

TEST_CASE("a report is found on a late page, and though a clock was wrong", "[promises][open311]") {
  const auto back_end = start_report_systems({{"paging", true}, {"page_size", 3}});
  Reporter kiosk(*back_end);
  REQUIRE(kiosk->send(some_report("LIGHT"), some_content(), {}).ok());
  for (int i = 0; i < 10; i++) {
    REQUIRE(kiosk->send(some_report("LIGHT", "CK-" + std::to_string(i)), some_content(), {}).ok());
  }
  CHECK(kiosk->find(some_report("LIGHT"), {})->has_value());
  Report report = some_report("LIGHT");
  report.created = core::Instant{};  // a kiosk that began in 1970
  CHECK(kiosk->find(report, {})->has_value());
  report.created = core::SystemClock().now() + std::chrono::hours(24 * 365);
  CHECK(kiosk->find(report, {})->has_value());
  report.created = core::SystemClock().now() + std::chrono::hours(3);
  CHECK(kiosk->find(report, {})->has_value());
  kiosk.clock.advance(std::chrono::hours(24 * 30));
  CHECK(kiosk->find(some_report("LIGHT"), {})->has_value());
  INFO(back_end->ledger()["violations"].dump(1));
  CHECK(back_end->ledger()["violations"].empty());
}

TEST_CASE("a report is found by a kiosk whose clock is off by days", "[promises][open311]") {
  for (const int days : {-3, 3, -400, 400}) {
    INFO(days << " days");
    const auto back_end = start_report_systems();
    Reporter kiosk(*back_end);
    kiosk.clock.advance(std::chrono::hours(24 * days));
    Report report = some_report("LIGHT");
    report.created = kiosk.clock.now();
    REQUIRE(kiosk->send(report, some_content(), {}).ok());
    const auto found = kiosk->find(report, {});
    REQUIRE(found.ok());
    CHECK(found->has_value());
    report.reference = "CK-NEVERSENT";
    CHECK_FALSE(kiosk->find(report, {}).value());

    // The clock is put right.
    report.reference = some_report("LIGHT").reference;
    kiosk.clock.advance(std::chrono::hours(-24 * days));
    const auto again = kiosk->find(report, {});
    REQUIRE(again.ok());
    CHECK(again->has_value());
    CHECK(back_end->ledger()["violations"].empty());
  }
}

TEST_CASE("a server's time is taken from what it says itself, not from what a cache kept", "[promises][open311]") {
  const auto asked_up_to = [](bool cached) {
    ScriptedClient client;
    client.answers["https://streets.example/services.json"] = kOneService;
    client.answers["https://streets.example/requests.json"] = "[]";
    client.headers.add("Date", "Mon, 23 Nov 2026 14:32:05 GMT");
    if (cached) client.headers.add("Age", "86400");
    const core::AdjustableClock clock{core::Instant(std::chrono::seconds(1'800'000'000))};  // 15 January 2027
    Open311Options options;
    options.base_url = "https://streets.example";
    Open311Backend backend(client, clock, options);
    Report report = some_report("A");
    report.created = clock.now();
    const auto found = backend.find(report, {});
    REQUIRE(found.ok());
    CHECK_FALSE(found->has_value());
    const std::string& url = client.asked.back();
    const std::size_t at = url.find("end_date=");
    return at == std::string::npos ? std::string() : url.substr(at + 9, 10);
  };
  CHECK(asked_up_to(false) == "2026-11-24");
  CHECK(asked_up_to(true) == "2027-01-16");
}

TEST_CASE("of several endpoints on one server none is guessed at", "[promises][open311]") {
  const std::string server = "https://streets.example";
  const auto services_of = [&](const std::vector<std::string>& paths) {
    Json endpoints = Json::array();
    for (const std::string& path : paths) {
      const Json endpoint{{"specification", "http://wiki.open311.org/GeoReport_v2"},
                          {"url", server + path},
                          {"type", "production"},
                          {"formats", {"application/json"}}};
      endpoints.push_back(endpoint);
    }
    Json discovery;
    discovery["endpoints"] = endpoints;
    ScriptedClient client;
    client.answers[server + "/api/discovery.json"] = discovery.dump();
    for (const char* path : {"/api", "/one", "/two"}) client.answers[server + path + "/services.json"] = kOneService;
    const core::SystemClock clock;
    Open311Options options;
    options.base_url = server + "/api";
    Open311Backend backend(client, clock, options);
    REQUIRE(backend.types({}).ok());
    return client.asked.back();
  };
  CHECK(services_of({"/one"}) == server + "/one/services.json");
  CHECK(services_of({"/one", "/one/"}) == server + "/one/services.json");
  CHECK(services_of({"/one", "/two"}) == server + "/api/services.json");
  CHECK(services_of({"/one", "/two", "/api"}) == server + "/api/services.json");
}

TEST_CASE("discovery cannot send reports to another place", "[promises][open311]") {
  const std::string other = R"({"endpoints": [{"specification": "http://wiki.open311.org/GeoReport_v2",
    "url": "https://elsewhere.example/v2", "type": "production", "formats": ["application/json"]},
    {"specification": "http://wiki.open311.org/GeoReport_v2", "url": "http://streets.example/v2", "type": "production"},
    {"specification": "http://wiki.open311.org/GeoReport_v2", "url": "https://streets.example/test", "type": "test"}]})";
  ScriptedClient client;
  client.answers["https://streets.example/api/discovery.json"] = other;
  client.answers["https://streets.example/api/services.json"] = R"([{"service_code": "A", "service_name": "A"}])";
  const core::SystemClock clock;
  Open311Options options;
  options.id = "streets";
  options.base_url = "https://streets.example/api/";
  Open311Backend backend(client, clock, options);
  REQUIRE(backend.types({}).ok());
  Report report = some_report("A");
  CHECK_FALSE(backend.send(report, some_content(), {}).ok());
  for (const std::string& url : client.asked) CHECK(url.starts_with("https://streets.example/api/"));
}

TEST_CASE("the answer must be about what was asked", "[promises][open311]") {
  ScriptedClient client;
  client.answers["https://streets.example/services.json"] = R"([{"service_code": "A", "service_name": "A"}])";
  client.answers["https://streets.example/requests/7.json"] = R"([{"service_request_id": "8", "status": "open"}])";
  client.answers["https://streets.example/requests/9.json"] = "[]";
  client.answers["https://streets.example/tokens/a%2Fb.json"] = R"([{"token": "c", "service_request_id": "1"}])";
  client.answers["https://streets.example/requests.json"] = R"([{"code": 500, "description": "down"}])";
  const core::SystemClock clock;
  Open311Options options;
  options.base_url = "https://streets.example";
  Open311Backend backend(client, clock, options);
  CHECK(backend.read("7", {}).error().kind == ErrorKind::Unsupported);
  CHECK(backend.read("9", {}).error().kind == ErrorKind::NotFound);
  CHECK(backend.redeem("a/b", {}).error().kind == ErrorKind::Unsupported);
  CHECK(backend.find(some_report("A"), {}).error().kind == ErrorKind::Interrupted);
}
