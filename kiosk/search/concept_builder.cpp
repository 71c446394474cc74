#include "kiosk/search/concept_builder.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "kiosk/search/function_words.h"
#include "kiosk/search/stemmer.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {
namespace {

constexpr std::size_t kMostTokens = 32;
// A phrase among the services of so many concepts says where people are sent ("report a crime"), not what they want.
constexpr std::size_t kSharedByMany = 5;

// The folded words of a phrase that carry weight; all of them where none does.
std::vector<Token> telling_words(std::string_view phrase, std::string_view language) {
  const std::vector<Token> all = tokenize(phrase, kMostTokens);
  std::vector<Token> telling;
  const auto held = [&](const Token& token) {
    return std::any_of(telling.begin(), telling.end(), [&](const Token& t) { return t.word == token.word; });
  };
  const std::vector<bool> stops = function_words(all, language);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!stops[i] && !held(all[i])) telling.push_back(all[i]);
  }
  return telling.empty() ? all : telling;
}

struct FieldsOf {
  DocumentId document;
  std::uint8_t fields;
};

// Which records hold a word in any form, and where; asked for the same words again and again.
class Holders {
 public:
  explicit Holders(const SortedWords& sorted) : sorted_(sorted) {
    for (WordId id = 0; id < sorted.words.size(); ++id) {
      if (!sorted.postings[id].empty() && may_be_in(sorted.words[id], "en"))
        by_stem_[stem(sorted.words[id], "en")].push_back(id);
    }
  }

  const std::vector<FieldsOf>& of(const std::string& word) {
    const std::string wanted = stem(word, "en");
    const auto [known, fresh] = cache_.try_emplace(wanted);
    if (!fresh) return known->second;
    const auto family = by_stem_.find(wanted);
    if (family == by_stem_.end()) return known->second;
    std::vector<FieldsOf>& all = known->second;
    for (const WordId id : family->second) {
      for (const Posting& posting : sorted_.postings[id]) all.push_back({posting.document, posting.fields});
    }
    std::sort(all.begin(), all.end(), [](const FieldsOf& a, const FieldsOf& b) { return a.document < b.document; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (kept > 0 && all[kept - 1].document == all[i].document) {
        all[kept - 1].fields = static_cast<std::uint8_t>(all[kept - 1].fields | all[i].fields);
      } else {
        all[kept++] = all[i];
      }
    }
    all.resize(kept);
    return all;
  }

 private:
  const SortedWords& sorted_;
  std::unordered_map<std::string, std::vector<WordId>> by_stem_;
  std::unordered_map<std::string, std::vector<FieldsOf>> cache_;
};

std::vector<FieldsOf> both(const std::vector<FieldsOf>& a, const std::vector<FieldsOf>& b) {
  std::vector<FieldsOf> out;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].document < b[j].document) {
      ++i;
    } else if (b[j].document < a[i].document) {
      ++j;
    } else {
      const auto fields = static_cast<std::uint8_t>(a[i].fields & b[j].fields);
      if (fields) out.push_back({a[i].document, fields});
      ++i, ++j;
    }
  }
  return out;
}

// How well a record that holds all words of a service phrase in these fields is described by it.
float weight_of(std::uint8_t fields, std::size_t phrase_words, const Traits& traits) {
  const auto n = static_cast<float>(phrase_words);
  if (fields & bit(Field::Name)) {
    const float share = std::min(1.0f, n / static_cast<float>(std::max<std::uint8_t>(1, traits.name_words)));
    return kConcepts.in_name * (1 - kConcepts.name_share + kConcepts.name_share * share);
  }
  if (fields & bit(Field::OtherNames)) return kConcepts.in_other_names;
  if (fields & bit(Field::Categories)) return kConcepts.in_categories;
  if (fields & bit(Field::Description))
    return phrase_words > 1 ? kConcepts.in_description : kConcepts.word_in_description;
  return 0;
}

std::vector<ConceptPosting> records_of(const Concept& one, const std::vector<Traits>& traits, Holders& holders) {
  std::vector<ConceptPosting> all;
  float rank = 1;
  for (const std::string& phrase : one.services) {
    const std::vector<Token> words = telling_words(phrase, "en");
    if (words.empty()) continue;
    std::vector<FieldsOf> held = holders.of(words.front().word);
    for (std::size_t i = 1; i < words.size() && !held.empty(); ++i) held = both(held, holders.of(words[i].word));
    for (const FieldsOf& each : held) {
      const float weight = rank * weight_of(each.fields, words.size(), traits[each.document]);
      if (weight >= kLeastWeight) all.push_back({each.document, weight});
    }
    rank *= kConcepts.next_phrase;
  }
  std::sort(all.begin(), all.end(), [](const ConceptPosting& a, const ConceptPosting& b) {
    return a.document != b.document ? a.document < b.document : a.weight > b.weight;
  });
  const auto same = [](const ConceptPosting& a, const ConceptPosting& b) { return a.document == b.document; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

}  // namespace

ConceptBuilder::ConceptBuilder(const ConceptList& concepts, const Intern& intern) : concepts_(concepts) {
  std::map<std::string_view, std::size_t> sharers;  // by phrase
  for (const Concept& one : concepts.concepts) {
    if (is_topic(one)) continue;
    for (const std::string& phrase : one.services) ++sharers[phrase];
  }
  for (std::size_t id = 0; id < concepts.concepts.size(); ++id) {
    for (std::size_t language = 0; language < kConceptLanguages.size(); ++language) {
      for (const std::string& phrase : concepts.concepts[id].words[language])
        add_phrase(static_cast<ConceptId>(id), language, phrase, intern);
    }
    // What services are called is understood as well; but who asks for one service of a topic wants no others.
    if (is_topic(concepts.concepts[id])) continue;
    const std::vector<std::string>& services = concepts.concepts[id].services;
    for (const std::string& phrase : services) {
      if (&phrase == &services.front() || sharers[phrase] < kSharedByMany)
        add_phrase(static_cast<ConceptId>(id), 0, phrase, intern);
    }
  }
}

void ConceptBuilder::add_phrase(ConceptId concept_id, std::size_t language, const std::string& text,
                                const Intern& intern) {
  std::vector<Token> words = telling_words(text, kConceptLanguages[language]);
  if (words.empty()) return;
  if (words.size() > kMostPhraseWords) words.resize(kMostPhraseWords);
  Slots slots;
  slots.phrase.concept_id = concept_id;
  slots.phrase.language = static_cast<std::uint8_t>(language);
  slots.phrase.words = static_cast<std::uint8_t>(words.size());
  slots.phrase.topic = is_topic(concepts_.concepts[concept_id]);
  for (const Token& token : words) slots.words.push_back(intern(token, text));
  phrases_.push_back(std::move(slots));
}

void ConceptBuilder::write_triggers(const SortedWords& sorted, FileWriter& file) const {
  std::vector<std::vector<Trigger>> by_word(sorted.words.size());
  std::vector<Phrase> phrases;
  for (const Slots& slots : phrases_) {
    for (std::size_t slot = 0; slot < slots.words.size(); ++slot) {
      by_word[sorted.id_of[slots.words[slot]]].push_back(
          {static_cast<std::uint32_t>(phrases.size()), static_cast<std::uint32_t>(slot)});
    }
    phrases.push_back(slots.phrase);
  }
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    for (const WordId word : phrases_[i].words)
      phrases[i].weight += rarity_among_phrases(by_word[sorted.id_of[word]].size(), phrases.size());
  }
  file.add(Section::Phrases, phrases);
  file.add_lists(Section::TriggerStarts, Section::Triggers, by_word);
  file.add(Section::TriggerStems, stems_of_triggers(sorted));
}

// English ones are found by the family of a word, as records are.
std::vector<HashedWord> ConceptBuilder::stems_of_triggers(const SortedWords& sorted) const {
  std::vector<HashedWord> stems;
  for (const std::string& language : stemmed_languages()) {
    const std::size_t of_phrases = concept_language(language);
    if (of_phrases == 0) continue;
    std::vector<WordId> ids;
    for (const Slots& slots : phrases_) {
      if (slots.phrase.language != of_phrases) continue;
      for (const WordId word : slots.words) ids.push_back(sorted.id_of[word]);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    add_stems(sorted.words, ids, language, stems);
  }
  std::sort(stems.begin(), stems.end());
  return stems;
}

void ConceptBuilder::write_words(StringTable& strings, FileWriter& file) const {
  std::vector<ConceptRow> rows;
  std::vector<Text> labels, words;
  for (const Concept& one : concepts_.concepts) {
    ConceptRow row{strings.add(one.id), {static_cast<std::uint32_t>(words.size()), 0}};
    std::vector<std::string> stems;
    for (const std::string& phrase : one.services) {
      for (const Token& token : telling_words(phrase, "en")) {
        std::string stemmed = stem(token.word, "en");
        if (std::find(stems.begin(), stems.end(), stemmed) != stems.end()) continue;
        words.push_back(strings.add(stemmed));
        stems.push_back(std::move(stemmed));
      }
    }
    row.words.size = static_cast<std::uint32_t>(words.size()) - row.words.begin;
    rows.push_back(row);
    for (const std::vector<std::string>& phrases : one.words)
      labels.push_back(strings.add(phrases.empty() ? std::string_view{} : phrases.front()));
  }
  file.add(Section::Concepts, rows);
  file.add(Section::ConceptLabels, labels);
  file.add(Section::ConceptWords, words);
}

void ConceptBuilder::write(const SortedWords& sorted, const std::vector<Traits>& traits, StringTable& strings,
                           FileWriter& file) const {
  write_triggers(sorted, file);
  write_words(strings, file);
  Holders holders(sorted);
  std::vector<std::vector<ConceptPosting>> records;
  for (const Concept& one : concepts_.concepts) records.push_back(records_of(one, traits, holders));
  file.add_lists(Section::ConceptPostingStarts, Section::ConceptPostings, records);
}

}  // namespace kiosk::search
