// A report on its way: from the service page, over place and questions, to what became of it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/areas/areas.h"
#include "kiosk/core/bitmap.h"
#include "kiosk/directory/model.h"
#include "kiosk/promises/report.h"
#include "kiosk/settings/settings.h"
#include "kiosk/visit/parts.h"

namespace kiosk::visit {

// How the resident says where it is.
enum class ReportWay {
  None,      // not chosen yet
  Postcode,  // near one
  Words,     // an address or a landmark
  Here,      // where the kiosk stands
};

// What is asked on one page.
struct ReportStep {
  enum class Kind {
    Question,     // of the back end's form
    Description,  // what is wrong
    Contact,      // whether they want to be reached at all
    Name,
    Email,
    Telephone,
  };
  Kind kind = Kind::Question;
  std::size_t question = 0;  // index in the form
  bool operator==(const ReportStep&) const = default;
};

// What was said to one question of the form.
struct ReportReply {
  FieldText text;                            // Line, Paragraph, Number
  std::vector<std::size_t> chosen;           // OneOf, ManyOf: indices of choices, rising
  std::optional<core::Date> day;             // Moment
  std::optional<std::chrono::minutes> time;  // after local midnight, where they know it
};

// Somebody else looks after it: who, and how they are reached.
struct HandedOver {
  struct Body {
    std::string name, phone, hours, website;
    std::optional<directory::RecordKey> service;  // theirs in the directory
  };
  std::vector<Body> bodies;
  bool by_place = false;  // because of where it is: a postcode may be wrong, so it can be reported all the same
};

struct ReportFlow {
  directory::RecordKey service;  // whose page it began on
  std::string title;             // what is reported: the service's name
  promises::ReportTarget target;
  HandedOver handed_over;
  Load<promises::ReportForm> form;  // back end away: one without questions, under the service's name

  ReportWay way = ReportWay::None;
  FieldText postcode, place;
  Load<areas::Answer> area;  // of the postcode
  Load<std::vector<promises::RemoteReport>> near;

  std::vector<ReportStep> steps;  // in the order in which they are asked; empty before the form is there
  std::size_t step = 0;
  bool changing = false;             // came from the check page: Continue returns there
  std::vector<ReportReply> replies;  // one for each question of the form
  FieldText description, name, email, telephone;
  std::optional<bool> contact;  // whether they want to be reached; nullopt: not said yet
  std::string fault_key;        // word key of what is wrong with a choice; typed answers have their own
  core::Date month_shown{};     // of a Moment's calendar

  Load<promises::Report> sending;
  bool cancelled = false;          // the last try was called back before anything left
  Load<promises::Report> outcome;  // asked for again and again while it may change, and somebody waits
  int outcome_asked = 0;           // how often; the pauses grow with it
  core::Bitmap1 qr;                // of the slip
  Paper paper;
};

// What can be said of a report. Nothing but Numbered, AwaitsNumber and Taken may be called "sent".
enum class ReportOutcome {
  Numbered,      // the back end has it, under a number
  AwaitsNumber,  // the back end has it, the number comes later
  Taken,         // the back end has it, and gives no number
  NotYetSent,    // this kiosk has it, and sends it when it can
  NotKnown,      // it may have arrived
  Refused,       // the back end said no
};
// Drafted and Withdrawn never left: nullopt.
std::optional<ReportOutcome> outcome_of(const promises::Report& report);
bool is_sent(ReportOutcome outcome);
// The stem of its word keys: "report.done.queued" has ".title", ".text" and ".next"; of a request to be called back it
// is "call_back.done.queued".
std::string word_stem(ReportOutcome outcome, bool call_back);
// The kind of report that a booking system's entry names for requests to be called back: who sends it gives a telephone
// number, and no place.
bool is_call_back(const settings::Settings& settings, const promises::ReportTarget& target);

// Who is said to receive it: the entry's name.
std::string report_system_name(const settings::Settings& settings, const promises::ReportTarget& target);

// The question of the form that is asked on this page; null on the others.
const promises::ReportQuestion* question_of(const ReportFlow& flow, const ReportStep& step);
bool is_required(const ReportFlow& flow, const ReportStep& step, const settings::Settings& settings);
// How many questions there are, with those that only who wants to be reached is asked, until that is said: people who
// count down to the end are not to see it move away.
std::size_t steps_foreseen(const ReportFlow& flow, const settings::Settings& settings);
// Where it is, as a point; nullopt: in words alone.
std::optional<core::GeoPoint> report_point(const ReportFlow& flow, const settings::Settings& settings);
// Where it is, in words that the back end gets: the place typed, with the postcode or the kiosk's name.
core::SecretText report_words(const ReportFlow& flow, const settings::Settings& settings);

}  // namespace kiosk::visit
