// An engine that the tests share, and styles in a line.
#pragma once

#include <string>

#include "kiosk/text/layout.h"
#include "tests/unit/catch.h"

namespace text_test {

using namespace kiosk;
using namespace kiosk::text;

inline TextEngine& engine() {
  static const auto shared = TextEngine::create();
  REQUIRE(shared.ok());
  return **shared;
}

inline TextStyle style(std::string language, double size = 40, int width = 0) {
  TextStyle result;
  result.language = std::move(language);
  result.size_px = size;
  result.max_width_px = width;
  return result;
}

}  // namespace text_test
