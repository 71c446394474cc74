// What a resident takes away from a page that says what became of it: which button leads, and where it stands.
#include "tests/unit/screens_report_fixture.h"

using namespace screens_test;
using visit::PrintState;
using visit::ReportOutcome;

namespace {

// The key of the first of the page's own buttons, as they are read.
std::string leading(Screen& screen, visit::State& state) {
  screen.another_page();
  screen.draw(state);
  std::string leads;
  const ui::Node* first = nullptr;
  for (const char* key : {"print.print", "print.again", "print.large", "service.print", "manage.print", "done.finish",
                          "manage.move", "report.change", "sorry.search_again"}) {
    const ui::Node* node = screen.scene().find(ui::Role::Button, screen.word(key));
    if (!node) continue;
    const bool above = !first || node->rect.y < first->rect.y - 1;
    const bool before = first && std::abs(node->rect.y - first->rect.y) <= 1 && node->rect.x < first->rect.x;
    if (above || before) first = node, leads = key;
  }
  return leads;
}

bool offers(const Screen& screen, const char* key) { return screen.scene().find(ui::Role::Button, screen.word(key)); }

visit::State booked() {
  visit::State state = at(Page::BookDone);
  promises::Booking booking = booking_example();
  booking.state = promises::BookingState::Confirmed;
  ready(state.booking.confirmation, booking);
  return state;
}

visit::State managed(promises::BookingState as) {
  visit::State state = at(Page::Managed);
  promises::Booking booking = booking_example();
  booking.state = as;
  ready(state.manage.found, promises::Managed{booking, true, {}});
  state.wall = booking.slot.start - std::chrono::hours(30);
  return state;
}

}  // namespace

TEST_CASE("the paper leads until it is there, then Finish; both at the same place") {
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  visit::State state = GENERATE(false, true) ? booked() : done_page(ReportOutcome::Numbered);
  const bool large = GENERATE(false, true);
  if (large) {
    state.history.push_back(state.page);
    state.page = Page::LargeQr;
  }
  CHECK(leading(screen, state) == "print.print");
  const ui::Rect before = screen.scene().find(ui::Role::Button, screen.word("print.print"))->rect;
  (visit::takes_away_report(state) ? state.report.print : state.booking.print) = PrintState::Printed;
  (visit::takes_away_report(state) ? state.report.copies : state.booking.copies) = 1;
  CHECK(leading(screen, state) == "done.finish");
  CHECK(screen.scene().find(ui::Role::Button, screen.word("done.finish"))->rect.x == before.x);
  CHECK(offers(screen, "print.again"));
  CHECK(offers(screen, "print.large"));
}

TEST_CASE("a report that was refused prints its page, and no receipt") {
  Screen screen(landscape());
  visit::State state = done_page(ReportOutcome::Refused);
  CHECK(leading(screen, state) == "report.change");
  CHECK(offers(screen, "service.print"));
  CHECK_FALSE(offers(screen, "print.print"));
  state.report.print = PrintState::Printed;
  state.report.copies = 1;
  CHECK(leading(screen, state) == "done.finish");
  CHECK(offers(screen, "service.print"));
  CHECK_FALSE(offers(screen, "print.again"));
}

TEST_CASE("an appointment found by its code leads with another time; once cancelled, with the paper that says so") {
  Screen screen(landscape());
  visit::State state = managed(promises::BookingState::Confirmed);
  CHECK(leading(screen, state) == "manage.move");
  CHECK(offers(screen, "manage.print"));
  state.manage.print = PrintState::Printed;
  state.manage.copies = 1;
  CHECK(leading(screen, state) == "done.finish");
  state = managed(promises::BookingState::Cancelled);
  ready(state.manage.cancelling, state.manage.found.value.booking);
  CHECK(leading(screen, state) == "print.print");
  state.manage.print = PrintState::Printed;
  state.manage.copies = 1;
  CHECK(leading(screen, state) == "done.finish");
}

TEST_CASE("who has the page on paper that says sorry can finish") {
  Screen screen(landscape());
  visit::State state = at(Page::Sorry);
  state.sorry.reason = visit::SorryReason::BookingUnknown;
  CHECK(leading(screen, state) == "service.print");
  CHECK_FALSE(offers(screen, "done.finish"));
  state.service_print = PrintState::Printed;
  CHECK(leading(screen, state) == "done.finish");
  CHECK(only<visit::Finish>(screen.touch(state, ui::Role::Button, screen.word("done.finish"))));
}
