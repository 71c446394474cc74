// CSV: any bytes end in records within the limits or in an error that names a line; and what is written back, quoted,
// reads as the same records.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/csv.h"

namespace {

using namespace kiosk;

constexpr core::CsvLimits kLimits{.max_fields = 50, .max_field_bytes = 4096};

bool read_all(std::string_view bytes, std::vector<std::vector<std::string>>& records) {
  core::CsvReader reader(bytes, "fuzz", kLimits);
  std::vector<std::string> record;
  for (;;) {
    const core::Result<bool> more = reader.next(record);
    if (!more.ok()) {
      if (more.error().where.find("fuzz:") != 0) std::abort();
      return false;
    }
    if (!*more) return true;
    if (record.empty() || record.size() > kLimits.max_fields) std::abort();
    records.push_back(record);
  }
}

std::string write(const std::vector<std::vector<std::string>>& records) {
  std::string out;
  for (const auto& record : records) {
    for (std::size_t i = 0; i < record.size(); ++i) {
      out += i == 0 ? "\"" : ",\"";
      for (const char c : record[i]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      out += '"';
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::vector<std::vector<std::string>> records, again;
  if (read_all(bytes, records)) {
    if (!read_all(write(records), again) || again != records) std::abort();
  }
  core::Result<core::CsvTable> table = core::CsvTable::open(bytes, "fuzz", kLimits);
  while (table.ok()) {
    const core::Result<bool> more = table->next();
    if (!more.ok() || !*more) break;
    for (const std::string& column : table->columns()) static_cast<void>(table->field(column).size());
  }
  return 0;
}
