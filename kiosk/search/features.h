// What a record says of itself that residents narrow lists by. Private to search.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "kiosk/directory/model.h"
#include "kiosk/search/contents.h"

namespace kiosk::search {

// The folded words of a record's texts, each with a space behind it: by Field.
using SaidByField = std::array<std::string, kFields>;

// What holds for the record itself; what depends on the hour, the place and the language is asked later.
Features features_of(const directory::Service& service, const SaidByField& said);

// Bits of kConceptLanguages that it is offered in.
std::uint16_t languages_of(const directory::Service& service);

}  // namespace kiosk::search
