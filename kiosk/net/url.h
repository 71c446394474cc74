// Building and reading URLs (RFC 3986).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::net {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// Everything but unreserved characters as %XX.
std::string url_encode(std::string_view text);
// The same at the end of `out`: without a copy on the way, for what is wiped afterwards.
void append_url_encoded(std::string& out, std::string_view text);
// %XX and, in queries, "+"; what is no escape stays as it is.
std::string url_decode(std::string_view text);

// "https://x.org/api/" + "/services" + {{"page", "2"}} → "https://x.org/api/services?page=2". One slash between base
// and path, a query of the base's own is kept and goes on, a fragment is dropped. Parameters are encoded; `path` is
// not: join its parts with url_encode.
std::string build_url(std::string_view base, std::string_view path, const Parameters& parameters = {});

// Without user information, query and fragment: for logs and errors.
std::string loggable_url(std::string_view url);
// "https://host:8443": what a breaker or a budget belongs to. Empty where it is no http(s) URL.
std::string origin_of(std::string_view url);

}  // namespace kiosk::net
