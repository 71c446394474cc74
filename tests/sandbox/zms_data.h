// The appointment systems' master data: offices, services, which is offered where, and when they are open. Read from
// appointments.json; assets/demo/README.md gives its form.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/json.h"
#include "kiosk/core/result.h"

namespace kiosk::sandbox {

struct OpeningSpan {
  int weekday = 0;      // ISO: 1 Monday .. 7 Sunday
  int from_minute = 0;  // after midnight, UK time
  int to_minute = 0;
  int desks = 1;  // appointments at once
};

struct ZmsOffice {
  std::int64_t id = 0;
  core::Json object;  // as the API gives it
  core::Json scope;
  int slot_minutes = 10;
  std::vector<OpeningSpan> opening;
  std::set<std::string> closed;  // dates
  double busy = 0;               // share of slots taken by others, 0..1
  int lead_days = 0;             // the first bookable day from today; 0: today, from the next full slot on
  int horizon_days = 90;         // the last

  std::string name() const { return core::json_text(object, "name"); }
  int hold_minutes() const { return static_cast<int>(core::json_integer(scope, "reservationDuration").value_or(15)); }
  int activation_minutes() const {
    return static_cast<int>(core::json_integer(scope, "activationDuration").value_or(30));
  }
  // slotsPerAppointment of the office or its scope; the server's fallback is 25.
  int most_slots() const;
  bool flag(const char* name) const { return core::json_bool(scope, name).value_or(false); }
};

struct ZmsService {
  std::int64_t id = 0;
  core::Json object;
  std::string name() const { return core::json_text(object, "name"); }
};

struct ZmsRelation {
  std::int64_t office = 0;
  std::int64_t service = 0;
  int slots = 1;         // per unit
  int max_quantity = 0;  // 0: the server sets no bound
  core::Json object;
};

struct ZmsAuthority {
  std::string id;
  std::map<std::int64_t, ZmsOffice> offices;
  std::map<std::int64_t, ZmsService> services;
  std::vector<ZmsRelation> relations;

  const ZmsRelation* relation(std::int64_t office, std::int64_t service) const;
};

using ZmsMap = std::map<std::string, ZmsAuthority>;

// Errors name the authority and the member that is wrong.
core::Result<ZmsMap> read_appointments(const core::Json& json);

}  // namespace kiosk::sandbox
