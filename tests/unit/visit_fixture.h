// A visit driven by its actions, with a clock that stands still until moved.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/visit/update.h"
#include "tests/unit/catch.h"

namespace visit_test {

using namespace kiosk;
using visit::Field;
using visit::Page;

// Tuesday 24 November 2026, 10:00 UTC.
inline const core::Instant kMorning = std::chrono::sys_days(std::chrono::year{2026} / 11 / 24) + std::chrono::hours(10);

inline std::shared_ptr<const settings::Settings> booking_settings() {
  auto settings = std::make_shared<settings::Settings>();
  settings->bookings.push_back({"zms", "Registrars", "https://zms.example", "zms", "01632 960100", "weekdays"});
  settings->contact = {"Contact centre", "01632 960200", "weekdays"};
  return settings;
}

class Visit {
 public:
  explicit Visit(std::shared_ptr<const settings::Settings> settings = booking_settings())
      : state_(visit::initial_state(std::move(settings))) {}

  template <class E>
  Visit& operator()(E event) {
    visit::Next next = visit::update(std::move(state_), {std::move(event), now_, kMorning + now_});
    state_ = std::move(next.state);
    effects_ = std::move(next.effects);
    return *this;
  }
  Visit& later(core::Milliseconds by) {
    now_ += by;
    return *this;
  }
  // Ticks exactly when the state asks for it, until `by` has passed.
  Visit& let_pass(core::Milliseconds by) {
    const core::Milliseconds end = now_ + by;
    for (;;) {
      const auto tick = visit::next_tick(state_);
      if (!tick || *tick > end) break;
      REQUIRE(*tick > now_);
      now_ = *tick;
      (*this)(visit::Tick{});
    }
    now_ = end;
    return *this;
  }

  const visit::State& state() const { return state_; }
  const std::vector<visit::Effect>& effects() const { return effects_; }
  // The one effect of this kind among the last action's, or null.
  template <class E>
  const E* effect() const {
    for (const visit::Effect& effect : effects_) {
      if (const E* found = effect.template get_if<E>()) return found;
    }
    return nullptr;
  }
  core::Instant wall() const { return kMorning + now_; }

  Visit& type(Field field, const std::string& text) { return (*this)(visit::EditField{field, core::SecretText(text)}); }

 private:
  visit::State state_;
  std::vector<visit::Effect> effects_;
  core::Milliseconds now_{1000};
};

inline directory::Service bookable_service() {
  directory::Service service;
  service.key = {"north", "birth"};
  service.name = "Register a birth";
  service.organisation.name = "Ashmere";
  service.booking = directory::ActionLink{"zms", "2101"};
  return service;
}

inline visit::ServicePage page_of(directory::Service service) {
  visit::ServicePage page;
  page.view.service = std::move(service);
  return page;
}

inline promises::Offer offer_of(promises::DetailsForm form = {}, int offices = 1) {
  promises::Offer offer;
  offer.target = {"zms", "2101"};
  offer.name = "Register a birth";
  for (int i = 0; i < offices; ++i) {
    promises::Office office;
    office.id = std::to_string(i + 1);
    office.name = "Office " + office.id;
    office.form = form;
    offer.offices.push_back(office);
  }
  return offer;
}

inline promises::Slot slot_at(int day, int hour) {
  return {"1", std::chrono::sys_days(std::chrono::year{2026} / 11 / day) + std::chrono::hours(hour)};
}

inline promises::Booking held(const Visit& visit, promises::Slot slot,
                              std::chrono::minutes life = std::chrono::minutes(15)) {
  promises::Booking booking;
  booking.id = "b1";
  booking.state = promises::BookingState::Held;
  booking.slot = slot;
  booking.hold_until = visit.wall() + life;
  return booking;
}

// To the service's page.
inline void open_service(Visit& visit) {
  visit(visit::Touched{})(visit::OpenService{{"north", "birth"}});
  visit(visit::ServiceLoaded{visit.state().service.ticket, page_of(bookable_service())});
  REQUIRE(visit.state().page == Page::Service);
}

// To the page of days and times, with three free slots.
inline void open_times(Visit& visit, promises::DetailsForm form = {}) {
  open_service(visit);
  visit(visit::StartBooking{});
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, offer_of(form)});
  REQUIRE(visit.state().page == Page::BookTime);
  promises::Calendar calendar;
  calendar.slots = {slot_at(25, 9), slot_at(25, 11), slot_at(26, 9)};
  visit(visit::CalendarLoaded{visit.state().booking.calendar.ticket, calendar});
}

// To the first question, with a hold on the slot.
inline void hold_slot(Visit& visit, promises::DetailsForm form = {}) {
  open_times(visit, form);
  visit(visit::ChooseDay{core::Date(std::chrono::year{2026} / 11 / 25)});
  visit(visit::ChooseSlot{slot_at(25, 9)});
  visit(visit::HoldDone{visit.state().booking.hold.ticket, held(visit, slot_at(25, 9))});
  REQUIRE(visit.state().page == Page::BookDetails);
}

inline void reach_check(Visit& visit) {
  hold_slot(visit);
  visit.type(Field::Name, "Ada Example")(visit::ContinueDetails{});
  REQUIRE(visit.state().page == Page::BookCheck);
}

}  // namespace visit_test
