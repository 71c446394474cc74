#include "tests/sandbox/config.h"

namespace kiosk::sandbox {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;

core::Status wrong(const std::string& key, const char* expected) {
  return make_error(ErrorKind::Invalid, std::string("expected ") + expected, "config." + key);
}

core::Status read(const Json& value, bool& out, const std::string& key) {
  if (!value.is_boolean()) return wrong(key, "true or false");
  out = value.get<bool>();
  return {};
}

core::Status read(const Json& value, int& out, const std::string& key) {
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > 1'000'000)
    return wrong(key, "a number from 0 to 1000000");
  out = value.get<int>();
  return {};
}

core::Status read(const Json& value, std::string& out, const std::string& key) {
  if (!value.is_string()) return wrong(key, "a text");
  out = value.get<std::string>();
  return {};
}

// The one list of a feed's members: `visit(name, member)` for each plain one.
template <class Behaviour, class Visit>
void visit_feed(Behaviour& feed, Visit visit) {
  visit("filters", feed.filters);
  visit("full_lists", feed.full_lists);
  visit("conditional", feed.conditional);
  visit("taxonomies", feed.taxonomies);
  visit("taxonomy_terms", feed.taxonomy_terms);
  visit("organizations", feed.organizations);
  visit("service_at_locations", feed.service_at_locations);
  visit("sparse_envelope", feed.sparse_envelope);
  visit("page_size", feed.page_size);
  visit("max_page_size", feed.max_page_size);
}

template <class Behaviour, class Visit>
void visit_zms(Behaviour& zms, Visit visit) {
  visit("rate_limit", zms.rate_limit);
  visit("rate_window_s", zms.rate_window_s);
  visit("auth_key_length", zms.auth_key_length);
  visit("maintenance", zms.maintenance);
}

template <class Behaviour, class Visit>
void visit_open311(Behaviour& open311, Visit visit) {
  visit("json", open311.json);
  visit("xml", open311.xml);
  visit("wrapped", open311.wrapped);
  visit("drift", open311.drift);
  visit("discovery", open311.discovery);
  visit("requests", open311.requests);
  visit("descriptions", open311.descriptions);
  visit("filters", open311.filters);
  visit("paging", open311.paging);
  visit("strict", open311.strict);
  visit("html_errors", open311.html_errors);
  visit("page_size", open311.page_size);
  visit("max_rows", open311.max_rows);
  visit("token_delay_s", open311.token_delay_s);
  visit("changeset", open311.changeset);
}

template <class Rules, class Visit>
void visit_rules(Rules& rules, Visit visit) {
  visit("max_connections", rules.max_connections);
  visit("poll_max", rules.poll_max);
  visit("poll_window_s", rules.poll_window_s);
}

// Reads the plain members of `json`; every other member must be among `others`.
template <class Object, class Visitor>
core::Status read_members(const Json& json, const std::string& where, Object& object, Visitor visit_members,
                          std::initializer_list<std::string_view> others = {}) {
  if (!json.is_object()) return wrong(where, "an object");
  for (const auto& [key, value] : json.items()) {
    bool known = std::find(others.begin(), others.end(), key) != others.end();
    core::Status status;
    visit_members(object, [&, &name = key, &given = value](const char* member, auto& target) {
      if (name != member) return;
      known = true;
      status = read(given, target, where + "." + name);
    });
    KIOSK_CHECK(std::move(status));
    if (!known) return make_error(ErrorKind::Invalid, "unknown member", "config." + where + "." + key);
  }
  return {};
}

core::Status read_feed(const Json& json, const std::string& where, FeedBehaviour& feed) {
  KIOSK_CHECK(read_members(json, where, feed, [](auto& object, auto visit) { visit_feed(object, visit); },
                           {"version", "oruk1_style"}));
  if (json.contains("version")) feed.version = core::json_text(json, "version");
  if (!json.contains("oruk1_style")) return {};
  const std::string style = core::json_text(json, "oruk1_style");
  if (style != "schema" && style != "reference") return wrong(where + ".oruk1_style", "\"schema\" or \"reference\"");
  feed.oruk1_style = style == "schema" ? Oruk1Style::Schema : Oruk1Style::Reference;
  return {};
}

core::Status read_open311(const Json& json, const std::string& where, Open311Behaviour& behaviour) {
  return read_members(json, where, behaviour, [](auto& object, auto visit) { visit_open311(object, visit); });
}

// Behaviours by id, "*" for all: `one` reads each.
template <class Behaviour, class Read>
core::Status read_each(const Json& json, const std::string& where, Behaviour& all,
                       std::map<std::string, Behaviour>& different, Read one) {
  if (!json.is_object()) return wrong(where, "an object");
  if (json.contains("*")) {
    KIOSK_CHECK(one(json["*"], where + ".*", all));
    for (auto& [id, behaviour] : different) KIOSK_CHECK(one(json["*"], where + ".*", behaviour));
  }
  for (const auto& [id, members] : json.items()) {
    if (id == "*") continue;
    const auto known = different.find(id);
    Behaviour behaviour = known == different.end() ? all : known->second;
    KIOSK_CHECK(one(members, where + "." + id, behaviour));
    different[id] = behaviour;
  }
  return {};
}

Json feed_json(const FeedBehaviour& feed) {
  Json out{{"version", feed.version}, {"oruk1_style", feed.oruk1_style == Oruk1Style::Schema ? "schema" : "reference"}};
  visit_feed(feed, [&](const char* name, const auto& value) { out[name] = value; });
  return out;
}

Json open311_json(const Open311Behaviour& behaviour) {
  Json out = Json::object();
  visit_open311(behaviour, [&](const char* name, const auto& value) { out[name] = value; });
  return out;
}

}  // namespace

const FeedBehaviour& SandboxConfig::feed(const std::string& id) const {
  const auto it = feeds.find(id);
  return it == feeds.end() ? all_feeds : it->second;
}

const Open311Behaviour& SandboxConfig::reports(const std::string& id) const {
  const auto it = open311.find(id);
  return it == open311.end() ? all_open311 : it->second;
}

core::Status apply_config(const Json& patch, SandboxConfig& config) {
  if (patch.is_null()) return {};
  if (!patch.is_object()) return wrong("(whole)", "an object");
  SandboxConfig next = config;
  for (const auto& [key, value] : patch.items()) {
    if (key == "feeds") {
      KIOSK_CHECK(read_each(value, key, next.all_feeds, next.feeds, read_feed));
    } else if (key == "open311") {
      KIOSK_CHECK(read_each(value, key, next.all_open311, next.open311, read_open311));
    } else if (key == "zms") {
      KIOSK_CHECK(read_members(value, key, next.zms, [](auto& object, auto visit) { visit_zms(object, visit); }));
    } else if (key == "client_rules") {
      KIOSK_CHECK(
          read_members(value, key, next.client_rules, [](auto& object, auto visit) { visit_rules(object, visit); }));
    } else {
      return make_error(ErrorKind::Invalid, "unknown member", "config." + key);
    }
  }
  if (next.zms.auth_key_length != 4 && next.zms.auth_key_length != 64) return wrong("zms.auth_key_length", "4 or 64");
  config = std::move(next);
  return {};
}

Json to_json(const SandboxConfig& config) {
  Json feeds{{"*", feed_json(config.all_feeds)}}, zms = Json::object(), rules = Json::object();
  Json open311{{"*", open311_json(config.all_open311)}};
  for (const auto& [id, behaviour] : config.open311) open311[id] = open311_json(behaviour);
  for (const auto& [id, feed] : config.feeds) feeds[id] = feed_json(feed);
  visit_zms(config.zms, [&](const char* name, const auto& value) { zms[name] = value; });
  visit_rules(config.client_rules, [&](const char* name, const auto& value) { rules[name] = value; });
  return {{"feeds", feeds}, {"zms", zms}, {"open311", open311}, {"client_rules", rules}};
}

}  // namespace kiosk::sandbox
