// The adapter against a report system in the sandbox, in every mode that servers have.
#include "tests/unit/open311_fixture.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Json;

namespace {

const std::string kApi = "GET /open311/streets/v2";

struct Mode {
  const char* name;
  Json behaviour;
};

std::vector<Mode> modes() {
  return {{"JSON", Json::object()},
          {"JSON, wrapped and drifting", {{"wrapped", true}, {"drift", true}}},
          {"JSON without discovery, all filters ignored", {{"discovery", false}, {"filters", false}}},
          {"XML by discovery", {{"json", false}}},
          {"XML by trying", {{"json", false}, {"discovery", false}}},
          {"XML, drifting, errors as pages", {{"json", false}, {"drift", true}, {"html_errors", true}}},
          {"JSON in pages of one", {{"paging", true}, {"page_size", 1}}},
          {"JSON, strict", {{"strict", true}}}};
}

ReportContent whole_content() {
  ReportContent content = some_content();
  content.replies = {reply_of("size", {"l"}),
                     reply_of("parts", {"kerb", "lane"}),
                     reply_of("depth", {"12"}),
                     reply_of("seen", {"2031-03-01T09:12:00+01:00"}),
                     reply_of("sign", {"\u202EA1 & <b>"}),
                     reply_of("more", {"two\nlines \U0001F6B2"})};
  return content;
}

}  // namespace

TEST_CASE("a question is of what is to come where the settings say so", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Open311Options options = report_options(*back_end);
  // Of the kind alone that is named; a question that asks for no day is none of what is to come.
  options.future_questions = {GENERATE("seen", "POT:seen"), "012:more", "size"};
  Reporter kiosk(options);
  const auto form = kiosk->form("POT", {});
  REQUIRE(form.ok());
  for (const ReportQuestion& question : form->questions) CHECK(question.of_future == (question.code == "seen"));
  CHECK(form->questions[4].of_future);
}

TEST_CASE("what the settings name as a question of what is to come, and no form holds, is told once", "[open311]") {
  ReportQuestion day;
  day.code = "WHEN";
  day.kind = ReportQuestion::Kind::Moment;
  ReportForm pothole{{"streets", "POT"}, "Pothole", {day}}, tree{{"streets", "TREE"}, "Tree", {}};
  std::vector<ReportType> types(3);
  types[0].code = "POT";
  types[1].code = "TREE";
  types[0].has_questions = types[1].has_questions = true;
  types[2].code = "LIGHT";  // asks nothing
  open311::FutureQuestions future("streets", {"WHEN", "WEHN", "POT:DAY", "LIGHT:DAY", "TREES:DAY"});
  using Names = std::vector<std::string>;
  CHECK(future.tell_missing({}).empty());  // a server's bad day
  // The list of kinds alone says that these can't be.
  CHECK(future.tell_missing(types) == Names{"LIGHT:DAY", "TREES:DAY"});
  future.mark(tree);
  CHECK(future.tell_missing(types).empty());  // the other form may hold them
  future.mark(pothole);
  CHECK(pothole.questions.front().of_future);
  CHECK(future.tell_missing(types) == Names{"WEHN", "POT:DAY"});
  CHECK(future.tell_missing(types).empty());
}

TEST_CASE("kinds of report and their questions are the same in every mode", "[promises][open311]") {
  for (const Mode& mode : modes()) {
    INFO(mode.name);
    const auto back_end = start_report_systems(mode.behaviour);
    Reporter kiosk(*back_end);
    const auto types = kiosk->types({});
    INFO((types.ok() ? std::string() : types.error().describe()));
    REQUIRE(types.ok());
    REQUIRE(types->size() == 4);
    CHECK((*types)[0].description == "A hole in a road");
    CHECK((*types)[0].has_questions);
    CHECK((*types)[0].keywords == std::vector<std::string>{"road", "hole"});
    CHECK((*types)[2].code == "012");
    CHECK((*types)[2].answer == ReportAnswer::Later);
    CHECK((*types)[3].answer == ReportAnswer::Nothing);

    const auto form = kiosk->form("POT", {});
    REQUIRE(form.ok());
    CHECK(form->target == ReportTarget{"streets", "POT"});
    CHECK(form->name == "Pothole");
    using Kind = ReportQuestion::Kind;
    std::vector<Kind> kinds;
    for (const ReportQuestion& question : form->questions) kinds.push_back(question.kind);
    CHECK(kinds == std::vector<Kind>{Kind::Notice, Kind::OneOf, Kind::ManyOf, Kind::Number, Kind::Moment, Kind::Line,
                                     Kind::Paragraph});
    CHECK(form->questions[1].required);
    CHECK_FALSE(form->questions[4].of_future);
    CHECK(form->questions[1].choices.size() == 2);
    CHECK(kiosk->form("LIGHT", {})->questions.empty());
    CHECK(kiosk->form("NONE", {}).error().kind == ErrorKind::NotFound);
    CHECK(back_end->ledger()["violations"].empty());
  }
}

TEST_CASE("a report arrives whole, is found, read and closed, in every mode", "[promises][open311]") {
  for (const Mode& mode : modes()) {
    INFO(mode.name);
    const auto back_end = start_report_systems(mode.behaviour);
    Reporter kiosk(*back_end);
    CHECK_FALSE(kiosk->find(some_report("POT"), {}).value());
    const auto receipt = kiosk->send(some_report("POT"), whole_content(), {});
    INFO((receipt.ok() ? std::string() : receipt.error().describe()));
    REQUIRE(receipt.ok());
    CHECK(receipt->token.empty());
    CHECK(receipt->notice == "An inspector will look at it.");

    const Json ledger = back_end->ledger();
    REQUIRE(ledger["reports"].size() == 1);
    const Json& filed = ledger["reports"][0];
    CHECK(filed["service_request_id"] == receipt->request_id);
    CHECK(filed["reference"] == "CK-7Q2M9TKD4H");
    CHECK(filed["description"] == "Reference: CK-7Q2M9TKD4H\n\nIt is dark here\nat night");
    CHECK(filed["address"] == "By the bus stop outside the library");
    CHECK(filed["lat"] == "51.5000000");
    CHECK(filed["contact"] ==
          Json{{"email", "planted@resident.example"}, {"first_name", "Planted"}, {"last_name", "Surname"}});
    CHECK(filed["attributes"] == Json{{"size", {"l"}},
                                      {"parts", {"kerb", "lane"}},
                                      {"depth", {"12"}},
                                      {"seen", {"2031-03-01T09:12:00+01:00"}},
                                      {"sign", {"\u202EA1 & <b>"}},
                                      {"more", {"two\nlines \U0001F6B2"}}});
    CHECK(ledger["violations"].empty());

    const auto found = kiosk->find(some_report("POT"), {});
    REQUIRE(found.ok());
    REQUIRE(*found);
    CHECK((*found)->request_id == receipt->request_id);
    CHECK_FALSE(kiosk->find(some_report("POT", "CK-7Q2M9TKD4"), {}).value());

    REQUIRE(back_end->close_report("streets", receipt->request_id, "Filled in.").ok());
    const auto read = kiosk->read(receipt->request_id, {});
    REQUIRE(read.ok());
    CHECK(read->closed);
    CHECK(read->status_notes == "Filled in.");
    CHECK(kiosk->read("9999", {}).error().kind == ErrorKind::NotFound);
  }
}

TEST_CASE("a batch gives a token, and its number when it is asked for later", "[promises][open311]") {
  for (const bool json : {true, false}) {
    const auto back_end = start_report_systems({{"json", json}, {"token_delay_s", 60}});
    Reporter kiosk(*back_end);
    const auto receipt = kiosk->send(some_report("012"), some_content(), {});
    REQUIRE(receipt.ok());
    CHECK(receipt->request_id.empty());
    REQUIRE_FALSE(receipt->token.empty());
    CHECK_FALSE(kiosk->redeem(receipt->token, {}).value());
    back_end->advance_clock(std::chrono::seconds(61));
    const auto number = kiosk->redeem(receipt->token, {});
    REQUIRE(number.ok());
    CHECK(**number == ledger_reports(*back_end)[0]["service_request_id"].get<std::string>());
    CHECK(kiosk->redeem("t-none", {}).error().kind == ErrorKind::NotFound);
    CHECK((*kiosk->find(some_report("012"), {}))->request_id == **number);
  }
}

TEST_CASE("of a blackbox no more is said than that it was taken", "[promises][open311]") {
  for (const bool json : {true, false}) {
    const auto back_end = start_report_systems({{"json", json}});
    Reporter kiosk(*back_end);
    const auto receipt = kiosk->send(some_report("NOISE"), some_content(), {});
    REQUIRE(receipt.ok());
    CHECK(receipt->request_id.empty());
    CHECK(receipt->token.empty());
    CHECK(receipt->notice == "Thank you.");
    CHECK(ledger_reports(*back_end).size() == 1);
    // It is in no list, so that it isn't there says nothing.
    CHECK(kiosk->find(some_report("NOISE"), {}).error().kind == ErrorKind::Unsupported);
  }
}

TEST_CASE("a report for another body is taken, and says who looks after it", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Reporter kiosk(*back_end);
  const auto receipt = kiosk->send(some_report("LIGHT"), some_content(), {});
  REQUIRE(receipt.ok());
  CHECK_FALSE(receipt->request_id.empty());
  CHECK(receipt->notice == "Passed on to Exampleshire, 01632 960100.");
}

TEST_CASE("the format is discovery's, else JSON where there is any, else XML, unless one is wanted",
          "[promises][open311]") {
  const auto services = [](const Json& behaviour, std::optional<Open311Format> wanted) {
    const auto back_end = start_report_systems(behaviour);
    Open311Options options = report_options(*back_end);
    options.format = wanted;
    Reporter kiosk(options);
    REQUIRE(kiosk->types({}).ok());
    return std::pair(asked(*back_end, kApi + "/services.json"), asked(*back_end, kApi + "/services.xml"));
  };
  CHECK(services(Json::object(), std::nullopt) == std::pair<std::int64_t, std::int64_t>(1, 0));
  CHECK(services({{"json", false}}, std::nullopt).second == 1);
  CHECK(services({{"discovery", false}}, std::nullopt) == std::pair<std::int64_t, std::int64_t>(1, 0));
  CHECK(services({{"discovery", false}, {"json", false}}, std::nullopt) == std::pair<std::int64_t, std::int64_t>(1, 1));
  CHECK(services(Json::object(), Open311Format::Xml) == std::pair<std::int64_t, std::int64_t>(0, 1));
}

TEST_CASE("discovery leads from its own place to the endpoint", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Open311Options options = report_options(*back_end);
  options.base_url = back_end->base_url() + "/open311/streets";
  Reporter kiosk(options);
  REQUIRE(kiosk->send(some_report("LIGHT"), some_content(), {}).ok());
  CHECK(asked(*back_end, "POST /open311/streets/v2/requests.json") == 1);  // the production one of this version
}

TEST_CASE("services are asked for again when they are old and the changeset is another", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Reporter kiosk(*back_end);
  for (int i = 0; i < 3; i++) REQUIRE(kiosk->form("POT", {}).ok());
  CHECK(asked(*back_end, kApi + "/services.json") == 1);
  CHECK(asked(*back_end, kApi + "/services/{id}.json") == 1);
  kiosk.clock.advance(std::chrono::minutes(61));
  REQUIRE(kiosk->form("POT", {}).ok());
  CHECK(asked(*back_end, kApi + "/discovery.json") == 2);
  CHECK(asked(*back_end, kApi + "/services.json") == 1);
  REQUIRE(back_end->configure({{"open311", {{"*", {{"changeset", "another"}}}}}}).ok());
  kiosk.clock.advance(std::chrono::minutes(61));
  REQUIRE(kiosk->form("POT", {}).ok());
  CHECK(asked(*back_end, kApi + "/services.json") == 2);
  CHECK(asked(*back_end, kApi + "/services/{id}.json") == 2);

  // While the back end is away, what it said last still holds.
  kiosk.clock.advance(std::chrono::minutes(61));
  REQUIRE(back_end->set_faults({{"kind", "status"}, {"status", 503}}).ok());
  CHECK(kiosk->types({})->size() == 4);
  CHECK(kiosk->form("POT", {})->questions.size() == 7);
  back_end->clear_faults();
  REQUIRE(back_end->configure({{"open311", {{"*", {{"discovery", false}}}}}}).ok());
  kiosk.clock.advance(std::chrono::minutes(61));
  REQUIRE(kiosk->types({}).ok());
  CHECK(asked(*back_end, kApi + "/services.json") == 4);  // once in vain, and now nothing says that they are the same
}

TEST_CASE("reports near by are the open ones of the kind, nearest first", "[promises][open311]") {
  for (const bool filters : {true, false}) {
    for (const bool json : {true, false}) {
      const auto back_end = start_report_systems({{"filters", filters}, {"json", json}});
      Reporter kiosk(*back_end);
      const auto near = kiosk->near("LIGHT", {51.5, -0.14}, 500, {});
      REQUIRE(near.ok());
      REQUIRE(near->size() == 2);
      CHECK((*near)[0].description == "Two lamps are out");
      CHECK((*near)[0].address == "Harrow Lane");
      CHECK((*near)[1].description == "Lamp post leans");  // without a reference of ours
      CHECK((*near)[1].status_notes == "On the list");
      CHECK(kiosk->near("LIGHT", {51.5, -0.14}, 20, {})->size() == 1);
      CHECK(back_end->ledger()["violations"].empty());
    }
  }
}

TEST_CASE("no more than twenty reports near by, and no long words of others", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Reporter kiosk(*back_end);
  ReportContent content = some_content();
  content.description.assign(std::string(3'000, 'w'));
  for (int i = 0; i < 25; i++) {
    content.place.point = core::GeoPoint{51.5 + i * 0.00001, -0.14};
    REQUIRE(kiosk->send(some_report("LIGHT", "CK-" + std::to_string(i)), content, {}).ok());
  }
  const auto near = kiosk->near("LIGHT", {51.5, -0.14}, 500, {});
  REQUIRE(near.ok());
  REQUIRE(near->size() == 20);
  CHECK(near->front().description.size() <= 300);
  CHECK(near->front().description.starts_with("www"));
  CHECK(near->front().point->latitude <= near->back().point->latitude);
}

TEST_CASE("several values are sent in the way that is configured", "[promises][open311]") {
  const auto back_end = start_report_systems();
  Open311Options options = report_options(*back_end);
  options.sender.many_values = open311::ManyValues::Repeated;
  Reporter kiosk(options);
  REQUIRE(kiosk->send(some_report("POT"), whole_content(), {}).ok());
  CHECK(ledger_reports(*back_end)[0]["attributes"]["parts"] == Json{"kerb", "lane"});
}
