// One request and its answer, apart from the HTTP library: what the pretend back ends are written against.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/strings.h"

namespace kiosk::sandbox {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Call {
  std::string method;
  std::string path;  // percent-decoded, without the query
  Pairs query;       // percent-decoded
  Pairs headers;
  std::string body;
  std::string client;  // its address

  std::optional<std::string> param(std::string_view name) const {
    const auto it = std::find_if(query.begin(), query.end(), [&](const auto& pair) { return pair.first == name; });
    return it == query.end() ? std::nullopt : std::optional(it->second);
  }
  std::string param_or_empty(std::string_view name) const { return param(name).value_or(std::string()); }
  std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (core::equals_ignoring_case(key, name)) return value;
    }
    return {};
  }
};

// The fields of a query or of an application/x-www-form-urlencoded body, decoded, in their order.
Pairs form_fields(std::string_view text);

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  Pairs headers;

  static Answer json(const core::Json& value, int status = 200) {
    return {status, "application/json; charset=utf-8", core::dump_json(value), {}};
  }
};

}  // namespace kiosk::sandbox
