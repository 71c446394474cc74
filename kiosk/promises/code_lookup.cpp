#include "kiosk/promises/code_lookup.h"

#include "kiosk/core/check_code.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Result;

CodeLookup::CodeLookup(const core::Clock& clock, LookupOptions options)
    : wrong_answers_(clock, options.wrong_answers, options.window) {}

core::Error CodeLookup::no_such() { return make_error(ErrorKind::NotFound, "no promise of this code"); }

core::Error CodeLookup::wrong() {
  wrong_answers_.take();
  return no_such();
}

Result<FoundPromise> CodeLookup::find(Journal& journal, const core::SecretText& typed) {
  if (wrong_answers_.available_in().count() > 0) {
    return make_error(ErrorKind::RateLimited, "too many codes that were wrong", "lookup by code");
  }
  const Result<std::string> code = core::parse_check_code(typed.reveal());
  if (!code.ok()) return no_such();  // a slip of a finger or a library card: nothing was guessed
  Result<Booking> booking = journal.find_by_code(*code);
  if (booking.ok()) return FoundPromise(std::move(*booking));
  if (booking.error().kind != ErrorKind::NotFound) return booking.error();
  Result<Report> report = journal.find_report_by_code(*code);
  if (report.ok()) return FoundPromise(std::move(*report));
  if (report.error().kind != ErrorKind::NotFound) return report.error();
  return wrong();
}

}  // namespace kiosk::promises
