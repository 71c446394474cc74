#include "kiosk/search/marker.h"

#include <algorithm>

#include "kiosk/search/stemmer.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {
namespace {

constexpr std::size_t kMostMarkedTokens = 20'000;

// The words that a query's best meanings are called by in records.
std::set<std::string> meant_stems(const Contents& contents, const std::vector<Meaning>& meanings) {
  std::set<std::string> stems;
  float best = 0;
  for (const Meaning& meaning : meanings) best = std::max(best, meaning.strength);
  for (const Meaning& meaning : meanings) {
    if (meaning.strength < best) continue;
    const Range range = contents.concepts[meaning.concept_id].words;
    for (const Text& word : contents.concept_words.subspan(range.begin, range.size)) stems.emplace(contents.text(word));
  }
  return stems;
}

}  // namespace

Marker::Marker(const Asked& asked) : meant_(meant_stems(*asked.contents, asked.meanings)), language_(asked.language) {
  const Contents& contents = *asked.contents;
  for (const QueryWord& word : asked.parsed.words) {
    // A near word is what was meant only where the word itself is in no record.
    const WordId id = contents.lexicon.find(word.word);
    const bool known = id < contents.lexicon.size() && !contents.postings.of(id).empty();
    wanted_.push_back({word, stem(word.word, "en"), stem(word.word, language_), known ? 0 : edits_allowed(word.word)});
  }
}

Marker::Match Marker::match(const std::string& word) const {
  const std::string in_english = stem(word, "en");
  const std::string in_language = language_ == "en" ? in_english : stem(word, language_);
  const bool written = std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& wanted) {
    if (wanted.word.word == word) return true;
    if (wanted.word.may_go_on && word.starts_with(wanted.word.word)) return true;
    if (in_english == wanted.in_english || in_language == wanted.in_language) return true;
    return wanted.edits > 0 && edits_between(wanted.word.word, word, wanted.edits) <= wanted.edits;
  });
  if (written) return Match::Written;
  return meant_.contains(in_english) && !is_stop_word(word, "en") ? Match::Meant : Match::None;
}

std::vector<MarkedRange> Marker::marks(std::string_view text) {
  std::vector<MarkedRange> ranges;
  if (wanted_.empty()) return ranges;
  Match best = Match::Meant;
  for (const Token& token : tokenize(text, kMostMarkedTokens)) {
    const auto [known, fresh] = known_.try_emplace(token.word);
    if (fresh) known->second = match(token.word);
    if (known->second < best) continue;
    if (known->second > best) ranges.clear();
    best = known->second;
    // Pairs of letters in scripts without spaces overlap.
    if (!ranges.empty() && token.begin < ranges.back().end) {
      ranges.back().end = std::max(ranges.back().end, token.end);
    } else {
      ranges.push_back({token.begin, token.end});
    }
  }
  return ranges;
}

}  // namespace kiosk::search
