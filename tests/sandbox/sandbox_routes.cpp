// From a request to the pretend back end it is for, and the paths under /sandbox that tests use.
#include <optional>

#include "kiosk/core/files.h"
#include "kiosk/core/log.h"
#include "tests/sandbox/sandbox_impl.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

// What is under /sandbox, and how each may be asked.
constexpr struct {
  std::string_view path, methods;
} kControls[] = {{"/sandbox/ledger", "GET"},       {"/sandbox/faults", "GET, POST, DELETE"},
                 {"/sandbox/config", "GET, POST"}, {"/sandbox/clock", "GET, POST"},
                 {"/sandbox/feeds/{id}", "POST"},  {"/sandbox/reset", "POST"}};
constexpr std::string_view kFeeds = "/sandbox/feeds/";

constexpr std::string_view kCitizenApi[] = {"terminvereinbarung", "api", "citizen"};

Answer not_found(const std::string& what) { return Answer::json({{"error", what}}, 404); }

Answer outcome(const core::Status& status) {
  if (status.ok()) return Answer::json({{"ok", true}});
  return Answer::json({{"error", status.error().describe()}}, 400);
}

// The rest of a path after its first `count` parts, with the slashes as they came.
std::string rest_after(const std::string& path, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at != std::string::npos; ++i) at = path.find('/', at + 1);
  return at == std::string::npos ? std::string() : path.substr(at);
}

// None where there is such a path and it may be asked so; else why not.
std::optional<Answer> misdirected(const Call& call) {
  std::string paths;
  for (const auto& [path, methods] : kControls) {
    const bool feeds = path.starts_with(kFeeds) && call.path.starts_with(kFeeds) && call.path.size() > kFeeds.size();
    if (feeds || call.path == path) {
      if (methods.find(call.method) != std::string_view::npos) return std::nullopt;
      const std::string why = call.path + " takes " + std::string(methods) + ", not " + call.method;
      return Answer::json({{"error", why}}, 405);
    }
    paths += (paths.empty() ? "" : ", ") + std::string(path);
  }
  return not_found("no such path; there are " + paths);
}

bool is_citizen_api(const std::vector<std::string>& parts) {
  return parts.size() >= 5 && parts[0] == "zms" &&
         std::equal(std::begin(kCitizenApi), std::end(kCitizenApi), parts.begin() + 2);
}

}  // namespace

std::string endpoint_of(const std::string& method, const std::string& path) {
  const std::vector<std::string> parts = core::split(path, '/');
  const bool of_feed = parts.size() == 4 && dialect_of(parts[1]);
  // "/open311/B/v2/requests/1001.json": what names one thing is its last part, up to the ending.
  const bool of_reports = parts.size() >= 4 && parts[0] == "open311";
  const std::string& kind = of_reports ? parts[parts.size() - 2] : method;
  if (of_reports && (kind == "services" || kind == "requests" || kind == "tokens")) {
    const std::size_t last = path.rfind('/') + 1, dot = std::max(path.rfind('.'), last);
    return method + " " + path.substr(0, last) + "{id}" + path.substr(std::min(dot, path.size()));
  }
  if (of_feed) return method + " /" + parts[0] + "/" + parts[1] + "/" + parts[2] + "/{id}";
  return method + " " + path;
}

Answer Sandbox::Impl::answer(const Call& call, const FaultPlan& plan) {
  if (call.path.compare(0, 9, "/sandbox/") == 0) return control(call);
  const std::string endpoint = endpoint_of(call.method, call.path);
  ledger.judge(call, endpoint);
  Answer answer;
  if (plan.effect) {
    answer = back_end(call, endpoint);
    spoil(answer, plan);
  }
  if (plan.instead) answer = *plan.instead;
  const bool sent = !plan.lose_answer && !plan.hang;
  ledger.request(endpoint, sent ? answer.status : 0, plan);
  return answer;
}

Answer Sandbox::Impl::back_end(const Call& call, const std::string& endpoint) {
  const std::vector<std::string> parts = core::split(call.path, '/');
  if (is_citizen_api(parts)) return appointments(call, parts, endpoint);
  if (parts.size() >= 3 && parts[0] == "open311") return reports(call, parts, endpoint);
  if (parts.size() >= 2) return directory(call, parts, endpoint);
  return not_found("no such back end");
}

Answer Sandbox::Impl::directory(const Call& call, const std::vector<std::string>& parts, const std::string& endpoint) {
  const auto of = feed(parts[0]);
  const auto dialect = dialect_of(parts[1]);
  if (!of || !dialect) {
    ledger.violation("unknown_back_end", endpoint, "no such feed or dialect");
    return not_found("no such feed");
  }
  const SandboxConfig behaviour = config();
  return answer_directory({call, *of, *dialect, rest_after(call.path, 2), endpoint, behaviour.feed(of->id)}, ledger);
}

Answer Sandbox::Impl::appointments(const Call& call, const std::vector<std::string>& parts,
                                   const std::string& endpoint) {
  return zms.answer(call, parts[1], rest_after(call.path, 5), endpoint, config().zms);
}

Answer Sandbox::Impl::reports(const Call& call, const std::vector<std::string>& parts, const std::string& endpoint) {
  return open311.answer(call, parts[1], rest_after(call.path, 2), endpoint, config().reports(parts[1]));
}

Answer Sandbox::Impl::control(const Call& call) {
  if (auto wrong = misdirected(call)) return std::move(*wrong);
  if (call.path == "/sandbox/ledger") return Answer::json(whole_ledger());
  if (call.path == "/sandbox/faults") return control_faults(call);
  if (call.path == "/sandbox/clock") return control_clock(call);
  if (call.path.starts_with(kFeeds)) return control_feed(call);
  if (call.path == "/sandbox/reset") {
    reset();
    return Answer::json({{"ok", true}});
  }
  if (call.method == "GET") return Answer::json(to_json(config()));
  const auto patch = core::parse_json(call.body, "body");
  return outcome(patch ? configure(*patch) : core::Status(patch.error()));
}

Answer Sandbox::Impl::control_faults(const Call& call) {
  if (call.method == "GET") return Answer::json({{"faults", faults.list()}});
  if (call.method == "DELETE") {
    faults.clear();
    return Answer::json({{"ok", true}});
  }
  const auto body = core::parse_json(call.body, "body");
  if (!body) return outcome(body.error());
  const bool first_clear = body->is_object() && core::json_bool(*body, "clear").value_or(false);
  if (!first_clear) return outcome(faults.add(*body));
  return outcome(faults.replace(body->contains("faults") ? (*body)["faults"] : Json::array()));
}

Answer Sandbox::Impl::control_clock(const Call& call) {
  if (call.method == "POST") {
    const auto body = core::parse_json(call.body, "body");
    if (!body) return outcome(body.error());
    const auto by = core::json_integer(*body, "advance_s");
    if (!by || std::abs(*by) > std::int64_t{10} * 366 * 86'400)
      return outcome(
          core::make_error(core::ErrorKind::Invalid, "\"advance_s\" must be a number within ten years", "clock"));
    clock.advance(*by);
  }
  return Answer::json(
      {{"now", core::to_iso8601(clock.now())}, {"epoch_s", clock.epoch_s()}, {"offset_s", clock.offset_s()}});
}

Answer Sandbox::Impl::control_feed(const Call& call) {
  const auto body = core::parse_json(call.body, "body");
  return outcome(body ? set_feed(call.path.substr(kFeeds.size()), *body) : core::Status(body.error()));
}

Json Sandbox::Impl::whole_ledger() {
  Json out = ledger.to_json();
  out["bookings"] = zms.bookings_json();
  out["slots"] = zms.slots_json();
  out["reports"] = open311.reports_json();
  out["now"] = core::to_iso8601(clock.now());
  out["clock_offset_s"] = clock.offset_s();
  out["faults"] = faults.list();
  return out;
}

core::Status Sandbox::Impl::configure(const Json& patch) {
  const std::lock_guard lock(mutex);
  KIOSK_CHECK(apply_config(patch, behaviours));
  ledger.set_rules(behaviours.client_rules);
  return {};
}

core::Status Sandbox::Impl::set_feed(const std::string& id, const Json& services) {
  KIOSK_TRY(auto feed, make_feed(id, services, core::SystemClock().now()));
  const std::lock_guard lock(mutex);
  feeds[id] = std::move(feed);
  return {};
}

void Sandbox::Impl::reset() {
  {
    const std::lock_guard lock(mutex);
    behaviours = {};
    // It was valid at the start.
    if (auto status = apply_config(first_config, behaviours); !status)
      core::log_error("sandbox.reset", {{"error", status.error()}});
    ledger.set_rules(behaviours.client_rules);
  }
  faults.clear();
  zms.reset();
  {
    const std::lock_guard lock(save_mutex);
    saved_bookings = saved_reports = Json::array();
  }
  ledger.reset();
  clock.set_offset(0);
  open311.reset();  // what is known from the start is dated by the clock
  save();
}

void Sandbox::Impl::books_changed(const Json& bookings) {
  {
    const std::lock_guard lock(save_mutex);
    saved_bookings = bookings;
  }
  save();
}

void Sandbox::Impl::reports_changed(const Json& reports) {
  {
    const std::lock_guard lock(save_mutex);
    saved_reports = reports;
  }
  save();
}

void Sandbox::Impl::save() {
  if (state_file.empty()) return;
  const std::lock_guard lock(save_mutex);
  Json state = ledger.to_json();
  state["bookings"] = saved_bookings;
  state["reports"] = saved_reports;
  state["clock_offset_s"] = clock.offset_s();
  if (auto status = core::write_file_atomically(state_file, core::dump_json(state, 1), core::FileMode::Private);
      !status)
    core::log_error("sandbox.save", {{"error", status.error()}});
}

core::Status Sandbox::Impl::restore() {
  std::error_code error;
  std::filesystem::create_directories(state_file.parent_path(), error);
  if (error) return core::make_error(core::ErrorKind::Io, error.message(), state_file.parent_path().string());
  if (!std::filesystem::exists(state_file, error)) return {};
  KIOSK_TRY(const std::string bytes, core::read_file(state_file));
  KIOSK_TRY(const Json state, core::parse_json(bytes, state_file.string()));
  saved_bookings = core::json_array(state, "bookings");
  zms.restore(saved_bookings);
  saved_reports = core::json_array(state, "reports");
  open311.restore(saved_reports);
  ledger.restore(state);
  clock.set_offset(core::json_integer(state, "clock_offset_s").value_or(0));
  return {};
}

std::shared_ptr<const Feed> Sandbox::Impl::feed(const std::string& id) const {
  const std::lock_guard lock(mutex);
  const auto it = feeds.find(id);
  return it == feeds.end() ? nullptr : it->second;
}

SandboxConfig Sandbox::Impl::config() const {
  const std::lock_guard lock(mutex);
  return behaviours;
}

}  // namespace kiosk::sandbox
