#include "kiosk/directory/fields.h"

#include <algorithm>
#include <cmath>

#include "kiosk/core/strings.h"
#include "kiosk/directory/html_text.h"

namespace kiosk::directory {

using core::Json;

const Json& list_of(const Json& object, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const Json& list = core::json_array(object, name);
    if (!list.empty()) return list;
  }
  return core::json_array(object, *names.begin());
}

bool shorten_line(std::string& line) {
  if (core::count_code_points(line) <= kMaxLineLetters) return false;
  std::size_t end = 0;
  for (std::size_t letters = 1; letters < kMaxLineLetters; ++letters) {  // the last one is the ellipsis
    do ++end;
    while ((static_cast<unsigned char>(line[end]) & 0xC0u) == 0x80);
  }
  line.resize(end);
  const std::size_t space = line.rfind(' ');
  if (space != std::string::npos && space >= end / 2) line.resize(space);
  line.resize(line.find_last_not_of(" ,;:.-") + 1);
  line += "…";
  return true;
}

std::string line_of(const Json& object, const char* key) {
  std::string line = html_to_line(core::json_text(object, key));
  shorten_line(line);
  return line;
}

std::string name_of(const Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    std::string line = html_to_line(core::json_text(object, key));
    if (!line.empty()) return line;
  }
  return {};
}

std::string line_of(const Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    std::string line = line_of(object, key);
    if (!line.empty()) return line;
  }
  return {};
}

std::string text_of(const Json& object, const char* key) { return html_to_text(core::json_text(object, key)); }

std::string text_of(const Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    std::string text = text_of(object, key);
    if (!text.empty()) return text;
  }
  return {};
}

bool is_word(std::string_view text, std::string_view word) {
  return core::equals_ignoring_case(core::trim(text), word);
}

namespace {

bool has_space_or_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  return core::equals_ignoring_case(text.substr(0, prefix.size()), prefix) ? text.substr(prefix.size()) : text;
}

// What follows "http:" and "https:" in whatever way it was typed.
std::string_view host_and_path(std::string_view text) {
  const std::size_t slashes = text.find_first_not_of("/\\");
  return slashes == std::string_view::npos ? std::string_view{} : text.substr(slashes);
}

bool looks_like_host(std::string_view rest) {
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  const std::string_view name = host.substr(0, host.find(':'));
  if (name.size() < 4 || name.size() > 253 || name.front() == '.' || name.find('.') == std::string_view::npos)
    return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           (static_cast<unsigned char>(c) & 0x80u);
  });
}

}  // namespace

std::string clean_url(std::string_view text) {
  const std::string cleaned = clean_text(text.substr(0, 4096));
  const std::string_view url = core::trim(cleaned);
  if (url.empty() || url.size() > 2048 || has_space_or_control(url)) return {};
  const std::string_view after_https = without_prefix(url, "https:"), after_http = without_prefix(url, "http:");
  const bool insecure = after_http.size() != url.size();
  const std::string_view rest = host_and_path(insecure ? after_http : after_https);
  if (!looks_like_host(rest)) return {};
  return (insecure ? "http://" : "https://") + std::string(rest);
}

std::string clean_email(std::string_view text) {
  const std::string cleaned = clean_text(text.substr(0, 1024));
  for (std::string_view word : core::split(cleaned, ' ')) {
    word = without_prefix(word, "mailto:");
    while (!word.empty() && std::string_view(".,;:<>()\"'").find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
    while (!word.empty() && std::string_view("<(\"'").find(word.front()) != std::string_view::npos)
      word.remove_prefix(1);
    const std::size_t at = word.find('@');
    if (at == std::string_view::npos || at == 0 || word.size() > 254) continue;
    const std::string_view host = word.substr(at + 1);
    // RFC 6761: names under .invalid never resolve; directories fill empty fields with them.
    const bool invalid = host.size() >= 8 && core::equals_ignoring_case(host.substr(host.size() - 8), ".invalid");
    if (!invalid && looks_like_host(host) && host.find('/') == std::string_view::npos) return std::string(word);
  }
  return {};
}

std::optional<int> age_of(const Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const std::optional<double> age = core::json_number(object, key);
    if (age && std::isfinite(*age) && *age >= 0 && *age <= 130) return static_cast<int>(*age);
  }
  return std::nullopt;
}

std::optional<core::Date> date_of(const Json& object, const char* key) {
  const std::string text = core::json_text(object, key);
  return core::parse_iso_date(std::string_view(text).substr(0, 10));
}

std::optional<core::Instant> instant_of(const Json& object, const char* key) {
  const std::string text = core::json_text(object, key);
  if (text.empty()) return std::nullopt;
  if (const std::optional<core::Instant> instant = core::parse_iso8601(text)) return instant;
  const std::optional<core::Date> date = core::parse_iso_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  return core::Instant(std::chrono::sys_days(*date));
}

}  // namespace kiosk::directory
