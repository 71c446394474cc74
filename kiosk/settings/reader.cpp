#include "kiosk/settings/reader.h"

#include <sstream>

#include "kiosk/core/strings.h"
#include "kiosk/settings/checks.h"

namespace kiosk::settings {
namespace {

std::string type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

}  // namespace

TableReader::TableReader(ReadContext& context, const toml::table* table, std::string prefix)
    : context_(context), table_(table), prefix_(std::move(prefix)) {}

TableReader::~TableReader() {
  if (!table_) return;
  for (const auto& [key, node] : *table_) {
    if (!asked_.contains(key.str())) complain(&node, key.str(), "there is no such key");
  }
}

void TableReader::text(std::string_view key, std::string& out, std::size_t max_bytes) {
  const toml::node* node = member(key);
  if (!node) return;
  const auto value = node->value<std::string>();
  if (!node->is_string() || !value) return expected(node, key, "text");
  if (value->size() > max_bytes) return complain(node, key, "longer than " + std::to_string(max_bytes) + " bytes");
  if (std::string fault = fault_of_text(*value); !fault.empty()) return complain(node, key, std::move(fault));
  out = *value;
}

void TableReader::required_text(std::string_view key, std::string& out) {
  text(key, out);
  if (core::trim(out).empty()) complain(member(key) ? member(key) : table_, key, "is needed here");
}

void TableReader::whole(std::string_view key, int& out, int lowest, int highest) {
  const toml::node* node = member(key);
  if (!node) return;
  if (!node->is_integer()) return expected(node, key, "a whole number");
  const auto value = *node->value<std::int64_t>();
  if (value < lowest || value > highest) {
    return complain(node, key, "must be from " + std::to_string(lowest) + " to " + std::to_string(highest));
  }
  out = static_cast<int>(value);
}

void TableReader::number(std::string_view key, double& out, double lowest, double highest) {
  const toml::node* node = member(key);
  if (!node) return;
  if (!node->is_number()) return expected(node, key, "a number");
  const double value = *node->value<double>();
  if (!(value >= lowest && value <= highest)) {
    std::ostringstream range;
    range << "must be from " << lowest << " to " << highest;
    return complain(node, key, range.str());
  }
  out = value;
}

void TableReader::boolean(std::string_view key, bool& out) {
  const toml::node* node = member(key);
  if (!node) return;
  if (!node->is_boolean()) return expected(node, key, "true or false");
  out = *node->value<bool>();
}

void TableReader::texts(std::string_view key, std::vector<std::string>& out) {
  const toml::node* node = member(key);
  if (!node) return;
  const toml::array* array = node->as_array();
  if (!array) return expected(node, key, "a list of texts");
  std::vector<std::string> values;
  for (const toml::node& element : *array) {
    if (!element.is_string()) return expected(&element, key, "text in this list");
    std::string value = *element.value<std::string>();
    if (std::string fault = fault_of_text(value); !fault.empty()) return complain(&element, key, std::move(fault));
    context_.lines[dotted(key) + "[" + std::to_string(values.size()) + "]"] = line_of(element);
    values.push_back(std::move(value));
  }
  out = std::move(values);
}

void TableReader::path(std::string_view key, std::filesystem::path& out) {
  std::string value;
  text(key, value, 4096);
  if (!value.empty()) out = resolved(value);
}

void TableReader::paths(std::string_view key, std::vector<std::filesystem::path>& out) {
  std::vector<std::string> values;
  texts(key, values);
  for (const std::string& value : values) out.push_back(resolved(value));
}

const toml::table* TableReader::table(std::string_view key) {
  const toml::node* node = member(key);
  if (!node) return nullptr;
  if (!node->is_table()) expected(node, key, "a table");
  return node->as_table();
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
  std::vector<const toml::table*> found;
  const toml::node* node = member(key);
  if (!node) return found;
  const toml::array* array = node->as_array();
  if (!array) {
    expected(node, key, "a list of tables, written [[" + std::string(key) + "]]");
    return found;
  }
  for (const toml::node& element : *array) {
    if (element.is_table()) {
      found.push_back(element.as_table());
    } else {
      expected(&element, key, "a table in this list");
    }
  }
  return found;
}

void TableReader::complain(const toml::node* node, std::string_view key, std::string what) {
  context_.problems.push_back({node ? line_of(*node) : 0, dotted(key), std::move(what)});
}

void TableReader::complain(std::string_view key, std::string what) {
  const toml::node* node = table_ ? table_->get(key) : nullptr;
  complain(node ? node : table_, key, std::move(what));
}

const toml::node* TableReader::member(std::string_view key) {
  const bool first = asked_.emplace(key).second;
  const toml::node* node = table_ ? table_->get(key) : nullptr;
  if (node && first) {
    context_.given.push_back(dotted(key));
    context_.lines[dotted(key)] = line_of(*node);
  }
  return node;
}

void TableReader::expected(const toml::node* node, std::string_view key, std::string_view wanted) {
  complain(node, key, "expected " + std::string(wanted) + ", found " + type_name(*node));
}

std::string TableReader::dotted(std::string_view key) const {
  return prefix_.empty() ? std::string(key) : prefix_ + "." + std::string(key);
}

std::filesystem::path TableReader::resolved(const std::string& text) const {
  const std::filesystem::path path(text);
  return (path.is_absolute() ? path : context_.base / path).lexically_normal();
}

}  // namespace kiosk::settings
