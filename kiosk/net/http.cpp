#include "kiosk/net/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "kiosk/core/strings.h"

namespace kiosk::net {

using core::equals_ignoring_case;

namespace {

std::optional<core::Instant> parse_date(const std::string& text) {
  const time_t date = ::curl_getdate(text.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  return core::Instant{std::chrono::seconds{date}};
}

}  // namespace

void Headers::add(std::string name, std::string value) { entries_.emplace_back(std::move(name), std::move(value)); }

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(entries_, [&](const auto& entry) { return equals_ignoring_case(entry.first, name); });
  add(std::string(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const auto& entry) { return equals_ignoring_case(entry.first, name); });
  if (found == entries_.end()) return std::nullopt;
  return found->second;
}

std::string_view Headers::value_or(std::string_view name, std::string_view fallback) const {
  return find(name).value_or(fallback);
}

std::string_view to_string(Method method) {
  switch (method) {
    case Method::Get:
      return "GET";
    case Method::Head:
      return "HEAD";
    case Method::Post:
      return "POST";
    case Method::Put:
      return "PUT";
    case Method::Patch:
      return "PATCH";
    case Method::Delete:
      return "DELETE";
  }
  return "GET";
}

std::string Response::content_type() const {
  const std::string_view value = headers.value_or("content-type", "");
  return core::to_lower_ascii(core::trim(value.substr(0, value.find(';'))));
}

std::optional<core::Milliseconds> Response::retry_after(core::Instant now) const {
  constexpr core::Milliseconds kLongest = std::chrono::hours{24};
  const std::string value(core::trim(headers.value_or("retry-after", "")));
  if (value.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (end == value.data() + value.size()) {
    if (error == std::errc::result_out_of_range) return kLongest;
    return core::Milliseconds(std::clamp<std::int64_t>(seconds, 0, kLongest.count() / 1000) * 1000);
  }
  const auto at = parse_date(value);
  if (!at) return std::nullopt;
  return std::clamp(*at - now, core::Milliseconds{0}, kLongest);
}

std::optional<core::Instant> Response::date() const {
  const std::string value(core::trim(headers.value_or("date", "")));
  return value.empty() ? std::nullopt : parse_date(value);
}

}  // namespace kiosk::net
