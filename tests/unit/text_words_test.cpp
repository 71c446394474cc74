#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "kiosk/text/words.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::text;
using namespace std::chrono_literals;

namespace {

const std::map<std::string, std::string> kFiles{
    {"en", R"({"hello": "Hello {name}", "plain": "Don't wait", "only.english": "See {page} now",
       "results": "{count, plural, one {# result} other {# results}}",
       "when": "On {at, date, full} at {at, time, ::Hm}",
       "who": "{kind, select, person {a person} other {someone}}"})"},
    {"cy", R"({"_meta": {"name": "Cymraeg"}, "hello": "Helo {name}", "plain": "Peidiwch ag aros",
       "results": "{count, plural, zero {# canlyniadau} one {# canlyniad} two {# ganlyniad} few {# chanlyniad} many {# chanlyniad} other {# canlyniad}}",
       "when": "Ar {at, date, full} am {at, time, ::Hm}", "who": "{kind, select, person {person} other {rhywun}}"})"},
    {"pl", R"({"hello": "Witaj {name}", "plain": "Nie czekaj",
       "results": "{count, plural, one {# wynik} few {# wyniki} many {# wyników} other {# wyniku}}",
       "when": "{at, date, full}, {at, time, ::Hm}", "who": "{kind, select, person {osoba} other {ktoś}}"})"},
    {"ar", R"({"hello": "مرحبا {name}", "plain": "لا تنتظر",
       "results": "{count, plural, zero {لا نتائج} one {نتيجة واحدة} two {نتيجتان} few {# نتائج} many {# نتيجة} other {# نتيجة}}",
       "when": "{at, date, full} {at, time, ::Hm}", "who": "{kind, select, person {شخص} other {أحد}}"})"},
};

std::shared_ptr<const Words> words() {
  static const auto catalogue = Words::parse(kFiles);
  REQUIRE(catalogue.ok());
  return *catalogue;
}

std::string error_of(const std::string& english) {
  const auto result = Words::parse({{"en", english}});
  return result.ok() ? "" : result.error().describe();
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

core::Date day(int y, unsigned m, unsigned d) {
  return core::Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

core::Instant at(const char* iso) { return *core::parse_iso8601(iso); }

}  // namespace

TEST_CASE("Languages come English first, with names and directions") {
  const auto& languages = words()->languages();
  REQUIRE(languages.size() == 4);
  CHECK(languages[0].code == "en");
  CHECK(languages[0].own_name == "English");
  CHECK(words()->in("cy").info().own_name == "Cymraeg");
  CHECK(words()->in("pl").info().own_name == "Polski");
  CHECK(words()->in("ar").info().own_name == "العربية");
  CHECK(words()->in("ar-EG").code() == "ar");
  CHECK(words()->in("ar").direction() == Direction::RightToLeft);
  CHECK(words()->in("de").code() == "en");
  CHECK_FALSE(words()->has_language("de"));
}

TEST_CASE("Plurals follow each language's rules") {
  const auto say = [](const char* language, int count) {
    return without_bidi_controls(words()->in(language).format("results", {{"count", count}}));
  };
  CHECK(say("en", 1) == "1 result");
  CHECK(say("en", 2) == "2 results");
  CHECK(say("pl", 1) == "1 wynik");
  CHECK(say("pl", 3) == "3 wyniki");
  CHECK(say("pl", 5) == "5 wyników");
  CHECK(say("pl", 22) == "22 wyniki");
  CHECK(say("cy", 0) == "0 canlyniadau");
  CHECK(say("cy", 2) == "2 ganlyniad");
  CHECK(say("cy", 3) == "3 chanlyniad");
  CHECK(say("cy", 7) == "7 canlyniad");
  CHECK(say("ar", 0) == "لا نتائج");
  CHECK(say("ar", 2) == "نتيجتان");
  CHECK(say("ar", 5) == "5 نتائج");
  CHECK(say("ar", 11) == "11 نتيجة");
}

TEST_CASE("Values put into right-to-left text are isolated, and plain text stays plain") {
  CHECK(words()->in("ar").format("hello", {{"name", "020 7946 0018"}}) == "مرحبا \u2068020 7946 0018\u2069");
  CHECK(words()->in("en").format("hello", {{"name", "Ann"}}) == "Hello Ann");
  CHECK(words()->in("en").format("hello", {{"name", "مريم"}}) == "Hello \u2068مريم\u2069");
  SECTION("a list reads in the page's order, each item in its own") {
    const auto& arabic = words()->in("ar");
    const std::string list = arabic.list({"North Town", "South Town"});
    REQUIRE(contains(list, "\u2069 \u0648\u00A0\u2068"));
    CHECK(contains(arabic.format("hello", {{"name", list}}), "\u2068" + list + "\u2069"));
    CHECK(words()->in("en").format("hello", {{"name", list}}) == "Hello \u2068" + list + "\u2069");
  }
  SECTION("a value cannot end its own isolate") {
    CHECK(words()->in("ar").format("hello", {{"name", "a\u2069\u202Eb"}}) == "مرحبا \u2068ab\u2069");
  }
  SECTION("a value is never a pattern") {
    CHECK(words()->in("en").format("hello", {{"name", "{name} '{x}'"}}) == "Hello {name} '{x}'");
  }
}

TEST_CASE("What is missing falls back to English, then to the key") {
  const auto& arabic = words()->in("ar");
  CHECK_FALSE(arabic.has("only.english"));
  CHECK(arabic.format("only.english", {{"page", 3}}) == "\u2066See 3 now\u2069");
  CHECK(words()->in("pl").format("only.english", {{"page", 3}}) == "See 3 now");
  CHECK(words()->in("pl").format("no.such.key") == "no.such.key");
  CHECK(words()->in("en").format("hello") == "hello");
  CHECK(words()->in("en").format("plain") == "Don't wait");
  CHECK(words()->in("en").format("who", {{"kind", "person"}}) == "a person");
  CHECK(words()->in("en").format("who", {{"kind", "robot"}}) == "someone");
}

TEST_CASE("Moments in messages are seen in their own zone") {
  const Args summer{{"at", Moment{at("2026-07-01T13:30:00Z"), "Europe/London"}}};
  CHECK(words()->in("en").format("when", summer) == "On Wednesday 1 July 2026 at 14:30");
  const Args elsewhere{{"at", Moment{at("2026-07-01T23:30:00Z"), "Europe/Warsaw"}}};
  CHECK(words()->in("en").format("when", elsewhere) == "On Thursday 2 July 2026 at 01:30");
  const Args nowhere{{"at", Moment{at("2026-12-01T09:00:00Z"), "No/Such_Zone"}}};
  CHECK(words()->in("en").format("when", nowhere) == "On Tuesday 1 December 2026 at 09:00");
  CHECK(words()->in("en").format("when", {{"at", 5}}) == "when");
}

TEST_CASE("Bad patterns are refused with file and key") {
  CHECK(contains(error_of(R"({"a.b": "Hello {name"})"), "en.json: a.b"));
  CHECK(contains(error_of(R"({"a.b": "{n, plural, one {x}}"})"), "en.json: a.b"));
  CHECK(contains(error_of(R"({"a.b": "{0}"})"), "must have a name"));
  CHECK(contains(error_of(R"({"a.b": "{d, date, fancy}"})"), "fancy"));
  CHECK(contains(error_of(R"({"a.b": "{d, spellout}"})"), "spellout"));
  CHECK(contains(error_of(R"({"a.b": "{n, number, ::bad-stem}"})"), "a.b"));
  CHECK(contains(error_of(R"({"a.b": 5})"), "must be a string"));
  CHECK(contains(error_of(R"({"_meta": {"direction": "up"}})"), "direction"));
  CHECK(contains(error_of(R"([1])"), "en.json"));
  CHECK(contains(error_of("{"), "en.json"));
  CHECK(Words::parse({{"cy", "{}"}}).error().kind == core::ErrorKind::NotFound);
  CHECK_FALSE(Words::parse({{"en", "{}"}, {"../x", "{}"}}).ok());
}

TEST_CASE("A folder of files is a catalogue") {
  const auto folder = std::filesystem::temp_directory_path() / ("kiosk-words-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  CHECK(Words::load(folder).error().kind == core::ErrorKind::NotFound);
  for (const auto& [code, json] : kFiles) std::ofstream(folder / (code + ".json")) << json;
  const auto loaded = Words::load(folder);
  REQUIRE(loaded.ok());
  CHECK((*loaded)->languages().size() == 4);
  CHECK((*loaded)->keys().contains("only.english"));
  std::filesystem::remove_all(folder);
  CHECK_FALSE(Words::load(folder).ok());
}

TEST_CASE("Lint finds what translations lack") {
  const auto findings = words()->lint();
  REQUIRE(findings.size() == 3);  // only.english in three languages
  CHECK(findings[0].kind == LintFinding::Kind::MissingKey);
  CHECK(findings[0].key == "only.english");

  const auto one = [](const std::string& english, const std::string& polish) {
    const auto catalogue =
        Words::parse({{"en", "{\"k\": \"" + english + "\"}"}, {"pl", "{\"k\": \"" + polish + "\"}"}});
    REQUIRE(catalogue.ok());
    std::vector<LintFinding::Kind> kinds;
    for (const auto& finding : (*catalogue)->lint()) kinds.push_back(finding.kind);
    return kinds;
  };
  using Kinds = std::vector<LintFinding::Kind>;
  CHECK(one("{a} {b}", "{b} {a}") == Kinds{});
  CHECK(one("{a}", "{b}") == Kinds{LintFinding::Kind::Placeholders});
  CHECK(one("{a}", "x") == Kinds{LintFinding::Kind::Placeholders});
  CHECK(one("{a, date, full}", "{a}") == Kinds{LintFinding::Kind::Placeholders});
  CHECK(one("{n}", "{n, plural, one {#} few {#} many {#} other {#}}") == Kinds{});
  CHECK(one("{n}", "{n, plural, one {#} other {#}}") ==
        Kinds{LintFinding::Kind::PluralForm, LintFinding::Kind::PluralForm});
}

TEST_CASE("Dates and times in four languages") {
  const auto tuesday = day(2026, 11, 24);
  const Moment moment{at("2026-11-24T14:30:00Z"), "Europe/London"};
  const auto& english = words()->in("en");
  CHECK(english.full_date(tuesday) == "Tuesday 24 November 2026");
  CHECK(english.full_date(moment) == "Tuesday 24 November 2026");
  CHECK(english.day(tuesday) == "Tuesday 24 November");
  CHECK(english.short_date(tuesday) == "24 Nov 2026");
  CHECK(english.month(tuesday) == "November 2026");
  CHECK(english.weekday(tuesday) == "Tuesday");
  CHECK(english.weekday_short(tuesday) == "Tue");
  CHECK(english.time_of_day(moment) == "14:30");
  CHECK(english.time_of_day(9h + 5min) == "09:05");
  CHECK(english.time_of_day(24h) == "00:00");
  CHECK(contains(english.weekday_and_time(moment), "Tuesday"));
  CHECK(contains(english.weekday_and_time(moment), "14:30"));
  CHECK(english.date_and_time(moment).starts_with("Tuesday 24 November 2026"));
  CHECK(english.date_and_time(moment).ends_with("14:30"));
  CHECK(words()->in("cy").full_date(tuesday) == "Dydd Mawrth 24 Tachwedd 2026");
  CHECK(words()->in("pl").full_date(tuesday) == "wtorek, 24 listopada 2026");
  CHECK(words()->in("pl").date_and_time(moment) == "wtorek, 24 listopada 2026, godz. 14:30");
  CHECK(words()->in("pl").weekday_and_time(moment) == "wtorek, godz. 14:30");
  CHECK(words()->in("pl").time_of_day(moment) == "14:30");
  const std::string arabic = words()->in("ar").full_date(tuesday);
  CHECK(contains(arabic, "الثلاثاء"));
  CHECK(contains(arabic, "نوفمبر"));
  CHECK(contains(arabic, "24"));  // the digits of letters and phones here
  CHECK(contains(words()->in("ar").time_of_day(moment), "14:30"));
  CHECK(english.first_day_of_week() == 1);
  CHECK(words()->in("ar").first_day_of_week() == 1);
}

TEST_CASE("A file may ask for its own digits") {
  const auto own = Words::parse({{"en", "{}"}, {"ar", R"({"_meta": {"numbers": "arab"}})"}});
  REQUIRE(own.ok());
  CHECK((*own)->in("ar").number(24) == "٢٤");
}

TEST_CASE("When something was checked is said in words") {
  const auto& english = words()->in("en");
  const auto now = at("2026-11-24T14:30:00Z");
  CHECK(english.ago(now - 5s, now) == "now");
  CHECK(english.ago(now - 1min, now) == "1 minute ago");
  CHECK(english.ago(now - 3h, now) == "3 hours ago");
  CHECK(english.ago(now - 25h, now) == "yesterday");
  CHECK(english.ago(now - 24h * 20, now) == "2 weeks ago");
  CHECK(english.ago(now - 24h * 400, now) == "13 months ago");
  CHECK(english.ago(now + 48h, now) == "in 2 days");
  CHECK(words()->in("pl").ago(now - 3h, now) == "3 godziny temu");
}

TEST_CASE("Numbers, money, durations, lists and order") {
  const auto& english = words()->in("en");
  CHECK(english.number(std::int64_t{12345}) == "12,345");
  CHECK(english.number(1.25, 1) == "1.2");
  CHECK(english.money(450) == "£4.50");
  CHECK(english.money(400) == "£4");
  CHECK(english.money(-450) == "-£4.50");
  CHECK(english.money(500, "JPY") == "¥500");
  CHECK(words()->in("pl").money(450) == "4,50\u00A0£");
  CHECK(contains(words()->in("ar").money(450), "£"));
  CHECK(contains(english.duration(90min), "1 hour"));
  CHECK(contains(english.duration(90min), "30 minutes"));
  CHECK(english.duration(1min) == "1 minute");
  CHECK(english.duration(0min) == "0 minutes");
  CHECK(english.list({"a", "b", "c"}) == "a, b and c");
  CHECK(english.list({}).empty());
  CHECK(english.list({"x\u2069"}) == "x");
  CHECK(contains(words()->in("ar").list({"a", "b"}), "\u2068a\u2069"));
  CHECK(contains(words()->in("ar").list({"a", "b"}), "\u0648\u00A0\u2068b"));
  CHECK(contains(words()->in("ar").list({"a", "\u0628"}), "\u0648\u2068\u0628"));
  CHECK(contains(words()->in("cy").list({"llyfr", "afal"}), " ac afal"));
  CHECK(contains(words()->in("cy").list({"afal", "llyfr"}), " a llyfr"));
  CHECK(words()->in("cy").list({"afal", "troseddau"}, Language::Items::Words) == "afal a throseddau");
  CHECK(words()->in("cy").list({"afal", "chwarae"}, Language::Items::Words) == "afal a chwarae");
  CHECK(words()->in("cy").list({"afal", "tref"}) == "afal a tref");  // a name is nobody's to change
  CHECK(words()->in("cy").list({"Afal", "llyfr a(c)"}) == "Afal a llyfr a(c)");
  CHECK(words()->in("cy").list({"tref a(c)"}) == "tref a(c)");
  CHECK_FALSE(contains(words()->in("ar").money(450), "UK"));
  const auto& polish = words()->in("pl");
  CHECK(polish.compare("łąka", "lato") > 0);
  CHECK(polish.compare("łąka", "morze") < 0);
  CHECK(polish.compare("dom", "dom") == 0);
}

TEST_CASE("A catalogue serves several threads") {
  const auto catalogue = words();
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        if (catalogue->in("pl").format("results", {{"count", 3}}) != "3 wyniki") ++wrong;
        if (catalogue->in("en").full_date(day(2026, 11, 24)) != "Tuesday 24 November 2026") ++wrong;
        if (catalogue->in("en").compare("a", "b") >= 0) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}
