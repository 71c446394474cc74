#include "tests/sandbox/open311_filing.h"

#include <cmath>

#include "kiosk/core/clock.h"
#include "kiosk/core/strings.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_text;
using Refusal = std::optional<FormRefusal>;

constexpr std::string_view kAttribute = "attribute[";

std::string text_of(const Pairs& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

// "attribute[depth]" or "attribute[depth][]" → "depth"; empty where it is no attribute.
std::string attribute_code(std::string_view name) {
  if (!name.starts_with(kAttribute) || !name.ends_with(']')) return {};
  if (name.ends_with("][]")) name.remove_suffix(2);
  return std::string(name.substr(kAttribute.size(), name.size() - kAttribute.size() - 1));
}

const Json* find_attribute(const Open311Service& service, const std::string& code) {
  for (const Json& attribute : service.attributes) {
    if (json_text(attribute, "code") == code) return &attribute;
  }
  return nullptr;
}

bool is_number(const std::string& text) { return core::json_number(Json{{"n", text}}, "n").has_value(); }

bool has_zone(const std::string& text) {
  const std::size_t time = text.find('T');
  return time != std::string::npos && text.find_first_of("Z+-", time) != std::string::npos;
}

bool is_among(const Json& attribute, const std::string& value) {
  for (const Json& one : core::json_array(attribute, "values")) {
    if (json_text(one, "key") == value) return true;
  }
  return false;
}

// Whether a value is one of the attribute's datatype.
bool fits(const Json& attribute, const std::string& value) {
  const std::string datatype = json_text(attribute, "datatype");
  if (datatype == "number") return is_number(value);
  if (datatype == "datetime") return core::parse_iso8601(value).has_value() && has_zone(value);
  if (datatype == "singlevaluelist" || datatype == "multivaluelist") return is_among(attribute, value);
  if (datatype == "string") return value.find('\n') == std::string::npos;
  return true;
}

bool is_asked(const Json& attribute) {
  return core::json_bool(attribute, "variable").value_or(true) && json_text(attribute, "automated").empty();
}

Refusal check_attributes(const FiledReport& report, const Open311Service& service) {
  for (const Json& attribute : service.attributes) {
    const std::string code = json_text(attribute, "code"), question = json_text(attribute, "description");
    const auto given = report.attributes.find(code);
    if (given == report.attributes.end()) {
      const bool needed = is_asked(attribute) && core::json_bool(attribute, "required").value_or(false);
      if (needed) return FormRefusal{400, "Please answer: " + question};
      continue;
    }
    if (given->second.size() > 1 && json_text(attribute, "datatype") != "multivaluelist")
      return FormRefusal{400, "Only one answer is possible: " + question};
    for (const std::string& value : given->second) {
      if (!fits(attribute, value)) return FormRefusal{400, "This answer does not fit: " + question};
    }
  }
  return std::nullopt;
}

Refusal check_place(const FiledReport& report) {
  const bool point = !report.latitude.empty() && !report.longitude.empty();
  if (!point && report.address.empty() && report.address_id.empty()) return FormRefusal{400, "Please say where it is."};
  if (!point) return std::nullopt;
  const auto latitude = core::json_number(Json{{"n", report.latitude}}, "n");
  const auto longitude = core::json_number(Json{{"n", report.longitude}}, "n");
  if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180)
    return FormRefusal{400, "lat and long are no point on the earth."};
  return std::nullopt;
}

// The service decides what else is looked at, so it comes first.
Refusal check_sender(const Pairs& fields, const Open311Authority& authority) {
  if (!authority.api_key.empty() && text_of(fields, "api_key") != authority.api_key)
    return FormRefusal{403, "api_key is missing or not recognised"};
  const std::string jurisdiction = text_of(fields, "jurisdiction_id");
  if (!jurisdiction.empty() && jurisdiction != authority.jurisdiction_id)
    return FormRefusal{404, "jurisdiction_id is unknown"};
  const std::string code = text_of(fields, "service_code");
  if (code.empty()) return FormRefusal{400, "service_code is required"};
  if (!authority.find(code)) return FormRefusal{404, "service_code is unknown"};
  return std::nullopt;
}

void read_fields(const Pairs& fields, const Open311Service& service, ReadForm& form) {
  FiledReport& report = form.report;
  const std::map<std::string, std::string*> known{{"lat", &report.latitude},
                                                  {"long", &report.longitude},
                                                  {"address_string", &report.address},
                                                  {"address_id", &report.address_id},
                                                  {"description", &report.description}};
  for (const auto& [name, value] : fields) {
    const std::string code = attribute_code(name);
    const auto field = known.find(name);
    if (field != known.end()) {
      *field->second = value;
    } else if (name == "email" || name == "first_name" || name == "last_name" || name == "phone") {
      report.contact[name] = value;
    } else if (const Json* attribute = code.empty() ? nullptr : find_attribute(service, code)) {
      if (!is_asked(*attribute)) form.misuse.push_back("attribute that nobody is asked: " + code);
      report.attributes[code].push_back(value);
    } else if (name.starts_with("attribute")) {
      form.misuse.push_back("unknown attribute");
    }
  }
}

}  // namespace

std::string reference_in(const std::string& description) {
  constexpr std::string_view kLabel = "Reference: ";
  const std::size_t at = description.find(kLabel);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + kLabel.size();
  return description.substr(begin, description.find_first_of(" \r\n", begin) - begin);
}

ReadForm read_form(const Pairs& fields, const Open311Authority& authority) {
  ReadForm form;
  form.refusal = check_sender(fields, authority);
  if (form.refusal) return form;
  const Open311Service& service = *authority.find(text_of(fields, "service_code"));
  form.report.authority = authority.id;
  form.report.service_code = service.code;
  form.report.type = service.type;
  read_fields(fields, service, form);
  form.report.reference = reference_in(form.report.description);
  form.refusal = check_place(form.report);
  if (!form.refusal) form.refusal = check_attributes(form.report, service);
  if (!form.refusal && core::count_code_points(form.report.description) > 4000)
    form.refusal = FormRefusal{400, "The description is too long."};
  if (!form.refusal && authority.email_required && form.report.contact["email"].empty())
    form.refusal = FormRefusal{400, "An e-mail address is required."};
  return form;
}

}  // namespace kiosk::sandbox
