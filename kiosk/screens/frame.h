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

  template <class E>
  void emit(E event) const {
    events.emplace_back(std::move(event));
  }
  std::string word(std::string_view key, const text::Args& args = {}) const { return ui.word(key, args); }
  const text::Language& language() const { return *ui.look().language; }
  text::Moment moment(core::Instant instant) const { return {instant, state.settings->kiosk.time_zone}; }
  // Half a second and more of waiting is worth words; less is not (look.md: 300 ms).
  template <class T>
  bool waits(const visit::Load<T>& load) const {
    return load.loading() && state.now >= load.since + core::Milliseconds(300);
  }
};

// The pages; each fills `rect` of the content region, below the Back button.
void draw_start(const Frame& frame, const ui::Rect& rect);
void draw_search(const Frame& frame, const ui::Rect& rect);
void draw_topics(const Frame& frame, const ui::Rect& rect);
void draw_topic(const Frame& frame, const ui::Rect& rect);
void draw_service(const Frame& frame, const ui::Rect& rect);
void draw_area(const Frame& frame, const ui::Rect& rect);
void draw_places(const Frame& frame, const ui::Rect& rect);
void draw_place(const Frame& frame, const ui::Rect& rect);
void draw_book_office(const Frame& frame, const ui::Rect& rect);
void draw_book_time(const Frame& frame, const ui::Rect& rect);
void draw_book_details(const Frame& frame, const ui::Rect& rect);
void draw_book_check(const Frame& frame, const ui::Rect& rect);
void draw_book_done(const Frame& frame, const ui::Rect& rect);
void draw_large_qr(const Frame& frame, const ui::Rect& rect);
void draw_sorry(const Frame& frame, const ui::Rect& rect);
void draw_overlay(const Frame& frame);

// Which keyboard the field wants.
ui::KeyboardKind keyboard_of(visit::Field field);
// A field of the state as a widget; turns what happens to it into events.
void draw_field(const Frame& frame, visit::Field field, ui::FieldSpec spec);

}  // namespace kiosk::screens
