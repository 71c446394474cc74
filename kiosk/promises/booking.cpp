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

std::string visit_name(const Offer& offer) {
  const auto counted = [](const std::string& name, int count) {
    return count > 1 ? std::to_string(count) + " \u00d7 " + name : name;
  };
  std::string text = counted(offer.name, offer.target.count);
  for (const BookingTarget::Also& also : offer.target.also) {
    for (const Offer::Addition& each : offer.additions) {
      if (each.service_id == also.service_id) text += " + " + counted(each.name, also.count);
    }
  }
  return text;
}

core::Status check_calendar_range(core::Date first, core::Date last) {
  constexpr std::chrono::days kMost{62};
  const auto wrong = [](const char* what) {
    return core::make_error(core::ErrorKind::Invalid, what, "calendar range");
  };
  if (!first.ok() || !last.ok()) return wrong("no such date");
  const auto length = std::chrono::sys_days(last) - std::chrono::sys_days(first);
  if (length < std::chrono::days(0)) return wrong("it ends before it begins");
  if (length > kMost) return wrong("longer than 62 days");
  return {};
}

}  // namespace kiosk::promises
