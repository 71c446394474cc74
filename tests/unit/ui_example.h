// A small screen with a bit of everything, and the pixels of what was drawn.
#pragma once

#include <utility>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/software_renderer.h"
#include "tests/unit/ui_fixture.h"

namespace kiosk::ui {

struct Choosing {
  int continued = 0;
  std::optional<std::size_t> chosen;
  int items = 30;
  bool dialog = false;

  void operator()(Ui& ui) {
    const Regions page = ui.regions({.header_mm = 18, .footer_mm = 22});
    header(ui, page.header, {.title = "Library", .clock = "14:32"});
    {
      const Scroll scroll(ui, "list", ui.content_column(page.content));
      heading(ui, "Services");
      std::vector<CardSpec> specs;
      for (int i = 0; i < items; ++i)
        specs.push_back({.title = "Service " + std::to_string(i), .lines = {{.text = "Northfield"}}});
      if (const auto index = cards(ui, "cards", specs)) chosen = index;
      if (button(ui, "go", {.label = "Continue", .kind = ButtonKind::Primary})) ++continued;
    }
    const std::vector<BarItem> tools = {{.id = "again", .label = "Start again", .icon = Icon::Restart},
                                        {.id = "help", .label = "Help", .icon = Icon::Help, .at_end = true}};
    bar(ui, "tools", page.footer, tools);
    if (!dialog) return;
    const Dialog box(ui, "still", {.title = "Still there?", .alert = true});
    if (button(ui, "yes", {.label = "Yes"})) dialog = false;
  }
};

inline Panel1080::Screen by_reference(Choosing& screen) {
  return [&screen](Ui& ui) { screen(ui); };
}

// The pixels of the last frame.
struct Picture {
  explicit Picture(Ui& ui) {
    renderer.resize(ui.metrics().width_px, ui.metrics().height_px);
    renderer.render(ui.canvas().list(), ui.atlas());
  }
  std::uint32_t at(int x, int y) const {
    return renderer.pixels()[static_cast<std::size_t>(y * renderer.width() + x)] & 0xffffffu;
  }
  // The sides of what is drawn on the ground of a rectangle's start, in rows `top` to `bottom`.
  std::pair<int, int> ink(const Rect& rect, float top, float bottom) const {
    const int x0 = static_cast<int>(rect.x) + 12, x1 = static_cast<int>(rect.right()) - 12;
    const std::uint32_t ground = at(x0, static_cast<int>(top));
    std::pair<int, int> sides{x1, x0};
    for (int y = static_cast<int>(top); y < static_cast<int>(bottom); ++y)
      for (int x = x0; x < x1; ++x)
        if (at(x, y) != ground) sides = {std::min(sides.first, x), std::max(sides.second, x)};
    return sides;
  }
  SoftwareRenderer renderer;
};

}  // namespace kiosk::ui
