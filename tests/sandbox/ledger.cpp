#include "tests/sandbox/ledger.h"

#include <set>

namespace kiosk::sandbox {
namespace {

using core::Json;

constexpr std::size_t kMostViolations = 1000;
constexpr std::size_t kMostEndpoints = 5000;
constexpr std::size_t kMostEffects = 100'000;

}  // namespace

void Ledger::set_rules(const ClientRules& rules) {
  const std::lock_guard lock(mutex_);
  rules_ = rules;
}

void Ledger::request(const std::string& endpoint, int status, const FaultPlan& plan) {
  const std::lock_guard lock(mutex_);
  const bool room = endpoints_.size() < kMostEndpoints || endpoints_.count(endpoint);
  Endpoint& entry = endpoints_[room ? endpoint : "(others)"];
  ++entry.count;
  ++entry.statuses[status == 0 ? "none" : std::to_string(status)];
  for (const std::string& name : plan.names) ++entry.faults[name];
  entry.last_at = stamp();
  if (entry.first_at.empty()) entry.first_at = entry.last_at;
}

void Ledger::violation(const std::string& rule, const std::string& endpoint, const std::string& detail) {
  const std::lock_guard lock(mutex_);
  add_violation(rule, endpoint, detail);
}

void Ledger::add_violation(const std::string& rule, const std::string& endpoint, const std::string& detail) {
  for (Violation& known : violations_) {
    if (known.rule != rule || known.endpoint != endpoint || known.detail != detail) continue;
    ++known.count;
    known.last_at = stamp();
    return;
  }
  if (violations_.size() < kMostViolations) violations_.push_back({rule, endpoint, detail, 1, stamp(), stamp()});
}

void Ledger::effect(const std::string& what, const Json& details) {
  const std::lock_guard lock(mutex_);
  if (effects_.size() >= kMostEffects) return;
  Json entry = details;
  entry["effect"] = what;
  entry["at"] = stamp();
  effects_.push_back(std::move(entry));
}

void Ledger::judge(const Call& call, const std::string& endpoint) {
  static const std::set<std::string> kPersonal{"email", "familyName", "telephone", "phone", "first_name", "last_name"};
  const std::lock_guard lock(mutex_);
  if (call.header("User-Agent").empty()) add_violation("missing_user_agent", endpoint, "no User-Agent header");
  for (const auto& [name, value] : call.query) {
    if (kPersonal.count(name)) add_violation("personal_data_in_address", endpoint, name);
  }
  if (call.method != "GET") return;
  std::string key = call.header("User-Agent") + " " + call.path;
  for (const auto& [name, value] : call.query) key += "&" + name + "=" + value;
  if (recent_.size() > kMostEndpoints) recent_.clear();
  const core::Milliseconds now = core::SystemClock().monotonic();
  std::deque<core::Milliseconds>& times = recent_[key];
  times.push_back(now);
  while (now - times.front() > std::chrono::seconds(rules_.poll_window_s)) times.pop_front();
  if (static_cast<int>(times.size()) > rules_.poll_max)
    add_violation("polling_too_fast", endpoint,
                  "more than " + std::to_string(rules_.poll_max) + " equal requests in " +
                      std::to_string(rules_.poll_window_s) + " s");
}

void Ledger::connections(const std::string& user_agent, int open) {
  const std::lock_guard lock(mutex_);
  if (open > rules_.max_connections)
    add_violation("too_many_connections", user_agent,
                  "more than " + std::to_string(rules_.max_connections) + " open at once");
}

Json Ledger::to_json() const {
  const std::lock_guard lock(mutex_);
  Json requests = Json::array(), violations = Json::array();
  for (const auto& [endpoint, entry] : endpoints_) {
    requests.push_back({{"endpoint", endpoint},
                        {"count", entry.count},
                        {"statuses", entry.statuses},
                        {"faults", entry.faults},
                        {"first_at", entry.first_at},
                        {"last_at", entry.last_at}});
  }
  for (const Violation& one : violations_) {
    violations.push_back({{"rule", one.rule},
                          {"endpoint", one.endpoint},
                          {"detail", one.detail},
                          {"count", one.count},
                          {"first_at", one.first_at},
                          {"last_at", one.last_at}});
  }
  return {{"requests", std::move(requests)}, {"violations", std::move(violations)}, {"effects", effects_}};
}

void Ledger::restore(const Json& saved) {
  const std::lock_guard lock(mutex_);
  effects_ = core::json_array(saved, "effects");
  for (const Json& one : core::json_array(saved, "requests")) {
    Endpoint& entry = endpoints_[core::json_text(one, "endpoint")];
    entry.count = core::json_integer(one, "count").value_or(0);
    for (const auto& [status, count] : core::json_object(one, "statuses").items())
      entry.statuses[status] = count.is_number_integer() ? count.get<std::int64_t>() : 0;
    for (const auto& [fault, count] : core::json_object(one, "faults").items())
      entry.faults[fault] = count.is_number_integer() ? count.get<std::int64_t>() : 0;
    entry.first_at = core::json_text(one, "first_at");
    entry.last_at = core::json_text(one, "last_at");
  }
  for (const Json& one : core::json_array(saved, "violations")) {
    violations_.push_back({core::json_text(one, "rule"), core::json_text(one, "endpoint"),
                           core::json_text(one, "detail"), core::json_integer(one, "count").value_or(1),
                           core::json_text(one, "first_at"), core::json_text(one, "last_at")});
  }
}

void Ledger::reset() {
  const std::lock_guard lock(mutex_);
  endpoints_.clear();
  violations_.clear();
  recent_.clear();
  effects_ = Json::array();
}

}  // namespace kiosk::sandbox
