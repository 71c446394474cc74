// The words the kiosk is delivered with: complete in every language, sound as patterns, short where room is short.
#include <array>
#include <map>

#include "kiosk/core/csv.h"
#include "kiosk/core/files.h"
#include "kiosk/core/json.h"
#include "kiosk/core/strings.h"
#include "kiosk/text/bidi.h"
#include "tests/unit/app_fixture.h"

using namespace app_test;

namespace {

const std::array kLanguages{"en", "cy", "pl", "ar"};
const std::array kCounts{0, 1, 2, 3, 6, 11, 21, 100};  // every plural form of the four languages

// A value for every argument that any pattern names; what a pattern does not name is not used.
text::Args sample(int count) {
  const text::Moment moment{*core::parse_iso8601("2026-11-24T14:30:00Z")};
  text::Args args{{"at", moment}};
  for (const char* name : {"count", "minutes", "seconds", "step", "number", "n", "of"}) args.emplace_back(name, count);
  for (const char* name : {"name", "phone", "organisation", "time", "day", "date", "from", "to", "when", "postcode",
                           "duties", "what", "duration", "place", "councils", "organisations", "service"}) {
    args.emplace_back(name, "Xx");
  }
  return args;
}

std::string said(std::string_view language, std::string_view key, int count = 3) {
  return text::without_bidi_controls(words().in(language).format(key, sample(count)));
}

std::size_t letters(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

// The Arabic block is U+0600 .. U+06FF: lead bytes D8 .. DB.
bool has_arabic(std::string_view text) {
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    if (value >= 0xD8 && value <= 0xDB) return true;
  }
  return false;
}

void check_length(const std::string& key, std::size_t longest) {
  for (const char* language : kLanguages) {
    const std::string label = said(language, key);
    INFO(language << ": " << key << " = " << label);
    CHECK(words().in(language).has(key));
    CHECK(letters(label) <= longest);
  }
}

}  // namespace

TEST_CASE("The kiosk is delivered in English, Welsh, Polish and Arabic") {
  const std::map<std::string, std::string> names{
      {"en", "English"}, {"cy", "Cymraeg"}, {"pl", "Polski"}, {"ar", "العربية"}};
  for (const auto& [code, name] : names) {
    REQUIRE(words().has_language(code));
    CHECK(words().in(code).info().own_name == name);
    CHECK((words().in(code).direction() == text::Direction::RightToLeft) == (code == "ar"));
  }
  CHECK(words().languages().front().code == "en");
}

TEST_CASE("Every language has every word of English, its arguments and the plural forms of the language") {
  std::string findings;
  for (const auto& finding : words().lint()) {
    findings += finding.language + ": " + finding.key + ": " + finding.detail + "\n";
  }
  INFO(findings);
  CHECK(findings.empty());
}

TEST_CASE("Every word can be said with every number") {
  for (const text::LanguageInfo& language : words().languages()) {
    for (const std::string& key : words().keys()) {
      for (const int count : kCounts) {
        const std::string text = said(language.code, key, count);
        INFO(language.code << ": " << key << " with " << count << ": " << text);
        REQUIRE_FALSE(core::trim(text).empty());
        REQUIRE(text != key);
        REQUIRE(text.find_first_of("{}#") == std::string::npos);
        REQUIRE(text.find("  ") == std::string::npos);
      }
    }
  }
}

TEST_CASE("What is said in Arabic is written in Arabic") {
  for (const std::string& key : words().keys()) {
    // Arguments are Latin here, so a pattern that is only its argument would be caught as well.
    INFO(key << ": " << said("ar", key));
    CHECK(has_arabic(said("ar", key)));
  }
}

TEST_CASE("A sentence is not left in English") {
  for (const char* language : {"cy", "pl"}) {
    for (const std::string& key : words().keys()) {
      const std::string english = said("en", key);
      if (english.find(' ') == std::string::npos) continue;  // "problem", "tab": some words are the same
      if (key == "report.day_and_time") continue;            // arguments alone
      INFO(language << ": " << key);
      CHECK(said(language, key) != english);
    }
  }
}

TEST_CASE("Labels of buttons are short in every language") {
  for (const char* key : {"nav.back", "nav.continue", "nav.cancel", "nav.close", "nav.start_again", "nav.help",
                          "nav.language", "nav.text_size", "nav.contrast", "nav.low_reach", "nav.sound"}) {
    check_length(key, 15);  // a sixth of the bar
  }
  for (const char* key : {"ui.key.done", "ui.key.space", "done.finish", "check.change"}) check_length(key, 14);
  for (const char* key :
       {"card.book", "area.find", "area.another", "done.larger_qr", "done.read_aloud", "sorry.try_again"}) {
    check_length(key, 20);
  }
  for (const char* key :
       {"service.book", "service.print", "service.leave_now", "print.print", "print.large", "print.again", "still.yes",
        "still.no", "check.confirm", "help.close", "sorry.search_again", "start.topics"}) {
    check_length(key, 32);
  }
  for (const char* key : {"start.area", "start.places", "area.search"}) check_length(key, 40);
}

TEST_CASE("Emergency numbers are in every language's help") {
  for (const char* language : kLanguages) {
    CHECK(said(language, "help.emergency").find("999") != std::string::npos);
    CHECK(said(language, "help.police").find("101") != std::string::npos);
    CHECK(said(language, "help.health").find("111") != std::string::npos);
  }
}

TEST_CASE("What the help calls the buttons is what the buttons are called") {
  for (const char* language : kLanguages) {
    INFO(language);
    CHECK(said(language, "help.how").find(said(language, "nav.back")) != std::string::npos);
    CHECK(said(language, "help.how").find(said(language, "nav.start_again")) != std::string::npos);
  }
}

TEST_CASE("Topics and duties of the demo region have words") {
  const auto bytes = core::read_file(kAssets / "demo/topics.json");
  REQUIRE(bytes.ok());
  const auto topics = core::parse_json(*bytes, "topics.json");
  REQUIRE(topics.ok());
  REQUIRE_FALSE(topics->empty());
  for (const auto& topic : *topics) {
    INFO(topic.dump());
    CHECK(words().in("en").has("topic." + core::json_text(topic, "id")));
  }

  const auto rows = core::read_file(kAssets / "demo/areas/authorities.csv");
  REQUIRE(rows.ok());
  auto table = core::CsvTable::open(*rows, "authorities.csv");
  REQUIRE(table.ok());
  std::size_t duties = 0;
  while (table->next().value_or(false)) {
    for (const auto& duty : core::split(table->field("duties"), ';')) {
      if (duty.empty()) continue;
      ++duties;
      INFO(duty);
      CHECK(words().in("en").has("duty." + std::string(duty)));
    }
  }
  CHECK(duties > 0);
}
