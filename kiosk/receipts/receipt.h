// What a receipt says, before it has a width or a printer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/text/words.h"

namespace kiosk::receipts {

enum class Kind {
  Appointment,           // confirmed by the authority
  AppointmentMoved,      // confirmed by the authority at another time
  AppointmentCancelled,  // cancelled, confirmed by the authority
  AppointmentNotBooked,  // it was wanted, and came to nothing: why, and whom to call
  AppointmentNotKnown,   // sent, and no answer: claims neither
  ServiceInformation,    // a service's page to take away
  ReportSent,            // received by the authority, with its reference
  NotYetSent,            // a report that waits for the network: says so, and how to find out
  ReportNotKnown,        // sent, and no answer: claims neither
  ReportRefused,         // the authority said no: why, and whom to call
  ReportNotSent,         // it never left: why, and whom to call
  TestPage,              // for staff
};

// What there is room for of opening hours: three tables of a week with what they hold for, and that there is more.
constexpr std::size_t kMostTimesLines = 25;
constexpr std::size_t kMostTimesBytes = 1500;

// When something is open, a line a day.
struct OpeningTimes {
  std::string of_what;  // what they are limited to: "Phone, at night"; empty: they hold for all of it
  std::vector<std::string> lines;
};

// One place's way to be reached.
struct Place {
  std::string name;
  std::vector<std::string> address;  // a line each
  std::string how_to_get_there;
};

// Everything but `kind` and `issued_at` may be empty, and is then left out. Text is shown as given, cleaned; none of it
// is looked up or translated: labels and sentences are the word keys in README.md. A text has at most 600 bytes, a list
// 12 items, the whole 3000 bytes; beyond that it is cut with an ellipsis, last things first, but never references,
// codes and whom to call, of which each has room of its own: 200 bytes. Of opening hours whoever makes the receipt
// gives no more than kMostTimesLines and kMostTimesBytes, in whole tables; as many tables and lines of each are shown
// at most. A receipt may be personal: it is never logged.
struct Receipt {
  Kind kind = Kind::ServiceInformation;
  bool call_back = false;             // the report asks to be called back
  std::vector<std::string> happened;  // why, below the heading: a line each; of several the first is what it comes to
  std::string title;                  // what: the service's name
  std::string provider;               // who: the authority's name
  std::optional<text::Moment> starts;
  std::optional<std::chrono::minutes> length;
  std::vector<OpeningTimes> times;
  Place where;
  std::vector<std::string> bring;      // a line each
  std::vector<std::string> facts;      // costs, who may come: a line each
  std::string reference;               // the authority's own, as it gave it
  std::string code;                    // of 8 characters (core/check_code.h): for people without phones
  std::vector<std::string> what_next;  // a line each
  std::string call;                    // whom to call: the number
  std::string call_hours;
  std::string link;                     // what the QR code holds; empty: no code. Never a name, a contact or a reason
  std::optional<text::Moment> checked;  // when the authority's record was last looked at
  int copy = 1;                         // from 2 on the receipt says which copy it is
  text::Moment issued_at;
  std::string issued_by;  // the kiosk's place: "Riverside Library"
};

// The receipt in words, line by line and in the paper's order: paper is laid out from these lines, and the screen shows
// and speaks the same ones. Texts from outside are isolated where the language or the text is right to left.
struct ReceiptLine {
  enum class Role {
    Copy,       // "Copy 2"
    Heading,    // what became of it: "Your appointment is booked"
    Title,      // what it is about
    Provider,   // who does it
    Label,      // "When"; belongs to the lines up to the next label
    Lead,       // what the text below it comes to, or holds for
    Important,  // the day, the time, the place's name
    Text,
    Item,  // of a list
    Code,  // a reference or code, to be read out character by character
    Phone,
    QrCaption,  // what the QR code is for; only with a link
    Note,       // when the record was looked at, when and where it was printed
  };
  Role role = Role::Text;
  std::string text;
  bool operator==(const ReceiptLine&) const = default;
};
std::vector<ReceiptLine> receipt_lines(const Receipt& receipt, const text::Language& language);

// "7, K, 3, M, 9, Q, X, 4": a code or reference as it is read aloud. Spaces and hyphens become longer pauses (";").
std::string spoken_code(std::string_view code);

}  // namespace kiosk::receipts
