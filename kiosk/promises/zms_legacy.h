// Free times from a server up to tag 2.25.00-muc45: a list of days that have some, then the times of a day, one request
// each. With five kiosks behind an address that is granted 60 requests a minute, a month's times can't all be read: the
// first days' are, the rest are days whose times are asked for when somebody chooses one. Private to promises.
#pragma once

#include "kiosk/promises/zms_calendar.h"

namespace kiosk::promises::zms {

inline constexpr std::size_t kLegacyDaysRead = 3;  // with their times, of one call

// A question for a single day reads that day's times alone. A day whose times the allowance didn't let us read is among
// the unread ones.
core::Result<Calendar> read_legacy_calendar(Line& line, const core::Clock& clock, const CalendarQuestion& question,
                                            const std::string& captcha_token, const work::CancelToken& cancel);

// GET /available-days ({availableDays: ["2031-03-04"]}) and -by-office ({availableDays: [{time, providerIDs}]}): in
// order, each once.
core::Result<std::vector<core::Date>> parse_legacy_days(const core::Json& json);
// GET /available-appointments ({appointmentTimestamps: [...]}, of the one office asked) and -by-office ({offices:
// [{officeId, appointments}]}): from `now` on, in order.
core::Result<std::vector<Slot>> parse_legacy_times(const core::Json& json, const std::vector<std::string>& office_ids,
                                                   core::Instant now);

// 404 noAppointmentForThisDay and -Scope: the back end's way to say that nothing is free.
bool says_no_appointment(const core::Error& error);

}  // namespace kiosk::promises::zms
