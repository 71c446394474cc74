#include "kiosk/core/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "kiosk/core/strings.h"

namespace kiosk::core {

namespace {

// Brackets open at once, outside strings. Counted before parsing: what walks the tree later does so recursively.
int nesting_depth(std::string_view bytes) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return deepest;
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  text = trim(text);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> finite(std::optional<double> value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> whole(double value) {
  constexpr double kLimit = 9'223'372'036'854'775'808.0;  // 2^63
  if (std::trunc(value) != value || value < -kLimit || value >= kLimit) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace

Result<Json> parse_json(std::string_view bytes, std::string_view where, int max_depth) {
  if (nesting_depth(bytes) > max_depth) {
    return make_error(ErrorKind::Invalid, "JSON is nested too deeply", std::string(where));
  }
  try {
    return Json::parse(bytes.begin(), bytes.end());
  } catch (const Json::parse_error& error) {
    // The library's own words quote the input, which may be personal.
    return make_error(ErrorKind::Invalid, "not JSON, from byte " + std::to_string(error.byte), std::string(where));
  } catch (const Json::exception&) {
    return make_error(ErrorKind::Invalid, "JSON holds a number out of range", std::string(where));
  }
}

std::string json_text(const Json& object, const char* key) {
  const Json* value = member(object, key);
  if (!value) return {};
  if (value->is_string()) return std::string(trim(value->get_ref<const std::string&>()));
  if (value->is_number() || value->is_boolean()) return value->dump();
  return {};
}

std::optional<double> json_number(const Json& object, const char* key) {
  const Json* value = member(object, key);
  if (!value) return std::nullopt;
  if (value->is_number()) return finite(value->get<double>());
  if (value->is_string()) return finite(parse_whole<double>(value->get_ref<const std::string&>()));
  return std::nullopt;
}

std::optional<std::int64_t> json_integer(const Json& object, const char* key) {
  const Json* value = member(object, key);
  if (!value) return std::nullopt;
  if (value->is_number_unsigned()) {
    const auto number = value->get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (value->is_number_integer()) return value->get<std::int64_t>();
  if (value->is_number_float()) return whole(value->get<double>());
  if (value->is_string()) return parse_whole<std::int64_t>(value->get_ref<const std::string&>());
  return std::nullopt;
}

std::optional<bool> json_bool(const Json& object, const char* key) {
  const std::string text = json_text(object, key);
  if (text == "1" || equals_ignoring_case(text, "true")) return true;
  if (text == "0" || equals_ignoring_case(text, "false")) return false;
  return std::nullopt;
}

const Json& json_array(const Json& object, const char* key) {
  static const Json kEmpty = Json::array();
  const Json* value = member(object, key);
  return value && value->is_array() ? *value : kEmpty;
}

const Json& json_object(const Json& object, const char* key) {
  static const Json kEmpty = Json::object();
  const Json* value = member(object, key);
  return value && value->is_object() ? *value : kEmpty;
}

std::string dump_json(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace kiosk::core
