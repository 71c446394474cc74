#include <cmath>

#include "kiosk/core/strings.h"
#include "kiosk/promises/open311_form.h"
#include "tests/sandbox/exchange.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::promises;
using open311::ManyValues;

namespace {

core::SecretText secret(std::string_view text) { return core::SecretText(text); }

Report report_of(const std::string& reference = "CK-7Q2M9TKD4H") {
  Report report;
  report.target = {"streets", "POT"};
  report.reference = reference;
  return report;
}

ReportContent content_of(std::string_view description = "A deep hole") {
  ReportContent content;
  content.place.words = secret("By the bus stop outside the library");
  content.description = secret(description);
  return content;
}

// The fields of the form as a server reads them.
sandbox::Pairs sent(const ReportContent& content, const std::vector<ReportQuestion>& questions = {},
                    const open311::FormSender& sender = {}) {
  REQUIRE(open311::check_content(report_of(), content, questions).ok());
  const core::SecretText form = open311::form_of(report_of(), content, questions, sender);
  // Nothing of it can end a field, a line or the form.
  CHECK(form.reveal().find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~%&=") ==
        std::string::npos);
  return sandbox::form_fields(form.reveal());
}

std::vector<std::string> values(const sandbox::Pairs& fields, std::string_view name) {
  std::vector<std::string> found;
  for (const auto& [key, value] : fields) {
    if (key == name) found.push_back(value);
  }
  return found;
}

std::string value(const sandbox::Pairs& fields, std::string_view name) {
  const auto found = values(fields, name);
  return found.size() == 1 ? found.front() : "(" + std::to_string(found.size()) + " of them)";
}

ReportContent::Reply reply(const std::string& code, std::initializer_list<std::string_view> texts) {
  ReportContent::Reply made{code, {}};
  for (const std::string_view text : texts) made.values.push_back(secret(text));
  return made;
}

ReportQuestion question(const std::string& code, ReportQuestion::Kind kind) {
  ReportQuestion made;
  made.code = code;
  made.kind = kind;
  return made;
}

}  // namespace

TEST_CASE("a report becomes the fields of a form", "[promises][open311]") {
  ReportContent content = content_of("A deep hole\nnear the kerb");
  content.place.point = core::GeoPoint{53.0049, -0.6287};
  content.name = secret("Ana Maria Lopez");
  content.email = secret("ana@resident.example");
  content.telephone = secret("01632 960001");
  open311::FormSender sender;
  sender.api_key = secret("k&y");
  sender.jurisdiction_id = "northfield.example";
  const auto fields = sent(content, {}, sender);
  CHECK(value(fields, "api_key") == "k&y");
  CHECK(value(fields, "jurisdiction_id") == "northfield.example");
  CHECK(value(fields, "service_code") == "POT");
  CHECK(value(fields, "lat") == "53.0049000");
  CHECK(value(fields, "long") == "-0.6287000");
  CHECK(value(fields, "address_string") == "By the bus stop outside the library");
  CHECK(value(fields, "first_name") == "Ana Maria");
  CHECK(value(fields, "last_name") == "Lopez");
  CHECK(value(fields, "email") == "ana@resident.example");
  CHECK(value(fields, "phone") == "01632 960001");
  CHECK(value(fields, "description") == "Reference: CK-7Q2M9TKD4H\n\nA deep hole\nnear the kerb");
  CHECK(fields.size() == 11);

  // What is not said is not sent: an empty jurisdiction breaks some servers.
  const auto least = sent(content_of(""));
  CHECK(least.size() == 3);
  CHECK(value(least, "description") == "Reference: CK-7Q2M9TKD4H\n\n");
  ReportContent one_word = content_of();
  one_word.name = secret("Lopez");
  sender.fallback_email = "no-reply@kiosk.example";
  CHECK(value(sent(one_word, {}, sender), "last_name") == "Lopez");
  CHECK(value(sent(one_word, {}, sender), "email") == "no-reply@kiosk.example");
}

TEST_CASE("several values travel as the back end reads them", "[promises][open311]") {
  ReportContent content = content_of();
  content.replies = {reply("where", {"kerb", "lane"}), reply("only", {"kerb"}), reply("depth", {"12"}),
                     reply("gone", {"words\nof two lines"})};
  const std::vector<ReportQuestion> questions{question("where", ReportQuestion::Kind::ManyOf),
                                              question("only", ReportQuestion::Kind::ManyOf),
                                              question("depth", ReportQuestion::Kind::Number)};
  const auto brackets = sent(content, questions);
  CHECK(values(brackets, "attribute[where][]") == std::vector<std::string>{"kerb", "lane"});
  CHECK(value(brackets, "attribute[only][]") == "kerb");
  CHECK(value(brackets, "attribute[depth]") == "12");
  CHECK(value(brackets, "attribute[gone]") == "words\nof two lines");  // the question is gone, the words are not
  open311::FormSender sender;
  sender.many_values = ManyValues::Repeated;
  CHECK(values(sent(content, questions, sender), "attribute[where]") == std::vector<std::string>{"kerb", "lane"});
}

TEST_CASE("whatever is typed arrives in its own field, to the last byte", "[promises][open311]") {
  const std::string hostile[] = {"a&service_code=OTHER&api_key=stolen",
                                 "=&=&%26%3D",
                                 "100 % + 7 #;?\\\"'<>",
                                 "</description><script>alert(1)</script>",
                                 "]]>&lt;!--",
                                 "line\nReference: CK-AAAAAAAAAA\nline",
                                 "tab\there",
                                 "\u202Eesrever \u2066isolate",
                                 "\U0001F6B2\U0001F1EC\U0001F1E7 \u0627\u0644\u0639\u0631\u0628\u064A\u0629",
                                 "\u2028\u2029\uFEFF."};
  for (const std::string& text : hostile) {
    INFO(text);
    ReportContent content = content_of(text);
    content.place.words = secret(text);
    content.replies = {reply("a]b[c&d", {text}), reply("where", {text, "x"})};
    const auto fields = sent(content);
    CHECK(value(fields, "description") == "Reference: CK-7Q2M9TKD4H\n\n" + text);
    CHECK(value(fields, "address_string") == text);
    CHECK(value(fields, "attribute[a]b[c&d]") == text);
    CHECK(values(fields, "attribute[where][]") == std::vector<std::string>{text, "x"});
    CHECK(value(fields, "service_code") == "POT");
    CHECK(values(fields, "api_key").empty());
    if (text.find('\n') != std::string::npos || text.find('\t') != std::string::npos) continue;
    content.name = content.email = content.telephone = secret(text);
    CHECK(value(sent(content), "email") == text);
    CHECK(value(sent(content), "phone") == text);
  }
}

TEST_CASE("what cannot be sent as it is, is refused by its field", "[promises][open311]") {
  const auto refused = [](const ReportContent& content, const std::vector<ReportQuestion>& questions = {}) {
    const auto status = open311::check_content(report_of(), content, questions);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().kind == core::ErrorKind::Invalid);
    CHECK_FALSE(status.error().what.empty());
    return status.error().where;
  };
  for (const std::string& bad :
       {std::string("a\x01z"), std::string("a\0z", 3), std::string("a\rz"), std::string("a\x7Fz"),
        std::string("a\xC2\x85z"), std::string("a\xFFz"), std::string("a\xED\xA0\x80z")}) {
    ReportContent content = content_of(bad);
    CHECK(refused(content) == "description");
    content = content_of();
    content.place.words = secret(bad);
    CHECK(refused(content) == "address");
    content = content_of();
    content.name = secret(bad);
    CHECK(refused(content) == "name");
    content = content_of();
    content.email = secret(bad);
    CHECK(refused(content) == "email");
    content = content_of();
    content.telephone = secret(bad);
    CHECK(refused(content) == "telephone");
    content = content_of();
    content.replies = {reply("depth", {bad})};
    CHECK(refused(content) == "attribute[depth]");
  }
  ReportContent lines = content_of();
  lines.email = secret("a@b.example\nbcc: all@b.example");
  CHECK(refused(lines) == "email");
  lines = content_of();
  lines.replies = {reply("plate", {"AB1\nCD2"})};
  CHECK(refused(lines, {question("plate", ReportQuestion::Kind::Line)}) == "attribute[plate]");
  ReportContent nowhere = content_of();
  nowhere.place.words = secret("  ");
  CHECK(refused(nowhere) == "address");
  nowhere.place.point = core::GeoPoint{std::nan(""), 0};
  CHECK(refused(nowhere) == "address");
  nowhere.place.point = core::GeoPoint{53, -0.6};
  CHECK(open311::check_content(report_of(), nowhere, {}).ok());
  CHECK(open311::check_content(report_of(""), content_of(), {}).error().where == "reference");
}

TEST_CASE("a description is 4,000 characters with our reference, whatever they are", "[promises][open311]") {
  const std::size_t room = 4'000 - std::string("Reference: CK-7Q2M9TKD4H\n\n").size();
  std::string emoji;
  for (std::size_t i = 0; i < room; i++) emoji += "\U0001F6B2";
  const std::string description = value(sent(content_of(emoji)), "description");
  CHECK(core::count_code_points(description) == 4'000);
  CHECK(description.ends_with(emoji));
  const auto status = open311::check_content(report_of(), content_of(emoji + "x"), {});
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().where == "description");
}

TEST_CASE("our reference is found as a word of its own", "[promises][open311]") {
  using open311::carries_reference;
  CHECK(carries_reference("Reference: CK-7Q2M9TKD4H\n\nA hole", "CK-7Q2M9TKD4H"));
  CHECK(carries_reference("Sent by a kiosk. Reference: CK-7Q2M9TKD4H A hole", "CK-7Q2M9TKD4H"));
  CHECK(carries_reference("(CK-7Q2M9TKD4H)", "CK-7Q2M9TKD4H"));
  CHECK_FALSE(carries_reference("CK-7Q2M9TKD4HX", "CK-7Q2M9TKD4H"));
  CHECK_FALSE(carries_reference("XCK-7Q2M9TKD4H", "CK-7Q2M9TKD4H"));
  CHECK_FALSE(carries_reference("CK-7Q2M9TKD4H-1", "CK-7Q2M9TKD4H"));
  CHECK_FALSE(carries_reference("Reference: ", "CK-7Q2M9TKD4H"));
  CHECK_FALSE(carries_reference("anything", ""));
  CHECK(open311::without_reference("Reference: CK-1\n\nA hole") == "A hole");
  CHECK(open311::without_reference("Reference: CK-1 A hole") == "A hole");
  CHECK(open311::without_reference("Reference: CK-1").empty());
  CHECK(open311::without_reference("A hole. Reference: CK-1") == "A hole. Reference: CK-1");
}
