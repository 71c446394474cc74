// What a field may hold. The rules for telephone and custom texts are those of the ZMS citizen API (15 digits, 250
// characters).
#include <algorithm>

#include "kiosk/areas/areas.h"
#include "kiosk/core/strings.h"
#include "kiosk/visit/turn.h"

namespace kiosk::visit {
namespace {

constexpr std::size_t kMaxNameLength = 100;
constexpr std::size_t kMaxCustomLength = 250;
constexpr std::size_t kMaxTextLength = 2000;  // Open311 takes 4,000, our reference among them

bool is_email(const std::string& text) {
  const std::size_t at = text.find('@');
  if (at == std::string::npos || at == 0 || at != text.rfind('@') || text.size() > 254) return false;
  const std::size_t dot = text.find('.', at);
  if (dot == std::string::npos || dot == at + 1 || text.back() == '.') return false;
  return std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return c <= ' ' || c == ',' || c == ';' || c == '<' || c == '>'; });
}

bool is_telephone(const std::string& text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (!(c == '+' && i == 0) && c != ' ' && c != '-' && c != '(' && c != ')') {
      return false;
    }
  }
  return digits >= 7 && digits <= 15;
}

// "12", "-3", "2.5"
bool is_number(const std::string& text) {
  const std::size_t begin = text.front() == '-' ? 1 : 0;
  const std::size_t point = text.find('.');
  const bool digits = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(),
                                  [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  const bool whole_parts = text.size() > begin && point != begin && point + 1 != text.size();
  return digits && whole_parts && (point == std::string::npos || point == text.rfind('.')) && text.size() <= 20;
}

}  // namespace

std::string fault_of(const promises::ReportQuestion& question, const std::string& text) {
  const std::string trimmed(core::trim(text));
  if (trimmed.empty()) return question.required ? "error.answer_missing" : "";
  const std::size_t length = core::count_code_points(trimmed);
  if (question.kind == promises::ReportQuestion::Kind::Number) return is_number(trimmed) ? "" : "error.number_invalid";
  if (question.kind == promises::ReportQuestion::Kind::Paragraph)
    return length > kMaxTextLength ? "error.text_long" : "";
  return length > kMaxCustomLength ? "error.answer_long" : "";
}

std::string fault_of(Field field, const std::string& text, bool required) {
  const std::string trimmed(core::trim(text));
  const std::size_t length = core::count_code_points(trimmed);
  if (trimmed.empty()) {
    if (!required) return "";
    switch (field) {
      case Field::Name:
        return "error.name_missing";
      case Field::Email:
        return "error.email_missing";
      case Field::Telephone:
        return "error.telephone_missing";
      case Field::Postcode:
      case Field::ReportPostcode:
        return "error.postcode_missing";
      case Field::ReportPlace:
        return "error.place_missing";
      case Field::ReportDescription:
        return "error.description_missing";
      case Field::ReportTelephone:
        return "error.telephone_missing";
      default:
        return "error.answer_missing";
    }
  }
  switch (field) {
    case Field::Name:
    case Field::ReportName:
      return length > kMaxNameLength ? "error.name_long" : "";
    case Field::Email:
    case Field::ReportEmail:
      return is_email(trimmed) ? "" : "error.email_invalid";
    case Field::Telephone:
    case Field::ReportTelephone:
      return is_telephone(trimmed) ? "" : "error.telephone_invalid";
    case Field::Postcode:
    case Field::ReportPostcode:
      return areas::normalise_postcode(trimmed) ? "" : "error.postcode_invalid";
    case Field::Custom:
    case Field::Custom2:
    case Field::ReportPlace:
      return length > kMaxCustomLength ? "error.answer_long" : "";
    case Field::ReportDescription:
      return length > kMaxTextLength ? "error.text_long" : "";
    case Field::None:
    case Field::Search:
    case Field::ReportAnswer:  // judged by its question
    case Field::Code:          // judged by whoever looks it up, so that wrong and unknown are told alike
      break;
  }
  return "";
}

}  // namespace kiosk::visit
