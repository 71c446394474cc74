// What is said of paper, and where: nothing that the page does not have, and nothing that pushes codes away.
#include "tests/unit/screens_report_fixture.h"

using namespace screens_test;
using visit::PrintState;
using visit::ReportOutcome;

TEST_CASE("paper that failed, or may have, leads to nothing that a refused report does not have") {
  Screen screen(landscape());
  visit::State state = done_page(ReportOutcome::Refused);
  state.report.paper = {GENERATE(PrintState::Failed, PrintState::Unknown), 1, 1};
  screen.draw(state);
  const bool failed = state.report.paper.state == PrintState::Failed;
  const ui::Node* told = screen.scene().find(ui::Role::Alert, screen.word(failed ? "print.failed" : "print.unknown"));
  REQUIRE(told);
  CHECK(told->value == screen.word("print.failed_service"));
}

TEST_CASE("an appointment that is still being cancelled has no slip: it neither stands nor doesn't") {
  Screen screen(landscape());
  visit::State state = at(Page::Managed);
  promises::Booking booking = booking_example();
  booking.state = promises::BookingState::Confirmed;
  booking.giving_up = true;
  ready(state.manage.found, promises::Managed{booking, true, {}});
  ready(state.manage.cancelling, booking);
  screen.draw(state);
  CHECK(screen.scene().find(ui::Role::Button, screen.word("done.finish")));
  CHECK_FALSE(screen.scene().find(ui::Role::Button, screen.word("print.print")));
  CHECK_FALSE(screen.scene().find(ui::Role::Button, screen.word("print.again")));
}

TEST_CASE("an appointment whose cancelling came to no clear end has no slip, one that could not be cancelled has") {
  Screen screen(landscape());
  visit::State state = at(Page::Managed);
  promises::Booking booking = booking_example();
  booking.state = promises::BookingState::Confirmed;
  ready(state.manage.found, promises::Managed{booking, true, {}});
  state.manage.cancelling.status = visit::Load<promises::Booking>::Status::Failed;
  const bool refused = GENERATE(false, true);
  state.manage.cancelling.error = refused ? core::ErrorKind::Refused : core::ErrorKind::Io;
  screen.draw(state);
  CHECK((screen.scene().find(ui::Role::Button, screen.word("print.again")) != nullptr) == refused);
}

TEST_CASE("paper of an appointment is busy until the directory has said what to bring") {
  Screen screen(landscape());
  const bool moved = GENERATE(false, true);
  visit::State state = at(moved ? Page::BookDone : Page::Managed);
  promises::Booking booking = booking_example();
  booking.state = promises::BookingState::Confirmed;
  ready(state.manage.found, promises::Managed{booking, true, {}});
  if (moved) {
    state.booking.replaces = booking;
    booking.replaces = booking.id;
    ready(state.booking.confirmation, booking);
  }
  state.service = {};
  state.manage.service.status = visit::Load<directory::Service>::Status::Loading;
  const auto button = [&] {
    screen.draw(state);
    const ui::Node* print = screen.scene().find(ui::Role::Button, screen.word(moved ? "print.print" : "print.again"));
    REQUIRE(print);
    return print;
  };
  CHECK(button()->state.busy);
  ready(state.manage.service, service_example());
  CHECK_FALSE(button()->state.busy);
  const ui::Node* bring = screen.scene().find(ui::Role::Text, screen.word("service.bring"));
  REQUIRE(bring);
  CHECK(bring->value.find("The red book") != std::string::npos);
}

TEST_CASE("what became of printing pushes neither reference nor code of an appointment that is not known down") {
  Screen screen(GENERATE(false, true) ? portrait() : landscape());
  visit::State state = at(Page::Sorry);
  state.sorry.reason = visit::SorryReason::BookingUnknown;
  state.sorry.booking = booking_example();
  const auto row = [&] {
    screen.draw(state);
    const ui::Node* node = screen.scene().find(ui::Role::Text, screen.word("done.code"));
    REQUIRE(node);
    return node->rect.y;
  };
  const float before = row();
  state.sorry.paper = {PrintState::Printed, 1, 1};
  CHECK(row() == before);
}

TEST_CASE("what leads back into a booking says what it leads to") {
  Screen screen(landscape());
  visit::State state = at(Page::Sorry);
  const auto way = [&](visit::SorryReason reason, const char* key) {
    state.sorry.reason = reason;
    screen.another_page();
    screen.draw(state);
    return only<visit::TryAgain>(screen.touch(state, ui::Role::Button, screen.word(key))) != nullptr;
  };
  CHECK(way(visit::SorryReason::BookingRefused, "manage.move"));
  CHECK(way(visit::SorryReason::HoldExpired, "manage.move"));
  CHECK(way(visit::SorryReason::BookingUnavailable, "sorry.try_again"));
}

TEST_CASE("an appointment that is found by its code says how long it takes and how to come, as long as it stands") {
  Screen screen(landscape());
  visit::State state = at(Page::Managed);
  promises::Booking booking = booking_example();
  booking.office.point = core::GeoPoint{53.0135, -0.6369};
  booking.office.slot_minutes = 30;
  state.settings = [&] {
    auto settings = std::make_shared<settings::Settings>(*state.settings);
    settings->kiosk.point = core::GeoPoint{53.0049, -0.6287};
    return settings;
  }();
  directory::Service service = service_example();
  service.places.front().point = booking.office.point;
  service.places.front().transportation = "Bus 4 to Castle Rise.";
  ready(state.manage.service, service);
  const auto says = [&](promises::BookingState as, const char* key) {
    booking.state = as;
    ready(state.manage.found, promises::Managed{booking, true, {}});
    screen.another_page();
    screen.draw(state);
    const ui::Node* row = screen.scene().find(ui::Role::Text, screen.word(key));
    return row ? row->value : std::string();
  };
  using promises::BookingState;
  CHECK(says(BookingState::Confirmed, "service.bring").find("The red book") != std::string::npos);
  const std::string way = says(BookingState::Confirmed, "receipt.getting_there");
  CHECK(way.find("on foot") != std::string::npos);
  CHECK(way.find("Bus 4 to Castle Rise.") != std::string::npos);
  CHECK(says(BookingState::Confirmed, "check.when").ends_with("\nAbout 30 minutes"));
  CHECK_FALSE(says(BookingState::Cancelled, "check.when").ends_with("30 minutes"));
  CHECK(says(BookingState::Cancelled, "service.bring").empty());
  CHECK(says(BookingState::Cancelled, "receipt.getting_there").empty());
}

TEST_CASE("a number is checked with what it counts, and a report that was sent says where") {
  Screen screen(landscape());
  visit::State state = report_state(Page::ReportCheck);
  std::string hint;
  for (promises::ReportQuestion& question : state.report.form.value.questions)
    if (question.kind == promises::ReportQuestion::Kind::Number) hint = question.hint = "Centimetres";
  REQUIRE_FALSE(hint.empty());
  screen.draw(state);
  bool counted = false;
  for (const ui::Node& node : screen.scene().nodes()) counted |= node.name.find(hint) != std::string::npos;
  CHECK(counted);
  state = done_page(ReportOutcome::Numbered);
  screen.another_page();
  screen.draw(state);
  CHECK(screen.scene().find(ui::Role::Text, screen.word("check.where")));
}

TEST_CASE("a moved appointment says which of two slips counts, with the code in sight as ever") {
  const bool wide = GENERATE(false, true);
  Screen screen(wide ? landscape() : portrait());
  visit::State state = at(Page::BookDone);
  state.preferences.language = GENERATE("en", "cy", "pl", "ar");
  promises::Booking booking = booking_example();
  booking.state = promises::BookingState::Confirmed;
  ready(state.booking.confirmation, booking);
  const auto told = [&] {
    screen.draw(state);
    return screen.scene().find(ui::Role::Text, screen.word("done.moved"));
  };
  CHECK_FALSE(told());
  state.booking.confirmation.value.replaces = "b0";
  REQUIRE(told());
  const ui::Node* code = screen.scene().find(ui::Role::Text, screen.word("done.code"));
  REQUIRE(code);
  CHECK(code->visible.height >= code->rect.height - 1);
  if (!wide) CHECK(code->rect.y < told()->rect.y);
  state.booking.old_stands = true;  // its code is what the earlier appointment can be cancelled by
  CHECK_FALSE(told());
}
