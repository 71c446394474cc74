#include "tests/sandbox/faults.h"

#include <array>

namespace kiosk::sandbox {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;

// The member that holds a kind's number, and whether the rule must give it.
struct KindInfo {
  std::string_view name;
  FaultKind kind;
  const char* amount_key;
  bool amount_required;
};

constexpr std::array<KindInfo, 13> kKinds{{
    {"latency_ms", FaultKind::LatencyMs, "ms", true},
    {"drip", FaultKind::Drip, "bytes_per_s", true},
    {"cut", FaultKind::Cut, "bytes", true},
    {"wrong_types", FaultKind::WrongTypes, "", false},
    {"status", FaultKind::Status, "status", true},
    {"html", FaultKind::Html, "", false},
    {"empty", FaultKind::Empty, "", false},
    {"truncated_list", FaultKind::TruncatedList, "rows", true},
    {"duplicate_rows", FaultKind::DuplicateRows, "rows", true},
    {"lose_answer", FaultKind::LoseAnswer, "", false},
    {"refuse", FaultKind::Refuse, "", false},
    {"down", FaultKind::Down, "", false},
    {"hang", FaultKind::Hang, "", false},
}};

core::Status check_members(const Json& object, std::initializer_list<std::string_view> known,
                           const std::string& where) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      return make_error(ErrorKind::Invalid, "unknown member \"" + key + "\"", where);
  }
  return {};
}

core::Status read_match(const Json& match, FaultRule& rule, const std::string& where) {
  if (!match.is_object()) return make_error(ErrorKind::Invalid, "\"match\" is not an object", where);
  KIOSK_CHECK(check_members(match, {"method", "path", "target"}, where));
  rule.method = core::json_text(match, "method");
  rule.target = core::json_text(match, "target");
  if (const std::string path = core::json_text(match, "path"); !path.empty()) {
    try {
      rule.path.emplace(path, std::regex::ECMAScript | std::regex::optimize);
    } catch (const std::regex_error& error) {
      return make_error(ErrorKind::Invalid, std::string("\"path\" is no regular expression: ") + error.what(), where);
    }
  }
  return {};
}

core::Status read_kind(const Json& json, FaultRule& rule, const std::string& where) {
  const std::string kind = core::json_text(json, "kind");
  const auto info = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindInfo& k) { return k.name == kind; });
  if (info == kKinds.end()) return make_error(ErrorKind::Invalid, "unknown kind \"" + kind + "\"", where);
  rule.kind = info->kind;
  rule.name = json.contains("name") ? core::json_text(json, "name") : kind;
  if (info->amount_required) {
    const auto amount = core::json_integer(json, info->amount_key);
    if (!amount || *amount < 0)
      return make_error(ErrorKind::Invalid, kind + " needs \"" + info->amount_key + "\", a number from 0", where);
    rule.amount = *amount;
  }
  if (rule.kind == FaultKind::Status && (rule.amount < 200 || rule.amount > 599))
    return make_error(ErrorKind::Invalid, "\"status\" is not within 200..599", where);
  if (rule.kind == FaultKind::Drip && rule.amount == 0)
    return make_error(ErrorKind::Invalid, "\"bytes_per_s\" must be at least 1", where);
  return {};
}

core::Status read_frequency(const Json& json, FaultRule& rule, const std::string& where) {
  if (json.contains("times") && json["times"] != "forever") {
    const auto times = core::json_integer(json, "times");
    if (!times || *times < 0)
      return make_error(ErrorKind::Invalid, "\"times\" is neither a number nor \"forever\"", where);
    rule.times = *times;
  }
  if (json.contains("after")) {
    const auto after = core::json_integer(json, "after");
    if (!after || *after < 0) return make_error(ErrorKind::Invalid, "\"after\" is not a number from 0", where);
    rule.after = *after;
  }
  if (json.contains("probability")) {
    const auto probability = core::json_number(json, "probability");
    if (!probability || *probability < 0 || *probability > 1)
      return make_error(ErrorKind::Invalid, "\"probability\" is not within 0..1", where);
    rule.probability = *probability;
  }
  rule.random.seed(static_cast<std::uint32_t>(core::json_integer(json, "seed").value_or(1)));
  return {};
}

core::Result<FaultRule> read_rule(const Json& json, std::size_t index) {
  const std::string where = "fault " + std::to_string(index);
  if (!json.is_object()) return make_error(ErrorKind::Invalid, "not an object", where);
  KIOSK_CHECK(check_members(
      json,
      {"kind", "name", "match", "times", "after", "probability", "seed", "effect", "ms", "bytes", "bytes_per_s",
       "status", "rows", "retry_after", "error_code", "description", "fields", "fired", "left"},
      where));
  FaultRule rule;
  KIOSK_CHECK(read_kind(json, rule, where));
  if (json.contains("match")) KIOSK_CHECK(read_match(json["match"], rule, where));
  KIOSK_CHECK(read_frequency(json, rule, where));
  if (json.contains("effect")) {
    rule.effect = core::json_bool(json, "effect");
    if (!rule.effect) return make_error(ErrorKind::Invalid, "\"effect\" is neither true nor false", where);
  }
  rule.retry_after = core::json_integer(json, "retry_after");
  rule.error_code = core::json_text(json, "error_code");
  rule.description = core::json_text(json, "description");
  for (const Json& field : core::json_array(json, "fields")) {
    if (field.is_string()) rule.fields.push_back(field.get<std::string>());
  }
  rule.source = json;
  return rule;
}

core::Result<std::vector<FaultRule>> read_rules(const Json& json) {
  const Json* list = &json;
  if (json.is_object() && json.contains("faults")) list = &json["faults"];
  std::vector<FaultRule> rules;
  if (list->is_object()) {
    KIOSK_TRY(FaultRule rule, read_rule(*list, 0));
    rules.push_back(std::move(rule));
    return rules;
  }
  if (!list->is_array()) return make_error(ErrorKind::Invalid, "neither a rule nor an array of rules", "faults");
  for (std::size_t i = 0; i < list->size(); ++i) {
    KIOSK_TRY(FaultRule rule, read_rule((*list)[i], i));
    rules.push_back(std::move(rule));
  }
  return rules;
}

bool below(const std::string& path, const std::string& target) {
  const std::string prefix = "/" + target;
  if (path.compare(0, prefix.size(), prefix) != 0) return false;
  return path.size() == prefix.size() || path[prefix.size()] == '/' || path[prefix.size()] == '?';
}

bool matches(const FaultRule& rule, const std::string& method, const std::string& target) {
  if (!rule.method.empty() && !core::equals_ignoring_case(rule.method, method)) return false;
  const std::string& of = rule.target;
  if (!of.empty() && !below(target, of) && !below(target, "zms/" + of) && !below(target, "open311/" + of)) return false;
  return !rule.path || std::regex_search(target, *rule.path);
}

bool fires(FaultRule& rule) {
  if (rule.after > 0) {
    --rule.after;
    return false;
  }
  if (rule.times == 0) return false;
  if (rule.probability < 1 && std::uniform_real_distribution<double>(0, 1)(rule.random) >= rule.probability)
    return false;
  if (rule.times > 0) --rule.times;
  ++rule.fired;
  return true;
}

Answer status_answer(const FaultRule& rule) {
  Answer answer;
  answer.status = static_cast<int>(rule.amount);
  answer.content_type = "text/plain";
  answer.body = "fault " + std::to_string(rule.amount) + "\n";
  if (!rule.error_code.empty()) {  // as ZMS words its refusals
    answer.content_type = "application/json";
    answer.body = core::dump_json({{"errors", {{{"errorCode", rule.error_code}, {"statusCode", rule.amount}}}}});
  }
  if (!rule.description.empty()) {  // as Open311 does
    answer.content_type = "application/json";
    answer.body = core::dump_json(Json::array({{{"code", rule.amount}, {"description", rule.description}}}));
  }
  if (rule.retry_after) answer.headers.emplace_back("Retry-After", std::to_string(*rule.retry_after));
  return answer;
}

// A page as a captive portal or a broken proxy sends it.
Answer html_answer() {
  return {
      200,
      "text/html; charset=utf-8",
      "<!DOCTYPE html>\n<html><head><title>Please sign in</title></head><body><h1>Network sign-in</h1></body></html>\n",
      {}};
}

void send_instead(FaultPlan& plan, const FaultRule& rule, Answer answer) {
  plan.instead = std::move(answer);
  if (!rule.effect.value_or(false)) plan.effect = false;
}

void join(FaultPlan& plan, const FaultRule& rule) {
  plan.names.push_back(rule.name);
  switch (rule.kind) {
    case FaultKind::LatencyMs:
      plan.latency_ms += rule.amount;
      break;
    case FaultKind::Drip:
      plan.drip_bytes_per_s = rule.amount;
      break;
    case FaultKind::Cut:
      plan.cut_after = rule.amount;
      break;
    case FaultKind::WrongTypes:
      plan.wrong_types = true;
      plan.wrong_fields = rule.fields;
      break;
    case FaultKind::Status:
      send_instead(plan, rule, status_answer(rule));
      break;
    case FaultKind::Html:
      send_instead(plan, rule, html_answer());
      break;
    case FaultKind::Empty:
      send_instead(plan, rule, Answer{});
      break;
    case FaultKind::TruncatedList:
      plan.keep_rows = rule.amount;
      break;
    case FaultKind::DuplicateRows:
      plan.duplicate_rows = rule.amount;
      break;
    case FaultKind::LoseAnswer:
      plan.lose_answer = true;
      break;
    case FaultKind::Refuse:
    case FaultKind::Down:
      plan.refuse = true;
      break;
    case FaultKind::Hang:
      plan.hang = true;
      if (!rule.effect.value_or(false)) plan.effect = false;
      break;
  }
}

// The array that a list answer is about: the body itself, or the first of the envelopes' members.
Json* rows_of(Json& body) {
  if (body.is_array()) return &body;
  if (!body.is_object()) return nullptr;
  for (const char* key : {"contents", "content", "availableDays", "offices", "services", "service_requests"}) {
    if (body.contains(key) && body[key].is_array()) return &body[key];
  }
  return nullptr;
}

Json other_type(const Json& value) {
  if (value.is_string()) return static_cast<std::int64_t>(value.get_ref<const std::string&>().size());
  if (value.is_number() || value.is_boolean()) return value.dump();
  if (value.is_array()) return Json::object({{"0", value.empty() ? Json() : value.front()}});
  if (value.is_object()) return Json::array({value});
  return Json::array();
}

void swap_types(Json& value, const std::vector<std::string>& fields) {
  if (!value.is_structured()) return;
  for (auto it = value.begin(); it != value.end(); ++it) {
    const bool named = value.is_object() && std::find(fields.begin(), fields.end(), it.key()) != fields.end();
    if (named || (fields.empty() && it->is_primitive()))
      *it = other_type(*it);
    else
      swap_types(*it, fields);
  }
}

}  // namespace

core::Status Faults::add(const Json& rules) {
  KIOSK_TRY(std::vector<FaultRule> read, read_rules(rules));
  const std::lock_guard lock(mutex_);
  std::move(read.begin(), read.end(), std::back_inserter(rules_));
  return {};
}

core::Status Faults::replace(const Json& rules) {
  KIOSK_TRY(std::vector<FaultRule> read, read_rules(rules));
  const std::lock_guard lock(mutex_);
  rules_ = std::move(read);
  return {};
}

void Faults::clear() {
  const std::lock_guard lock(mutex_);
  rules_.clear();
}

Json Faults::list() const {
  const std::lock_guard lock(mutex_);
  Json list = Json::array();
  for (const FaultRule& rule : rules_) {
    Json entry = rule.source;
    entry["fired"] = rule.fired;
    entry["left"] = rule.times < 0 ? Json("forever") : Json(rule.times);
    list.push_back(std::move(entry));
  }
  return list;
}

FaultPlan Faults::decide(const std::string& method, const std::string& target) {
  FaultPlan plan;
  if (target.compare(0, 9, "/sandbox/") == 0) return plan;  // the truth is always told
  const std::lock_guard lock(mutex_);
  for (FaultRule& rule : rules_) {
    if (matches(rule, method, target) && fires(rule)) join(plan, rule);
  }
  return plan;
}

void spoil(Answer& answer, const FaultPlan& plan) {
  if (!plan.changes_body() || answer.status != 200) return;
  auto parsed = core::parse_json(answer.body, "answer");
  if (!parsed) return;
  Json body = std::move(*parsed);
  if (Json* rows = rows_of(body)) {
    if (plan.keep_rows >= 0 && rows->size() > static_cast<std::size_t>(plan.keep_rows))
      rows->erase(rows->begin() + plan.keep_rows, rows->end());
    const Json before = *rows;
    for (std::size_t i = 0; i < static_cast<std::size_t>(plan.duplicate_rows) && i < before.size(); ++i)
      rows->push_back(before[i]);
  }
  if (plan.wrong_types) swap_types(body, plan.wrong_fields);
  answer.body = core::dump_json(body);
}

}  // namespace kiosk::sandbox
