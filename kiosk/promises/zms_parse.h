// Answers of the ZMS citizen API as values. Pure; lenient about types as the servers are, strict about what we act on.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/promises/backend.h"
#include "kiosk/promises/secret_json.h"

namespace kiosk::promises::zms {

struct Relation {
  std::string office_id, service_id;
  int slots = 1;  // for one unit
};

struct MasterOffice {
  Office office;
  int slot_minutes = 0;  // of one slot
  bool captcha = false;
  std::vector<std::string> disabled_services;
};

// GET /offices-and-services/. Entries without an id are left out.
struct Master {
  std::map<std::string, std::string> services;  // id → name
  std::map<std::string, MasterOffice> offices;
  std::vector<Relation> relations;  // public ones
};
core::Result<Master> parse_master(const core::Json& json);

// NotFound: no such service; Unsupported: every office asks for a captcha.
core::Result<Offer> offer_of(const Master& master, const BookingTarget& target);

// GET /available-calendar/. Slots of `office_ids` alone, from `now` on, in order, each once.
core::Result<Calendar> parse_calendar(const core::Json& json, const std::vector<std::string>& office_ids,
                                      core::Instant now);

struct Process {
  Handle handle;
  RemoteBooking remote;
  core::Milliseconds hold_life{};  // scope.reservationDuration; 0 where it isn't said
};
// Unsupported where id, key or status is missing or of no known form.
core::Result<Process> parse_process(const core::Json& json);

// What an answer with another status than 2xx means; `what` is the first error code, or "HTTP 500".
core::Error parse_error(int status, std::string_view body, const std::string& where);

using promises::object_of;

// "+44 (7700) 900-123" → "+447700900123".
core::SecretText plain_telephone(const core::SecretText& telephone);

}  // namespace kiosk::promises::zms
