// An appointment that is there already: its code, what it is, another time, or none.
#include "kiosk/visit/manage.h"

#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/take_away.h"

namespace kiosk::screens {
namespace {

using promises::BookingState;
using visit::Field;

void draw_questions(const Frame& frame) {
  ui::Panel panel(frame.ui, "keeper");
  ui::heading(frame.ui, frame.word("manage.questions"), 3);
  draw_keeper(frame, frame.state.manage.found.value.booking);
}

struct Standing {
  std::string_view title, text;
  ui::Tone tone;
  ui::Icon icon;
};

// What is said of it: never more than the back end said.
Standing standing_of(const Frame& frame) {
  const promises::Managed& found = frame.state.manage.found.value;
  const promises::Booking& booking = found.booking;
  if (booking.state == BookingState::Cancelled) {
    const bool here = frame.state.manage.cancelling.ready();
    return {"manage.cancelled.title", here ? "manage.cancelled_now.text" : "manage.cancelled.text", ui::Tone::Good,
            ui::Icon::CheckCircle};
  }
  if (booking.state != BookingState::Confirmed)
    return {"sorry.unknown.title", "receipt.not_known", ui::Tone::Caution, ui::Icon::Warning};
  if (booking.giving_up)
    return {"manage.cancelling.title", "manage.cancelling.text", ui::Tone::Caution, ui::Icon::Warning};
  if (frame.state.wall >= booking.slot.start)
    return {"manage.over.title", "manage.over.text", ui::Tone::Caution, ui::Icon::Clock};
  if (!found.as_of_now) return {"manage.last_known.title", "manage.last_known.text", ui::Tone::Caution, ui::Icon::Info};
  return {"manage.booked.title", "manage.booked.text", ui::Tone::Good, ui::Icon::CheckCircle};
}

void draw_standing(const Frame& frame) {
  const Standing standing = standing_of(frame);
  ui::notice(frame.ui, "standing",
             {frame.word(standing.title), frame.word(standing.text), standing.tone, standing.icon, true});
  if (const std::string& stem = frame.state.manage.cancel_fault; !stem.empty()) {
    ui::notice(frame.ui, "not_cancelled",
               {frame.word(stem + ".title"), frame.word(stem + ".text"), ui::Tone::Caution, ui::Icon::Warning, true});
  }
}

std::vector<ui::SummaryRow> rows_of(const Frame& frame) {
  const promises::Booking& booking = frame.state.manage.found.value.booking;
  std::vector<ui::SummaryRow> rows = booking.state == BookingState::Cancelled
                                         ? appointment_rows(frame, booking)
                                         : coming_rows(frame, booking, visit::booked_service(frame.state));
  if (!booking.reference.empty())
    rows.push_back({frame.word("done.reference"), booking.reference, "", "", ui::Icon::Document, false});
  return rows;
}

// Of what was cancelled here there is no paper yet; of what stands there is the slip that was found by.
ui::ButtonSpec print_button(const Frame& frame) {
  const bool changed = visit::next_slip(frame.state) == 1;
  return {.label = frame.word(changed ? "print.print" : "print.again"),
          .icon = ui::Icon::Printer,
          .other_label = frame.word(changed ? "print.again" : "print.print"),
          .busy = frame.state.manage.paper.printing() || visit::awaits_booked_service(frame.state)};
}

std::vector<ui::DockButton> ways_on(const Frame& frame) {
  std::vector<ui::DockButton> ways;
  if (visit::may_be_changed(frame.state)) {
    ways.push_back({"move", {.label = frame.word("manage.move"), .icon = ui::Icon::Calendar}});
    ways.push_back({"cancel", {.label = frame.word("manage.cancel"), .icon = ui::Icon::Trash}});
  }
  if (frame.state.printer_ready && visit::may_be_printed(frame.state)) ways.push_back({"print", print_button(frame)});
  ways.push_back({"finish", {.label = frame.word("done.finish"), .icon = ui::Icon::Check}});
  const bool printed = frame.state.manage.paper.state == visit::PrintState::Printed;
  lead_with(ways, printed ? "finish" : ways.front().id);
  return ways;
}

void draw_code(const Frame& frame, ui::FieldSpec spec) {
  const visit::ManageFlow& flow = frame.state.manage;
  if (!flow.code.error_key.empty()) spec.error = frame.word(flow.code.error_key);
  spec.max_bytes = 24;
  draw_field(frame, Field::Code, std::move(spec));
  draw_wait(frame, flow.found, frame.word("wait.searching"));
}

void draw_other_ways(const Frame& frame) {
  ui::paragraph(frame.ui, frame.word("manage.scan"), {.icon = ui::Icon::Qr});
  if (!frame.state.manage.code.error_key.empty()) draw_contact(frame);
}

constexpr double kTitleTooMm = 70;  // below what is wrong: with less the page's title gives way

// Above the keyboard, where summary and field are to be in sight together: what is wrong has the page's width. What a
// code looks like stands beside the field's name, or below it where there is room; the name is the title where there is
// none for the page's.
void draw_wrong_code(const Frame& frame) {
  const bool titled = !frame.lower_than(kTitleTooMm);
  if (titled) draw_title(frame, frame.word("manage.heading"));
  const std::string name = frame.word("manage.code"), hint = frame.word("manage.code_hint");
  {
    const ui::Wrap wrap(frame.ui);
    ui::paragraph(frame.ui, name, {.type = ui::Type::Strong, .role = titled ? ui::Role::Text : ui::Role::Heading});
    if (titled || frame.wide()) ui::paragraph(frame.ui, hint, {.ink = ui::Ink::Quiet});
  }
  draw_code(frame, {.label = name, .hint = hint, .label_visible = false});
  draw_other_ways(frame);
}

}  // namespace

void draw_manage(const Frame& frame, const ui::Rect& rect) {
  const visit::ManageFlow& flow = frame.state.manage;
  ui::Dock dock(
      frame.ui, rect,
      {{"find", {.label = frame.word("manage.find"), .icon = ui::Icon::Search, .kind = ui::ButtonKind::Primary}}});
  {
    ui::Scroll scroll(frame.ui, "manage", dock.above());
    draw_errors(frame, Field::Code);
    if (frame.cramped && !flow.code.error_key.empty()) {
      draw_wrong_code(frame);
    } else {
      draw_title(frame, frame.word("manage.heading"));
      two_columns(
          frame,
          [&] { draw_code(frame, {.label = frame.word("manage.code"), .hint = frame.word("manage.code_hint")}); },
          [&] { draw_other_ways(frame); });
    }
    frame.ui.gap(6);
  }
  if (dock.draw()) frame.emit(visit::SubmitField{Field::Code});
}

void draw_managed(const Frame& frame, const ui::Rect& rect) {
  ui::Dock dock(frame.ui, rect, ways_on(frame));
  {
    ui::Scroll scroll(frame.ui, "managed", dock.above());
    ui::heading(frame.ui, frame.word("manage.appointment"), 1);
    draw_standing(frame);
    draw_print_outcome(frame, frame.state.manage.paper.state);
    two_columns(
        frame, [&] { ui::summary(frame.ui, "appointment", rows_of(frame)); }, [&] { draw_questions(frame); });
    frame.ui.gap(6);
  }
  const std::optional<std::string> chosen = dock.draw();
  if (chosen == "move") frame.emit(visit::MoveAppointment{});
  if (chosen == "cancel") frame.emit(visit::AskToCancel{});
  if (chosen == "print") frame.emit(visit::PrintManaged{});
  if (chosen == "finish") frame.emit(visit::Finish{});
}

void draw_manage_cancel(const Frame& frame, const ui::Rect& rect) {
  const auto& cancelling = frame.state.manage.cancelling;
  std::vector<ui::DockButton> actions;
  if (!cancelling.loading()) {
    actions.push_back(
        {"keep", {.label = frame.word("manage.keep"), .icon = ui::Icon::Back, .kind = ui::ButtonKind::Primary}});
    actions.push_back({"cancel", {.label = frame.word("manage.cancel_yes"), .icon = ui::Icon::Trash}});
  }
  ui::Dock dock(frame.ui, rect, std::move(actions));
  {
    ui::Scroll scroll(frame.ui, "really", dock.above());
    ui::heading(frame.ui, frame.word("manage.really"), 1);
    if (frame.waits(cancelling)) ui::progress(frame.ui, "wait", {frame.word("wait.cancelling"), "", {}});
    ui::paragraph(frame.ui, frame.word("manage.really_text"), {.said = true});
    ui::summary(frame.ui, "appointment", appointment_rows(frame, frame.state.manage.found.value.booking));
    frame.ui.gap(6);
  }
  const std::optional<std::string> chosen = dock.draw();
  if (chosen == "keep") frame.emit(visit::Back{});
  if (chosen == "cancel") frame.emit(visit::CancelAppointment{});
}

}  // namespace kiosk::screens
