// GET /available-calendar/: days and times that can be booked.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "tests/sandbox/zms_availability.h"
#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using std::chrono::days;
using std::chrono::sys_days;

// What the query asks for, once it is valid.
struct Query {
  core::Date start, end, slots_start, slots_end;
  std::vector<std::int64_t> offices;
  ZmsServices services;
};

std::optional<core::Date> read_date(const Call& call, const char* name, const char* error,
                                    std::vector<std::string>& errors) {
  const auto date = core::parse_iso_date(call.param_or_empty(name));
  if (!date) errors.push_back(error);
  return date;
}

// The slots' window, by default the whole range.
void read_window(const Call& call, Query& query, std::vector<std::string>& errors) {
  query.slots_start = query.start;
  query.slots_end = query.end;
  if (call.param("slotsStartDate"))
    query.slots_start = read_date(call, "slotsStartDate", "invalidSlotsStartDate", errors).value_or(query.start);
  if (call.param("slotsEndDate"))
    query.slots_end = read_date(call, "slotsEndDate", "invalidSlotsEndDate", errors).value_or(query.end);
  const bool given = call.param("slotsStartDate") || call.param("slotsEndDate");
  if (given && errors.empty() && query.slots_start > query.slots_end) errors.push_back("slotsStartDateAfterEndDate");
}

void read_services(const Call& call, Query& query, std::vector<std::string>& errors) {
  const auto ids = csv_numbers(call.param_or_empty("serviceIds"));
  const auto counts = csv_numbers(call.param_or_empty("serviceCounts"));
  if (ids.empty()) errors.push_back("invalidServiceId");
  const bool in_range = std::all_of(counts.begin(), counts.end(), [](std::int64_t c) { return c >= 1 && c <= 25; });
  if (counts.empty() || !in_range || (!ids.empty() && counts.size() != ids.size())) {
    errors.push_back("invalidServiceCount");
    return;
  }
  for (std::size_t i = 0; i < ids.size(); ++i) query.services.emplace_back(ids[i], static_cast<int>(counts[i]));
}

std::vector<std::string> read_query(const Call& call, Query& query) {
  std::vector<std::string> errors;
  query.start = read_date(call, "startDate", "invalidStartDate", errors).value_or(core::Date{});
  query.end = read_date(call, "endDate", "invalidEndDate", errors).value_or(core::Date{});
  query.offices = csv_numbers(call.param_or_empty("officeIds"));
  if (query.offices.empty()) errors.push_back("invalidOfficeId");
  read_services(call, query, errors);
  read_window(call, query, errors);
  return errors;
}

}  // namespace

Answer ZmsApi::available_calendar(Context& context) {
  Query query;
  if (const auto errors = read_query(context.call, query); !errors.empty()) {
    ledger_.violation("bad_parameter", context.endpoint, core::join(errors, " "));
    return zms_errors(errors);
  }
  const sys_days start{query.start}, end{query.end};
  // The real server lacks words for these two, and so says "unknown".
  if (start > end || end - start > days{365}) return zms_error("unknownError");
  if (const std::string error = check_visit(context, query.offices, query.services); !error.empty())
    return zms_error(error);
  const Availability availability(context.authority, bookings_, query.offices, query.services, context.now_s);
  const sys_days window_start{query.slots_start}, window_end{query.slots_end};
  Json listed = Json::array();
  for (sys_days day = start; day <= end; day += days{1}) {
    const Json offices = availability.offices_on(day);
    if (offices.empty()) continue;
    const bool in_window = day >= window_start && day <= window_end;
    listed.push_back({{"date", core::to_iso8601(core::Date{day})},
                      {"providerIDs", provider_ids(offices)},
                      {"offices", in_window ? offices : Json::array()}});
  }
  return Answer::json({{"startDate", core::to_iso8601(query.start)},
                       {"endDate", core::to_iso8601(query.end)},
                       {"slotsStartDate", core::to_iso8601(query.slots_start)},
                       {"slotsEndDate", core::to_iso8601(query.slots_end)},
                       {"prevBookableDate", availability.nearest(window_start - days{1}, -1)},
                       {"nextBookableDate", availability.nearest(window_end + days{1}, 1)},
                       {"availableDays", std::move(listed)}});
}

}  // namespace kiosk::sandbox
