#include "kiosk/promises/desk_parts.h"

#include <array>

namespace kiosk::promises {

using core::ErrorKind;

std::string random_id(const core::RandomBytes& random) {
  std::array<std::uint8_t, 16> bytes{};
  random(bytes.data(), bytes.size());
  constexpr char kDigits[] = "0123456789abcdef";
  std::string id;
  for (const std::uint8_t byte : bytes) id.append({kDigits[byte >> 4], kDigits[byte & 15]});
  return id;
}

bool was_not_heard(const core::Error& error) {
  return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::RateLimited;
}

bool is_open_question(const core::Error& error) {
  return core::outcome_unknown(error) || error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Unsupported ||
         error.kind == ErrorKind::Full || error.kind == ErrorKind::Io || error.kind == ErrorKind::Internal;
}

bool is_definite_no(const core::Error& error) {
  return error.kind == ErrorKind::Refused || error.kind == ErrorKind::Invalid;
}

std::string problem_of(const core::Error& error) {
  return std::string(core::to_string(error.kind)) + ": " + error.what;
}

core::Milliseconds wait_until(core::Instant due, core::Instant now) {
  if (now >= due || due - now > kLongestPause) return core::Milliseconds(0);
  return due - now;
}

}  // namespace kiosk::promises
