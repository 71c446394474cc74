// Bookings as values: what can be booked, what a resident was promised, and where the promise stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/geo.h"
#include "kiosk/core/result.h"
#include "kiosk/core/secret.h"

namespace kiosk::promises {

// Names one bookable service of one back end.
struct BookingTarget {
  std::string backend;     // id of a [[bookings]] entry of the configuration
  std::string service_id;  // the back end's own
  int count = 1;           // how many of it in the one visit, 1 .. 25
  struct Also {
    std::string service_id;
    int count = 1;
    bool operator==(const Also&) const = default;
  };
  std::vector<Also> also = {};  // further services in the same visit, in the order chosen
  bool operator==(const BookingTarget&) const = default;
};

enum class Need { Off, Optional, Required };

// What an office asks of the person who books.
struct DetailsForm {
  Need email = Need::Off;
  Need telephone = Need::Off;
  struct Custom {
    Need need = Need::Off;
    std::string label;  // in the back end's words
  } custom, custom2;    // at most 250 code points each
};

struct Office {
  std::string id, name;
  std::string address;  // one line
  std::optional<core::GeoPoint> point;
  std::string hint;  // how to find it, what to bring: clean text
  DetailsForm form;
  int slot_minutes = 0;  // length of one appointment for this service
};

struct Offer {  // a service as the back end offers it
  BookingTarget target;
  std::string name;
  std::vector<Office> offices;  // that have all of the target's services
  int most = 1;                 // how many of the service the one visit can hold, with what else is in the target
  // What else can be had in the same visit. What is in target.also already is among them, so that its number can be
  // changed; `most` is what fits beside the rest.
  struct Addition {
    std::string service_id, name;
    int most = 1;
  };
  std::vector<Addition> additions = {};
};

// What the visit is for, in one line: "2 × Register a birth + Housing advice".
std::string visit_name(const Offer& offer);

struct Slot {
  std::string office_id;
  core::Instant start;
  std::string id = {};  // the back end's own, where it names its slots
  auto operator<=>(const Slot&) const = default;
};

struct Calendar {
  std::vector<Slot> slots;              // in the order of start, then office
  std::vector<core::Date> full_days;    // offered but without a free slot
  std::vector<core::Date> unread_days;  // with a free slot at some time: ask for such a day alone to learn its times
  std::optional<core::Date> previous_bookable, next_bookable;  // outside the window that was asked for
};

// Invalid: it ends before it begins, or is longer than 62 days. Not every back end says so itself.
core::Status check_calendar_range(core::Date first, core::Date last);

struct Details {
  core::SecretText name, email, telephone, custom, custom2;
};

// The machine of design section 6, booking side, and what became of holds.
enum class BookingState {
  Drafted,     // written down; nothing was sent
  Holding,     // the request for a hold is on its way, or its answer was lost
  Held,        // the back end keeps the slot until `hold_until`
  Confirming,  // details or confirmation are on their way
  Confirmed,
  Refused,    // the back end said no; nothing is booked
  Unknown,    // sent, not answered: to be read back
  Released,   // given up by the resident or by time; nothing is booked
  Cancelled,  // was confirmed, and then cancelled
};
bool is_open(BookingState state);                // still to be acted on: Drafted, Holding, Held, Confirming, Unknown
std::string_view to_string(BookingState state);  // stable lower-case name: "confirmed"
std::optional<BookingState> booking_state(std::string_view name);

struct Booking {
  std::string id;  // the kiosk's own, random
  BookingState state = BookingState::Drafted;
  BookingTarget target;
  std::string service_name;
  Office office;
  Slot slot;
  std::string record;     // "<source>:<id>" of the directory, from whose page it was booked; empty: not known
  std::string replaces;   // id of the booking that this one is to stand for; it is cancelled once this is Confirmed
  std::string reference;  // what the back end calls it, to show to people; empty before Held
  std::string code;       // 8-character code for people without phones, with check character; on receipts
  std::optional<core::Instant> hold_until;
  bool giving_up = false;  // a hold to be given back, or an appointment to be cancelled, as soon as it can be sent
  std::string problem;     // for staff: the back end's error code, or ours
  core::Instant created{}, changed{};
};

}  // namespace kiosk::promises
