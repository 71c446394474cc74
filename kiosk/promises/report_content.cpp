#include "kiosk/promises/report_content.h"

#include "kiosk/core/json.h"

namespace kiosk::promises {
namespace {

using core::Json;

// As it was typed: json_text() would trim it.
void read_text(const Json& object, const char* key, core::SecretText& out) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_string()) out.assign(found->get_ref<const std::string&>());
}

Json to_json(const ReportContent::Reply& reply) {
  Json values = Json::array();
  for (const core::SecretText& value : reply.values) values.push_back(value.reveal());
  return {{"code", reply.code}, {"values", std::move(values)}};
}

ReportContent::Reply read_reply(const Json& json) {
  ReportContent::Reply reply;
  reply.code = core::json_text(json, "code");
  for (const Json& value : core::json_array(json, "values")) {
    if (value.is_string()) reply.values.emplace_back(std::string_view(value.get_ref<const std::string&>()));
  }
  return reply;
}

}  // namespace

core::SecretText content_text(const ReportContent& content) {
  Json json{{"place", content.place.words.reveal()},
            {"description", content.description.reveal()},
            {"name", content.name.reveal()},
            {"email", content.email.reveal()},
            {"telephone", content.telephone.reveal()}};
  if (content.place.point) {
    json["point"] = {{"latitude", content.place.point->latitude}, {"longitude", content.place.point->longitude}};
  }
  json["replies"] = Json::array();
  for (const ReportContent::Reply& reply : content.replies) json["replies"].push_back(to_json(reply));
  return core::SecretText(core::dump_json(json));
}

core::Result<ReportContent> parse_content(const core::SecretText& text) {
  const auto json = core::parse_json(text.reveal(), "sealed report");
  if (!json.ok() || !json->is_object()) {
    return core::make_error(core::ErrorKind::Corrupt, "what was sealed is no report");  // its text is not for the log
  }
  ReportContent content;
  read_text(*json, "place", content.place.words);
  read_text(*json, "description", content.description);
  read_text(*json, "name", content.name);
  read_text(*json, "email", content.email);
  read_text(*json, "telephone", content.telephone);
  const Json& point = core::json_object(*json, "point");
  const auto latitude = core::json_number(point, "latitude"), longitude = core::json_number(point, "longitude");
  if (latitude && longitude) content.place.point = core::GeoPoint{*latitude, *longitude};
  for (const Json& reply : core::json_array(*json, "replies")) content.replies.push_back(read_reply(reply));
  return content;
}

}  // namespace kiosk::promises
