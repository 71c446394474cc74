#include <set>

#include "kiosk/core/check_code.h"
#include "tests/unit/catch.h"

using namespace kiosk;

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// A simple generator with a known seed: the codes of a test are always the same.
core::RandomBytes seeded(std::uint32_t seed) {
  return [state = seed](std::uint8_t* bytes, std::size_t size) mutable {
    for (std::size_t i = 0; i < size; i++) {
      state = state * 1664525u + 1013904223u;
      bytes[i] = static_cast<std::uint8_t>(state >> 24);
    }
  };
}

}  // namespace

TEST_CASE("a made code is read back as it is", "[core][check_code]") {
  const core::RandomBytes random = seeded(7);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; i++) {
    const std::string code = core::make_check_code(random);
    REQUIRE(code.size() == 8);
    CHECK(code.find_first_not_of(kAlphabet) == std::string::npos);
    const auto parsed = core::parse_check_code(code);
    REQUIRE(parsed.ok());
    CHECK(*parsed == code);
    seen.insert(code);
  }
  CHECK(seen.size() == 1000);
}

TEST_CASE("codes forgive how people type", "[core][check_code]") {
  std::string code;
  const core::RandomBytes random = seeded(1);
  // One with both characters that are mistaken for letters.
  while (code.find('0') == std::string::npos || code.find('1') == std::string::npos) {
    code = core::make_check_code(random);
  }
  std::string typed = " ";
  bool first_one = true;
  for (const char character : code) {
    if (character == '0') {
      typed += "o-";
    } else if (character == '1') {
      typed += first_one ? "l " : "I";
      first_one = false;
    } else {
      typed += static_cast<char>(character >= 'A' ? character + 32 : character);
    }
  }
  const auto parsed = core::parse_check_code(typed + "\r\n");
  REQUIRE(parsed.ok());
  CHECK(*parsed == code);
  CHECK(core::parse_check_code(core::grouped_check_code(code)).ok());
}

TEST_CASE("every wrong character and every swap is noticed", "[core][check_code]") {
  const core::RandomBytes random = seeded(3);
  for (int i = 0; i < 20; i++) {
    const std::string code = core::make_check_code(random);
    for (std::size_t at = 0; at < code.size(); at++) {
      for (const char other : kAlphabet) {
        std::string wrong = code;
        wrong[at] = other;
        CHECK(core::parse_check_code(wrong).ok() == (other == code[at]));
      }
      for (std::size_t with = at + 1; with < code.size(); with++) {
        std::string swapped = code;
        std::swap(swapped[at], swapped[with]);
        CHECK(core::parse_check_code(swapped).ok() == (swapped == code));
      }
    }
  }
}

TEST_CASE("what is no code is refused", "[core][check_code]") {
  for (const char* typed : {"", "    ", "1234567", "123456789", "U1234567", "1234-567!", "\xC3\xA9"}) {
    CHECK_FALSE(core::parse_check_code(typed).ok());
  }
  CHECK(core::parse_check_code(std::string(100000, 'A')).error().kind == core::ErrorKind::Invalid);
  CHECK(core::grouped_check_code("7K3M9QX4") == "7K3M-9QX4");
}
