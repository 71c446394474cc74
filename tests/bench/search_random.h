// Chance that is the same on every machine: what the standard library's distributions give differs by library.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kiosk::bench {

class Random {  // splitmix64
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

// Of n things, the k-th is taken about 1/k as often as the first.
class Zipf {
 public:
  explicit Zipf(std::size_t n) {
    double sum = 0;
    for (std::size_t k = 1; k <= n; ++k) sums_.push_back(sum += 1.0 / static_cast<double>(k));
  }
  std::size_t pick(Random& random) const {
    const auto found = std::upper_bound(sums_.begin(), sums_.end(), random.unit() * sums_.back());
    return std::min<std::size_t>(static_cast<std::size_t>(found - sums_.begin()), sums_.size() - 1);
  }

 private:
  std::vector<double> sums_;
};

template <class List>
auto one_of(const List& list, Random& random) {
  return list[random.below(list.size())];
}

}  // namespace kiosk::bench
