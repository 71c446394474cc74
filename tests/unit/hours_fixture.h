// What the tests of opening hours share.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "kiosk/directory/hours.h"

namespace hours_test {

using kiosk::core::Date;

inline const std::string kLondon = "Europe/London";

inline Date date(int y, unsigned m, unsigned d) {
  return std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d};
}

// The days in [from, to] on which a schedule that opens at nine does so.
inline std::vector<Date> opening_days(const kiosk::directory::Schedule& schedule, Date from, Date to) {
  using namespace std::chrono_literals;
  std::vector<Date> found;
  for (auto day = std::chrono::sys_days{from}; day <= std::chrono::sys_days{to}; day += std::chrono::days{1}) {
    for (const auto& open : kiosk::directory::open_intervals({schedule}, {}, day + 9h, day + 10h, "Etc/UTC")) {
      if (open.opens == day + 9h) found.push_back(Date{day});
    }
  }
  return found;
}

}  // namespace hours_test
