#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <set>
#include <thread>

#include "kiosk/core/strings.h"
#include "kiosk/text/draw.h"
#include "kiosk/text/glyphs.h"
#include "kiosk/text/words.h"
#include "tests/unit/text_fixture.h"

using namespace text_test;

namespace {

// The visible order of the characters of a one-line text, by where their carets are.
std::string visual_order(const std::string& text, const TextStyle& how, const std::string& wanted) {
  const auto paragraph = engine().layout(text, how);
  std::vector<std::pair<float, char>> places;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (wanted.find(text[i]) == std::string::npos) continue;
    const auto boxes = paragraph->boxes({i, i + 1});
    REQUIRE(boxes.size() == 1);
    places.emplace_back(boxes[0].x, text[i]);
  }
  std::sort(places.begin(), places.end());
  std::string order;
  for (const auto& place : places) order += place.second;
  return order;
}

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("Right-to-left paragraphs mirror") {
  const auto text = style("ar", 40, 600);
  const auto paragraph = engine().layout("مرحبا", text);
  CHECK(paragraph->is_rtl());
  CHECK(paragraph->lines()[0].x + paragraph->lines()[0].width == Approx(600).margin(0.01));
  CHECK(paragraph->cursor(0).x > paragraph->cursor(paragraph->text().size()).x);
  SECTION("brackets turn to the other side's shape") {
    const auto open_rtl = engine().layout("(", text);
    const auto close_ltr = engine().layout(")", style("en"));
    const auto close_font =
        GlyphRasteriser(engine()).rasterise(close_ltr->glyphs()[0].font, close_ltr->glyphs()[0].index);
    const auto open_image =
        GlyphRasteriser(engine()).rasterise(open_rtl->glyphs()[0].font, open_rtl->glyphs()[0].index);
    // The belly of ")" is on the right, and so is that of a mirrored "(".
    const auto belly_right = [](const GlyphImage& image) {
      int middle = 0;
      int top = 0;
      for (int x = 0; x < image.width; ++x) {
        if (image.coverage[static_cast<std::size_t>((image.height / 2) * image.width + x)] > 128) middle = x;
        if (image.coverage[static_cast<std::size_t>(2 * image.width + x)] > 128) top = x;
      }
      return middle > top;
    };
    CHECK(belly_right(close_font));
    CHECK(belly_right(open_image));
  }
  SECTION("start and end change sides, the middle does not") {
    TextStyle end = text;
    end.alignment = Align::End;
    CHECK(engine().layout("مرحبا", end)->lines()[0].x == Approx(0).margin(0.01));
    TextStyle centre = text;
    centre.alignment = Align::Centre;
    const Line line = engine().layout("مرحبا", centre)->lines()[0];
    CHECK(line.x == Approx((600 - line.width) / 2).margin(0.01));
  }
  SECTION("the direction can be told") {
    TextStyle forced = text;
    forced.direction = Direction::LeftToRight;
    CHECK_FALSE(engine().layout("مرحبا", forced)->is_rtl());
  }
}

TEST_CASE("An isolate keeps a phone number in order inside Arabic") {
  const std::string digits = "0123456789";
  CHECK(visual_order("اتصل على " + isolate("012 3456 789") + " اليوم", style("ar"), digits) == "0123456789");
  CHECK(visual_order("اتصل على 012 3456 789 اليوم", style("ar"), digits) != "0123456789");
}

TEST_CASE("A list within an Arabic sentence is read from the right, each name from its left") {
  const auto loaded = Words::load(KIOSK_SOURCE_DIR "/tests/unit/words");
  REQUIRE(loaded.ok());
  const Language& arabic = (*loaded)->in("ar");
  const std::string shown =
      arabic.format("receipt.issued_at_place", {{"at", Moment{}}, {"place", arabic.list({"AB", "CD"})}});
  CHECK(visual_order(shown, style("ar", 14, 0), "ABCD") == "CDAB");
}

TEST_CASE("Nastaliq is given its height, and nothing is clipped") {
  const std::string urdu = "آپ کی ملاقات کی تصدیق ہو گئی ہے۔ براہ کرم اپنی شناخت کا ثبوت ساتھ لائیں۔";
  const auto nastaliq = engine().layout(urdu, style("ur"));
  const auto latin = engine().layout("Your appointment", style("en"));
  CHECK(nastaliq->height() > 1.5F * latin->height());
  for (const double spacing : {0.5, 1.0, 1.5}) {
    for (const char* language : {"en", "ar", "ur", "bn"}) {
      TextStyle tight = style(language, 40, 300);
      tight.line_spacing = spacing;
      const auto paragraph = engine().layout(urdu + " Ǻĝŷ আপনার", tight);
      CHECK(paragraph->ink().y >= 0);
      CHECK(paragraph->ink().bottom() <= paragraph->height());
      for (std::size_t i = 1; i < paragraph->lines().size(); ++i) {
        CHECK(paragraph->lines()[i].top == paragraph->lines()[i - 1].bottom);
      }
    }
  }
  CHECK(engine().line_height(style("ur")) > engine().line_height(style("en")));
  CHECK(engine().line_height(style("en")) == Approx(40 * 1.362).margin(1));
}

TEST_CASE("Lines of one paragraph stand at the same distance, whatever fonts are in each") {
  const std::string mixed =
      "Bring your passport. Opening hours: 09:00 to 17:00 (Monday). "
      "أحضر جواز سفرك معك. Ǻĝŷ Zażółć gęślą jaźń. "
      "Come a few minutes early and say your reference at the desk, 2 of 3.";
  for (const char* language : {"en", "ar", "ur", "bn"}) {
    for (const char* text :
         {mixed.c_str(), "Registered 1837: births, deaths and marriages of all who live here, “as they are”."}) {
      TextStyle how = style(language, 40, 420);
      how.direction = Direction::LeftToRight;
      const auto paragraph = engine().layout(text, how);
      const auto& lines = paragraph->lines();
      REQUIRE(lines.size() >= 3);
      for (std::size_t i = 2; i < lines.size(); ++i) {
        INFO(language << ", line " << i << " of " << text);
        CHECK(lines[i].baseline - lines[i - 1].baseline == Approx(lines[1].baseline - lines[0].baseline).margin(0.01));
      }
    }
  }
}

TEST_CASE("Lines break at the width, inside words only when they must") {
  const auto paragraph = engine().layout(repeated("some words of a text ", 20), style("en", 30, 400));
  CHECK(paragraph->lines().size() > 5);
  CHECK(paragraph->width() == 400);
  for (const Line& line : paragraph->lines()) {
    CHECK(line.width <= 400.01F);
    CHECK((line.begin == 0 || paragraph->text()[line.begin - 1] == ' '));
  }
  for (const char* word : {"Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
                           "https://example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    const auto narrow = engine().layout(word, style("cy", 30, 200));
    CHECK(narrow->lines().size() > 2);
    CHECK(narrow->ink().right() <= 202);
    CHECK(narrow->glyphs().size() == std::string_view(word).size());  // no hyphens were added
  }
  CHECK(engine().layout("a\n\nb", style("en"))->lines().size() == 3);
  CHECK(engine().layout(unbroken("020 7946 0018 020 7946 0018"), style("en", 30, 250))->lines().size() >= 2);
}

TEST_CASE("Numbers, postcodes and codes stay on one line at any width that holds them") {
  const std::string whole[] = {"01632 960200",     "X-Ray",    "at \u206809:00\u2069",
                               "+44 1632 960-200", "NF1 1SW",  "7K3M-9QX4",
                               "e-mail",           "at 09:00", "godz. 09:00"};
  for (const std::string& one : whole) {
    const double needed = engine().layout(one, style("en", 30))->natural_width();
    const std::string text = "Some words and then " + one + ", and some more of them";
    const std::size_t begin = text.find(one), end = begin + one.size();
    for (int width = static_cast<int>(needed) + 20; width < 700; width += 7) {
      const auto paragraph = engine().layout(text, style("en", 30, width));
      for (const Line& line : paragraph->lines()) {
        INFO(one << " at " << width);
        CHECK((line.begin <= begin || line.begin >= end));
      }
    }
    if (needed < 120) continue;  // hardly a letter has room beside another
    // Where it does not fit, it is broken rather than cut off.
    const auto narrow = engine().layout(text, style("en", 30, static_cast<int>(needed) - 30));
    CHECK(narrow->ink().right() <= static_cast<float>(needed) - 28);
  }
  // Ordinary words and sums break where they always did.
  CHECK(engine().layout("12 34 56 and 2024 2025", style("en", 30, 120))->lines().size() >= 2);
}

TEST_CASE("E-mail and web addresses break behind their signs alone, and not behind ://") {
  for (const std::string address : {"register.office@north-field.example", "https://www.kelderby.example/births/deaths",
                                    "www.northfield.example/kelder/by"}) {
    const std::string text = "Write to " + address + ", please";
    const std::size_t begin = text.find(address), end = begin + address.size();
    const double widest = engine().layout("https://www.", style("en", 30))->natural_width();
    for (int width = static_cast<int>(widest) + 10; width < 700; width += 9) {
      const auto paragraph = engine().layout(text, style("en", 30, width));
      for (const Line& line : paragraph->lines()) {
        if (line.begin <= begin || line.begin >= end) continue;
        INFO(text.substr(begin, line.begin - begin) << "|" << text.substr(line.begin) << " at " << width);
        const std::size_t scheme = text.find("://"), host = scheme == std::string::npos ? begin : scheme + 3;
        const std::string_view signs = text.find('/', host) < line.begin ? "@./-" : "@./";
        CHECK(signs.find(text[line.begin - 1]) != std::string_view::npos);
        CHECK_FALSE(std::string_view(text).substr(0, line.begin).ends_with("://"));
      }
    }
  }
}

TEST_CASE("Items of a list go on where their first line's words begin, at the side where reading begins") {
  const bool arabic = GENERATE(false, true);
  const std::string item = arabic ? "\u200f\u2022 جواز السفر أو رخصة القيادة لكل من الوالدين"
                                  : "\u2022 Passport or driving licence of each parent";
  const std::string lead = arabic ? "أحضر معك هذه الأوراق كلها عند القدوم إلى المكتب"
                                  : "Bring all of these papers with you when you come here";
  const auto paragraph = engine().layout(lead + "\n" + item + "\n" + item, style(arabic ? "ar" : "en", 30, 300));
  const auto indent = [&](const Line& line) { return arabic ? 300 - line.x - line.width : line.x; };
  bool in_item = false, begins = true;
  float hang = 0;
  for (const Line& line : paragraph->lines()) {
    const std::string_view rest = std::string_view(paragraph->text()).substr(line.begin);
    if (begins) in_item = !rest.starts_with(lead);
    CHECK(line.x >= -0.01F);
    CHECK(line.x + line.width <= 300.01F);
    if (begins || !in_item) {
      CHECK(indent(line) < 1);
    } else {
      hang = indent(line);
      CHECK(hang > 10);
    }
    begins = line.end < paragraph->text().size() && paragraph->text()[line.end] == '\n';
  }
  CHECK(hang > 10);
}

TEST_CASE("What stands on lines of its own is as tall as it is alone") {
  const auto height_of = [](const Line& line) { return line.bottom - line.top; };
  const auto alone = engine().layout("Buses 2 and 7", style("ar", 30, 300));
  const auto mixed = engine().layout("دقيقة\nBuses 2 and 7", style("ar", 30, 300));
  REQUIRE(mixed->lines().size() == 2);
  CHECK(height_of(mixed->lines().back()) == Approx(height_of(alone->lines().front())));
  CHECK(height_of(mixed->lines().front()) > height_of(mixed->lines().back()));
}

TEST_CASE("A text made to be slow is laid out all the same") {
  for (const char* part : {"1-", "A1-", "0 ", "a-", "a-b ", "\u00e9a", "ab 1:", "+"}) {
    CHECK(engine().layout(repeated(part, 20'000), style("en", 12, 4000))->lines().size() > 1);
  }
}

TEST_CASE("Too many lines end in an ellipsis") {
  TextStyle two = style("en", 30, 300);
  two.max_lines = 2;
  const auto long_text = engine().layout(repeated("some words ", 30), two);
  CHECK(long_text->lines().size() == 2);
  CHECK(long_text->ellipsised());
  CHECK(long_text->natural_width() <= 300.01F);
  // With a whole word, but where one word would leave the line half empty.
  CHECK((long_text->text().ends_with(" some…") || long_text->text().ends_with(" words…")));
  TextStyle one = style("en", 30, 200);
  one.max_lines = 1;
  const auto endless = engine().layout("a " + std::string(60, 'w'), one);
  CHECK(endless->text().starts_with("a w"));
  CHECK(endless->ellipsised());
  const auto many_lines = engine().layout("one\ntwo\nthree\nfour", two);
  CHECK(many_lines->lines().size() == 2);
  CHECK(many_lines->ellipsised());
  CHECK(many_lines->text() == "one\ntwo…");
  CHECK_FALSE(engine().layout("one\ntwo", two)->ellipsised());
}

TEST_CASE("Carets and points find each other") {
  const std::string texts[] = {
      "Hello, world", "Zażółć gęślą\njaźń", "مرحبا بك", "Call مرحبا 123 now", "e\u0301a\u0301", "", "a\n"};
  for (const std::string& text : texts) {
    for (const char* language : {"en", "ar"}) {
      const auto paragraph = engine().layout(text, style(language, 40, 500));
      INFO(text << " in " << language);
      std::size_t byte = 0;
      for (int guard = 0; guard < 100; ++guard) {
        const Rect caret = paragraph->cursor(byte);
        CHECK(caret.height > 0);
        const std::size_t found = paragraph->byte_at(caret.x, caret.y + caret.height / 2);
        // Where two directions meet, two bytes share one place: the same caret is what counts.
        CHECK(paragraph->cursor(found).x == Approx(caret.x).margin(0.5));
        const std::size_t next = paragraph->next_stop(byte);
        if (next == byte) break;
        CHECK(next > byte);
        CHECK(paragraph->previous_stop(next) == byte);
        byte = next;
      }
      CHECK(byte == text.size());
    }
  }
  SECTION("combining marks are one place with their letter") {
    const auto paragraph = engine().layout("e\u0301a", style("en"));
    CHECK(paragraph->next_stop(0) == 3);
    CHECK(paragraph->cursor(1).x == paragraph->cursor(0).x);
  }
  SECTION("carets move with the text") {
    const auto paragraph = engine().layout("iW", style("en"));
    CHECK(paragraph->cursor(0).x == Approx(0));
    CHECK(paragraph->cursor(1).x < paragraph->cursor(2).x - paragraph->cursor(1).x);
    CHECK(paragraph->byte_at(-50, -50) == 0);
    CHECK(paragraph->byte_at(1e6F, 1e6F) == 2);
  }
}

TEST_CASE("Marked ranges mark glyphs and give boxes") {
  const auto paragraph = engine().layout("bin collection day", style("en"), {{4, 14}});
  for (const Glyph& glyph : paragraph->glyphs()) {
    const std::size_t byte = paragraph->byte_at(glyph.x + 1, 10);
    CHECK(glyph.marked == (byte >= 4 && byte < 14));
  }
  const auto boxes = paragraph->boxes({4, 14});
  REQUIRE(boxes.size() == 1);
  CHECK(boxes[0].x == Approx(paragraph->cursor(4).x));
  CHECK(boxes[0].right() == Approx(paragraph->cursor(14).x));
  CHECK(paragraph->boxes({14, 4}).empty());
  CHECK(engine().layout(repeated("word ", 40), style("en", 30, 300))->boxes({0, 199}).size() > 3);
}

TEST_CASE("Layouts are remembered up to a bound, and forgotten when asked") {
  TextEngine::Options options;
  options.cache_bytes = 64 * 1024;
  auto created = TextEngine::create(options);
  REQUIRE(created.ok());
  TextEngine& small = **created;
  const auto first = small.layout("the same", style("en"));
  CHECK(small.layout("the same", style("en")) == first);
  CHECK(small.layout("the same", style("en", 41)) != first);
  CHECK(small.layout("the same", style("cy")) != first);
  CHECK(small.layout("the same", style("en"), {{0, 3}}) != first);
  CHECK(small.counters().hits == 1);
  for (int i = 0; i < 300; ++i) small.layout("text number " + std::to_string(i), style("en"));
  CHECK(small.counters().cached_bytes <= options.cache_bytes);
  CHECK(small.counters().cached_paragraphs > 10);
  CHECK(small.layout("the same", style("en")) != first);  // it had gone
  CHECK(first->text() == "the same");                     // and is still whole for whoever holds it
  small.forget();
  CHECK(small.counters().cached_paragraphs == 0);
  CHECK(small.counters().cached_bytes == 0);
}

TEST_CASE("What is left out is not marked, and the sign before it goes with it") {
  TextStyle one_line = style("en", 30, 320);
  one_line.max_lines = 1;
  const std::string text = "we empty your bins, and your recycling boxes";
  const std::size_t at = text.find("and your");
  const auto cut = engine().layout(text, one_line, {{at, text.size()}});
  INFO(cut->text());
  REQUIRE(cut->ellipsised());
  CHECK(cut->text() == "we empty your bins…");
  CHECK(cut->boxes({at, text.size()}).empty());
  CHECK(std::none_of(cut->glyphs().begin(), cut->glyphs().end(), [](const Glyph& glyph) { return glyph.marked; }));
  CHECK(engine().layout(text, style("en", 30, 4000), {{at, text.size()}})->boxes({at, text.size()}).size() == 1);
}

TEST_CASE("What was kept outlives a visit, and nothing else does") {
  auto created = TextEngine::create();
  REQUIRE(created.ok());
  TextEngine& own = **created;
  const auto waiting = own.layout("What do you need?", style("en"));
  own.keep();
  const std::size_t bytes = own.counters().cached_bytes;
  const auto typed = own.layout("Zofia", style("en"));
  own.forget();
  CHECK(own.counters().cached_paragraphs == 1);
  CHECK(own.counters().cached_bytes == bytes);
  CHECK(own.layout("What do you need?", style("en")) == waiting);
  CHECK(own.layout("Zofia", style("en")) != typed);
}

TEST_CASE("Hostile text is laid out, bounded") {
  const auto invalid = engine().layout("ok\xFF\xC3(\xED\xA0\x80", style("en"));
  CHECK(core::is_valid_utf8(invalid->text()));
  CHECK(invalid->text().starts_with("ok\uFFFD"));
  const auto huge = engine().layout(std::string(1 << 20, 'x'), style("en", 30, 1000));
  CHECK(huge->ellipsised());
  CHECK(huge->text().size() <= kMaxLayoutBytes + 3);
  const auto unwrapped = engine().layout(repeated("مرحبا x ", 100000), style("ar"));
  CHECK(unwrapped->lines().size() == 1);
  TextStyle absurd = style("a language tag that is far too long to be one of BCP 47", -5, -7);
  absurd.line_spacing = std::numeric_limits<double>::quiet_NaN();
  absurd.max_lines = -3;
  CHECK(engine().layout("still here", absurd)->height() > 0);
  CHECK(engine().layout("\u202E\u2066\u2067", style("en"))->height() > 0);
}

TEST_CASE("Each thread may have an engine of its own, and paragraphs cross threads") {
  std::vector<std::thread> threads;
  std::vector<ParagraphPtr> results(4);
  for (std::size_t i = 0; i < results.size(); ++i) {
    threads.emplace_back([&results, i] {
      auto own = TextEngine::create();
      if (!own.ok()) return;
      for (int n = 0; n < 20; ++n) {
        results[i] = (*own)->layout("Hello مرحبا আপনার " + std::to_string(n), style("ar", 30, 200));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& paragraph : results) {
    REQUIRE(paragraph);
    CHECK(paragraph->height() == results[0]->height());
    CHECK(paragraph->glyphs().size() == results[0]->glyphs().size());
  }
}
