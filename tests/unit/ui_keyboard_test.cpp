#include <algorithm>

#include "kiosk/ui/keyboard.h"
#include "tests/unit/ui_example.h"

namespace kiosk::ui {
namespace {

bool has_letter(const KeyboardLayout& layout, const std::string& letter) {
  const auto in = [&letter](const auto& row) {
    return std::any_of(row.begin(), row.end(), [&](const auto& l) { return l.plain == letter; });
  };
  return in(layout.extra) || std::any_of(layout.rows.begin(), layout.rows.end(), in);
}

struct Typing {
  core::SecretText text;
  KeyboardKind kind = KeyboardKind::Text;
  FieldResult last;

  void operator()(Ui& ui) {
    const Regions page = ui.regions({.header_mm = 18, .footer_mm = 22, .keyboard = true});
    {
      const Column column(ui, ui.content_column(page.content));
      last = field(ui, "name", {.label = "Name", .value = text, .active = true, .keyboard = kind});
      if (last.changed) text = *last.changed;
      if (last.cleared) text.clear();
    }
    keyboard(ui, page.keyboard, kind);
  }
};

}  // namespace

TEST_CASE("letters of a language that its layout lacks stand in the accent row") {
  for (const char* letter : {"ŵ", "ŷ", "â", "ê", "î", "ô", "û"}) CHECK(has_letter(load_layout("cy").value(), letter));
  for (const char* letter : {"ą", "ć", "ę", "ł", "ń", "ó", "ś", "ź", "ż"})
    CHECK(has_letter(load_layout("pl").value(), letter));
  CHECK(has_letter(load_layout("ar").value(), "ع"));
  CHECK(has_letter(load_layout("uk").value(), "ї"));
  CHECK(load_layout("so").value().language == "en");  // Latin, no layout of its own
}

TEST_CASE("Delete points where it deletes: to the right beside letters that run to the left, and nowhere else") {
  const auto points_right = [](std::string_view language, KeyboardKind kind) {
    for (const auto& row : Keyboard().rows(language, kind))
      for (const KeySpec& key : row)
        if (key.action == KeyAction::Delete) return key.rtl;
    return false;
  };
  CHECK(points_right("ar", KeyboardKind::Text));
  CHECK_FALSE(points_right("ar", KeyboardKind::Postcode));
  CHECK_FALSE(points_right("ar", KeyboardKind::Email));
  CHECK_FALSE(points_right("ar", KeyboardKind::Phone));
  CHECK_FALSE(points_right("pl", KeyboardKind::Text));
}

TEST_CASE("typing on the glass, with capitals and corrections") {
  Panel1080 panel;
  Typing screen;
  const auto draw = [&](Ui& ui) { screen(ui); };
  panel.draw(draw);
  panel.tap(Role::Key, "ui.key.shift");
  panel.draw(draw);
  for (const char* key : {"Z", "o", "r", "ui.key.delete", "e"}) {
    panel.tap(Role::Key, key);
    panel.draw(draw);
  }
  CHECK(screen.text.reveal() == "Zoe");
  panel.tap(Role::Key, "ui.key.space");
  panel.draw(draw);
  CHECK(screen.text.reveal() == "Zoe ");
  panel.tap(Role::Button, "Clear");
  panel.draw(draw);
  CHECK(screen.text.empty());
}

TEST_CASE("keys are at least 12.7 mm, in portrait on 15.6 inches too") {
  const std::string language = GENERATE("en", "cy", "ar");
  Panel1080 panel(language, {1080, 1920, 0.18, 200});
  Typing screen;
  panel.draw([&](Ui& ui) { screen(ui); });
  const auto keys = panel.scene().all(Role::Key);
  REQUIRE(keys.size() > 30);
  for (const Node* key : keys) {
    INFO(language << " " << key->name);
    CHECK(panel.ui().metrics().mm(key->rect.height) >= kMinTargetMm - 0.2);
    CHECK(panel.ui().metrics().mm(key->rect.width) >= kMinTargetMm - 0.4);
  }
}

TEST_CASE("letters on keys grow with the text as far as the keys have room, accents and tails too") {
  const std::string language = GENERATE("en", "cy", "ar");
  const Metrics metrics = GENERATE(Metrics{1920, 1080, 0.248, 200}, Metrics{1080, 1920, 0.248, 200});
  Panel1080 panel(language, metrics);
  Typing screen;
  const auto letter_mm = [&](int size) {  // the tallest
    panel.look.text_size = size;
    panel.draw([&](Ui& ui) { screen(ui); });
    const Picture picture(panel.ui());
    float tallest = 0;
    for (const Node* key : panel.scene().all(Role::Key)) {
      if (key->name.size() > 2) continue;  // a word, or a letter of a script without capitals
      const Rect inside = inset(key->rect, 5);
      const auto inked = [&](float y) {
        const auto sides = picture.ink(inset(inside, -10, 0), y, y + 1);
        return sides.first <= sides.second;
      };
      float top = inside.y, bottom = inside.bottom() - 1;
      INFO(language << " size " << size << " " << key->name);
      CHECK_FALSE(inked(key->rect.y + 2));
      const auto sides = picture.ink(inset(inside, -10, 0), inside.y, inside.bottom());
      CHECK(static_cast<float>(sides.first + sides.second) / 2 == Approx(centre(key->rect).x).margin(5));
      CHECK_FALSE(inked(key->rect.bottom() - 3));
      while (top < bottom && !inked(top)) ++top;
      while (bottom > top && !inked(bottom)) --bottom;
      tallest = std::max(tallest, bottom - top);
    }
    return panel.ui().metrics().mm(tallest);
  };
  const double usual = letter_mm(0);
  CHECK(letter_mm(3) > 1.3 * usual);
}

TEST_CASE("the keyboard is not mirrored in Arabic, and postcodes are Latin capitals") {
  Panel1080 panel("ar");
  Typing screen;
  screen.kind = KeyboardKind::Postcode;
  panel.draw([&](Ui& ui) { screen(ui); });
  const Node* q = panel.scene().find(Role::Key, "Q");
  const Node* p = panel.scene().find(Role::Key, "P");
  REQUIRE(q);
  REQUIRE(p);
  CHECK(q->rect.x < p->rect.x);
  panel.tap(Role::Key, "Q");
  panel.draw([&](Ui& ui) { screen(ui); });
  CHECK(screen.text.reveal() == "Q");
}

TEST_CASE("a whole name can be typed by keypad alone") {
  Panel1080 panel;
  Typing screen;
  const auto draw = [&](Ui& ui) { screen(ui); };
  panel.draw(draw);
  const auto go_to = [&](const std::string& name) {
    for (int i = 0; i < 60; ++i) {
      const Node* at = panel.scene().find(panel.scene().focused);
      if (at && at->name == name) return true;
      const Node* wanted = panel.scene().find(Role::Key, name);
      const bool below = !at || at->row < 0 || wanted->row > at->row;
      panel.key(at && at->row == wanted->row ? (wanted->rect.x > at->rect.x ? NavKey::Right : NavKey::Left)
                : below                      ? NavKey::Down
                                             : NavKey::Up);
      panel.draw(draw);
    }
    return false;
  };
  for (const char* letter : {"a", "n", "n"}) {
    REQUIRE(go_to(letter));
    panel.key(NavKey::Select);
    panel.draw(draw);
  }
  CHECK(screen.text.reveal() == "ann");
}

TEST_CASE("edits keep to the limit and to whole characters") {
  const EditedText hello{core::SecretText(std::string("héllo")), 3};
  CHECK(insert_text(hello, "x", 100).text.reveal() == "héxllo");
  CHECK(insert_text(hello, "x", 6).text.reveal() == "héllo");
  CHECK(delete_before_cursor(hello).text.reveal() == "hllo");
  CHECK(delete_before_cursor({core::SecretText(std::string("e\u0301")), 3}).text.empty());
  CHECK(delete_before_cursor({core::SecretText(std::string("a")), 0}).text.reveal() == "a");
  CHECK(insert_text({}, "a\u202eb\x01", 100).text.reveal() == "ab");  // no controls from outside
}

}  // namespace kiosk::ui
