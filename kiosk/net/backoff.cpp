#include "kiosk/net/backoff.h"

#include <algorithm>

namespace kiosk::net {

Backoff::Backoff(std::uint64_t seed, BackoffOptions options) : options_(options), random_(seed) {}

core::Milliseconds Backoff::next() {
  core::Milliseconds whole = options_.first;
  for (int i = 0; i < tries_ && whole < options_.at_most; ++i) whole *= 2;
  whole = std::min(whole, options_.at_most);
  ++tries_;
  // By hand: what std::uniform_int_distribution makes of a seed differs between libraries.
  const auto half = static_cast<std::uint64_t>(whole.count() / 2);
  const std::uint64_t extra = half == 0 ? 0 : random_() % (half + 1);
  return whole - core::Milliseconds(static_cast<std::int64_t>(extra));
}

void Backoff::reset() { tries_ = 0; }

}  // namespace kiosk::net
