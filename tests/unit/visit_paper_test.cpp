// What is printed, and that the outcome of one job is never taken for another's.
#include "tests/unit/visit_fixture.h"

using namespace visit_test;
using visit::PrintState;

namespace {

// Prints the page of the service; its ticket.
std::uint64_t print_service(Visit& visit) {
  visit(visit::PrintServicePage{});
  REQUIRE(visit.effect<visit::PrintService>());
  return visit.effect<visit::PrintService>()->ticket;
}

void open_another_service(Visit& visit) {
  visit(visit::Back{})(visit::OpenService{{"north", "death"}});
  directory::Service service = bookable_service();
  service.key = {"north", "death"};
  visit(visit::ServiceLoaded{visit.state().service.ticket, page_of(std::move(service))});
  REQUIRE(visit.state().page == Page::Service);
}

void reach_sorry(Visit& visit, visit::SorryReason reason) {
  reach_check(visit);
  visit(visit::ConfirmBooking{});
  promises::Booking booking = held(visit, slot_at(25, 9));
  booking.state =
      reason == visit::SorryReason::BookingUnknown ? promises::BookingState::Unknown : promises::BookingState::Refused;
  visit(visit::ConfirmDone{visit.state().booking.confirmation.ticket, visit::Confirmation{booking, {}}});
  REQUIRE(visit.state().sorry.reason == reason);
}

}  // namespace

TEST_CASE("of two papers under way each has its own outcome, whichever comes first") {
  Visit visit;
  open_service(visit);
  const std::uint64_t earlier = print_service(visit);
  open_another_service(visit);
  CHECK(visit.state().service_paper.state == PrintState::None);
  const std::uint64_t later = print_service(visit);
  const auto of_earlier = GENERATE(PrintState::Printed, PrintState::Failed, PrintState::Unknown);
  const auto of_later = GENERATE(PrintState::Printed, PrintState::Failed, PrintState::Unknown);
  if (GENERATE(true, false)) {
    visit(visit::PrintDone{earlier, of_earlier});
    CHECK(visit.state().service_paper.printing());
    visit(visit::PrintDone{later, of_later});
  } else {
    visit(visit::PrintDone{later, of_later})(visit::PrintDone{earlier, of_earlier});
  }
  CHECK(visit.state().service_paper.state == of_later);
}

TEST_CASE("a page that says sorry has paper of its own, and so has the service behind it") {
  Visit visit;
  reach_sorry(visit, visit::SorryReason::BookingRefused);
  visit(visit::PrintServicePage{});
  REQUIRE(visit.effect<visit::PrintSorry>());
  const std::uint64_t ticket = visit.effect<visit::PrintSorry>()->ticket;
  if (GENERATE(true, false)) {
    visit(visit::PrintDone{ticket, PrintState::Printed});
    CHECK(visit.state().sorry.paper.state == PrintState::Printed);
    visit(visit::Back{});
  } else {
    visit(visit::Back{})(visit::PrintDone{ticket, PrintState::Printed});
  }
  REQUIRE(visit.state().page == Page::Service);
  CHECK(visit.state().service_paper.state == PrintState::None);
}

TEST_CASE("what goes wrong anew has no paper yet") {
  Visit visit;
  reach_sorry(visit, visit::SorryReason::BookingUnknown);
  visit(visit::PrintServicePage{});
  const std::uint64_t ticket = visit.effect<visit::PrintSorry>()->ticket;
  std::optional<visit::FindOutcome> asked;
  for (int i = 0; i < 20 && !asked; ++i) {
    visit.let_pass(std::chrono::milliseconds(500));
    if (const auto* effect = visit.effect<visit::FindOutcome>()) asked = *effect;
  }
  REQUIRE(asked);
  promises::Booking booking = held(visit, slot_at(25, 9));
  booking.state = promises::BookingState::Refused;
  visit(visit::OutcomeLoaded{asked->ticket, visit::Confirmation{booking, {}}});
  REQUIRE(visit.state().sorry.reason == visit::SorryReason::BookingRefused);
  visit(visit::PrintDone{ticket, PrintState::Printed});  // it says that it is not known
  CHECK(visit.state().sorry.paper.state == PrintState::None);
}
