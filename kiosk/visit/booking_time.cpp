// Day and time: the calendar, the slot, and the hold on it.
#include <algorithm>

#include "kiosk/directory/actions.h"
#include "kiosk/visit/booking.h"

namespace kiosk::visit {
namespace {

using promises::BookingState;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

constexpr std::size_t kNearestOffered = 3;

core::Date first_of_month(core::Date date) { return date.year() / date.month() / 1; }

core::Date last_of_month(core::Date month) {
  return core::Date(sys_days(month.year() / month.month() / std::chrono::last));
}

core::Date today(const State& state) { return directory::local_date(state.wall, state.settings->kiosk.time_zone); }

// What was refused is not offered again beside the words that say so, whatever a list that lags behind has.
void drop_lost(BookingFlow& flow) {
  if (!flow.slot_lost || !flow.slot) return;
  std::erase_if(flow.calendar.value.slots, [&](const promises::Slot& slot) { return slot == *flow.slot; });
}

// The free slots nearest in time to the one that was lost.
void offer_nearest(BookingFlow& flow) {
  flow.nearest.clear();
  if (!flow.slot) return;
  std::vector<promises::Slot> free = flow.calendar.value.slots;
  const auto distance = [&](const promises::Slot& slot) { return std::chrono::abs(slot.start - flow.slot->start); };
  std::stable_sort(free.begin(), free.end(),
                   [&](const promises::Slot& a, const promises::Slot& b) { return distance(a) < distance(b); });
  if (free.size() > kNearestOffered) free.resize(kNearestOffered);
  std::sort(free.begin(), free.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
  flow.nearest = std::move(free);
}

bool is_unread(const promises::Calendar& calendar, core::Date day) {
  return std::find(calendar.unread_days.begin(), calendar.unread_days.end(), day) != calendar.unread_days.end();
}

bool awaits_times(const BookingFlow& flow) {
  return flow.calendar.loading() || flow.day_times.loading() || flow.hold.loading();
}

bool is_empty(const promises::Calendar& calendar) { return calendar.slots.empty() && calendar.unread_days.empty(); }

// A day's times have come; where they haven't, the day stays to be asked for again.
void take_day_times(BookingFlow& flow) {
  if (!flow.day_times.ready() || !flow.day) return;
  promises::Calendar& calendar = flow.calendar.value;
  std::erase(calendar.unread_days, *flow.day);
  const auto& times = flow.day_times.value.slots;
  calendar.slots.insert(calendar.slots.end(), times.begin(), times.end());
  std::stable_sort(calendar.slots.begin(), calendar.slots.end(),
                   [](const promises::Slot& a, const promises::Slot& b) { return a.start < b.start; });
  drop_lost(flow);
}

void slot_was_lost(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  flow.slot_lost = true;
  drop_lost(flow);
  offer_nearest(flow);
  turn.state.page_serial++;
  load_calendar(turn);
}

}  // namespace

void load_calendar(Turn& turn) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  const core::Date first = std::max(flow.month_shown, today(state));
  flow.day_times = {};
  turn.effect(
      LoadCalendar{turn.ask(flow.calendar), flow.target, flow.office_id, first, last_of_month(flow.month_shown)});
}

void open_calendar(Turn& turn, const std::string& office_id) {
  BookingFlow& flow = turn.state.booking;
  flow.office_id = office_id;
  flow.month_shown = first_of_month(today(turn.state));
  flow.day.reset();
  flow.slot.reset();
  flow.slot_lost = false;
  go_to(turn, Page::BookTime);
  load_calendar(turn);
}

// Gives back a hold that stands; one whose answer is still awaited is given back when it comes (HoldDone). Once it is
// sent to be confirmed it is an appointment that was asked for, whoever waits for the answer.
void release_hold(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  const bool sent = flow.confirmation.loading() || flow.confirmation.ready();
  if (flow.hold.ready() && flow.hold.value.state == BookingState::Held && !sent) {
    turn.effect(ReleaseHold{flow.hold.value.id});
  }
  flow.hold = {};
}

void apply(Turn& turn, ShowMonth& event) {
  BookingFlow& flow = turn.state.booking;
  const core::Date next = first_of_month(core::Date(flow.month_shown + months(event.delta)));
  if (next < first_of_month(today(turn.state)) || sys_days(next) > sys_days(today(turn.state)) + days(364)) return;
  flow.month_shown = next;
  flow.day.reset();
  load_calendar(turn);
}

void apply(Turn& turn, CalendarLoaded& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  flow.proof.reset();
  if (take(flow.day_times, event)) return take_day_times(flow);
  if (!take(flow.calendar, event)) return;
  if (flow.calendar.failed()) {
    if (state.page == Page::BookTime) booking_sorry(turn, SorryReason::BookingUnavailable);
    return;
  }
  drop_lost(flow);
  if (flow.slot_lost) return offer_nearest(flow);
  // An empty month with free days later: show those at once, so that nobody has to leaf for them.
  const std::optional<core::Date> next = flow.calendar.value.next_bookable;
  const bool first_look = !flow.day && flow.month_shown == first_of_month(today(state));
  if (is_empty(flow.calendar.value) && first_look && next && first_of_month(*next) > flow.month_shown) {
    flow.month_shown = first_of_month(*next);
    load_calendar(turn);
  }
}

void apply(Turn& turn, ProofProgressed& event) {
  BookingFlow& flow = turn.state.booking;
  if (event.system != flow.target.backend || !awaits_times(flow)) return;
  flow.proof.reset();
  if (event.share < 1) flow.proof = event.share;
}

void apply(Turn& turn, ChooseDay& event) {
  BookingFlow& flow = turn.state.booking;
  flow.day = event.day;
  flow.day_times = {};
  if (!flow.calendar.ready() || !is_unread(flow.calendar.value, event.day)) return;
  turn.effect(LoadCalendar{turn.ask(flow.day_times), flow.target, flow.office_id, event.day, event.day});
}

void apply(Turn& turn, ChooseSlot& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (state.page != Page::BookTime || flow.hold.loading()) return;
  if (flow.hold.ready() && flow.slot == event.slot && flow.hold.value.state == BookingState::Held) {
    if (flow.changing || (flow.replaces && all_answered(state))) return to_check(turn);
    go_to(turn, Page::BookDetails);
    return show_question(turn);
  }
  release_hold(turn);
  flow.slot = event.slot;
  flow.slot_lost = false;
  flow.nearest.clear();
  const std::uint64_t ticket = turn.ask(flow.hold);
  if (const auto& old = flow.replaces) {  // what is moved stays what it was booked as
    return turn.effect(HoldSlot{ticket, flow.offer.value, event.slot, old->id, old->record});
  }
  turn.effect(HoldSlot{ticket, flow.offer.value, event.slot, "", directory::text_of(flow.service)});
}

void apply(Turn& turn, HoldDone& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  const bool stale = !flow.hold.loading() || event.ticket != flow.hold.ticket;
  if (stale) {  // nobody waits for it any more
    if (event.result.ok() && event.result->state == BookingState::Held) turn.effect(ReleaseHold{event.result->id});
    return;
  }
  take(flow.hold, event);
  flow.proof.reset();
  if (flow.hold.ready() && flow.hold.value.state == BookingState::Held) {
    const bool asked_before = !flow.questions.empty();
    const promises::Office* office = chosen_office(state);
    if (!asked_before) begin_questions(turn, office ? office->form : promises::DetailsForm{});
    if (flow.changing || (flow.replaces && all_answered(state))) return to_check(turn);
    go_to(turn, Page::BookDetails);
    flow.question = 0;
    return show_question(turn);
  }
  const std::optional<core::ErrorKind> error = flow.hold.error;
  flow.hold = {};
  if (error == core::ErrorKind::NotFound || !error) return slot_was_lost(turn);
  if (error == core::ErrorKind::Cancelled) return;
  if (error == core::ErrorKind::Refused) return booking_sorry(turn, SorryReason::BookingRefused);
  booking_sorry(turn, reason_of(*error));
}

}  // namespace kiosk::visit
