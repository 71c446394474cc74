// Answers of an appointment system: whatever comes, no crash, and nothing is accepted that we could not act on.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/strings.h"
#include "kiosk/promises/altcha.h"
#include "kiosk/promises/zms_captcha.h"
#include "kiosk/promises/zms_legacy.h"
#include "kiosk/promises/zms_master.h"
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
  for (const auto& [id, service] : master->services) {
    const auto offer = zms::offer_of(*master, {"desk", id});
    if (!offer.ok()) continue;
    require(offer->most >= 1 && offer->most <= zms::kMostOfOneService);
    for (const Offer::Addition& addition : offer->additions) {
      require(addition.most >= 1 && addition.most <= zms::kMostOfOneService && addition.service_id != id);
    }
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

void check_legacy(const core::Json& json) {
  const core::Instant now{std::chrono::seconds(1930000000)};
  if (const auto days = zms::parse_legacy_days(json); days.ok()) {
    for (const core::Date day : *days) require(day.ok());
  }
  const auto times = zms::parse_legacy_times(json, {"7001"}, now);
  if (!times.ok()) return;
  for (const Slot& slot : *times) require(slot.office_id == "7001" && slot.start > now);
}

void check_captcha(const core::Json& json) {
  if (const auto token = zms::parse_captcha_token(json); token.ok())
    require(!token->empty() && token->find_first_of(" \r\n") == std::string::npos);
  auto challenge = altcha::parse_challenge(json);
  if (!challenge.ok()) return;
  // What is let through must be cheap enough to do; here, a cheaper one of the same form.
  challenge->cost = challenge->kind == altcha::Kind::Scrypt ? 2 : 1;
  challenge->memory_cost = std::min<std::uint32_t>(challenge->memory_cost, 32);
  const auto key = altcha::derive_key(*challenge, 7);
  require(!key.ok() || key->size() <= challenge->key_length);
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
  check_legacy(*json);
  check_captcha(*json);
  const auto process = zms::parse_process(*json);
  if (!process.ok()) return 0;
  require(!process->handle.process_id.empty() && process->handle.process_id.size() <= 18);
  require(process->handle.key.size() == 4 || process->handle.key.size() == 64);
  require(process->hold_life >= core::Milliseconds(0) && process->hold_life <= std::chrono::hours(24));
  return 0;
}
