// Letters: which font draws them, in which shape, and where their ink falls.
#include <algorithm>
#include <cmath>
#include <set>

#include "kiosk/text/draw.h"
#include "kiosk/text/glyphs.h"
#include "tests/unit/text_fixture.h"

using namespace text_test;

TEST_CASE("Arabic letters join: a word's glyphs are not those of its letters alone") {
  const auto joined = engine().layout("ببب", style("ar"));
  const auto apart = engine().layout("ب", style("ar"));
  REQUIRE(joined->glyphs().size() >= 3);
  std::set<std::uint32_t> forms;
  for (const Glyph& glyph : joined->glyphs()) forms.insert(glyph.index);
  CHECK(forms.size() >= 3);  // first, middle and last form (dots may be glyphs of their own)
  CHECK(joined->width() < 3 * apart->width());
}

TEST_CASE("Fonts are the named ones, read only when needed") {
  auto fresh = TextEngine::create();
  REQUIRE(fresh.ok());
  (*fresh)->layout("What do you need? Zażółć ŵ Що", style("en"));
  CHECK((*fresh)->counters().font_files == 2);
  const auto before = (*fresh)->layout("unchanged", style("en"));
  (*fresh)->layout("مرحبا", style("ar"));
  CHECK((*fresh)->counters().font_files == 4);
  // Glyphs laid out before the new font arrived can still be drawn.
  const Glyph glyph = before->glyphs()[0];
  CHECK_FALSE(GlyphRasteriser(**fresh).rasterise(glyph.font, glyph.index).empty());
  CHECK_FALSE(FontLibrary::open({"/no/such/folder"}).ok());
  CHECK(FontLibrary::open({"/no/such/folder"}).error().what.find("fonts-noto-core") != std::string::npos);
}

TEST_CASE("No character of the kiosk's languages is a box") {
  for (const auto& [language, text] :
       std::vector<std::pair<const char*, const char*>>{{"en", "What do you need? £4.50 – “quoted” … • 10°"},
                                                        {"cy", "Ŵŵ Ŷŷ Ââ Êê Îî Ôô Ûû Ïï"},
                                                        {"pl", "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ „cytat”"},
                                                        {"ar", "ماذا تحتاج؟ هل، ؛ 0123 ٠١٢٣ ًٌٍَُِّْ لا"},
                                                        {"ur", "آپ کو کیا چاہیے؟ ٹڈڑںھہے۔"},
                                                        {"bn", "আপনার কী দরকার? ক্ষ জ্ঞ"},
                                                        {"en", "→ ← ✓ ☎ ✔ ▲ ▼"}}) {
    const auto paragraph = engine().layout(text, style(language));
    const auto boxes = std::count_if(paragraph->glyphs().begin(), paragraph->glyphs().end(),
                                     [](const Glyph& glyph) { return glyph.index == 0; });
    INFO(text);
    CHECK(boxes == 0);
  }
}

TEST_CASE("Chinese, Japanese and Korean have glyphs, in the shapes of their language") {
  const auto boxes = [](const Paragraph& paragraph) {
    return std::count_if(paragraph.glyphs().begin(), paragraph.glyphs().end(),
                         [](const Glyph& glyph) { return glyph.index == 0; });
  };
  for (const char* language : {"en", "zh", "zh-Hant", "ja", "ko"}) {
    for (const char* text : {"漢字", "图书馆，开放", "ひらがな カタカナー。", "한국어 도서관", "「１２３」"}) {
      INFO(language << " " << text);
      CHECK(boxes(*engine().layout(text, style(language))) == 0);
    }
  }
  // 直 and 骨 are drawn differently in each.
  const auto drawn = [](const char* language) { return engine().layout("直骨", style(language))->glyphs()[0].index; };
  CHECK(drawn("ja") != drawn("zh-CN"));
  CHECK(drawn("en") == drawn("zh-CN"));
}

TEST_CASE("An emoji that no font has is a sign that can be seen, not a gap") {
  const auto paragraph = engine().layout("\U0001F9D1", style("en"));
  REQUIRE_FALSE(paragraph->glyphs().empty());
  CHECK(paragraph->glyphs()[0].index == 0);
  CHECK_FALSE(GlyphRasteriser(engine()).rasterise(paragraph->glyphs()[0].font, 0).empty());
}

TEST_CASE("Glyph pictures stand where the paragraph says its ink is") {
  const auto paragraph = engine().layout("Hg", style("en", 50));
  const GlyphRasteriser rasteriser(engine());
  const Glyph& h = paragraph->glyphs()[0];
  const GlyphImage image = rasteriser.rasterise(h.font, h.index);
  // The capital stands on the baseline and is as high as the constant says.
  CHECK(image.top == Approx(-50 * kCapHeightOfEm).margin(1));
  CHECK(image.top + image.height == Approx(0).margin(1));
  CHECK(*std::max_element(image.coverage.begin(), image.coverage.end()) == 255);
  const auto space = engine().layout(" ", style("en"));
  for (const Glyph& glyph : space->glyphs()) CHECK(rasteriser.rasterise(glyph.font, glyph.index).empty());
  const GlyphImage half = rasteriser.rasterise(h.font, h.index, 0.5F);
  CHECK(half.coverage != image.coverage);
  CHECK(std::abs(half.height - image.height) <= 1);
}

TEST_CASE("Paragraphs are drawn in grey and in dots, inside their target") {
  const auto paragraph = engine().layout("Drawn", style("en", 40));
  AlphaImage grey(static_cast<int>(paragraph->width()) + 4, static_cast<int>(paragraph->height()) + 4);
  draw(engine(), *paragraph, 0.F, 0.F, grey);
  CHECK(*std::max_element(grey.coverage.begin(), grey.coverage.end()) == 255);
  core::Bitmap1 dots(grey.width, grey.height);
  draw(engine(), *paragraph, 0, 0, dots);
  for (int y = 0; y < dots.height; ++y) {
    for (int x = 0; x < dots.width; ++x) {
      if (dots.at(x, y) != (grey.at(x, y) >= 110)) FAIL("dot " << x << "," << y << " differs");
    }
  }
  core::Bitmap1 tiny(7, 5);
  draw(engine(), *paragraph, -20, -20, tiny);  // most of it outside
  CHECK(std::any_of(tiny.bytes.begin(), tiny.bytes.end(), [](std::uint8_t byte) { return byte != 0; }));
  AlphaImage nothing(0, 0);
  draw(engine(), *paragraph, 0.F, 0.F, nothing);
}
