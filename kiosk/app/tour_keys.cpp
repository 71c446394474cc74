// The steps of a tour that go by keys: the keyboard on the glass, the keypad, the scanner.
#include <array>
#include <regex>

#include "kiosk/app/tour_steps.h"

namespace kiosk::app {
namespace {

// A key may be on another page of keys: capitals, then digits and signs, then letters, then another alphabet's, and its
// capitals.
constexpr std::array<const char*, 7> kPages = {
    "", "ui.key.shift", "ui.key.shift", "ui.key.symbols", "ui.key.letters", "ui.key.language", "ui.key.shift"};
constexpr int kMostKeys = 400;  // of the keypad, on the way to one control

// Splits into what a keyboard has a key for: single code points.
std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> list;
  for (const char c : text) {
    if (list.empty() || (static_cast<unsigned char>(c) & 0xC0) != 0x80) list.emplace_back();
    list.back() += c;
  }
  return list;
}

}  // namespace

const ui::Node* TourSteps::key_named(std::string_view character) const {
  for (const ui::Node* key : session_.ui().scene().all(ui::Role::Key)) {
    if (key->name == character || key->value == character) return key;
  }
  return nullptr;
}

core::Status TourSteps::press_key(std::string_view character) {
  const auto press_named = [&](std::string_view word) -> core::Status {
    const ui::Node* key = session_.ui().scene().find(ui::Role::Key, session_.ui().word(word));
    return key ? touch(key->id) : core::Status();
  };
  if (character == " ") return press_named("ui.key.space");
  for (const char* page : kPages) {
    if (*page) KIOSK_CHECK(press_named(page));
    if (const ui::Node* key = key_named(character)) return touch(key->id);
  }
  return missing("no key \"" + std::string(character) + "\"");
}

// What the page says, to be typed or scanned later: what a resident takes away on paper. "name" is a regular
// expression; its first match in anything on the page counts.
core::Status TourSteps::remember(const core::Json& what) {
  pump();
  const std::regex wanted(core::json_text(what, "name"), std::regex::ECMAScript);
  for (const ui::Node& node : session_.ui().scene().nodes()) {
    std::smatch match;
    for (const std::string* text : {&node.name, &node.value}) {
      if (!std::regex_search(*text, match, wanted)) continue;
      remembered_ = match.str();
      return {};
    }
  }
  return missing("nothing like that is said");
}

// A text, or {"remembered": true}.
core::Result<std::string> TourSteps::text_of(const core::Json& what) const {
  if (what.is_string()) return what.get<std::string>();
  if (what.is_object() && what.contains("remembered") && !remembered_.empty()) return remembered_;
  return core::make_error(core::ErrorKind::Invalid, "a text is needed, or something that was remembered");
}

core::Status TourSteps::type(const core::Json& what) {
  // Written backwards, a text is nowhere in this process but where the kiosk itself put it.
  if (const std::string backwards = core::json_text(what, "backwards"); !backwards.empty()) {
    const std::vector<std::string> list = characters(backwards);
    for (auto each = list.rbegin(); each != list.rend(); ++each) KIOSK_CHECK(press_key(*each));
    return {};
  }
  KIOSK_TRY(const std::string text, text_of(what));
  for (const std::string& character : characters(text)) KIOSK_CHECK(press_key(character));
  return {};
}

core::Status TourSteps::key(const core::Json& what) {
  static const std::vector<std::pair<std::string, ui::NavKey>> kKeys = {
      {"up", ui::NavKey::Up},          {"down", ui::NavKey::Down},          {"left", ui::NavKey::Left},
      {"right", ui::NavKey::Right},    {"select", ui::NavKey::Select},      {"back", ui::NavKey::Back},
      {"page_up", ui::NavKey::PageUp}, {"page_down", ui::NavKey::PageDown}, {"help", ui::NavKey::Help}};
  for (const auto& [name, key] : kKeys) {
    if (what != name) continue;
    return press(key);
  }
  return core::make_error(core::ErrorKind::Invalid, "there is no such key");
}

// Scanners type: the text, then Enter.
core::Status TourSteps::scan(const core::Json& what) {
  KIOSK_TRY(const std::string text, text_of(what));
  session_.input(ui::TextEvent{ui::TextEvent::Edit::Insert, text, clock_.monotonic()});
  pump();
  session_.input(ui::TextEvent{ui::TextEvent::Edit::Enter, {}, clock_.monotonic()});
  pump();
  return {};
}

core::Status TourSteps::press(ui::NavKey key) {
  session_.input(ui::NavEvent{key, clock_.monotonic()});
  pump();
  return {};
}

// Down from control to control, as somebody who only has the keypad and listens.
core::Status TourSteps::key_to(const core::Json& what) {
  KIOSK_TRY(const ui::NodeId id, await(what));
  for (int keys = 0; keys < kMostKeys; ++keys) {
    if (session_.ui().scene().focused == id) return {};
    KIOSK_CHECK(press(ui::NavKey::Down));
  }
  return missing("focus never came to it");
}

// By rows, then along the row.
core::Status TourSteps::key_to_key(std::string_view character) {
  for (int keys = 0; keys < kMostKeys; ++keys) {
    const ui::Scene& scene = session_.ui().scene();
    const ui::Node* target = key_named(character);
    const ui::Node* at = scene.find(scene.focused);
    if (!target) return missing("no key \"" + std::string(character) + "\"");
    if (at == target) return {};
    if (!at || at->role != ui::Role::Key || at->row < target->row) {
      KIOSK_CHECK(press(ui::NavKey::Down));
    } else if (at->row > target->row) {
      KIOSK_CHECK(press(ui::NavKey::Up));
    } else {
      KIOSK_CHECK(press(at->rect.x < target->rect.x ? ui::NavKey::Right : ui::NavKey::Left));
    }
  }
  return missing("focus never came to the key \"" + std::string(character) + "\"");
}

core::Status TourSteps::select_key(std::string_view name) {
  KIOSK_CHECK(key_to_key(name));
  return press(ui::NavKey::Select);
}

core::Status TourSteps::key_type(const core::Json& what) {
  if (!what.is_string()) return core::make_error(core::ErrorKind::Invalid, "key_type needs a text");
  for (const std::string& character : characters(what.get<std::string>())) {
    for (const char* page : kPages) {
      if (*page && key_named(session_.ui().word(page))) KIOSK_CHECK(select_key(session_.ui().word(page)));
      if (key_named(character)) break;
    }
    KIOSK_CHECK(select_key(character));
  }
  return {};
}

}  // namespace kiosk::app
