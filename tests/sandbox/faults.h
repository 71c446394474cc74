// What goes wrong, when, and how often. Rules come as JSON (README.md); each request gets a plan made of those that
// fire.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "tests/sandbox/exchange.h"

namespace kiosk::sandbox {

enum class FaultKind {
  LatencyMs,
  Drip,
  Cut,
  WrongTypes,
  Status,
  Html,
  Empty,
  TruncatedList,
  DuplicateRows,
  LoseAnswer,
  Refuse,
  Down,
  Hang,
};

struct FaultRule {
  FaultKind kind = FaultKind::Status;
  std::string name;                         // for the ledger; the kind's name where none was given
  std::string method;                       // empty: any
  std::optional<std::regex> path;           // searched in the path with its query
  std::string target;                       // "harbour" or "zms/harbour": everything below it; empty: any
  std::int64_t times = -1;                  // left to fire; -1: for ever
  std::int64_t after = 0;                   // matching requests still let through
  double probability = 1;                   // of firing, for each match
  std::optional<bool> effect;               // whether the back end acts; unset: as the kind says
  std::int64_t amount = 0;                  // ms, bytes, bytes per second, status, rows
  std::optional<std::int64_t> retry_after;  // seconds, with Status
  std::string error_code;                   // with Status: a refusal in the words of ZMS; empty: plain text
  std::string description;                  // with Status: a refusal in Open311's form
  std::vector<std::string> fields;          // for WrongTypes; empty: all
  std::mt19937 random;
  core::Json source;  // as it was given
  std::int64_t fired = 0;
};

// What happens to one request.
struct FaultPlan {
  std::vector<std::string> names;  // the rules that fired
  bool refuse = false;
  bool hang = false;
  bool lose_answer = false;
  std::int64_t latency_ms = 0;
  std::int64_t drip_bytes_per_s = 0;  // 0: off
  std::int64_t cut_after = -1;        // bytes of the body; -1: off
  std::optional<Answer> instead;      // sent in place of the back end's answer
  bool effect = true;                 // whether the back end sees the request
  std::int64_t keep_rows = -1;        // shrink lists to so many; -1: off
  std::int64_t duplicate_rows = 0;    // append so many again
  bool wrong_types = false;
  std::vector<std::string> wrong_fields;

  bool changes_body() const { return keep_rows >= 0 || duplicate_rows > 0 || wrong_types; }
};

// Thread-safe.
class Faults {
 public:
  // `rules`: a rule, an array of them, or an object with "faults". All or none are taken.
  core::Status add(const core::Json& rules);
  core::Status replace(const core::Json& rules);
  void clear();
  core::Json list() const;
  FaultPlan decide(const std::string& method, const std::string& target);

 private:
  mutable std::mutex mutex_;
  std::vector<FaultRule> rules_;
};

// Applies keep_rows, duplicate_rows and wrong_types to a JSON body; other bodies stay as they are.
void spoil(Answer& answer, const FaultPlan& plan);

}  // namespace kiosk::sandbox
