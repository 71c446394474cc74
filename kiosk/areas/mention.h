// Postcodes inside free text: "bins at ab1 2cd" is about bins, and about an address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/areas/areas.h"

namespace kiosk::areas {

struct Mention {
  Answer answer;
  std::string rest;   // the text without the postcode; a space at its end says that the last word is finished
  bool known = true;  // false: a full postcode that the table does not hold; of `answer` the postcode alone is set
};

// The first full postcode that the table holds, else the first that it does not hold, else the first outcode that it
// holds. An outcode may be a word all the same ("vitamin B12"): whoever asks decides between the text and `rest`.
std::optional<Mention> find_mention(std::string_view text, const AreaTable& table);

}  // namespace kiosk::areas
