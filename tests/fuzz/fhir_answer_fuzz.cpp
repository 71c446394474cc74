// Answers of a FHIR server: whatever comes, no crash, and nothing is accepted that we could not act on.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/strings.h"
#include "kiosk/promises/fhir_parse.h"

using namespace kiosk;
using namespace kiosk::promises;

namespace {

constexpr const char* kOurs = "urn:uuid:5f0c1b52-93d1-4c0e-8a7d-2f1f6f3c9a11";

void require(bool holds) {
  if (!holds) std::abort();
}

void check_place(const core::Json& json) {
  const auto office = fhir::parse_location(json);
  if (!office.ok()) return;
  require(fhir::is_id(office->id) && core::is_valid_utf8(office->address) && core::is_valid_utf8(office->hint));
  require(!office->point || (office->point->latitude >= -90 && office->point->latitude <= 90));
}

void check_slot(const core::Json& json) {
  const auto slot = fhir::parse_slot(json);
  if (!slot.ok()) return;
  require(fhir::is_id(slot->id) && fhir::is_id(slot->schedule_id) && slot->end > slot->start);
  require(slot->end - slot->start <= std::chrono::hours(24));
  // What is claimed and freed again is as it was, apart from our mark.
  const auto claimed = core::parse_json(fhir::claimed_slot(json, kOurs).reveal(), "claimed");
  require(claimed.ok() && fhir::carries(*claimed, kOurs) && !fhir::parse_slot(*claimed)->free);
  const auto freed = core::parse_json(fhir::freed_slot(*claimed, kOurs).reveal(), "freed");
  require(freed.ok() && !fhir::carries(*freed, kOurs) && fhir::parse_slot(*freed)->free);
}

void check_appointment(const core::Json& json) {
  const auto appointment = fhir::parse_appointment(json);
  if (!appointment.ok()) return;
  require(fhir::is_id(appointment->id) && appointment->remote.reference.size() <= 64);
  const auto cancelled = core::parse_json(fhir::with_status(json, "cancelled").reveal(), "cancelled");
  require(cancelled.ok() && fhir::parse_appointment(*cancelled)->standing == fhir::Standing::Gone);
}

void check_resource(const core::Json& json) {
  check_place(json);
  check_slot(json);
  check_appointment(json);
  if (const auto schedule = fhir::parse_schedule(json); schedule.ok()) {
    for (const std::string& id : schedule->location_ids) require(fhir::is_id(id));
  }
  if (const auto service = fhir::parse_service(json); service.ok()) require(core::is_valid_utf8(service->name));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const core::Error error = fhir::parse_error(422, bytes, "fuzz");
  require(!error.what.empty() && error.what.size() <= 120);
  const auto json = core::parse_json(bytes, "fuzz", 40);
  if (!json.ok()) return 0;
  check_resource(*json);
  const auto page = fhir::parse_page(*json);
  if (!page.ok()) return 0;
  for (const auto& [type, resources] : page->resources) {
    for (const core::Json* resource : resources) check_resource(*resource);
  }
  return 0;
}
