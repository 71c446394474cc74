#include <set>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/software_renderer.h"
#include "tests/unit/catch.h"

namespace kiosk::ui {
namespace {

struct Drawing {
  std::unique_ptr<text::TextEngine> engine = text::TextEngine::create().value();
  Atlas atlas{*engine};
  Canvas canvas{atlas};
  SoftwareRenderer renderer;

  Drawing() { renderer.resize(640, 480); }

  template <class Draw>
  std::vector<PixelRect> frame(Draw&& draw, bool rtl = false) {
    canvas.begin(640, 480, rtl);
    canvas.fill({0, 0, 640, 480}, rgb(0xffffff));
    draw();
    canvas.end();
    return renderer.render(canvas.list(), atlas);
  }
  std::uint32_t at(int x, int y) const { return renderer.pixels()[static_cast<std::size_t>(y * 640 + x)]; }
};

}  // namespace

TEST_CASE("only what changed is drawn again, and the result is that of drawing all") {
  Drawing part, whole;
  const auto first = [](Canvas& c) { c.rounded({100, 100, 200, 80}, 10, rgb(0x0b5058)); };
  const auto second = [](Canvas& c) {
    c.shadow({100, 100, 200, 80}, 10, 8, with_alpha(rgb(0), 60));
    c.rounded({100, 100, 200, 80}, 10, rgb(0xffcc00));
    c.outline({100, 100, 200, 80}, 10, 2, rgb(0x000000));
    c.icon(Icon::Search, {150, 110, 40, 40}, 40, rgb(0x123456));
  };
  part.frame([&] { first(part.canvas); });
  CHECK(part.frame([&] { first(part.canvas); }).empty());
  int area = 0;
  for (const PixelRect& r : part.frame([&] { second(part.canvas); })) area += r.width * r.height;
  CHECK(area > 200 * 80);
  CHECK(area < 640 * 480 / 3);
  whole.frame([&] { second(whole.canvas); });
  CHECK(part.renderer.pixels() == whole.renderer.pixels());
}

TEST_CASE("an atlas that forgets is what it was when it was told to keep") {
  const auto write = [](Drawing& d, std::string_view text, double size_px) {
    text::TextStyle style;
    style.size_px = size_px;
    d.frame([&] { d.canvas.text(*d.engine->layout(text, style), 20, 20, rgb(0)); });
    return d.renderer.pixels();
  };
  const auto coverage = [](const Drawing& d) {
    std::vector<std::vector<std::uint8_t>> pages;
    for (const Atlas::Page& page : d.atlas.pages()) pages.push_back(page.coverage);
    return pages;
  };
  Drawing d, fresh;
  const auto waiting = write(d, "What do you need?", 40);
  const auto kept = coverage(d);
  d.atlas.keep();
  const std::string_view typed = "jfk ZQX";
  const auto visited = write(d, typed, 40);
  CHECK(coverage(d) != kept);
  write(d, "jfkZQX0123456789%&@+-", 400);  // more than a page
  REQUIRE(d.atlas.pages().size() > kept.size());
  d.atlas.forget();
  CHECK(coverage(d) == kept);
  CHECK(write(d, "What do you need?", 40) == waiting);
  CHECK(coverage(d) == kept);  // none of its letters had to be drawn again
  CHECK(write(d, typed, 40) == visited);
  CHECK(write(fresh, typed, 40) == visited);
}

TEST_CASE("an atlas forgets wherever its last picture stands, at the very end of a row too") {
  Drawing d;
  bool at_end = false;
  for (int size = 12; size < 60 && !at_end; ++size) {
    text::TextStyle style;
    style.size_px = size;
    for (const text::Glyph& glyph : d.engine->layout("ABCDEFGHIJKLMNOPQRSTUVWXYZ", style)->glyphs()) {
      const Sprite sprite = d.atlas.glyph(glyph.font, glyph.index, 0);
      at_end = at_end || sprite.x + sprite.width == kAtlasSide;
      d.atlas.keep();
      const auto kept = d.atlas.pages().back().coverage;
      d.atlas.forget();
      REQUIRE(d.atlas.pages().back().coverage == kept);
    }
  }
  CHECK(at_end);  // the case that this is about was among them
}

TEST_CASE("clips, mirrors and rounds") {
  Drawing d;
  d.frame([&] {
    d.canvas.push_clip({100, 0, 100, 480});
    d.canvas.fill({0, 0, 640, 40}, rgb(0xff0000));
    d.canvas.pop_clip();
    d.canvas.rounded({300, 100, 60, 60}, 20, rgb(0x00ff00));
  });
  CHECK(d.at(99, 10) == 0xffffffff);
  CHECK(d.at(100, 10) == 0xffff0000);
  CHECK(d.at(199, 10) == 0xffff0000);
  CHECK(d.at(200, 10) == 0xffffffff);
  CHECK(d.at(300, 100) == 0xffffffff);  // the corner is cut
  CHECK(d.at(330, 130) == 0xff00ff00);
  d.frame([&] { d.canvas.fill({0, 0, 100, 40}, rgb(0x0000ff)); }, true);
  CHECK(d.at(10, 10) == 0xffffffff);
  CHECK(d.at(600, 10) == 0xff0000ff);
}

TEST_CASE("half a colour is half of both, and dots are square") {
  Drawing d;
  core::Bitmap1 bitmap(3, 2);
  bitmap.set(0, 0);
  bitmap.set(2, 1);
  d.frame([&] {
    d.canvas.fill({0, 0, 50, 50}, with_alpha(rgb(0x000000), 128));
    d.canvas.dots(bitmap, {100, 100, 30, 20}, 10, rgb(0x000000));
  });
  CHECK((d.at(10, 10) & 0xff) == Approx(127).margin(2));
  CHECK(d.at(109, 109) == 0xff000000);
  CHECK(d.at(110, 109) == 0xffffffff);
  CHECK(d.at(125, 115) == 0xff000000);
}

TEST_CASE("a patch drawn later lies under what was drawn before it") {
  Drawing d;
  d.frame([&] {
    const std::size_t place = d.canvas.reserve(kPanelQuads);
    d.canvas.fill({20, 20, 10, 10}, rgb(0xff0000));
    d.canvas.patch(place, kPanelQuads, [&] { d.canvas.rounded({0, 0, 100, 100}, 5, rgb(0x0000ff)); });
  });
  CHECK(d.at(25, 25) == 0xffff0000);
  CHECK(d.at(50, 50) == 0xff0000ff);
}

TEST_CASE("text survives the atlas being emptied") {
  Drawing d;
  const auto words = d.engine->layout("Riverside", text::TextStyle{.size_px = 40});
  d.frame([&] { d.canvas.text(*words, 10, 10, rgb(0)); });
  const auto before = d.renderer.pixels();
  d.atlas.reset();
  d.frame([&] { d.canvas.text(*words, 10, 10, rgb(0)); });
  CHECK(d.renderer.pixels() == before);
  CHECK(std::set<std::uint32_t>(before.begin(), before.end()).size() > 10);  // grey edges: there is text
}

TEST_CASE("every icon has a name, a drawing and ink") {
  for (int i = 1;; ++i) {
    const auto icon = static_cast<Icon>(i);
    if (to_string(icon).empty()) {
      CHECK(i > static_cast<int>(Icon::Family));
      break;
    }
    INFO(to_string(icon));
    CHECK(icon_from(to_string(icon)) == icon);
    const text::AlphaImage image = draw_icon(icon, 48);
    int inked = 0;
    for (const std::uint8_t c : image.coverage) inked += c > 128;
    CHECK(inked > 60);
  }
  CHECK_FALSE(icon_from("no such icon"));
}

}  // namespace kiosk::ui
