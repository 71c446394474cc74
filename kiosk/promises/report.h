// Reports of problems as values: what can be reported, what is asked about it, and where a report stands. The terms are
// those of Open311 GeoReport v2 where it has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/geo.h"
#include "kiosk/core/secret.h"

namespace kiosk::promises {

// Names one kind of report of one back end.
struct ReportTarget {
  std::string backend;    // id of a [[reports]] entry of the configuration
  std::string type_code;  // the back end's own: Open311's service_code
  bool operator==(const ReportTarget&) const = default;
};

// What the back end answers to a report.
enum class ReportAnswer {
  AtOnce,   // "realtime": the number of the request
  Later,    // "batch": a token, and the number when it is asked for later
  Nothing,  // "blackbox": no more than that it was taken
};

struct ReportType {
  std::string code, name, description, group;
  std::vector<std::string> keywords;
  ReportAnswer answer = ReportAnswer::AtOnce;
  bool has_questions = false;
};

// One question of a kind of report: Open311's attribute.
struct ReportQuestion {
  enum class Kind {
    Notice,  // nothing is asked: a text to be read
    Line,
    Paragraph,
    Number,
    Moment,  // a day, or a day and a time
    OneOf,
    ManyOf,
  };
  struct Choice {
    std::string key, name;
    bool operator==(const Choice&) const = default;
  };
  std::string code;
  Kind kind = Kind::Line;
  bool required = false;
  std::string text, hint;  // clean text, in the back end's words
  std::vector<Choice> choices;
  bool of_future = false;  // of a Moment: it is to come. What is reported has been, so the others end now
  bool operator==(const ReportQuestion&) const = default;
};

struct ReportForm {
  ReportTarget target;
  std::string name;                       // of the kind of report
  std::vector<ReportQuestion> questions;  // in the order in which to ask
};

// Where it is: in words ("by the bus stop outside the library"), and as a point (WGS 84) where one is known.
struct ReportPlace {
  core::SecretText words;
  std::optional<core::GeoPoint> point;
};

// All that a resident said. Sealed in the journal until the back end has taken it, then erased.
struct ReportContent {
  struct Reply {
    std::string code;                      // of the question
    std::vector<core::SecretText> values;  // keys of choices, or one text; Moment: ISO 8601 with a zone
  };
  ReportPlace place;
  core::SecretText description;  // at most 4,000 code points, line breaks allowed
  std::vector<Reply> replies;
  core::SecretText name, email, telephone;
};

// The machine of design section 6, reporting side.
enum class ReportState {
  Drafted,
  Queued,   // to be sent as soon as the back end answers
  Sending,  // on its way, or its answer was lost at a bad moment
  Sent,     // the back end has it
  Refused,  // the back end said no; it has nothing
  Unknown,  // sent, not answered: to be looked for before anything is sent again
  Withdrawn,
};
bool is_open(ReportState state);                // still to be acted on: Drafted, Queued, Sending, Unknown
std::string_view to_string(ReportState state);  // stable lower-case name: "sent"
std::optional<ReportState> report_state(std::string_view name);

struct Report {
  std::string id;  // the kiosk's own, random
  ReportState state = ReportState::Drafted;
  ReportTarget target;
  std::string type_name;
  std::string reference;   // ours, in the description that is sent: it may become public, so it opens nothing
  std::string code;        // 8-character code with check character, on the slip: who has it may ask what became of it
  std::string request_id;  // the back end's number, to show to people; empty before it is known
  std::string token;       // of a back end that gives the number later
  std::string notice;      // what the back end wants people to know
  std::string problem;     // for staff: the back end's error code, or ours
  std::optional<core::Instant> sent;
  core::Instant created{}, changed{};
};

// A report as the back end's own books have it.
struct RemoteReport {
  std::string request_id;
  bool closed = false;
  std::string type_code, type_name;
  std::string description, status_notes, address;  // clean text; may be another resident's words
  std::optional<core::GeoPoint> point;
  std::optional<core::Instant> requested, updated, expected;
};

}  // namespace kiosk::promises
