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

}  // namespace

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
        return "error.postcode_missing";
      default:
        return "error.answer_missing";
    }
  }
  switch (field) {
    case Field::Name:
      return length > kMaxNameLength ? "error.name_long" : "";
    case Field::Email:
      return is_email(trimmed) ? "" : "error.email_invalid";
    case Field::Telephone:
      return is_telephone(trimmed) ? "" : "error.telephone_invalid";
    case Field::Postcode:
      return areas::normalise_postcode(trimmed) ? "" : "error.postcode_invalid";
    case Field::Custom:
    case Field::Custom2:
      return length > kMaxCustomLength ? "error.answer_long" : "";
    case Field::None:
    case Field::Search:
    case Field::Code:  // judged by whoever looks it up, so that wrong and unknown are told alike
      break;
  }
  return "";
}

}  // namespace kiosk::visit
