// Speaks what the Announcer gives: libespeak-ng to samples, SDL to the loudspeaker or headset. Sound never says what is
// not also on the screen.
#pragma once

#include <memory>
#include <string>

#include "kiosk/core/result.h"

namespace kiosk::ui {

// Any thread; one instance a process (libespeak-ng is global and not thread-safe, so one thread of its own
// synthesises).
class Voice {
 public:
  // Unavailable: there is no sound device, or espeak-ng's data are missing.
  static core::Result<std::unique_ptr<Voice>> create();
  ~Voice();
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;

  // Says `text` in `language` (BCP 47). `interrupts`: what is being said stops first, else this follows it. A language
  // without a voice is not spoken at all: never in another language's sounds.
  void speak(std::string text, std::string language, bool interrupts);
  // Silent within one device buffer (23 ms), and nothing waits any more.
  void stop();
  // Nothing is being said or waits. For tests.
  bool silent() const;

 private:
  struct State;
  explicit Voice(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiosk::ui
