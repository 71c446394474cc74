// Result<T>: a value or an Error. No exception crosses a folder's face; C++20 has no std::expected yet.
#pragma once

#include <cassert>
#include <optional>
#include <utility>
#include <variant>

#include "kiosk/core/error.h"

namespace kiosk::core {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  // Only where ok().
  T& value() & { return *checked(); }
  const T& value() const& { return *const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(*checked()); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return checked(); }
  const T* operator->() const { return const_cast<Result*>(this)->checked(); }
  T value_or(T fallback) && { return ok() ? std::move(*checked()) : std::move(fallback); }

  // Only where not ok().
  const Error& error() const& {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    assert(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  T* checked() {
    assert(ok());
    return std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  bool ok() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return ok(); }
  const Error& error() const& { return *error_; }
  Error&& error() && { return std::move(*error_); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace kiosk::core

#define KIOSK_CONCAT_(a, b) a##b
#define KIOSK_CONCAT(a, b) KIOSK_CONCAT_(a, b)
// KIOSK_TRY(auto rows, database.query(...)): declares `rows`, or returns the error from the enclosing function.
#define KIOSK_TRY(declaration, expression)                                                                          \
  auto KIOSK_CONCAT(kiosk_result_, __LINE__) = (expression);                                                        \
  if (!KIOSK_CONCAT(kiosk_result_, __LINE__).ok()) return std::move(KIOSK_CONCAT(kiosk_result_, __LINE__)).error(); \
  declaration = std::move(KIOSK_CONCAT(kiosk_result_, __LINE__)).value()  // NOLINT(bugprone-macro-parentheses)
// KIOSK_CHECK(expression): returns the error of a Status from the enclosing function.
#define KIOSK_CHECK(expression) \
  if (auto kiosk_status = (expression); !kiosk_status.ok()) return std::move(kiosk_status).error()
