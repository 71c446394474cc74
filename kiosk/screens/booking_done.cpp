// Confirmed: what, when, where, the reference, what happens next; paper or a large code to take away.
#include <span>

#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/take_away.h"
#include "kiosk/visit/manage.h"

namespace kiosk::screens {
namespace {

// What and when come first, with the codes; and then the rest.
constexpr std::size_t kFirstFacts = 2;

// Of one that was moved: which of two slips counts. While the earlier appointment stands, its code is what that can be
// cancelled by.
void draw_new_code(const Frame& frame, const promises::Booking& booking) {
  if (booking.replaces.empty() || frame.state.booking.old_stands) return;
  ui::paragraph(frame.ui, frame.word("done.moved"), {.icon = ui::Icon::Info, .said = true});
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
    if (frame.state.booking.old_stands) {
      ui::notice(frame.ui, "old_stands",
                 {frame.word("move.old_stands"), frame.word("move.old_stands_text"), ui::Tone::Caution,
                  ui::Icon::Warning, true});
    }
    const std::vector<ui::SummaryRow> rows = coming_rows(frame, booking, visit::booked_service(frame.state));
    const std::span facts(rows);
    const bool wide = frame.wide();  // within a column it is another's width
    draw_with_codes(
        frame, what,
        [&] {
          if (wide) draw_new_code(frame, booking);
          ui::summary(frame.ui, "facts", wide ? facts : facts.first(kFirstFacts));
        },
        [&] {
          if (!wide) {
            draw_new_code(frame, booking);
            ui::summary(frame.ui, "more", facts.subspan(kFirstFacts));
          }
          draw_next(frame);
        });
    frame.ui.gap(6);
  }
  act_take_away(frame, dock.draw());
}

}  // namespace kiosk::screens
