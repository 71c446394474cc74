// It did not work: why, in plain words, and what can be done now. One page for each reason.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

using visit::SorryReason;

std::string key_of(SorryReason reason) {
  switch (reason) {
    case SorryReason::BookingUnavailable:
      return "sorry.unavailable";
    case SorryReason::BookingClosed:
      return "sorry.closed";
    case SorryReason::HoldExpired:
      return "sorry.expired";
    case SorryReason::BookingRefused:
      return "sorry.refused";
    case SorryReason::BookingUnknown:
      return "sorry.unknown";
    case SorryReason::JournalUnavailable:
      return "sorry.journal";
    case SorryReason::ServiceGone:
      return "sorry.gone";
    case SorryReason::SearchUnavailable:
      return "sorry.search";
  }
  return "sorry.unavailable";
}

bool may_try_again(SorryReason reason) {
  return reason == SorryReason::BookingUnavailable || reason == SorryReason::HoldExpired ||
         reason == SorryReason::BookingRefused || reason == SorryReason::JournalUnavailable;
}

bool has_service(const Frame& frame) {
  return frame.state.service.ready() && frame.state.sorry.reason != SorryReason::ServiceGone;
}

void draw_call(const Frame& frame) {
  const visit::Sorry& sorry = frame.state.sorry;
  if (sorry.phone.empty()) return draw_contact(frame);
  ui::Panel panel(frame.ui, "call");
  ui::heading(frame.ui, frame.word("sorry.now"), 2);
  ui::paragraph(frame.ui, frame.word("contact.call", {{"name", sorry.backend_name}, {"phone", sorry.phone}}),
                {.type = ui::Type::Strong, .icon = ui::Icon::Phone});
  if (!sorry.hours.empty()) ui::paragraph(frame.ui, sorry.hours, {.icon = ui::Icon::Clock});
  ui::paragraph(frame.ui, frame.word("contact.ask_staff"), {.icon = ui::Icon::Person});
}

void draw_ways_on(const Frame& frame) {
  ui::Wrap wrap(frame.ui);
  const bool printing = frame.state.service_print == visit::PrintState::Printing;
  if (may_try_again(frame.state.sorry.reason) &&
      ui::button(
          frame.ui, "again",
          {.label = frame.word("sorry.try_again"), .icon = ui::Icon::Refresh, .kind = ui::ButtonKind::Primary})) {
    frame.emit(visit::TryAgain{});
  }
  if (has_service(frame) && frame.state.printer_ready &&
      ui::button(frame.ui, "print",
                 {.label = frame.word("service.print"), .icon = ui::Icon::Printer, .busy = printing})) {
    frame.emit(visit::PrintServicePage{});
  }
  if (frame.state.sorry.reason != SorryReason::SearchUnavailable &&
      ui::button(frame.ui, "search", {.label = frame.word("sorry.search_again"), .icon = ui::Icon::Search})) {
    frame.emit(visit::GoTo{visit::Page::Search});
  }
}

}  // namespace

void draw_sorry(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "sorry", rect);
  const std::string key = key_of(frame.state.sorry.reason);
  ui::heading(frame.ui, frame.word(key + ".title"), 1);
  ui::paragraph(frame.ui, frame.word(key + ".text"));
  draw_call(frame);
  draw_ways_on(frame);
  if (has_service(frame) && frame.state.service_print == visit::PrintState::Printed) {
    ui::notice(frame.ui, "printed",
               {frame.word("print.printed"), frame.word("print.take"), ui::Tone::Good, ui::Icon::CheckCircle, true});
  }
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
