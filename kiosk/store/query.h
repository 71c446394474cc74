// Short forms for statements that are used once. Parameters are ?1, ?2 … in order.
#pragma once

#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "kiosk/store/database.h"

namespace kiosk::store {

// INSERT, UPDATE, DELETE and the like.
template <class... Values>
core::Status execute(Database& database, std::string_view sql, const Values&... values) {
  KIOSK_TRY(Statement statement, database.prepare(sql));
  return statement.bind_all(values...).run();
}

// The first column of the first row, or nullopt where there is no row. T as for Statement::get.
// `KIOSK_TRY(auto name, query_one<std::string>(database, "SELECT name FROM place WHERE id = ?1", id));`
template <class T, class... Values>
core::Result<std::optional<T>> query_one(Database& database, std::string_view sql, const Values&... values) {
  KIOSK_TRY(Statement statement, database.prepare(sql));
  KIOSK_TRY(const bool found, statement.bind_all(values...).step());
  if (!found) return std::optional<T>{};
  return std::optional<T>{statement.get<T>(0)};
}

// The columns of the first row: `query_row<std::string, std::int64_t>(…)` gives an optional tuple.
template <class... Columns, class... Values>
requires(sizeof...(Columns) >
         0) core::Result<std::optional<std::tuple<Columns...>>> query_row(Database& database, std::string_view sql,
                                                                          const Values&... values) {
  using Row = std::tuple<Columns...>;
  KIOSK_TRY(Statement statement, database.prepare(sql));
  KIOSK_TRY(const bool found, statement.bind_all(values...).step());
  if (!found) return std::optional<Row>{};
  return [&]<std::size_t... index>(std::index_sequence<index...>) {
    return std::optional<Row>{Row{statement.get<Columns>(static_cast<int>(index))...}};
  }
  (std::index_sequence_for<Columns...>{});
}

// Calls `row(const Statement&)` for each row.
template <class Row, class... Values>
core::Status for_each_row(Database& database, std::string_view sql, Row&& row, const Values&... values) {
  KIOSK_TRY(Statement statement, database.prepare(sql));
  statement.bind_all(values...);
  for (;;) {
    KIOSK_TRY(const bool more, statement.step());
    if (!more) return {};
    row(std::as_const(statement));
  }
}

}  // namespace kiosk::store
