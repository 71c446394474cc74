// An appointment found by its code: what may be seen, moved, cancelled, and what is said of it.
#include "kiosk/core/check_code.h"
#include "kiosk/visit/manage.h"
#include "tests/unit/visit_fixture.h"

using namespace visit_test;
using promises::BookingState;

namespace {

const std::string kCode =
    core::make_check_code([](std::uint8_t* bytes, std::size_t size) { std::fill_n(bytes, size, 42); });

promises::Managed appointment(BookingState state = BookingState::Confirmed) {
  promises::Managed found;
  found.booking.id = "b1";
  found.booking.state = state;
  found.booking.target = {"zms", "2101"};
  found.booking.service_name = "Register a birth";
  found.booking.office.id = "1";
  found.booking.slot = slot_at(25, 9);
  found.booking.code = kCode;
  found.as_of_now = true;
  return found;
}

void look_up(Visit& visit, promises::Managed found) {
  visit(visit::Touched{})(visit::OpenManage{}).type(Field::Code, kCode)(visit::SubmitField{Field::Code});
  REQUIRE(visit.effect<visit::FindByCode>());
  visit(visit::FoundByCode{visit.state().manage.found.ticket, visit::Found(std::move(found))});
}

// What the directory answers of what was booked.
void answer_service(Visit& visit) {
  directory::Service service = bookable_service();
  service.documents = {{"Passport"}};
  visit(visit::BookedServiceLoaded{visit.state().manage.service.ticket, std::move(service)});
}
void answer_no_service(Visit& visit) {
  visit(visit::BookedServiceLoaded{visit.state().manage.service.ticket,
                                   core::make_error(core::ErrorKind::NotFound, "gone")});
}

// From the appointment's page to a hold on another time.
void hold_new_time(Visit& visit, const std::string& record = {}) {
  visit(visit::MoveAppointment{});
  REQUIRE(visit.effect<visit::LoadOffer>());
  visit(visit::OfferLoaded{visit.state().booking.offer.ticket, offer_of({}, 3)});
  REQUIRE(visit.state().page == Page::BookTime);  // at the same office, without asking
  promises::Calendar calendar;
  calendar.slots = {slot_at(26, 9)};
  visit(visit::CalendarLoaded{visit.state().booking.calendar.ticket, calendar})(visit::ChooseSlot{slot_at(26, 9)});
  REQUIRE(visit.effect<visit::HoldSlot>());
  CHECK(visit.effect<visit::HoldSlot>()->replaces == "b1");
  CHECK(visit.effect<visit::HoldSlot>()->record == record);
  promises::Booking hold = held(visit, slot_at(26, 9));
  hold.id = "b2";
  hold.replaces = "b1";
  visit(visit::HoldDone{visit.state().booking.hold.ticket, hold});
}

}  // namespace

TEST_CASE("the code leads to the appointment, and is forgotten") {
  Visit visit;
  look_up(visit, appointment());
  CHECK(visit.state().page == Page::Managed);
  CHECK(visit.state().manage.code.text.empty());
  visit(visit::Back{});
  CHECK(visit.state().page == Page::Start);
}

TEST_CASE("wrong and unknown codes are told alike, and so is too many of them and no answer") {
  Visit visit;
  visit(visit::Touched{})(visit::OpenManage{})(visit::SubmitField{Field::Code});
  CHECK_FALSE(visit.effect<visit::FindByCode>());
  CHECK(visit.state().manage.code.error_key == "manage.error.missing");
  visit.type(Field::Code, "nonsense")(visit::SubmitField{Field::Code});
  REQUIRE(visit.effect<visit::FindByCode>());  // not judged here
  const auto [kind, key] = GENERATE(table<core::ErrorKind, std::string>({
      {core::ErrorKind::NotFound, "manage.error.not_found"},
      {core::ErrorKind::RateLimited, "manage.error.too_many"},
      {core::ErrorKind::Io, "manage.error.cannot_look"},
  }));
  visit(visit::FoundByCode{visit.state().manage.found.ticket, core::make_error(kind, "no")});
  CHECK(visit.state().page == Page::Manage);
  CHECK(visit.state().manage.code.error_key == key);
}

TEST_CASE("a receipt under the scanner opens its appointment from any page but the middle of a booking") {
  Visit visit;
  visit(visit::Touched{})(visit::Scanned{core::SecretText(kCode)});
  REQUIRE(visit.effect<visit::FindByCode>());
  CHECK(visit.effect<visit::FindByCode>()->code.reveal() == kCode);

  Visit busy;
  reach_check(busy);
  busy(visit::Scanned{core::SecretText(kCode)});
  CHECK(busy.state().page == Page::BookCheck);
  CHECK(busy.effects().empty());

  Visit other;
  other(visit::Touched{})(visit::Scanned{core::SecretText(std::string("https://elsewhere.example/offer"))});
  CHECK(other.state().page == Page::Start);
}

TEST_CASE("the code in a scan is the receipt's address or the code alone") {
  settings::Settings settings;
  settings.receipts.manage_url = "https://book.example/a/";
  const auto code = [&](const std::string& text) {
    return visit::code_in_scan(core::SecretText(text), settings).reveal();
  };
  CHECK(code("https://book.example/a/" + kCode) == kCode);
  CHECK(code(core::grouped_check_code(kCode)) == core::grouped_check_code(kCode));
  CHECK(code("HTTPS://BOOK.EXAMPLE/A/" + kCode) == kCode);
  CHECK(code("https://evil.example/a/" + kCode).empty());
  std::string wrong = kCode;
  wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
  CHECK(code("https://book.example/a/" + wrong).empty());  // fails its check
  CHECK(code("").empty());
}

TEST_CASE("moving holds the new time first, asks nothing that is known, and says so on the check page") {
  Visit visit;
  promises::Managed found = appointment();
  found.details.name.assign("Ada Example");
  SECTION("the booking system knows who comes") {
    look_up(visit, found);
    hold_new_time(visit);
    CHECK(visit.state().page == Page::BookCheck);
    CHECK(visit.state().booking.replaces->id == "b1");
    CHECK(visit.state().booking.name.carried);  // kept, and shown to nobody
    visit(visit::ConfirmBooking{});
    REQUIRE(visit.effect<visit::SendConfirmation>());
    CHECK(visit.effect<visit::SendConfirmation>()->details.name.reveal() == "Ada Example");
    promises::Booking moved = held(visit, slot_at(26, 9));
    moved.state = BookingState::Confirmed;
    moved.replaces = "b1";
    visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{moved, {}, true}});
    CHECK(visit.state().page == Page::BookDone);
    CHECK(visit.state().booking.old_stands);
  }
  SECTION("it does not say: the name is asked for") {
    found.details = {};
    look_up(visit, found);
    hold_new_time(visit);
    CHECK(visit.state().page == Page::BookDetails);
  }
  SECTION("leaving gives the new time back, and the old one is not touched") {
    look_up(visit, found);
    hold_new_time(visit);
    visit(visit::Finish{});
    REQUIRE(visit.effect<visit::ReleaseHold>());
    CHECK(visit.effect<visit::ReleaseHold>()->booking_id == "b2");
    CHECK_FALSE(visit.effect<visit::CancelBooking>());
  }
}

TEST_CASE("a move that is not known yet is gone back to, not begun again") {
  Visit visit;
  promises::Managed found = appointment();
  found.details.name.assign("Ada Example");
  look_up(visit, found);
  hold_new_time(visit);
  visit(visit::ConfirmBooking{});
  promises::Booking moved = held(visit, slot_at(26, 9));
  moved.id = "b2";
  moved.replaces = "b1";
  moved.state = BookingState::Unknown;
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{moved, {}}});
  REQUIRE(visit.state().sorry.reason == visit::SorryReason::BookingUnknown);
  visit(visit::Back{});
  REQUIRE(visit.state().page == Page::Managed);
  if (GENERATE(false, true)) {  // by way of a service that has nothing to do with it
    open_service(visit);
    look_up(visit, found);
  }
  if (GENERATE(true, false)) {
    visit(visit::MoveAppointment{});
  } else {
    visit(visit::AskToCancel{});
  }
  CHECK_FALSE(visit.effect<visit::LoadOffer>());
  CHECK(visit.state().page == Page::Sorry);
  CHECK(visit.state().sorry.reason == visit::SorryReason::BookingUnknown);
  CHECK_FALSE(visit.state().service.ready());
  CHECK(visit.state().sorry.paper.state == visit::PrintState::None);
  std::optional<visit::FindOutcome> asked;  // the page goes on asking
  for (int i = 0; i < 20 && !asked; i++) {
    visit.let_pass(std::chrono::milliseconds(500));
    if (const auto* effect = visit.effect<visit::FindOutcome>()) asked = *effect;
  }
  REQUIRE(asked);
  CHECK(asked->booking_id == "b2");
  SECTION("it was moved") {
    moved.state = BookingState::Confirmed;
    visit(visit::OutcomeLoaded{asked->ticket, visit::Confirmation{moved, {}}});
    CHECK(visit.state().page == Page::BookDone);
  }
  SECTION("it was not: the appointment can be moved again") {
    moved.state = BookingState::Released;
    visit(visit::OutcomeLoaded{asked->ticket, visit::Confirmation{moved, {}}});
    CHECK(visit.state().sorry.reason == visit::SorryReason::BookingRefused);
    visit(visit::Back{})(visit::MoveAppointment{});
    CHECK(visit.effect<visit::LoadOffer>());
  }
}

TEST_CASE("cancelling is asked twice, sent once, and what came of it is shown") {
  Visit visit;
  look_up(visit, appointment());
  visit(visit::CancelAppointment{});
  CHECK_FALSE(visit.effect<visit::CancelBooking>());  // not from this page
  visit(visit::AskToCancel{});
  REQUIRE(visit.state().page == Page::ManageCancel);
  visit(visit::CancelAppointment{});
  REQUIRE(visit.effect<visit::CancelBooking>());
  visit(visit::CancelAppointment{});
  CHECK_FALSE(visit.effect<visit::CancelBooking>());
  const auto ticket = visit.state().manage.cancelling.ticket;
  SECTION("cancelled") {
    promises::Booking gone = appointment(BookingState::Cancelled).booking;
    visit(visit::CancelDone{ticket, gone});
    answer_no_service(visit);
    CHECK(visit.state().page == Page::Managed);
    CHECK(visit.state().manage.found.value.booking.state == BookingState::Cancelled);
    visit(visit::MoveAppointment{});
    CHECK_FALSE(visit.effect<visit::LoadOffer>());
    visit(visit::PrintManaged{});
    REQUIRE(visit.effect<visit::PrintBooking>());
    CHECK(visit.effect<visit::PrintBooking>()->copy == 1);
    visit(visit::PrintDone{visit.effect<visit::PrintBooking>()->ticket, visit::PrintState::Printed});
    visit(visit::PrintManaged{});
    REQUIRE(visit.effect<visit::PrintBooking>());
    CHECK(visit.effect<visit::PrintBooking>()->copy == 2);
  }
  SECTION("too late, or refused: it stands") {
    visit(visit::CancelDone{ticket, core::make_error(core::ErrorKind::Refused, "appointmentCanNotBeCanceled")});
    CHECK(visit.state().manage.cancel_fault == "manage.not_cancelled");
    CHECK(visit.state().manage.found.value.booking.state == BookingState::Confirmed);
    answer_service(visit);
    visit(visit::PrintManaged{});
    CHECK(visit.effect<visit::PrintBooking>());
  }
  SECTION("the kiosk's own fault: the booking system is not said to have refused") {
    visit(visit::CancelDone{ticket, core::make_error(core::ErrorKind::Io, "disk")});
    CHECK(visit.state().manage.cancel_fault == "manage.cancel_unsure");
    CHECK(visit.state().manage.found.value.booking.state == BookingState::Confirmed);
    answer_service(visit);
    visit(visit::PrintManaged{});
    CHECK_FALSE(visit.effect<visit::PrintBooking>());  // it may be cancelled by now
  }
  SECTION("not heard: not said to be cancelled") {
    promises::Booking open = appointment().booking;
    open.giving_up = true;
    visit(visit::CancelDone{ticket, open});
    CHECK(visit.state().manage.found.value.booking.state == BookingState::Confirmed);
    visit(visit::AskToCancel{});
    CHECK(visit.state().page == Page::Managed);  // it is on its way already
    answer_service(visit);
    visit(visit::PrintManaged{});
    CHECK_FALSE(visit.effect<visit::PrintBooking>());  // no slip would be true
  }
}

TEST_CASE("paper of an appointment that still prints while it is cancelled is no paper of the cancellation") {
  Visit visit;
  look_up(visit, appointment());
  answer_service(visit);
  visit(visit::PrintManaged{});
  REQUIRE(visit.effect<visit::PrintBooking>());
  const std::uint64_t earlier = visit.effect<visit::PrintBooking>()->ticket;
  visit(visit::AskToCancel{})(visit::CancelAppointment{});
  visit(visit::CancelDone{visit.state().manage.cancelling.ticket, appointment(BookingState::Cancelled).booking});
  visit(visit::PrintManaged{});
  REQUIRE(visit.effect<visit::PrintBooking>());
  const std::uint64_t later = visit.effect<visit::PrintBooking>()->ticket;
  visit(visit::PrintDone{earlier, visit::PrintState::Printed});
  CHECK(visit.state().manage.paper.printing());
  visit(visit::PrintDone{later, visit::PrintState::Failed});
  CHECK(visit.state().manage.paper.state == visit::PrintState::Failed);
}

TEST_CASE("what is over, not known or cancelled can be seen and not changed") {
  Visit visit;
  promises::Managed found =
      appointment(GENERATE(BookingState::Unknown, BookingState::Cancelled, BookingState::Confirmed));
  if (found.booking.state == BookingState::Confirmed) found.booking.slot = slot_at(23, 9);  // yesterday
  look_up(visit, found);
  REQUIRE(visit.state().page == Page::Managed);
  visit(visit::MoveAppointment{});
  CHECK_FALSE(visit.effect<visit::LoadOffer>());
  visit(visit::AskToCancel{});
  CHECK(visit.state().page == Page::Managed);
}

TEST_CASE("the directory is asked for what was booked, and the paper says what to bring") {
  Visit visit;
  promises::Managed found = appointment();
  found.booking.record = "north:birth";
  look_up(visit, found);
  REQUIRE(visit.effect<visit::LoadBookedService>());
  CHECK(visit.effect<visit::LoadBookedService>()->booking.record == "north:birth");
  visit(visit::PrintManaged{});
  CHECK_FALSE(visit.effect<visit::PrintBooking>());  // without it nobody would be told what to bring
  const bool known = GENERATE(true, false);
  known ? answer_service(visit) : answer_no_service(visit);
  visit(visit::PrintManaged{});
  REQUIRE(visit.effect<visit::PrintBooking>());
  CHECK(visit.effect<visit::PrintBooking>()->service.documents.size() == (known ? 1 : 0));
}

TEST_CASE("an appointment that is moved stays what it was booked as, and its paper says what to bring") {
  Visit visit;
  open_service(visit);  // another one was looked at before
  promises::Managed found = appointment();
  found.details.name.assign("Ada Example");
  found.booking.record = "west:birth";
  look_up(visit, found);
  const bool soon = GENERATE(true, false);
  if (soon) answer_service(visit);
  hold_new_time(visit, "west:birth");
  visit(visit::ConfirmBooking{});
  promises::Booking moved = held(visit, slot_at(26, 9));
  moved.state = BookingState::Confirmed;
  moved.replaces = "b1";
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{moved, {}}});
  REQUIRE(visit.state().page == Page::BookDone);
  visit(visit::PrintReceipt{});
  if (!soon) {
    CHECK_FALSE(visit.effect<visit::PrintBooking>());
    answer_service(visit);
    visit(visit::PrintReceipt{});
  }
  REQUIRE(visit.effect<visit::PrintBooking>());
  CHECK(visit.effect<visit::PrintBooking>()->service.documents.size() == 1);
}

TEST_CASE("another copy is one, and the visit's end forgets whose appointment it was") {
  Visit visit;
  look_up(visit, appointment());
  answer_service(visit);
  visit(visit::PrintManaged{});
  REQUIRE(visit.effect<visit::PrintBooking>());
  CHECK(visit.effect<visit::PrintBooking>()->copy == 2);
  visit(visit::PrintDone{visit.effect<visit::PrintBooking>()->ticket, visit::PrintState::Printed});
  CHECK(visit.state().manage.paper.state == visit::PrintState::Printed);
  visit(visit::Finish{});
  CHECK(visit.state().manage.found.value.booking.id.empty());
  CHECK(visit.effect<visit::Wipe>());
}

TEST_CASE("the code of a report leads to what became of it") {
  Visit visit;
  visit(visit::Touched{})(visit::OpenManage{}).type(Field::Code, kCode)(visit::SubmitField{Field::Code});
  visit::ReportStanding standing;
  standing.report.id = "r1";
  standing.report.state = promises::ReportState::Queued;
  standing.report.type_name = "Pothole";
  visit(visit::FoundByCode{visit.state().manage.found.ticket, visit::Found(std::move(standing))});
  CHECK(visit.state().page == Page::ReportDone);
  CHECK(visit.state().report.title == "Pothole");
  visit(visit::Finish{});
  CHECK(visit.state().report.title.empty());
}
