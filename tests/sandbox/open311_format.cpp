#include "tests/sandbox/open311_format.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

// What an entry of a list is called in XML.
std::string entry_name(const std::string& list) {
  if (list == "service_requests") return "request";
  return list.substr(0, list.size() - 1);  // services, attributes, values, errors, endpoints, formats, groups
}

void append_escaped(std::string& out, const std::string& text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (byte >= 0x20 || c == '\n' || c == '\t') {  // XML has no way to write the others
      out += c;
    }
  }
}

void append_element(std::string& out, const std::string& name, const Json& value) {
  out += "<" + name + ">";
  if (value.is_array()) {
    for (const Json& entry : value) append_element(out, entry_name(name), entry);
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.items()) append_element(out, key, member);
  } else if (value.is_string()) {
    append_escaped(out, value.get_ref<const std::string&>());
  } else if (!value.is_null()) {
    out += value.dump();
  }
  out += "</" + name + ">";
}

// As servers drift: texts for numbers and booleans, numbers for ids.
void drift(Json& value) {
  if (value.is_array() || value.is_object()) {
    for (auto it = value.begin(); it != value.end(); ++it) {
      const bool id = value.is_object() && it.key() == "service_request_id" && it->is_string();
      const auto number = id ? core::json_integer(value, "service_request_id") : std::nullopt;
      if (number)
        *it = *number;
      else
        drift(*it);
    }
  } else if (value.is_boolean() || value.is_number()) {
    value = value.dump();
  }
}

Answer page(int status, const std::string& text) {
  return {status,
          "text/html; charset=utf-8",
          "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>" + text + "</h1></body></html>\n",
          {}};
}

}  // namespace

Answer open311_answer(const Json& value, const std::string& outer, Open311Format format,
                      const Open311Behaviour& behaviour, int status) {
  Json body = value;
  if (behaviour.drift) drift(body);
  if (format == Open311Format::Xml) {
    std::string xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    append_element(xml, outer, body);
    return {status, behaviour.wrapped ? "application/xml; charset=utf-8" : "text/xml; charset=utf-8", xml, {}};
  }
  if (behaviour.wrapped && body.is_array()) body = Json::object({{outer, std::move(body)}});
  return Answer::json(body, status);
}

Answer open311_error(int status, const std::string& description, Open311Format format,
                     const Open311Behaviour& behaviour) {
  if (behaviour.html_errors) return page(status, description);
  const Json errors = Json::array({{{"code", std::to_string(status)}, {"description", description}}});
  return open311_answer(errors, "errors", format, behaviour, status);
}

}  // namespace kiosk::sandbox
