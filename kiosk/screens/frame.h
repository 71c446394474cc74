// What every screen is handed: the toolkit, the state, the words, and where to put what the resident did. Private.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/text/words.h"
#include "kiosk/ui/layout.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/widgets.h"
#include "kiosk/visit/action.h"
#include "kiosk/visit/state.h"

namespace kiosk::screens {

struct Frame {
  ui::Ui& ui;
  const visit::State& state;
  const text::Words& words;
  std::vector<visit::Event>& events;
  bool cramped = false;  // the keyboard leaves little of the page

  static constexpr double kWideMm = 230;

  template <class E>
  void emit(E event) const {
    events.emplace_back(std::move(event));
  }
  std::string word(std::string_view key, const text::Args& args = {}) const { return ui.word(key, args); }
  const text::Language& language() const { return *ui.look().language; }
  text::Moment moment(core::Instant instant) const { return {instant, state.settings->kiosk.time_zone}; }
  // How much larger letters are than at the smallest size.
  double letters() const {
    return ui::cap_height_mm(ui::Type::Body, state.preferences.text_size) / ui::cap_height_mm(ui::Type::Body, 0);
  }
  // The panel has room for a column beside the main one; larger letters need more of it.
  bool wide() const { return !ui.metrics().portrait() && ui.metrics().mm(ui.width()) >= kWideMm * letters(); }
  // What is left of the page is less tall than that, at the smallest letters.
  bool lower_than(double mm) const { return ui.metrics().mm(ui.remaining()) < mm * letters(); }
  // Half a second and more of waiting is worth words; less is not (look.md: 300 ms).
  template <class T>
  bool waits(const visit::Load<T>& load) const {
    return load.loading() && state.now >= load.since + core::Milliseconds(300);
  }
};

// What the page is called. Where there is little room it is smaller, so that question and field are both in sight;
// smaller yet where it would need a second line.
inline void draw_title(const Frame& frame, std::string_view text) {
  if (!frame.cramped) return ui::heading(frame.ui, text, 1);
  const auto laid = frame.ui.layout(text, frame.ui.style(ui::Type::Heading, frame.ui.width()));
  const ui::Type type = laid->lines().size() > 1 ? ui::Type::Strong : ui::Type::Heading;
  ui::paragraph(frame.ui, text, {.type = type, .role = ui::Role::Heading});
}

// The main thing, and what helps with it: side by side where the panel is wide, else one below the other.
template <class Main, class Side>
void two_columns(const Frame& frame, Main main, Side side, double side_share = 1.0 / 3) {
  if (!frame.wide()) {
    main();
    return side();
  }
  ui::Row row(frame.ui, {ui::share(1 - side_share), ui::share(side_share)}, 10);
  row.cell();
  main();
  row.cell();
  side();
}

// The pages; each fills `rect` of the content region.
void draw_start(const Frame& frame, const ui::Rect& rect);
void draw_search(const Frame& frame, const ui::Rect& rect);
void draw_topics(const Frame& frame, const ui::Rect& rect);
void draw_topic(const Frame& frame, const ui::Rect& rect);
void draw_service(const Frame& frame, const ui::Rect& rect);
void draw_area(const Frame& frame, const ui::Rect& rect);
void draw_places(const Frame& frame, const ui::Rect& rect);
void draw_place(const Frame& frame, const ui::Rect& rect);
void draw_book_office(const Frame& frame, const ui::Rect& rect);
void draw_book_services(const Frame& frame, const ui::Rect& rect);
void draw_book_time(const Frame& frame, const ui::Rect& rect);
void draw_book_details(const Frame& frame, const ui::Rect& rect);
void draw_book_check(const Frame& frame, const ui::Rect& rect);
void draw_book_done(const Frame& frame, const ui::Rect& rect);
void draw_manage(const Frame& frame, const ui::Rect& rect);
void draw_managed(const Frame& frame, const ui::Rect& rect);
void draw_manage_cancel(const Frame& frame, const ui::Rect& rect);
void draw_large_qr(const Frame& frame, const ui::Rect& rect);
void draw_sorry(const Frame& frame, const ui::Rect& rect);
void draw_report_where(const Frame& frame, const ui::Rect& rect);
void draw_report_postcode(const Frame& frame, const ui::Rect& rect);
void draw_report_place(const Frame& frame, const ui::Rect& rect);
void draw_report_known(const Frame& frame, const ui::Rect& rect);
void draw_report_handed_over(const Frame& frame, const ui::Rect& rect);
void draw_report_question(const Frame& frame, const ui::Rect& rect);
void draw_report_check(const Frame& frame, const ui::Rect& rect);
void draw_report_done(const Frame& frame, const ui::Rect& rect);
// Help and languages stand in `room`; empty: anywhere on the panel.
void draw_overlay(const Frame& frame, const ui::Rect& room);

// Which keyboard the field wants.
ui::KeyboardKind keyboard_of(const visit::State& state, visit::Field field);
// What is wrong with the field, first on its page; a touch leads to it. Nothing where nothing is.
void draw_errors(const Frame& frame, visit::Field field);
// A field of the state as a widget; turns what happens to it into events.
void draw_field(const Frame& frame, visit::Field field, ui::FieldSpec spec);

}  // namespace kiosk::screens
