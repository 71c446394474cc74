#include "kiosk/search/meaning.h"

#include <algorithm>
#include <array>
#include <bit>

#include "kiosk/core/strings.h"
#include "kiosk/search/concepts.h"
#include "kiosk/search/stemmer.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/tokenizer.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {
namespace {

constexpr std::uint16_t kAnyLanguage = 0xffff;
constexpr std::uint16_t kEnglish = 1;      // a word's sound is told as in English: "birth" is no "poród"
constexpr std::size_t kShortestBegun = 3;  // letters of a word being typed, before it means anything
constexpr float kTellingShare = 0.45f;     // of a phrase's weight: a smaller part of it tells nothing
constexpr float kSlipOfPhrase = 0.55f;     // a phrase's word one usual slip away
constexpr float kSoundOfPhrase = 0.4f;
constexpr float kTopicInPart = 0.35f;  // a topic where more is asked than its name

constexpr std::size_t kMostBytesToTell = 400;
constexpr std::size_t kMostWordsToTell = 24;

// How far a phrase was found in the query.
struct Found {
  std::uint32_t phrase = 0;
  std::uint32_t words = 0;  // of the query
  float weight = 0;         // of the phrase's words that are there
  std::array<float, kMostPhraseWords> slots{};
};

// Looks for the words of phrases that one word of the query may stand for.
class HitFinder {
 public:
  HitFinder(const QueryWord& word, const Contents& contents) : word_(word), contents_(contents) {}

  std::vector<PhraseHit> find(const Readings& readings) {
    const std::string& word = word_.word;
    if (word_.head_only) {  // its readings are of records
      const WordId id = contents_.lexicon.find(word);
      if (id < contents_.lexicon.size()) add(id, 1, kAnyLanguage);
    }
    for (const Reading& reading : readings) add_reading(reading);
    if (word_.may_go_on && core::count_code_points(word) >= kShortestBegun) {
      const auto [first, last] = contents_.lexicon.with_prefix(word);
      for (WordId id = first; id < last; ++id) add(id, kRank.prefix, kAnyLanguage);
    }
    for (std::size_t l = 1; l < kConceptLanguages.size(); ++l) {
      for (const WordId id : words_with_stem_of(word, kConceptLanguages[l], contents_.trigger_stems))
        add(id, kRank.stem, static_cast<std::uint16_t>(1u << l));
    }
    return std::move(hits_);
  }

 private:
  void add_reading(const Reading& reading) {
    switch (reading.how) {
      case How::Written:
        for (const WeighedWord& each : reading.words) add(each.word, each.weight, kAnyLanguage);
        break;
      case How::Mistyped:
        add_mistyped(reading);
        break;
      case How::Sounds:
        for (const WeighedWord& each : reading.words) add(each.word, kSoundOfPhrase, kEnglish);
        break;
      case How::GoesOn:
      case How::Split:
        break;
    }
  }

  void add_mistyped(const Reading& reading) {
    // Where the word as written stands nowhere, a usual slip leaves no doubt of the phrase.
    const float most = reading.is_certain ? 1.0f : kSlipOfPhrase;
    const float of = reading.is_certain ? kRank.certain_slip : kRank.slip;
    for (const WeighedWord& each : reading.words) add(each.word, most * std::min(1.0f, each.weight / of), kAnyLanguage);
  }

  void add(WordId id, float weight, std::uint16_t languages) {
    const auto triggers = contents_.triggers.of(id);
    if (triggers.empty()) return;
    const float rarity = rarity_among_phrases(triggers.size(), contents_.phrases.size());
    for (const Trigger& trigger : triggers) {
      if (languages & (1u << contents_.phrases[trigger.phrase].language))
        hits_.push_back({trigger.phrase, trigger.slot, weight, rarity});
    }
  }

  const QueryWord& word_;
  const Contents& contents_;
  std::vector<PhraseHit> hits_;
};

class Finder {
 public:
  Finder(const ParsedQuery& parsed, const std::string& language, const Contents& contents)
      : parsed_(parsed),
        contents_(contents),
        language_(concept_language(language)),
        place_(contents.phrases.size(), kNotFound) {}

  void add(std::size_t word, const PhraseHit& hit) {
    Found& found = found_for(hit.phrase);
    found.words |= 1u << word;
    if (found.slots[hit.slot] == 0) found.weight += hit.rarity;
    found.slots[hit.slot] = std::max(found.slots[hit.slot], hit.weight);
  }

  std::vector<Meaning> meanings() {
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.phrase < b.phrase; });
    std::vector<Meaning> all;
    for (const Found& found : found_) {
      const Meaning meaning = meaning_of(contents_.phrases[found.phrase], found);
      if (meaning.strength > 0) all.push_back(meaning);
    }
    // The best phrase of each concept stays; of equals the first.
    const auto worth = [](const Meaning& m) { return m.strength * static_cast<float>(std::popcount(m.words)); };
    std::stable_sort(all.begin(), all.end(), [&](const Meaning& a, const Meaning& b) {
      return a.concept_id != b.concept_id ? a.concept_id < b.concept_id : worth(a) > worth(b);
    });
    const auto same = [](const Meaning& a, const Meaning& b) { return a.concept_id == b.concept_id; };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    return all;
  }

 private:
  Found& found_for(std::uint32_t phrase) {
    std::uint32_t& place = place_[phrase];
    if (place == kNotFound) {
      place = static_cast<std::uint32_t>(found_.size());
      found_.push_back({phrase});
    }
    return found_[place];
  }

  Meaning meaning_of(const Phrase& phrase, const Found& found) const {
    float weakest = 1;
    std::size_t held = 0;
    for (std::size_t slot = 0; slot < phrase.words; ++slot) {
      if (found.slots[slot] <= 0) continue;
      ++held;
      weakest = std::min(weakest, found.slots[slot]);
    }
    Meaning meaning{phrase.concept_id, 0, found.words};
    const float share = held == phrase.words ? 1.0f : found.weight / std::max(phrase.weight, 0.001f);
    if (share < kTellingShare) return meaning;
    const float part = phrase.language == 0 ? kRank.part : kRank.foreign_part;
    meaning.strength = weakest * (held == phrase.words ? 1.0f : part * share * share);
    const bool whole = held == phrase.words && explains_all(phrase.language, found.words);
    if (phrase.topic && !whole) meaning.strength *= kTopicInPart;
    if (phrase.language == 0 || phrase.language == language_) return meaning;
    meaning.strength *= whole ? kRank.foreign : 0.0f;
    return meaning;
  }

  // Words that say little ("services") may be left over.
  bool explains_all(std::size_t language, std::uint32_t words) const {
    for (std::size_t i = 0; i < parsed_.words.size(); ++i) {
      const std::string_view in = kConceptLanguages[language];
      const bool says = !is_weak_word(parsed_.words[i].word, in) && !is_stop_word(parsed_.words[i].word, in);
      if (!(words & (1u << i)) && says) return false;
    }
    return true;
  }

  const ParsedQuery& parsed_;
  const Contents& contents_;
  std::size_t language_;
  static constexpr std::uint32_t kNotFound = UINT32_MAX;
  std::vector<Found> found_;
  std::vector<std::uint32_t> place_;  // in found_, by phrase
};

}  // namespace

std::string language_of(const Query& query, const Contents& contents) {
  if (contents.phrases.empty()) return query.language;
  const std::vector<Token> tokens = tokenize(query.text.substr(0, kMostBytesToTell), kMostWordsToTell);
  std::array<std::size_t, kConceptLanguages.size()> known{};
  for (const Token& token : tokens) {
    if (token.word.empty()) continue;
    std::uint16_t languages = 0;
    const WordId id = contents.lexicon.find(token.word);
    if (id < contents.lexicon.size()) {
      // Of phrases alone: if words of records counted, a record that is added could change the language, and with it
      // the stems by which others are found.
      for (const Trigger& trigger : contents.triggers.of(id))
        languages = static_cast<std::uint16_t>(languages | (1u << contents.phrases[trigger.phrase].language));
    }
    for (std::size_t l = 0; l < known.size(); ++l)
      known[l] += ((languages >> l) & 1u) || is_own_stop_word(token.word, kConceptLanguages[l]);
  }
  std::string best = query.language;
  const auto own = std::find(kConceptLanguages.begin(), kConceptLanguages.end(), query.language);
  std::size_t most =
      own == kConceptLanguages.end() ? 0 : known[static_cast<std::size_t>(own - kConceptLanguages.begin())];
  most = std::max(most, known[0]);
  for (std::size_t l = 0; l < known.size(); ++l) {
    if (known[l] > most) {
      most = known[l];
      best = kConceptLanguages[l];
    }
  }
  return best;
}

std::vector<PhraseHit> phrase_hits(const QueryWord& word, const Readings& readings, const Contents& contents) {
  if (contents.phrases.empty()) return {};
  return HitFinder(word, contents).find(readings);
}

std::vector<Meaning> meanings(const ParsedQuery& parsed, const std::vector<std::span<const PhraseHit>>& hits,
                              const std::string& language, const Contents& contents) {
  if (contents.phrases.empty()) return {};
  Finder finder(parsed, language, contents);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    for (const PhraseHit& hit : hits[i]) finder.add(i, hit);
  }
  return finder.meanings();
}

}  // namespace kiosk::search
