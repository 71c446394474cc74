// The way from a service to a confirmed appointment, and what becomes of a hold.
#include <algorithm>

#include "tests/unit/visit_fixture.h"

using namespace visit_test;
using promises::BookingState;

TEST_CASE("booking goes service, time, questions, check, done") {
  Visit visit;
  promises::DetailsForm form;
  form.email = promises::Need::Required;
  hold_slot(visit, form);
  CHECK(visit.state().booking.questions == std::vector<Field>{Field::Name, Field::Email});
  visit.type(Field::Name, "Ada Example")(visit::ContinueDetails{});
  CHECK(visit.state().page == Page::BookDetails);
  visit.type(Field::Email, "ada@example.org")(visit::ContinueDetails{});
  REQUIRE(visit.state().page == Page::BookCheck);
  visit(visit::ConfirmBooking{});
  const auto* sent = visit.effect<visit::SendConfirmation>();
  REQUIRE(sent);
  CHECK(sent->booking_id == "b1");
  CHECK(sent->details.email.reveal() == "ada@example.org");
  promises::Booking booking = held(visit, slot_at(25, 9));
  booking.state = BookingState::Confirmed;
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{booking, {}}});
  CHECK(visit.state().page == Page::BookDone);
  visit(visit::Finish{});
  CHECK_FALSE(visit.effect<visit::ReleaseHold>());
  CHECK(visit.effect<visit::Wipe>());
}

TEST_CASE("several offices are offered; a single one is not asked about, and Back leads to the service") {
  Visit visit;
  open_service(visit);
  visit(visit::StartBooking{});
  SECTION("one") {
    visit(visit::OfferLoaded{visit.state().booking.offer.ticket, offer_of()});
    CHECK(visit.state().page == Page::BookTime);
    visit(visit::Back{});
    CHECK(visit.state().page == Page::Service);
  }
  SECTION("three") {
    visit(visit::OfferLoaded{visit.state().booking.offer.ticket, offer_of({}, 3)});
    CHECK(visit.state().page == Page::BookOffice);
    visit(visit::ChooseOffice{"2"});
    CHECK(visit.effect<visit::LoadCalendar>()->office_id == "2");
  }
}

TEST_CASE("confirmed is shown for a confirmed booking alone") {
  const auto outcome = GENERATE(BookingState::Refused, BookingState::Released, BookingState::Unknown,
                                BookingState::Confirming, BookingState::Held, BookingState::Cancelled);
  Visit visit;
  reach_check(visit);
  visit(visit::ConfirmBooking{});
  promises::Booking booking = held(visit, slot_at(25, 9));
  booking.state = outcome;
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{booking, {}}});
  CHECK(visit.state().page == Page::Sorry);
  const bool refused =
      outcome == BookingState::Refused || outcome == BookingState::Released || outcome == BookingState::Cancelled;
  CHECK(visit.state().sorry.reason ==
        (refused ? visit::SorryReason::BookingRefused : visit::SorryReason::BookingUnknown));
  CHECK(visit.state().sorry.phone == "01632 960100");
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Service);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Start);
}

TEST_CASE("leaving a booking for another page leaves no way back into it") {
  Visit visit;
  open_times(visit);
  visit(visit::ChooseDay{core::Date(std::chrono::year{2026} / 11 / 25)})(visit::ChooseSlot{slot_at(25, 9)});
  visit(visit::HoldDone{visit.state().booking.hold.ticket, core::make_error(core::ErrorKind::Unavailable, "down")});
  REQUIRE(visit.state().page == Page::Sorry);
  visit(visit::GoTo{Page::Search});
  REQUIRE(visit.state().page == Page::Search);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Service);
}

TEST_CASE("an error on confirming keeps the hold, says so, and the same booking can be tried again") {
  Visit visit;
  reach_check(visit);
  visit(visit::ConfirmBooking{});
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket,
                           core::make_error(core::ErrorKind::Unavailable, "down")});
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.reason == visit::SorryReason::BookingUnavailable);
  visit(visit::Back{});
  CHECK(visit.state().page == Page::BookCheck);
  CHECK_FALSE(visit.effect<visit::ReleaseHold>());
  visit(visit::ConfirmBooking{});
  CHECK(visit.effect<visit::SendConfirmation>());
}

TEST_CASE("an answer that the office refuses leads back to its question with the reason") {
  Visit visit;
  promises::DetailsForm form;
  form.email = promises::Need::Optional;
  hold_slot(visit, form);
  visit.type(Field::Name, "Ada Example")(visit::ContinueDetails{})(visit::ContinueDetails{});
  REQUIRE(visit.state().page == Page::BookCheck);
  visit(visit::ConfirmBooking{});
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket,
                           core::make_error(core::ErrorKind::Invalid, "emailIsRequired")});
  CHECK(visit.state().page == Page::BookDetails);
  CHECK(visit.state().booking.questions[visit.state().booking.question] == Field::Email);
  CHECK(visit.state().booking.email.error_key == "error.email_missing");
  visit.type(Field::Email, "ada@example.org")(visit::ContinueDetails{});
  CHECK(visit.state().page == Page::BookCheck);
}

TEST_CASE("whatever leaves the booking gives the hold back, once") {
  Visit visit;
  hold_slot(visit);
  SECTION("Start again") { visit(visit::StartAgain{}); }
  SECTION("Finish") { visit(visit::Finish{}); }
  SECTION("Leave this page now") { visit(visit::LeaveNow{}); }
  SECTION("another page") { visit(visit::GoTo{Page::Search}); }
  SECTION("Back to the service") { visit(visit::Back{})(visit::Back{}); }
  SECTION("nobody there") {
    visit.let_pass(std::chrono::minutes(2));
    CHECK_FALSE(visit.state().in_visit);
    return;
  }
  const auto* released = visit.effect<visit::ReleaseHold>();
  REQUIRE(released);
  CHECK(released->booking_id == "b1");
  visit(visit::StartAgain{});
  CHECK_FALSE(visit.effect<visit::ReleaseHold>());
}

TEST_CASE("what was sent to be confirmed is not given back, whoever leaves before the answer") {
  Visit visit;
  reach_check(visit);
  visit(visit::ConfirmBooking{});
  const auto ticket = visit.state().booking.confirmation.ticket;
  SECTION("Start again") { visit(visit::StartAgain{}); }
  SECTION("Finish") { visit(visit::Finish{}); }
  SECTION("Leave this page now") { visit(visit::LeaveNow{}); }
  SECTION("another page") { visit(visit::GoTo{Page::Search}); }
  CHECK_FALSE(visit.effect<visit::ReleaseHold>());
  promises::Booking booking = held(visit, slot_at(25, 9));
  booking.state = BookingState::Confirmed;
  visit(visit::ConfirmDone{ticket, visit::Confirmation{booking, {}}});
  CHECK_FALSE(visit.effect<visit::ReleaseHold>());
}

TEST_CASE("a hold that comes when nobody waits for it is given back") {
  Visit visit;
  open_times(visit);
  visit(visit::ChooseSlot{slot_at(25, 9)});
  const auto ticket = visit.state().booking.hold.ticket;
  visit(visit::StartAgain{});
  CHECK_FALSE(visit.effect<visit::ReleaseHold>());
  visit(visit::HoldDone{ticket, held(visit, slot_at(25, 9))});
  REQUIRE(visit.effect<visit::ReleaseHold>());
  CHECK(visit.state().page == Page::Start);
}

TEST_CASE("a lost slot is explained, with the nearest free ones in order of time") {
  Visit visit;
  open_times(visit);
  visit(visit::ChooseSlot{slot_at(25, 11)});
  visit(visit::HoldDone{visit.state().booking.hold.ticket,
                        core::make_error(core::ErrorKind::NotFound, "appointmentNotAvailable")});
  CHECK(visit.state().page == Page::BookTime);
  CHECK(visit.state().booking.slot_lost);
  CHECK(visit.state().booking.nearest == std::vector<promises::Slot>{slot_at(25, 9), slot_at(26, 9)});
  const auto offers = [&](const promises::Slot& slot) {
    const auto& slots = visit.state().booking.calendar.value.slots;
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
  };
  CHECK_FALSE(offers(slot_at(25, 11)));
  REQUIRE(visit.effect<visit::LoadCalendar>());
  promises::Calendar fresh;
  fresh.slots = {slot_at(25, 11), slot_at(26, 9), slot_at(27, 9)};  // a list that lags behind
  visit(visit::CalendarLoaded{visit.state().booking.calendar.ticket, fresh});
  CHECK(visit.state().booking.nearest == std::vector<promises::Slot>{slot_at(26, 9), slot_at(27, 9)});
  CHECK_FALSE(offers(slot_at(25, 11)));
  CHECK(offers(slot_at(26, 9)));
}

TEST_CASE("a time that the office refuses is not called taken by somebody else, and another can be tried") {
  Visit visit;
  open_times(visit);
  visit(visit::ChooseSlot{slot_at(25, 11)});
  visit(visit::HoldDone{visit.state().booking.hold.ticket,
                        core::make_error(core::ErrorKind::Refused, "tooManySlotsPerAppointment")});
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.reason == visit::SorryReason::BookingRefused);
  CHECK_FALSE(visit.state().booking.slot_lost);
  visit(visit::TryAgain{});
  CHECK(visit.state().page == Page::BookTime);
  CHECK(visit.effect<visit::LoadCalendar>());
}

TEST_CASE("a hold whose time has run out is said so, and what was typed is still there") {
  Visit visit;
  reach_check(visit);
  for (int minute = 0; minute < 15; ++minute) visit.let_pass(std::chrono::minutes(1))(visit::StillHere{});
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.reason == visit::SorryReason::HoldExpired);
  visit(visit::TryAgain{});
  CHECK(visit.state().page == Page::BookOffice);
  CHECK(visit.state().booking.name.text.reveal() == "Ada Example");
}

TEST_CASE("nobody is asked whether they are there while a confirmation is under way") {
  Visit visit;
  reach_check(visit);
  visit(visit::ConfirmBooking{}).let_pass(std::chrono::minutes(10));
  CHECK(visit.state().overlay == visit::Overlay::None);
  CHECK(visit.state().page == Page::BookCheck);
}

TEST_CASE("the booking system is away: a page with the number to call, and a way to try again") {
  Visit visit;
  open_service(visit);
  visit(visit::StartBooking{});
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, core::make_error(core::ErrorKind::Unavailable, "down")});
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.backend_name == "Registrars");
  visit(visit::TryAgain{});
  CHECK(visit.effect<visit::LoadOffer>());
  CHECK(visit.state().page == Page::BookOffice);
}

TEST_CASE("without a journal no promise is begun") {
  Visit visit;
  visit(visit::JournalChanged{false});
  open_service(visit);
  visit(visit::StartBooking{});
  CHECK_FALSE(visit.effect<visit::LoadOffer>());
  CHECK(visit.state().sorry.reason == visit::SorryReason::JournalUnavailable);
}

TEST_CASE("changing an answer returns to the check page; changing the time gives the old hold back") {
  Visit visit;
  reach_check(visit);
  visit(visit::ChangeAnswer{Field::Name});
  CHECK(visit.state().page == Page::BookDetails);
  visit.type(Field::Name, "Ada Other")(visit::ContinueDetails{});
  CHECK(visit.state().page == Page::BookCheck);
  visit(visit::ChangeTime{})(visit::ChooseSlot{slot_at(26, 9)});
  REQUIRE(visit.effect<visit::ReleaseHold>());
  REQUIRE(visit.effect<visit::HoldSlot>());
  CHECK(visit.effect<visit::HoldSlot>()->record == "north:birth");  // from whose page it is booked
  visit(visit::HoldDone{visit.state().booking.hold.ticket, held(visit, slot_at(26, 9))});
  CHECK(visit.state().page == Page::BookCheck);
  CHECK(visit.state().booking.name.text.reveal() == "Ada Other");
}

TEST_CASE("the place can be changed from the check page: Back leaves all as it was, another office asks anew") {
  Visit visit;
  open_service(visit);
  visit(visit::StartBooking{});
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, offer_of({}, 2)});
  visit(visit::ChooseOffice{"1"})(visit::ChooseSlot{slot_at(25, 9)});
  visit(visit::HoldDone{visit.state().booking.hold.ticket, held(visit, slot_at(25, 9))});
  visit.type(Field::Name, "Ada Example")(visit::ContinueDetails{});
  REQUIRE(visit.state().page == Page::BookCheck);
  visit(visit::ChangeOffice{});
  REQUIRE(visit.state().page == Page::BookOffice);
  SECTION("Back, or the same office") {
    if (GENERATE(true, false)) {
      visit(visit::Back{});
    } else {
      visit(visit::ChooseOffice{"1"});
    }
    CHECK(visit.state().page == Page::BookCheck);
    CHECK_FALSE(visit.effect<visit::ReleaseHold>());
    visit(visit::ConfirmBooking{});
    CHECK(visit.effect<visit::SendConfirmation>());
  }
  SECTION("another office") {
    visit(visit::ChooseOffice{"2"});
    CHECK(visit.effect<visit::ReleaseHold>());
    CHECK(visit.state().page == Page::BookTime);
    visit(visit::ChooseSlot{slot_at(26, 9)});
    visit(visit::HoldDone{visit.state().booking.hold.ticket, held(visit, slot_at(26, 9))});
    CHECK(visit.state().page == Page::BookDetails);
    CHECK(visit.state().booking.name.text.reveal() == "Ada Example");
    visit(visit::Back{})(visit::Back{})(visit::Back{});
    CHECK(visit.state().page == Page::Service);
  }
  SECTION("the hold runs out meanwhile") {
    for (int minute = 0; minute < 15; ++minute) visit.let_pass(std::chrono::minutes(1))(visit::StillHere{});
    CHECK(visit.state().sorry.reason == visit::SorryReason::HoldExpired);
  }
}

TEST_CASE("faults of an answer are said on Continue, and what was typed stays") {
  Visit visit;
  promises::DetailsForm form;
  form.telephone = promises::Need::Required;
  hold_slot(visit, form);
  visit(visit::ContinueDetails{});
  CHECK(visit.state().booking.name.error_key == "error.name_missing");
  visit.type(Field::Name, "  Ada  ")(visit::ContinueDetails{});
  CHECK(visit.state().booking.name.text.reveal() == "Ada");
  for (const char* wrong : {"123", "12345678901234567", "not a number", "01632+960123"}) {
    visit.type(Field::Telephone, wrong)(visit::ContinueDetails{});
    CHECK(visit.state().booking.telephone.error_key == "error.telephone_invalid");
    CHECK(visit.state().booking.telephone.text.reveal() == wrong);
  }
  visit.type(Field::Telephone, "+44 (1632) 960-123")(visit::ContinueDetails{});
  CHECK(visit.state().page == Page::BookCheck);
}

TEST_CASE("a printer that failed brings the code onto the screen; one that is unsure asks") {
  Visit visit;
  reach_check(visit);
  visit(visit::ConfirmBooking{});
  promises::Booking booking = held(visit, slot_at(25, 9));
  booking.state = BookingState::Confirmed;
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{booking, {}}});
  visit(visit::PrintReceipt{});
  REQUIRE(visit.effect<visit::PrintBooking>());
  CHECK(visit.effect<visit::PrintBooking>()->copy == 1);
  const std::uint64_t ticket = visit.effect<visit::PrintBooking>()->ticket;
  SECTION("failed") {
    visit(visit::PrintDone{ticket, visit::PrintState::Failed});
    CHECK(visit.state().page == Page::LargeQr);
  }
  SECTION("unknown") {
    visit(visit::PrintDone{ticket, visit::PrintState::Unknown});
    CHECK(visit.state().page == Page::BookDone);
    visit(visit::PrintReceipt{});
    CHECK(visit.effect<visit::PrintBooking>()->copy == 2);
  }
  SECTION("too late") {
    visit(visit::Finish{})(visit::PrintDone{ticket, visit::PrintState::Failed});
    CHECK(visit.state().page == Page::Start);
  }
}

TEST_CASE("a day whose times were left unread is asked for when it is chosen") {
  Visit visit;
  open_service(visit);
  visit(visit::StartBooking{});
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, offer_of()});
  const promises::Slot early = slot_at(25, 9), late = slot_at(27, 10);
  const auto day_of = [](const promises::Slot& slot) {
    return core::Date(std::chrono::floor<std::chrono::days>(slot.start));
  };
  promises::Calendar month;
  month.slots = {early};
  month.unread_days = {day_of(late)};
  visit(visit::CalendarLoaded{visit.state().booking.calendar.ticket, month});
  visit(visit::ChooseDay{day_of(early)});
  CHECK_FALSE(visit.effect<visit::LoadCalendar>());
  visit(visit::ChooseDay{day_of(late)});
  const auto* asked = visit.effect<visit::LoadCalendar>();
  REQUIRE(asked);
  CHECK(asked->first == day_of(late));
  CHECK(asked->last == day_of(late));
  const std::uint64_t ticket = asked->ticket;
  promises::Calendar day;
  day.slots = {late};

  SECTION("its times join the month's") {
    visit(visit::CalendarLoaded{ticket, day});
    CHECK(visit.state().booking.calendar.value.slots == std::vector<promises::Slot>{early, late});
    CHECK(visit.state().booking.calendar.value.unread_days.empty());
    visit(visit::ChooseDay{day_of(late)});
    CHECK_FALSE(visit.effect<visit::LoadCalendar>());
  }
  SECTION("another day is looked at meanwhile: the late answer changes nothing") {
    visit(visit::ChooseDay{day_of(early)});
    visit(visit::CalendarLoaded{ticket, day});
    CHECK(visit.state().booking.calendar.value.slots.size() == 1);
    CHECK(visit.state().booking.calendar.value.unread_days.size() == 1);
  }
  SECTION("it fails: the month stays, and the day can be tried again") {
    visit(visit::CalendarLoaded{ticket, core::make_error(core::ErrorKind::RateLimited, "later")});
    CHECK(visit.state().page == visit::Page::BookTime);
    CHECK(visit.state().booking.day_times.failed());
    visit(visit::ChooseDay{day_of(late)});
    CHECK(visit.effect<visit::LoadCalendar>());
  }
  SECTION("the resident doesn't want to wait") {
    visit(visit::CancelWaiting{});
    CHECK(visit.state().page == visit::Page::BookTime);
    CHECK_FALSE(visit.state().booking.day);
    CHECK_FALSE(visit.state().booking.day_times.loading());
  }
}
