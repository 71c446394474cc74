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
  for (const SharedWordPlan& plan : asked.words) {
    const QueryWord& word = plan->word;
    // A near word is what was meant only where the word itself is in no record.
    const WordId id = contents.lexicon.find(word.word);
    const bool known = id < contents.lexicon.size() && !contents.postings.of(id).empty();
    wanted_.push_back({word, stem(word.word, "en"), stem(word.word, language_), known ? 0 : edits_allowed(word.word),
                       plan->telling < 1});
  }
}

bool Marker::Wanted::is(const std::string& other, const std::string& other_in_english,
                        const std::string& other_in_language) const {
  if (word.word == other) return true;
  if (word.may_go_on && other.starts_with(word.word)) return true;
  if (other_in_english == in_english || other_in_language == in_language) return true;
  if (edits == 0) return false;
  // Another form of what was meant ("libraries" for "libary") is as near by its stem.
  const int of_stem = std::min(edits, edits_allowed(in_english));
  return edits_between(word.word, other, edits) <= edits ||
         (of_stem > 0 && edits_between(in_english, other_in_english, of_stem) <= of_stem);
}

Marker::Match Marker::match(const std::string& word) const {
  const std::string in_english = stem(word, "en");
  const std::string in_language = language_ == "en" ? in_english : stem(word, language_);
  Match best = meant_.contains(in_english) && !is_stop_word(word, "en") ? Match::Meant : Match::None;
  for (const Wanted& wanted : wanted_) {
    if (wanted.is(word, in_english, in_language)) best = std::max(best, wanted.is_weak ? Match::Weak : Match::Written);
  }
  return best;
}

std::vector<MarkedRange> Marker::marks(std::string_view text) {
  std::vector<MarkedRange> ranges;
  if (wanted_.empty()) return ranges;
  const std::vector<Token> tokens = tokenize(text, kMostMarkedTokens);
  const auto match_of = [this](const Token& token) {
    const auto [known, fresh] = known_.try_emplace(token.word);
    if (fresh) known->second = match(token.word);
    return known->second;
  };
  const bool written =
      std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) { return match_of(token) == Match::Written; });
  const Match least = written ? Match::Weak : Match::Meant;
  for (const Token& token : tokens) {
    if (match_of(token) < least) continue;
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
