// kioskctl promises: the journal in plain words, for staff. Nothing personal is in it.
#include <cstdio>

#include "kiosk/app/booking_systems.h"
#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/core/json.h"

namespace kiosk::app {
namespace {

using promises::Booking;
using promises::BookingState;

constexpr const char* kProgram = "kioskctl";
constexpr std::size_t kMostListed = 1000;

const char* plain_words(const Booking& booking) {
  if (booking.giving_up && promises::is_open(booking.state)) return "is being given back";
  switch (booking.state) {
    case BookingState::Drafted:
      return "was written down; nothing was sent";
    case BookingState::Holding:
      return "asked for a time; the answer is not known, and it lapses by itself";
    case BookingState::Held:
      return "keeps a time for a resident";
    case BookingState::Confirming:
      return "is being confirmed";
    case BookingState::Confirmed:
      return "is booked";
    case BookingState::Refused:
      return "was refused by the booking system; nothing is booked";
    case BookingState::Unknown:
      return "was sent, and the answer is not known; the kiosk keeps asking";
    case BookingState::Released:
      return "was given up; nothing is booked";
    case BookingState::Cancelled:
      return "was booked, and then cancelled";
  }
  return "";
}

core::Json to_json(const Booking& booking) {
  core::Json json = {{"id", booking.id},
                     {"state", std::string(promises::to_string(booking.state))},
                     {"backend", booking.target.backend},
                     {"service", booking.service_name},
                     {"office", booking.office.name},
                     {"starts", core::to_iso8601(booking.slot.start)},
                     {"reference", booking.reference},
                     {"problem", booking.problem},
                     {"created", core::to_iso8601(booking.created)},
                     {"changed", core::to_iso8601(booking.changed)},
                     {"says", plain_words(booking)}};
  return json;
}

void print_line(const Booking& booking) {
  std::printf("%s  %-10s %s, %s, %s: %s%s%s\n", booking.id.c_str(),
              std::string(promises::to_string(booking.state)).c_str(), core::to_iso8601(booking.slot.start).c_str(),
              booking.service_name.c_str(), booking.office.name.c_str(), plain_words(booking),
              booking.problem.empty() ? "" : "; ", booking.problem.c_str());
}

int list(BookingSystems& systems, bool json) {
  const auto bookings = systems.journal().newest(kMostListed);
  if (!bookings.ok()) return say_failed(kProgram, "promises list", bookings.error());
  core::Json array = core::Json::array();
  for (const Booking& booking : *bookings) {
    if (json) {
      array.push_back(to_json(booking));
    } else {
      print_line(booking);
    }
  }
  if (json) std::printf("%s\n", core::dump_json(array, 1).c_str());
  if (!json && bookings->empty()) std::printf("no promises yet\n");
  return kGood;
}

int show(BookingSystems& systems, const Booking& booking, bool json) {
  const auto history = systems.journal().history(booking.id);
  if (!history.ok()) return say_failed(kProgram, "promises show", history.error());
  core::Json object = to_json(booking);
  core::Json steps = core::Json::array();
  for (const promises::HistoryEntry& entry : *history) {
    steps.push_back({{"at", core::to_iso8601(entry.at)},
                     {"state", std::string(promises::to_string(entry.state))},
                     {"note", entry.note}});
  }
  object["history"] = steps;
  if (json) {
    std::printf("%s\n", core::dump_json(object, 1).c_str());
    return kGood;
  }
  print_line(booking);
  for (const core::Json& step : steps) {
    std::printf("  %s  %-10s %s\n", step["at"].get<std::string>().c_str(), step["state"].get<std::string>().c_str(),
                step["note"].get<std::string>().c_str());
  }
  return kGood;
}

}  // namespace

int run_promises(const CommonOptions& common, PromisesCommand command, const std::string& id, bool json) {
  const auto settings = settings_of(common);
  if (!settings.ok()) return say_failed(kProgram, "promises", settings.error());
  const auto files = data_files(**settings, common.data_folder);
  if (!files.ok()) return say_failed(kProgram, "promises", files.error());
  const core::SystemClock clock;
  const auto systems = BookingSystems::open(*files, **settings, clock);
  if (!systems.ok()) return say_failed(kProgram, "promises", systems.error());
  if (command == PromisesCommand::List) return list(**systems, json);
  auto booking =
      command == PromisesCommand::Resolve ? (*systems)->desk().resolve(id, {}) : (*systems)->journal().find(id);
  if (!booking.ok()) return say_failed(kProgram, "promises", booking.error());
  return show(**systems, *booking, json);
}

}  // namespace kiosk::app
