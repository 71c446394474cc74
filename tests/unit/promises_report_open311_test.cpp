// The desk for reports against a report system over HTTP, with answers lost; what the journal says is held against what
// the system really holds.
#include "kiosk/promises/report_desk.h"
#include "tests/unit/open311_fixture.h"
#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::Json;
using core::Milliseconds;

namespace {

struct ReportWorld {
  Folder folder;
  std::unique_ptr<sandbox::Sandbox> back_end;
  core::AdjustableClock clock;
  std::unique_ptr<net::HttpClient> http;
  std::unique_ptr<Journal> journal;
  std::unique_ptr<ReportDesk> desk;

  explicit ReportWorld(const Json& behaviour = Json::object()) : back_end(start_report_systems(behaviour)) {
    auto client = net::CurlClient::create();
    REQUIRE(client.ok());
    http = std::move(*client);
    start();
  }
  void start() {
    desk.reset();
    journal.reset();
    auto opened = Journal::open(folder.database(), folder.key(), clock);
    REQUIRE(opened.ok());
    journal = std::move(*opened);
    ReportDeskOptions options;
    options.read_pace = Milliseconds(1);
    const auto adapter = std::make_shared<Open311Backend>(*http, clock, report_options(*back_end));
    desk = std::make_unique<ReportDesk>(
        *journal, std::map<std::string, std::shared_ptr<ReportBackend>>{{"streets", adapter}}, clock, options);
  }
  Report submit(const std::string& type = "LIGHT") {
    const auto form = desk->form({"streets", type}, {});
    const auto report = desk->submit(form.ok() ? *form : ReportForm{{"streets", type}, type, {}}, some_content(), {});
    INFO((report.ok() ? std::string() : report.error().describe()));
    REQUIRE(report.ok());
    return *report;
  }
  void fault(Json rule, const char* method) {
    rule["match"] = {{"method", method}, {"target", "streets"}};
    REQUIRE(back_end->add_faults(rule).ok());
  }
  // Both clocks pass as the outbox asks for it, until nothing is open or `longest` has passed.
  std::size_t live(Milliseconds longest) {
    const Milliseconds end = clock.monotonic() + longest;
    for (;;) {
      const auto outbox = desk->recover({});
      REQUIRE(outbox.ok());
      if (outbox->open == 0 || clock.monotonic() + outbox->again_in > end) return outbox->open;
      const auto pass = std::chrono::ceil<std::chrono::seconds>(outbox->again_in);
      clock.advance(pass);
      back_end->advance_clock(pass);
    }
  }
  ReportState state(const std::string& id) { return journal->find_report(id)->state; }
  // The references of what this kiosk filed, in the order of filing.
  std::vector<std::string> filed() {
    std::vector<std::string> references;
    for (const Json& report : ledger_reports(*back_end)) {
      if (const std::string own = core::json_text(report, "reference"); !own.empty() && own != "CK-OLD1") {
        references.push_back(own);
      }
    }
    return references;
  }
};

using References = std::vector<std::string>;

}  // namespace

TEST_CASE("a report goes over HTTP and can be followed", "[promises][reports][open311]") {
  ReportWorld world;
  const Report report = world.submit();
  CHECK(report.state == ReportState::Sent);
  CHECK_FALSE(report.request_id.empty());
  CHECK(world.filed() == References{report.reference});
  const auto status = world.desk->status(report.id, {});
  REQUIRE(status.ok());
  REQUIRE(status->remote);
  CHECK(status->remote->request_id == report.request_id);
  CHECK_FALSE(status->remote->closed);
  CHECK(world.back_end->ledger()["violations"].empty());
}

TEST_CASE("answers that are lost over HTTP neither lose nor double a report", "[promises][reports][open311]") {
  const std::vector<Json> faults{{{"kind", "lose_answer"}, {"times", 1}},
                                 {{"kind", "cut"}, {"bytes", 5}, {"times", 1}},
                                 {{"kind", "html"}, {"effect", true}, {"times", 1}},
                                 {{"kind", "html"}, {"times", 1}},
                                 {{"kind", "status"}, {"status", 500}, {"times", 1}},
                                 {{"kind", "status"}, {"status", 504}, {"effect", true}, {"times", 1}},
                                 {{"kind", "down"}, {"times", 2}},
                                 {{"kind", "status"}, {"status", 429}, {"times", 1}}};
  for (const bool readable : {true, false}) {
    for (const Json& fault : faults) {
      INFO(fault.dump() << " readable " << readable);
      ReportWorld world;
      REQUIRE(world.desk->types("streets", {}).ok());
      world.fault(fault, "POST");
      if (!readable) world.fault({{"kind", "status"}, {"status", 500}, {"times", 6}}, "GET");
      const Report report = world.submit();
      world.start();  // and the kiosk is started anew
      CHECK(world.live(std::chrono::hours(6)) == 0);
      CHECK(world.state(report.id) == ReportState::Sent);
      CHECK(world.filed() == References{report.reference});
    }
  }
}

TEST_CASE("reports wait for a system that lets nobody in, and go in order", "[promises][reports][open311]") {
  ReportWorld world;
  REQUIRE(world.desk->types("streets", {}).ok());
  world.fault({{"kind", "status"}, {"status", 429}}, "POST");
  References references;
  for (int i = 0; i < 4; i++) references.push_back(world.submit().reference);
  (void)world.live(std::chrono::hours(1));
  CHECK(world.filed().empty());
  world.back_end->clear_faults();
  CHECK(world.live(std::chrono::hours(4)) == 0);
  CHECK(world.filed() == references);
}

TEST_CASE("a gateway that says 404 costs nobody a report", "[promises][reports][open311]") {
  ReportWorld world;
  REQUIRE(world.desk->types("streets", {}).ok());
  world.fault({{"kind", "status"}, {"status", 404}}, "POST");
  const Report report = world.submit();
  CHECK(report.state == ReportState::Queued);
  CHECK(world.live(std::chrono::hours(3)) == 1);
  CHECK(world.state(report.id) == ReportState::Queued);
  world.back_end->clear_faults();
  CHECK(world.live(std::chrono::hours(3)) == 0);
  CHECK(world.state(report.id) == ReportState::Sent);
  CHECK(world.filed() == References{report.reference});
}

TEST_CASE("a batch system's number is known in time", "[promises][reports][open311]") {
  ReportWorld world(Json{{"token_delay_s", 600}});
  const Report report = world.submit("012");
  CHECK(report.state == ReportState::Sent);
  CHECK(report.request_id.empty());
  CHECK(world.live(std::chrono::hours(2)) == 0);
  CHECK_FALSE(world.journal->find_report(report.id)->request_id.empty());
}

TEST_CASE("a system that only takes is never sent the same again", "[promises][reports][open311]") {
  ReportWorld world;
  REQUIRE(world.desk->types("streets", {}).ok());
  const Report taken = world.submit("NOISE");
  CHECK(taken.state == ReportState::Sent);
  world.fault({{"kind", "lose_answer"}, {"times", 1}}, "POST");
  const Report lost = world.submit("NOISE");
  CHECK(lost.state == ReportState::Unknown);
  CHECK(world.live(std::chrono::hours(24)) == 1);
  CHECK(world.filed() == References{taken.reference, lost.reference});
}
