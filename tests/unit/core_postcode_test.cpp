#include "kiosk/core/postcode.h"
#include "tests/unit/catch.h"

using namespace kiosk::core;

TEST_CASE("postcode: one spelling for every form") {
  for (const char* text : {"SW1A 1AA", "sw1a1aa", " Sw1A  1aA "}) CHECK(normalise_full_postcode(text) == "SW1A 1AA");
  for (const char* text : {"M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "GIR 0AA"}) {
    CHECK(normalise_full_postcode(text) == text);
  }
}

TEST_CASE("postcode: what is none") {
  for (const char* text : {"", "SW1A", "SW1A 1A", "1SW 1AA", "SI1 1AA", "ABC 1234", "SW1A-1AA", "SW1A 1AA 1", "🙂"}) {
    CHECK_FALSE(normalise_full_postcode(text).has_value());
  }
  CHECK(normalise_outcode("bs34") == "BS34");
  CHECK_FALSE(normalise_outcode("BS34 5LP").has_value());
}

TEST_CASE("postcode: found in free text, each once") {
  CHECK(find_full_postcodes("23 The Parade, Bristol, BS34 5LP. Or BS345LP, or bs1 4dj") ==
        std::vector<std::string>{"BS34 5LP", "BS1 4DJ"});
  CHECK(find_full_postcodes("the A38 is 2km away; B33, 8TH floor").empty());
  CHECK(find_full_postcodes("").empty());
}
