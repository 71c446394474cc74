// The appointment systems' books: who holds which slot, and how each booking came to be what it is.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "kiosk/core/json.h"
#include "tests/sandbox/zms_data.h"

namespace kiosk::sandbox {

struct Booking {
  std::int64_t process_id = 0;
  std::string authority;
  std::string auth_key;
  std::int64_t office = 0;
  std::vector<std::pair<std::int64_t, int>> services;  // id, count; the first is the main one
  std::int64_t timestamp = 0;                          // epoch seconds
  int slot_count = 1;
  int slot_minutes = 10;
  std::string status;           // reserved, preconfirmed, confirmed, deleted, expired
  std::int64_t expires_at = 0;  // epoch seconds; 0: does not
  std::string display_number;
  std::string family_name, email, telephone, custom_text, custom_text2;
  core::Json history = core::Json::array();   // {at, event, ...}
  std::map<std::string, std::int64_t> asked;  // how often each call named it

  bool holds_slots() const { return status == "reserved" || status == "preconfirmed" || status == "confirmed"; }
};

// Not thread-safe: its owner locks.
class Bookings {
 public:
  // Lets holds and activations lapse.
  void expire(std::int64_t now_s);
  Booking& add(Booking booking, int auth_key_length);
  Booking* find(const std::string& authority, std::int64_t process_id);
  // How many bookings hold each slot of an office, by its start.
  std::unordered_map<std::int64_t, int> taken(const std::string& authority, std::int64_t office) const;

  // Other bookings, not given up, under the same e-mail address.
  std::int64_t count_with_mail(const std::string& authority, const std::string& email, std::int64_t besides) const;

  core::Json to_json() const;
  core::Json slots_json() const;  // each held slot and its holders
  void restore(const core::Json& saved);
  void clear() { bookings_.clear(); }

 private:
  std::map<std::int64_t, Booking> bookings_;  // by process id
};

void note(Booking& booking, const std::string& event, std::int64_t now_s, core::Json details = core::Json::object());

// Whether `slot_count` slots in a row from `timestamp` are free, and all of one opening.
bool is_bookable(const ZmsOffice& office, const std::unordered_map<std::int64_t, int>& taken, std::int64_t timestamp,
                 int slot_count, std::int64_t now_s);
// The starts on a day from which that many slots are free.
std::vector<std::int64_t> bookable_starts(const ZmsOffice& office, const std::unordered_map<std::int64_t, int>& taken,
                                          core::Date date, int slot_count, std::int64_t now_s);

}  // namespace kiosk::sandbox
