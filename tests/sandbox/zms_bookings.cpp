#include "tests/sandbox/zms_bookings.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "tests/sandbox/clock.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

std::string stamp(std::int64_t epoch_s) { return core::to_iso8601(core::Instant{std::chrono::seconds{epoch_s}}); }

// splitmix64: spreads an index over the whole range, the same on every run.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::string hex_key(std::uint64_t seed, int digits) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string key;
  for (int i = 0; i < digits; ++i) key += kHex[mix(seed * 131 + static_cast<std::uint64_t>(i)) & 15];
  return key;
}

// Appointments that other people made: a fixed pattern.
int taken_by_others(const ZmsOffice& office, const OpeningSpan& span, std::int64_t slot) {
  if (office.busy <= 0) return 0;
  int count = 0;
  for (int unit = 0; unit < span.desks; ++unit) {
    const std::uint64_t hash = mix(static_cast<std::uint64_t>(office.id) * 1'000'003 +
                                   static_cast<std::uint64_t>(slot) * 31 + static_cast<std::uint64_t>(unit));
    count += static_cast<double>(hash >> 11) / static_cast<double>(std::uint64_t{1} << 53) < office.busy;
  }
  return count;
}

bool slot_free(const ZmsOffice& office, const OpeningSpan& span, const std::unordered_map<std::int64_t, int>& taken,
               std::int64_t slot) {
  const auto it = taken.find(slot);
  return (it == taken.end() ? 0 : it->second) + taken_by_others(office, span, slot) < span.desks;
}

// Whether slots in a row from `minute` lie in the span and are free.
bool run_free(const ZmsOffice& office, const OpeningSpan& span, const std::unordered_map<std::int64_t, int>& taken,
              core::Date date, int minute, int slot_count) {
  if (minute + slot_count * office.slot_minutes > span.to_minute) return false;
  for (int i = 0; i < slot_count; ++i) {
    if (!slot_free(office, span, taken, uk_epoch_s(date, minute + i * office.slot_minutes))) return false;
  }
  return true;
}

bool day_in_reach(const ZmsOffice& office, core::Date date, std::int64_t now_s) {
  const auto ahead = std::chrono::sys_days{date} - std::chrono::sys_days{uk_date(now_s)};
  return ahead >= std::chrono::days{office.lead_days} && ahead <= std::chrono::days{office.horizon_days};
}

Json booking_json(const Booking& b) {
  Json services = Json::array();
  for (const auto& [id, count] : b.services) services.push_back({{"id", id}, {"count", count}});
  return {{"process_id", b.process_id},
          {"authority", b.authority},
          {"auth_key", b.auth_key},
          {"office_id", b.office},
          {"services", services},
          {"timestamp", b.timestamp},
          {"starts_at", stamp(b.timestamp)},
          {"slot_count", b.slot_count},
          {"slot_minutes", b.slot_minutes},
          {"status", b.status},
          {"expires_at", b.expires_at == 0 ? Json() : Json(stamp(b.expires_at))},
          {"expires_at_s", b.expires_at},
          {"display_number", b.display_number},
          {"contact",
           {{"family_name", b.family_name},
            {"email", b.email},
            {"telephone", b.telephone},
            {"custom_text", b.custom_text},
            {"custom_text2", b.custom_text2}}},
          {"history", b.history},
          {"asked", b.asked}};
}

Booking booking_from(const Json& json) {
  const auto integer = [&](const char* key) { return core::json_integer(json, key).value_or(0); };
  const Json& contact = core::json_object(json, "contact");
  Booking b;
  b.process_id = integer("process_id");
  b.authority = core::json_text(json, "authority");
  b.auth_key = core::json_text(json, "auth_key");
  b.office = integer("office_id");
  b.timestamp = integer("timestamp");
  b.slot_count = static_cast<int>(integer("slot_count"));
  b.slot_minutes = static_cast<int>(integer("slot_minutes"));
  b.status = core::json_text(json, "status");
  b.expires_at = integer("expires_at_s");
  b.display_number = core::json_text(json, "display_number");
  b.family_name = core::json_text(contact, "family_name");
  b.email = core::json_text(contact, "email");
  b.telephone = core::json_text(contact, "telephone");
  b.custom_text = core::json_text(contact, "custom_text");
  b.custom_text2 = core::json_text(contact, "custom_text2");
  b.history = core::json_array(json, "history");
  for (const Json& service : core::json_array(json, "services"))
    b.services.emplace_back(core::json_integer(service, "id").value_or(0),
                            static_cast<int>(core::json_integer(service, "count").value_or(1)));
  for (const auto& [call, count] : core::json_object(json, "asked").items())
    b.asked[call] = count.is_number_integer() ? count.get<std::int64_t>() : 0;
  return b;
}

}  // namespace

void note(Booking& booking, const std::string& event, std::int64_t now_s, Json details) {
  details["at"] = stamp(now_s);
  details["event"] = event;
  booking.history.push_back(std::move(details));
}

void Bookings::expire(std::int64_t now_s) {
  for (auto& [id, booking] : bookings_) {
    const bool waits = booking.status == "reserved" || booking.status == "preconfirmed";
    if (!waits || booking.expires_at == 0 || booking.expires_at > now_s) continue;
    note(booking, "expired", booking.expires_at, {{"was", booking.status}});
    booking.status = "expired";
  }
}

Booking& Bookings::add(Booking booking, int auth_key_length) {
  const std::int64_t id = bookings_.empty() ? 100'001 : bookings_.rbegin()->first + 1;
  booking.process_id = id;
  booking.auth_key = hex_key(static_cast<std::uint64_t>(id), auth_key_length);
  booking.display_number = "A" + std::to_string(id % 1000);
  return bookings_[id] = std::move(booking);
}

Booking* Bookings::find(const std::string& authority, std::int64_t process_id) {
  const auto it = bookings_.find(process_id);
  return it == bookings_.end() || it->second.authority != authority ? nullptr : &it->second;
}

std::unordered_map<std::int64_t, int> Bookings::taken(const std::string& authority, std::int64_t office) const {
  std::unordered_map<std::int64_t, int> taken;
  for (const auto& [id, booking] : bookings_) {
    if (booking.authority != authority || booking.office != office || !booking.holds_slots()) continue;
    for (int i = 0; i < booking.slot_count; ++i)
      ++taken[booking.timestamp + std::int64_t{i} * booking.slot_minutes * 60];
  }
  return taken;
}

std::int64_t Bookings::count_with_mail(const std::string& authority, const std::string& email,
                                       std::int64_t besides) const {
  return std::count_if(bookings_.begin(), bookings_.end(), [&](const auto& entry) {
    const Booking& one = entry.second;
    return one.authority == authority && one.process_id != besides && one.holds_slots() &&
           core::equals_ignoring_case(one.email, email);
  });
}

Json Bookings::to_json() const {
  Json list = Json::array();
  for (const auto& [id, booking] : bookings_) list.push_back(booking_json(booking));
  return list;
}

Json Bookings::slots_json() const {
  std::map<std::tuple<std::string, std::int64_t, std::int64_t>, Json> holders;
  for (const auto& [id, booking] : bookings_) {
    if (!booking.holds_slots()) continue;
    for (int i = 0; i < booking.slot_count; ++i) {
      Json& list =
          holders[{booking.authority, booking.office, booking.timestamp + std::int64_t{i} * booking.slot_minutes * 60}];
      list.push_back(id);
    }
  }
  Json out = Json::array();
  for (const auto& [slot, list] : holders) {
    const auto& [authority, office, timestamp] = slot;
    out.push_back({{"authority", authority},
                   {"office_id", office},
                   {"timestamp", timestamp},
                   {"starts_at", stamp(timestamp)},
                   {"process_ids", list}});
  }
  return out;
}

void Bookings::restore(const Json& saved) {
  bookings_.clear();
  if (!saved.is_array()) return;
  for (const Json& one : saved) {
    Booking booking = booking_from(one);
    if (booking.process_id > 0) bookings_[booking.process_id] = std::move(booking);
  }
}

std::vector<std::int64_t> bookable_starts(const ZmsOffice& office, const std::unordered_map<std::int64_t, int>& taken,
                                          core::Date date, int slot_count, std::int64_t now_s) {
  std::vector<std::int64_t> starts;
  if (office.closed.count(core::to_iso8601(date)) || !day_in_reach(office, date, now_s)) return starts;
  const int weekday = static_cast<int>(std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding());
  for (const OpeningSpan& span : office.opening) {
    if (span.weekday != weekday) continue;
    for (int minute = span.from_minute; minute < span.to_minute; minute += office.slot_minutes) {
      const std::int64_t start = uk_epoch_s(date, minute);
      if (start > now_s && run_free(office, span, taken, date, minute, slot_count)) starts.push_back(start);
    }
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  return starts;
}

bool is_bookable(const ZmsOffice& office, const std::unordered_map<std::int64_t, int>& taken, std::int64_t timestamp,
                 int slot_count, std::int64_t now_s) {
  const auto starts = bookable_starts(office, taken, uk_date(timestamp), slot_count, now_s);
  return std::binary_search(starts.begin(), starts.end(), timestamp);
}

}  // namespace kiosk::sandbox
