// A tabular HSDS package (one CSV a table) put together into nested service records, as the API would send them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"

namespace kiosk::directory {

// `path`: the package's folder, or its datapackage.json. Tables are found by the resources of datapackage.json, else
// by their file names. Calls `use(record, place)` for each row of services, `place` being "services.csv:12". `notes`
// gets what staff may want to know. Errors: NotFound (no services table), Invalid (names file and line), Full, and
// whatever `use` returns.
core::Status for_each_tabular_service(const std::filesystem::path& path, std::size_t max_bytes,
                                      std::vector<std::string>& notes,
                                      const std::function<core::Status(const core::Json&, const std::string&)>& use);

}  // namespace kiosk::directory
