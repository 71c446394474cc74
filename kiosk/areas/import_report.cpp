#include "kiosk/areas/import_report.h"

#include <algorithm>

namespace kiosk::areas {

void ImportReport::skip(std::string_view reason, const std::string& where, std::size_t line) {
  const auto known =
      std::find_if(skipped.begin(), skipped.end(), [&](const SkippedRows& rows) { return rows.reason == reason; });
  if (known != skipped.end()) {
    ++known->count;
  } else {
    skipped.push_back({std::string(reason), 1, where + ":" + std::to_string(line)});
  }
}

std::size_t ImportReport::skipped_rows() const {
  std::size_t count = 0;
  for (const SkippedRows& rows : skipped) count += rows.count;
  return count;
}

}  // namespace kiosk::areas
