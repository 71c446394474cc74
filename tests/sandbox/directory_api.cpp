#include "tests/sandbox/directory_api.h"

#include <array>
#include <functional>
#include <set>

#include "kiosk/core/strings.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_array;
using core::json_object;
using core::json_text;

struct Endpoint {
  Dialect dialect;
  std::string_view name;
  std::string_view parameters;  // separated by blanks
  bool FeedBehaviour::*exists;  // null: always
};

// Fact sheet sections 2 to 4.
constexpr std::array<Endpoint, 14> kEndpoints{{
    {Dialect::Hsds3, "services",
     "search page per_page format taxonomy_term_id taxonomy_id organization_id modified_after minimal full", nullptr},
    {Dialect::Hsds3, "taxonomies", "search page per_page format", &FeedBehaviour::taxonomies},
    {Dialect::Hsds3, "taxonomy_terms", "search page per_page format taxonomy_id top_only parent_id",
     &FeedBehaviour::taxonomy_terms},
    {Dialect::Hsds3, "organizations", "search full_service full page per_page format taxonomy_term_id taxonomy_id",
     &FeedBehaviour::organizations},
    {Dialect::Hsds3, "service_at_locations",
     "search taxonomy_term_id taxonomy_id organization_id modified_after full page per_page format postcode proximity",
     &FeedBehaviour::service_at_locations},
    {Dialect::Oruk3, "services",
     "search page per_page taxonomy_term_id taxonomy_id minimum_age maximum_age start_time end_time day", nullptr},
    {Dialect::Oruk3, "taxonomies", "page per_page", &FeedBehaviour::taxonomies},
    {Dialect::Oruk3, "taxonomy_terms", "page per_page taxonomy_id top_only parent_id", &FeedBehaviour::taxonomy_terms},
    {Dialect::Oruk3, "service_at_locations",
     "search page per_page taxonomy_term_id taxonomy_id minimum_age maximum_age start_time end_time day postcode "
     "proximity",
     &FeedBehaviour::service_at_locations},
    {Dialect::Oruk1, "services",
     "text page per_page postcode proximity coverage minimum_age maximum_age taxonomy_type taxonomy_id vocabulary "
     "start_time "
     "end_time day include need circumstance service_type",
     nullptr},
    {Dialect::Oruk1, "taxonomies", "page per_page vocabulary root_only parent_id", &FeedBehaviour::taxonomies},
    {Dialect::Oruk1, "organizations", "page per_page", &FeedBehaviour::organizations},
    {Dialect::Oruk1, "locations", "page per_page", &FeedBehaviour::service_at_locations},
    {Dialect::Oruk1, "reviews", "page per_page service_id", nullptr},
}};

Answer not_found() { return Answer::json({{"error", "Not Found"}}, 404); }

Answer bad_request(const std::string& what) { return Answer::json({{"error", what}}, 400); }

// ---- the objects that are derived from services, each id once ----

using Rows = std::vector<Json>;

void add_once(Rows& rows, std::set<std::string>& seen, Json object) {
  if (!object.empty() && seen.insert(json_text(object, "id")).second) rows.push_back(std::move(object));
}

Rows terms_of(const Feed& feed) {
  Rows rows;
  std::set<std::string> seen;
  for (const Json& service : feed.services) {
    for (const Json& attribute : json_array(service, "attributes"))
      add_once(rows, seen, json_object(attribute, "taxonomy_term"));
  }
  return rows;
}

Rows taxonomies_of(const Feed& feed) {
  Rows rows;
  std::set<std::string> seen;
  for (const Json& term : terms_of(feed)) {
    Json taxonomy = json_object(term, "taxonomy_detail");
    if (const std::string name = json_text(term, "taxonomy"); taxonomy.empty() && !name.empty()) {
      std::string id = json_text(term, "taxonomy_id");
      if (id.empty()) id = uuid_of(name);
      taxonomy = {{"id", id}, {"name", name}, {"description", name}};
    }
    add_once(rows, seen, std::move(taxonomy));
  }
  return rows;
}

Rows organizations_of(const Feed& feed) {
  Rows rows;
  std::set<std::string> seen;
  for (const Json& service : feed.services) add_once(rows, seen, json_object(service, "organization"));
  return rows;
}

Rows places_of(const Feed& feed) {
  Rows rows;
  std::set<std::string> seen;
  for (const Json& service : feed.services) {
    for (Json place : json_array(service, "service_at_locations")) {
      place["service_id"] = json_text(service, "id");
      place["location_id"] = json_text(json_object(place, "location"), "id");
      place["service"] = scalars_of(service);
      add_once(rows, seen, std::move(place));
    }
  }
  return rows;
}

Rows locations_of(const Feed& feed) {
  Rows rows;
  std::set<std::string> seen;
  for (const Json& place : places_of(feed)) add_once(rows, seen, oruk1_location(json_object(place, "location")));
  return rows;
}

Rows derived_rows(const DirectoryRequest& request, std::string_view name) {
  Rows rows;
  const bool oruk1 = request.dialect == Dialect::Oruk1;
  if (name == "taxonomies" && oruk1) {
    for (const Json& term : terms_of(request.feed)) rows.push_back(oruk1_taxonomy(term));
  } else if (name == "taxonomies") {
    rows = taxonomies_of(request.feed);
  } else if (name == "taxonomy_terms") {
    rows = terms_of(request.feed);
  } else if (name == "organizations") {
    for (const Json& one : organizations_of(request.feed)) rows.push_back(oruk1 ? oruk1_organization(one) : one);
  } else if (name == "service_at_locations") {
    rows = places_of(request.feed);
  } else if (name == "locations") {
    rows = locations_of(request.feed);
  }
  if (request.dialect == Dialect::Oruk3) {
    for (Json& row : rows) row = cut_to_oruk3(std::move(row));
  }
  return rows;
}

// ---- services ----

Json service_json(const DirectoryRequest& request, std::size_t index, Detail detail) {
  const Json& service = request.feed.services[index];
  switch (request.dialect) {
    case Dialect::Hsds3:
      return to_hsds3(service, detail);
    case Dialect::Oruk3:
      return to_oruk3(service, detail);
    case Dialect::Oruk1:
      break;
  }
  if (index < request.feed.oruk1.size() && request.feed.oruk1[index].is_object()) return request.feed.oruk1[index];
  return to_oruk1(service, detail, request.behaviour.oruk1_style);
}

bool asks_for(const Call& call, const char* flag) {
  const std::string value = core::to_lower_ascii(call.param_or_empty(flag));
  return value == "true" || value == "1";
}

Json minimal_json(const Json& service) {
  return {{"id", json_text(service, "id")}, {"last_modified", service.value("last_modified", Json())}};
}

// ---- pages ----

struct Page {
  std::int64_t number = 1;
  std::int64_t size = 50;
};

std::optional<std::int64_t> number_param(const Call& call, const char* name, std::int64_t fallback) {
  const auto text = call.param(name);
  if (!text) return fallback;
  return core::json_integer(Json{{name, *text}}, name);
}

Json envelope(const DirectoryRequest& request, const Page& page, std::int64_t total, Json rows) {
  const std::int64_t pages = (total + page.size - 1) / page.size;
  const auto size = static_cast<std::int64_t>(rows.size());
  const bool last = page.number >= pages;
  if (request.dialect == Dialect::Oruk1) {
    return {{"totalElements", total},    {"totalPages", pages}, {"number", page.number},     {"size", size},
            {"first", page.number == 1}, {"last", last},        {"content", std::move(rows)}};
  }
  if (request.behaviour.sparse_envelope) {
    if (rows.empty()) return {{"empty", true}};
    return {{"total_items", total},
            {"page_number", page.number},
            {"size", size},
            {"empty", false},
            {"contents", std::move(rows)}};
  }
  return {{"total_items", total},  {"total_pages", pages},           {"page_number", page.number},
          {"size", size},          {"first_page", page.number == 1}, {"last_page", last},
          {"empty", rows.empty()}, {"contents", std::move(rows)}};
}

// `row(i)` makes the i-th of `total` rows.
Answer paged(const DirectoryRequest& request, Ledger& ledger, std::int64_t total,
             const std::function<Json(std::size_t)>& row) {
  const auto number = number_param(request.call, "page", 1);
  const auto size = number_param(request.call, "per_page", request.behaviour.page_size);
  if (!number || *number < 1 || !size || *size < 1) {
    ledger.violation("bad_parameter", request.endpoint, "page or per_page is not a number from 1");
    return bad_request("page and per_page must be numbers from 1");
  }
  const Page page{*number, std::min<std::int64_t>(*size, std::max(1, request.behaviour.max_page_size))};
  if (page.number > 1 && (page.number - 1) * page.size >= total)
    ledger.violation("page_beyond_end", request.endpoint, "a page after the last one was asked for");
  Json rows = Json::array();
  for (std::int64_t i = (page.number - 1) * page.size; i < std::min(total, page.number * page.size); ++i)
    rows.push_back(row(static_cast<std::size_t>(i)));
  return Answer::json(envelope(request, page, total, std::move(rows)));
}

Answer as_ndjson(std::size_t count, const std::function<Json(std::size_t)>& row) {
  Answer answer{200, "application/x-ndjson", {}, {}};
  for (std::size_t i = 0; i < count; ++i) answer.body += core::dump_json(row(i)) + "\n";
  return answer;
}

Answer list_services(const DirectoryRequest& request, Ledger& ledger) {
  const bool obeys = request.behaviour.filters;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < request.feed.services.size(); ++i) {
    if (!obeys || passes_filters(request.call, request.dialect, request.feed.services[i])) chosen.push_back(i);
  }
  const bool full = request.behaviour.full_lists || (obeys && asks_for(request.call, "full"));
  const bool minimal = obeys && asks_for(request.call, "minimal");
  const auto row = [&](std::size_t i) {
    if (minimal) return minimal_json(request.feed.services[chosen[i]]);
    return service_json(request, chosen[i], full ? Detail::Full : Detail::List);
  };
  if (obeys && request.call.param_or_empty("format") == "ndjson") return as_ndjson(chosen.size(), row);
  return paged(request, ledger, static_cast<std::int64_t>(chosen.size()), row);
}

Answer one_service(const DirectoryRequest& request, const std::string& id) {
  const auto it = request.feed.by_id.find(id);
  return it == request.feed.by_id.end() ? not_found() : Answer::json(service_json(request, it->second, Detail::Full));
}

Answer list_derived(const DirectoryRequest& request, Ledger& ledger, std::string_view name) {
  const Rows rows = derived_rows(request, name);
  const bool full = request.behaviour.full_lists || (request.behaviour.filters && asks_for(request.call, "full"));
  const auto row = [&](std::size_t i) {
    Json out = full || request.dialect == Dialect::Oruk1 ? rows[i] : scalars_of(rows[i]);
    if (name == "service_at_locations" && !full) out["location"] = scalars_of(json_object(rows[i], "location"));
    return out;
  };
  return paged(request, ledger, static_cast<std::int64_t>(rows.size()), row);
}

Answer one_derived(const DirectoryRequest& request, std::string_view name, const std::string& id) {
  for (Json& row : derived_rows(request, name)) {
    if (json_text(row, "id") == id) return Answer::json(row);
  }
  return not_found();
}

Answer vocabularies(const Feed& feed) {
  Json names = Json::array();
  std::set<std::string> seen;
  for (const Json& term : terms_of(feed)) {
    if (seen.insert(json_text(term, "taxonomy")).second) names.push_back(json_text(term, "taxonomy"));
  }
  return Answer::json(names);
}

Answer about(const DirectoryRequest& request) {
  if (request.dialect == Dialect::Oruk1) return not_found();
  std::string version = request.behaviour.version;
  if (version.empty()) version = request.dialect == Dialect::Hsds3 ? "3.0" : "HSDS-UK-3.0";
  // As live feeds have it: the profile's address is the specification's example, the OpenAPI file the international
  // one.
  return Answer::json(
      {{"version", version},
       {"profile", "https://path/to/profile"},
       {"openapi_url", "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"}});
}

// ---- conditional requests ----

std::string tag_of(const std::string& body) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : body) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return "\"" + std::to_string(hash) + "\"";
}

// RFC 9110, section 13: If-None-Match, if given, decides alone.
void make_conditional(const DirectoryRequest& request, Answer& answer) {
  const std::int64_t modified =
      std::chrono::floor<std::chrono::seconds>(request.feed.modified).time_since_epoch().count();
  const std::string tag = tag_of(answer.body);
  answer.headers.emplace_back("ETag", tag);
  answer.headers.emplace_back("Last-Modified", http_date(modified));
  const std::string known = request.call.header("If-None-Match");
  const std::int64_t since = parse_http_date(request.call.header("If-Modified-Since"));
  const bool fresh =
      known.empty() ? since > 0 && since >= modified : known.find(tag) != std::string::npos || known == "*";
  if (!fresh) return;
  answer.status = 304;
  answer.body.clear();
}

void judge_parameters(const DirectoryRequest& request, std::string_view known, Ledger& ledger) {
  const auto names = core::split(known, ' ');
  for (const auto& [name, value] : request.call.query) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      ledger.violation("unknown_parameter", request.endpoint, name);
  }
}

const Endpoint* find_endpoint(const DirectoryRequest& request, std::string_view name) {
  for (const Endpoint& endpoint : kEndpoints) {
    if (endpoint.dialect != request.dialect || endpoint.name != name) continue;
    return endpoint.exists == nullptr || request.behaviour.*endpoint.exists ? &endpoint : nullptr;
  }
  return nullptr;
}

Answer route(const DirectoryRequest& request, Ledger& ledger) {
  std::vector<std::string> parts = core::split(request.rest, '/');
  if (parts.empty()) return about(request);
  if (request.dialect == Dialect::Oruk1 && parts.size() == 1 && parts[0] == "services.json") parts[0] = "services";
  if (request.dialect == Dialect::Oruk1 && parts.size() == 1 && parts[0] == "vocabularies")
    return vocabularies(request.feed);
  const Endpoint* endpoint = find_endpoint(request, parts[0]);
  if (!endpoint || parts.size() > 2) return not_found();
  const bool services = endpoint->name == "services";
  if (parts.size() == 2) {
    judge_parameters(request, services ? "full" : "full full_service", ledger);
    return services ? one_service(request, parts[1]) : one_derived(request, endpoint->name, parts[1]);
  }
  judge_parameters(request, endpoint->parameters, ledger);
  return services ? list_services(request, ledger) : list_derived(request, ledger, endpoint->name);
}

}  // namespace

std::optional<Dialect> dialect_of(std::string_view name) {
  if (name == "hsds3") return Dialect::Hsds3;
  if (name == "oruk3") return Dialect::Oruk3;
  if (name == "oruk1") return Dialect::Oruk1;
  return std::nullopt;
}

Answer answer_directory(const DirectoryRequest& request, Ledger& ledger) {
  if (request.call.method != "GET" && request.call.method != "HEAD") {
    ledger.violation("wrong_method", request.endpoint, request.call.method);
    return Answer::json({{"error", "Method Not Allowed"}}, 405);
  }
  Answer answer = route(request, ledger);
  answer.headers.emplace_back("Access-Control-Allow-Origin", "*");
  if (answer.status == 200 && request.behaviour.conditional) make_conditional(request, answer);
  return answer;
}

}  // namespace kiosk::sandbox
