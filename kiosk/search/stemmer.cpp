#include "kiosk/search/stemmer.h"

#include <libstemmer.h>

#include <algorithm>
#include <map>

#include "kiosk/core/owned.h"
#include "kiosk/core/strings.h"
#include "kiosk/search/endings.h"
#include "kiosk/search/spelling.h"

namespace kiosk::search {

namespace {

using OwnedStemmer = core::Owned<sb_stemmer, sb_stemmer_delete>;

// Null for what Snowball does not know.
sb_stemmer* stemmer_of(std::string_view language) {
  thread_local std::map<std::string, OwnedStemmer, std::less<>> stemmers;
  const auto found = stemmers.find(language);
  if (found != stemmers.end()) return found->second.get();
  const std::string name(language);
  return stemmers.emplace(name, OwnedStemmer(sb_stemmer_new(name.c_str(), "UTF_8"))).first->second.get();
}

std::string snowball(std::string_view word, sb_stemmer* stemmer) {
  const sb_symbol* const stemmed =
      sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (!stemmed) return std::string(word);
  return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

enum class Script { Latin, Arabic, Cyrillic, Gurmukhi, Bengali, Gujarati, Other };

Script script_of(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.empty() ? 'a' : word.front());
  if (first < 0xD0) return Script::Latin;
  if (first <= 0xD4) return Script::Cyrillic;
  if (first >= 0xD8 && first <= 0xDB) return Script::Arabic;
  if (first != 0xE0 || word.size() < 3) return Script::Other;
  const auto second = static_cast<unsigned char>(word[1]);  // U+0980, U+0A00 and U+0A80 begin blocks
  if (second == 0xA6 || second == 0xA7) return Script::Bengali;
  if (second == 0xA8 || second == 0xA9) return Script::Gurmukhi;
  if (second == 0xAA || second == 0xAB) return Script::Gujarati;
  return Script::Other;
}

Script script_of_language(std::string_view language) {
  if (language == "ar" || language == "ur") return Script::Arabic;
  if (language == "uk") return Script::Cyrillic;
  if (language == "pa") return Script::Gurmukhi;
  if (language == "bn") return Script::Bengali;
  if (language == "gu") return Script::Gujarati;
  return Script::Latin;
}

}  // namespace

const std::vector<std::string>& stemmed_languages() {
  static const std::vector<std::string> languages = {"en", "ar", "bn", "cy", "es", "fr", "gu", "pa",
                                                     "pl", "pt", "ro", "so", "tr", "uk", "ur"};
  return languages;
}

bool may_be_in(std::string_view word, std::string_view language) {
  return script_of(word) == script_of_language(language);
}

std::string stem(std::string_view word, std::string_view language) {
  const auto& known = stemmed_languages();
  if (std::find(known.begin(), known.end(), language) == known.end() || !may_be_in(word, language))
    return std::string(word);
  if (language == "en") return snowball(british(word), stemmer_of(language));
  if (sb_stemmer* const stemmer = stemmer_of(language)) return snowball(word, stemmer);
  return without_ending(word, language);
}

std::vector<std::string> stems(std::string_view word, std::string_view language) {
  std::vector<std::string> all = {stem(word, language)};
  if (language != "cy") return all;
  for (const std::string& unmutated : unmutated_welsh(word)) {
    std::string one = stem(unmutated, language);
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace kiosk::search
