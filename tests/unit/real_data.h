// Real data for tests, never part of the project: $KIOSK_SHARED_DATA, or ../shared/data beside the checkout.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace kiosk::test {

// The folder of that name, or an empty path where there is none: the test then says "skipped: no real data".
inline std::filesystem::path real_data(std::string_view folder) {
  const char* given = std::getenv("KIOSK_SHARED_DATA");
  const std::filesystem::path base =
      given ? std::filesystem::path(given) : std::filesystem::path(KIOSK_SOURCE_DIR) / ".." / "shared" / "data";
  std::error_code ignored;
  const std::filesystem::path path = base / folder;
  return std::filesystem::is_directory(path, ignored) ? path : std::filesystem::path();
}

}  // namespace kiosk::test
