// A JSON dump of services, read record by record: only one record is held apart from the file's own bytes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/dialect_name.h"

namespace kiosk::directory {

struct DumpRecord {
  core::Json json;
  std::string place;  // "record 12"
  Dialect expected = Dialect::Hsds3;
};

// Forms as in import.h. `lines`: one JSON object a line. Errors: Invalid (not JSON, or no services in it; names the
// byte or line) and whatever `use` returns, which ends the reading.
core::Status for_each_dumped(std::string_view bytes, std::string_view where, bool lines,
                             std::vector<std::string>& notes,
                             const std::function<core::Status(const DumpRecord&)>& use);

}  // namespace kiosk::directory
