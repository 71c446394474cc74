#include "kiosk/search/suggest.h"

#include <algorithm>
#include <tuple>

#include "kiosk/core/strings.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostSuggestions = 3;
constexpr std::size_t kShortestWithTwoErrors = 5;
constexpr std::size_t kBesideOthers = 20;  // a record with the query's other words, beside one without

bool is_known(const QueryWord& word, const std::string& language, const Lexicon& lexicon) {
  if (lexicon.find(word.word) < lexicon.size() || !lexicon.with_stem_of(word.word, language).empty()) return true;
  const auto [first, last] = lexicon.with_prefix(word.word);
  return word.may_go_on && first < last;
}

// The words of concepts are no words of records, unless they stand in one.
bool is_in_records(WordId word, const Contents& contents) { return !contents.postings.of(word).empty(); }

// How many of the query's known words each record holds.
std::vector<std::uint8_t> known_words_by_document(const ParsedQuery& parsed, const std::vector<bool>& known,
                                                  const Contents& contents) {
  std::vector<std::uint8_t> held(contents.documents.size(), 0);
  for (std::size_t i = 0; i < parsed.words.size(); ++i) {
    if (!known[i]) continue;
    const QueryWord& word = parsed.words[i];
    std::vector<WordId> family = contents.lexicon.with_stem_of(word.word, "en");
    const WordId itself = contents.lexicon.find(word.word);
    if (family.empty() && itself < contents.lexicon.size()) family.push_back(itself);
    for (const WordId id : family) {
      for (const Posting& posting : contents.postings.of(id)) ++held[posting.document];
    }
  }
  return held;
}

// The words of the records that the writer may have meant, likeliest first: fewest errors, an error in the first letter
// counting double; then those that stand in the most records, above all beside the query's other words.
std::vector<WordId> meant(const QueryWord& word, const std::vector<std::uint8_t>& held, const Contents& contents) {
  if (edits_allowed(word.word) == 0) return {};
  const int limit = core::count_code_points(word.word) < kShortestWithTwoErrors ? 1 : 2;
  struct Candidate {
    WordId word;
    int errors;
    std::size_t records;
  };
  std::vector<Candidate> candidates;
  for (const NearWord& near : contents.lexicon.near(word.word, limit)) {
    if (!is_in_records(near.word, contents)) continue;
    Candidate candidate{near.word, near.edits, 0};
    if (contents.lexicon.word(near.word).front() != word.word.front()) ++candidate.errors;
    if (candidate.errors > 2) continue;
    for (const Posting& posting : contents.postings.of(near.word))
      candidate.records += 1 + kBesideOthers * held[posting.document];
    candidates.push_back(candidate);
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.errors, b.records, a.word) < std::tuple(b.errors, a.records, b.word);
  });
  std::vector<WordId> words;
  for (const Candidate& candidate : candidates) {
    if (words.size() < kMostSuggestions) words.push_back(candidate.word);
  }
  return words;
}

}  // namespace

std::vector<std::string> suggestions(const Contents& contents, const ParsedQuery& parsed, const std::string& language) {
  std::vector<bool> known;
  for (const QueryWord& word : parsed.words) known.push_back(is_known(word, language, contents.lexicon));
  if (std::find(known.begin(), known.end(), false) == known.end()) return {};
  const std::vector<std::uint8_t> held = known_words_by_document(parsed, known, contents);
  // One variant for each reading of the first unknown word; later unknown words take their likeliest.
  std::vector<std::string> variants = {""};
  bool changed = false;
  for (std::size_t i = 0; i < parsed.words.size(); ++i) {
    const QueryWord& word = parsed.words[i];
    std::vector<std::string> choices = {word.word};
    if (!known[i]) {
      const std::vector<WordId> words = meant(word, held, contents);
      if (!words.empty()) choices.clear();
      for (const WordId id : words) choices.push_back(std::string(contents.spelt(id)));
      if (changed && choices.size() > 1) choices.resize(1);
      changed |= !words.empty();
    } else if (const WordId id = contents.lexicon.find(word.word); id < contents.lexicon.size()) {
      choices = {std::string(contents.spelt(id))};
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
