#include "kiosk/screens/take_away.h"

#include <algorithm>

#include "kiosk/screens/phrases.h"
#include "kiosk/screens/report_phrases.h"

namespace kiosk::screens {
namespace {

constexpr double kQrMm = 50, kLargeQrMm = 120;
constexpr double kAboveLargeQrMm = 28;  // the heading, and a little room

const core::Bitmap1* shown(const core::Bitmap1& qr) { return qr.width > 0 ? &qr : nullptr; }

TakeAway of_booking(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  const promises::Booking& booking = flow.confirmation.value;
  return {flow.print,
          flow.copies,
          shown(flow.qr),
          frame.word("done.qr"),
          frame.word("done.qr_hint"),
          booking.reference,
          booking.code,
          frame.word("done.code"),
          frame.word("print.failed_booking")};
}

TakeAway of_report(const Frame& frame) {
  const visit::ReportFlow& flow = frame.state.report;
  const promises::Report& report = flow.sending.value;
  const bool request = flow.call_back, refused = report.state == promises::ReportState::Refused;
  return {flow.print,
          flow.copies,
          shown(flow.qr),
          frame.word(request ? "call_back.qr" : "report.qr"),
          frame.word("report.qr_hint"),
          report.request_id,
          refused ? "" : report.code,
          frame.word(request ? "call_back.code" : "report.code"),
          frame.word(request ? "print.failed_call_back" : "print.failed_report"),
          refused};
}

std::string print_words(const Frame& frame, const TakeAway& what) {
  if (what.page_only) return frame.word("service.print");
  return frame.word(what.copies > 0 ? "print.again" : "print.print");
}

}  // namespace

TakeAway take_away_of(const Frame& frame) {
  return visit::takes_away_report(frame.state) ? of_report(frame) : of_booking(frame);
}

std::vector<ui::DockButton> take_away_actions(const Frame& frame, const TakeAway& what) {
  std::vector<ui::DockButton> actions;
  if (frame.state.printer_ready) {
    const bool printing = what.print == visit::PrintState::Printing;
    actions.push_back({"print", {.label = print_words(frame, what), .icon = ui::Icon::Printer, .busy = printing}});
    if (!what.page_only) actions.push_back({"large", {.label = frame.word("print.large"), .icon = ui::Icon::TextSize}});
  }
  if (what.qr && frame.state.page != visit::Page::LargeQr)
    actions.push_back({"qr", {.label = frame.word("done.larger_qr"), .icon = ui::Icon::Qr}});
  actions.push_back({"read", {.label = frame.word("done.read_aloud"), .icon = ui::Icon::Sound}});
  actions.push_back({"finish", {.label = frame.word("done.finish"), .icon = ui::Icon::Check}});
  // Paper first; whoever has it is done.
  lead_with(actions, what.print == visit::PrintState::Printed ? "finish" : actions.front().id);
  return actions;
}

void lead_with(std::vector<ui::DockButton>& buttons, std::string_view id) {
  const auto first = std::find_if(buttons.begin(), buttons.end(), [&](const auto& button) { return button.id == id; });
  if (first == buttons.end()) return;
  for (ui::DockButton& button : buttons) button.spec.kind = ui::ButtonKind::Secondary;
  first->spec.kind = ui::ButtonKind::Primary;
  std::rotate(buttons.begin(), first, first + 1);
}

void act_take_away(const Frame& frame, const std::optional<std::string>& chosen) {
  if (chosen == "print") frame.emit(visit::PrintReceipt{false});
  if (chosen == "large") frame.emit(visit::PrintReceipt{true});
  if (chosen == "qr") frame.emit(visit::ShowLargeQr{});
  if (chosen == "read") frame.emit(visit::ReadAloud{});
  if (chosen == "finish") frame.emit(visit::Finish{});
}

void draw_print_state(const Frame& frame, const TakeAway& what) {
  switch (what.print) {
    case visit::PrintState::Printing:
      ui::progress(frame.ui, "printing", {frame.word("print.printing"), "", {}});
      break;
    case visit::PrintState::Printed:
      ui::notice(frame.ui, "printed",
                 {frame.word("print.printed"), frame.word("print.take"), ui::Tone::Good, ui::Icon::CheckCircle, true});
      break;
    case visit::PrintState::Failed:
      ui::notice(frame.ui, "failed",
                 {frame.word("print.failed"), what.failed_hint, ui::Tone::Caution, ui::Icon::Warning, true});
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

void draw_codes(const Frame& frame, const TakeAway& what) {
  if (!what.reference.empty()) ui::code(frame.ui, frame.word("done.reference"), what.reference);
  if (!what.code.empty()) ui::code(frame.ui, what.code_label, code_words(what.code));
}

void draw_code_column(const Frame& frame, const TakeAway& what) {
  draw_codes(frame, what);
  if (!what.qr) return;
  ui::picture(frame.ui, *what.qr, what.qr_name, kQrMm);
  ui::paragraph(frame.ui, what.qr_hint, {.ink = ui::Ink::Quiet});
}

void draw_large_qr(const Frame& frame, const ui::Rect& rect) {
  const TakeAway what = take_away_of(frame);
  ui::Dock dock(frame.ui, rect, take_away_actions(frame, what));
  {
    ui::Scroll scroll(frame.ui, "large_code", dock.above());
    ui::heading(frame.ui, what.qr_name, 1);
    const double room = frame.ui.metrics().mm(dock.above().height) - kAboveLargeQrMm;
    const double side = std::clamp(room, kQrMm, kLargeQrMm);  // whole on the screen: half a code is none
    two_columns(
        frame, [&] { what.qr ? ui::picture(frame.ui, *what.qr, what.qr_name, side) : void(); },
        [&] {
          draw_print_state(frame, what);
          draw_codes(frame, what);
          ui::paragraph(frame.ui, what.qr_hint);
          visit::takes_away_report(frame.state) ? draw_report_contact(frame)
                                                : draw_keeper(frame, frame.state.booking.confirmation.value);
        },
        kCodeShare);
    frame.ui.gap(6);
  }
  act_take_away(frame, dock.draw());
}

}  // namespace kiosk::screens
