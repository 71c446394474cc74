// Names and codes of languages, by ICU's tables.
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <map>
#include <string>

#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"

namespace kiosk::directory {

namespace {

// English names in lower case → ISO 639 codes. What feeds say and ICU does not know is added by hand.
const std::map<std::string, std::string>& codes_by_name() {
  static const std::map<std::string, std::string> codes = [] {
    std::map<std::string, std::string> names;
    for (const char* const* code = uloc_getISOLanguages(); *code; ++code) {
      char16_t buffer[128];
      UErrorCode status = U_ZERO_ERROR;
      const std::int32_t length = uloc_getDisplayLanguage(*code, "en", buffer, 128, &status);
      if (U_FAILURE(status) || length <= 0 || length >= 128) continue;
      std::string name;
      icu::UnicodeString(buffer, length).toUTF8String(name);
      names.emplace(core::to_lower_ascii(name), *code);
    }
    names["british sign language"] = names["bsl"] = "bfi";
    names["farsi"] = "fa";
    names["mandarin"] = names["cantonese"] = "zh";
    names["gaelic"] = "gd";
    names["cymraeg"] = "cy";
    return names;
  }();
  return codes;
}

}  // namespace

std::string language_code(std::string_view text) {
  const std::string_view trimmed = core::trim(text);
  const std::string lower = core::to_lower_ascii(trimmed);
  const auto found = codes_by_name().find(lower);
  if (found != codes_by_name().end()) return found->second;
  if (lower.size() != 2 && lower.size() != 3) return std::string(trimmed);
  char buffer[16];
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length = uloc_getLanguage(lower.c_str(), buffer, sizeof buffer, &status);
  if (U_FAILURE(status) || length < 2 || length > 3) return std::string(trimmed);
  return std::string(buffer, static_cast<std::size_t>(length));
}

}  // namespace kiosk::directory
