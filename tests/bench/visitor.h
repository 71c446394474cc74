// A resident for measuring: does the steps of a script to a Session as fingers would, shows every frame in a window,
// and keeps how long each took. The steps are those of tours (tap, type, expect; design section 8), and {"swipe": mm}.
#pragma once

#include <string>
#include <vector>

#include "kiosk/app/session.h"
#include "kiosk/core/json.h"
#include "kiosk/ui/window.h"

namespace kiosk::bench {

enum class Cause {
  Press,    // a finger comes down
  Release,  // it leaves: what was touched acts
  Key,      // either, on a key of the keyboard on the glass
  Scroll,   // a finger drags, or a list runs on by itself
  Answer,   // no touch: something arrived from the background, or a clock moved on
};

// One frame, from before the input was handed in to after it was given to the display. Milliseconds.
struct Sample {
  std::string page;  // the one that was drawn
  Cause cause = Cause::Press;
  std::string step = {};  // of the script
  double draw = 0;        // the state moved on and the screen laid out: Session::input and turn()
  double show = 0;        // pixels made and handed over: Window::present()
  double cpu = 0;         // of this thread, for both: what it would take on a machine with nothing else to do
  double total() const { return draw + show; }
};

// UI thread only.
class Visitor {
 public:
  Visitor(app::Session& session, ui::Window& window, const core::Clock& clock);

  // Invalid: no such step. NotFound: nothing of that role and name appeared within 15 s.
  core::Status run(const core::Json& step);
  // Until nothing is under way.
  core::Status settle();
  // Frames as they come, for so long.
  void rest(core::Milliseconds time);
  const std::vector<Sample>& samples() const { return samples_; }

 private:
  core::Status tap(const core::Json& what);
  core::Status type(const std::string& text);
  core::Status swipe(double mm);
  core::Result<ui::NodeId> await(const core::Json& what);
  const ui::Node* find(ui::Role role, const ui::NamePattern& name) const;
  core::Status touch(ui::NodeId id, Cause down, Cause up);
  const ui::Node* key_of(const std::string& name) const;
  core::Status press_at(ui::Point at, Cause down, Cause up);
  core::Status bring_into_view(ui::NodeId id);
  void point(ui::PointerEvent::Phase phase, ui::Point at, Cause cause);
  void frame(std::optional<ui::InputEvent> event, Cause cause);

  app::Session& session_;
  ui::Window& window_;
  const core::Clock& clock_;
  std::vector<Sample> samples_;
  std::string step_;
};

}  // namespace kiosk::bench
