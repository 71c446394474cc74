#include "tests/sandbox/zms_availability.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "tests/sandbox/clock.h"
#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {

using core::Json;
using std::chrono::days;
using std::chrono::sys_days;

Availability::Availability(const ZmsAuthority& authority, const Bookings& bookings,
                           const std::vector<std::int64_t>& offices, const ZmsServices& services, std::int64_t now_s)
    : now_s_(now_s) {
  for (const std::int64_t id : offices) {
    offices_.push_back(
        {&authority.offices.at(id), slots_needed(authority, id, services), bookings.taken(authority.id, id)});
  }
}

Json Availability::offices_on(sys_days day) const {
  Json list = Json::array();
  for (const OfficeView& view : offices_) {
    const auto starts = bookable_starts(*view.office, view.taken, core::Date{day}, view.slots, now_s_);
    if (!starts.empty()) list.push_back({{"officeId", std::to_string(view.office->id)}, {"appointments", starts}});
  }
  return list;
}

Json Availability::nearest(sys_days day, int step) const {
  int horizon = 0;
  for (const OfficeView& view : offices_) horizon = std::max(horizon, view.office->horizon_days);
  const sys_days today = sys_days{uk_date(now_s_)};
  if (step > 0) day = std::max(day, today);
  if (step < 0) day = std::min(day, today + days{horizon});
  for (; day >= today && day <= today + days{horizon}; day += days{step}) {
    if (!offices_on(day).empty()) return core::to_iso8601(core::Date{day});
  }
  return nullptr;
}

std::string provider_ids(const Json& offices) {
  std::vector<std::string> ids;
  for (const Json& one : offices) ids.push_back(one["officeId"].get<std::string>());
  return core::join(ids, ",");
}

}  // namespace kiosk::sandbox
