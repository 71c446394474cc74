// Private to net: a URL taken apart, by the same parser that sends to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kiosk::net {

struct UrlParts {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; IPv6 in brackets
  std::string port;    // empty where it is the scheme's own
  bool has_user_info = false;

  bool is_loopback() const;
  std::string origin() const;
};

// Nullopt for anything but an absolute http or https URL without spaces and control characters.
std::optional<UrlParts> parse_url(std::string_view url);

}  // namespace kiosk::net
