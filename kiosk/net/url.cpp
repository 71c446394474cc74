#include "kiosk/net/url.h"

#include <curl/curl.h>

#include <algorithm>

#include "kiosk/core/owned.h"
#include "kiosk/core/strings.h"
#include "kiosk/net/url_parts.h"

namespace kiosk::net {

namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
  const core::Owned<char, curl_free> owner(text);
  return text;
}

}  // namespace

std::optional<UrlParts> parse_url(std::string_view url) {
  const bool odd =
      std::any_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; });
  if (odd) return std::nullopt;
  const core::Owned<CURLU, curl_url_cleanup> handle(curl_url());
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, std::string(url).c_str(), 0) != CURLUE_OK)
    return std::nullopt;
  UrlParts parts;
  parts.scheme = part(handle.get(), CURLUPART_SCHEME);
  parts.host = core::to_lower_ascii(part(handle.get(), CURLUPART_HOST));
  parts.port = part(handle.get(), CURLUPART_PORT);
  parts.has_user_info = !part(handle.get(), CURLUPART_USER).empty() || !part(handle.get(), CURLUPART_PASSWORD).empty();
  if ((parts.scheme != "http" && parts.scheme != "https") || parts.host.empty()) return std::nullopt;
  if ((parts.scheme == "http" && parts.port == "80") || (parts.scheme == "https" && parts.port == "443"))
    parts.port.clear();
  return parts;
}

bool UrlParts::is_loopback() const {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]";
}

std::string UrlParts::origin() const { return scheme + "://" + host + (port.empty() ? "" : ":" + port); }

void append_url_encoded(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += '%';
      out += kHexDigits[byte >> 4];
      out += kHexDigits[byte & 15];
    }
  }
}

std::string url_encode(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size());
  append_url_encoded(encoded, text);
  return encoded;
}

std::string url_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (escape) {
      decoded += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::string build_url(std::string_view base, std::string_view path, const Parameters& parameters) {
  base = base.substr(0, base.find('#'));
  const std::size_t query_at = std::min(base.find('?'), base.size());
  std::string_view query = base.substr(query_at);
  std::string url(base.substr(0, query_at));
  if (!path.empty()) {
    while (url.ends_with('/')) url.pop_back();
    if (!path.starts_with('/')) url += '/';
    url += path;
  }
  url += query;
  bool first = query.empty();
  for (const auto& [name, value] : parameters) {
    if (first) {
      url += '?';
    } else if (!url.ends_with('?') && !url.ends_with('&')) {
      url += '&';
    }
    first = false;
    url += url_encode(name) + "=" + url_encode(value);
  }
  return url;
}

std::string loggable_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme = url.find("://");
  const std::size_t authority = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t path = std::min(url.find('/', authority), url.size());
  const std::size_t at = url.substr(0, path).rfind('@');
  const std::size_t host = at == std::string_view::npos || at < authority ? authority : at + 1;
  return core::sanitise_utf8(std::string(url.substr(0, authority)) + std::string(url.substr(host)));
}

std::string origin_of(std::string_view url) {
  const std::optional<UrlParts> parts = parse_url(url);
  return parts ? parts->origin() : std::string();
}

}  // namespace kiosk::net
