#include "tests/sandbox/zms_api.h"

#include <set>

#include "kiosk/core/strings.h"
#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

struct ErrorInfo {
  int status;
  const char* type;
};

ErrorInfo info_of(const std::string& code) {
  static const std::map<std::string, ErrorInfo> kKnown{
      {"notFound", {404, "error"}},
      {"appointmentNotAvailable", {404, "error"}},
      {"appointmentNotFound", {404, "error"}},
      {"noAppointmentForThisDay", {404, "warning"}},
      {"noAppointmentForThisScope", {404, "warning"}},
      {"requestMethodNotAllowed", {405, "error"}},
      {"emailIsRequired", {406, "error"}},
      {"telephoneIsRequired", {406, "error"}},
      {"authKeyMismatch", {406, "error"}},
      {"appointmentCanNotBeCanceled", {406, "error"}},
      {"tooManyAppointmentsWithSameMail", {406, "error"}},
      {"processNotReservedAnymore", {409, "error"}},
      {"processNotPreconfirmedAnymore", {409, "error"}},
      {"rateLimitExceeded", {429, "warning"}},
      {"serviceUnavailable", {503, "error"}},
      {"unknownError", {520, "error"}},
  };
  const auto it = kKnown.find(code);
  return it == kKnown.end() ? ErrorInfo{400, "warning"} : it->second;
}

constexpr const char* kDaysParameters = "officeId serviceId serviceCount startDate endDate captchaToken";
constexpr const char* kTimesParameters = "officeId serviceId serviceCount date captchaToken";

bool is_json_post(const Call& call) {
  return core::to_lower_ascii(call.header("Content-Type")).compare(0, 16, "application/json") == 0;
}

}  // namespace

Answer zms_errors(const std::vector<std::string>& codes) {
  Json errors = Json::array();
  int status = 0;
  for (const std::string& code : codes) {
    const ErrorInfo info = info_of(code);
    errors.push_back({{"errorCode", code},
                      {"statusCode", info.status},
                      {"errorMessage", "Sandbox: " + code + "."},
                      {"errorType", info.type}});
    status = std::max(status, info.status);
  }
  return Answer::json({{"errors", std::move(errors)}}, status);
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == text.npos;
}

std::vector<std::int64_t> csv_numbers(const std::string& text) {
  std::vector<std::int64_t> numbers;
  for (const std::string& part : core::split(text, ',')) {
    if (!all_digits(part)) return {};
    numbers.push_back(std::stoll(part));
  }
  return numbers;
}

std::string ZmsApi::check_visit(const Context& context, const std::vector<std::int64_t>& offices,
                                const std::vector<std::pair<std::int64_t, int>>& services) const {
  for (const std::int64_t id : offices) {
    const auto office = context.authority.offices.find(id);
    const int slots = slots_needed(context.authority, id, services);
    if (office == context.authority.offices.end() || slots == 0) return "invalidLocationAndServiceCombination";
    for (const auto& [service, count] : services) {
      const int most = context.authority.relation(id, service)->max_quantity;
      if (most > 0 && count > most) return "tooManyServicesPerAppointment";
    }
    if (slots > office->second.most_slots()) return "tooManySlotsPerAppointment";
  }
  const bool asks = std::any_of(offices.begin(), offices.end(), [&](std::int64_t id) {
    return context.authority.offices.at(id).flag("captchaActivatedRequired");
  });
  return asks ? captcha_.judge(context.text("captchaToken"), context.client, context.now_s) : "";
}

int slots_needed(const ZmsAuthority& authority, std::int64_t office,
                 const std::vector<std::pair<std::int64_t, int>>& services) {
  int slots = 0;
  for (const auto& [service, count] : services) {
    const ZmsRelation* relation = authority.relation(office, service);
    if (!relation) return 0;
    slots += relation->slots * count;
  }
  return slots;
}

const std::vector<ZmsApi::Route>& ZmsApi::routes() {
  static const std::vector<Route> kRoutes{
      {Of::Both, "GET", "/offices-and-services/", &ZmsApi::offices_and_services, "serviceId locationId"},
      {Of::Present, "GET", "/available-calendar/", &ZmsApi::available_calendar,
       "startDate endDate officeIds serviceIds serviceCounts slotsStartDate slotsEndDate captchaToken"},
      {Of::Legacy, "GET", "/available-days/", &ZmsApi::available_days, kDaysParameters},
      {Of::Legacy, "GET", "/available-days-by-office/", &ZmsApi::available_days, kDaysParameters},
      {Of::Legacy, "GET", "/available-appointments/", &ZmsApi::available_appointments, kTimesParameters},
      {Of::Legacy, "GET", "/available-appointments-by-office/", &ZmsApi::available_appointments, kTimesParameters},
      {Of::Both, "GET", "/captcha-details/", &ZmsApi::captcha_details, ""},
      {Of::Both, "GET", "/captcha-challenge/", &ZmsApi::captcha_challenge, ""},
      {Of::Both, "POST", "/captcha-verify/", &ZmsApi::captcha_verify, "payload"},
      {Of::Both, "GET", "/my-appointments/", &ZmsApi::my_appointments, "filterId"},
      {Of::Both, "GET", "/appointment/", &ZmsApi::appointment, "processId authKey"},
      {Of::Both, "POST", "/reserve-appointment/", &ZmsApi::reserve,
       "timestamp officeId serviceId serviceCount captchaToken scope"},
      {Of::Both, "POST", "/update-appointment/", &ZmsApi::update,
       "processId authKey familyName email telephone customTextfield customTextfield2 scope"},
      {Of::Both, "POST", "/preconfirm-appointment/", &ZmsApi::preconfirm, "processId authKey scope"},
      {Of::Both, "POST", "/confirm-appointment/", &ZmsApi::confirm, "processId authKey scope"},
      {Of::Both, "POST", "/cancel-appointment/", &ZmsApi::cancel, "processId authKey scope"},
  };
  return kRoutes;
}

std::vector<std::string> ZmsApi::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, authority] : authorities_) ids.push_back(id);
  return ids;
}

bool ZmsApi::within_rate(const std::string& client, const ZmsBehaviour& behaviour, Pairs& headers) {
  if (behaviour.rate_limit == 0) return true;
  const std::int64_t now = clock_.epoch_s();
  std::deque<std::int64_t>& times = recent_[client];
  const bool quiet = !times.empty() && times.back() <= now - behaviour.rate_window_s;
  if (behaviour.rate_until_quiet && quiet) times.clear();
  const auto is_past = [&](std::int64_t time) { return time <= now - behaviour.rate_window_s || time > now; };
  while (!behaviour.rate_until_quiet && !times.empty() && is_past(times.front())) times.pop_front();
  if (static_cast<int>(times.size()) >= behaviour.rate_limit) return false;
  times.push_back(now);
  const std::int64_t from = behaviour.rate_until_quiet ? times.back() : times.front();
  headers = {{"X-RateLimit-Limit", std::to_string(behaviour.rate_limit)},
             {"X-RateLimit-Remaining", std::to_string(behaviour.rate_limit - static_cast<int>(times.size()))},
             {"X-RateLimit-Reset", std::to_string(from + behaviour.rate_window_s)}};
  return true;
}

Answer ZmsApi::answer(const Call& call, const std::string& authority, const std::string& rest,
                      const std::string& endpoint, const ZmsBehaviour& behaviour) {
  const std::lock_guard lock(mutex_);
  const auto it = authorities_.find(authority);
  if (it == authorities_.end()) return zms_error("notFound");
  if (behaviour.maintenance) return zms_error("serviceUnavailable");
  const std::string client = call.client + "/" + std::to_string(behaviour.line);
  Pairs rate_headers;
  if (!within_rate(client, behaviour, rate_headers)) {
    ledger_.violation("rate_limit_exceeded", endpoint, "more requests than the limit");
    return zms_error("rateLimitExceeded");
  }
  Context context{call, it->second, behaviour, endpoint, {}, {}, clock_.epoch_s(), client};
  bookings_.expire(context.now_s);
  Answer answer = dispatch(context, rest);
  answer.headers.emplace_back("Last-Modified", http_date(context.now_s));
  answer.headers.emplace_back("Cache-Control", "no-store");
  if (answer.status == 200) answer.headers.insert(answer.headers.end(), rate_headers.begin(), rate_headers.end());
  return answer;
}

// Up to muc45 addresses had no slash at the end; later it is mandatory.
Answer ZmsApi::dispatch(Context& context, const std::string& rest) {
  const bool legacy = context.behaviour.legacy;
  bool path_known = false;
  for (const Route& route : routes()) {
    if (route.generation == (legacy ? Of::Present : Of::Legacy)) continue;
    const std::string path = route.path, bare = path.substr(0, path.size() - 1);
    if (rest != (legacy ? bare : path)) {
      if (!legacy && rest == bare)
        ledger_.violation("missing_trailing_slash", context.endpoint, "the slash is mandatory");
      continue;
    }
    path_known = true;
    if (context.call.method != route.method) continue;
    context.name = bare.substr(1);
    return call_route(context, route);
  }
  return zms_error(path_known ? "requestMethodNotAllowed" : "notFound");
}

Answer ZmsApi::call_route(Context& context, const Route& route) {
  const auto known = core::split(route.parameters, ' ');
  const auto judge = [&](const std::string& name) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      ledger_.violation("unknown_parameter", context.endpoint, name);
  };
  if (context.call.method == "POST") {
    if (!is_json_post(context.call)) ledger_.violation("wrong_content_type", context.endpoint, "not application/json");
    auto body = core::parse_json(context.call.body, "body", 10);
    if (!body || !body->is_object()) {
      ledger_.violation("bad_body", context.endpoint, "not a JSON object");
      return zms_error("invalidRequest");
    }
    context.body = std::move(*body);
    for (const auto& [name, value] : context.body.items()) judge(name);
  }
  for (const auto& [name, value] : context.call.query) judge(name);
  return (this->*route.handler)(context);
}

Json ZmsApi::bookings_json() {
  const std::lock_guard lock(mutex_);
  bookings_.expire(clock_.epoch_s());
  Json list = bookings_.to_json();
  for (Json& one : list) {
    const auto authority = authorities_.find(core::json_text(one, "authority"));
    if (authority == authorities_.end()) continue;
    const auto office = authority->second.offices.find(one["office_id"].get<std::int64_t>());
    if (office != authority->second.offices.end()) one["office_name"] = office->second.name();
    for (Json& service : one["services"]) {
      const auto known = authority->second.services.find(service["id"].get<std::int64_t>());
      if (known != authority->second.services.end()) service["name"] = known->second.name();
    }
  }
  return list;
}

Json ZmsApi::slots_json() {
  const std::lock_guard lock(mutex_);
  bookings_.expire(clock_.epoch_s());
  return bookings_.slots_json();
}

void ZmsApi::restore(const Json& bookings) {
  const std::lock_guard lock(mutex_);
  bookings_.restore(bookings);
}

void ZmsApi::reset() {
  const std::lock_guard lock(mutex_);
  bookings_.clear();
  captcha_.clear();
  recent_.clear();
}

void ZmsApi::changed(const std::string& effect, const Booking& booking) {
  ledger_.effect(effect, {{"process_id", booking.process_id}, {"authority", booking.authority}});
  if (changed_) changed_(bookings_.to_json());
}

Answer ZmsApi::offices_and_services(Context& context) {
  Json offices = Json::array(), services = Json::array(), relations = Json::array();
  for (const auto& [id, office] : context.authority.offices) offices.push_back(office.object);
  for (const auto& [id, service] : context.authority.services) services.push_back(service.object);
  for (const ZmsRelation& relation : context.authority.relations) relations.push_back(relation.object);
  return Answer::json({{"offices", offices}, {"services", services}, {"relations", relations}});
}

// Only for people who are signed in, and nobody is.
Answer ZmsApi::my_appointments(Context&) {
  Answer answer = zms_error("authKeyMismatch");
  answer.status = 401;
  return answer;
}

}  // namespace kiosk::sandbox
