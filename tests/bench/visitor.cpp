#include "tests/bench/visitor.h"

#include <array>
#include <chrono>
#include <ctime>
#include <thread>

namespace kiosk::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Phase = ui::PointerEvent::Phase;

constexpr auto kPatience = std::chrono::seconds(15);
constexpr core::Milliseconds kFingerStep(16);  // touch panels report at 60 Hz and more
constexpr int kSwipeSteps = 8;
constexpr int kMostPages = 60;  // of a list, to be leafed through

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

double thread_cpu_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

const char* name_of(visit::Page page) {
  static constexpr std::array kNames{"start",    "search",  "topics",   "topic",    "service", "area",  "places",
                                     "place",    "office",  "services", "time",     "details", "check", "done",
                                     "manage",   "managed", "cancel",   "code",     "sorry",   "where", "postcode",
                                     "landmark", "known",   "handed",   "question", "r-check", "r-done"};
  static_assert(kNames.size() == static_cast<std::size_t>(visit::Page::ReportDone) + 1);  // in the order of the pages
  return kNames[static_cast<std::size_t>(page)];
}

std::string shown_by(const visit::State& state) {
  static constexpr const char* kOverlays[] = {"", "help", "language", "still there"};
  if (state.overlay != visit::Overlay::None) return kOverlays[static_cast<int>(state.overlay)];
  return name_of(state.page);
}

core::Error not_there(const std::string& what) { return core::make_error(core::ErrorKind::NotFound, what); }

}  // namespace

Visitor::Visitor(app::Session& session, ui::Window& window, const core::Clock& clock)
    : session_(session), window_(window), clock_(clock) {}

void Visitor::frame(std::optional<ui::InputEvent> event, Cause cause) {
  if (window_.wait(clock_, clock_.monotonic()).exposed) session_.redraw();
  const double cpu = thread_cpu_ms();
  const auto begin = Clock::now();
  if (event) session_.input(std::move(*event));
  const bool drawn = session_.turn();
  const auto laid_out = Clock::now();
  if (!drawn) return;
  window_.present(session_.ui());
  const auto end = Clock::now();
  samples_.push_back({.page = shown_by(session_.state()),
                      .cause = cause,
                      .step = step_,
                      .draw = milliseconds(laid_out - begin),
                      .show = milliseconds(end - laid_out),
                      .cpu = thread_cpu_ms() - cpu});
}

void Visitor::point(Phase phase, ui::Point at, Cause cause) {
  frame(ui::PointerEvent{phase, at, 0, clock_.monotonic()}, cause);
}

void Visitor::rest(core::Milliseconds time) {
  const auto until = Clock::now() + time;
  do {
    frame(std::nullopt, session_.ui().next_frame() ? Cause::Scroll : Cause::Answer);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  } while (Clock::now() < until);
}

core::Status Visitor::settle() {
  const auto give_up = Clock::now() + kPatience;
  for (int quiet = 0; quiet < 3;) {
    rest(core::Milliseconds(0));
    quiet = session_.idle() ? quiet + 1 : 0;
    if (Clock::now() > give_up) return core::make_error(core::ErrorKind::Timeout, "something is still under way");
  }
  return {};
}

// What can be acted on comes first, as in tours.
const ui::Node* Visitor::find(ui::Role role, const ui::NamePattern& name) const {
  const ui::Node* found = nullptr;
  const ui::Scene& scene = session_.ui().scene();
  for (const ui::Node* node : scene.all(role)) {
    if (!scene.reachable(*node) || (!name.text.empty() && !name.matches(node->name))) continue;
    if (node->action && !node->state.disabled) return node;
    if (!found) found = node;
  }
  return found;
}

core::Result<ui::NodeId> Visitor::await(const core::Json& what) {
  const auto role = ui::role_from(core::json_text(what, "role"));
  if (!role) return core::make_error(core::ErrorKind::Invalid, "no such role");
  const std::string key = core::json_text(what, "word");
  const auto give_up = Clock::now() + kPatience;
  do {
    KIOSK_CHECK(settle());
    const ui::NamePattern name{key.empty() ? core::json_text(what, "name") : session_.ui().word(key)};
    if (const ui::Node* node = find(*role, name)) return node->id;
  } while (Clock::now() < give_up);
  return not_there("nothing of that role and name appeared on page " + shown_by(session_.state()));
}

// By the page buttons beside a list, as tours do: touches like any other.
core::Status Visitor::bring_into_view(ui::NodeId id) {
  for (int pages = 0; pages < kMostPages; ++pages) {
    const ui::Scene& scene = session_.ui().scene();
    const ui::Node* node = scene.find(id);
    if (!node) return not_there("it is gone");
    if (node->visible.width > 0 && node->visible.height >= node->rect.height / 2) return {};
    const ui::Node* area = scene.find(node->scroll_parent);
    const bool further_down = !area || node->rect.y > area->rect.y;
    const ui::Node* button = find(ui::Role::Button, {session_.ui().word(further_down ? "ui.page_down" : "ui.page_up")});
    if (!button || !button->action) break;
    KIOSK_CHECK(press_at(ui::centre(button->visible), Cause::Press, Cause::Release));
  }
  return not_there("it cannot be brought into view");
}

core::Status Visitor::press_at(ui::Point at, Cause down, Cause up) {
  point(Phase::Down, at, down);
  point(Phase::Up, at, up);
  return settle();
}

core::Status Visitor::touch(ui::NodeId id, Cause down, Cause up) {
  KIOSK_CHECK(bring_into_view(id));
  return press_at(ui::centre(session_.ui().scene().find(id)->visible), down, up);
}

core::Status Visitor::tap(const core::Json& what) {
  KIOSK_TRY(const ui::NodeId id, await(what));
  return touch(id, Cause::Press, Cause::Release);
}

const ui::Node* Visitor::key_of(const std::string& name) const {
  for (const ui::Node* node : session_.ui().scene().all(ui::Role::Key))
    if (node->name == name || node->value == name) return node;
  return nullptr;
}

// Latin letters may be behind the key for another language's.
core::Status Visitor::type(const std::string& text) {
  for (const char character : text) {
    const std::string name = character == ' ' ? session_.ui().word("ui.key.space") : std::string(1, character);
    const ui::Node* key = key_of(name);
    if (const ui::Node* other = key ? nullptr : key_of(session_.ui().word("ui.key.language"))) {
      KIOSK_CHECK(touch(other->id, Cause::Key, Cause::Key));
      key = key_of(name);
    }
    if (!key) return not_there("there is no key \"" + name + "\" on this page of keys");
    KIOSK_CHECK(touch(key->id, Cause::Key, Cause::Key));
  }
  return {};
}

// Up by so many millimetres (down where negative), in the middle of the first scroll area; then what runs on by itself.
core::Status Visitor::swipe(double mm) {
  KIOSK_CHECK(settle());
  const ui::Node* area = nullptr;
  for (const ui::Node& node : session_.ui().scene().nodes())
    if (node.scrolls && !area) area = &node;
  if (!area) return not_there("page " + shown_by(session_.state()) + " has nothing that scrolls");
  ui::Point at = ui::centre(area->visible);
  const float by = session_.ui().px(mm) / kSwipeSteps;
  at.y += by * kSwipeSteps / 2;
  point(Phase::Down, at, Cause::Press);
  for (int i = 0; i < kSwipeSteps; ++i) {
    rest(kFingerStep);
    at.y -= by;
    point(Phase::Move, at, Cause::Scroll);
  }
  point(Phase::Up, at, Cause::Scroll);
  return settle();
}

core::Status Visitor::run(const core::Json& step) {
  step_ = core::dump_json(step);
  if (step.contains("tap")) return tap(step.at("tap"));
  if (step.contains("type")) return type(step.at("type").get<std::string>());
  if (step.contains("swipe")) return swipe(step.at("swipe").get<double>());
  if (step.contains("expect")) {
    const auto found = await(step.at("expect"));
    return found.ok() ? core::Status() : found.error();
  }
  return core::make_error(core::ErrorKind::Invalid, "there is no such step");
}

}  // namespace kiosk::bench
