// kioskctl promises: the journal in plain words, for staff. What residents said is shown only with the site's key.
#include <cstdio>

#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/app/promise_systems.h"
#include "kiosk/core/files.h"
#include "kiosk/core/json.h"
#include "kiosk/promises/listing.h"

namespace kiosk::app {
namespace {

constexpr std::size_t kMostListed = 1000;
constexpr std::size_t kKeyBytes = 4096;

promises::ConfiguredSystems configured(const settings::Settings& settings) {
  promises::ConfiguredSystems systems;
  for (const settings::BookingEntry& entry : settings.bookings) systems.bookings.insert(entry.id);
  for (const settings::ReportEntry& entry : settings.reports) systems.reports.insert(entry.id);
  return systems;
}

int list(promises::Journal& journal, const promises::ConfiguredSystems& systems, bool json) {
  const auto all = promises::list_promises(journal, systems, kMostListed);
  if (!all.ok()) return say_failed(kProgram, "promises list", all.error());
  if (json) {
    std::printf("%s\n", core::dump_json(*all, 1).c_str());
    return kGood;
  }
  std::size_t open = 0;
  for (const core::Json& promise : *all) {
    open += core::json_bool(promise, "open").value_or(true) ? 1 : 0;
    std::fputs(promises::in_lines(promise, promises::Words::OfOpen).c_str(), stdout);
  }
  if (all->empty()) {
    std::printf("no promises yet\n");
  } else {
    std::printf("%zu promises, %zu open\n", all->size(), open);
  }
  return kGood;
}

void print_steps(const core::Json& promise) {
  for (const core::Json& step : core::json_array(promise, "history")) {
    std::printf("  %s  %-10s %s\n", core::json_text(step, "at").c_str(), core::json_text(step, "state").c_str(),
                core::json_text(step, "note").c_str());
  }
  for (const core::Json& print : core::json_array(promise, "prints")) {
    std::printf("  copy %s: %s %s\n", core::json_text(print, "copy").c_str(), core::json_text(print, "state").c_str(),
                core::json_text(print, "detail").c_str());
  }
}

int show(promises::Journal& journal, const promises::ConfiguredSystems& systems, const PromisesArguments& arguments) {
  auto promise = promises::show_promise(journal, systems, arguments.id);
  if (!promise.ok()) return say_failed(kProgram, "promises show", promise.error());
  const auto personal = promises::personal_content(journal, arguments.id);
  const bool nothing_kept = !personal.ok() && personal.error().kind == core::ErrorKind::NotFound;
  if (arguments.personal && !personal.ok() && !nothing_kept) {
    return say_failed(kProgram, "promises show", personal.error());
  }
  if (arguments.personal) (*promise)["personal"] = personal.ok() ? *personal : core::Json(nullptr);
  if (arguments.json) {
    std::printf("%s\n", core::dump_json(*promise, 1).c_str());
    return kGood;
  }
  std::fputs(promises::in_lines(*promise, promises::Words::OfAll).c_str(), stdout);
  print_steps(*promise);
  if (arguments.personal) {
    std::printf("  said: %s\n", personal.ok() ? core::dump_json(*personal, 1).c_str() : "nothing is kept of it");
  }
  return kGood;
}

core::Status resolve(PromiseSystems& systems, const PromisesArguments& arguments) {
  const bool decides = arguments.verdict != PromisesArguments::Verdict::None;
  const auto booking = systems.journal().find(arguments.id);
  if (booking.ok() && decides) {
    return core::make_error(core::ErrorKind::Invalid, "--sent and --not-sent are for reports; a booking is read back",
                            arguments.id);
  }
  if (booking.ok()) {
    KIOSK_TRY(promises::BookingDesk * desk, systems.bookings(booking->target.backend));
    KIOSK_TRY([[maybe_unused]] const promises::Booking after, desk->resolve(arguments.id, {}));
    return {};
  }
  KIOSK_TRY(const promises::Report report, systems.journal().find_report(arguments.id));
  if (decides) {  // that needs no system: it may have been taken out of the configuration
    const core::SystemClock clock;
    promises::ReportDesk desk(systems.journal(), {}, clock);
    const auto verdict = arguments.verdict == PromisesArguments::Verdict::Sent ? promises::ReportDesk::Verdict::Sent
                                                                               : promises::ReportDesk::Verdict::NotSent;
    KIOSK_TRY([[maybe_unused]] const promises::Report after, desk.settle(arguments.id, verdict));
    return {};
  }
  KIOSK_TRY(promises::ReportDesk * desk, systems.reports(report.target.backend));
  KIOSK_TRY([[maybe_unused]] const promises::ReportStatus after, desk->status(arguments.id, {}));
  return {};
}

}  // namespace

int run_promises(const CommonOptions& common, const PromisesArguments& arguments) {
  const auto settings = settings_of(common);
  if (!settings.ok()) return say_failed(kProgram, "promises", settings.error());
  auto files = data_files(**settings, common.data_folder);
  if (!files.ok()) return say_failed(kProgram, "promises", files.error());
  if (!arguments.key.empty()) {  // checked first: a journal that is new would be given a new key there
    if (const auto key = core::read_secret_file(arguments.key, kKeyBytes); !key.ok()) {
      return say_failed(kProgram, "promises", key.error());
    }
    files->key = arguments.key;
  }
  const core::SystemClock clock;
  if (arguments.command == PromisesArguments::Command::Resolve) {
    const auto systems = PromiseSystems::open(*files, **settings, clock);
    if (!systems.ok()) return say_failed(kProgram, "promises", systems.error());
    if (const core::Status resolved = resolve(**systems, arguments); !resolved.ok()) {
      return say_failed(kProgram, "promises resolve", resolved.error());
    }
    return show((*systems)->journal(), configured(**settings), arguments);
  }
  const auto journal = promises::Journal::open(files->kiosk_db, files->key, clock);
  if (!journal.ok()) return say_failed(kProgram, "promises", journal.error());
  if (arguments.command == PromisesArguments::Command::List) {
    return list(**journal, configured(**settings), arguments.json);
  }
  return show(**journal, configured(**settings), arguments);
}

}  // namespace kiosk::app
