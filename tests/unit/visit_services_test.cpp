// Several services in one visit, and the work that some booking systems have the kiosk do first.
#include "tests/unit/visit_fixture.h"

using namespace visit_test;

namespace {

// Two offices; up to three of the service, and two others with it.
promises::Offer offer_of_several(const promises::BookingTarget& target, int offices = 2) {
  promises::Offer offer = offer_of({}, offices);
  offer.target = target;
  offer.most = 3;
  offer.additions = {{"2102", "Register a death", 1}, {"2103", "Give notice of marriage", 2}};
  return offer;
}

void answer_offer(Visit& visit, int offices = 2) {
  const visit::BookingFlow& flow = visit.state().booking;
  visit(visit::OfferLoaded{flow.offer.ticket, offer_of_several(flow.target, offices)});
}

void open_services(Visit& visit, int offices = 2) {
  open_service(visit);
  visit(visit::StartBooking{});
  answer_offer(visit, offices);
  REQUIRE(visit.state().page == Page::BookOffice);
  visit(visit::ChangeServices{});
  REQUIRE(visit.state().page == Page::BookServices);
}

// To the check page, with a hold at the first of two offices.
void reach_check_of_several(Visit& visit) {
  open_service(visit);
  visit(visit::StartBooking{});
  answer_offer(visit);
  visit(visit::ChooseOffice{"1"})(visit::ChooseSlot{slot_at(25, 9)});
  visit(visit::HoldDone{visit.state().booking.hold.ticket, held(visit, slot_at(25, 9))});
  visit.type(Field::Name, "Ada Example")(visit::ContinueDetails{});
  REQUIRE(visit.state().page == Page::BookCheck);
}

promises::BookingTarget asked(const Visit& visit) {
  const auto* effect = visit.effect<visit::LoadOffer>();
  return effect ? effect->target : promises::BookingTarget{};
}

}  // namespace

TEST_CASE("where a visit can be for more, the office page stays, even for one office") {
  Visit visit;
  open_service(visit);
  visit(visit::StartBooking{});
  answer_offer(visit, 1);
  CHECK(visit.state().page == Page::BookOffice);
  CHECK(visit::can_choose_services(visit.state().booking));
}

TEST_CASE("services are added, counted and left out again; each time the offices are asked for anew") {
  Visit visit;
  open_services(visit);
  visit(visit::ChooseServiceCount{"2101", 2});
  CHECK(asked(visit) == promises::BookingTarget{"zms", "2101", 2});
  answer_offer(visit);
  visit(visit::ChooseServiceCount{"2103", 1});
  CHECK(asked(visit) == promises::BookingTarget{"zms", "2101", 2, {{"2103", 1}}});
  answer_offer(visit);
  visit(visit::ChooseServiceCount{"2103", 2});
  CHECK(asked(visit) == promises::BookingTarget{"zms", "2101", 2, {{"2103", 2}}});
  answer_offer(visit);
  CHECK(visit::chosen_count(visit.state().booking.target, "2103") == 2);
  CHECK(promises::visit_name(visit.state().booking.offer.value) ==
        "2 \u00d7 Register a birth + 2 \u00d7 Give notice of marriage");
  visit(visit::ChooseServiceCount{"2103", 0});
  CHECK(asked(visit) == promises::BookingTarget{"zms", "2101", 2});
  answer_offer(visit);
  visit(visit::ChooseServiceCount{"2101", 0});  // the one that it began with stays
  CHECK(asked(visit) == promises::BookingTarget{"zms", "2101"});
}

TEST_CASE("Continue leads to the offices, or to the times of the only one; Back to the services") {
  Visit visit;
  open_services(visit);
  visit(visit::ChooseServiceCount{"2101", 2});
  SECTION("several offices") {
    answer_offer(visit);
    visit(visit::ContinueServices{});
    CHECK(visit.state().page == Page::BookOffice);
  }
  SECTION("one office") {
    answer_offer(visit, 1);
    visit(visit::ContinueServices{});
    CHECK(visit.state().page == Page::BookTime);
    CHECK(visit.effect<visit::LoadCalendar>()->target == promises::BookingTarget{"zms", "2101", 2});
  }
  visit(visit::Back{});
  CHECK(visit.state().page == Page::BookServices);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Service);
}

TEST_CASE("other services give the hold back, and what was typed stays") {
  Visit visit;
  reach_check_of_several(visit);
  visit(visit::ChangeServices{});
  REQUIRE(visit.state().page == Page::BookServices);
  SECTION("nothing is changed") {
    visit(visit::ContinueServices{});
    CHECK(visit.state().page == Page::BookCheck);
    CHECK_FALSE(visit.effect<visit::ReleaseHold>());
    visit(visit::ConfirmBooking{});
    CHECK(visit.effect<visit::SendConfirmation>());
  }
  SECTION("one more") {
    visit(visit::ChooseServiceCount{"2102", 1});
    CHECK_FALSE(visit.effect<visit::ReleaseHold>());
    visit(visit::ContinueServices{});  // not before the offices are known
    CHECK(visit.state().page == Page::BookServices);
    answer_offer(visit);
    REQUIRE(visit.effect<visit::ReleaseHold>());
    visit(visit::ContinueServices{});
    REQUIRE(visit.state().page == Page::BookOffice);
    visit(visit::ConfirmBooking{});
    CHECK_FALSE(visit.effect<visit::SendConfirmation>());
    visit(visit::ChooseOffice{"1"});
    REQUIRE(visit.state().page == Page::BookTime);
    visit(visit::ChooseSlot{slot_at(26, 9)});
    visit(visit::HoldDone{visit.state().booking.hold.ticket, held(visit, slot_at(26, 9))});
    CHECK(visit.state().page == Page::BookDetails);
    CHECK(visit.state().booking.name.text.reveal() == "Ada Example");
  }
}

TEST_CASE("what can't be had leaves the choice as it was before, and says why") {
  Visit visit;
  open_services(visit);
  visit(visit::ChooseServiceCount{"2101", 2});
  answer_offer(visit);
  visit(visit::ChooseServiceCount{"2102", 1});
  const auto kind = GENERATE(core::ErrorKind::Invalid, core::ErrorKind::Timeout);
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, core::make_error(kind, "no")});
  CHECK(visit.state().page == Page::BookServices);
  CHECK(visit.state().booking.services_fault ==
        (kind == core::ErrorKind::Invalid ? visit::ServicesFault::Refused : visit::ServicesFault::NotHeard));
  CHECK(visit.state().booking.target == promises::BookingTarget{"zms", "2101", 2});
  CHECK(visit.state().booking.offer.ready());
  visit(visit::ContinueServices{});
  CHECK(visit.state().page == Page::BookOffice);
  visit(visit::ChangeServices{})(visit::ChooseServiceCount{"2103", 1});
  CHECK(visit.state().booking.services_fault == visit::ServicesFault::None);
}

TEST_CASE("Back from other services leads past what was chosen before them") {
  Visit visit;
  reach_check_of_several(visit);
  visit(visit::ChangeServices{})(visit::ChooseServiceCount{"2102", 1});
  answer_offer(visit);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::BookOffice);
  CHECK(visit.state().booking.target == visit.state().booking.offer.value.target);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Service);
}

TEST_CASE("services that can't be had, are not heard of or not waited for cost nobody their time") {
  Visit visit;
  reach_check_of_several(visit);
  visit(visit::ChangeServices{})(visit::ChooseServiceCount{"2102", 1});
  const std::uint64_t ticket = visit.state().booking.offer.ticket;
  const bool waits = GENERATE(true, false);
  const auto kind = GENERATE(core::ErrorKind::Invalid, core::ErrorKind::Timeout);
  if (waits) visit(visit::OfferLoaded{ticket, core::make_error(kind, "no")});
  visit(visit::Back{});
  REQUIRE(visit.state().page == Page::BookCheck);
  if (!waits) visit(visit::OfferLoaded{ticket, core::make_error(kind, "no")});
  CHECK(visit.state().page == Page::BookCheck);
  visit(visit::ConfirmBooking{});
  CHECK(visit.effect<visit::SendConfirmation>());
}

TEST_CASE("a service that has closed while its number was chosen says so") {
  Visit visit;
  open_services(visit);
  visit(visit::ChooseServiceCount{"2101", 2});
  answer_offer(visit, 0);
  visit(visit::ContinueServices{});
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.reason == visit::SorryReason::BookingClosed);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Service);
}

TEST_CASE("a hold whose page was left is given back when it comes, and moves nobody from where they are") {
  Visit visit;
  open_service(visit);
  visit(visit::StartBooking{});
  answer_offer(visit);
  visit(visit::ChooseOffice{"1"})(visit::ChooseSlot{slot_at(25, 9)});
  const std::uint64_t ticket = visit.state().booking.hold.ticket;
  visit(visit::Back{})(visit::ChangeServices{});
  REQUIRE(visit.state().page == Page::BookServices);
  visit(visit::HoldDone{ticket, held(visit, slot_at(25, 9))});
  CHECK(visit.state().page == Page::BookServices);
  CHECK(visit.effect<visit::ReleaseHold>());
}

TEST_CASE("the work for a captcha is no touch of anybody") {
  Visit visit;
  visit(visit::ProofProgressed{"zms", 0.5});
  CHECK_FALSE(visit.state().in_visit);
  open_services(visit);
  const core::Milliseconds touched = visit.state().last_touch;
  visit.later(std::chrono::seconds(5))(visit::ProofProgressed{"zms", 0.6});
  CHECK(visit.state().last_touch == touched);
}

TEST_CASE("waiting for other services can be called off, and all is as before") {
  Visit visit;
  open_services(visit);
  visit(visit::ChooseServiceCount{"2101", 3});
  const std::uint64_t ticket = visit.state().booking.offer.ticket;
  visit(visit::CancelWaiting{});
  CHECK(visit.state().page == Page::BookServices);
  CHECK(visit.state().booking.target == promises::BookingTarget{"zms", "2101"});
  visit(visit::OfferLoaded{ticket, core::make_error(core::ErrorKind::Cancelled, "called off")});
  CHECK(visit.state().booking.offer.ready());
  visit(visit::ContinueServices{});
  CHECK(visit.state().page == Page::BookOffice);
}

TEST_CASE("an appointment that is moved keeps its services") {
  Visit visit;
  promises::Managed appointment;
  appointment.booking = held(visit, slot_at(25, 9));
  appointment.booking.state = promises::BookingState::Confirmed;
  appointment.booking.target = {"zms", "2101", 2};
  visit::BookingFlow flow;
  flow.offer.value = offer_of_several(appointment.booking.target);
  CHECK(visit::can_choose_services(flow));
  flow.replaces = appointment.booking;
  CHECK_FALSE(visit::can_choose_services(flow));
}

TEST_CASE("the work that a booking system asks for is shown while its times are awaited") {
  Visit visit;
  open_service(visit);
  visit(visit::StartBooking{});
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, offer_of()});
  REQUIRE(visit.state().booking.calendar.loading());
  visit(visit::ProofProgressed{"other", 0.5});
  CHECK_FALSE(visit.state().booking.proof);
  visit(visit::ProofProgressed{"zms", 0.5});
  CHECK(visit.state().booking.proof == 0.5);
  SECTION("done") { visit(visit::ProofProgressed{"zms", 1}); }
  SECTION("the times have come") {
    visit(visit::CalendarLoaded{visit.state().booking.calendar.ticket, promises::Calendar{}});
  }
  SECTION("called off") { visit(visit::CancelWaiting{}); }
  CHECK_FALSE(visit.state().booking.proof);
  if (!visit.state().booking.calendar.loading()) {
    visit(visit::ProofProgressed{"zms", 0.7});
    CHECK_FALSE(visit.state().booking.proof);  // nobody waits for it
  }
}
