// What a Language holds. Private to text/.
#pragma once

#include <unicode/coll.h>
#include <unicode/locid.h>

#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>

#include "kiosk/text/date_formats.h"
#include "kiosk/text/message.h"
#include "kiosk/text/words.h"

namespace kiosk::text {

struct Language::State {
  // A pattern, and its formatter once it was used. Patterns without arguments and quotes need none.
  struct Entry {
    std::string pattern;
    std::unique_ptr<Message> message;
    bool is_literal = false;
  };

  State(LanguageInfo i, icu::Locale l) : info(std::move(i)), locale(std::move(l)), dates(locale) {}

  // Reads and checks a language's file.
  static core::Result<std::unique_ptr<State>> parse(const std::string& code, std::string_view json);
  core::Status add(const std::string& key, std::string pattern);
  // nullopt where this language lacks the key, or the arguments do not fit it.
  std::optional<std::string> format(std::string_view key, const Args& args);
  std::string tidied(std::string text) const;
  std::string moment(const char* skeleton, const Moment& when);
  void report_once(std::string_view key, const char* event, const std::string& detail);

  LanguageInfo info;
  icu::Locale locale;
  const Language* english = nullptr;  // null in English itself
  std::map<std::string, Entry, std::less<>> entries;
  std::mutex mutex;  // over all below, and the entries' formatters
  DateFormats dates;
  std::unique_ptr<icu::Collator> collator;
  std::set<std::string> reported;
};

void lint_language(const Language& language, const Language& english, std::vector<LintFinding>& findings);

}  // namespace kiosk::text
