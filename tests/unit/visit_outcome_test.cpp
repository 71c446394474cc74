// An outcome that is not known: asked for while its page is shown, and never said to be one or the other before.
#include "tests/unit/visit_fixture.h"

using namespace visit_test;
using promises::BookingState;

namespace {

// On the page that says that the outcome is not known.
promises::Booking reach_unknown(Visit& visit) {
  reach_check(visit);
  visit(visit::ConfirmBooking{});
  promises::Booking booking = held(visit, slot_at(25, 9));
  booking.state = BookingState::Unknown;
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{booking, {}}});
  REQUIRE(visit.state().sorry.reason == visit::SorryReason::BookingUnknown);
  return booking;
}

// Lets time pass until the outcome is asked for.
std::optional<visit::FindOutcome> next_question(Visit& visit, std::chrono::seconds within) {
  for (const core::Instant end = visit.wall() + within; visit.wall() < end;) {
    visit.let_pass(std::chrono::milliseconds(500));
    if (const auto* asked = visit.effect<visit::FindOutcome>()) return *asked;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("an outcome that is not known is asked for while its page is shown, and the page becomes the answer") {
  Visit visit;
  promises::Booking booking = reach_unknown(visit);
  CHECK(visit.state().sorry.booking->id == "b1");
  visit(visit::PrintServicePage{});
  REQUIRE(visit.effect<visit::PrintSorry>());  // not the service's page
  CHECK(visit.effect<visit::PrintSorry>()->sorry.booking->id == "b1");
  const auto asked = next_question(visit, std::chrono::seconds(6));
  REQUIRE(asked);
  CHECK(asked->booking_id == "b1");
  SECTION("confirmed") {
    booking.state = BookingState::Confirmed;
    booking.reference = "100042";
    visit(visit::OutcomeLoaded{asked->ticket, visit::Confirmation{booking, core::Bitmap1(21, 21)}});
    CHECK(visit.state().page == Page::BookDone);
    CHECK(visit.state().booking.confirmation.value.reference == "100042");
    CHECK(visit.state().booking.qr.width == 21);
    visit(visit::PrintReceipt{});
    CHECK(visit.effect<visit::PrintBooking>());
  }
  SECTION("not booked: it can be tried again, and what was typed is still there") {
    booking.state = GENERATE(BookingState::Released, BookingState::Refused);
    const auto serial = visit.state().page_serial;
    visit(visit::OutcomeLoaded{asked->ticket, visit::Confirmation{booking, {}}});
    CHECK(visit.state().page == Page::Sorry);
    CHECK(visit.state().sorry.reason == visit::SorryReason::BookingRefused);
    CHECK(visit.state().page_serial > serial);  // it is said aloud
    visit(visit::TryAgain{});
    CHECK(visit.effect<visit::LoadOffer>());
    CHECK(visit.state().booking.name.text.reveal() == "Ada Example");
  }
  SECTION("still not known, or no answer: asked again, less and less often") {
    visit(visit::OutcomeLoaded{asked->ticket, core::make_error(core::ErrorKind::Unavailable, "down")});
    CHECK(visit.state().sorry.reason == visit::SorryReason::BookingUnknown);
    CHECK_FALSE(next_question(visit, std::chrono::seconds(9)));
    const auto again = next_question(visit, std::chrono::seconds(2));
    REQUIRE(again);
    CHECK(again->ticket != asked->ticket);
    visit(visit::OutcomeLoaded{again->ticket, visit::Confirmation{booking, {}}});
    CHECK(visit.state().sorry.reason == visit::SorryReason::BookingUnknown);
    CHECK(next_question(visit, std::chrono::seconds(21)));
  }
}

TEST_CASE("an outcome that comes when nobody waits for it changes nothing") {
  Visit visit;
  promises::Booking booking = reach_unknown(visit);
  const auto asked = next_question(visit, std::chrono::seconds(6));
  REQUIRE(asked);
  SECTION("the page was left") { visit(visit::Back{}); }
  SECTION("another visit") { visit(visit::Finish{})(visit::Touched{}); }
  SECTION("another visit that waits as well") {
    visit(visit::Finish{});
    reach_unknown(visit);
  }
  const Page page = visit.state().page;
  booking.state = BookingState::Confirmed;
  visit(visit::OutcomeLoaded{asked->ticket, visit::Confirmation{booking, {}}});
  CHECK(visit.state().page == page);
  CHECK_FALSE(visit.state().booking.confirmation.value.state == BookingState::Confirmed);
}
