// HSDS 3.x and the Open Referral UK 3.0 profile.
#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/places.h"
#include "kiosk/directory/record_parts.h"
#include "kiosk/directory/schedules.h"

namespace kiosk::directory {

using core::Json;

void read_hsds3_parts(const Json& record, const RecordContext& context, Service& service) {
  const Json& organisation = core::json_object(record, "organization");
  service.organisation = read_organisation(organisation);
  service.eligibility = text_of(record, "eligibility_description");
  service.application = text_of(record, "application_process");
  service.fees = text_of(record, {"fees_description", "fees"});
  add_phones(core::json_array(record, "phones"), service.phones);
  add_contact_phones(core::json_array(record, "contacts"), service.phones);
  service.schedules = read_schedules(record);
  service.places = read_places(record, service.schedules);
  bool place_has_phone = false;
  for (const Place& place : service.places) place_has_phone = place_has_phone || !place.phones.empty();
  if (service.phones.empty() && !place_has_phone) {
    add_phones(core::json_array(organisation, "phones"), service.phones);
    add_contact_phones(core::json_array(organisation, "contacts"), service.phones);
  }
  each_object(core::json_array(record, "attributes"), [&](const Json& attribute) {
    add_term(core::json_object(attribute, "taxonomy_term"), core::json_text(attribute, "value"), context, service);
  });
  each_object(core::json_array(record, "languages"), [&](const Json& language) {
    add_language(line_of(language, {"code", "name", "language"}), service);
  });
  each_object(core::json_array(record, "required_documents"), [&](const Json& document) {
    const std::string name = text_of(document, {"document", "name"});
    if (!name.empty()) service.documents.push_back({name});
  });
  add_areas(core::json_array(record, "service_areas"), service);
  for (const Json& link : core::json_array(record, "service_at_locations")) {
    if (service.areas.empty()) add_areas(core::json_array(link, "service_areas"), service);
  }
}

}  // namespace kiosk::directory
