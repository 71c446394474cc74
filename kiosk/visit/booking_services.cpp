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

void ask_for_offer(Turn& turn) {
  BookingFlow& flow = turn.state.booking;
  turn.effect(LoadOffer{turn.ask(flow.offer), flow.target});
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
  const bool somewhere = flow.offer.ready() && !flow.offer.value.offices.empty();
  if (somewhere) return;
  if (!is_plain(flow.target)) {  // the authority has changed its mind in between
    flow.target = {flow.target.backend, flow.target.service_id};
    flow.services_refused = true;
    return ask_for_offer(turn);
  }
  const bool failed = flow.offer.failed();
  return_to_service(turn);
  booking_sorry(turn, failed ? SorryReason::BookingUnavailable : SorryReason::BookingClosed);
}

void cancel_services_offer(BookingFlow& flow) {
  flow.target = flow.offer.value.target;
  flow.offer.status = Load<promises::Offer>::Status::Ready;  // the one from before
}

void apply(Turn& turn, ChangeServices&) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  const bool from_here = state.page == Page::BookOffice || state.page == Page::BookCheck;
  if (!from_here || !flow.offer.ready() || !can_choose_services(flow) || flow.confirmation.loading()) return;
  go_to(turn, Page::BookServices);
}

// Other services take another time: what was chosen after them is chosen anew. What was typed stays.
void apply(Turn& turn, ChooseServiceCount& event) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (state.page != Page::BookServices) return;
  BookingTarget wanted = with_count(flow.target, event.service_id, event.count);
  if (wanted == flow.target) return;
  release_hold(turn);
  flow.target = std::move(wanted);
  flow.services_refused = false;
  flow.office_id.clear();
  flow.day.reset();
  flow.slot.reset();
  flow.questions.clear();
  flow.changing = false;
  ask_for_offer(turn);
}

void apply(Turn& turn, ContinueServices&) {
  State& state = turn.state;
  BookingFlow& flow = state.booking;
  if (state.page != Page::BookServices || !flow.offer.ready()) return;
  if (!flow.office_id.empty()) return step_back(turn);  // nothing has changed
  forget_way(state);
  const auto& offices = flow.offer.value.offices;
  if (offices.size() == 1) return open_calendar(turn, offices.front().id);
  go_to(turn, Page::BookOffice);
}

}  // namespace kiosk::visit
