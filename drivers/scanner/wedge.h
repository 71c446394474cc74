// A code scanner that types: USB scanners present themselves as keyboards ("keyboard wedge"), type what they read,
// faster than any hand, and end with Enter.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "kiosk/core/clock.h"
#include "kiosk/core/secret.h"

namespace kiosk::scanner {

struct WedgeOptions {
  core::Milliseconds longest_gap{60};  // between two characters: scanners leave 1 to 30 ms, fast typists 80 and more
  std::size_t least = 4;               // characters: fewer are a person's
  std::size_t most = 512;              // bytes: more is not ours, and all of it is dropped
};

// Listens along with the keyboard's text. Not thread-safe.
class Wedge {
 public:
  explicit Wedge(WedgeOptions options = {}) : options_(options) {}

  // Text as it came, at that moment (monotonic).
  void typed(std::string_view text, core::Milliseconds at);
  // Enter at that moment: what was scanned, where the characters before it came as fast as from a scanner. Enter is
  // part of it then, and presses nothing.
  std::optional<core::SecretText> enter(core::Milliseconds at);
  core::Milliseconds longest_gap() const { return options_.longest_gap; }

 private:
  void forget();
  WedgeOptions options_;
  core::SecretText text_;
  bool too_long_ = false;
  std::optional<core::Milliseconds> last_;
};

}  // namespace kiosk::scanner
