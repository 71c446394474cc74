// What a resident takes away from a page that says what became of a booking or a report: paper, a large code, a voice.
// Private to screens/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/screens/frame.h"

namespace kiosk::screens {

struct TakeAway {
  visit::Paper paper;
  const core::Bitmap1* qr = nullptr;  // null: there is none
  std::string qr_name, qr_hint;       // "Your appointment as a code"; how to use it
  std::string reference, code;        // "" none
  std::string code_label;
  std::string failed_hint;  // what stands although no paper came out
  bool page_only = false;   // paper is a copy of the page: there is nothing to have a receipt of
};

// Of the booking or the report, whichever the page is about.
TakeAway take_away_of(const Frame& frame);
// Print, print large, larger code, read aloud, finish, always in this order; the primary one is the paper, and Finish
// once it is there.
std::vector<ui::DockButton> take_away_actions(const Frame& frame, const TakeAway& what);
// Makes it the one primary button, at its place. Without that id all stay as they are.
void lead_with(std::vector<ui::DockButton>& buttons, std::string_view id);
void act_take_away(const Frame& frame, const std::optional<std::string>& chosen);
void draw_print_state(const Frame& frame, const TakeAway& what);
// Reference and code in letters.
void draw_codes(const Frame& frame, const TakeAway& what, ui::CodeSize size, ui::Along along);
// The QR and how to use it.
void draw_qr(const Frame& frame, const TakeAway& what);
// Little of the page is left for what says what became of it: the codes are to be in sight all the same.
ui::CodeSize code_size(const Frame& frame);

inline constexpr double kCodeShare = 0.4;  // of a wide page: a code stays on one line
// What became of it, and what it is kept by, in sight from the first: the codes stand beside the rest, or else right
// after `first`. Nothing that comes later, such as what became of printing, pushes them away.
template <class First, class Rest>
void draw_with_codes(const Frame& frame, const TakeAway& what, First first, Rest rest) {
  const ui::CodeSize size = code_size(frame);
  if (frame.wide()) {
    const auto main = [&] {
      draw_print_state(frame, what);
      first();
      rest();
    };
    const auto side = [&] {
      draw_codes(frame, what, size, ui::Along::Column);
      draw_qr(frame, what);
    };
    return two_columns(frame, main, side, kCodeShare);
  }
  first();
  draw_codes(frame, what, size, ui::Along::Row);
  draw_print_state(frame, what);
  const bool no_paper = what.paper.state == visit::PrintState::Failed;
  if (no_paper) draw_qr(frame, what);
  rest();
  if (!no_paper) draw_qr(frame, what);
}

}  // namespace kiosk::screens
