// A resident's visit as data. Everything the screens draw is here; nothing here draws, waits, or does I/O.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/promises/managed.h"
#include "kiosk/settings/settings.h"
#include "kiosk/visit/cards.h"
#include "kiosk/visit/page.h"
#include "kiosk/visit/parts.h"
#include "kiosk/visit/report_flow.h"

namespace kiosk::visit {

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

// Of the choices that narrow a list so many are offered, and none that leaves fewer than this.
constexpr std::size_t kMostFilters = 5;
constexpr std::size_t kFewestNarrowed = 2;

struct SearchResults {
  std::vector<ServiceCard> cards;
  std::vector<std::string> suggestions;
  std::vector<search::FilterCount> filters;    // what the cards can be narrowed by, with the cards that each leaves
  std::vector<search::NearConcept> concepts;   // what the query was understood as
  std::optional<areas::Answer> area;           // of a postcode in the query
  bool weak = false;                           // nothing that really fits
  std::string unknown_postcode;                // in the query, and in no table; "" none
  std::size_t found = 0;                       // hits before the query's filters
  std::shared_ptr<const search::Asked> asked;  // what the next key goes on from
};

// The fields that a resident can type into.
enum class Field {
  None,
  Search,
  Postcode,
  // of a booking
  Name,
  Email,
  Telephone,
  Custom,
  Custom2,
  // of a report
  ReportPostcode,
  ReportPlace,
  ReportAnswer,  // to the form's question that is shown
  ReportDescription,
  ReportName,
  ReportEmail,
  ReportTelephone,
  Code,  // of an appointment or report that is there already
};

struct AreaState {
  FieldText postcode;
  Load<areas::Answer> answer;
  std::size_t chosen_alternative = 0;
  bool alternative_chosen = false;  // by the resident, on a boundary: until then none is theirs
  bool from_search = false;         // it stood among the words of a search; the next that does replaces it
  // The side that is theirs; nullopt on a boundary as long as they have not said which.
  std::optional<std::size_t> side() const {
    const std::size_t sides = answer.value.alternatives.size();
    if (!answer.ready() || chosen_alternative >= sides || (sides > 1 && !alternative_chosen)) return std::nullopt;
    return chosen_alternative;
  }
};

// Why a choice of services came to nothing, and all is as it was before.
enum class ServicesFault { None, Refused, NotHeard };

struct BookingFlow {
  directory::RecordKey service;
  promises::BookingTarget target;
  Load<promises::Offer> offer;  // while another is loading, `value` is the one before
  ServicesFault services_fault = ServicesFault::None;
  std::string office_id;
  Load<promises::Calendar> calendar;
  Load<promises::Calendar> day_times;  // of a day that the calendar left unread; they join `calendar`
  std::optional<double> proof;  // of the work that the system has the kiosk do first: the share done, while it is
  core::Date month_shown{};     // first of the month
  std::optional<core::Date> day;
  std::optional<promises::Slot> slot;
  bool slot_lost = false;  // the chosen slot was taken by another: `nearest` are the next best
  std::vector<promises::Slot> nearest;
  Load<promises::Booking> hold;
  std::vector<Field> questions;  // of this office, in order
  std::size_t question = 0;
  bool changing = false;                      // came from the check page: Continue returns there
  std::optional<promises::Booking> replaces;  // the appointment that is being moved
  FieldText name, email, telephone, custom, custom2;
  Load<promises::Booking> confirmation;
  Load<promises::Booking> outcome;  // asked for again and again while it is not known, and somebody waits
  int outcome_asked = 0;            // how often; the pauses grow with it
  core::Bitmap1 qr;                 // of the receipt, once confirmed
  bool old_stands = false;          // moved, and the earlier one could not be cancelled yet
  Paper paper;
};

// An appointment that is there already, found by its code.
struct ManageFlow {
  FieldText code;
  Load<promises::Managed> found;
  Load<directory::Service> service;  // the directory's record of what it is for; fails where there is none any more
  Load<promises::Booking> cancelling;
  std::string cancel_fault;  // stem of the word keys of why the last try came to nothing; "" it did not
  Paper paper;
};

struct Sorry {
  SorryReason reason = SorryReason::BookingUnavailable;
  std::string backend_name, phone, hours;         // whom to call; from the configuration or the service record
  std::string detail_key;                         // a word key with more, or ""
  std::optional<promises::Booking> booking = {};  // the appointment in question, where there is one
  Paper paper = {};
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
  Paper service_paper;
  core::Bitmap1 service_qr;  // of the service's web address; empty where it has none
  AreaState area;
  Load<std::vector<PlaceCard>> places;
  std::string place_id;
  BookingFlow booking;
  ReportFlow report;
  ManageFlow manage;
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

// Where "Ask to be called back" leads from the page that says sorry: a service that the site names for the booking
// system that is away. Nullopt: nowhere.
std::optional<promises::ReportTarget> call_back_target(const State& state);

// Whether the report that is being made, or was found, asks for that.
bool is_call_back(const State& state);

// Whether the visit can be for more than one of its service, or for others too; not of an appointment that is moved.
bool can_choose_services(const BookingFlow& flow);
// How many of a service the visit is for; 0: it isn't.
int chosen_count(const promises::BookingTarget& target, const std::string& service_id);

// Where the keyboard types on this page of a report; None: nothing is typed there.
Field report_field(const ReportFlow& flow, const ReportStep& step);
// A day, or a day and a time, that can be answered: none after now; of what is to come, none before.
bool may_be_moment(const State& state, const promises::ReportQuestion& question, core::Date day,
                   std::optional<std::chrono::minutes> time = {});
bool takes_away_report(const State& state);  // the paper and codes of the page are a report's

// Monotonic moment at which update() wants a Tick, or nullopt: idle questions, invitations, expiring holds, progress.
std::optional<core::Milliseconds> next_tick(const State& state);

}  // namespace kiosk::visit
