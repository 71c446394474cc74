#include "kiosk/core/pause.h"

#include <algorithm>
#include <array>

namespace kiosk::core {

std::string_view without_pause(std::string_view text) {
  constexpr std::array<std::string_view, 9> kPauses = {" ", ",", ";", ":", ".", "\u00B7", "\u060C", "\u061B", "\u2068"};
  const auto ends = [&](std::string_view pause) { return text.ends_with(pause); };
  for (;;) {
    const auto pause = std::find_if(kPauses.begin(), kPauses.end(), ends);
    if (pause == kPauses.end()) return text;
    text.remove_suffix(pause->size());
  }
}

}  // namespace kiosk::core
