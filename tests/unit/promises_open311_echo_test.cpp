// What a resident typed is taken out of a back end's words.
#include "kiosk/promises/open311_echo.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::promises;

namespace {

ReportContent signed_content(std::string_view description, std::string_view name = "Ana Planted") {
  ReportContent content;
  content.description.assign(description);
  content.name.assign(name);
  content.email.assign(" ana@resident.example ");
  return content;
}

std::string hidden(std::string text, const ReportContent& content, const std::vector<ReportQuestion>& questions = {}) {
  open311::hide_echo(text, content, questions);
  return text;
}

}  // namespace

TEST_CASE("fields are hidden as a whole, each time, and words of a name as words", "[promises][open311]") {
  const ReportContent content = signed_content("A deep hole");
  CHECK(hidden("A deep hole, A deep hole", content) == "\u2026, \u2026");
  CHECK(hidden("Ana Planted <ana@resident.example>", content) == "\u2026 <\u2026>");
  CHECK(hidden("Thank you, Ana", content) == "Thank you, \u2026");
  CHECK(hidden("Dear Mx Planted: Analysts look at it", content) == "Dear Mx \u2026: Analysts look at it");
  CHECK(hidden("An inspector will look at it.", content) == "An inspector will look at it.");
  CHECK(hidden("", content).empty());
  CHECK(hidden("Thank you, Jo", signed_content("x", "Jo")) == "Thank you, \u2026");
}

TEST_CASE("an echo that is cut off with its text is hidden too", "[promises][open311]") {
  const ReportContent content = signed_content("The lamp by my door is dark");
  CHECK(hidden("You wrote: The lamp by my d", content) == "You wrote: \u2026");
  CHECK(hidden("Look at: The", content) == "Look at: The");  // too short to be told from other words
}

TEST_CASE("hiding ends, whatever was typed", "[promises][open311]") {
  CHECK(hidden("\u2026 and so on\u2026", signed_content("\u2026")) == "\u2026 and so on\u2026");
  CHECK(hidden("\u2026\u2026\u2026", signed_content("\u2026\u2026")) == "\u2026\u2026");
  CHECK(hidden("aaaaaaa", signed_content("aaa")) == "\u2026\u2026a");
}

TEST_CASE("what was chosen may stay, what was typed in an answer may not", "[promises][open311]") {
  ReportQuestion list;
  list.code = "size";
  list.choices.push_back({"large", "Large"});
  ReportContent content = signed_content("A deep hole");
  content.replies.push_back({"size", {core::SecretText(std::string_view("large"))}});
  content.replies.push_back({"sign", {core::SecretText(std::string_view("by number 7"))}});
  CHECK(hidden("A large one by number 7", content, {list}) == "A large one \u2026");
}
