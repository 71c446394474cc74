// What a resident takes away from a page that says what became of it: which button leads, and that none moves.
#include <array>
#include <map>

#include "tests/unit/screens_report_fixture.h"

using namespace screens_test;
using visit::PrintState;
using visit::ReportOutcome;

namespace {

// The key of the page's one primary button.
std::string leading(Screen& screen, visit::State& state) {
  screen.another_page();
  screen.draw(state);
  std::string leads;
  for (const char* key : {"print.print", "print.again", "print.large", "service.print", "done.finish", "manage.move",
                          "report.change", "sorry.search_again"}) {
    const ui::Node* node = screen.scene().find(ui::Role::Button, screen.word(key));
    if (node && node->leads) leads += key;
  }
  return leads;
}

// Where each of the buttons of a page stands, but for those that page it: x, y, width and height.
std::map<ui::NodeId, std::array<float, 4>> places(Screen& screen, visit::State& state) {
  screen.draw(state);
  std::map<ui::NodeId, std::array<float, 4>> found;
  for (const ui::Node* node : screen.scene().all(ui::Role::Button)) {
    const ui::Rect& rect = node->rect;
    const bool pages = node->name == screen.word("ui.page_up") || node->name == screen.word("ui.page_down");
    if (!pages && node->scroll_parent == ui::NodeId::None) found[node->id] = {rect.x, rect.y, rect.width, rect.height};
  }
  return found;
}

visit::Paper& paper_of(visit::State& state) {
  if (state.page == Page::Managed) return state.manage.paper;
  return visit::takes_away_report(state) ? state.report.paper : state.booking.paper;
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

TEST_CASE("the paper leads until it is there, then Finish") {
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  visit::State state = GENERATE(false, true) ? booked() : done_page(ReportOutcome::Numbered);
  if (GENERATE(false, true)) {
    state.history.push_back(state.page);
    state.page = Page::LargeQr;
  }
  CHECK(leading(screen, state) == "print.print");
  paper_of(state).state = PrintState::Printed;
  paper_of(state).copies = 1;
  CHECK(leading(screen, state) == "done.finish");
  CHECK(offers(screen, "print.again"));
  CHECK(offers(screen, "print.large"));
}

TEST_CASE("no button moves while paper is printed: a second impatient tap does not end the visit") {
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  const int page = GENERATE(0, 1, 2, 3);
  visit::State state = page == 0   ? booked()
                       : page == 1 ? done_page(ReportOutcome::Numbered)
                       : page == 2 ? managed(promises::BookingState::Confirmed)
                                   : managed(promises::BookingState::Cancelled);
  if (page == 3) ready(state.manage.cancelling, state.manage.found.value.booking);
  state.preferences.language = GENERATE("en", "cy", "pl", "ar");
  state.preferences.text_size = GENERATE(0, 3);
  const auto before = places(screen, state);
  paper_of(state).state = PrintState::Printing;
  CHECK(places(screen, state) == before);
  paper_of(state).state = PrintState::Printed;
  paper_of(state).copies = 1;
  CHECK(places(screen, state) == before);
}

TEST_CASE("a report that was refused prints its page, and no receipt") {
  Screen screen(landscape());
  visit::State state = done_page(ReportOutcome::Refused);
  CHECK(leading(screen, state) == "report.change");
  CHECK(offers(screen, "service.print"));
  CHECK_FALSE(offers(screen, "print.print"));
  state.report.paper.state = PrintState::Printed;
  state.report.paper.copies = 1;
  CHECK(leading(screen, state) == "done.finish");
  CHECK(offers(screen, "service.print"));
  CHECK_FALSE(offers(screen, "print.again"));
}

TEST_CASE("an appointment found by its code leads with another time; once cancelled, with the paper that says so") {
  Screen screen(landscape());
  visit::State state = managed(promises::BookingState::Confirmed);
  CHECK(leading(screen, state) == "manage.move");
  CHECK(offers(screen, "print.again"));
  state.manage.paper.state = PrintState::Printed;
  state.manage.paper.copies = 1;
  CHECK(leading(screen, state) == "done.finish");
  state = managed(promises::BookingState::Cancelled);
  ready(state.manage.cancelling, state.manage.found.value.booking);
  CHECK(leading(screen, state) == "print.print");
  state.manage.paper.state = PrintState::Printed;
  state.manage.paper.copies = 1;
  CHECK(leading(screen, state) == "done.finish");
}

TEST_CASE("who has the page on paper that says sorry can finish") {
  Screen screen(landscape());
  visit::State state = at(Page::Sorry);
  state.sorry.reason = visit::SorryReason::BookingUnknown;
  CHECK(leading(screen, state) == "service.print");
  CHECK_FALSE(offers(screen, "done.finish"));
  state.sorry.paper.state = PrintState::Printed;
  CHECK(leading(screen, state) == "done.finish");
  CHECK(only<visit::Finish>(screen.touch(state, ui::Role::Button, screen.word("done.finish"))));
}
