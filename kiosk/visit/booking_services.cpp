// What the one visit is for: how many of the service, and what else with it.
#include <algorithm>

#include "kiosk/visit/booking.h"

namespace kiosk::visit {
namespace {

using promises::BookingTarget;

bool is_plain(const BookingTarget& target) { return target.count == 1 && target.also.empty(); }

BookingTarget with_count(BookingTarget target, const std::string& service_id, int count) {
  if (service_id == target.service_id) {
    target.count = std::max(count, 1);
    return target;
  }
  const auto is_it = [&](const BookingTarget::Also& each) { return each.service_id == service_id; };
  const auto found = std::find_if(target.also.begin(), target.also.end(), is_it);
  if (count <= 0) {
    std::erase_if(target.also, is_it);
  } else if (found != target.also.end()) {
    found->count = count;
  } else {
    target.also.push_back({service_id, count});
  }
  return target;
}

// Other services take another time: what was chosen after them is chosen anew, and Back leads past its pages. What was
// typed stays.
void drop_what_follows(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  release_hold(turn);
  std::erase_if(turn.state.history, [](Page page) {
    return page == Page::BookTime || page == Page::BookDetails || page == Page::BookCheck;
  });
  flow.office_id.clear();
  flow.day.reset();
  flow.slot.reset();
  flow.questions.clear();
  flow.changing = false;
}

// What could be had before can be had still, for all that is known.
void return_to_last_offer(BookingFlow& flow) {
  flow.target = flow.offer.value.target;
  flow.offer.status = Load<promises::Offer>::Status::Ready;
}

}  // namespace

bool can_choose_services(const BookingFlow& flow) {
  const promises::Offer& offer = flow.offer.value;
  return !flow.replaces && (offer.most > 1 || !offer.additions.empty() || !is_plain(flow.target));
}

int chosen_count(const BookingTarget& target, const std::string& service_id) {
  if (service_id == target.service_id) return target.count;
  for (const BookingTarget::Also& each : target.also) {
    if (each.service_id == service_id) return each.count;
  }
  return 0;
}

void take_services_offer(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  if (flow.offer.ready()) return drop_what_follows(turn);
  const bool refused = flow.offer.error == core::ErrorKind::Invalid || flow.offer.error == core::ErrorKind::NotFound;
  flow.services_fault = refused ? ServicesFault::Refused : ServicesFault::NotHeard;
  return_to_last_offer(flow);
}

void cancel_services_offer(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  if (!flow.offer.loading()) return;
  turn.effect(CancelRequests{});
  return_to_last_offer(flow);
}

void apply(Turn& turn, ChangeServices&) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  const bool from_here = state.page == Page::BookOffice || state.page == Page::BookCheck;
  if (!from_here || !flow.offer.ready() || !can_choose_services(flow) || flow.confirmation.loading()) return;
  go_to(turn, Page::BookServices);
}

// Until the answer is there, what was chosen stands.
void apply(Turn& turn, ChooseServiceCount& event) {
  BookingFlow& flow = turn.state.booking;
  if (turn.state.page != Page::BookServices) return;
  BookingTarget wanted = with_count(flow.target, event.service_id, event.count);
  if (wanted == flow.target) return;
  flow.target = std::move(wanted);
  flow.services_fault = ServicesFault::None;
  turn.effect(LoadOffer{turn.ask(flow.offer), flow.target});
}

void apply(Turn& turn, ContinueServices&) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (state.page != Page::BookServices || !flow.offer.ready()) return;
  if (!flow.office_id.empty()) return step_back(turn);  // nothing has changed
  const auto& offices = flow.offer.value.offices;
  if (offices.empty()) {  // the last one has closed in between
    return_to_service(turn);
    return booking_sorry(turn, SorryReason::BookingClosed);
  }
  forget_way(state);
  if (offices.size() == 1) return open_calendar(turn, offices.front().id);
  go_to(turn, Page::BookOffice);
}

}  // namespace kiosk::visit
