#include "kiosk/core/pause.h"
#include "kiosk/core/strings.h"
#include "tests/unit/catch.h"

using namespace kiosk::core;

TEST_CASE("strings: trimming takes ASCII space and no-break space") {
  CHECK(trim(" \t\r\n a b \xC2\xA0 ") == "a b");
  CHECK(trim("\xC2\xA0").empty());
  CHECK(trim("") == "");
  CHECK(trim("\xC3\xA0") == "\xC3\xA0");  // à ends in the same byte
}

TEST_CASE("strings: a text that is cut goes without the pause before the cut") {
  CHECK(without_pause("we empty your bins, ") == "we empty your bins");
  CHECK(without_pause("نفرغ حاوياتك، ") == "نفرغ حاوياتك");
  CHECK(without_pause("opens at 08:00 \u00B7 \u2068") == "opens at 08:00");
  CHECK(without_pause("first: second") == "first: second");
  CHECK(without_pause(" ...").empty());
}

TEST_CASE("strings: case, splitting, joining") {
  CHECK(to_lower_ascii("AbC-Ä") == "abc-Ä");
  CHECK(equals_ignoring_case("Content-Type", "content-type"));
  CHECK_FALSE(equals_ignoring_case("a", "ab"));
  CHECK(split(" a, b ,,c,", ',') == std::vector<std::string>{"a", "b", "c"});
  CHECK(split("", ',').empty());
  CHECK(join({"a", "b", ""}, "; ") == "a; b; ");
  CHECK(join({}, "; ").empty());
}

TEST_CASE("strings: UTF-8 is judged strictly") {
  for (const char* good :
       {"", "a", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CHECK(is_valid_utf8(good));
  }
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC2", "\xE2\x82", "\xFF"}) {
    CHECK_FALSE(is_valid_utf8(bad));
  }
}

TEST_CASE("strings: sanitising replaces each broken sequence once and drops controls") {
  const std::string replaced = "\xEF\xBF\xBD";
  CHECK(sanitise_utf8("a\tb\nc\r\x01\x7F\xC2\x85") == "a\tb\nc");
  CHECK(sanitise_utf8("\xE2\x82 x") == replaced + " x");
  CHECK(sanitise_utf8("\xC0\xAF") == replaced + replaced);
  CHECK(sanitise_utf8("\xF0\x9F\x98") == replaced);
  CHECK(sanitise_utf8("Łódź") == "Łódź");
}

TEST_CASE("strings: sanitised bytes are valid whatever came in") {
  std::string bytes;
  for (int seed = 0; seed < 5000; ++seed) {
    bytes.push_back(static_cast<char>((seed * 7919 + seed / 3) & 0xFF));
    if (bytes.size() > 40) bytes.erase(0, 7);
    CHECK(is_valid_utf8(sanitise_utf8(bytes)));
  }
}

TEST_CASE("strings: cutting and counting respect code points") {
  CHECK(truncate_utf8("aÄb", 2) == "a");
  CHECK(truncate_utf8("aÄb", 3) == "aÄ");
  CHECK(truncate_utf8("aÄb", 99) == "aÄb");
  CHECK(truncate_utf8("Ä", 1).empty());
  CHECK(count_code_points("aÄ€😀") == 4);
}
