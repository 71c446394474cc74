// kioskctl promises: the journal in plain words, for staff. Nothing personal is in it.
#include <cstdio>

#include "kiosk/app/booking_systems.h"
#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/core/json.h"
#include "kiosk/promises/listing.h"

namespace kiosk::app {
namespace {

constexpr const char* kProgram = "kioskctl";
constexpr std::size_t kMostListed = 1000;

int list(promises::Journal& journal, bool json) {
  if (json) {
    const auto all = promises::list_bookings(journal, kMostListed);
    if (!all.ok()) return say_failed(kProgram, "promises list", all.error());
    std::printf("%s\n", core::dump_json(*all, 1).c_str());
    return kGood;
  }
  const auto bookings = journal.newest(kMostListed);
  if (!bookings.ok()) return say_failed(kProgram, "promises list", bookings.error());
  for (const promises::Booking& booking : *bookings) std::printf("%s\n", promises::one_line(booking).c_str());
  if (bookings->empty()) std::printf("no promises yet\n");
  return kGood;
}

int show(promises::Journal& journal, const std::string& id, bool json) {
  const auto object = promises::show_booking(journal, id);
  if (!object.ok()) return say_failed(kProgram, "promises show", object.error());
  if (json) {
    std::printf("%s\n", core::dump_json(*object, 1).c_str());
    return kGood;
  }
  const auto booking = journal.find(id);
  if (!booking.ok()) return say_failed(kProgram, "promises show", booking.error());
  std::printf("%s\n", promises::one_line(*booking).c_str());
  for (const core::Json& step : core::json_array(*object, "history")) {
    std::printf("  %s  %-10s %s\n", core::json_text(step, "at").c_str(), core::json_text(step, "state").c_str(),
                core::json_text(step, "note").c_str());
  }
  for (const core::Json& print : core::json_array(*object, "prints")) {
    std::printf("  copy %s: %s %s\n", core::json_text(print, "copy").c_str(), core::json_text(print, "state").c_str(),
                core::json_text(print, "detail").c_str());
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
  promises::Journal& journal = (*systems)->journal();
  if (command == PromisesCommand::List) return list(journal, json);
  if (command == PromisesCommand::Resolve) {
    const auto resolved = (*systems)->desk().resolve(id, {});
    if (!resolved.ok()) return say_failed(kProgram, "promises resolve", resolved.error());
  }
  return show(journal, id, json);
}

}  // namespace kiosk::app
