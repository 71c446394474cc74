// Which days and times have room, as the calendars of both generations tell it.
#pragma once

#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "tests/sandbox/zms_bookings.h"
#include "tests/sandbox/zms_data.h"

namespace kiosk::sandbox {

using ZmsServices = std::vector<std::pair<std::int64_t, int>>;  // id, count

class Availability {
 public:
  // Each office has all of the services.
  Availability(const ZmsAuthority& authority, const Bookings& bookings, const std::vector<std::int64_t>& offices,
               const ZmsServices& services, std::int64_t now_s);

  // The office entries of a day; empty where none has room.
  core::Json offices_on(std::chrono::sys_days day) const;
  // The nearest day with room, from `day` in steps of `step` (1 or -1), today to the farthest horizon; null: none.
  core::Json nearest(std::chrono::sys_days day, int step) const;

 private:
  // An office with what the services take there and who holds its slots.
  struct OfficeView {
    const ZmsOffice* office;
    int slots;
    std::unordered_map<std::int64_t, int> taken;
  };
  std::vector<OfficeView> offices_;
  std::int64_t now_s_;
};

// The offices of a day's entries: "7001,7002".
std::string provider_ids(const core::Json& offices);

}  // namespace kiosk::sandbox
