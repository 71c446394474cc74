#include "kiosk/promises/code_lookup.h"

#include "kiosk/core/check_code.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Result;

CodeLookup::CodeLookup(Journal& journal, BookingDesk& desk, const core::Clock& clock, LookupOptions options)
    : journal_(journal), desk_(desk), wrong_answers_(clock, options.wrong_answers, options.window) {}

core::Error CodeLookup::wrong() {
  wrong_answers_.take();
  return make_error(ErrorKind::NotFound, "no appointment of this code");
}

Result<Managed> CodeLookup::find(const core::SecretText& typed, work::CancelToken cancel) {
  if (wrong_answers_.available_in().count() > 0) {
    return make_error(ErrorKind::RateLimited, "too many codes that were wrong", "lookup by code");
  }
  const Result<std::string> code = core::parse_check_code(typed.reveal());
  if (!code.ok()) return wrong();
  const Result<Booking> booking = journal_.find_by_code(*code);
  if (!booking.ok() && booking.error().kind == ErrorKind::NotFound) return wrong();
  if (!booking.ok()) return booking.error();
  return desk_.look(booking->id, cancel);
}

}  // namespace kiosk::promises
