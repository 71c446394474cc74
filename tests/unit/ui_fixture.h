// A panel without a display, for tests of the toolkit: words, fonts, touches.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "kiosk/text/words.h"
#include "kiosk/ui/layout.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/widgets.h"
#include "tests/unit/catch.h"

namespace kiosk::ui {

class Panel1080 {
 public:
  using Screen = std::function<void(Ui&)>;

  explicit Panel1080(std::string language = "en", Metrics metrics = {}) {
    auto fonts = text::TextEngine::create();
    REQUIRE(fonts.ok());
    engine_ = std::move(fonts).value();
    auto words =
        text::Words::parse({{"en", R"({"_meta": {"name": "English"}, "ui.page_down": "Down", "ui.page_up": "Up",
                                      "ui.spoken.position": "{n, number} of {of, number}", "ui.role.button": "button",
                                      "ui.role.textbox": "field", "ui.state.filled": "filled in",
                                      "ui.state.empty": "empty", "ui.key.done": "Done", "ui.clear": "Clear"})"},
                            {"ar", R"({"_meta": {"name": "العربية", "direction": "rtl"}})"},
                            {"cy", R"({"_meta": {"name": "Cymraeg"}})"}});
    REQUIRE(words.ok());
    words_ = std::move(words).value();
    look.language = &words_->in(language);
    auto made = Ui::create(*engine_, metrics);
    REQUIRE(made.ok());
    ui_ = std::move(made).value();
  }

  Ui& ui() { return *ui_; }
  text::TextEngine::Counters texts() const { return engine_->counters(); }
  const text::Language& language() const { return *look.language; }
  const Scene& scene() const { return ui_->scene(); }

  // Draws until all input is taken and the layout is settled, as the application's loop does.
  void draw(const Screen& screen) {
    bool settled = false;
    for (int i = 0; i < 50 && (!settled || ui_->has_input()); ++i) {
      ui_->begin(look, now += core::Milliseconds(10));
      screen(*ui_);
      settled = ui_->end();
    }
    REQUIRE(settled);
  }

  void pointer(PointerEvent::Phase phase, Point at, std::int64_t finger = 1) {
    ui_->input(PointerEvent{phase, at, finger, now});
  }
  void tap(Point at) {
    pointer(PointerEvent::Phase::Down, at);
    pointer(PointerEvent::Phase::Up, at);
  }
  void tap(Role role, const std::string& name) {
    const Node* node = scene().find(role, name);
    INFO(name);
    REQUIRE(node);
    tap(centre(node->rect));
  }
  void key(NavKey key) { ui_->input(NavEvent{key, now}); }

  Look look;
  core::Milliseconds now{1000};

 private:
  std::unique_ptr<text::TextEngine> engine_;
  std::shared_ptr<const text::Words> words_;
  std::unique_ptr<Ui> ui_;
};

}  // namespace kiosk::ui
