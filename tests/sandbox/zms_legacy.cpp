// The calendar up to muc45: days that have room, then the times of one day. Names of parameters are singular and may
// hold several ids. Where nothing is free, the answer is 404.
#include "kiosk/core/strings.h"
#include "tests/sandbox/zms_availability.h"
#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using std::chrono::days;
using std::chrono::sys_days;

struct LegacyQuery {
  std::vector<std::int64_t> offices;
  ZmsServices services;
  std::vector<std::string> errors;
};

LegacyQuery read_legacy_query(const Call& call) {
  LegacyQuery query;
  query.offices = csv_numbers(call.param_or_empty("officeId"));
  if (query.offices.empty()) query.errors.push_back("invalidOfficeId");
  const auto ids = csv_numbers(call.param_or_empty("serviceId"));
  const auto counts = csv_numbers(call.param_or_empty("serviceCount"));
  if (ids.empty()) query.errors.push_back("invalidServiceId");
  if (counts.size() != ids.size()) query.errors.push_back("invalidServiceCount");
  for (std::size_t i = 0; i < ids.size() && i < counts.size(); ++i)
    query.services.emplace_back(ids[i], static_cast<int>(counts[i]));
  return query;
}

std::optional<core::Date> date_of(const Call& call, const char* name, const char* error, LegacyQuery& query) {
  const auto date = core::parse_iso_date(call.param_or_empty(name));
  if (!date) query.errors.push_back(error);
  return date;
}

bool is_by_office(const std::string& name) { return name.ends_with("-by-office"); }

}  // namespace

Answer ZmsApi::available_days(Context& context) {
  LegacyQuery query = read_legacy_query(context.call);
  const auto first = date_of(context.call, "startDate", "invalidStartDate", query);
  const auto last = date_of(context.call, "endDate", "invalidEndDate", query);
  if (!query.errors.empty()) {
    ledger_.violation("bad_parameter", context.endpoint, core::join(query.errors, " "));
    return zms_errors(query.errors);
  }
  if (*first > *last || sys_days(*last) - sys_days(*first) > days(365)) return zms_error("unknownError");
  if (const std::string error = check_visit(context, query.offices, query.services); !error.empty())
    return zms_error(error);
  const Availability availability(context.authority, bookings_, query.offices, query.services, context.now_s);
  Json listed = Json::array();
  for (sys_days day{*first}; day <= sys_days(*last); day += days(1)) {
    const Json offices = availability.offices_on(day);
    if (offices.empty()) continue;
    const std::string date = core::to_iso8601(core::Date(day));
    listed.push_back(is_by_office(context.name) ? Json{{"time", date}, {"providerIDs", provider_ids(offices)}}
                                                : Json(date));
  }
  if (listed.empty()) return zms_error("noAppointmentForThisScope");
  return Answer::json({{"availableDays", listed}});
}

Answer ZmsApi::available_appointments(Context& context) {
  LegacyQuery query = read_legacy_query(context.call);
  const auto day = date_of(context.call, "date", "invalidDate", query);
  if (!query.errors.empty()) {
    ledger_.violation("bad_parameter", context.endpoint, core::join(query.errors, " "));
    return zms_errors(query.errors);
  }
  if (const std::string error = check_visit(context, query.offices, query.services); !error.empty())
    return zms_error(error);
  const Availability availability(context.authority, bookings_, query.offices, query.services, context.now_s);
  Json offices = availability.offices_on(sys_days(*day));
  if (offices.empty()) return zms_error("noAppointmentForThisDay");
  Json times = Json::array();
  for (Json& office : offices) {
    office["officeId"] = std::stoll(office["officeId"].get<std::string>());  // a number in this generation
    times.insert(times.end(), office["appointments"].begin(), office["appointments"].end());
  }
  return Answer::json(is_by_office(context.name) ? Json{{"offices", offices}} : Json{{"appointmentTimestamps", times}});
}

}  // namespace kiosk::sandbox
