#include "kiosk/settings/checks.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <cstdio>

#include "kiosk/core/strings.h"

namespace kiosk::settings {
namespace {

bool misleads(UChar32 c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
  return control || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string fault_of_text(std::string_view text) {
  const icu::UnicodeString letters = icu::UnicodeString::fromUTF8(icu::StringPiece(text));  // TOML is valid UTF-8
  for (std::int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    const UChar32 c = letters.char32At(at);
    if (!misleads(c)) continue;
    char name[16];
    std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(c));
    return "holds the invisible character " + std::string(name) + "; write it without";
  }
  return {};
}

std::string fault_of_url(std::string_view url) {
  // Schemes are of any case (RFC 3986 section 3.1); capitals make a smaller QR code.
  const std::size_t mark = url.find("://");
  const std::string scheme = core::to_lower_ascii(url.substr(0, mark));
  if (mark == std::string_view::npos || (scheme != "https" && scheme != "http"))
    return "must begin with https:// or http://";
  const std::string_view authority = url.substr(mark + 3, url.find_first_of("/?#\\", mark + 3) - (mark + 3));
  if (authority.find('@') != std::string_view::npos) {
    return "holds a user's name or password, and a configuration is no place for secrets; write the address without "
           "what stands before the @";
  }
  if (authority.empty() || authority.front() == ':') return "names no host; write it as https://host/path";
  if (url.find(' ') != std::string_view::npos) return "holds a space; write %20 in its place";
  return {};
}

std::string fault_of_time_zone(const std::string& zone) {
  icu::UnicodeString canonical;
  UBool is_system_id = false;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(icu::UnicodeString::fromUTF8(zone), canonical, is_system_id, status);
  if (!zone.empty() && zone != "Etc/Unknown" && U_SUCCESS(status) && is_system_id) return {};
  return "\"" + zone + "\" is no time zone that is known here; write a name of the IANA database, as \"Europe/London\"";
}

}  // namespace kiosk::settings
