// The FHIR back ends' books: appointments as they were sent, and slots that clients marked. And how that API words
// things.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "tests/sandbox/exchange.h"
#include "tests/sandbox/zms_data.h"

namespace kiosk::sandbox {

// "7001-9001-1930381200", and "7001-9001" of a schedule (start 0).
struct FhirSlotKey {
  std::int64_t office = 0, service = 0, start = 0;
  std::string schedule() const { return std::to_string(office) + "-" + std::to_string(service); }
  std::string slot() const { return schedule() + "-" + std::to_string(start); }
};
std::optional<FhirSlotKey> fhir_slot_key(const std::string& id);

struct FhirAppointment {
  std::int64_t id = 0;
  std::string authority;
  FhirSlotKey slot;
  int slot_count = 1, slot_minutes = 10;
  int version = 1;
  core::Json resource;  // without id and meta
  std::string changed_at;
  core::Json history = core::Json::array();  // {at, event}

  std::string status() const { return core::json_text(resource, "status"); }
  bool holds_slot() const { return status() != "cancelled"; }
};

struct FhirMark {  // what a client made of a slot
  int version = 1;
  bool busy = false;
  core::Json identifiers = core::Json::array();
};

// Not thread-safe: its owner locks.
struct FhirBooks {
  std::map<std::int64_t, FhirAppointment> appointments;
  std::map<std::string, FhirMark> marks;  // by authority and slot id

  FhirAppointment& add(FhirAppointment appointment);
  std::vector<FhirAppointment*> with_identifier(const std::string& authority, const std::string& token);
  // How many hold each slot of an office, by its start, in steps of its own slots.
  std::unordered_map<std::int64_t, int> taken(const std::string& authority, std::int64_t office) const;
  core::Json ledger_json() const;
  core::Json saved() const;
  void restore(const core::Json& saved);
};

// The resource as the server shows it.
core::Json shown(const FhirAppointment& appointment);
// Whether a resource has the identifier of a token "system|value".
bool has_identifier(const core::Json& resource, const std::string& token);
// "Location/7001" → "7001"; empty where it is another type's.
std::string referred(const core::Json& reference, const std::string& type);

Answer fhir_answer(const core::Json& resource, int status = 200);
// An OperationOutcome with one issue.
Answer fhir_refusal(int status, const std::string& code, const std::string& diagnostics);

}  // namespace kiosk::sandbox
