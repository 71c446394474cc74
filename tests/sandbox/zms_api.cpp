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
      {"GET", "/offices-and-services/", &ZmsApi::offices_and_services, "serviceId locationId"},
      {"GET", "/available-calendar/", &ZmsApi::available_calendar,
       "startDate endDate officeIds serviceIds serviceCounts slotsStartDate slotsEndDate captchaToken"},
      {"GET", "/captcha-details/", &ZmsApi::captcha_details, ""},
      {"GET", "/my-appointments/", &ZmsApi::my_appointments, "filterId"},
      {"GET", "/appointment/", &ZmsApi::appointment, "processId authKey"},
      {"POST", "/reserve-appointment/", &ZmsApi::reserve,
       "timestamp officeId serviceId serviceCount captchaToken scope"},
      {"POST", "/update-appointment/", &ZmsApi::update,
       "processId authKey familyName email telephone customTextfield customTextfield2 scope"},
      {"POST", "/preconfirm-appointment/", &ZmsApi::preconfirm, "processId authKey scope"},
      {"POST", "/confirm-appointment/", &ZmsApi::confirm, "processId authKey scope"},
      {"POST", "/cancel-appointment/", &ZmsApi::cancel, "processId authKey scope"},
  };
  return kRoutes;
}

std::vector<std::string> ZmsApi::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, authority] : authorities_) ids.push_back(id);
  return ids;
}

bool ZmsApi::within_rate(const Call& call, const ZmsBehaviour& behaviour, Pairs& headers) {
  if (behaviour.rate_limit == 0) return true;
  const std::int64_t now = clock_.epoch_s();
  std::deque<std::int64_t>& times = recent_[call.client];
  while (!times.empty() && (times.front() <= now - behaviour.rate_window_s || times.front() > now)) times.pop_front();
  if (static_cast<int>(times.size()) >= behaviour.rate_limit) return false;
  times.push_back(now);
  headers = {{"X-RateLimit-Limit", std::to_string(behaviour.rate_limit)},
             {"X-RateLimit-Remaining", std::to_string(behaviour.rate_limit - static_cast<int>(times.size()))},
             {"X-RateLimit-Reset", std::to_string(times.front() + behaviour.rate_window_s)}};
  return true;
}

Answer ZmsApi::answer(const Call& call, const std::string& authority, const std::string& rest,
                      const std::string& endpoint, const ZmsBehaviour& behaviour) {
  const std::lock_guard lock(mutex_);
  const auto it = authorities_.find(authority);
  if (it == authorities_.end()) return zms_error("notFound");
  if (behaviour.maintenance) return zms_error("serviceUnavailable");
  Pairs rate_headers;
  if (!within_rate(call, behaviour, rate_headers)) {
    ledger_.violation("rate_limit_exceeded", endpoint, "more requests than the limit");
    return zms_error("rateLimitExceeded");
  }
  Context context{call, it->second, behaviour, endpoint, {}, {}, clock_.epoch_s()};
  bookings_.expire(context.now_s);
  Answer answer = dispatch(context, rest);
  answer.headers.emplace_back("Last-Modified", http_date(context.now_s));
  answer.headers.emplace_back("Cache-Control", "no-store");
  if (answer.status == 200) answer.headers.insert(answer.headers.end(), rate_headers.begin(), rate_headers.end());
  return answer;
}

Answer ZmsApi::dispatch(Context& context, const std::string& rest) {
  bool path_known = false;
  for (const Route& route : routes()) {
    if (rest != route.path) {
      if (rest + "/" == route.path)
        ledger_.violation("missing_trailing_slash", context.endpoint, "the slash is mandatory");
      continue;
    }
    path_known = true;
    if (context.call.method != route.method) continue;
    context.name = std::string(rest, 1, rest.size() - 2);
    const auto known = core::split(route.parameters, ' ');
    const auto judge = [&](const std::string& name) {
      if (std::find(known.begin(), known.end(), name) == known.end())
        ledger_.violation("unknown_parameter", context.endpoint, name);
    };
    if (context.call.method == "POST") {
      if (!is_json_post(context.call))
        ledger_.violation("wrong_content_type", context.endpoint, "not application/json");
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
  return zms_error(path_known ? "requestMethodNotAllowed" : "notFound");
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

Answer ZmsApi::captcha_details(Context&) {
  return Answer::json({{"siteKey", ""}, {"captchaChallenge", ""}, {"captchaVerify", ""}, {"captchaEnabled", false}});
}

// Only for people who are signed in, and nobody is.
Answer ZmsApi::my_appointments(Context&) {
  Answer answer = zms_error("authKeyMismatch");
  answer.status = 401;
  return answer;
}

}  // namespace kiosk::sandbox
