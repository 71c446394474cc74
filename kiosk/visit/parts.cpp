#include "kiosk/visit/parts.h"

#include <algorithm>

namespace kiosk::visit {

core::Milliseconds next_asking(core::Milliseconds since, int asked) {
  constexpr core::Milliseconds kFirstAfter{5'000}, kLongestPause{30'000};
  return since + std::min(kFirstAfter * (1 << std::min(asked, 3)), kLongestPause);
}

}  // namespace kiosk::visit
