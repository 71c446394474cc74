// Postcodes inside free text: "bins at ab1 2cd" is about bins, and about an address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/areas/areas.h"

namespace kiosk::areas {

struct Mention {
  Answer answer;
  std::string rest;  // the text without the postcode; a space at its end says that the last word is finished
};

// The first full postcode that the table holds, else the first outcode. What the table does not hold is left in the
// text: it may mean something else.
std::optional<Mention> find_mention(std::string_view text, const AreaTable& table);

}  // namespace kiosk::areas
