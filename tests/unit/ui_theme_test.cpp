#include "kiosk/ui/theme.h"
#include "tests/unit/catch.h"

namespace kiosk::ui {

TEST_CASE("every theme keeps text at 7:1 and edges at 3:1") {
  for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::BlackOnWhite, ThemeName::YellowOnBlack}) {
    for (const ContrastFault& fault : check(theme(name))) {
      INFO(static_cast<int>(name) << ": " << fault.what << " " << fault.ratio);
      CHECK(fault.ratio >= fault.needed);
    }
  }
}

TEST_CASE("contrast is WCAG's") {
  CHECK(contrast(rgb(0x000000), rgb(0xffffff)) == Approx(21.0));
  CHECK(contrast(rgb(0x777777), rgb(0xffffff)) == Approx(4.48).epsilon(0.01));
  CHECK(contrast(rgb(0x123456), rgb(0x123456)) == Approx(1.0));
}

TEST_CASE("a pale primary is refused, and says why; a dark one is taken") {
  const auto pale = with_primary(theme(ThemeName::Light), rgb(0x7fb3ff));
  REQUIRE_FALSE(pale.ok());
  CHECK(pale.error().kind == core::ErrorKind::Invalid);
  CHECK(pale.error().what.find(":1") != std::string::npos);
  const auto dark = with_primary(theme(ThemeName::Light), rgb(0x3b1464));
  REQUIRE(dark.ok());
  CHECK(dark->primary == rgb(0x3b1464));
  CHECK(check(*dark).empty());
}

TEST_CASE("high contrast keeps its own colours whatever the authority's are") {
  const auto kept = with_primary(theme(ThemeName::YellowOnBlack), rgb(0x3b1464));
  REQUIRE(kept.ok());
  CHECK(*kept == theme(ThemeName::YellowOnBlack));
}

TEST_CASE("colours are read strictly") {
  CHECK(parse_colour("#0a5c63").value() == rgb(0x0a5c63));
  for (const char* bad : {"", "0a5c63", "#0a5c6", "#0a5c633", "#0a5c6g"}) CHECK_FALSE(parse_colour(bad).ok());
}

TEST_CASE("text never falls below 4.8 mm, and headings stay above body text") {
  for (int size = 0; size < kTextSizes; ++size) {
    CHECK(cap_height_mm(Type::Body, size) >= 4.8);
    CHECK(cap_height_mm(Type::Heading, size) > cap_height_mm(Type::Body, size));
    CHECK(cap_height_mm(Type::Title, size) > cap_height_mm(Type::Heading, size));
  }
  CHECK(cap_height_mm(Type::Body, 3) == Approx(9.0));
}

}  // namespace kiosk::ui
