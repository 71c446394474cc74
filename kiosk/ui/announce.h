// What is to be said: made from the change between two scenes, as text. Sound comes later and elsewhere; tours record
// this. The words are the catalogue's ("ui.spoken.…").
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "kiosk/text/words.h"
#include "kiosk/ui/scene.h"

namespace kiosk::ui {

struct Utterance {
  enum class Why { Page, Focus, Alert, Value, Asked };
  Why why = Why::Focus;
  std::string text = {};
  std::string language = {};  // BCP 47, of most of it
  bool interrupts = true;     // stop what is being said (EN 301 549 5.1.3.5)
};

// "Continue, button, 2 of 5": name, value, role, state, position, hint. Values of secret nodes are not said unless
// `private_listening` (EN 301 549 5.1.3.8).
std::string spoken(const Node& node, const text::Language& language, bool private_listening = false);

class Announcer {
 public:
  void set_private_listening(bool on) { private_listening_ = on; }
  // Compares with the scene of the last call. `page_serial` another: the page is announced by its heading and alerts.
  void update(const Scene& scene, const text::Language& language, std::uint64_t page_serial);
  void say(std::string text, std::string language);  // asked for: Read aloud
  std::vector<Utterance> take();                     // since the last call, oldest first
  // Everything readable on the page in order, for "Read aloud".
  static std::string whole_page(const Scene& scene, const text::Language& language);
  void reset();

 private:
  std::deque<Utterance> queue_;
  std::uint64_t page_ = 0;
  NodeId focused_ = NodeId::None;
  std::vector<NodeId> alerts_;
  std::string focused_text_;
  bool private_listening_ = false;
};

}  // namespace kiosk::ui
