#include "kiosk/visit/opening_hours.h"

#include <algorithm>
#include <string_view>

#include "kiosk/core/strings.h"
#include "kiosk/visit/shortened.h"

namespace kiosk::visit {
namespace {

constexpr std::size_t kLineNoteBytes = 80;
constexpr std::size_t kPageNoteBytes = 400;

using Schedules = std::vector<directory::Schedule>;
using Week = std::vector<directory::DayHours>;

bool is_paused(const directory::Service& service) {
  return service.status == directory::ServiceStatus::TemporarilyClosed;
}

struct Notes {
  std::vector<std::string_view> texts;
  bool cut = false;
};

// Each once, in the order of the record: many feeds have a schedule for each day, all with one note.
Notes notes_of(const Schedules& schedules) {
  Notes notes;
  for (const directory::Schedule& schedule : schedules) {
    const std::string& note = schedule.description;
    if (note.empty() || std::find(notes.texts.begin(), notes.texts.end(), note) != notes.texts.end()) continue;
    notes.cut = notes.texts.size() >= kMostNotes;
    if (notes.cut) break;
    notes.texts.push_back(note);
  }
  return notes;
}

Schedules with_note(const Schedules& schedules, std::string_view note) {
  Schedules list;
  std::copy_if(schedules.begin(), schedules.end(), std::back_inserter(list),
               [&](const directory::Schedule& schedule) { return schedule.description == note; });
  return list;
}

std::string note_of_line(std::string_view note) { return beginning_of(note, kLineNoteBytes); }

std::string note_of_page(std::string_view note) {
  return shortened(core::join(core::split(note, '\n'), " \u2013 "), kPageNoteBytes);
}

Week week_of(const Schedules& schedules, const directory::Opening& opening, const directory::Service& service,
             core::Instant now, const std::string& zone) {
  if (opening.kind == directory::OpenKind::Unknown) return {};
  Week week = directory::week_hours(schedules, service.closures, now, zone);
  const auto is_closed = [](const directory::DayHours& day) { return day.intervals.empty(); };
  return std::all_of(week.begin(), week.end(), is_closed) ? Week{} : week;
}

}  // namespace

Hours hours_of(const directory::Service& service, const Schedules& schedules, core::Instant now,
               const std::string& zone) {
  if (is_paused(service)) return {{directory::OpenKind::ClosedFor, {}}, {}};
  const auto opening = [&](const Schedules& part) { return directory::opening_at(part, service.closures, now, zone); };
  const std::vector<std::string_view> notes = notes_of(schedules).texts;
  if (notes.empty()) return {opening(schedules), {}};  // asked of every hit of a search: nothing is copied
  Hours best{opening(with_note(schedules, "")), {}};
  if (is_known(best)) return best;
  for (const std::string_view note : notes) {
    const directory::Opening limited = opening(with_note(schedules, note));
    if (is_sooner(limited, best.opening)) best = {limited, note_of_line(note)};
  }
  return best;
}

Timetable timetable_of(const directory::Service& service, const Schedules& schedules, core::Instant now,
                       const std::string& zone) {
  if (is_paused(service)) return {};
  const auto opening = [&](const Schedules& part) { return directory::opening_at(part, service.closures, now, zone); };
  Timetable table;
  const Schedules plain = with_note(schedules, "");
  table.week = week_of(plain, opening(plain), service, now, zone);
  const Notes notes = notes_of(schedules);
  table.cut = notes.cut;
  for (const std::string_view note : notes.texts) {
    const Schedules part = with_note(schedules, note);
    NotedWeek noted{note_of_page(note), opening(part), {}};
    noted.week = week_of(part, noted.opening, service, now, zone);
    table.noted.push_back(std::move(noted));
  }
  return table;
}

bool is_known(const Hours& hours) { return hours.opening.kind != directory::OpenKind::Unknown; }

bool is_open_now(const Hours& hours) { return hours.opening.kind == directory::OpenKind::OpenNow; }
bool is_open_to_all(const Hours& hours) { return is_open_now(hours) && hours.note.empty(); }

bool is_sooner(const directory::Opening& a, const directory::Opening& b) {
  const auto rank = [](const directory::Opening& opening) {
    switch (opening.kind) {
      case directory::OpenKind::OpenNow:
        return 0;
      case directory::OpenKind::Closed:
        return 1;
      case directory::OpenKind::ClosedFor:
        return 2;
      case directory::OpenKind::Unknown:
        break;
    }
    return 3;
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return a.kind == directory::OpenKind::Closed && a.interval.opens < b.interval.opens;
}

bool is_all_day(const directory::DayHours& day) {
  return std::any_of(day.intervals.begin(), day.intervals.end(), [](const directory::OpenInterval& interval) {
    return interval.closes - interval.opens >= std::chrono::hours(24);
  });
}

bool is_always(const Week& week) { return !week.empty() && std::all_of(week.begin(), week.end(), is_all_day); }

}  // namespace kiosk::visit
