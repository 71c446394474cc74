// UK postcodes as text. Rule: GOV.UK, "Bulk data transfer: additional validation valid", appendix C. Where a postcode
// lies is known to kiosk/areas alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::core {

// "ab12cd", " AB1 2CD" → "AB1 2CD"; nullopt for anything that is not one whole postcode.
std::optional<std::string> normalise_full_postcode(std::string_view text);

// "ab1" → "AB1": the part before the space, alone.
std::optional<std::string> normalise_outcode(std::string_view text);

// The full postcodes that stand as words of their own in free text, normalised, each once, in the order of the text.
std::vector<std::string> find_full_postcodes(std::string_view text);

}  // namespace kiosk::core
