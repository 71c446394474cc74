// Confirmed: what, when, where, the reference, what happens next; paper or a large code to take away.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

constexpr double kQrMm = 50, kLargeQrMm = 120;
constexpr double kCodeShare = 0.4;  // of the page: a code stays on one line

void draw_facts(const Frame& frame, const promises::Booking& booking) {
  std::vector<ui::SummaryRow> rows = appointment_rows(frame, booking);
  if (!booking.office.hint.empty())
    rows.push_back({frame.word("done.know"), booking.office.hint, "", "", ui::Icon::Info, false});
  const std::string bring = bring_words(frame.state.service.value.service);
  if (!bring.empty()) rows.push_back({frame.word("service.bring"), bring, "", "", ui::Icon::List, false});
  ui::summary(frame.ui, "facts", rows);
}

void draw_print_state(const Frame& frame) {
  switch (frame.state.booking.print) {
    case visit::PrintState::Printing:
      ui::progress(frame.ui, "printing", {frame.word("print.printing"), "", {}});
      break;
    case visit::PrintState::Printed:
      ui::notice(frame.ui, "printed",
                 {frame.word("print.printed"), frame.word("print.take"), ui::Tone::Good, ui::Icon::CheckCircle, true});
      break;
    case visit::PrintState::Failed:
      ui::notice(
          frame.ui, "failed",
          {frame.word("print.failed"), frame.word("print.failed_booking"), ui::Tone::Caution, ui::Icon::Warning, true});
      break;
    case visit::PrintState::Unknown:
      ui::notice(
          frame.ui, "unknown",
          {frame.word("print.unknown"), frame.word("print.unknown_hint"), ui::Tone::Caution, ui::Icon::Warning, true});
      break;
    case visit::PrintState::None:
      break;
  }
}

std::vector<ui::DockButton> actions_of(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  std::vector<ui::DockButton> actions;
  if (frame.state.printer_ready) {
    const bool printing = flow.print == visit::PrintState::Printing;
    const bool again = flow.copies > 0;
    actions.push_back(
        {"print",
         {.label = frame.word(again ? "print.again" : "print.print"), .icon = ui::Icon::Printer, .busy = printing}});
    if (!again) actions.push_back({"large", {.label = frame.word("print.large"), .icon = ui::Icon::TextSize}});
  }
  if (frame.state.page != visit::Page::LargeQr)
    actions.push_back({"qr", {.label = frame.word("done.larger_qr"), .icon = ui::Icon::Qr}});
  actions.push_back({"read", {.label = frame.word("done.read_aloud"), .icon = ui::Icon::Sound}});
  actions.push_back({"finish", {.label = frame.word("done.finish"), .icon = ui::Icon::Check}});
  // Paper first; whoever has it is done.
  (flow.print == visit::PrintState::Printed ? actions.back() : actions.front()).spec.kind = ui::ButtonKind::Primary;
  return actions;
}

void act(const Frame& frame, const std::optional<std::string>& chosen) {
  if (chosen == "print") frame.emit(visit::PrintReceipt{false});
  if (chosen == "large") frame.emit(visit::PrintReceipt{true});
  if (chosen == "qr") frame.emit(visit::ShowLargeQr{});
  if (chosen == "read") frame.emit(visit::ReadAloud{});
  if (chosen == "finish") frame.emit(visit::Finish{});
}

void draw_reference(const Frame& frame, const promises::Booking& booking) {
  if (!booking.reference.empty()) ui::code(frame.ui, frame.word("done.reference"), booking.reference);
  if (!booking.code.empty()) ui::code(frame.ui, frame.word("done.code"), code_words(booking.code));
}

void draw_next(const Frame& frame) {
  ui::heading(frame.ui, frame.word("done.next"), 2);
  ui::paragraph(frame.ui, frame.word("done.next_text"));
  draw_contact(frame);
}

}  // namespace

void draw_book_done(const Frame& frame, const ui::Rect& rect) {
  ui::Dock dock(frame.ui, rect, actions_of(frame));
  {
    ui::Scroll scroll(frame.ui, "done", dock.above());
    const promises::Booking& booking = frame.state.booking.confirmation.value;
    ui::paragraph(
        frame.ui, frame.word(booking.replaces.empty() ? "done.heading" : "move.done"),
        {.type = ui::Type::Title, .ink = ui::Ink::Good, .icon = ui::Icon::CheckCircle, .role = ui::Role::Heading});
    draw_print_state(frame);
    if (frame.state.booking.old_stands) {
      ui::notice(frame.ui, "old_stands",
                 {frame.word("move.old_stands"), frame.word("move.old_stands_text"), ui::Tone::Caution,
                  ui::Icon::Warning, true});
    }
    two_columns(
        frame,
        [&] {
          draw_facts(frame, booking);
          draw_next(frame);
        },
        [&] {
          draw_reference(frame, booking);
          if (frame.state.booking.qr.width > 0)
            ui::picture(frame.ui, frame.state.booking.qr, frame.word("done.qr"), kQrMm);
          ui::paragraph(frame.ui, frame.word("done.qr_hint"), {.ink = ui::Ink::Quiet});
        },
        kCodeShare);
    frame.ui.gap(6);
  }
  act(frame, dock.draw());
}

void draw_large_qr(const Frame& frame, const ui::Rect& rect) {
  ui::Dock dock(frame.ui, rect, actions_of(frame));
  {
    ui::Scroll scroll(frame.ui, "large_code", dock.above());
    const visit::BookingFlow& flow = frame.state.booking;
    ui::heading(frame.ui, frame.word("done.qr"), 1);
    draw_print_state(frame);
    two_columns(
        frame, [&] { ui::picture(frame.ui, flow.qr, frame.word("done.qr"), kLargeQrMm); },
        [&] {
          draw_reference(frame, flow.confirmation.value);
          ui::paragraph(frame.ui, frame.word("done.qr_hint"));
          draw_contact(frame);
        },
        kCodeShare);
    frame.ui.gap(6);
  }
  act(frame, dock.draw());
}

}  // namespace kiosk::screens
