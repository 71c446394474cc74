// States that a visit may be in, one or more for each page.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kiosk/text/words.h"
#include "tests/unit/visit_fixture.h"

namespace screens_test {

using namespace kiosk;
using visit::Page;
using visit_test::kMorning;

// The one event, where it is of that kind.
template <class E>
const E* only(const std::vector<visit::Event>& events) {
  REQUIRE(events.size() == 1);
  return events.front().template get_if<E>();
}

inline std::shared_ptr<const text::Words> words() {
  static const auto loaded = text::Words::load(KIOSK_SOURCE_DIR "/assets/words");
  REQUIRE(loaded.ok());
  return *loaded;
}

inline visit::State blank_state() {
  auto settings = std::make_shared<settings::Settings>();
  settings->kiosk.name = "Riverside Library";
  settings->kiosk.languages = {"en", "cy", "pl", "ar"};
  settings->bookings.push_back({"zms", "Registrars", "https://zms.example", "zms", "01632 960100", "weekdays"});
  settings->contact = {"Contact centre", "01632 960200", "Monday to Friday, 8:30 to 17:00"};
  visit::State state = visit::initial_state(settings);
  state.in_visit = true;
  state.printer_ready = true;
  state.wall = kMorning;
  state.now = core::Milliseconds(60000);
  return state;
}

template <class T>
void ready(visit::Load<T>& load, T value) {
  load.value = std::move(value);
  load.status = visit::Load<T>::Status::Ready;
}

inline visit::ServiceCard card_example(const std::string& name) {
  visit::ServiceCard card;
  card.key = {"north", name};
  card.name = name;
  card.organisation = "Northfield District Council";
  card.summary = "Tell us when your bin was missed, and we come back for it within two working days.";
  card.serving = visit::Serving::YourAddress;
  card.hours.opening = {directory::OpenKind::OpenNow,
                        {kMorning - std::chrono::hours(1), kMorning + std::chrono::hours(6)}};
  card.walking_minutes = 12;
  card.cost = directory::CostKind::Free;
  card.bookable = true;
  return card;
}

inline core::Bitmap1 qr_example() {
  core::Bitmap1 qr(33, 33);
  std::fill(qr.bytes.begin(), qr.bytes.end(), std::uint8_t{0xA5});
  return qr;
}

inline directory::Service service_example() {
  directory::Service service = visit_test::bookable_service();
  service.description = "Every birth has to be registered within 42 days.\nBring the papers named below.";
  service.eligibility = "Parents of a baby born in Ashmere.";
  service.documents = {{"Passport"}, {"The red book"}};
  service.phones.push_back({});
  service.phones.back().number = "01632 960100";
  service.url = "https://www.ashmere.example/register-birth";
  service.checked = kMorning - std::chrono::hours(3);
  directory::Place place;
  place.id = "p1";
  place.name = "Register office";
  place.address = directory::Address{};
  place.address->lines = {"Castle Rise"};
  place.address->city = "Northfield";
  service.places.push_back(place);
  return service;
}

inline areas::Serves serves(const char* name, areas::Tier tier, areas::Reason reason) {
  areas::Serves one;
  one.authority.code = name;
  one.authority.name = name;
  one.authority.tier = tier;
  one.authority.phone = "01632 960100";
  one.authority.duties = {"waste_collection", "housing", "elections"};
  one.reason = reason;
  return one;
}

inline promises::Booking booking_example() {
  promises::Booking booking;
  booking.id = "b1";
  booking.state = promises::BookingState::Held;
  booking.slot = visit_test::slot_at(25, 9);
  booking.service_name = "Register a birth";
  booking.office.id = "1";
  booking.office.name = "Northfield Register Office";
  booking.office.address = "The Old Assembly Rooms, Castle Rise, Northfield NF1 1SW";
  booking.office.hint = "Ring the bell marked Registration.";
  booking.reference = "A1";
  booking.code = "7K3M9QX4";
  booking.hold_until = kMorning + std::chrono::minutes(12);
  return booking;
}

// With everything that a visit gathers on its way to a booking.
inline visit::State full_state() {
  visit::State state = blank_state();
  visit::Here here;
  here.now = kMorning;
  here.zone = state.settings->kiosk.time_zone;
  ready(state.topics,
        {{"waste", "Waste", "bin", 18}, {"housing", "Housing", "house", 1}, {"health", "Health", "health", 9}});
  state.topic_name = "Waste";
  ready(state.topic_services, {card_example("Missed bin"), card_example("New bin")});
  state.query.text = core::SecretText(std::string("bin"));
  ready(state.results, {{card_example("Missed bin"), card_example("New bin")}, {"bins"}});
  visit::ServiceView view = visit::make_view(service_example(), here);
  ready(state.places, view.places);
  state.place_id = view.places.front().id;
  ready(state.service, std::move(view));
  state.service_qr = qr_example();
  visit::BookingFlow& flow = state.booking;
  flow.service = {"north", "birth"};
  flow.target = {"zms", "2101"};
  promises::DetailsForm form;
  form.email = promises::Need::Optional;
  ready(flow.offer, visit_test::offer_of(form, 2));
  flow.office_id = "1";
  flow.month_shown = std::chrono::year{2026} / 11 / 1;
  flow.day = std::chrono::year{2026} / 11 / 25;
  promises::Calendar calendar;
  calendar.slots = {visit_test::slot_at(25, 9), visit_test::slot_at(25, 11), visit_test::slot_at(26, 9)};
  ready(flow.calendar, calendar);
  flow.slot = visit_test::slot_at(25, 9);
  flow.questions = {visit::Field::Name, visit::Field::Email};
  flow.name.text = core::SecretText(std::string("Ada Example"));
  ready(flow.hold, booking_example());
  flow.qr = qr_example();
  state.sorry = {visit::SorryReason::BookingUnavailable, "Registrars", "01632 960100", "weekdays", {}};
  return state;
}

struct Named {
  std::string name;
  visit::State state;
};

inline visit::State at(Page page, visit::Field field = visit::Field::None) {
  visit::State state = full_state();
  state.page = page;
  state.field = field;
  return state;
}

// Every page as it usually is.
inline std::vector<Named> usual_pages() {
  std::vector<Named> pages = {{"start", at(Page::Start)},
                              {"search", at(Page::Search)},
                              {"typing", at(Page::Search, visit::Field::Search)},
                              {"topics", at(Page::Topics)},
                              {"topic", at(Page::Topic)},
                              {"service", at(Page::Service)},
                              {"area", at(Page::Area, visit::Field::Postcode)},
                              {"places", at(Page::Places)},
                              {"place", at(Page::Place)},
                              {"office", at(Page::BookOffice)},
                              {"time", at(Page::BookTime)},
                              {"details", at(Page::BookDetails, visit::Field::Name)},
                              {"check", at(Page::BookCheck)}};
  for (const Page page : {Page::BookDone, Page::LargeQr}) {
    visit::State state = at(page);
    promises::Booking booking = booking_example();
    booking.state = promises::BookingState::Confirmed;
    ready(state.booking.confirmation, booking);
    pages.push_back({page == Page::BookDone ? "done" : "large code", std::move(state)});
  }
  return pages;
}

// What does not go as it should, and what is laid over a page.
inline void add_sorry_pages(std::vector<Named>& pages) {
  using visit::SorryReason;
  for (const SorryReason reason :
       {SorryReason::BookingUnavailable, SorryReason::BookingClosed, SorryReason::HoldExpired,
        SorryReason::BookingRefused, SorryReason::BookingUnknown, SorryReason::JournalUnavailable,
        SorryReason::ServiceGone, SorryReason::SearchUnavailable}) {
    visit::State state = at(Page::Sorry);
    state.sorry.reason = reason;
    if (reason == SorryReason::BookingUnknown || reason == SorryReason::BookingRefused)
      state.sorry.booking = booking_example();
    pages.push_back({"sorry " + std::to_string(static_cast<int>(reason)), std::move(state)});
  }
}

inline void add_weak_answers(std::vector<Named>& pages) {
  visit::State nothing = at(Page::Search);
  nothing.results.value = {};
  pages.push_back({"nothing found", nothing});
  nothing.results.value.weak = true;
  nothing.results.value.suggestions = {"library", "libraries"};
  nothing.results.value.concepts = {{"library", "borrow a book"}, {"bins", "bin not emptied"}};
  pages.push_back({"nothing found, something meant", nothing});
  nothing.filters.set(static_cast<std::size_t>(search::Filter::Free));
  pages.push_back({"nothing found, with a choice still made", nothing});
  nothing.results.value.filters = {{search::Filter::Free, 0}};
  nothing.results.value.found = 3;
  pages.push_back({"nothing left", nothing});
  nothing.field = visit::Field::Search;
  pages.push_back({"nothing left, typing", std::move(nothing)});
  visit::State weak = at(Page::Search);
  weak.results.value.weak = true;
  weak.results.value.concepts = {{"homeless", "nowhere to sleep tonight"}};
  pages.push_back({"nothing that fits", weak});
  weak.results.value = {};
  weak.results.value.area =
      areas::Answer{"NF1 1AA",
                    false,
                    std::nullopt,
                    {{serves("Northfield District Council", areas::Tier::District, areas::Reason::DistrictTier)}}};
  pages.push_back({"an address alone", weak});
  weak.results.value.area.reset();
  weak.results.value.unknown_postcode = "ZX1 1AA";
  pages.push_back({"a postcode that nobody knows", std::move(weak)});
}

inline void add_services_of_a_visit(std::vector<Named>& pages) {
  visit::State several = at(Page::BookOffice);
  promises::Offer& offer = several.booking.offer.value;
  offer.most = 4;
  offer.additions = {{"2102", "Register a death", 1}, {"2103", "Give notice of marriage or civil partnership", 3}};
  pages.push_back({"office, with a choice of services", several});
  several.page = Page::BookServices;
  pages.push_back({"services", several});
  several.booking.target.count = 2;
  several.booking.target.also = {{"2103", 2}};
  offer.target = several.booking.target;
  pages.push_back({"services, several", several});
  several.page = Page::BookCheck;
  pages.push_back({"check, several services", several});
  several.page = Page::BookServices;
  several.booking.services_fault = visit::ServicesFault::Refused;
  pages.push_back({"services that can't be had together", std::move(several)});
}

inline void add_faults_and_boundaries(std::vector<Named>& pages) {
  visit::State proving = at(Page::BookTime);
  proving.booking.calendar.status = visit::Load<promises::Calendar>::Status::Loading;
  proving.booking.calendar.value = {};
  proving.booking.proof = 0.4;
  pages.push_back({"a captcha's work", std::move(proving)});
  visit::State lost = at(Page::BookTime);
  lost.booking.slot_lost = true;
  lost.booking.nearest = {visit_test::slot_at(25, 11), visit_test::slot_at(26, 9)};
  pages.push_back({"slot lost", std::move(lost)});
  visit::State fault = at(Page::BookDetails, visit::Field::Name);
  fault.booking.name.error_key = "error.name_missing";
  pages.push_back({"name missing", std::move(fault)});
  visit::State boundary = at(Page::Area);
  areas::Answer answer;
  answer.postcode = "NF4 3AL";
  answer.alternatives = {{serves("Kelderby City Council", areas::Tier::Unitary, areas::Reason::UnitaryArea),
                          serves("Ashmere Police", areas::Tier::Police, areas::Reason::CoversCouncil)},
                         {serves("Ashmere County Council", areas::Tier::County, areas::Reason::CountyTier),
                          serves("Northfield District Council", areas::Tier::District, areas::Reason::DistrictTier)}};
  ready(boundary.area.answer, answer);
  pages.push_back({"boundary", boundary});
  boundary.area.alternative_chosen = true;
  boundary.area.chosen_alternative = 1;
  pages.push_back({"boundary, chosen", std::move(boundary)});
  visit::State wrong = at(Page::Area, visit::Field::Postcode);
  wrong.area.postcode.error_key = "error.postcode_invalid";
  pages.push_back({"wrong postcode", std::move(wrong)});
}

inline void add_overlays(std::vector<Named>& pages) {
  using visit::Overlay;
  for (const Overlay overlay : {Overlay::Help, Overlay::Language, Overlay::StillThere}) {
    visit::State state = at(Page::Service);
    state.overlay = overlay;
    state.asked_still_there = state.now;
    pages.push_back({"overlay " + std::to_string(static_cast<int>(overlay)), std::move(state)});
  }
}

// An appointment that is there already, in all that can be said of it.
inline void add_managed_pages(std::vector<Named>& pages) {
  using promises::BookingState;
  visit::State code = at(Page::Manage, visit::Field::Code);
  pages.push_back({"code", code});
  code.manage.code.error_key = "manage.error.not_found";
  pages.push_back({"code wrong", std::move(code)});
  visit::State managed = at(Page::Managed);
  ready(managed.manage.found, promises::Managed{booking_example(), true, {}});
  managed.wall = managed.manage.found.value.booking.slot.start - std::chrono::hours(30);
  managed.manage.found.value.booking.state = BookingState::Confirmed;
  managed.printer_ready = true;
  pages.push_back({"managed", managed});
  for (const char* fault : {"manage.not_cancelled", "manage.cancel_unsure"}) {
    managed.manage.cancel_fault = fault;
    pages.push_back({fault, managed});
  }
  managed.page = Page::ManageCancel;
  pages.push_back({"cancel?", managed});
  managed.page = Page::Managed;
  managed.manage.cancel_fault.clear();
  managed.manage.found.value.as_of_now = false;
  pages.push_back({"managed, as known last", managed});
  for (const BookingState state : {BookingState::Cancelled, BookingState::Unknown}) {
    managed.manage.found.value.booking.state = state;
    pages.push_back({"managed, " + std::string(promises::to_string(state)), managed});
  }
}

inline std::vector<Named> other_pages() {
  std::vector<Named> pages;
  add_sorry_pages(pages);
  add_weak_answers(pages);
  add_services_of_a_visit(pages);
  add_faults_and_boundaries(pages);
  add_managed_pages(pages);
  add_overlays(pages);
  return pages;
}

}  // namespace screens_test
