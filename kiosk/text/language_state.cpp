#include "kiosk/text/language_state.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "kiosk/core/json.h"
#include "kiosk/core/log.h"
#include "kiosk/text/icu_text.h"

namespace kiosk::text {

namespace {

core::Error invalid(std::string what, std::string where) {
  return core::make_error(core::ErrorKind::Invalid, std::move(what), std::move(where));
}

bool is_plain_name(std::string_view text) {
  return !text.empty() && text.size() < 36 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// "polski" -> "Polski": a name that stands alone in a menu.
std::string own_name_of(const icu::Locale& locale) {
  icu::UnicodeString name;
  locale.getDisplayLanguage(locale, name);
  if (!name.isEmpty()) {
    const UChar32 first = name.char32At(0);
    name.replace(0, U16_LENGTH(first), icu::UnicodeString(u_totitle(first)));
  }
  return from_icu(name);
}

// Where the file names no locale, the kiosk stands in the United Kingdom: 24 hours, weeks from Monday, pounds. Digits
// are the ones on its letters and phones, unless the file says "numbers": "arab".
std::string locale_id(const std::string& code, const core::Json& meta) {
  std::string id = core::json_text(meta, "locale");
  if (id.empty()) id = code.find_first_of("-_") == std::string::npos ? code + "_GB" : code;
  if (id.find('@') != std::string::npos) return id;
  const std::string numbers = core::json_text(meta, "numbers");
  return id + "@numbers=" + (numbers.empty() ? "latn" : numbers);
}

core::Result<LanguageInfo> info_of(const std::string& code, const core::Json& meta, const std::string& file) {
  LanguageInfo info;
  info.code = code;
  info.locale = locale_id(code, meta);
  info.direction = direction_of(code);
  const std::string direction = core::json_text(meta, "direction");
  if (!direction.empty() && direction != "ltr" && direction != "rtl") {
    return invalid("direction must be \"ltr\" or \"rtl\"", file + ": _meta");
  }
  if (!direction.empty()) info.direction = direction == "rtl" ? Direction::RightToLeft : Direction::LeftToRight;
  info.own_name = core::json_text(meta, "name");
  return info;
}

}  // namespace

core::Result<std::unique_ptr<Language::State>> Language::State::parse(const std::string& code, std::string_view json) {
  const std::string file = code + ".json";
  if (!is_plain_name(code)) return invalid("the file's name must be a language, like cy.json", file);
  KIOSK_TRY(const core::Json document, core::parse_json(json, file, 4));
  if (!document.is_object()) return invalid("must hold one object of key and pattern", file);
  KIOSK_TRY(LanguageInfo info, info_of(code, core::json_object(document, "_meta"), file));
  icu::Locale locale(info.locale.c_str());
  if (locale.isBogus()) return invalid("ICU does not know the locale '" + info.locale + "'", file + ": _meta");
  if (info.own_name.empty()) info.own_name = own_name_of(locale);
  auto state = std::make_unique<State>(std::move(info), std::move(locale));
  for (const auto& [key, value] : document.items()) {
    if (key == "_meta") continue;
    if (!value.is_string()) return invalid("must be a string", file + ": " + key);
    KIOSK_CHECK(state->add(key, value.get<std::string>()));
  }
  return state;
}

core::Status Language::State::add(const std::string& key, std::string pattern) {
  Entry entry;
  entry.is_literal = pattern.find_first_of("{}'") == std::string::npos;
  if (!entry.is_literal) {
    // Compiled once to check it; kept only from the first use on, for a kiosk shows few of its words in a visit.
    KIOSK_TRY(const auto checked, Message::compile(pattern, locale, info.code + ".json: " + key));
    (void)checked;
  }
  entry.pattern = std::move(pattern);
  entries.emplace(key, std::move(entry));
  return {};
}

std::optional<std::string> Language::State::format(std::string_view key, const Args& args) {
  const auto found = entries.find(key);
  if (found == entries.end()) return std::nullopt;
  Entry& entry = found->second;
  if (entry.is_literal) return entry.pattern;
  const std::lock_guard lock(mutex);
  if (!entry.message) {
    auto compiled = Message::compile(entry.pattern, locale, {});
    if (!compiled.ok()) return std::nullopt;
    entry.message = std::move(compiled).value();
  }
  auto text = entry.message->format(args, dates);
  if (!text.ok()) {
    report_once(key, "text.bad_arguments", text.error().what);
    return std::nullopt;
  }
  return tidied(std::move(text).value());
}

std::string Language::State::tidied(std::string text) const {
  if (info.direction == Direction::RightToLeft || has_right_to_left(text)) return text;
  return without_bidi_controls(text);
}

std::string Language::State::moment(const char* skeleton, const Moment& when) {
  const std::lock_guard lock(mutex);
  return dates.by_skeleton(skeleton, when);
}

void Language::State::report_once(std::string_view key, const char* event, const std::string& detail) {
  constexpr std::size_t kMostReports = 1000;
  if (reported.size() >= kMostReports || !reported.emplace(std::string(event) + ' ' + std::string(key)).second) return;
  core::log_warning(event, {{"language", info.code}, {"key", key}, {"detail", detail}});
}

}  // namespace kiosk::text
