#include <filesystem>

#include "kiosk/core/files.h"
#include "kiosk/promises/open311_parse.h"
#include "kiosk/promises/plain_text.h"
#include "tests/unit/catch.h"
#include "tests/unit/real_data.h"

using namespace kiosk;
using namespace kiosk::promises;
using core::ErrorKind;

namespace {

core::Result<core::Json> document(std::string_view text) { return open311::parse_document(text, "test"); }

core::Json read(std::string_view text) {
  auto json = document(text);
  INFO(text);
  REQUIRE(json.ok());
  return std::move(*json);
}

std::string example_text(const std::string& name) {
  const auto text =
      core::read_file(std::filesystem::path(KIOSK_SOURCE_DIR) / "tests/fuzz/corpus/open311_answer" / name);
  REQUIRE(text.ok());
  return *text;
}

core::Json example(const std::string& name) { return read(example_text(name)); }

std::vector<std::string> codes_of(const core::Json& json) {
  const auto types = open311::parse_services(json);
  REQUIRE(types.ok());
  std::vector<std::string> codes;
  for (const ReportType& type : *types) codes.push_back(type.code);
  return codes;
}

}  // namespace

TEST_CASE("services come as JSON and XML, bare and wrapped, one or several", "[promises][open311]") {
  const auto types = open311::parse_services(example("services.json"));
  REQUIRE(types.ok());
  REQUIRE(types->size() == 3);
  CHECK((*types)[0].name == "Pothole");
  CHECK((*types)[0].has_questions);
  CHECK((*types)[0].answer == ReportAnswer::AtOnce);
  CHECK((*types)[0].keywords == std::vector<std::string>{"road", "hole"});
  CHECK((*types)[1].code == "012");
  CHECK((*types)[1].answer == ReportAnswer::Later);
  CHECK_FALSE((*types)[1].has_questions);  // "false"
  CHECK((*types)[1].description.empty());  // null
  CHECK((*types)[2].code == "7");          // a number
  CHECK((*types)[2].answer == ReportAnswer::Nothing);
  CHECK(codes_of(example("services.xml")) == std::vector<std::string>{"POT"});
  CHECK(codes_of(example("fms-wrapped-services.json")) == std::vector<std::string>{"Potholes"});

  const std::string one = R"({"service_code": "A", "service_name": "A"})";
  for (const std::string& text :
       {"[" + one + "]", R"({"services": [)" + one + "]}", R"({"services": )" + one + "}",
        R"({"services": {"service": )" + one + "}}", R"({"services": {"service": [)" + one + "]}}",
        R"([{"service": )" + one + "}]",
        std::string("<services><service><service_code>A</service_code></service></services>"),
        std::string(
            "<s:services xmlns:s='urn:x'><s:service><s:service_code>A</s:service_code></s:service></s:services>"),
        std::string("\xEF\xBB\xBF <?xml version='1.0' encoding='iso-8859-1'?><services><service>"
                    "<service_code>A</service_code><service_name>\xE9</service_name></service></services>")}) {
    INFO(text);
    CHECK(codes_of(read(text)) == std::vector<std::string>{"A"});
  }
  for (const char* empty : {"[]", R"({"services": []})", R"({"services": null})", "<services/>"}) {
    INFO(empty);
    CHECK(codes_of(read(empty)).empty());
  }
  const auto grouped = open311::parse_services(read(
      R"([{"service_code": "A", "groups": ["Streets", "Parks"]}, {"service_code": "A"}, {"service_name": "no code"}])"));
  REQUIRE(grouped->size() == 1);
  CHECK(grouped->front().group == "Streets");
  CHECK(grouped->front().name == "A");
}

TEST_CASE("words of back ends lose their markup, and what reaches beyond its place", "[promises][open311]") {
  CHECK(plain_text_of_html("<p>Say <b>more</b> now.</p><br/>A &amp; B<script>x", 100) == "Say more now.\nA & Bx");
  CHECK(plain_text_of_html("a < b and c > d", 100) == "a < b and c > d");
  CHECK(plain_text(" \u202Ea\u2066b\u2069\u0007c\u200F ", 100) == "abc\u200F");
  CHECK(plain_text("a\xFFz", 100) == "a\uFFFDz");
  CHECK(plain_text("\u20AC\u20AC", 5) == "\u20AC");
}

TEST_CASE("ids stay as they were written", "[promises][open311]") {
  const auto reports = open311::parse_requests(example("numbers.json"));
  REQUIRE(reports.ok());
  CHECK(reports->front().request_id == "001");
  CHECK(reports->front().type_code == "006");
  CHECK_FALSE(reports->front().point);  // a longitude that is none
  const auto receipt = open311::parse_receipt(read("[{\"service_request_id\": 12345678901234567890123}]"), {});
  REQUIRE(receipt.ok());
  CHECK(receipt->request_id == "12345678901234567890123");
  // Numbers in texts are left alone.
  CHECK(open311::parse_receipt(read(R"([{"service_request_id": "a\" 7, -1"}])"), {})->request_id == "a\" 7, -1");
}

TEST_CASE("what is no answer of the API is never taken for one", "[promises][open311]") {
  for (const std::string& text :
       {std::string(), std::string("   "), std::string("OK"), std::string("null"), std::string("<services><service>"),
        std::string("<services></service>"), std::string("[{"), std::string("{]"), example_text("page.html"),
        example_text("entities.xml"), std::string("<!DOCTYPE services><services/>"),
        std::string("<services>&external;</services>"), std::string("<services>\x01</services>"),
        std::string(200, '[') + std::string(200, ']')}) {
    INFO(text);
    CHECK(document(text).error().kind == ErrorKind::Unsupported);
  }
  std::string deep;
  for (int i = 0; i < 40; i++) deep += "<services>";
  CHECK(document(deep).error().kind == ErrorKind::Unsupported);
  for (const char* text :
       {"{}", "[1, 2]", R"({"services": 7})", R"([{"a": 1}])", "<html><body/></html>",
        R"({"service_requests": "none"})", "<service_requests><request><x/></request></service_requests>"}) {
    INFO(text);
    const auto json = document(text);
    if (!json.ok()) continue;
    CHECK(open311::parse_services(*json).error().kind == ErrorKind::Unsupported);
    CHECK(open311::parse_requests(*json).error().kind == ErrorKind::Unsupported);
    CHECK(open311::parse_receipt(*json, ReportAnswer::AtOnce).error().kind == ErrorKind::Unsupported);
    CHECK(open311::parse_definition(*json).error().kind == ErrorKind::Unsupported);
    CHECK(open311::parse_discovery(*json).error().kind == ErrorKind::Unsupported);
  }
}

TEST_CASE("a definition becomes questions in their order", "[promises][open311]") {
  using Kind = ReportQuestion::Kind;
  const auto questions = open311::parse_definition(example("service-definition.json"));
  REQUIRE(questions.ok());
  REQUIRE(questions->size() == 5);
  CHECK((*questions)[0].kind == Kind::Number);
  CHECK((*questions)[0].required);
  CHECK((*questions)[0].text == "How deep is it?");
  CHECK((*questions)[0].hint == "centimetres");
  CHECK((*questions)[1].kind == Kind::OneOf);
  CHECK((*questions)[1].choices == std::vector<ReportQuestion::Choice>{{"r", "Round"}, {"2", "Square"}});
  CHECK((*questions)[2].kind == Kind::Notice);
  CHECK((*questions)[3].kind == Kind::ManyOf);
  CHECK((*questions)[4].kind == Kind::Moment);

  const auto from_xml = open311::parse_definition(example("service-definition.xml"));
  REQUIRE(from_xml.ok());
  REQUIRE(from_xml->size() == 1);  // the server sets the other
  CHECK(from_xml->front().code == "shape");
  CHECK(from_xml->front().choices == std::vector<ReportQuestion::Choice>{{"r", "Round & deep"}});

  const auto odd = open311::parse_definition(read(R"({"attributes": [
    {"code": "last", "datatype": "text", "description": "<p>Say <b>more</b></p>", "variable": "true"},
    {"code": "third", "datatype": "singlevaluelist", "order": "3", "description": "No values"},
    {"code": "second", "datatype": "geometry", "order": 2, "required": "true"},
    {"code": "first", "datatype": "STRING", "order": 1.0, "description": "First"},
    {"code": "first", "datatype": "number", "order": 4, "description": "Again"},
    {"code": "", "datatype": "string", "order": 5, "description": "No code"},
    {"code": "hidden", "datatype": "string", "automated": "hidden_field", "required": true},
    {"code": "empty", "variable": false, "description": "", "order": 6}]})"));
  REQUIRE(odd.ok());
  REQUIRE(odd->size() == 4);
  CHECK((*odd)[0].code == "first");
  CHECK((*odd)[1].kind == Kind::Line);
  CHECK((*odd)[1].text == "second");
  CHECK((*odd)[1].required);
  CHECK((*odd)[2].kind == Kind::Line);
  CHECK((*odd)[3].text == "Say more");
  CHECK(open311::parse_definition(read(R"({"service_code": "A", "attributes": null})"))->empty());
}

TEST_CASE("answers to a report are told apart", "[promises][open311]") {
  CHECK(open311::parse_receipt(example("post-realtime.json"), ReportAnswer::AtOnce)->request_id == "2931");
  const auto from_xml = open311::parse_receipt(example("post-realtime.xml"), ReportAnswer::AtOnce);
  CHECK(from_xml->request_id == "2931");
  CHECK(from_xml->notice == "Inspection within 5 working days");
  CHECK(open311::parse_receipt(example("post-batch.json"), ReportAnswer::Later)->token == "t-88f1");
  CHECK(open311::parse_receipt(example("post-blackbox.json"), ReportAnswer::Nothing)->notice == "Thank you");
  // A number was promised, and there is none: nobody knows what became of it.
  CHECK(open311::parse_receipt(example("post-blackbox.json"), ReportAnswer::AtOnce).error().kind ==
        ErrorKind::Unsupported);
  CHECK_FALSE(open311::parse_receipt(read("[]"), ReportAnswer::Nothing).ok());
  CHECK(open311::parse_receipt(read(R"({"service_request_id": "5"})"), {})->request_id == "5");
  const std::string control = "[{\"service_request_id\": \"5\\u0000\\u202e1\"}]";
  CHECK(open311::parse_receipt(read(control), {}).error().kind == ErrorKind::Unsupported);

  CHECK(open311::parse_token(example("token-pending.json"), "t-88f1").value() == "");
  CHECK(open311::parse_token(example("token-resolved.json"), "t-88f1").value() == "2931");
  CHECK(open311::parse_token(example("token-resolved.json"), "t-0000").error().kind == ErrorKind::Unsupported);
}

TEST_CASE("requests keep what is certain, and what is missing is empty", "[promises][open311]") {
  const auto reports = open311::parse_requests(example("requests.json"));
  REQUIRE(reports.ok());
  const RemoteReport& report = reports->front();
  CHECK(report.request_id == "2931");
  CHECK_FALSE(report.closed);
  CHECK(report.description == "Deep hole by the bus stop");
  CHECK(report.status_notes.empty());
  REQUIRE(report.point);
  CHECK(report.point->longitude == Approx(-0.1419));
  CHECK(report.requested == core::parse_iso8601("2031-03-01T09:12:00Z"));
  CHECK_FALSE(report.expected);
  const auto from_xml = open311::parse_requests(example("requests.xml"));
  REQUIRE(from_xml.ok());
  CHECK(from_xml->front().request_id == "0042");
  CHECK(from_xml->front().closed);
  CHECK(from_xml->front().description == "Out < since Monday");
  CHECK(from_xml->front().requested == core::parse_iso8601("2031-03-01T08:12:00Z"));
  const auto plain = open311::parse_requests(read(
      "[{\"service_request_id\": 1, \"description\": \"a\\u202eb\\u0007c\"}, {\"service_request_id\": \"1\"}, {}]"));
  REQUIRE(plain->size() == 1);
  CHECK(plain->front().description == "abc");
}

TEST_CASE("discovery names the endpoints of this version and their formats", "[promises][open311]") {
  const auto endpoints = open311::parse_discovery(example("discovery.json"));
  REQUIRE(endpoints.ok());
  REQUIRE(endpoints->size() == 1);
  CHECK(endpoints->front().json);
  CHECK(endpoints->front().xml);
  CHECK(endpoints->front().production);
  CHECK(endpoints->front().changeset == "2031-01-01T00:00:00Z");
  const auto from_xml = open311::parse_discovery(example("discovery.xml"));
  REQUIRE(from_xml.ok());
  REQUIRE(from_xml->size() == 1);
  CHECK_FALSE(from_xml->front().json);
  CHECK(from_xml->front().url == "https://open311.example.test/v2");
  CHECK(from_xml->front().changeset == "2031-01-01T00:00:00Z");  // the document's
  CHECK(open311::parse_discovery(read(R"({"endpoints": [{"specification": "GeoReport_v1"}]})"))->empty());
}

TEST_CASE("refusals are read in every shape", "[promises][open311]") {
  for (const char* name : {"errors.json", "errors.xml"}) {
    const auto refusal = open311::refusal_in(example(name));
    REQUIRE(refusal);
    CHECK(refusal->code == 403);
    CHECK(refusal->description == "api_key is missing or not recognised");
  }
  CHECK(open311::refusal_in(example("errors-fms-wrapped.json"))->description == "service_code is required");
  CHECK(open311::refusal_in(read(R"({"errors": {"error": {"code": "400", "description": "No"}}})"))->code == 400);
  CHECK(open311::refusal_in(read(R"({"errors": ["Too far away"]})"))->description == "Too far away");
  CHECK(open311::refusal_in(read(R"({"code": 400, "message": "No"})"))->description == "No");
  CHECK(open311::refusal_in(read(R"([{"code": 400, "description": "A"}, {"code": 400, "description": "B"}])"))
            ->description == "A\nB");
  for (const char* name : {"services.json", "services.xml", "post-blackbox.json", "post-batch.json", "requests.json",
                           "service-definition.json", "discovery.json", "token-pending.json"}) {
    INFO(name);
    CHECK_FALSE(open311::refusal_in(example(name)));
  }
}

TEST_CASE("an error after a report says whether it can have been taken", "[promises][open311]") {
  const auto kind = [](int status, const std::string& body) { return open311::error_of_post(status, body, "x").kind; };
  const std::string says = R"([{"code": 400, "description": "Please <b>move</b> the pin onto the road."}])";
  CHECK(kind(400, says) == ErrorKind::Invalid);
  CHECK(open311::error_of_post(400, says, "x").what == "Please move the pin onto the road.");
  CHECK(kind(422, R"({"errors": ["No"]})") == ErrorKind::Invalid);
  CHECK(kind(400, "") == ErrorKind::Refused);
  CHECK(kind(400, example_text("page.html")) == ErrorKind::Refused);
  CHECK(kind(400, example_text("errors.xml")) == ErrorKind::Refused);  // it says 403 inside
  CHECK(kind(403, example_text("errors.json")) == ErrorKind::Refused);
  CHECK(kind(401, "") == ErrorKind::Refused);
  CHECK(kind(404, R"([{"code": 404, "description": "service_code unknown"}])") == ErrorKind::NotFound);
  // It isn't the back end that speaks.
  for (const int gone : {404, 410}) {
    CHECK(kind(gone, "") == ErrorKind::Unavailable);
    CHECK(kind(gone, "Not found") == ErrorKind::Unavailable);
    CHECK(kind(gone, R"({"message": "no Route matched with those values"})") == ErrorKind::Unavailable);
    CHECK(kind(gone, R"({"errors": ["Not found"]})") == ErrorKind::Unavailable);
    CHECK(kind(gone, example_text("page.html")) == ErrorKind::Unavailable);
  }
  CHECK(kind(429, "") == ErrorKind::RateLimited);
  for (const int unknown : {500, 502, 503, 520}) CHECK(kind(unknown, says) == ErrorKind::Interrupted);
  CHECK(kind(504, "") == ErrorKind::Timeout);
  CHECK(kind(408, "") == ErrorKind::Timeout);
  CHECK(kind(303, "") == ErrorKind::Unsupported);
  CHECK(kind(409, says) == ErrorKind::Unsupported);
  const std::string long_words(5'000, 'w');
  CHECK(open311::error_of_post(400, R"([{"code": 400, "description": ")" + long_words + R"("}])", "x").what.size() <=
        400);
  CHECK(open311::error_of_get(404, "", "x").kind == ErrorKind::NotFound);
  CHECK(open311::error_of_get(400, says, "x").kind == ErrorKind::Refused);
  CHECK(open311::error_of_get(200, example_text("errors.json"), "x").kind == ErrorKind::Refused);
}

TEST_CASE("every Open311 fixture parses", "[promises][open311]") {
  const auto folder = test::real_data("api-fixtures/synthetic/open311");
  if (folder.empty()) {
    WARN("skipped: no real data");
    return;
  }
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    INFO(entry.path());
    const auto text = core::read_file(entry.path());
    REQUIRE(text.ok());
    const core::Json json = read(*text);
    const bool parses = open311::parse_services(json).ok() || open311::parse_definition(json).ok() ||
                        open311::parse_requests(json).ok() || open311::parse_discovery(json).ok() ||
                        open311::parse_receipt(json, ReportAnswer::Nothing).ok() || open311::refusal_in(json) ||
                        open311::parse_token(json, "t-88f1").ok();
    CHECK(parses);
    count++;
  }
  CHECK(count >= 15);
}
