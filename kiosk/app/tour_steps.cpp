#include "kiosk/app/tour_steps.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <thread>

#include "kiosk/app/memory_dump.h"
#include "kiosk/core/files.h"
#include "kiosk/net/answer.h"
#include "kiosk/ui/window.h"

namespace kiosk::app {
namespace {

constexpr auto kPatience = std::chrono::seconds(15);  // for something to appear
constexpr int kMostPages = 60;                        // of a list, to be leafed through
constexpr auto kLoopPause = std::chrono::milliseconds(2);

using RealClock = std::chrono::steady_clock;

core::Status send(const net::Request& request) {
  KIOSK_TRY(const auto client, net::CurlClient::create());
  KIOSK_TRY(const net::Response response, client->send(request, {}));
  return net::check_status(response);
}

}  // namespace

TourSteps::TourSteps(Session& session, core::AdjustableClock& clock, const settings::Settings& settings,
                     const TourOptions& options)
    : session_(session), clock_(clock), settings_(settings), options_(options) {
  pump();
}

core::Status TourSteps::run(const core::Json& step) {
  using Step = core::Status (TourSteps::*)(const core::Json&);
  static constexpr std::array<std::pair<const char*, Step>, 16> kSteps = {
      {{"tap", &TourSteps::tap},
       {"type", &TourSteps::type},
       {"key", &TourSteps::key},
       {"key_to", &TourSteps::key_to},
       {"key_type", &TourSteps::key_type},
       {"printer", &TourSteps::printer},
       {"scan", &TourSteps::scan},
       {"remember", &TourSteps::remember},
       {"expect", &TourSteps::expect},
       {"expect_none", &TourSteps::expect_none},
       {"expect_value", &TourSteps::expect_value},
       {"expect_spoken", &TourSteps::expect_spoken},
       {"faults", &TourSteps::faults},
       {"advance_clock_s", &TourSteps::advance_clock},
       {"shot", &TourSteps::shot},
       {"dump_memory", &TourSteps::dump_memory}}};
  if (!step.is_object() || step.size() != 1)
    return core::make_error(core::ErrorKind::Invalid, "a step is an object of one member");
  if (step.contains("wait_idle")) return wait_idle();
  for (const auto& [name, function] : kSteps) {
    if (step.contains(name)) return (this->*function)(step.at(name));
  }
  return core::make_error(core::ErrorKind::Invalid, "there is no such step");
}

void TourSteps::pump() {
  session_.turn();
  for (ui::Utterance& utterance : session_.take_spoken()) spoken_.push_back(std::move(utterance));
}

// By name, or by the key of the words in the language of the page, so that one tour serves every language. "with" fills
// in the words' places: {"what": "check.when"}, keys again or plain text.
ui::NamePattern TourSteps::pattern_of(const core::Json& what) const {
  const std::string key = core::json_text(what, "word");
  if (key.empty()) return {core::json_text(what, "name")};
  text::Args args;
  for (const auto& [place, value] : core::json_object(what, "with").items()) {
    const std::string given = value.is_string() ? value.get<std::string>() : core::dump_json(value);
    const bool is_word = session_.ui().look().language->has(given);
    args.emplace_back(place, is_word ? session_.ui().word(given) : given);
  }
  return {session_.ui().word(key, args)};
}

// What can be acted on comes first: of the days of a month, the first that is free.
const ui::Node* TourSteps::find(ui::Role role, const ui::NamePattern& name) const {
  const ui::Node* found = nullptr;
  for (const ui::Node* node : session_.ui().scene().all(role)) {
    if (!session_.ui().scene().reachable(*node) || (!name.text.empty() && !name.matches(node->name))) continue;
    if (node->action && !node->state.disabled) return node;
    if (!found) found = node;
  }
  return found;
}

core::Result<ui::NodeId> TourSteps::await(const core::Json& what) {
  const std::optional<ui::Role> role = ui::role_from(core::json_text(what, "role"));
  if (!role) return core::make_error(core::ErrorKind::Invalid, "no such role");
  const auto give_up = RealClock::now() + kPatience;
  for (;;) {
    pump();
    const ui::NamePattern name = pattern_of(what);
    if (const ui::Node* node = find(*role, name)) return node->id;
    if (RealClock::now() > give_up) return missing("no " + core::json_text(what, "role") + " \"" + name.text + "\"");
    std::this_thread::sleep_for(kLoopPause);
  }
}

core::Status TourSteps::press_at(const ui::Node& node) {
  const ui::Point at{node.visible.x + node.visible.width / 2, node.visible.y + node.visible.height / 2};
  using Phase = ui::PointerEvent::Phase;
  for (const Phase phase : {Phase::Down, Phase::Up}) {
    session_.input(ui::PointerEvent{phase, at, 0, clock_.monotonic()});
    pump();
  }
  pump();
  return {};
}

// By the page buttons beside a list, as somebody who does not know about swiping.
core::Status TourSteps::scroll_to(ui::NodeId id) {
  for (int pages = 0; pages < kMostPages; ++pages) {
    const ui::Scene& scene = session_.ui().scene();
    const ui::Node* node = scene.find(id);
    if (!node) return missing("it is gone");
    const bool in_sight =
        node->visible.width >= std::min(node->rect.width, 8.0F) && node->visible.height >= node->rect.height / 2;
    if (in_sight) return {};
    const ui::Node* area = scene.find(node->scroll_parent);
    const bool further_down = !area || node->rect.y > area->rect.y;
    const std::string word = session_.ui().word(further_down ? "ui.page_down" : "ui.page_up");
    const ui::Node* button = find(ui::Role::Button, {word});
    if (!button || !button->action) break;
    KIOSK_CHECK(press_at(*button));
  }
  return missing("it cannot be brought into view");
}

core::Status TourSteps::touch(ui::NodeId id) {
  KIOSK_CHECK(scroll_to(id));
  return press_at(*session_.ui().scene().find(id));
}

core::Status TourSteps::tap(const core::Json& what) {
  KIOSK_TRY(const ui::NodeId id, await(what));
  const ui::Node* node = session_.ui().scene().find(id);
  if (!node->action || node->state.disabled)
    return core::make_error(core::ErrorKind::Refused, "\"" + node->name + "\" does nothing when touched");
  return touch(id);
}

core::Status TourSteps::expect(const core::Json& what) {
  const auto found = await(what);
  return found.ok() ? core::Status() : found.error();
}

core::Status TourSteps::expect_none(const core::Json& what) {
  pump();
  const std::optional<ui::Role> role = ui::role_from(core::json_text(what, "role"));
  if (!role) return core::make_error(core::ErrorKind::Invalid, "no such role");
  if (!find(*role, pattern_of(what))) return {};
  return core::make_error(core::ErrorKind::Refused, "it is there");
}

// What stands in a text box, to the last letter.
core::Status TourSteps::expect_value(const core::Json& what) {
  KIOSK_TRY(const ui::NodeId id, await(what));
  const std::string& value = session_.ui().scene().find(id)->value;
  if (value == core::json_text(what, "value")) return {};
  return core::make_error(core::ErrorKind::Refused, "\"" + value + "\" stands there");
}

core::Status TourSteps::expect_spoken(const core::Json& what) {
  if (!what.is_string() && !what.contains("word"))
    return core::make_error(core::ErrorKind::Invalid, "expect_spoken needs a text");
  const ui::NamePattern pattern = what.is_string() ? ui::NamePattern{what.get<std::string>()} : pattern_of(what);
  const bool said =
      std::any_of(spoken_.begin(), spoken_.end(), [&](const ui::Utterance& one) { return pattern.matches(one.text); });
  if (said) return {};
  std::string heard;
  for (const ui::Utterance& one : spoken_) heard += "\"" + one.text + "\" ";
  return core::make_error(core::ErrorKind::NotFound, "that was not said; heard: " + heard);
}

core::Result<std::string> TourSteps::sandbox_url() const {
  for (const settings::SourceEntry& source : settings_.sources) {
    const std::size_t host = source.url.find("://");
    if (host == std::string::npos) continue;
    return source.url.substr(0, source.url.find('/', host + 3));
  }
  return core::make_error(core::ErrorKind::Invalid, "no source is configured, so there is no sandbox to ask");
}

core::Status TourSteps::faults(const core::Json& what) {
  KIOSK_TRY(const std::string base, sandbox_url());
  net::Request request;
  request.method = what.is_null() || what.empty() ? net::Method::Delete : net::Method::Post;
  request.url = base + "/sandbox/faults";
  request.headers.add("Content-Type", "application/json");
  if (request.method == net::Method::Post) request.body = core::SecretText(core::dump_json(what));
  core::Status done;
  std::thread asking([&] { done = send(request); });  // the network is never asked on the UI thread
  asking.join();
  return done;
}

// A printer that cannot print: a file stands where its folder was.
core::Status TourSteps::printer(const core::Json& what) {
  const std::filesystem::path folder = settings_.printer.directory, away = folder.string() + ".away";
  std::error_code error;
  if (what == "broken") {
    std::filesystem::create_directories(folder, error);
    std::filesystem::rename(folder, away, error);
    if (error) return core::make_error(core::ErrorKind::Io, error.message(), folder.string());
    return core::write_file_atomically(folder, "broken by the tour");
  }
  if (what != "mended") return core::make_error(core::ErrorKind::Invalid, "printer is \"broken\" or \"mended\"");
  std::filesystem::remove(folder, error);
  std::filesystem::rename(away, folder, error);
  if (error) return core::make_error(core::ErrorKind::Io, error.message(), folder.string());
  return {};
}

core::Status TourSteps::wait_idle() {
  const auto give_up = RealClock::now() + 4 * kPatience;
  int quiet = 0;
  while (quiet < 3) {
    pump();
    quiet = session_.idle() ? quiet + 1 : 0;
    if (RealClock::now() > give_up) return core::make_error(core::ErrorKind::Timeout, "something is still under way");
    std::this_thread::sleep_for(kLoopPause);
  }
  return {};
}

core::Status TourSteps::advance_clock(const core::Json& what) {
  if (!what.is_number()) return core::make_error(core::ErrorKind::Invalid, "advance_clock_s needs a number");
  clock_.advance(core::Milliseconds(static_cast<std::int64_t>(what.get<double>() * 1000)));
  pump();
  return {};
}

core::Status TourSteps::shot(const core::Json& what) {
  if (!what.is_string()) return core::make_error(core::ErrorKind::Invalid, "shot needs a name");
  KIOSK_CHECK(wait_idle());
  char number[8];
  std::snprintf(number, sizeof number, "%02zu-", ++pictures_);
  return save(number + what.get<std::string>(), true);
}

// What a core dump would hold of what was written: for a test to search for what a visit may have left.
core::Status TourSteps::dump_memory(const core::Json& what) {
  if (!what.is_string()) return core::make_error(core::ErrorKind::Invalid, "dump_memory needs a name");
  KIOSK_CHECK(wait_idle());
  return write_memory(options_.out / (what.get<std::string>() + ".memory"));
}

void TourSteps::picture_of_failure() {
  pump();
  (void)save("failed", false);
}

core::Status TourSteps::save(const std::string& name, bool judge) {
  KIOSK_TRY(const std::string png, ui::screenshot_png(session_.ui()));
  KIOSK_CHECK(core::write_file_atomically(options_.out / (name + ".png"), png));
  const core::Json scene = ui::to_json(session_.ui().scene());
  KIOSK_CHECK(core::write_file_atomically(options_.out / (name + ".scene.json"), core::dump_json(scene, 1)));
  if (!judge) return {};
  std::string faults;
  for (const ui::SceneFault& fault : ui::check(session_.ui().scene())) {
    problems_.push_back(name + ": " + fault.what);
    faults += (faults.empty() ? "" : "; ") + fault.what;
  }
  if (faults.empty() || !options_.strict_scenes) return {};
  return core::make_error(core::ErrorKind::Refused, "the scene is faulty: " + faults);
}

core::Error TourSteps::missing(const std::string& what) const {
  return core::make_error(core::ErrorKind::NotFound, what + "; on the screen: " + on_screen());
}

std::string TourSteps::on_screen() const {
  std::string names;
  for (const ui::Node& node : session_.ui().scene().nodes()) {
    if (node.role == ui::Role::Key || names.size() > 1500) continue;
    names += (names.empty() ? "" : ", ") + std::string(ui::to_string(node.role)) + " \"" + node.name + "\"";
  }
  return names;
}

}  // namespace kiosk::app
