// Confirmed: what, when, where, the reference, what happens next; paper or a large code to take away.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/take_away.h"

namespace kiosk::screens {
namespace {

void draw_facts(const Frame& frame, const promises::Booking& booking) {
  std::vector<ui::SummaryRow> rows = appointment_rows(frame, booking);
  if (!booking.office.hint.empty())
    rows.push_back({frame.word("done.know"), booking.office.hint, "", "", ui::Icon::Info, false});
  const std::string bring = bring_words(frame, frame.state.service.value.service);
  if (!bring.empty()) rows.push_back({frame.word("service.bring"), bring, "", "", ui::Icon::List, false});
  ui::summary(frame.ui, "facts", rows);
}

void draw_next(const Frame& frame) {
  ui::heading(frame.ui, frame.word("done.next"), 2);
  ui::paragraph(frame.ui, frame.word("done.next_text"));
  draw_keeper(frame, frame.state.booking.confirmation.value);
}

}  // namespace

void draw_book_done(const Frame& frame, const ui::Rect& rect) {
  const TakeAway what = take_away_of(frame);
  ui::Dock dock(frame.ui, rect, take_away_actions(frame, what));
  {
    ui::Scroll scroll(frame.ui, "done", dock.above());
    const promises::Booking& booking = frame.state.booking.confirmation.value;
    ui::paragraph(
        frame.ui, frame.word(booking.replaces.empty() ? "done.heading" : "move.done"),
        {.type = ui::Type::Title, .ink = ui::Ink::Good, .icon = ui::Icon::CheckCircle, .role = ui::Role::Heading});
    draw_print_state(frame, what);
    if (frame.state.booking.old_stands) {
      ui::notice(frame.ui, "old_stands",
                 {frame.word("move.old_stands"), frame.word("move.old_stands_text"), ui::Tone::Caution,
                  ui::Icon::Warning, true});
    }
    draw_with_codes(frame, what, [&] {
      draw_facts(frame, booking);
      draw_next(frame);
    });
    frame.ui.gap(6);
  }
  act_take_away(frame, dock.draw());
}

}  // namespace kiosk::screens
