#include "kiosk/directory/envelope.h"

#include "kiosk/core/strings.h"
#include "kiosk/directory/record.h"

namespace kiosk::directory {

namespace {

using core::Json;

std::vector<Json> take_rows(Json& list) {
  std::vector<Json> rows;
  rows.reserve(list.size());
  for (Json& row : list) rows.push_back(std::move(row));
  return rows;
}

std::optional<std::int64_t> first_count(const Json& object, const char* key, const char* other) {
  std::optional<std::int64_t> count = core::json_integer(object, key);
  if (!count) count = core::json_integer(object, other);
  return count && *count >= 0 ? count : std::nullopt;
}

bool is_true(const Json& object, const char* key) { return core::json_bool(object, key).value_or(false); }

}  // namespace

core::Result<Page> read_page(Json answer, std::string_view where) {
  Page page;
  if (answer.is_array()) {
    page.rows = take_rows(answer);
    page.dialect = Dialect::Hsds3;
    page.says_last = true;
    return page;
  }
  const bool contents = answer.is_object() && answer.contains("contents") && answer["contents"].is_array();
  const bool content = !contents && answer.is_object() && answer.contains("content") && answer["content"].is_array();
  if (!contents && !content && !(answer.is_object() && is_true(answer, "empty"))) {
    return core::make_error(core::ErrorKind::Unsupported, "no list of services: neither contents nor content",
                            std::string(where));
  }
  if (contents) page.dialect = Dialect::Hsds3;
  if (content) page.dialect = Dialect::Oruk1;
  page.total_items = first_count(answer, "total_items", "totalElements");
  page.total_pages = first_count(answer, "total_pages", "totalPages");
  page.says_last = is_true(answer, "last_page") || is_true(answer, "last") || is_true(answer, "empty");
  if (contents || content) page.rows = take_rows(answer[contents ? "contents" : "content"]);
  return page;
}

std::optional<Dialect> dialect_of_version(std::string_view version) {
  const std::string lower = core::to_lower_ascii(core::trim(version));
  if (lower.empty()) return std::nullopt;
  if (lower.find("uk") != std::string::npos || lower[0] == 'v') {
    return lower.find('1') != std::string::npos && lower.find('3') == std::string::npos ? Dialect::Oruk1
                                                                                        : Dialect::Oruk3;
  }
  if (lower[0] == '3') return Dialect::Hsds3;
  if (lower[0] == '1') return Dialect::Oruk1;
  return std::nullopt;
}

}  // namespace kiosk::directory
