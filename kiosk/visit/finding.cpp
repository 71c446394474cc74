// Search, topics, service pages, my area, places.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/visit/turn.h"

namespace kiosk::visit {
namespace {

constexpr std::size_t kMaxQueryBytes = 400;
constexpr core::Milliseconds kSettlesAfter{1200};  // nobody types so slowly: the results are what was wanted
constexpr std::size_t kMaxFieldBytes = 1000;
constexpr std::size_t kMaxLongFieldBytes = 10'000;  // of a description; what is too long is said on Continue

// Who serves the resident's address, for the ranking. On a boundary both sides may.
std::vector<std::string> serving_codes(const State& state) {
  std::vector<std::string> codes;
  if (!state.area.answer.ready()) return codes;
  const auto& alternatives = state.area.answer.value.alternatives;
  const std::optional<std::size_t> side = state.area.side();
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    if (side && i != *side) continue;
    for (const areas::Serves& serves : alternatives[i]) {
      if (std::find(codes.begin(), codes.end(), serves.authority.code) == codes.end())
        codes.push_back(serves.authority.code);
    }
  }
  return codes;
}

Whereabouts whereabouts_of(const State& state) {
  Whereabouts whereabouts{state.settings->kiosk.point, std::nullopt};
  if (!state.area.answer.ready()) return whereabouts;
  whereabouts.area = state.area.answer.value;
  if (whereabouts.area->point) whereabouts.point = whereabouts.area->point;
  auto& alternatives = whereabouts.area->alternatives;
  if (const auto side = state.area.side(); side && alternatives.size() > 1) alternatives = {alternatives[*side]};
  return whereabouts;
}

search::Query query_of(const State& state) {
  search::Query query;
  query.text = state.query.text.reveal();
  query.language = state.preferences.language;
  query.limit = 50;
  query.near = whereabouts_of(state).point;
  query.authorities = serving_codes(state);
  query.filters = state.filters;
  query.before = state.results.value.asked;
  return query;
}

void forget(FieldText& field) {
  field.text.clear();
  field.error_key.clear();
}

void places_changed(Turn& turn) {
  turn.state.places = {};
  if (turn.state.page == Page::Places) load_page(turn, Page::Places);
}

// What depends on the address is asked for anew.
void address_changed(Turn& turn) {
  if (!turn.state.query.text.empty()) search_now(turn);
  places_changed(turn);
}

// A postcode typed into the search is the resident's address, and one put right there replaces it; what they gave on
// the page that asks for it stays. The search itself knew of it already.
void take_address(Turn& turn, const areas::Answer& area) {
  AreaState& held = turn.state.area;
  const bool given = !held.from_search && (held.answer.ready() || held.answer.loading());
  if (given || area.outcode_only) return;
  if (held.from_search && held.answer.value.postcode == area.postcode) return;
  const bool one_side = area.alternatives.size() == 1;
  if (!one_side && !held.from_search) return;
  held = {};  // on a boundary none is theirs: they are asked on that page
  if (one_side) {
    held.postcode.text = core::SecretText(area.postcode);
    held.answer.value = area;
    held.answer.status = Load<areas::Answer>::Status::Ready;
    held.from_search = true;
  }
  places_changed(turn);
}

void find_area(Turn& turn) {
  State& state = turn.state;
  const std::string typed(core::trim(state.area.postcode.text.reveal()));
  state.area.postcode.error_key = fault_of(Field::Postcode, typed, true);
  if (!state.area.postcode.error_key.empty()) {
    state.page_serial++;  // the fault is said at the top, and focus goes there
    return;
  }
  state.field = Field::None;
  state.area.chosen_alternative = 0;
  state.area.alternative_chosen = false;
  state.area.from_search = false;
  turn.effect(FindArea{turn.ask(state.area.answer), state.area.postcode.text});
}

}  // namespace

namespace {

FieldText& report_text(ReportFlow& flow, Field field) {
  switch (field) {
    case Field::ReportPostcode:
      return flow.postcode;
    case Field::ReportPlace:
      return flow.place;
    case Field::ReportName:
      return flow.name;
    case Field::ReportEmail:
      return flow.email;
    case Field::ReportTelephone:
      return flow.telephone;
    case Field::ReportAnswer:
      if (flow.step < flow.steps.size() && question_of(flow, flow.steps[flow.step]))
        return flow.replies[flow.steps[flow.step].question].text;
      break;
    default:
      break;
  }
  return flow.description;
}

std::size_t most_bytes(Field field) {
  if (field == Field::Search) return kMaxQueryBytes;
  return field == Field::ReportDescription || field == Field::ReportAnswer ? kMaxLongFieldBytes : kMaxFieldBytes;
}

}  // namespace

FieldText& field_text(State& state, Field field) {
  switch (field) {
    case Field::Postcode:
      return state.area.postcode;
    case Field::Name:
      return state.booking.name;
    case Field::Email:
      return state.booking.email;
    case Field::Telephone:
      return state.booking.telephone;
    case Field::Custom:
      return state.booking.custom;
    case Field::Custom2:
      return state.booking.custom2;
    case Field::ReportPostcode:
    case Field::ReportPlace:
    case Field::ReportAnswer:
    case Field::ReportDescription:
    case Field::ReportName:
    case Field::ReportEmail:
    case Field::ReportTelephone:
      return report_text(state.report, field);
    case Field::Code:
      return state.manage.code;
    case Field::None:
    case Field::Search:
      break;
  }
  return state.query;
}

const FieldText& field_text(const State& state, Field field) { return field_text(const_cast<State&>(state), field); }

bool is_personal(Field field) { return field != Field::None && field != Field::Search && field != Field::Postcode; }

void search_now(Turn& turn) {
  State& state = turn.state;
  state.settled = false;
  state.settles.reset();
  if (core::trim(state.query.text.reveal()).empty()) {
    state.results = {};
    state.filters.reset();
    return;
  }
  state.settles = state.now + kSettlesAfter;
  // The cards of the last answer stay in sight until the next one is there: nothing flickers while typing.
  turn.effect(RunSearch{turn.ask(state.results), query_of(state), whereabouts_of(state)});
}

void load_page(Turn& turn, Page page) {
  State& state = turn.state;
  if (page == Page::Topics && !state.topics.ready()) turn.effect(LoadTopics{turn.ask(state.topics)});
  if (page == Page::Places && !state.places.ready())
    turn.effect(LoadPlaces{turn.ask(state.places), whereabouts_of(state)});
  if (page == Page::Search && state.query.text.empty()) state.field = Field::Search;
  if (page == Page::Area && !state.area.answer.ready()) state.field = Field::Postcode;
}

void apply(Turn& turn, FocusField& event) { turn.state.field = event.field; }
void apply(Turn& turn, CloseKeyboard&) { turn.state.field = Field::None; }

void apply(Turn& turn, EditField& event) {
  State& state = turn.state;
  std::string clean = core::sanitise_utf8(core::truncate_utf8(event.text.reveal(), most_bytes(event.field)));
  field_text(state, event.field).text.assign(clean);
  core::wipe(clean);
  if (event.field != Field::Search) return;
  if (state.directory_empty) return sorry(turn, SorryReason::SearchUnavailable);
  if (state.page != Page::Search) {
    go_to(turn, Page::Search);
    state.field = Field::Search;
  }
  search_now(turn);
}

void apply(Turn& turn, ClearField& event) {
  forget(field_text(turn.state, event.field));
  if (event.field == Field::Search) search_now(turn);
}

void apply(Turn& turn, SubmitField& event) {
  switch (event.field) {
    case Field::Search:
      turn.state.field = Field::None;
      break;
    case Field::Postcode:
      find_area(turn);
      break;
    case Field::Code:
      submit_code(turn);
      break;
    case Field::None:
      break;
    default:
      is_report_page(turn.state.page) ? submit_report(turn) : submit_details(turn);
      break;
  }
}

void apply(Turn& turn, ChooseSuggestion& event) {
  turn.state.query.text = core::SecretText(event.text);
  search_now(turn);
}

void apply(Turn& turn, ToggleFilter& event) {
  turn.state.filters.flip(static_cast<std::size_t>(event.filter));
  search_now(turn);
}

void settle_search(Turn& turn) {
  State& state = turn.state;
  if (!state.settles || state.now < *state.settles || !state.results.ready()) return;
  state.settles.reset();
  state.settled = true;
  count_gap(turn);
}

void apply(Turn& turn, OpenTopic& event) {
  State& state = turn.state;
  state.topic_id = event.id;
  state.topic_name = event.name;
  state.topic_services = {};
  turn.effect(LoadTopic{turn.ask(state.topic_services), event.id, whereabouts_of(state)});
  go_to(turn, Page::Topic);
}

void apply(Turn& turn, OpenService& event) {
  State& state = turn.state;
  if (is_report_page(state.page)) leave_report(turn);
  state.service = {};
  state.service_paper = {};
  state.service_qr = {};
  turn.effect(LoadService{turn.ask(state.service), event.key, whereabouts_of(state)});
  go_to(turn, Page::Service);
}

void apply(Turn& turn, OpenPlace& event) {
  turn.state.place_id = event.id;
  go_to(turn, Page::Place);
}

void apply(Turn& turn, ChooseAlternative& event) {
  State& state = turn.state;
  if (event.index >= state.area.answer.value.alternatives.size()) return;
  state.area.chosen_alternative = event.index;
  state.area.alternative_chosen = true;
  address_changed(turn);
}

void apply(Turn& turn, ForgetAddress&) {
  State& state = turn.state;
  state.area = {};
  state.field = state.page == Page::Area ? Field::Postcode : Field::None;
  address_changed(turn);
}

void apply(Turn& turn, SearchLoaded& event) {
  State& state = turn.state;
  if (!take(state.results, event) || !state.results.ready() || !state.results.value.area) return;
  take_address(turn, *state.results.value.area);
}
void apply(Turn& turn, TopicsLoaded& event) { take(turn.state.topics, event); }
void apply(Turn& turn, TopicServicesLoaded& event) { take(turn.state.topic_services, event); }
void apply(Turn& turn, PlacesLoaded& event) { take(turn.state.places, event); }

void apply(Turn& turn, ServiceLoaded& event) {
  State& state = turn.state;
  if (!state.service.loading() || event.ticket != state.service.ticket) return;
  if (event.result.ok()) {
    state.service.value = std::move(event.result->view);
    state.service_qr = std::move(event.result->qr);
    state.service.status = Load<ServiceView>::Status::Ready;
    return;
  }
  state.service.status = Load<ServiceView>::Status::Failed;
  state.service.error = event.result.error().kind;
  if (state.page != Page::Service) return;
  step_back(turn);  // Back then leads to the list, not to the page that is gone
  sorry(turn, SorryReason::ServiceGone);
}

void apply(Turn& turn, AreaLoaded& event) {
  State& state = turn.state;
  if (!take(state.area.answer, event)) return;
  if (state.area.answer.failed()) {
    state.area.postcode.error_key =
        state.area.answer.error == core::ErrorKind::NotFound ? "error.postcode_unknown" : "error.postcode_invalid";
    state.page_serial++;
    return;
  }
  address_changed(turn);
}

void apply(Turn& turn, DirectoryChanged& event) {
  State& state = turn.state;
  state.directory_empty = event.empty;
  state.directory_checked = event.checked;
  if (event.empty) {
    state.topics = {};
    return;
  }
  turn.effect(LoadTopics{turn.ask(state.topics)});  // the old ones stay in sight until then
}

void apply(Turn& turn, PrinterChanged& event) { turn.state.printer_ready = event.ready; }
void apply(Turn& turn, JournalChanged& event) { turn.state.journal_available = event.available; }

}  // namespace kiosk::visit
