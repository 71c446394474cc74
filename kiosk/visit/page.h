// The pages of a visit and what can go wrong on the way, by name.
#pragma once

#include <string_view>

namespace kiosk::visit {

enum class Page {
  Start,             // invites; search box, topics, my area, places
  Search,            // results as you type
  Topics,            // all topics
  Topic,             // the services of one
  Service,           // one service
  Area,              // postcode → who serves me
  Places,            // libraries, centres, offices and their hours
  Place,             // one of them
  BookOffice,        // where (left out when there is one office)
  BookServices,      // how many of it, and what else in the same visit (where the office allows it)
  BookTime,          // day and time
  BookDetails,       // one question a page
  BookCheck,         // everything before it is sent
  BookDone,          // confirmed
  Manage,            // the code of an appointment is asked for
  Managed,           // the appointment: see, move, cancel, print
  ManageCancel,      // really?
  LargeQr,           // the QR over the whole screen, with the code
  Sorry,             // it did not work: why, and what can be done now
  ReportWhere,       // where the problem is: near a postcode, in words, or here
  ReportPostcode,    // near which
  ReportPlace,       // the address or landmark in words
  ReportKnown,       // what is known near by: it may be this
  ReportHandedOver,  // somebody else looks after it: who, and how they are reached
  ReportQuestion,    // one question a page
  ReportCheck,       // everything before it is sent
  ReportDone,        // what became of it
};

// What is laid over a page; the page stays below as it was.
enum class Overlay { None, Help, Language, StillThere };

enum class SorryReason {
  BookingUnavailable,  // the booking system cannot be reached or answers nonsense
  BookingClosed,       // no appointments are offered at all
  HoldExpired,         // the time to finish ran out
  BookingRefused,      // the back end said no
  BookingUnknown,      // sent, and no answer: being checked; never say booked, never say not booked
  JournalUnavailable,  // the kiosk cannot write promises down, so it makes none
  ServiceGone,         // the record is no longer there
  SearchUnavailable,   // no directory on this kiosk yet
  ReportUnavailable,   // the report system is none that we know how to ask: nothing was sent
  ReportGone,          // it takes this kind of report no more
  ReportJournal,       // JournalUnavailable, of a report
};

bool is_report(SorryReason reason);  // of reports; the others are of appointments and of the directory
// The stem of a reason's word keys: "sorry.refused" has ".title" and ".text".
std::string_view word_stem(SorryReason reason);

}  // namespace kiosk::visit
