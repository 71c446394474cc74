// A prepared statement: bind, step, read. No step goes unchecked.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "kiosk/core/result.h"

struct sqlite3_stmt;

namespace kiosk::store {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// Movable; belongs to the thread of its Database, and must not outlive it.
class Statement {
 public:
  Statement(Statement&&) noexcept = default;
  Statement& operator=(Statement&&) noexcept = default;
  ~Statement() = default;

  // Values for ?1, ?2 … (from 1) or for ":name". Text and blobs are copied. A parameter that does not exist, or a value
  // that is too large, is told by the next step(): binding chains, `statement.bind(1, id).bind(":name", name)`.
  Statement& bind(int index, std::nullptr_t);
  template <std::integral Integer>  // bool too; sizes beyond 2^63 are an error
  Statement& bind(int index, Integer value) {
    return std::in_range<std::int64_t>(static_cast<Whole<Integer>>(value))
               ? bind_integer(index, static_cast<std::int64_t>(value))
               : refuse("a number is out of range");
  }
  Statement& bind(int index, double value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, const std::string& text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, const char* text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, ByteView bytes);
  Statement& bind(int index, const Bytes& bytes) { return bind(index, ByteView(bytes)); }
  template <class T>
  Statement& bind(int index, const std::optional<T>& value) {
    return value ? bind(index, *value) : bind(index, nullptr);
  }
  template <class T>
  Statement& bind(std::string_view name, const T& value) {
    return bind(parameter(name), value);
  }
  // All parameters from ?1 on.
  template <class... Values>
  Statement& bind_all(const Values&... values) {
    [[maybe_unused]] int index = 0;
    (bind(++index, values), ...);
    return *this;
  }

  // True: there is a row to read. False: done, and reset. Errors reset too.
  core::Result<bool> step();
  // Steps to the end, leaving rows unread.
  core::Status run();
  // Ready for new values: rows are dropped and all parameters are NULL again.
  void reset();

  // Columns from 0, after step() was true. SQLite converts between types: NULL reads as 0, "" or an empty blob.
  int columns() const;
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  std::string text(int column) const { return std::string(text_view(column)); }
  std::string_view text_view(int column) const;  // until the next step, reset or other read of this column
  Bytes blob(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  std::optional<double> optional_real(int column) const;
  std::optional<std::string> optional_text(int column) const;

  // A column as T: integers, bool, double, std::string, Bytes, or std::optional of these.
  template <class T>
  T get(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  // std::in_range takes no bool.
  template <class Integer>
  using Whole = std::conditional_t<std::same_as<Integer, bool>, int, Integer>;
  Statement& bind_integer(int index, std::int64_t value);
  Statement& refuse(std::string_view why);
  int parameter(std::string_view name);
  Statement& note(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::optional<core::Error> bind_error_;
};

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
}  // namespace detail

template <class T>
T Statement::get(int column) const {
  if constexpr (detail::is_optional<T>) {
    return is_null(column) ? T{} : T{get<typename T::value_type>(column)};
  } else if constexpr (std::same_as<T, bool>) {
    return boolean(column);
  } else if constexpr (std::integral<T>) {
    return static_cast<T>(integer(column));
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(real(column));
  } else if constexpr (std::same_as<T, Bytes>) {
    return blob(column);
  } else {
    static_assert(std::same_as<T, std::string>, "no such column type");
    return text(column);
  }
}

}  // namespace kiosk::store
