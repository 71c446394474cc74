// What a receipt says, before it has a language, a width or a printer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/text/words.h"

namespace kiosk::receipts {

enum class Kind {
  Appointment,           // confirmed by the authority
  AppointmentMoved,      // confirmed by the authority at another time
  AppointmentCancelled,  // cancelled, confirmed by the authority
  ServiceInformation,    // a service's page to take away
  ReportSent,            // received by the authority, with its reference
  NotYetSent,            // a report that waits for the network: says so, and how to find out
  TestPage,              // for staff
};

// One place's way to be reached.
struct Place {
  std::string name;
  std::vector<std::string> address;  // a line each
  std::string how_to_get_there;
};

// Everything but `kind` and `issued_at` may be empty, and is then left out. Text is shown as given, cleaned; none of it
// is looked up or translated, except through the word keys in README.md. A receipt may be personal: it is never logged.
struct Receipt {
  Kind kind = Kind::ServiceInformation;
  std::string title;     // what: the service's name
  std::string provider;  // who: the authority's name
  std::optional<text::Moment> starts;
  std::optional<std::chrono::minutes> length;
  std::string when_note;  // opening hours, or "any time" in words; a line each
  Place where;
  std::vector<std::string> bring;      // a line each
  std::vector<std::string> facts;      // costs, who may come: a line each
  std::string reference;               // the authority's own, as it gave it
  std::string code;                    // of 8 characters (receipt_code.h): for people without phones
  std::vector<std::string> what_next;  // a line each
  std::string call;                    // whom to call: the number
  std::string call_hours;
  std::string link;  // what the QR code holds; empty: no code. Never a name, a contact or a reason
  int copy = 1;      // from 2 on the receipt says which copy it is
  text::Moment issued_at;
  std::string issued_by;  // the kiosk's place: "Riverside Library"
};

// The same in words, line by line: what the screen shows and speaks when there is no paper, in the receipt's order.
struct ReceiptLine {
  enum class Role { Heading, Title, Label, Text, Code, Note };
  Role role = Role::Text;
  std::string text;
  bool operator==(const ReceiptLine&) const = default;
};
std::vector<ReceiptLine> receipt_lines(const Receipt& receipt, const text::Language& language);

}  // namespace kiosk::receipts
