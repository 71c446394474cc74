#include "tests/sandbox/open311_data.h"

namespace kiosk::sandbox {
namespace {

using core::ErrorKind;
using core::Json;
using core::json_text;
using core::make_error;

// What a member of the service list is where reports.json does not give it.
Json listed(const Json& service) {
  Json object = Json::object();
  for (const char* key : {"service_code", "service_name", "description", "keywords", "group"}) {
    object[key] = service.contains(key) ? service[key] : Json("");
  }
  if (service.contains("groups")) {
    object.erase("group");
    object["groups"] = service["groups"];
  }
  object["metadata"] = !core::json_array(service, "attributes").empty();
  object["type"] = service.contains("type") ? service["type"] : Json("realtime");
  return object;
}

core::Result<Open311Service> read_service(const Json& json, const std::string& where) {
  Open311Service service;
  service.code = json_text(json, "service_code");
  service.name = json_text(json, "service_name");
  if (service.code.empty() || service.name.empty()) {
    return make_error(ErrorKind::Invalid, "a service without \"service_code\" or \"service_name\"", where);
  }
  service.object = listed(json);
  service.type = json_text(service.object, "type");
  if (service.type != "realtime" && service.type != "batch" && service.type != "blackbox") {
    return make_error(ErrorKind::Invalid, "unknown type \"" + service.type + "\"", where + ", " + service.code);
  }
  service.attributes = core::json_array(json, "attributes");
  for (const Json& attribute : service.attributes) {
    if (json_text(attribute, "datatype").empty()) {
      return make_error(ErrorKind::Invalid, "an attribute without \"datatype\"", where + ", " + service.code);
    }
  }
  service.notice = json_text(json, "service_notice");
  service.responsible = json_text(json, "agency_responsible");
  return service;
}

core::Result<Open311Authority> read_backend(const Json& json) {
  Open311Authority authority;
  authority.id = json_text(json, "id");
  if (authority.id.empty()) return make_error(ErrorKind::Invalid, "a back end without \"id\"", "reports");
  const std::string where = "reports, " + authority.id;
  authority.name = json_text(json, "name");
  authority.jurisdiction_id = json_text(json, "jurisdiction_id");
  authority.api_key = json_text(json, "api_key");
  authority.email_required = core::json_bool(json, "email_required").value_or(false);
  for (const Json& one : core::json_array(json, "services")) {
    KIOSK_TRY(Open311Service service, read_service(one, where));
    authority.services.push_back(std::move(service));
  }
  for (const Json& one : core::json_array(json, "requests")) {
    Open311Known known{json_text(one, "service_code"), one,
                       static_cast<int>(core::json_integer(one, "days_ago").value_or(1))};
    if (!authority.find(known.service_code)) {
      return make_error(ErrorKind::Invalid, "a request of no known service_code", where);
    }
    known.object.erase("days_ago");
    authority.known.push_back(std::move(known));
  }
  return authority;
}

}  // namespace

const Open311Service* Open311Authority::find(const std::string& service_code) const {
  for (const Open311Service& service : services) {
    if (service.code == service_code) return &service;
  }
  return nullptr;
}

core::Result<Open311Map> read_reports(const Json& json) {
  Open311Map map;
  if (json.is_null()) return map;
  if (!json.is_object() || !json.contains("backends") || !json["backends"].is_array())
    return make_error(ErrorKind::Invalid, "\"backends\" is no array", "reports");
  for (const Json& backend : json["backends"]) {
    KIOSK_TRY(Open311Authority read, read_backend(backend));
    map[read.id] = std::move(read);
  }
  return map;
}

}  // namespace kiosk::sandbox
