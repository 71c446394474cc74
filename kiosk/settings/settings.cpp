#include "kiosk/settings/settings.h"

#include <algorithm>

namespace kiosk::settings {
namespace {

template <class Entry>
const Entry* find(const std::vector<Entry>& entries, std::string_view id) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& each) { return each.id == id; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

const BookingEntry* booking_entry(const Settings& settings, std::string_view id) { return find(settings.bookings, id); }
const ReportEntry* report_entry(const Settings& settings, std::string_view id) { return find(settings.reports, id); }

}  // namespace kiosk::settings
