// What clients asked, what was wrong with it, and what took effect.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "tests/sandbox/clock.h"
#include "tests/sandbox/exchange.h"
#include "tests/sandbox/faults.h"

namespace kiosk::sandbox {

// How clients are judged; see POST /sandbox/config, "client_rules".
struct ClientRules {
  int max_connections = 4;  // open at once under one User-Agent
  int poll_max = 10;        // equal GETs within poll_window_s
  int poll_window_s = 10;
};

// Thread-safe.
class Ledger {
 public:
  explicit Ledger(const SandboxClock& clock) : clock_(clock) {}

  void set_rules(const ClientRules& rules);
  // Every request that came in; status 0: no answer was sent. `endpoint` has ids replaced by {id}.
  void request(const std::string& endpoint, int status, const FaultPlan& plan);
  // Something a client should not do. `detail` names it without personal data.
  void violation(const std::string& rule, const std::string& endpoint, const std::string& detail);
  void effect(const std::string& what, const core::Json& details);
  // Judges what every request must keep: User-Agent, no personal data in the address, no polling.
  void judge(const Call& call, const std::string& endpoint);
  void connections(const std::string& user_agent, int open);

  core::Json to_json() const;             // requests, violations, effects
  void restore(const core::Json& saved);  // from to_json()
  void reset();

 private:
  struct Endpoint {
    std::int64_t count = 0;
    std::map<std::string, std::int64_t> statuses;  // "200"; "none" where no answer was sent
    std::map<std::string, std::int64_t> faults;
    std::string first_at, last_at;
  };
  struct Violation {
    std::string rule, endpoint, detail;
    std::int64_t count = 0;
    std::string first_at, last_at;
  };

  std::string stamp() const { return core::to_iso8601(clock_.now()); }
  void add_violation(const std::string& rule, const std::string& endpoint, const std::string& detail);

  const SandboxClock& clock_;
  mutable std::mutex mutex_;
  ClientRules rules_;
  std::map<std::string, Endpoint> endpoints_;
  std::vector<Violation> violations_;
  core::Json effects_ = core::Json::array();
  std::map<std::string, std::deque<core::Milliseconds>> recent_;  // GETs by User-Agent and address
};

}  // namespace kiosk::sandbox
