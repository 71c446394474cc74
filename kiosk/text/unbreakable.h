// Where a line may not be broken though its characters would let it. Private to text/.
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/text/layout.h"

namespace kiosk::text {

// Telephone numbers ("01632 960200"), British postcodes ("NF1 1SW"), codes in groups ("7K3M-9QX4"), a time with the
// word before it ("at 09:00"), words like "e-mail", and the parts of e-mail and web addresses, which may break behind
// "@", "." and "/" alone, in a path behind "-" too, and not behind "://". In order, not overlapping; each up to 40
// bytes, so that it fits on a line where anything does. Pure.
std::vector<ByteRange> unbreakable(std::string_view utf8);

}  // namespace kiosk::text
