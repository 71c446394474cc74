// What the tests of app share: a moment, the files that the project ships, and its words.
#pragma once

#include <chrono>
#include <filesystem>

#include "kiosk/core/clock.h"
#include "kiosk/text/words.h"
#include "tests/unit/catch.h"

namespace app_test {

using namespace kiosk;

// Tuesday 24 November 2026, 10:00 UTC, which is the time in London too.
inline const core::Instant kMorning = std::chrono::sys_days(std::chrono::year{2026} / 11 / 24) + std::chrono::hours(10);
inline const std::filesystem::path kAssets = std::filesystem::path(KIOSK_SOURCE_DIR) / "assets";
inline const std::filesystem::path kDemo = kAssets / "demo";

inline const text::Words& words() {
  static const auto loaded = text::Words::load(kAssets / "words");
  if (!loaded.ok()) FAIL(loaded.error().describe());
  return **loaded;
}

}  // namespace app_test
