// Postcodes as typed, scanned or pasted: any bytes are safe, and what is recognised is recognised again as itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/areas/areas.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto table = kiosk::areas::AreaTable::empty();
  if (const auto postcode = kiosk::areas::normalise_postcode(text)) {
    if (kiosk::areas::normalise_postcode(*postcode) != *postcode) std::abort();
    if (table->find(text).error().kind != kiosk::core::ErrorKind::NotFound) std::abort();
  }
  if (const auto found = kiosk::areas::find_postcode(text)) {
    if (kiosk::areas::normalise_postcode(*found) != *found) std::abort();
  }
  return 0;
}
