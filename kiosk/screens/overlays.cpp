// What is laid over a page: help, languages, "Still there?".
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

constexpr double kHelpMm = 220;  // wide, at the smallest letters

bool close_button(const Frame& frame, std::string_view key) {
  return ui::button(frame.ui, "close",
                    {.label = frame.word(key), .icon = ui::Icon::Close, .kind = ui::ButtonKind::Primary});
}

void draw_help(const Frame& frame, const ui::Rect& room) {
  ui::Dialog dialog(frame.ui, "help",
                    {.title = frame.word("help.heading"), .width_mm = kHelpMm * frame.letters(), .room = room});
  ui::paragraph(frame.ui, frame.word("help.emergency"),
                {.type = ui::Type::Strong, .ink = ui::Ink::Bad, .icon = ui::Icon::Warning});
  ui::paragraph(frame.ui, frame.word("help.police"), {.icon = ui::Icon::Shield});
  ui::paragraph(frame.ui, frame.word("help.health"), {.icon = ui::Icon::Health});
  ui::divider(frame.ui);
  ui::paragraph(frame.ui, frame.word("help.how"));
  draw_contact(frame);
  dialog.footer();
  if (close_button(frame, "help.close")) frame.emit(visit::CloseOverlay{});
}

void draw_languages(const Frame& frame, const ui::Rect& room) {
  ui::Dialog dialog(frame.ui, "languages", {.title = frame.word("language.heading"), .room = room});
  std::vector<ui::ChoiceSpec> specs;
  const auto& offered = frame.state.settings->kiosk.languages;
  for (const std::string& code : offered) {
    specs.push_back(
        {.label = frame.words.in(code).info().own_name, .selected = code == frame.state.preferences.language});
  }
  if (const auto chosen = ui::choices(frame.ui, "languages", frame.word("language.heading"), specs)) {
    frame.emit(visit::ChooseLanguage{offered[*chosen]});
  }
  dialog.footer();
  if (close_button(frame, "nav.close")) frame.emit(visit::CloseOverlay{});
}

constexpr double kBigButtonMm = 40;

// A page of its own, with one button that nobody misses (look.md); the other way on is there for who looks for it.
void draw_still_there(const Frame& frame) {
  const auto end = frame.state.asked_still_there + std::chrono::seconds(frame.state.settings->idle.end_after_s);
  const auto left = std::chrono::ceil<std::chrono::seconds>(end - frame.state.now);
  ui::Dialog dialog(
      frame.ui, "still",
      {.title = frame.word("still.heading"), .width_mm = ui::kColumnMm, .alert = true, .whole_page = true});
  ui::paragraph(frame.ui, frame.word("still.text", {{"seconds", std::max<std::int64_t>(0, left.count())}}));
  dialog.footer();
  if (ui::button(frame.ui, "yes",
                 {.label = frame.word("still.yes"),
                  .icon = ui::Icon::Check,
                  .kind = ui::ButtonKind::Primary,
                  .type = ui::Type::Heading,
                  .fit = ui::Fit::Fill,
                  .least_mm = kBigButtonMm})) {
    frame.emit(visit::StillHere{});
  }
  frame.ui.gap(ui::kUnitMm);
  if (ui::button(frame.ui, "no",
                 {.label = frame.word("still.no"), .icon = ui::Icon::Exit, .kind = ui::ButtonKind::Quiet}))
    frame.emit(visit::Finish{});
}

}  // namespace

void draw_overlay(const Frame& frame, const ui::Rect& room) {
  switch (frame.state.overlay) {
    case visit::Overlay::None:
      break;
    case visit::Overlay::Help:
      draw_help(frame, room);
      break;
    case visit::Overlay::Language:
      draw_languages(frame, room);
      break;
    case visit::Overlay::StillThere:
      draw_still_there(frame);
      break;
  }
}

}  // namespace kiosk::screens
