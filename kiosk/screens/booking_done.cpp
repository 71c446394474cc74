// Confirmed: what, when, where, the reference, what happens next; paper or a large code to take away.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

void draw_facts(const Frame& frame, const promises::Booking& booking) {
  std::vector<ui::SummaryRow> rows;
  rows.push_back({frame.word("check.what"), booking.service_name, "", "", ui::Icon::Document, false});
  rows.push_back({frame.word("check.when"), frame.language().date_and_time(frame.moment(booking.slot.start)), "", "",
                  ui::Icon::Calendar, false});
  std::string where = booking.office.name;
  if (!booking.office.address.empty()) where += "\n" + booking.office.address;
  rows.push_back({frame.word("check.where"), where, "", "", ui::Icon::MapPin, false});
  if (!booking.office.hint.empty())
    rows.push_back({frame.word("done.know"), booking.office.hint, "", "", ui::Icon::Info, false});
  std::vector<std::string> bring;
  for (const directory::RequiredDocument& document : frame.state.service.value.service.documents)
    bring.push_back(document.name);
  if (!bring.empty())
    rows.push_back({frame.word("service.bring"), frame.language().list(bring), "", "", ui::Icon::List, false});
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

void draw_buttons(const Frame& frame) {
  ui::Wrap wrap(frame.ui);
  const visit::BookingFlow& flow = frame.state.booking;
  const bool printing = flow.print == visit::PrintState::Printing;
  if (frame.state.printer_ready) {
    const bool again = flow.copies > 0;
    if (ui::button(frame.ui, "print",
                   {.label = frame.word(again ? "print.again" : "print.print"),
                    .icon = ui::Icon::Printer,
                    .kind = ui::ButtonKind::Primary,
                    .busy = printing})) {
      frame.emit(visit::PrintReceipt{false});
    }
    if (!again && ui::button(frame.ui, "print_large", {.label = frame.word("print.large"), .icon = ui::Icon::TextSize}))
      frame.emit(visit::PrintReceipt{true});
  }
  if (ui::button(frame.ui, "qr", {.label = frame.word("done.larger_qr"), .icon = ui::Icon::Qr}))
    frame.emit(visit::ShowLargeQr{});
  if (ui::button(frame.ui, "finish", {.label = frame.word("done.finish"), .icon = ui::Icon::Check}))
    frame.emit(visit::Finish{});
}

void draw_reference(const Frame& frame, const promises::Booking& booking) {
  if (!booking.reference.empty()) ui::code(frame.ui, frame.word("done.reference"), booking.reference);
  if (!booking.code.empty()) ui::code(frame.ui, frame.word("done.code"), code_words(booking.code));
}

void draw_left(const Frame& frame, const promises::Booking& booking) {
  draw_facts(frame, booking);
  ui::heading(frame.ui, frame.word("done.next"), 2);
  ui::paragraph(frame.ui, frame.word("done.next_text"));
  draw_contact(frame);
}

void draw_right(const Frame& frame, const promises::Booking& booking) {
  draw_reference(frame, booking);
  if (frame.state.booking.qr.width > 0) ui::picture(frame.ui, frame.state.booking.qr, frame.word("done.qr"), 50);
  ui::paragraph(frame.ui, frame.word("done.qr_hint"), {.ink = ui::Ink::Quiet});
}

}  // namespace

void draw_book_done(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "done", rect);
  const promises::Booking& booking = frame.state.booking.confirmation.value;
  ui::paragraph(
      frame.ui, frame.word("done.heading"),
      {.type = ui::Type::Title, .ink = ui::Ink::Good, .icon = ui::Icon::CheckCircle, .role = ui::Role::Heading});
  draw_print_state(frame);
  draw_buttons(frame);
  if (frame.ui.metrics().portrait()) {
    draw_left(frame, booking);
    draw_right(frame, booking);
  } else {
    ui::Row row(frame.ui, {ui::share(3), ui::share(2)}, 10);
    row.cell();
    draw_left(frame, booking);
    row.cell();
    draw_right(frame, booking);
  }
  frame.ui.gap(6);
}

void draw_large_qr(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "large", rect);
  const visit::BookingFlow& flow = frame.state.booking;
  ui::heading(frame.ui, frame.word("done.qr"), 1);
  if (flow.print == visit::PrintState::Failed) draw_print_state(frame);
  ui::picture(frame.ui, flow.qr, frame.word("done.qr"), 120);
  ui::paragraph(frame.ui, frame.word("done.qr_hint"));
  draw_reference(frame, flow.confirmation.value);
  draw_contact(frame);
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
