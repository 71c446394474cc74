// Where the problem is, who serves that place, and what is known near it.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/visit/reporting.h"

namespace kiosk::visit {
namespace {

constexpr double kNearMetres = 250;  // a postcode's own point may be a street's length away from the problem

bool is_council(const areas::Serves& serves) { return serves.reason != areas::Reason::CoversCouncil; }

bool serves_place(const areas::Answer& answer, const std::string& authority) {
  return std::any_of(answer.alternatives.begin(), answer.alternatives.end(), [&](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const areas::Serves& serves) { return serves.authority.code == authority; });
  });
}

// The same service of that organisation, where the list that led to the service had them together.
std::optional<directory::RecordKey> service_of(const State& state, const std::string& organisation) {
  for (const ServiceCard& card : state.results.value.cards) {
    for (const ServiceCard::Other& other : card.others) {
      if (card.key == state.report.service && other.organisation == organisation) return other.key;
    }
  }
  return std::nullopt;
}

// The councils of the place, where the one that takes this report serves none of it.
HandedOver handed_over_by_place(const State& state) {
  HandedOver over;
  const areas::Answer& answer = state.report.area.value;
  const std::string& authority = state.service.value.service.organisation.authority;
  if (authority.empty() || answer.alternatives.empty() || serves_place(answer, authority)) return over;
  over.by_place = true;
  for (const auto& list : answer.alternatives) {
    for (const areas::Serves& serves : list) {
      const bool named = std::any_of(over.bodies.begin(), over.bodies.end(),
                                     [&](const HandedOver::Body& body) { return body.name == serves.authority.name; });
      if (named || !is_council(serves)) continue;
      over.bodies.push_back({serves.authority.name,
                             serves.authority.phone,
                             {},
                             serves.authority.website,
                             service_of(state, serves.authority.name)});
    }
  }
  return over;
}

void ask_for_place(Turn& turn) {
  go_to(turn, Page::ReportPlace);
  turn.state.field = Field::ReportPlace;
}

// The postcode is known: to whoever serves it, or on.
void postcode_found(Turn& turn) {
  ReportFlow& flow = turn.state.report;
  flow.postcode.text = core::SecretText(flow.area.value.postcode);
  flow.handed_over = handed_over_by_place(turn.state);
  if (!flow.handed_over.bodies.empty()) return go_to(turn, Page::ReportHandedOver);
  ask_for_place(turn);
}

void fault(Turn& turn, FieldText& field, std::string key) {
  field.error_key = std::move(key);
  turn.state.page_serial++;  // the fault is said at the top, and focus goes there
}

}  // namespace

void submit_postcode(Turn& turn) {
  ReportFlow& flow = turn.state.report;
  if (flow.area.loading()) return;
  const std::string typed(core::trim(flow.postcode.text.reveal()));
  if (std::string key = fault_of(Field::ReportPostcode, typed, true); !key.empty())
    return fault(turn, flow.postcode, std::move(key));
  flow.postcode.error_key.clear();
  turn.state.field = Field::None;
  turn.effect(FindReportArea{turn.ask(flow.area), flow.postcode.text});
}

void submit_place(Turn& turn) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  const std::string typed(core::trim(flow.place.text.reveal()));
  if (std::string key = fault_of(Field::ReportPlace, typed, flow.way == ReportWay::Words); !key.empty())
    return fault(turn, flow.place, std::move(key));
  flow.place.error_key.clear();
  flow.place.text.assign(typed);
  const std::optional<core::GeoPoint> point = report_point(flow, *state.settings);
  if (!point || flow.changing) return begin_report_questions(turn);
  turn.effect(LoadNearReports{turn.ask(flow.near), flow.target, *point, kNearMetres});
  go_to(turn, Page::ReportKnown);
}

void go_on_from_known(Turn& turn) {
  ReportFlow& flow = turn.state.report;
  if (flow.near.loading() && !flow.form.loading()) turn.effect(CancelRequests{});  // the form is still wanted
  if (!flow.near.ready()) {  // a page that showed nothing is no way back
    flow.near = {};
    step_back(turn);
  }
  begin_report_questions(turn);
}

void apply(Turn& turn, ChooseReportWay& event) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (state.page != Page::ReportWhere) return;
  if (event.way == ReportWay::Here && !state.settings->kiosk.point) return;
  flow.way = event.way;
  flow.handed_over = {};
  if (event.way != ReportWay::Postcode) return ask_for_place(turn);
  go_to(turn, Page::ReportPostcode);
  state.field = Field::ReportPostcode;
}

void apply(Turn& turn, ReportAtMyAddress&) {
  State& state = turn.state;
  if (state.page != Page::ReportWhere || !state.area.answer.ready() || !state.area.answer.value.point) return;
  state.report.way = ReportWay::Postcode;
  state.report.area = state.area.answer;
  postcode_found(turn);
}

void apply(Turn& turn, ReportAreaLoaded& event) {
  State& state = turn.state;
  ReportFlow& flow = state.report;
  if (!take(flow.area, event) || state.page != Page::ReportPostcode) return;
  const bool whole = flow.area.ready() && flow.area.value.point && !flow.area.value.outcode_only;
  if (whole) return postcode_found(turn);
  const bool unknown = flow.area.failed() && flow.area.error == core::ErrorKind::NotFound;
  flow.area.status = Load<areas::Answer>::Status::Failed;
  state.field = Field::ReportPostcode;
  fault(turn, flow.postcode, unknown ? "error.postcode_unknown" : "error.postcode_invalid");
}

// Nothing known, or nobody who could say: there is no page to show.
void apply(Turn& turn, NearReportsLoaded& event) {
  State& state = turn.state;
  if (!take(state.report.near, event) || state.page != Page::ReportKnown) return;
  if (state.report.near.ready() && !state.report.near.value.empty()) {
    state.page_serial++;
    return;
  }
  step_back(turn);
  begin_report_questions(turn);
}

void apply(Turn& turn, ReportAllTheSame&) {
  if (turn.state.page != Page::ReportHandedOver || !turn.state.report.handed_over.by_place) return;
  ask_for_place(turn);
}

// Another place makes what was known near the first one worthless.
void apply(Turn& turn, ChangeReportPlace&) {
  ReportFlow& flow = turn.state.report;
  if (turn.state.page != Page::ReportCheck || flow.sending.loading() || is_call_back(turn.state)) return;
  flow.changing = true;
  flow.cancelled = false;
  go_to(turn, Page::ReportWhere);
}

}  // namespace kiosk::visit
