// Secret<T>: personal data and keys. Does not print, compare or convert by accident; its memory is wiped on
// destruction.
#pragma once

#include <string.h>

#include <string>
#include <string_view>
#include <utility>

namespace kiosk::core {

// Overwrites bytes in a way that the compiler may not remove (glibc explicit_bzero).
inline void wipe(void* bytes, std::size_t size) noexcept { explicit_bzero(bytes, size); }
// Wipes the whole buffer of a string, spare capacity and small-string storage included, and leaves it empty.
inline void wipe(std::string& text) noexcept {
  text.resize(text.capacity());
  wipe(text.data(), text.size());
  text.clear();
}

template <class T>
class Secret;

template <>
class Secret<std::string> {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(value) { wipe(value); }
  explicit Secret(std::string_view value) : value_(value) {}
  Secret(const Secret& other) = default;
  Secret(Secret&& other) noexcept : value_(other.value_) { wipe(other.value_); }  // NOLINT: copies, then wipes
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      wipe(value_);
      value_ = other.value_;
    }
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe(value_);
      value_ = other.value_;
      wipe(other.value_);
    }
    return *this;
  }
  ~Secret() { wipe(value_); }

  // Named so that every use stands out in review: only for showing it to its owner, sending and sealing it.
  const std::string& reveal() const noexcept { return value_; }
  bool empty() const noexcept { return value_.empty(); }
  std::size_t size() const noexcept { return value_.size(); }
  void clear() noexcept { wipe(value_); }
  // The one edit a keyboard needs: replace the whole text without leaving the old one behind.
  void assign(std::string_view text) {
    std::string next(text);
    wipe(value_);
    value_.swap(next);
  }

 private:
  std::string value_;
};

using SecretText = Secret<std::string>;

}  // namespace kiosk::core
