// Answers of an appointment system: whatever comes, no crash, and nothing is accepted that we could not act on.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/strings.h"
#include "kiosk/promises/zms_parse.h"

using namespace kiosk;
using namespace kiosk::promises;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_master(const core::Json& json) {
  const auto master = zms::parse_master(json);
  if (!master.ok()) return;
  for (const auto& [id, name] : master->services) {
    const auto offer = zms::offer_of(*master, {"desk", id});
    if (!offer.ok()) continue;
    for (const Office& office : offer->offices) {
      require(!office.id.empty() && core::is_valid_utf8(office.address) && core::is_valid_utf8(office.hint));
      require(office.slot_minutes >= 0 && office.slot_minutes <= 24 * 60);
    }
  }
}

void check_calendar(const core::Json& json) {
  const core::Instant now{std::chrono::seconds(1930000000)};
  const auto calendar = zms::parse_calendar(json, {"7001", "7002"}, now);
  if (!calendar.ok()) return;
  for (std::size_t i = 0; i < calendar->slots.size(); i++) {
    require(calendar->slots[i].start > now);
    if (i > 0) require(calendar->slots[i - 1].start <= calendar->slots[i].start);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const core::Error error = zms::parse_error(404, bytes, "fuzz");
  require(!error.what.empty() && error.what.size() <= 60);
  const auto json = core::parse_json(bytes, "fuzz", 32);
  if (!json.ok()) return 0;
  check_master(*json);
  check_calendar(*json);
  const auto process = zms::parse_process(*json);
  if (!process.ok()) return 0;
  require(!process->handle.process_id.empty() && process->handle.process_id.size() <= 18);
  require(process->handle.key.size() == 4 || process->handle.key.size() == 64);
  require(process->hold_life >= core::Milliseconds(0) && process->hold_life <= std::chrono::hours(24));
  return 0;
}
