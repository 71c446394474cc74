// Slips of a finger on a keyboard of glass, the same on every machine for a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kiosk::bench {

// splitmix64: what the standard library's distributions give differs by library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

// Puts `slips` errors into words of five letters or more (a to z), each into any of them: a letter too many (the one
// beside it, one near it, or any), one too few, a neighbour in place of it, two swapped. The text itself where it has
// no such word.
std::string with_slips(const std::string& text, std::size_t slips, Random& random);

}  // namespace kiosk::bench
