// Open Referral UK 1.0, as its schema and as its reference server spell it, and Outpost, which grew out of it.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/places.h"
#include "kiosk/directory/record_parts.h"
#include "kiosk/directory/schedules.h"

namespace kiosk::directory {

namespace {

using core::Json;

void append_line(std::string& text, const std::string& line) {
  if (line.empty() || line == text) return;
  if (!text.empty()) text.push_back('\n');
  text += line;
}

// One range around all entries: the service takes whoever fits any of them.
void read_eligibility(const Json& record, const RecordContext& context, Service& service) {
  bool open_below = false, open_above = false;
  each_object(list_of(record, {"eligibilities", "eligibilitys"}), [&](const Json& entry) {
    append_line(service.eligibility, text_of(entry, "eligibility"));
    const std::optional<int> least = age_of(entry, {"minimum_age"}), most = age_of(entry, {"maximum_age"});
    if (!least && !most) return;
    open_below = open_below || !least;
    open_above = open_above || !most;
    if (least) service.minimum_age = service.minimum_age ? std::min(*service.minimum_age, *least) : *least;
    if (most) service.maximum_age = service.maximum_age ? std::max(*service.maximum_age, *most) : *most;
    each_object(list_of(entry, {"taxonomies", "taxonomys"}), [&](const Json& each) {
      const Json& term = core::json_object(each, "taxonomy");
      add_term(term.empty() ? each : term, {}, context, service);
    });
  });
  if (open_below) service.minimum_age.reset();
  if (open_above) service.maximum_age.reset();
}

void read_closures_of(const Json& record, Service& service) {
  service.closures = read_closures(record);
  const Json& links = core::json_array(record, "service_at_locations");
  // Closed days of one of several places are not the service's.
  if (service.closures.empty() && links.size() == 1) service.closures = read_closures(links.front());
}

}  // namespace

void read_oruk1_parts(const Json& record, const RecordContext& context, Service& service) {
  service.organisation = read_organisation(core::json_object(record, "organization"));
  service.fees = text_of(record, "fees");
  append_line(service.application, text_of(record, "pc_attendingAccess_additionalInfo"));
  read_eligibility(record, context, service);
  add_contact_phones(core::json_array(record, "contacts"), service.phones);
  service.schedules = read_schedules(record);
  service.places = read_places(record, service.schedules);
  read_closures_of(record, service);
  each_object(list_of(record, {"service_taxonomies", "service_taxonomys"}), [&](const Json& entry) {
    add_term(core::json_object(entry, "taxonomy"), core::json_text(entry, "value"), context, service);
  });
  each_object(core::json_array(record, "languages"), [&](const Json& language) {
    add_language(line_of(language, {"language", "code", "name"}), service);
  });
  add_areas(core::json_array(record, "service_areas"), service);
}

void read_outpost_parts(const Json& record, const RecordContext& context, Service& service) {
  const Json& organisation = core::json_object(record, "organisation");
  service.organisation =
      read_organisation(organisation.empty() ? core::json_object(record, "organization") : organisation);
  service.eligibility = text_of(record, "eligibility_description");
  if (core::json_bool(record, "free").value_or(false)) service.costs.push_back({"", 0.0, "GBP", ""});
  add_contact_phones(core::json_array(record, "contacts"), service.phones);
  service.schedules = read_schedules(record);
  service.places = read_places(record, service.schedules);
  for (const char* key : {"taxonomies", "suitabilities", "send_needs"}) {
    each_object(core::json_array(record, key), [&](const Json& term) {
      const std::string name = line_of(term, "name");
      const std::string taxonomy = std::string_view(key) == "taxonomies" ? "" : key;
      add_category({core::json_text(term, "id"), name, taxonomy, core::json_text(term, "parent_id")}, service);
    });
  }
  // Records carry the days between which they are to be seen.
  const core::Date today{std::chrono::floor<std::chrono::days>(context.now)};
  const std::optional<core::Date> last = date_of(record, "visible_to"), first = date_of(record, "visible_from");
  if (context.now != core::Instant{} && ((last && *last < today) || (first && *first > today)))
    service.status = ServiceStatus::Inactive;
}

}  // namespace kiosk::directory
