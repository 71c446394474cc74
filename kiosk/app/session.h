// One kiosk running: the visit's state, the toolkit that shows it, and the runner of its effects, tied together. The
// window's loop and the tours drive it alike. UI thread only.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "drivers/scanner/wedge.h"
#include "kiosk/app/background_sync.h"
#include "kiosk/app/effect_runner.h"
#include "kiosk/ui/announce.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/voice.h"
#include "kiosk/visit/update.h"

namespace kiosk::app {

struct SessionOptions {
  std::filesystem::path data_folder;  // over the settings' where not empty
  std::function<void()> wake;         // from any thread: the loop has something to do
  bool audible = false;               // speak aloud when a resident turns the sound on; tours only note what is said
};

class Session {
 public:
  // Opens everything that the settings name. A damaged directory.db is rebuilt; without a usable kiosk.db the session
  // runs and makes no promises.
  static core::Result<std::unique_ptr<Session>> open(std::shared_ptr<const settings::Settings> settings,
                                                     ui::Metrics metrics, const core::Clock& clock,
                                                     SessionOptions options);
  ~Session();

  void input(ui::InputEvent event);
  // Takes what has happened since: answers of the background, ticks. Then draws until nothing changes any more.
  // False: there was nothing to do, and nothing was drawn.
  bool turn();
  void redraw() { dirty_ = true; }
  // When the loop must turn again by itself; nullopt: when woken.
  std::optional<core::Milliseconds> next_wake() const;
  bool idle() const;  // nothing is under way, in the background or on the glass

  ui::Ui& ui() { return *ui_; }
  const visit::State& state() const { return state_; }
  std::vector<ui::Utterance> take_spoken() { return std::exchange(spoken_, {}); }  // said since the last call
  const text::Words& words() const { return *words_; }

 private:
  Session(std::shared_ptr<const settings::Settings> settings, const core::Clock& clock, std::function<void()> wake);
  bool is_of_scanner(const ui::InputEvent& event);
  void release_typed();
  void forget_typed();
  void handle(visit::Event event);
  void draw();
  void speak();
  bool has_voice();
  bool is_heard(const ui::Utterance& one) const;
  core::Milliseconds next_minute() const;

  core::Descriptor data_lock_;
  std::shared_ptr<const settings::Settings> settings_;
  const core::Clock& clock_;
  std::shared_ptr<const text::Words> words_;
  std::unique_ptr<text::TextEngine> engine_;
  std::unique_ptr<ui::Ui> ui_;
  ui::Announcer announcer_;
  std::vector<ui::Utterance> spoken_;
  bool audible_ = false;
  std::unique_ptr<ui::Voice> voice_;  // from the first time that something is to be heard
  bool read_aloud_ = false;           // asked for: the page of the next frame
  std::uint64_t read_page_ = 0;       // the page that is being read to somebody without sound
  visit::State state_;
  scanner::Wedge wedge_;
  std::vector<ui::TextEvent> typed_;  // kept back: it may be a scanner's
  core::Milliseconds typed_until_{};  // monotonic: what comes later is no part of it
  bool dirty_ = true;
  core::Milliseconds minute_{};
  work::Inbox inbox_;
  std::unique_ptr<EffectRunner> runner_;
  std::unique_ptr<BackgroundSync> sync_;
};

}  // namespace kiosk::app
