// A resident's visit as data. Everything the screens draw is here; nothing here draws, waits, or does I/O.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/promises/booking.h"
#include "kiosk/settings/settings.h"
#include "kiosk/visit/cards.h"
#include "kiosk/visit/page.h"

namespace kiosk::visit {

// Something asked for in the background. `ticket` names the question: an answer with another ticket is stale and
// dropped.
template <class T>
struct Load {
  enum class Status { Idle, Loading, Ready, Failed };
  Status status = Status::Idle;
  std::uint64_t ticket = 0;
  core::Milliseconds since{};  // monotonic, when it was asked: progress is shown after 300 ms
  T value{};
  std::optional<core::ErrorKind> error;
  bool ready() const { return status == Status::Ready; }
  bool loading() const { return status == Status::Loading; }
  bool failed() const { return status == Status::Failed; }
};

struct Preferences {
  std::string language = "en";
  settings::ThemeChoice theme = settings::ThemeChoice::Light;
  int text_size = 0;  // 0..3
  bool low_reach = false;
  bool sound = false;
  bool operator==(const Preferences&) const = default;
};

struct Topic {
  std::string id, name, icon;  // name in the directory's words unless words has "topic.<id>"
  std::size_t services = 0;
};

struct SearchResults {
  std::vector<ServiceCard> cards;
  std::vector<std::string> suggestions;
  std::vector<search::FilterCount> filters;   // what the cards can be narrowed by
  std::vector<search::NearConcept> concepts;  // what the query was understood as
  std::optional<areas::Answer> area;          // of a postcode in the query
  bool weak = false;                          // nothing that really fits
};

// The fields that a resident can type into.
enum class Field { None, Search, Postcode, Name, Email, Telephone, Custom, Custom2 };

struct FieldText {
  core::SecretText text;
  std::string error_key;  // word key of what is wrong, "" none; set on Continue only
};

struct AreaState {
  FieldText postcode;
  Load<areas::Answer> answer;
  std::size_t chosen_alternative = 0;
  bool alternative_chosen = false;  // by the resident, on a boundary: until then none is theirs
  // The side that is theirs; nullopt on a boundary as long as they have not said which.
  std::optional<std::size_t> side() const {
    const std::size_t sides = answer.value.alternatives.size();
    if (!answer.ready() || chosen_alternative >= sides || (sides > 1 && !alternative_chosen)) return std::nullopt;
    return chosen_alternative;
  }
};

enum class PrintState { None, Printing, Printed, Failed, Unknown };

struct BookingFlow {
  directory::RecordKey service;
  promises::BookingTarget target;
  Load<promises::Offer> offer;
  std::string office_id;
  Load<promises::Calendar> calendar;
  core::Date month_shown{};  // first of the month
  std::optional<core::Date> day;
  std::optional<promises::Slot> slot;
  bool slot_lost = false;  // the chosen slot was taken by another: `nearest` are the next best
  std::vector<promises::Slot> nearest;
  Load<promises::Booking> hold;
  std::vector<Field> questions;  // of this office, in order
  std::size_t question = 0;
  bool changing = false;  // came from the check page: Continue returns there
  FieldText name, email, telephone, custom, custom2;
  Load<promises::Booking> confirmation;
  Load<promises::Booking> outcome;  // asked for again and again while it is not known, and somebody waits
  int outcome_asked = 0;            // how often; the pauses grow with it
  core::Bitmap1 qr;                 // of the receipt, once confirmed
  PrintState print = PrintState::None;
  int copies = 0;
};

struct Sorry {
  SorryReason reason = SorryReason::BookingUnavailable;
  std::string backend_name, phone, hours;         // whom to call; from the configuration or the service record
  std::string detail_key;                         // a word key with more, or ""
  std::optional<promises::Booking> booking = {};  // the appointment in question, where there is one
};

struct State {
  std::shared_ptr<const settings::Settings> settings;
  Preferences preferences;

  Page page = Page::Start;
  std::vector<Page> history;  // where Back goes
  Overlay overlay = Overlay::None;
  Field field = Field::None;  // where the keyboard types
  bool in_visit = false;
  core::Milliseconds now{};  // monotonic, of the last action
  core::Instant wall{};      // of the last action
  core::Milliseconds last_touch{};
  core::Milliseconds asked_still_there{};
  std::size_t invitation = 0;  // which language the start screen invites in
  std::uint64_t next_ticket = 1;
  std::uint64_t visit = 1;        // number of this visit; a result of an earlier one is dropped
  std::uint64_t page_serial = 1;  // rises with every change of page: lists scroll to the top, focus goes to the heading

  FieldText query;
  search::Filters filters;  // what the results are narrowed by
  Load<SearchResults> results;
  std::optional<core::Milliseconds> settles;  // when the results are to be spoken of: a while after the last key
  bool settled = false;
  std::vector<std::string> gaps_counted;  // meanings of this visit's searches that were counted as gaps
  Load<std::vector<Topic>> topics;
  std::string topic_id, topic_name;
  Load<std::vector<ServiceCard>> topic_services;
  Load<ServiceView> service;
  PrintState service_print = PrintState::None;
  core::Bitmap1 service_qr;  // of the service's web address; empty where it has none
  AreaState area;
  Load<std::vector<PlaceCard>> places;
  std::string place_id;
  BookingFlow booking;
  Sorry sorry;

  bool directory_empty = false;                    // nothing was ever synced: search says so
  bool journal_available = true;                   // false: no promises can be made
  bool printer_ready = false;                      // by its last answer
  std::optional<core::Instant> directory_checked;  // oldest last success of the sources
};

// The text of a field, and whether it is personal (masked in scene dumps).
FieldText& field_text(State& state, Field field);
const FieldText& field_text(const State& state, Field field);
bool is_personal(Field field);  // of the person; a search or postcode is not masked, but wiped with the visit as well

// Monotonic moment at which update() wants a Tick, or nullopt: idle questions, invitations, expiring holds, progress.
std::optional<core::Milliseconds> next_tick(const State& state);

}  // namespace kiosk::visit
