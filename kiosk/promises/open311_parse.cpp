#include "kiosk/promises/open311_parse.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "kiosk/core/strings.h"
#include "kiosk/promises/plain_text.h"

namespace kiosk::promises::open311 {
namespace {

using core::equals_ignoring_case;
using core::ErrorKind;
using core::Json;
using core::json_bool;
using core::json_number;
using core::json_text;
using core::make_error;
using core::Result;

// Beyond any authority's; a server that sends more is broken.
constexpr std::size_t kMostServices = 5'000;
constexpr std::size_t kMostQuestions = 200;
constexpr std::size_t kMostChoices = 2'000;
constexpr std::size_t kMostRequests = 20'000;
constexpr std::size_t kMostKeywords = 50;
constexpr std::size_t kLongestCode = 200;
constexpr std::size_t kLongestText = 2'000;
constexpr std::size_t kLongestDescription = 20'000;  // 4,000 code points, and what a back end may put around them

core::Error not_a(const char* what) {
  return make_error(ErrorKind::Unsupported, std::string("answer holds no ") + what, "open311");
}

std::string text_of(const Json& object, const char* key, std::size_t most) {
  return plain_text(json_text(object, key), most);
}

std::string markup_of(const Json& object, const char* key, std::size_t most) {
  return plain_text_of_html(json_text(object, key), most);
}

// Codes, numbers and tokens travel back as they came, so they are taken whole or not at all.
std::string id_of(const Json& object, const char* key) {
  const std::string text = json_text(object, key);
  return text.size() <= kLongestCode && plain_text(text, kLongestCode) == text ? text : std::string();
}

std::string group_of(const Json& service) {
  const std::string group = text_of(service, "group", kLongestName);
  if (!group.empty()) return group;
  const Entries groups = entries_in(service, "groups", "group");  // mySociety's, of a kind that is in several
  if (groups.empty() || !groups.front()->is_string()) return {};
  return plain_text(groups.front()->get_ref<const std::string&>(), kLongestName);
}

ReportAnswer answer_of(const std::string& type) {
  if (equals_ignoring_case(type, "batch")) return ReportAnswer::Later;
  if (equals_ignoring_case(type, "blackbox")) return ReportAnswer::Nothing;
  return ReportAnswer::AtOnce;
}

ReportType type_of(const Json& service) {
  ReportType type;
  type.code = id_of(service, "service_code");
  type.name = text_of(service, "service_name", kLongestName);
  if (type.name.empty()) type.name = plain_text(type.code, kLongestName);
  type.description = markup_of(service, "description", kLongestText);
  type.group = group_of(service);
  type.keywords = core::split(text_of(service, "keywords", kLongestText), ',');
  if (type.keywords.size() > kMostKeywords) type.keywords.resize(kMostKeywords);
  type.answer = answer_of(json_text(service, "type"));
  type.has_questions = json_bool(service, "metadata").value_or(false);
  return type;
}

std::vector<ReportQuestion::Choice> choices_of(const Json& attribute) {
  std::vector<ReportQuestion::Choice> choices;
  std::set<std::string> seen;
  for (const Json* value : entries_in(attribute, "values", "value")) {
    ReportQuestion::Choice choice{id_of(*value, "key"), text_of(*value, "name", kLongestName)};
    if (choice.name.empty()) choice.name = choice.key;
    if (choice.key.empty() || choices.size() >= kMostChoices || !seen.insert(choice.key).second) continue;
    choices.push_back(std::move(choice));
  }
  return choices;
}

ReportQuestion::Kind kind_of(const Json& attribute, bool has_choices) {
  using Kind = ReportQuestion::Kind;
  if (!json_bool(attribute, "variable").value_or(true)) return Kind::Notice;
  const std::string datatype = core::to_lower_ascii(json_text(attribute, "datatype"));
  if (datatype == "text") return Kind::Paragraph;
  if (datatype == "number") return Kind::Number;
  if (datatype == "datetime") return Kind::Moment;
  if (datatype == "singlevaluelist" && has_choices) return Kind::OneOf;
  if (datatype == "multivaluelist" && has_choices) return Kind::ManyOf;
  return Kind::Line;
}

std::optional<ReportQuestion> question_of(const Json& attribute) {
  const std::string automated = json_text(attribute, "automated");
  if (automated == "server_set" || automated == "hidden_field") return std::nullopt;
  ReportQuestion question;
  question.code = id_of(attribute, "code");
  question.text = markup_of(attribute, "description", kLongestText);
  question.hint = markup_of(attribute, "datatype_description", kLongestText);
  question.choices = choices_of(attribute);
  question.kind = kind_of(attribute, !question.choices.empty());
  const bool list = question.kind == ReportQuestion::Kind::OneOf || question.kind == ReportQuestion::Kind::ManyOf;
  if (!list) question.choices.clear();
  if (question.kind == ReportQuestion::Kind::Notice) {
    if (question.text.empty()) return std::nullopt;
    return question;
  }
  if (question.code.empty()) return std::nullopt;
  if (question.text.empty()) question.text = question.code;
  question.required = json_bool(attribute, "required").value_or(false);
  return question;
}

// Unsaid orders come last, in the order of the answer.
double order_of(const Json& attribute) { return json_number(attribute, "order").value_or(HUGE_VAL); }

std::optional<core::GeoPoint> point_of(const Json& request) {
  const auto latitude = json_number(request, "lat"), longitude = json_number(request, "long");
  if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) return std::nullopt;
  if (*latitude == 0 && *longitude == 0) return std::nullopt;  // servers say so where they know none
  return core::GeoPoint{*latitude, *longitude};
}

std::optional<core::Instant> instant_of(const Json& request, const char* key) {
  return core::parse_iso8601(json_text(request, key));
}

RemoteReport request_of(const Json& request) {
  RemoteReport report;
  report.request_id = id_of(request, "service_request_id");
  report.closed = equals_ignoring_case(json_text(request, "status"), "closed");
  report.type_code = id_of(request, "service_code");
  report.type_name = text_of(request, "service_name", kLongestName);
  report.description = text_of(request, "description", kLongestDescription);
  report.status_notes = markup_of(request, "status_notes", kLongestText);
  report.address = text_of(request, "address", kLongestName);
  report.point = point_of(request);
  report.requested = instant_of(request, "requested_datetime");
  report.updated = instant_of(request, "updated_datetime");
  report.expected = instant_of(request, "expected_datetime");
  return report;
}

// "service_requests" in the specification, "requests" on some servers, or one alone.
std::optional<Entries> requests_of(const Json& document) {
  for (const char* outer : {"service_requests", "requests"}) {
    auto entries = entries_of(document, outer, "request");
    if (entries) return entries;
  }
  const bool alone = document.is_object() && (document.contains("service_request_id") || document.contains("token"));
  return alone ? std::optional(Entries{&document}) : std::nullopt;
}

}  // namespace

Result<std::vector<Endpoint>> parse_discovery(const Json& document) {
  const bool wrapped = document.is_object() && document.contains("discovery");
  const Json& discovery = wrapped ? document["discovery"] : document;
  if (!discovery.is_object() || !discovery.contains("endpoints")) return not_a("endpoints");
  const std::string changeset = text_of(discovery, "changeset", kLongestName);
  std::vector<Endpoint> endpoints;
  for (const Json* entry : entries_in(discovery, "endpoints", "endpoint")) {
    if (core::to_lower_ascii(json_text(*entry, "specification")).find("georeport_v2") == std::string::npos) continue;
    Endpoint endpoint;
    endpoint.url = text_of(*entry, "url", kLongestText);
    endpoint.changeset = text_of(*entry, "changeset", kLongestName);
    if (endpoint.changeset.empty()) endpoint.changeset = changeset;
    endpoint.production = equals_ignoring_case(json_text(*entry, "type"), "production");
    for (const Json* format : entries_in(*entry, "formats", "format")) {
      const std::string name = format->is_string() ? core::to_lower_ascii(format->get<std::string>()) : std::string();
      endpoint.json = endpoint.json || name.find("json") != std::string::npos;
      endpoint.xml = endpoint.xml || name.find("xml") != std::string::npos;
    }
    endpoints.push_back(std::move(endpoint));
  }
  return endpoints;
}

Result<std::vector<ReportType>> parse_services(const Json& document) {
  const auto entries = entries_of(document, "services", "service");
  if (!entries) return not_a("services");
  if (entries->size() > kMostServices) return make_error(ErrorKind::Unsupported, "more services than any", "open311");
  std::vector<ReportType> types;
  std::set<std::string> seen;
  for (const Json* entry : *entries) {
    ReportType type = type_of(*entry);
    if (!type.code.empty() && seen.insert(type.code).second) types.push_back(std::move(type));
  }
  if (types.empty() && !entries->empty()) return not_a("service that has a code");
  return types;
}

Result<std::vector<ReportQuestion>> parse_definition(const Json& document) {
  const Json* definition = &document;
  if (document.is_array() && document.size() == 1) definition = &document[0];
  if (definition->is_object() && definition->contains("service_definition")) {
    definition = &(*definition)["service_definition"];
  }
  const bool known =
      definition->is_object() && (definition->contains("attributes") || definition->contains("service_code"));
  if (!known) return not_a("service definition");
  Entries attributes = entries_in(*definition, "attributes", "attribute");
  if (attributes.size() > kMostQuestions) {
    return make_error(ErrorKind::Unsupported, "more questions than anybody answers", "open311");
  }
  std::stable_sort(attributes.begin(), attributes.end(),
                   [](const Json* a, const Json* b) { return order_of(*a) < order_of(*b); });
  std::vector<ReportQuestion> questions;
  std::set<std::string> seen;
  for (const Json* attribute : attributes) {
    auto question = question_of(*attribute);
    if (!question) continue;
    const bool asked = question->kind != ReportQuestion::Kind::Notice;
    if (!asked || seen.insert(question->code).second) questions.push_back(std::move(*question));
  }
  return questions;
}

Result<ReportReceipt> parse_receipt(const Json& document, ReportAnswer answer) {
  const auto entries = requests_of(document);
  if (!entries || entries->empty() || !entries->front()->is_object()) return not_a("service request");
  const Json& first = *entries->front();
  ReportReceipt receipt{id_of(first, "service_request_id"), id_of(first, "token"),
                        markup_of(first, "service_notice", kLongestText)};
  const bool named = !receipt.request_id.empty() || !receipt.token.empty();
  if (!named && answer != ReportAnswer::Nothing) return not_a("number and no token");
  return receipt;
}

Result<std::vector<RemoteReport>> parse_requests(const Json& document) {
  const auto entries = requests_of(document);
  if (!entries) return not_a("service requests");
  if (entries->size() > kMostRequests) return make_error(ErrorKind::Unsupported, "more reports than any", "open311");
  std::vector<RemoteReport> reports;
  std::set<std::string> seen;
  for (const Json* entry : *entries) {
    RemoteReport report = request_of(*entry);
    const bool named = !report.request_id.empty() || !report.description.empty() || !report.type_code.empty();
    if (!named) continue;
    const bool repeated = !report.request_id.empty() && !seen.insert(report.request_id).second;
    if (!repeated) reports.push_back(std::move(report));
  }
  // "No such report" must be the back end's word, not what is left of an answer in another form.
  if (reports.empty() && !entries->empty()) return not_a("request that has a number");
  return reports;
}

Result<std::string> parse_token(const Json& document, const std::string& token) {
  const auto entries = requests_of(document);
  if (!entries) return not_a("token");
  for (const Json* entry : *entries) {
    const std::string named = id_of(*entry, "token");
    if (named.empty() || named == token) return id_of(*entry, "service_request_id");
  }
  if (!entries->empty()) return make_error(ErrorKind::Unsupported, "answer is about another token", "open311");
  return std::string();
}

}  // namespace kiosk::promises::open311
