#include "kiosk/search/suggest.h"

#include <algorithm>
#include <tuple>

#include "kiosk/core/strings.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostSuggestions = 3;

bool is_known(const QueryWord& word, const std::string& language, const Lexicon& lexicon) {
  if (lexicon.find(word.word) < lexicon.size() || !lexicon.with_stem_of(word.word, language).empty()) return true;
  const auto [first, last] = lexicon.with_prefix(word.word);
  return word.may_go_on && first < last;
}

// The words of the records that the writer may have meant, likeliest first: fewest errors, then commonest.
std::vector<WordId> meant(const QueryWord& word, const Contents& contents) {
  const int allowed = edits_allowed(word.word);
  if (allowed == 0) return {};
  const bool short_word = core::count_code_points(word.word) < 5;
  std::vector<NearWord> near = contents.lexicon.near(word.word, {short_word ? 1 : 2, false});
  const auto rank = [&](const NearWord& candidate) {
    return std::tuple(candidate.edits, -static_cast<std::ptrdiff_t>(contents.postings.of(candidate.word).size()),
                      candidate.word);
  };
  const std::size_t kept = std::min(near.size(), kMostSuggestions);
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept), near.end(),
                    [&](const NearWord& a, const NearWord& b) { return rank(a) < rank(b); });
  std::vector<WordId> words;
  for (std::size_t i = 0; i < kept; ++i) words.push_back(near[i].word);
  return words;
}

std::string as_spelt(WordId word, const Contents& contents) {
  const auto spelt = contents.spelling.find(word);
  return spelt == contents.spelling.end() ? std::string(contents.lexicon.word(word)) : spelt->second;
}

}  // namespace

std::vector<std::string> suggestions(const Contents& contents, const ParsedQuery& parsed, const std::string& language) {
  // One variant for each reading of the first unknown word; later unknown words take their likeliest.
  std::vector<std::string> variants = {""};
  bool changed = false;
  for (const QueryWord& word : parsed.words) {
    std::vector<std::string> choices = {word.word};
    if (!is_known(word, language, contents.lexicon)) {
      const std::vector<WordId> words = meant(word, contents);
      if (!words.empty()) choices.clear();
      for (const WordId id : words) choices.push_back(as_spelt(id, contents));
      if (changed && choices.size() > 1) choices.resize(1);
      changed |= !words.empty();
    } else if (const WordId id = contents.lexicon.find(word.word); id < contents.lexicon.size()) {
      choices = {as_spelt(id, contents)};
    }
    std::vector<std::string> longer;
    for (const std::string& variant : variants) {
      for (const std::string& choice : choices) longer.push_back(variant.empty() ? choice : variant + ' ' + choice);
    }
    variants = std::move(longer);
  }
  if (!changed) return {};
  variants.resize(std::min(variants.size(), kMostSuggestions));
  return variants;
}

}  // namespace kiosk::search
