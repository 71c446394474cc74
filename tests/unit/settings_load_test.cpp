#include <cstdlib>
#include <fstream>

#include "kiosk/settings/describe.h"
#include "kiosk/settings/load.h"
#include "tests/unit/catch.h"

using namespace kiosk;

namespace {

// A configuration file in a folder of its own, gone with the test.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& text) {
    char pattern[] = "/tmp/kiosk-settings-XXXXXX";
    folder_ = mkdtemp(pattern);
    std::ofstream(path()) << text;
  }
  ~ConfigFile() { std::filesystem::remove_all(folder_); }
  std::filesystem::path path() const { return folder_ / "site.toml"; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

std::string refusal(const std::string& text) {
  const ConfigFile file(text);
  const auto loaded = settings::load(file.path());
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.error().kind == core::ErrorKind::Invalid);
  return loaded.error().describe();
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("an empty file gives the built-in defaults") {
  const ConfigFile file("");
  const auto loaded = settings::load(file.path());
  REQUIRE(loaded.ok());
  CHECK(loaded->idle.ask_after_s == 90);
  CHECK(loaded->kiosk.languages == std::vector<std::string>{"en", "cy", "pl", "ar"});
  CHECK(loaded->data.directory == file.folder() / "data");
}

TEST_CASE("values of the file win, and relative paths start at its folder") {
  const ConfigFile file(R"(
[kiosk]
name = "Riverside Library"
latitude = 53.0
longitude = -0.5
[display]
theme = "yellow-on-black"
pixel_pitch_mm = 0.3
[printer]
kind = "file"
directory = "paper"
[[sources]]
id = "north"
name = "Northfield"
url = "https://north.example/hsds3"
[[bookings]]
id = "zms"
name = "Registrars"
url = "https://north.example/zms"
)");
  const auto loaded = settings::load(file.path());
  REQUIRE(loaded.ok());
  CHECK(loaded->kiosk.name == "Riverside Library");
  REQUIRE(loaded->kiosk.point);
  CHECK(loaded->kiosk.point->longitude == -0.5);
  CHECK(loaded->display.theme == settings::ThemeChoice::YellowOnBlack);
  CHECK(loaded->printer.directory == file.folder() / "paper");
  REQUIRE(loaded->sources.size() == 1);
  CHECK(loaded->sources[0].refresh_minutes == 60);
  CHECK(loaded->bookings[0].kind == "zms");
}

TEST_CASE("a clinic's system has a token in a file of its own, and no other system has one") {
  const std::string entry = "[[bookings]]\nid = \"c\"\nname = \"C\"\nurl = \"https://c.example/fhir\"\n";
  const ConfigFile file(entry + "kind = \"fhir\"\ntoken_file = \"c.token\"\nslot_keeper = \"kiosk\"\n");
  const auto loaded = settings::load(file.path());
  REQUIRE(loaded.ok());
  CHECK(loaded->bookings[0].token_file == file.folder() / "c.token");
  CHECK(loaded->bookings[0].slot_keeper == "kiosk");
  CHECK(contains(refusal(entry + "token_file = \"c.token\"\n"), "token_file: belongs to systems of kind \"fhir\""));
  CHECK(contains(refusal(entry + "kind = \"fihr\"\n"), "kind: expected one of \"zms\", \"fhir\""));
  CHECK(contains(refusal(entry + "kind = \"fhir\"\nslot_keeper = \"me\"\n"), "slot_keeper: expected one of"));
}

TEST_CASE("an unknown key is refused with file, line and dotted key") {
  const std::string text = refusal("[kiosk]\nname = \"A\"\nnmae = \"B\"\n");
  CHECK(contains(text, "site.toml:3: kiosk.nmae: there is no such key"));
}

TEST_CASE("an unknown section is refused") {
  CHECK(contains(refusal("[kisok]\nname = \"A\"\n"), "site.toml:1: kisok"));
}

TEST_CASE("a wrong type names what was expected and found") {
  CHECK(contains(refusal("[idle]\nask_after_s = \"ninety\"\n"),
                 "site.toml:2: idle.ask_after_s: expected a whole number, found text"));
  CHECK(contains(refusal("sources = 3\n"), "sources: expected a list of tables"));
  CHECK(contains(refusal("[kiosk]\nlanguages = [\"en\", 3]\n"), "expected text in this list"));
}

TEST_CASE("a value out of range is refused") {
  CHECK(contains(refusal("[idle]\nask_after_s = 5\n"), "must be from 30 to 600"));
  CHECK(contains(refusal("[display]\npixel_pitch_mm = nan\n"), "must be from"));
  CHECK(contains(refusal("[display]\ntheme = \"blue\"\n"), "\"yellow-on-black\""));
}

TEST_CASE("what no kiosk can work with is refused, with the way out") {
  const auto refused = [](const std::string& text, const std::string& key, const std::string& way_out) {
    CAPTURE(text);
    const std::string why = refusal(text);
    CAPTURE(why);
    CHECK(contains(why, "site.toml:2: " + key + ": "));
    CHECK(contains(why, way_out));
    return why;
  };
  refused("[kiosk]\ntime_zone = \"Mars/Olympus\"\n", "kiosk.time_zone", "\"Europe/London\"");
  refused("[kiosk]\ntime_zone = \"\"\n", "kiosk.time_zone", "IANA");
  refused("[kiosk]\nlanguages = [\"en\", \"cy\", \"en\"]\n", "kiosk.languages", "\"en\" is there twice");
  refused("[data]\ndirectory = \"\"\n", "data.directory", "name a folder");
  refused("[kiosk]\nname = \"a\\u0007b\"\n", "kiosk.name", "U+0007");
  refused("[kiosk]\nname = \"a\\u202Eb\"\n", "kiosk.name", "U+202E");
  refused("[contact]\nhours = \"9 to 5\\n\"\n", "contact.hours", "U+000A");
  refused("[privacy]\nleave_now_words = [\"a\\u2066\"]\n", "privacy.leave_now_words", "U+2066");
  refused("[receipts]\nmanage_url = \"https:///a\"\n", "receipts.manage_url", "https://host/path");
  CHECK(contains(refusal("[[sources]]\nid = \"a\"\nname = \" \"\n"), "sources[0].name: is needed here"));
}

TEST_CASE("a password in an address is refused, and not repeated") {
  for (const char* url : {"https://user:hunter2@a.example/x", "http://hunter2@a.example", "https://@a.example"}) {
    const std::string why = refusal("[[sources]]\nid = \"a\"\nname = \"A\"\nurl = \"" + std::string(url) + "\"\n");
    CHECK(contains(why, "site.toml:4: sources[0].url: holds a user's name or password"));
    CHECK_FALSE(contains(why, "hunter2"));
  }
  const ConfigFile good("[[sources]]\nid = \"a\"\nname = \"A\"\nurl = \"https://a.example/x?who=me@b.example\"\n");
  CHECK(settings::load(good.path()).ok());
}

TEST_CASE("an error of what a key names has file, line and key in front") {
  const ConfigFile file("[areas]\npostcodes = [\n  \"a.csv\",\n  \"b.csv\",\n]\n");
  const auto loaded = settings::load(file.path());
  REQUIRE(loaded.ok());
  const core::Error error = core::make_error(core::ErrorKind::NotFound, "cannot open", "b.csv");
  CHECK(settings::at_key(*loaded, "areas.postcodes[1]", error).describe() ==
        file.path().string() + ":4: areas.postcodes[1]: b.csv: cannot open");
  CHECK(settings::line_of(*loaded, "areas.postcodes") == 2);
  CHECK(settings::line_of(*loaded, "topics.file") == 0);
  CHECK(settings::at_key(settings::Settings{}, "topics.file", error).describe() == error.describe());
}

TEST_CASE("all problems are told at once, in the order of lines") {
  const std::string text = refusal("[kiosk]\nnmae = 1\n[idle]\nask_after_s = 1\n");
  CHECK(text.find("kiosk.nmae") < text.find("idle.ask_after_s"));
}

TEST_CASE("syntax errors name the line") { CHECK(contains(refusal("[kiosk\nname = 1\n"), "site.toml:1")); }

TEST_CASE("ids are unique and links between entries resolve") {
  const std::string source = "[[sources]]\nid = \"a\"\nname = \"A\"\nurl = \"https://a.example\"\n";
  CHECK(contains(refusal(source + source), "\"a\" is there twice"));
  CHECK(contains(refusal(source + "[[actions]]\nsource = \"a\"\nservice = \"1\"\nbook = \"zms:3\"\n"),
                 "no [[bookings]] entry has the id \"zms\""));
  CHECK(contains(refusal("[[bookings]]\nid = \"z\"\nname = \"Z\"\n"), "url: is needed here"));
}

namespace {

const char* const kStreets = R"(
[[sources]]
id = "county"
name = "County"
[[reports]]
id = "streets"
name = "Street services"
url = "https://open311.example/v2"
)";

}  // namespace

TEST_CASE("kinds of report that another body looks after are read, each with a way to reach it") {
  const ConfigFile file(std::string(kStreets) + R"(
handed_over = [
  { types = ["LIGHT", "SIGNAL"], name = "County Council", phone = "01632 960100", hours = "weekdays" },
  { types = ["TREE"], name = "Tree wardens", service = "county:trees" },
]
)");
  const auto loaded = settings::load(file.path());
  REQUIRE(loaded.ok());
  const auto& over = loaded->reports.front().handed_over;
  REQUIRE(over.size() == 2);
  CHECK(over[0].types == std::vector<std::string>{"LIGHT", "SIGNAL"});
  CHECK(over[0].phone == "01632 960100");
  CHECK(over[1].service == "county:trees");
}

TEST_CASE("questions about what is to come are named by their codes") {
  const ConfigFile file(std::string(kStreets) + "future_questions = [\"WHEN\", \"CALL\"]\n");
  const auto loaded = settings::load(file.path());
  REQUIRE(loaded.ok());
  CHECK(loaded->reports.front().future_questions == std::vector<std::string>{"WHEN", "CALL"});
  CHECK(contains(refusal(std::string(kStreets) + "future_questions = \"WHEN\"\n"), "reports[0].future_questions"));
}

TEST_CASE("a hand-over that would leave people without a way on is refused") {
  const auto with = [](const char* entry) {
    return refusal(std::string(kStreets) + "handed_over = [" + entry + "]\n");
  };
  CHECK(contains(with(R"({ types = ["LIGHT"], name = "County" })"), "reports[0].handed_over[0].phone"));
  CHECK(contains(with(R"({ types = [], name = "County", phone = "1" })"), "types"));
  CHECK(contains(with(R"({ types = ["A", "A"], name = "County", phone = "1" })"), "\"A\" is there twice"));
  CHECK(contains(with(R"({ types = ["A"], phone = "1" })"), "name"));
  CHECK(contains(with(R"({ types = ["A"], name = "County", service = "elsewhere:x" })"), "[[sources]] id"));
  CHECK(contains(with(R"({ types = ["A"], name = "County", phone = "1", fax = "2" })"), "fax"));
}

TEST_CASE("a call back has to be one that a report system takes") {
  const auto with = [](const char* call_back) {
    return std::string(kStreets) + "[[bookings]]\nid = \"zms\"\nname = \"Registrars\"\nurl = \"https://z.example\"\n" +
           "call_back = \"" + call_back + "\"\n";
  };
  const ConfigFile file(with("streets:CALLBACK"));
  const auto loaded = settings::load(file.path());
  REQUIRE(loaded.ok());
  CHECK(loaded->bookings.front().call_back == "streets:CALLBACK");
  CHECK(contains(refusal(with("elsewhere:CALLBACK")), "call_back"));
  CHECK(contains(refusal(with("streets:")), "call_back"));
}

TEST_CASE("a missing file is an error that names it") {
  const auto loaded = settings::load("/nonexistent/site.toml");
  REQUIRE_FALSE(loaded.ok());
  CHECK(contains(loaded.error().describe(), "/nonexistent/site.toml"));
}

TEST_CASE("explain says where a value came from") {
  const ConfigFile file("[idle]\nask_after_s = 120\n");
  const auto given = settings::explain(file.path(), "idle.ask_after_s");
  REQUIRE(given.ok());
  CHECK(given->value == "120");
  CHECK(given->layer == file.path().string());
  const auto standing = settings::explain(file.path(), "idle.end_after_s");
  REQUIRE(standing.ok());
  CHECK(standing->layer == "built-in default");
  CHECK(settings::explain(file.path(), "idle.never").error().kind == core::ErrorKind::NotFound);
}

TEST_CASE("describe lists every section that the loader reads") {
  const auto list = settings::describe(settings::Settings{});
  for (const char* key : {"kiosk.name", "display.theme", "printer.port", "data.directory"}) {
    CAPTURE(key);
    CHECK(std::any_of(list.begin(), list.end(), [&](const auto& entry) { return entry.first == key; }));
  }
}

TEST_CASE("the example configuration is good, names every key, and shows the built-in defaults") {
  const std::filesystem::path example = std::filesystem::path(KIOSK_SOURCE_DIR) / "config/example.toml";
  const auto loaded = settings::load(example);
  REQUIRE(loaded.ok());
  std::ifstream file(example);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto defaults = settings::describe(settings::Settings{});
  const auto shown = settings::describe(*loaded);
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const auto& [key, value] = defaults[i];
    CAPTURE(key);
    CHECK(contains(text, key.substr(key.rfind('.') + 1)));
    if (key != "data.directory") CHECK(shown.at(i).second == value);
  }
}
