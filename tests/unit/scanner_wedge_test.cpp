// A scanner that types is told from a hand by its pace.
#include "drivers/scanner/wedge.h"
#include "tests/unit/catch.h"

namespace kiosk::scanner {
namespace {

using core::Milliseconds;

// Types `text` with a pause before each character, then Enter; gives what was scanned.
std::string scan(Wedge& wedge, std::string_view text, Milliseconds pause) {
  Milliseconds at{1'000'000};
  for (const char c : text) wedge.typed(std::string(1, c), at += pause);
  const auto scanned = wedge.enter(at + pause);
  return scanned ? scanned->reveal() : "";
}

TEST_CASE("what comes at a scanner's pace is a scan", "[scanner]") {
  Wedge wedge;
  CHECK(scan(wedge, "HTTPS://EXAMPLE.ORG/A/7K3M9QX4", Milliseconds(8)) == "HTTPS://EXAMPLE.ORG/A/7K3M9QX4");
  CHECK(scan(wedge, "7K3M9QX4", Milliseconds(0)) == "7K3M9QX4");
}

TEST_CASE("what comes at a hand's pace, or is too short, is none", "[scanner]") {
  Wedge wedge;
  CHECK(scan(wedge, "7K3M9QX4", Milliseconds(90)).empty());
  CHECK(scan(wedge, "abc", Milliseconds(5)).empty());
  CHECK(scan(wedge, "", Milliseconds(5)).empty());
}

TEST_CASE("a hand's letters before it are no part of a scan", "[scanner]") {
  Wedge wedge;
  wedge.typed("xyz", Milliseconds(500));
  CHECK(scan(wedge, "7K3M9QX4", Milliseconds(5)) == "7K3M9QX4");
}

TEST_CASE("what is too long is dropped as a whole, and the next scan is read", "[scanner]") {
  Wedge wedge;
  CHECK(scan(wedge, std::string(5'000, 'A'), Milliseconds(1)).empty());
  CHECK(scan(wedge, "7K3M9QX4", Milliseconds(5)) == "7K3M9QX4");
}

}  // namespace
}  // namespace kiosk::scanner
