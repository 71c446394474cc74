// Pages drawn without a display, each from a State that a visit may be in.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/screens/screens.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/software_renderer.h"
#include "tests/unit/screens_states.h"

namespace screens_test {

class Screen {
 public:
  explicit Screen(ui::Metrics metrics = {}) {
    auto engine = text::TextEngine::create();
    REQUIRE(engine.ok());
    engine_ = std::move(engine).value();
    auto made = ui::Ui::create(*engine_, metrics);
    REQUIRE(made.ok());
    ui_ = std::move(made).value();
  }

  // Draws until settled; what was done comes back.
  std::vector<visit::Event> draw(visit::State& state) {
    state.page_serial = serial_;
    std::vector<visit::Event> all;
    bool settled = false;
    for (int round = 0; round < 50 && (!settled || ui_->has_input()); ++round) {
      ui_->begin(screens::look_of(state, *words()), state.now);
      for (visit::Event& event : screens::draw(*ui_, state, *words())) all.push_back(std::move(event));
      settled = ui_->end();
    }
    REQUIRE(settled);
    return all;
  }
  void another_page() { ++serial_; }
  const ui::Scene& scene() const { return ui_->scene(); }
  std::string word(std::string_view key, const text::Args& args = {}) const { return ui_->word(key, args); }

  // How much of the glass is of that colour.
  std::size_t pixels_of(ui::Colour colour) {
    ui::SoftwareRenderer renderer;
    renderer.resize(scene().metrics.width_px, scene().metrics.height_px);
    renderer.render(ui_->canvas().list(), ui_->atlas());
    const std::uint32_t wanted = 0xff000000U | std::uint32_t{colour.r} << 16 | std::uint32_t{colour.g} << 8 | colour.b;
    return static_cast<std::size_t>(std::count(renderer.pixels().begin(), renderer.pixels().end(), wanted));
  }

  std::vector<visit::Event> touch(visit::State& state, ui::Role role, const std::string& name) {
    draw(state);
    const ui::Node* node = scene().find(role, name);
    INFO(name);
    REQUIRE(node);
    const ui::Point at = ui::centre(node->visible);
    ui_->input(ui::PointerEvent{ui::PointerEvent::Phase::Down, at, 0, state.now});
    ui_->input(ui::PointerEvent{ui::PointerEvent::Phase::Up, at, 0, state.now});
    return draw(state);
  }

 private:
  std::unique_ptr<text::TextEngine> engine_;
  std::unique_ptr<ui::Ui> ui_;
  std::uint64_t serial_ = 1;
};

inline ui::Metrics landscape() { return {}; }
inline ui::Metrics portrait() {
  ui::Metrics metrics;
  std::swap(metrics.width_px, metrics.height_px);
  return metrics;
}

}  // namespace screens_test
