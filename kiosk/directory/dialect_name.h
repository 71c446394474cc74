// The dialects that feeds speak.
#pragma once

#include <optional>
#include <string_view>

namespace kiosk::directory {

enum class Dialect {
  Hsds3,    // Human Services Data Specification 3.x
  Oruk3,    // its UK profile 3.0: fewer fields and filters
  Oruk1,    // Open Referral UK 1.0
  Outpost,  // Outpost (Buckinghamshire): the envelope of ORUK 1.0 around records of its own
};

std::string_view to_string(Dialect dialect);  // "hsds3", "oruk3", "oruk1", "outpost"
std::optional<Dialect> dialect_from(std::string_view name);

}  // namespace kiosk::directory
