#include "kiosk/receipts/icalendar.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/text/bidi.h"

namespace kiosk::receipts {

namespace {

constexpr std::size_t kMostLineBytes = 75;  // RFC 5545 section 3.1, without the line break
constexpr std::size_t kMostTextBytes = 2000;
constexpr std::chrono::minutes kAnHour{60};  // where the authority gave no length

// RFC 5545 section 3.3.11.
std::string escaped(std::string_view outside) {
  std::string result;
  for (const char c : text::clean_outside_text(outside, kMostTextBytes)) {
    if (c == '\n') {
      result += "\\n";
    } else {
      if (c == '\\' || c == ';' || c == ',') result += '\\';
      result += c;
    }
  }
  return result;
}

void add_line(std::string& out, std::string_view line) {
  std::size_t room = kMostLineBytes;
  while (line.size() > room) {
    const std::string_view part = core::truncate_utf8(line, room);
    out.append(part).append("\r\n ");
    line.remove_prefix(part.size());
    room = kMostLineBytes - 1;  // the space that begins a continuation counts
  }
  out.append(line).append("\r\n");
}

// "20261124T143000Z"
std::string utc(core::Instant instant) {
  std::string result;
  for (const char c : core::to_iso8601(std::chrono::floor<std::chrono::seconds>(instant))) {
    if (c == '.') return result + 'Z';
    if (c != '-' && c != ':') result += c;
  }
  return result;
}

std::string location_of(const Place& place) {
  std::vector<std::string> parts;
  if (!place.name.empty()) parts.push_back(place.name);
  parts.insert(parts.end(), place.address.begin(), place.address.end());
  return core::join(parts, ", ");
}

std::string description_of(const Receipt& receipt) {
  std::vector<std::string> lines = receipt.bring;
  for (const auto* more : {&receipt.what_next, &receipt.facts}) lines.insert(lines.end(), more->begin(), more->end());
  for (const std::string& line :
       {receipt.where.how_to_get_there, receipt.reference, receipt.call, receipt.call_hours}) {
    if (!line.empty()) lines.push_back(line);
  }
  return core::join(lines, "\n");
}

bool is_safe_token(std::string_view text) {
  return !text.empty() && text.size() <= 255 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

core::Result<std::string> to_icalendar(const Receipt& receipt, const std::string& uid, int sequence) {
  const bool stood = receipt.kind != Kind::AppointmentNotBooked && receipt.kind != Kind::AppointmentNotKnown;
  if (!receipt.starts || !stood)
    return core::make_error(core::ErrorKind::Invalid, "only an appointment with a time can be put into a calendar");
  if (!is_safe_token(uid))
    return core::make_error(core::ErrorKind::Invalid, "the calendar entry needs an id of plain characters");
  const bool cancelled = receipt.kind == Kind::AppointmentCancelled;
  const core::Instant start = receipt.starts->instant;
  std::string out;
  const auto add = [&out](std::string_view name, const std::string& value) {
    if (!value.empty()) add_line(out, std::string(name) + ':' + value);
  };
  add("BEGIN", "VCALENDAR");
  add("VERSION", "2.0");
  add("PRODID", "-//Civic Kiosk//Receipts 1//EN");
  add("METHOD", cancelled ? "CANCEL" : "PUBLISH");
  add("BEGIN", "VEVENT");
  add("UID", uid);
  add("DTSTAMP", utc(receipt.issued_at.instant));
  add("SEQUENCE", std::to_string(std::max(sequence, 0)));
  add("DTSTART", utc(start));
  add("DTEND", utc(start + receipt.length.value_or(kAnHour)));
  add("SUMMARY", escaped(receipt.title));
  add("LOCATION", escaped(location_of(receipt.where)));
  add("DESCRIPTION", escaped(description_of(receipt)));
  if (is_safe_token(receipt.link)) add("URL", receipt.link);
  add("STATUS", cancelled ? "CANCELLED" : "CONFIRMED");
  add("END", "VEVENT");
  add("END", "VCALENDAR");
  return out;
}

}  // namespace kiosk::receipts
