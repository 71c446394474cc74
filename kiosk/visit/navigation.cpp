// Pages, Back, preferences, idling, and the end of a visit.
#include <algorithm>

#include "kiosk/visit/turn.h"
#include "kiosk/visit/update.h"

namespace kiosk::visit {
namespace {

constexpr core::Milliseconds kInvitationTurn{6000};
constexpr core::Milliseconds kProgressAfter{300};
constexpr std::size_t kMaxHistory = 50;

void show(Turn& turn, Page page) {
  State& state = turn.state;
  state.page = page;
  state.page_serial++;
  state.field = Field::None;
  state.overlay = Overlay::None;
}

// While an answer that decides about a promise is awaited, nobody is asked whether they are still there.
bool is_idling_suspended(const State& state) {
  return state.booking.confirmation.loading() || state.report.sending.loading() || state.manage.cancelling.loading();
}

core::Milliseconds ask_after(const State& state) {
  const core::Milliseconds once = std::chrono::seconds(state.settings->idle.ask_after_s);
  return state.preferences.sound ? 2 * once : once;  // listening takes longer than looking
}

core::Milliseconds end_after(const State& state) { return std::chrono::seconds(state.settings->idle.end_after_s); }

template <class T>
void earliest_progress(const Load<T>& load, core::Milliseconds now, std::optional<core::Milliseconds>& when) {
  const core::Milliseconds due = load.since + kProgressAfter;
  if (load.loading() && due > now && (!when || due < *when)) when = due;
}

}  // namespace

bool is_booking_page(Page page) {
  return page == Page::BookOffice || page == Page::BookServices || page == Page::BookTime ||
         page == Page::BookDetails || page == Page::BookCheck || page == Page::BookDone;
}

void go_to(Turn& turn, Page page) {
  State& state = turn.state;
  if (state.page == page) return;
  if (state.history.size() >= kMaxHistory) state.history.erase(state.history.begin());
  state.history.push_back(state.page);
  show(turn, page);
  load_page(turn, page);
}

void replace_page(Turn& turn, Page page) { show(turn, page); }

void go_back(Turn& turn) {
  step_back(turn);
  if (!is_booking_page(turn.state.page)) abandon_booking(turn);
}

void step_back(Turn& turn) {
  State& state = turn.state;
  const Page previous = state.history.empty() ? Page::Start : state.history.back();
  if (!state.history.empty()) state.history.pop_back();
  show(turn, previous);
}

void end_visit(Turn& turn) {
  State& state = turn.state;
  abandon_booking(turn);
  State fresh = initial_state(state.settings);
  fresh.now = state.now;
  fresh.wall = state.wall;
  fresh.last_touch = state.now;
  fresh.next_ticket = state.next_ticket;
  fresh.visit = state.visit + 1;
  fresh.page_serial = state.page_serial + 1;
  fresh.directory_empty = state.directory_empty;
  fresh.directory_checked = state.directory_checked;
  fresh.journal_available = state.journal_available;
  fresh.printer_ready = state.printer_ready;
  fresh.topics = state.topics;  // of the directory, not of the person
  state = std::move(fresh);
  turn.effect(CancelRequests{});
  turn.effect(Wipe{});
}

void sorry(Turn& turn, SorryReason reason, std::string backend_name, std::string phone, std::string hours) {
  State& state = turn.state;
  const settings::ContactSection& contact = state.settings->contact;
  const bool own = !phone.empty();
  state.sorry = Sorry{reason,
                      own ? std::move(backend_name) : contact.name,
                      own ? std::move(phone) : contact.phone,
                      own ? std::move(hours) : contact.hours,
                      {}};
  if (state.page == Page::Sorry) return;
  go_to(turn, Page::Sorry);
}

// Any touch answers "Still there?", wherever it lands.
void apply(Turn& turn, Touched&) {
  if (turn.state.overlay == Overlay::StillThere) turn.state.overlay = Overlay::None;
}

void apply(Turn& turn, Back&) {
  State& state = turn.state;
  if (state.overlay != Overlay::None) {
    state.overlay = Overlay::None;
    return;
  }
  if (is_booking_page(state.page)) return booking_back(turn);
  if (is_report_page(state.page)) return report_back(turn);
  if (state.manage.cancelling.loading()) return;  // what was sent can't be called back
  go_back(turn);
}

void apply(Turn& turn, StartAgain&) { end_visit(turn); }
void apply(Turn& turn, Finish&) { end_visit(turn); }
void apply(Turn& turn, LeaveNow&) { end_visit(turn); }

void apply(Turn& turn, OpenHelp&) {
  turn.state.overlay = Overlay::Help;
  turn.state.field = Field::None;
}

void apply(Turn& turn, OpenLanguages&) {
  turn.state.overlay = Overlay::Language;
  turn.state.field = Field::None;
}

void apply(Turn& turn, CloseOverlay&) { turn.state.overlay = Overlay::None; }
void apply(Turn& turn, StillHere&) { turn.state.overlay = Overlay::None; }

void apply(Turn& turn, ChooseLanguage& event) {
  State& state = turn.state;
  const auto& offered = state.settings->kiosk.languages;
  state.overlay = Overlay::None;
  if (std::find(offered.begin(), offered.end(), event.language) == offered.end()) return;
  state.preferences.language = event.language;
  state.page_serial++;
}

void apply(Turn& turn, CycleTextSize&) {
  turn.state.preferences.text_size = (turn.state.preferences.text_size + 1) % 4;
}

void apply(Turn& turn, CycleTheme&) {
  using settings::ThemeChoice;
  ThemeChoice& theme = turn.state.preferences.theme;
  theme = theme == ThemeChoice::Light          ? ThemeChoice::Dark
          : theme == ThemeChoice::Dark         ? ThemeChoice::BlackOnWhite
          : theme == ThemeChoice::BlackOnWhite ? ThemeChoice::YellowOnBlack
                                               : ThemeChoice::Light;
}

void apply(Turn& turn, ToggleLowReach&) { turn.state.preferences.low_reach = !turn.state.preferences.low_reach; }
void apply(Turn& turn, ToggleSound&) { turn.state.preferences.sound = !turn.state.preferences.sound; }

void apply(Turn& turn, GoTo& event) {
  const bool finds = event.page == Page::Search || event.page == Page::Topics || event.page == Page::Places;
  if (finds && turn.state.directory_empty) return sorry(turn, SorryReason::SearchUnavailable);
  leave_booking(turn);
  leave_report(turn);
  go_to(turn, event.page);
}

void apply(Turn& turn, Tick&) {
  State& state = turn.state;
  if (!state.in_visit) {
    const std::size_t languages = state.settings->kiosk.languages.size();
    if (state.last_touch == core::Milliseconds{}) state.last_touch = state.now;
    state.invitation = static_cast<std::size_t>((state.now - state.last_touch) / kInvitationTurn) % languages;
    return;
  }
  settle_search(turn);
  expire_hold(turn);
  ask_for_outcome(turn);
  ask_for_report(turn);
  if (is_idling_suspended(state)) return;
  if (state.overlay == Overlay::StillThere) {
    if (state.now >= state.asked_still_there + end_after(state)) end_visit(turn);
  } else if (state.now >= state.last_touch + ask_after(state)) {
    state.overlay = Overlay::StillThere;
    state.field = Field::None;
    state.asked_still_there = state.now;
  }
}

std::optional<core::Milliseconds> next_tick(const State& state) {
  if (!state.in_visit) {
    const core::Milliseconds since = state.now - state.last_touch;
    return state.last_touch + (since / kInvitationTurn + 1) * kInvitationTurn;
  }
  std::optional<core::Milliseconds> when;
  if (!is_idling_suspended(state)) {
    when = state.overlay == Overlay::StillThere ? state.asked_still_there + end_after(state)
                                                : state.last_touch + ask_after(state);
  }
  const auto sooner = [&](core::Milliseconds due) { when = when ? std::min(*when, due) : due; };
  // The countdown of "Still there?" and the hold's clock are shown to the second and to the minute.
  if (state.overlay == Overlay::StillThere) sooner(state.now + std::chrono::seconds(1));
  const promises::Booking& hold = state.booking.hold.value;
  if (is_booking_page(state.page) && hold.state == promises::BookingState::Held && hold.hold_until) {
    const core::Milliseconds left = *hold.hold_until - state.wall;
    const core::Milliseconds to_next_minute = left % std::chrono::minutes(1);
    sooner(state.now + std::max(core::Milliseconds(1), std::min(left, to_next_minute + core::Milliseconds(1))));
  }
  for (const auto& question : {next_outcome_question(state), next_report_question(state)}) {
    if (question) sooner(std::max(*question, state.now + core::Milliseconds(1)));
  }
  if (state.settles && state.results.ready()) sooner(std::max(*state.settles, state.now + core::Milliseconds(1)));
  earliest_progress(state.booking.offer, state.now, when);
  earliest_progress(state.booking.calendar, state.now, when);
  earliest_progress(state.booking.day_times, state.now, when);
  earliest_progress(state.booking.hold, state.now, when);
  earliest_progress(state.booking.confirmation, state.now, when);
  earliest_progress(state.report.form, state.now, when);
  earliest_progress(state.report.area, state.now, when);
  earliest_progress(state.report.near, state.now, when);
  earliest_progress(state.report.sending, state.now, when);
  earliest_progress(state.manage.found, state.now, when);
  earliest_progress(state.manage.cancelling, state.now, when);
  earliest_progress(state.service, state.now, when);
  earliest_progress(state.results, state.now, when);
  earliest_progress(state.places, state.now, when);
  earliest_progress(state.area.answer, state.now, when);
  return when;
}

}  // namespace kiosk::visit
