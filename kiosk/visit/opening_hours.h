// When a service or a place is open, as far as its record says: of all of it, and of what a note limits hours to
// ("Dangerous structures", "Phone, at night"). Hours with a note are told with it, and in one line only where there are
// none without. Pure.
#pragma once

#include <string>
#include <vector>

#include "kiosk/directory/hours.h"
#include "kiosk/directory/model.h"

namespace kiosk::visit {

// In one line.
struct Hours {
  directory::Opening opening;
  std::string note;  // as much of it as a line holds; "" the hours hold for all of it
};

// Of what a note limits hours to.
struct NotedWeek {
  std::string note;  // as much of it as a page holds
  directory::Opening opening;
  std::vector<directory::DayHours> week;  // empty: of it only the note is known, or nothing opens in these days
};

// As a table.
struct Timetable {
  std::vector<directory::DayHours> week;  // of all of it; empty: not known, or nothing opens in these days
  std::vector<NotedWeek> noted;
  bool cut = false;  // there are more notes than kMostNotes
  bool empty() const { return week.empty() && noted.empty(); }
};

// The hours of each are worked out against all closures; of a record with more notes these are told, and that there is
// more.
constexpr std::size_t kMostNotes = 12;

// The schedules are the service's own or those of a place of it: while the service is closed, nothing of it is open.
Hours hours_of(const directory::Service& service, const std::vector<directory::Schedule>& schedules, core::Instant now,
               const std::string& zone);
Timetable timetable_of(const directory::Service& service, const std::vector<directory::Schedule>& schedules,
                       core::Instant now, const std::string& zone);
bool is_known(const Hours& hours);
// Now, and be it within what a note limits hours to ("Winter hours", "Phone, at night"): the words say both.
bool is_open_now(const Hours& hours);
// Now, and for anybody who comes, as no note says otherwise: this alone is told in the colour of good news.
bool is_open_to_all(const Hours& hours);
// Open now, else what opens first.
bool is_sooner(const directory::Opening& a, const directory::Opening& b);
bool is_all_day(const directory::DayHours& day);
// At any hour of the week.
bool is_always(const std::vector<directory::DayHours>& week);

}  // namespace kiosk::visit
