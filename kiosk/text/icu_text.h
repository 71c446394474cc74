// Between UTF-8 and ICU. Private to text/.
#pragma once

#include <unicode/unistr.h>

#include <string>
#include <string_view>

namespace kiosk::text {

inline icu::UnicodeString to_icu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

inline std::string from_icu(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

}  // namespace kiosk::text
