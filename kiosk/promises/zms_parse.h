// Answers of the ZMS citizen API as values. Pure; lenient about types as the servers are, strict about what we act on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/promises/backend.h"
#include "kiosk/promises/secret_json.h"

namespace kiosk::promises::zms {

// Ids travel in URLs and as JSON numbers: digits alone, as the API demands.
bool is_id(const std::string& text);
// Overwrites every text in it: an answer may repeat what a resident typed.
void wipe_texts(core::Json& json);

// Adds object[member], times in seconds since 1970, as slots of the office from `now` on. False where it is no array.
bool append_times(const core::Json& object, const char* member, const std::string& office_id, core::Instant now,
                  std::vector<Slot>& slots);
void put_in_order(std::vector<Slot>& slots);  // by start, then office; each once

// GET /available-calendar/. Slots of `office_ids` alone, from `now` on, in order, each once.
core::Result<Calendar> parse_calendar(const core::Json& json, const std::vector<std::string>& office_ids,
                                      core::Instant now);

struct Process {
  Handle handle;
  RemoteBooking remote;
  core::Milliseconds hold_life{};  // scope.reservationDuration; 0 where it isn't said
};
// Unsupported where id, key or status is missing or of no known form. The details are what the server tells, but never
// the placeholder e-mail of a mere reservation.
core::Result<Process> parse_process(const core::Json& json);

// What an answer with another status than 2xx means; `what` is the first error code, or "HTTP 500".
core::Error parse_error(int status, std::string_view body, const std::string& where);

using promises::object_of;

// What the API would refuse in any case, by its code; nullopt: nothing. Names are not blank, texts are valid UTF-8 of
// at most 250 characters, a telephone number is an optional + and 7 to 15 digits.
std::optional<std::string_view> fault_of(const Details& details);

// "+44 (7700) 900-123" → "+447700900123".
core::SecretText plain_telephone(const core::SecretText& telephone);

}  // namespace kiosk::promises::zms
