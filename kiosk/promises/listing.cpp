#include "kiosk/promises/listing.h"

namespace kiosk::promises {

using core::Json;
using core::Result;

Json to_json(const Booking& booking) {
  return {{"id", booking.id},
          {"state", to_string(booking.state)},
          {"service", booking.service_name},
          {"place", booking.office.name},
          {"starts", core::to_iso8601(booking.slot.start)},
          {"reference", booking.reference},
          {"back_end", booking.target.backend},
          {"giving_up", booking.giving_up},
          {"problem", booking.problem},
          {"created", core::to_iso8601(booking.created)},
          {"changed", core::to_iso8601(booking.changed)}};
}

Result<Json> show_booking(Journal& journal, const std::string& booking_id) {
  KIOSK_TRY(const Booking booking, journal.find(booking_id));
  KIOSK_TRY(const std::vector<HistoryEntry> history, journal.history(booking_id));
  KIOSK_TRY(const std::vector<PrintRecord> prints, journal.prints_of(booking_id));
  Json json = to_json(booking);
  json["history"] = Json::array();
  for (const HistoryEntry& entry : history) {
    json["history"].push_back(
        {{"at", core::to_iso8601(entry.at)}, {"state", to_string(entry.state)}, {"note", entry.note}});
  }
  json["prints"] = Json::array();
  for (const PrintRecord& print : prints) {
    json["prints"].push_back({{"id", print.id},
                              {"copy", print.copy},
                              {"state", to_string(print.state)},
                              {"detail", print.detail},
                              {"at", core::to_iso8601(print.changed)}});
  }
  return json;
}

Result<Json> list_bookings(Journal& journal, std::size_t limit) {
  KIOSK_TRY(const std::vector<Booking> bookings, journal.newest(limit));
  Json list = Json::array();
  for (const Booking& booking : bookings) list.push_back(to_json(booking));
  return list;
}

std::string one_line(const Booking& booking) {
  std::string line = booking.id + "  " + std::string(to_string(booking.state)) + "  " +
                     core::to_iso8601(booking.slot.start).substr(0, 16) + "Z  " + booking.service_name + ", " +
                     booking.office.name;
  if (!booking.reference.empty()) line += "  " + booking.reference;
  if (booking.giving_up) line += "  (to be given back)";
  if (!booking.problem.empty()) line += "  [" + booking.problem + "]";
  return line;
}

}  // namespace kiosk::promises
