#include "kiosk/app/booking_adapter.h"

#include "kiosk/core/files.h"
#include "kiosk/core/strings.h"
#include "kiosk/promises/fhir.h"
#include "kiosk/promises/zms.h"

namespace kiosk::app {
namespace {

constexpr std::size_t kLongestToken = 8192;

core::Result<core::SecretText> token_of(const settings::BookingEntry& entry) {
  if (entry.token_file.empty()) return core::SecretText();
  KIOSK_TRY(const core::SecretText text, core::read_secret_file(entry.token_file, kLongestToken));
  return core::SecretText(core::trim(text.reveal()));
}

}  // namespace

core::Result<std::shared_ptr<promises::BookingBackend>> make_booking_backend(const settings::BookingEntry& entry,
                                                                             net::HttpClient& http,
                                                                             const core::Clock& clock,
                                                                             OnProof on_proof) {
  if (entry.kind == "fhir") {
    promises::FhirOptions options;
    options.id = entry.id;
    options.base_url = entry.url;
    KIOSK_TRY(options.token, token_of(entry));
    if (entry.slot_keeper == "kiosk") options.slot_keeper = promises::SlotKeeper::Kiosk;
    return std::shared_ptr<promises::BookingBackend>(
        std::make_shared<promises::FhirBackend>(http, clock, std::move(options)));
  }
  promises::ZmsOptions options;
  options.id = entry.id;
  options.base_url = entry.url;
  if (on_proof) {
    options.progress = [on_proof = std::move(on_proof), id = entry.id](double share) { on_proof(id, share); };
  }
  return std::shared_ptr<promises::BookingBackend>(std::make_shared<promises::ZmsBackend>(http, clock, options));
}

}  // namespace kiosk::app
