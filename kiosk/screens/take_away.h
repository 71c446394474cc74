// What a resident takes away from a page that says what became of a booking or a report: paper, a large code, a voice.
// Private to screens/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/screens/frame.h"

namespace kiosk::screens {

struct TakeAway {
  visit::PrintState print = visit::PrintState::None;
  int copies = 0;
  const core::Bitmap1* qr = nullptr;  // null: there is none
  std::string qr_name, qr_hint;       // "Your appointment as a code"; how to use it
  std::string reference, code;        // "" none
  std::string code_label;
  std::string failed_hint;  // what stands although no paper came out
  bool page_only = false;   // paper is a copy of the page: there is nothing to have a receipt of
};

// Of the booking or the report, whichever the page is about.
TakeAway take_away_of(const Frame& frame);
// Print, print large, larger code, read aloud, finish; the primary one is the paper, and Finish once it is there.
std::vector<ui::DockButton> take_away_actions(const Frame& frame, const TakeAway& what);
// The one primary button, which stands first on every page. Without that id all stay as they are.
void lead_with(std::vector<ui::DockButton>& buttons, std::string_view id);
void act_take_away(const Frame& frame, const std::optional<std::string>& chosen);
void draw_print_state(const Frame& frame, const TakeAway& what);
// Reference and code in letters.
void draw_codes(const Frame& frame, const TakeAway& what);
// The codes, the QR and how to use it.
void draw_code_column(const Frame& frame, const TakeAway& what);

inline constexpr double kCodeShare = 0.4;  // of a wide page: a code stays on one line
// What became of it, with the codes beside it; where there is no room beside and no paper either, the codes come first.
template <class Facts>
void draw_with_codes(const Frame& frame, const TakeAway& what, Facts facts) {
  if (!frame.wide() && what.print == visit::PrintState::Failed) {
    draw_code_column(frame, what);
    return facts();
  }
  two_columns(
      frame, facts, [&] { draw_code_column(frame, what); }, kCodeShare);
}

}  // namespace kiosk::screens
