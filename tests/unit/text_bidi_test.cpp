#include "kiosk/core/strings.h"
#include "kiosk/text/bidi.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::text;

TEST_CASE("A language says which way it is written") {
  CHECK(direction_of("ar") == Direction::RightToLeft);
  CHECK(direction_of("ur") == Direction::RightToLeft);
  CHECK(direction_of("fa-IR") == Direction::RightToLeft);
  CHECK(direction_of("cy") == Direction::LeftToRight);
  CHECK(direction_of("xx-unknown") == Direction::LeftToRight);
}

TEST_CASE("Isolating keeps stray isolates from reaching out") {
  CHECK(isolate("abc") == "\u2068abc\u2069");
  CHECK(isolate("a\u2069b\u2067c") == "\u2068abc\u2069");
  CHECK(without_bidi_controls(isolate("a\u202Eb")) == "ab");
  CHECK(without_stray_bidi_controls("\u2068a\u2069, \u2068b\u202E\u2069") == "\u2068a\u2069, \u2068b\u2069");
  for (const char* stray : {"a\u2069b", "a\u2068b", "\u2069a\u2068b", "\u2066\u2068a\u2069b",
                            "\u2068a\u2069\u2069b\u2068", "\u2067020 7946 0018\u2069"})
    CHECK(without_stray_bidi_controls(stray) == without_bidi_controls(stray));
}

TEST_CASE("Right-to-left characters are found") {
  CHECK(has_right_to_left("Call مرحبا"));
  CHECK(has_right_to_left("\u0661"));
  CHECK_FALSE(has_right_to_left("Zażółć ŵ £4.50"));
  CHECK_FALSE(has_right_to_left("\xFF\xFE"));
}

TEST_CASE("Text from outside is made harmless") {
  SECTION("overrides, tags and marks go") {
    CHECK(clean_outside_text("pay\u202Egnp.exe\u202C") == "paygnp.exe");
    CHECK(clean_outside_text("a\u2066b\u2069\uFEFFc") == "abc");
    CHECK(clean_outside_text("a\U000E0041b\uFFFEc\uE000d") == "abcd");
  }
  SECTION("controls go, line ends are one kind, tabs are spaces") {
    CHECK(clean_outside_text("a\x01\x1B[31mb\tc\r\nd\u2028e") == "a[31mb c\nd\ne");
  }
  SECTION("what spelling needs stays") {
    CHECK(clean_outside_text("می\u200Cخواهم") == "می\u200Cخواهم");
    CHECK(clean_outside_text("Llŷn £5 – 'fine'") == "Llŷn £5 – 'fine'");
  }
  SECTION("invalid bytes are shown as such") {
    const std::string cleaned = clean_outside_text("ok\xC3(\xFF\xED\xA0\x80");
    CHECK(core::is_valid_utf8(cleaned));
    CHECK(cleaned.starts_with("ok\uFFFD(\uFFFD"));
  }
  SECTION("towers of marks are cut down") {
    std::string tower = "a";
    for (int i = 0; i < 500; ++i) tower += "\u0301";
    CHECK(clean_outside_text(tower).size() == 1 + 8 * 2);
  }
  SECTION("length is bounded between characters") {
    const std::string megabyte(1 << 20, 'x');
    CHECK(clean_outside_text(megabyte, 1000).size() == 1000);
    CHECK(clean_outside_text("ŵŵŵ", 3) == "ŵ");
  }
}

TEST_CASE("Unbroken text has no place to break") { CHECK(unbroken("020 79-46") == "020\u00A079\u201146"); }

TEST_CASE("Lines without a right-to-left letter keep their own order beside those that have some") {
  CHECK(lines_in_own_direction("مرحبا\nBuses 2 and 7.\n\n\u200f\u2022 Passport") ==
        "مرحبا\n\u2066Buses 2 and 7.\u2069\n\n\u200f\u2022 Passport");
  CHECK(lines_in_own_direction("").empty());
}
