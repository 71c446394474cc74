// JSON from outside, read with care: bounded, and lenient about types where the world is (a number for a string).
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/core/result.h"

namespace kiosk::core {

using Json = nlohmann::json;

// Parses `bytes` to at most `max_depth` levels; never throws. `where` names the source in the error. Invalid UTF-8 is
// an error. The caller bounds the size.
Result<Json> parse_json(std::string_view bytes, std::string_view where, int max_depth = 64);

// A member as text: strings as they are (trimmed), numbers and booleans printed, anything else and a missing member "".
std::string json_text(const Json& object, const char* key);
// A member as a number: numbers, and strings that hold one wholly. Integers saturate nowhere: out of range is nullopt.
std::optional<double> json_number(const Json& object, const char* key);
std::optional<std::int64_t> json_integer(const Json& object, const char* key);
// true/false, 1/0, "true"/"false"/"1"/"0" in any case.
std::optional<bool> json_bool(const Json& object, const char* key);
// A member that is an array or object; otherwise an empty one of that kind. The reference lives as long as `object`.
const Json& json_array(const Json& object, const char* key);
const Json& json_object(const Json& object, const char* key);
// Compact text; invalid UTF-8 inside is replaced, so that it never throws.
std::string dump_json(const Json& value, int indent = -1);

}  // namespace kiosk::core
