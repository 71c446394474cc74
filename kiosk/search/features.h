// What a record says of itself that residents narrow lists by. Private to search.
#pragma once

#include <cstdint>

#include "kiosk/directory/model.h"

namespace kiosk::search {

// Bits of Filter that hold for the record itself; what depends on the hour, the place and the language is asked later.
std::uint16_t features_of(const directory::Service& service);

// Bits of kConceptLanguages that it is offered in.
std::uint16_t languages_of(const directory::Service& service);

}  // namespace kiosk::search
