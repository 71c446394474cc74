#include "kiosk/promises/booking.h"

#include <array>
#include <utility>

namespace kiosk::promises {
namespace {

constexpr std::array<std::pair<BookingState, std::string_view>, 9> kNames{{
    {BookingState::Drafted, "drafted"},
    {BookingState::Holding, "holding"},
    {BookingState::Held, "held"},
    {BookingState::Confirming, "confirming"},
    {BookingState::Confirmed, "confirmed"},
    {BookingState::Refused, "refused"},
    {BookingState::Unknown, "unknown"},
    {BookingState::Released, "released"},
    {BookingState::Cancelled, "cancelled"},
}};

}  // namespace

bool is_open(BookingState state) {
  switch (state) {
    case BookingState::Drafted:
    case BookingState::Holding:
    case BookingState::Held:
    case BookingState::Confirming:
    case BookingState::Unknown:
      return true;
    case BookingState::Confirmed:
    case BookingState::Refused:
    case BookingState::Released:
    case BookingState::Cancelled:
      return false;
  }
  return false;
}

std::string_view to_string(BookingState state) {
  for (const auto& [known, name] : kNames) {
    if (known == state) return name;
  }
  return "";
}

std::optional<BookingState> booking_state(std::string_view name) {
  for (const auto& [state, known] : kNames) {
    if (known == name) return state;
  }
  return std::nullopt;
}

}  // namespace kiosk::promises
