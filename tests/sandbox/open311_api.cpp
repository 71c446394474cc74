#include "tests/sandbox/open311_api.h"

#include "kiosk/core/strings.h"
#include "tests/sandbox/open311_filing.h"

namespace kiosk::sandbox {

using core::Json;

struct Open311Api::Context {
  const Call& call;
  const Open311Authority& authority;
  const Open311Behaviour& behaviour;
  std::string endpoint;
  Open311Format format;
  std::int64_t now_s;

  Answer refuse(int status, const std::string& description) const {
    return open311_error(status, description, format, behaviour);
  }
  Answer give(const Json& value, const std::string& outer) const {
    return open311_answer(value, outer, format, behaviour);
  }
};

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kLongestSpan = 90 * kDay;

std::string moment(std::int64_t epoch_s) {
  return core::to_iso8601(core::Instant{std::chrono::seconds{epoch_s}}).substr(0, 19) + "+00:00";
}

std::optional<std::int64_t> seconds_of(const std::string& text) {
  const auto instant = core::parse_iso8601(text);
  if (!instant) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(*instant).time_since_epoch().count();
}

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json number_or_null(const std::string& text) {
  const auto number = core::json_number(Json{{"n", text}}, "n");
  return number ? Json(*number) : Json();
}

Answer unknown_format() { return {404, "text/plain; charset=utf-8", "Unknown format\n", {}}; }

bool holds(const std::string& csv, const std::string& value) {
  const auto parts = core::split(csv, ',');
  return csv.empty() || std::find(parts.begin(), parts.end(), value) != parts.end();
}

// What GET /requests was asked for.
struct Filter {
  std::string numbers, service_codes, statuses;
  std::int64_t start = 0, end = 0;

  static Filter of(const Call& call, std::int64_t now_s) {
    Filter filter{call.param_or_empty("service_request_id"), call.param_or_empty("service_code"),
                  call.param_or_empty("status")};
    const auto start = seconds_of(call.param_or_empty("start_date")), end = seconds_of(call.param_or_empty("end_date"));
    filter.start = start ? *start : end.value_or(now_s) - kLongestSpan;
    filter.end = end ? *end : filter.start + kLongestSpan;
    return filter;
  }
  bool takes(const FiledReport& report) const {
    if (!numbers.empty()) return holds(numbers, report.number);  // it overrides the rest
    return holds(service_codes, report.service_code) && holds(statuses, report.status) && report.filed_at >= start &&
           report.filed_at <= end;
  }
};

}  // namespace

Open311Api::Open311Api(Open311Map authorities, const SandboxClock& clock, Ledger& ledger)
    : authorities_(std::move(authorities)), clock_(clock), ledger_(ledger) {
  add_known();
}

void Open311Api::add_known() {
  for (const auto& [id, authority] : authorities_) {
    for (const Open311Known& known : authority.known) {
      FiledReport report;
      report.authority = id;
      report.service_code = known.service_code;
      report.type = "realtime";
      report.filed_at = report.listed_at = clock_.epoch_s() - known.days_ago * kDay;
      report.latitude = core::json_text(known.object, "lat");
      report.longitude = core::json_text(known.object, "long");
      report.address = core::json_text(known.object, "address");
      report.description = core::json_text(known.object, "description");
      report.status_notes = core::json_text(known.object, "status_notes");
      if (core::json_text(known.object, "status") == "closed") report.status = "closed";
      report.by_client = false;
      reports_.add(std::move(report));
    }
  }
}

std::vector<std::string> Open311Api::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, authority] : authorities_) ids.push_back(id);
  return ids;
}

Answer Open311Api::answer(const Call& call, const std::string& authority, const std::string& rest,
                          const std::string& endpoint, const Open311Behaviour& behaviour) {
  const std::lock_guard lock(mutex_);
  const auto it = authorities_.find(authority);
  const std::size_t dot = rest.rfind('.');
  if (it == authorities_.end() || dot == std::string::npos) return unknown_format();
  const std::string ending = rest.substr(dot);
  const bool json = ending == ".json" && behaviour.json, xml = ending == ".xml" && behaviour.xml;
  if (!json && !xml) return unknown_format();
  Context context{
      call, it->second, behaviour, endpoint, json ? Open311Format::Json : Open311Format::Xml, clock_.epoch_s()};
  std::string path = rest.substr(0, dot);
  if (path.starts_with("/v2/")) path.erase(0, 3);
  return dispatch(context, path);
}

Answer Open311Api::dispatch(Context& context, const std::string& path) {
  const auto after = [&](std::string_view prefix) { return path.substr(prefix.size()); };
  const bool post = context.call.method == "POST";
  if (post && path == "/requests") return file(context);
  if (post || context.call.method != "GET") {
    ledger_.violation("wrong_method", context.endpoint, context.call.method);
    return context.refuse(405, "not a method of this resource");
  }
  judge(context, context.call.query,
        "jurisdiction_id service_request_id service_code start_date end_date status page page_size");
  if (path == "/discovery" && context.behaviour.discovery) return discovery(context);
  if (auto elsewhere = misplaced(context)) return std::move(*elsewhere);
  if (path == "/services") return services(context);
  if (path.starts_with("/services/")) return definition(context, after("/services/"));
  if (path == "/requests" && context.behaviour.requests) return requests(context);
  if (path.starts_with("/requests/") && context.behaviour.requests) return request(context, after("/requests/"));
  if (path.starts_with("/tokens/")) return token(context, after("/tokens/"));
  return context.refuse(404, "no such resource");
}

void Open311Api::judge(const Context& context, const Pairs& given, std::string_view known) {
  const auto names = core::split(known, ' ');
  for (const auto& [name, value] : given) {
    const bool attribute = name.starts_with("attribute[");
    if (!attribute && std::find(names.begin(), names.end(), name) == names.end())
      ledger_.violation("unknown_parameter", context.endpoint, name);
    if (name == "jurisdiction_id" && value.empty())
      ledger_.violation("bad_parameter", context.endpoint, "an empty jurisdiction_id");
    if (name == "api_key" && context.call.method == "GET")
      ledger_.violation("bad_parameter", context.endpoint, "api_key in an address");
  }
}

// A jurisdiction that this back end doesn't serve, or that is missing where several are served.
std::optional<Answer> Open311Api::misplaced(const Context& context) {
  const auto given = context.call.param("jurisdiction_id");
  if (!given || given->empty() || *given == context.authority.jurisdiction_id) return std::nullopt;
  return context.refuse(404, "jurisdiction_id is unknown");
}

Answer Open311Api::discovery(const Context& context) {
  Json formats = Json::array();
  if (context.behaviour.xml) formats.push_back("text/xml");
  if (context.behaviour.json) formats.push_back("application/json");
  const std::string base = "http://" + context.call.header("Host") + "/open311/" + context.authority.id;
  const auto endpoint = [&](const char* specification, const std::string& url, const char* type) {
    return Json{{"specification", specification},
                {"url", url},
                {"changeset", context.behaviour.changeset},
                {"type", type},
                {"formats", formats}};
  };
  Json document{
      {"changeset", context.behaviour.changeset},
      {"contact", "reports@" + context.authority.id + ".example"},
      {"key_service", "Ask the council's web team for a key"},
      {"endpoints", Json::array({endpoint("http://wiki.open311.org/GeoReport_v1", base + "/v1", "production"),
                                 endpoint("http://wiki.open311.org/GeoReport_v2", base + "/test", "test"),
                                 endpoint("http://wiki.open311.org/GeoReport_v2", base + "/v2", "production")})}};
  return context.give(document, "discovery");
}

Answer Open311Api::services(const Context& context) {
  Json list = Json::array();
  for (const Open311Service& service : context.authority.services) list.push_back(service.object);
  return context.give(list, "services");
}

Answer Open311Api::definition(const Context& context, const std::string& service_code) {
  const Open311Service* service = context.authority.find(service_code);
  if (!service) return context.refuse(404, "service_code is unknown");
  if (service->attributes.empty())
    ledger_.violation("bad_parameter", context.endpoint, "the definition of a service without metadata");
  return context.give({{"service_code", service->code}, {"attributes", service->attributes}}, "service_definition");
}

Json Open311Api::as_request(const Context& context, const FiledReport& report) const {
  const Open311Service* service = context.authority.find(report.service_code);
  return {{"service_request_id", report.number},
          {"status", report.status},
          {"status_notes", or_null(report.status_notes)},
          {"service_name", service ? Json(service->name) : Json()},
          {"service_code", report.service_code},
          {"description", context.behaviour.descriptions ? or_null(report.description) : Json()},
          {"agency_responsible", service ? or_null(service->responsible) : Json()},
          {"service_notice", service ? or_null(service->notice) : Json()},
          {"requested_datetime", moment(report.filed_at)},
          {"updated_datetime", moment(report.filed_at)},
          {"expected_datetime", nullptr},
          {"address", or_null(report.address)},
          {"address_id", or_null(report.address_id)},
          {"zipcode", nullptr},
          {"lat", number_or_null(report.latitude)},
          {"long", number_or_null(report.longitude)},
          {"media_url", nullptr}};
}

Answer Open311Api::requests(const Context& context) {
  const Call& call = context.call;
  if (context.behaviour.strict && (call.param("page") || call.param("page_size")))
    return context.refuse(400, "page is no parameter");
  const Filter filter = Filter::of(call, context.now_s);
  if (filter.end - filter.start > kLongestSpan) {
    ledger_.violation("bad_parameter", context.endpoint, "a span of more than 90 days");
    return context.refuse(400, "The span may not exceed 90 days.");
  }
  Json list = Json::array();
  for (const FiledReport* report : reports_.listed(context.authority.id, context.now_s)) {
    if (!context.behaviour.filters || filter.takes(*report)) list.push_back(as_request(context, *report));
  }
  std::size_t first = 0, most = static_cast<std::size_t>(context.behaviour.max_rows);
  if (context.behaviour.paging) {
    const auto page = core::json_integer(Json{{"n", call.param_or_empty("page")}}, "n").value_or(1);
    most = static_cast<std::size_t>(context.behaviour.page_size);
    first = static_cast<std::size_t>(std::max<std::int64_t>(page, 1) - 1) * most;
  }
  Json shown = Json::array();
  for (std::size_t i = first; i < list.size() && shown.size() < most; i++) shown.push_back(list[i]);
  return context.give(shown, "service_requests");
}

Answer Open311Api::request(const Context& context, const std::string& number) {
  const FiledReport* report = reports_.find(context.authority.id, number);
  if (!report || !report->is_listed(context.now_s)) return context.refuse(404, "service_request_id is unknown");
  return context.give(Json::array({as_request(context, *report)}), "service_requests");
}

Answer Open311Api::token(const Context& context, const std::string& token) {
  const FiledReport* report = reports_.find_token(context.authority.id, token);
  if (!report) return context.refuse(404, "token is unknown");
  Json entry{{"token", token}};
  if (report->is_listed(context.now_s)) entry["service_request_id"] = report->number;
  return context.give(Json::array({entry}), "service_requests");
}

Answer Open311Api::file(const Context& context) {
  const std::string type = core::to_lower_ascii(context.call.header("Content-Type"));
  if (!type.starts_with("application/x-www-form-urlencoded"))
    ledger_.violation("wrong_content_type", context.endpoint, "not application/x-www-form-urlencoded");
  if (!context.call.query.empty()) ledger_.violation("unknown_parameter", context.endpoint, "fields in the address");
  const Pairs fields = form_fields(context.call.body);
  judge(context, fields,
        "api_key jurisdiction_id service_code lat long address_string address_id email first_name last_name phone "
        "description device_id account_id media_url");
  ReadForm form = read_form(fields, context.authority);
  for (const std::string& misuse : form.misuse) ledger_.violation("bad_parameter", context.endpoint, misuse);
  if (form.refusal) {
    ledger_.effect("report_refused", {{"backend", context.authority.id}, {"status", form.refusal->status}});
    return context.refuse(form.refusal->status, form.refusal->description);
  }
  form.report.filed_at = form.report.listed_at = context.now_s;
  if (form.report.type == "batch") form.report.listed_at += context.behaviour.token_delay_s;
  const FiledReport& report = reports_.add(std::move(form.report));
  ledger_.effect(
      "report_taken",
      {{"backend", report.authority}, {"service_request_id", report.number}, {"reference", report.reference}});
  if (changed_) changed_(reports_.to_json());
  Json entry{{"service_notice", or_null(context.authority.find(report.service_code)->notice)}, {"account_id", nullptr}};
  if (report.type == "realtime") entry["service_request_id"] = report.number;
  if (report.type == "batch") entry["token"] = report.token;
  return context.give(Json::array({entry}), "service_requests");
}

Json Open311Api::reports_json() {
  const std::lock_guard lock(mutex_);
  return reports_.to_json();
}

core::Status Open311Api::close(const std::string& authority, const std::string& number, const std::string& notes) {
  const std::lock_guard lock(mutex_);
  FiledReport* report = reports_.change(authority, number);
  if (!report) return core::make_error(core::ErrorKind::NotFound, "no such report", authority + ", " + number);
  report->status = "closed";
  report->status_notes = notes;
  if (changed_) changed_(reports_.to_json());
  return {};
}

void Open311Api::restore(const Json& reports) {
  const std::lock_guard lock(mutex_);
  reports_.restore(reports);
}

void Open311Api::reset() {
  const std::lock_guard lock(mutex_);
  reports_.clear();
  add_known();
}

}  // namespace kiosk::sandbox
