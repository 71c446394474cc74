// A page of a list: the envelopes of HSDS 3 ("contents") and of ORUK 1.0 and Outpost ("content"), lenient about all
// that publishers leave out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/dialect_name.h"

namespace kiosk::directory {

struct Page {
  std::vector<core::Json> rows;
  std::optional<Dialect> dialect;  // Hsds3 or Oruk1, as the name of the array says; nullopt for an empty page without
  std::optional<std::int64_t> total_items, total_pages;
  bool says_last = false;  // last_page or last is true, or empty is
};

// Unsupported where the object is no page of a list. A bare array counts as one page, the last.
core::Result<Page> read_page(core::Json answer, std::string_view where);

// The version member of `GET /`: "3.0" → Hsds3; "HSDS-UK-3.0", "V3" → Oruk3; "1.0" → Oruk1; nullopt for others.
std::optional<Dialect> dialect_of_version(std::string_view version);

}  // namespace kiosk::directory
