// It did not work: why, in plain words, and what can be done now. One page for each reason.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/take_away.h"

namespace kiosk::screens {
namespace {

using visit::SorryReason;

// The way back into what did not work, by what it leads to; nullopt: there is none.
std::optional<ui::DockButton> way_back(const Frame& frame) {
  switch (frame.state.sorry.reason) {
    case SorryReason::HoldExpired:
    case SorryReason::BookingRefused:
      return ui::DockButton{"again", {.label = frame.word("manage.move"), .icon = ui::Icon::Calendar}};
    case SorryReason::BookingUnavailable:
    case SorryReason::JournalUnavailable:
    case SorryReason::ReportJournal:
      return ui::DockButton{"again", {.label = frame.word("sorry.try_again"), .icon = ui::Icon::Refresh}};
    default:
      return std::nullopt;
  }
}

bool has_service(const Frame& frame) {
  return frame.state.service.ready() && frame.state.sorry.reason != SorryReason::ServiceGone;
}

void draw_way_out(const Frame& frame) {
  const visit::Sorry& sorry = frame.state.sorry;
  ui::Panel panel(frame.ui, "call");
  ui::heading(frame.ui, frame.word("sorry.now"), 3);
  draw_call(frame, sorry.backend_name, sorry.phone, sorry.hours);
}

// Which appointment it is about. What it would be found by is there only as long as it may stand.
void draw_question(const Frame& frame, const promises::Booking& booking) {
  std::vector<ui::SummaryRow> rows = appointment_rows(frame, booking);
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) rows.push_back({frame.word(key), value, "", "", ui::Icon::Document, false});
  };
  if (frame.state.sorry.reason == SorryReason::BookingUnknown) {
    add("done.reference", booking.reference);
    add("done.code", code_words(booking.code));
  }
  ui::summary(frame.ui, "appointment", rows);
}

std::vector<ui::DockButton> ways_on(const Frame& frame) {
  std::vector<ui::DockButton> ways;
  if (const auto back = way_back(frame)) ways.push_back(*back);
  if (visit::call_back_target(frame.state))
    ways.push_back({"call_back", {.label = frame.word("sorry.call_back"), .icon = ui::Icon::Phone}});
  if (frame.state.sorry.reason != SorryReason::SearchUnavailable)
    ways.push_back({"search", {.label = frame.word("sorry.search_again"), .icon = ui::Icon::Search}});
  if (has_service(frame) && frame.state.printer_ready) {
    const bool printing = frame.state.sorry.paper.printing();
    // Whoever waits for an answer is not sent away from it first.
    const bool first = frame.state.sorry.reason == SorryReason::BookingUnknown;
    ways.insert(first ? ways.begin() : ways.end(),
                {"print", {.label = frame.word("service.print"), .icon = ui::Icon::Printer, .busy = printing}});
  }
  const bool printed = frame.state.sorry.paper.state == visit::PrintState::Printed;
  if (printed) ways.push_back({"finish", {.label = frame.word("done.finish"), .icon = ui::Icon::Check}});
  if (!ways.empty()) lead_with(ways, printed ? "finish" : ways.front().id);
  return ways;
}

}  // namespace

void draw_sorry(const Frame& frame, const ui::Rect& rect) {
  ui::Dock dock(frame.ui, rect, ways_on(frame));
  {
    ui::Scroll scroll(frame.ui, "sorry", dock.above());
    const std::string key(visit::word_stem(frame.state.sorry.reason));
    ui::heading(frame.ui, frame.word(key + ".title"), 1);
    const bool wide = frame.wide();  // what became of printing pushes neither reference nor code away
    two_columns(
        frame,
        [&] {
          ui::paragraph(frame.ui, frame.word(key + ".text"), {.said = true});
          if (frame.state.sorry.booking) draw_question(frame, *frame.state.sorry.booking);
          if (!wide) draw_print_outcome(frame, frame.state.sorry.paper.state);
        },
        [&] {
          if (wide) draw_print_outcome(frame, frame.state.sorry.paper.state);
          draw_way_out(frame);
        });
    frame.ui.gap(6);
  }
  const std::optional<std::string> chosen = dock.draw();
  if (chosen == "again") frame.emit(visit::TryAgain{});
  if (chosen == "call_back") frame.emit(visit::AskCallBack{});
  if (chosen == "search") frame.emit(visit::GoTo{visit::Page::Search});
  if (chosen == "print") frame.emit(visit::PrintServicePage{});
  if (chosen == "finish") frame.emit(visit::Finish{});
}

}  // namespace kiosk::screens
