#include "kiosk/screens/take_away.h"

#include <algorithm>

#include "kiosk/screens/phrases.h"
#include "kiosk/screens/report_phrases.h"
#include "kiosk/visit/manage.h"

namespace kiosk::screens {
namespace {

constexpr double kQrMm = 50;
constexpr double kRoomForLargeCodesMm = 110, kBesideRestMm = 90;  // at the smallest text; less beside the rest
constexpr double kLargestCodeMm = 150;    // more is not read from any farther, and leaves no room for words
constexpr double kAroundCodesMm = 20;     // their edges, and the gaps above and below
constexpr double kLargeCodeShare = 0.42;  // of a wide page: what stands beside the large code

const core::Bitmap1* shown(const core::Bitmap1& qr) { return qr.width > 0 ? &qr : nullptr; }

TakeAway of_booking(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  const promises::Booking& booking = flow.confirmation.value;
  return {flow.paper,        shown(flow.qr), frame.word("done.qr"),   frame.word("done.qr_hint"),
          booking.reference, booking.code,   frame.word("done.code"), frame.word("print.failed_booking")};
}

TakeAway of_report(const Frame& frame) {
  const visit::ReportFlow& flow = frame.state.report;
  const promises::Report& report = flow.sending.value;
  const bool request = visit::is_call_back(frame.state), refused = report.state == promises::ReportState::Refused;
  return {flow.paper,
          shown(flow.qr),
          frame.word(request ? "call_back.qr" : "report.qr"),
          frame.word("report.qr_hint"),
          report.request_id,
          refused ? "" : report.code,
          frame.word(request ? "call_back.code" : "report.code"),
          frame.word(request ? "print.failed_call_back" : "print.failed_report"),
          refused};
}

ui::ButtonSpec print_button(const Frame& frame, const TakeAway& what) {
  ui::ButtonSpec spec{.icon = ui::Icon::Printer,
                      .busy = what.paper.printing() || visit::awaits_booked_service(frame.state)};
  spec.label = frame.word(what.page_only ? "service.print" : what.paper.copies > 0 ? "print.again" : "print.print");
  if (!what.page_only) spec.other_label = frame.word(what.paper.copies > 0 ? "print.print" : "print.again");
  return spec;
}

}  // namespace

TakeAway take_away_of(const Frame& frame) {
  return visit::takes_away_report(frame.state) ? of_report(frame) : of_booking(frame);
}

std::vector<ui::DockButton> take_away_actions(const Frame& frame, const TakeAway& what) {
  std::vector<ui::DockButton> actions;
  if (frame.state.printer_ready) {
    actions.push_back({"print", print_button(frame, what)});
    if (!what.page_only)
      actions.push_back({"large",
                         {.label = frame.word("print.large"),
                          .icon = ui::Icon::TextSize,
                          .busy = visit::awaits_booked_service(frame.state)}});
  }
  if (what.qr && frame.state.page != visit::Page::LargeQr)
    actions.push_back({"qr", {.label = frame.word("done.larger_qr"), .icon = ui::Icon::Qr}});
  actions.push_back({"read", {.label = frame.word("done.read_aloud"), .icon = ui::Icon::Sound}});
  actions.push_back({"finish", {.label = frame.word("done.finish"), .icon = ui::Icon::Check}});
  // The paper leads; whoever has it is done. None changes its place: whoever taps twice must not end the visit.
  const bool nothing_to_take = actions.front().id == "read";
  lead_with(actions, nothing_to_take || what.paper.state == visit::PrintState::Printed ? "finish" : actions.front().id);
  return actions;
}

void lead_with(std::vector<ui::DockButton>& buttons, std::string_view id) {
  const auto first = std::find_if(buttons.begin(), buttons.end(), [&](const auto& button) { return button.id == id; });
  if (first == buttons.end()) return;
  for (ui::DockButton& button : buttons) button.spec.kind = ui::ButtonKind::Secondary;
  first->spec.kind = ui::ButtonKind::Primary;
}

void act_take_away(const Frame& frame, const std::optional<std::string>& chosen) {
  if (chosen == "print") frame.emit(visit::PrintReceipt{false});
  if (chosen == "large") frame.emit(visit::PrintReceipt{true});
  if (chosen == "qr") frame.emit(visit::ShowLargeQr{});
  if (chosen == "read") frame.emit(visit::ReadAloud{});
  if (chosen == "finish") frame.emit(visit::Finish{});
}

void draw_print_state(const Frame& frame, const TakeAway& what) {
  if (what.paper.printing()) ui::progress(frame.ui, "printing", {frame.word("print.printing"), "", {}});
  if (what.page_only) return draw_print_outcome(frame, what.paper.state);
  draw_print_outcome(frame, what.paper.state, {what.failed_hint, frame.word("print.unknown_hint")});
}

void draw_codes(const Frame& frame, const TakeAway& what, ui::CodeSize size, ui::Along along) {
  std::vector<ui::CodeSpec> specs;
  if (!what.reference.empty()) specs.push_back({frame.word("done.reference"), what.reference});
  if (!what.code.empty()) specs.push_back({what.code_label, code_words(what.code)});
  ui::codes(frame.ui, specs, size, along);
}

ui::CodeSize code_size(const Frame& frame) {
  return frame.lower_than(frame.wide() ? kBesideRestMm : kRoomForLargeCodesMm) ? ui::CodeSize::Small
                                                                               : ui::CodeSize::Large;
}

void draw_qr(const Frame& frame, const TakeAway& what) {
  if (!what.qr) return;
  ui::picture(frame.ui, *what.qr, {.name = what.qr_name, .max_mm = kQrMm, .hint = what.qr_hint});
}

namespace {

// As large as what is left of the page lets it be whole: half a code is none. In the middle.
void draw_large_code(const Frame& frame, const TakeAway& what, double below_mm) {
  if (!what.qr) return;
  const double room = frame.ui.metrics().mm(frame.ui.remaining()) - below_mm;
  ui::picture(frame.ui, *what.qr,
              {.name = what.qr_name, .max_mm = std::clamp(room, kQrMm, kLargestCodeMm), .align = text::Align::Centre});
}

void draw_beside_large_code(const Frame& frame, const TakeAway& what) {
  ui::paragraph(frame.ui, what.qr_hint);
  // No notice, which would push the code away; whoever prints from here sees it in the buttons, and hears it.
  if (what.paper.state == visit::PrintState::Printed)
    ui::paragraph(frame.ui, frame.word("print.printed"),
                  {.icon = ui::Icon::CheckCircle, .role = ui::Role::Status, .said = true});
  visit::takes_away_report(frame.state) ? draw_report_contact(frame)
                                        : draw_keeper(frame, frame.state.booking.confirmation.value);
}

}  // namespace

void draw_large_qr(const Frame& frame, const ui::Rect& rect) {
  const TakeAway what = take_away_of(frame);
  ui::Dock dock(frame.ui, rect, take_away_actions(frame, what));
  {
    ui::Scroll scroll(frame.ui, "large_code", dock.above());
    ui::heading(frame.ui, what.qr_name, 1);
    if (what.paper.state != visit::PrintState::Printed) draw_print_state(frame, what);
    const ui::CodeSize size = code_size(frame);
    if (frame.wide()) {
      two_columns(
          frame, [&] { draw_large_code(frame, what, ui::kUnitMm); },
          [&] {
            draw_codes(frame, what, size, ui::Along::Column);
            draw_beside_large_code(frame, what);
          },
          kLargeCodeShare);
    } else {
      const float text = frame.ui.line_height(ui::Type::Body) + frame.ui.line_height(ui::Type::Display);
      draw_large_code(frame, what, frame.ui.metrics().mm(text) + kAroundCodesMm);
      draw_codes(frame, what, size, ui::Along::Row);
      draw_beside_large_code(frame, what);
    }
    frame.ui.gap(6);
  }
  act_take_away(frame, dock.draw());
}

}  // namespace kiosk::screens
