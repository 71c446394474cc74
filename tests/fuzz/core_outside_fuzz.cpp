// What every folder reads outside bytes with: JSON, times, text. The laws are those that the headers state.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/clock.h"
#include "kiosk/core/json.h"
#include "kiosk/core/strings.h"

using namespace kiosk::core;

namespace {

void must(bool held) {
  if (!held) std::abort();
}

void read_members(const Json& object) {
  for (const char* key : {"id", "name", "latitude", ""}) {
    json_text(object, key);
    json_number(object, key);
    json_integer(object, key);
    json_bool(object, key);
    must(json_array(object, key).is_array());
    must(json_object(object, key).is_object());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);

  if (const Result<Json> json = parse_json(bytes, "fuzz", 32); json.ok()) {
    read_members(*json);
    // What is written is read again, whatever it was.
    must(parse_json(dump_json(*json), "fuzz", 32).ok());
  }

  const std::string clean = sanitise_utf8(bytes);
  must(is_valid_utf8(clean));
  must(sanitise_utf8(clean) == clean);
  const std::string_view cut = truncate_utf8(clean, size / 2);
  must(cut.size() <= size / 2 && is_valid_utf8(cut));
  must(count_code_points(cut) <= cut.size());
  must(trim(trim(clean)) == trim(clean));
  for (const std::string& part : split(clean, ',')) must(!part.empty());

  if (const auto instant = parse_iso8601(bytes)) {
    // Before year 0 and after 9999 there are more than four digits to write.
    const std::string written = to_iso8601(*instant);
    if (written.size() == 24) must(parse_iso8601(written) == instant);
  }
  if (const auto date = parse_iso_date(bytes)) must(to_iso8601(*date) == bytes);
  return 0;
}
