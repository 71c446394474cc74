#include "kiosk/search/stemmer.h"

#include <libstemmer.h>

#include <algorithm>
#include <map>

#include "kiosk/core/owned.h"

namespace kiosk::search {

namespace {

using OwnedStemmer = core::Owned<sb_stemmer, sb_stemmer_delete>;

sb_stemmer* stemmer_of(std::string_view language) {
  thread_local std::map<std::string, OwnedStemmer, std::less<>> stemmers;
  const auto found = stemmers.find(language);
  if (found != stemmers.end()) return found->second.get();
  const std::string name(language);
  return stemmers.emplace(name, OwnedStemmer(sb_stemmer_new(name.c_str(), "UTF_8"))).first->second.get();
}

}  // namespace

const std::vector<std::string>& stemmed_languages() {
  static const std::vector<std::string> languages = {"en", "ar", "es", "fr", "pt", "ro", "tr"};
  return languages;
}

std::string stem(std::string_view word, std::string_view language) {
  const auto& known = stemmed_languages();
  if (std::find(known.begin(), known.end(), language) == known.end()) return std::string(word);
  sb_stemmer* const stemmer = stemmer_of(language);
  if (!stemmer) return std::string(word);
  const sb_symbol* const stemmed =
      sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (!stemmed) return std::string(word);
  return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

}  // namespace kiosk::search
