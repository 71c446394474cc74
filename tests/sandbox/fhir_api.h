// HL7 FHIR R4 (4.0.1) over the same master data as the ZMS citizen API: an office is a Location, a service a
// HealthcareService, an office's service a Schedule ("7001-9001"), each time it is free a Slot
// ("7001-9001-1930381200"). Its books are its own: what is taken over the other API is free here.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "tests/sandbox/clock.h"
#include "tests/sandbox/config.h"
#include "tests/sandbox/exchange.h"
#include "tests/sandbox/fhir_books.h"
#include "tests/sandbox/ledger.h"
#include "tests/sandbox/zms_data.h"

namespace kiosk::sandbox {

inline constexpr const char* kFhirToken = "sandbox-token";  // where the behaviour asks for one

// Thread-safe: one request at a time.
class FhirApi {
 public:
  FhirApi(ZmsMap authorities, const SandboxClock& clock, Ledger& ledger)
      : authorities_(std::move(authorities)), clock_(clock), ledger_(ledger) {}

  // `rest` is the path after ".../r4", with its slashes.
  Answer answer(const Call& call, const std::string& authority, const std::string& rest, const std::string& endpoint,
                const FhirBehaviour& behaviour);

  core::Json bookings_json();  // in the form of the ZMS API's
  core::Json saved();
  void restore(const core::Json& saved);
  void reset();
  // Called, locked, after each change of the books.
  void on_change(std::function<void(const core::Json& saved)> changed) { changed_ = std::move(changed); }

 private:
  struct Context {  // one request
    const Call& call;
    const ZmsAuthority& authority;
    const FhirBehaviour& behaviour;
    std::string base;      // "http://127.0.0.1:PORT/fhir/AUTHORITY/r4"
    std::string endpoint;  // for the ledger
    std::string type, id;  // "Slot", "7001-9001-1930381200"
    core::Json body;       // of POST and PUT; else null
    std::int64_t now_s = 0;
  };

  Answer dispatch(Context& context);
  Answer search(Context& context);
  Answer read(Context& context);
  Answer write(Context& context);

  // --- master data and slots: fhir_slots.cpp ---
  std::vector<core::Json> find_schedules(const Context& context) const;
  core::Json resource_of(const Context& context, const std::string& type, const std::string& id);
  std::vector<core::Json> find_slots(const Context& context);
  std::vector<core::Json> slots_of(const Context& context, const FhirSlotKey& schedule);
  // Null where there is no such schedule.
  core::Json slot_json(const Context& context, const FhirSlotKey& key) const;
  core::Json slot_json(const Context& context, const FhirSlotKey& key, const char* status) const;
  std::set<std::int64_t> free_starts(const Context& context, const ZmsRelation& relation, core::Date date) const;
  bool is_free(const Context& context, const FhirSlotKey& key) const;
  Answer put_slot(Context& context);

  // --- appointments: fhir_booking.cpp ---
  std::vector<core::Json> find_appointments(Context& context);
  std::optional<Answer> known_already(Context& context);
  std::optional<Answer> refusal(const Context& context, const FhirSlotKey& key);
  Answer create(Context& context);
  Answer cancel(Context& context);
  void changed(const std::string& effect, const FhirAppointment& appointment);

  ZmsMap authorities_;
  const SandboxClock& clock_;
  Ledger& ledger_;
  std::mutex mutex_;
  FhirBooks books_;
  std::map<std::string, Answer> remembered_;  // searches, where the behaviour asks for that
  std::function<void(const core::Json&)> changed_;
};

}  // namespace kiosk::sandbox
