// JSON from outside: parsing never throws and never goes too deep, the lenient readers take any value, and what was
// parsed prints and parses to the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/json.h"

namespace {

using namespace kiosk;

void read_leniently(const core::Json& value) {
  for (const char* key : {"id", "name", "a", ""}) {
    static_cast<void>(core::json_text(value, key).size());
    static_cast<void>(core::json_number(value, key).has_value());
    static_cast<void>(core::json_integer(value, key).has_value());
    static_cast<void>(core::json_bool(value, key).has_value());
    if (!core::json_array(value, key).is_array() || !core::json_object(value, key).is_object()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const core::Result<core::Json> json = core::parse_json(bytes, "fuzz", 16);
  if (!json.ok()) return 0;
  read_leniently(*json);
  if (json->is_array() && !json->empty()) read_leniently(json->front());
  const std::string text = core::dump_json(*json);
  const core::Result<core::Json> again = core::parse_json(text, "again", 16);
  if (!again.ok() || core::dump_json(*again) != text) std::abort();
  return 0;
}
