#include "kiosk/search/contents.h"

#include <algorithm>
#include <cmath>

#include "kiosk/search/concepts.h"

namespace kiosk::search {
namespace {

// Starts rise from 0 to the number of items.
template <class T>
bool is_sound(const Lists<T>& lists, std::size_t size) {
  return lists.starts.size() == size + 1 && lists.starts.front() == 0 && lists.starts.back() == lists.items.size() &&
         std::is_sorted(lists.starts.begin(), lists.starts.end());
}

bool lies_in(std::uint32_t begin, std::uint32_t size, std::size_t whole) {
  return begin <= whole && size <= whole - begin;
}

template <class Items, class Sound>
bool all_sound(const Items& items, Sound sound) {
  return std::all_of(items.begin(), items.end(), sound);
}

// Everything that is followed while searching leads to something that is there.
class Check {
 public:
  explicit Check(const Contents& contents) : c_(contents) {}

  bool sound() const { return words() && prefixes() && documents() && concepts(); }

 private:
  bool text(Text text) const { return lies_in(text.begin, text.size, c_.strings.size()); }
  bool holds(DocumentId document) const { return document < c_.documents.size(); }
  // A list of what records weigh: in their order, each once, and each weighs something.
  template <class Item>
  bool posts(std::span<const Item> list) const {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!holds(list[i].document) || !(list[i].weight >= kLeastWeight)) return false;
      if (i > 0 && list[i - 1].document >= list[i].document) return false;
    }
    return true;
  }
  template <class Item>
  bool all_post(const Lists<Item>& lists) const {
    for (std::size_t id = 0; id < lists.size(); ++id) {
      if (!posts(lists.of(id))) return false;
    }
    return true;
  }

  bool words() const {
    const std::size_t n = c_.lexicon.size();
    return is_sound(c_.postings, n) && all_post(c_.postings) &&
           all_sound(c_.spellings, [&](const Spelling& each) { return each.word < n && text(each.text); });
  }

  bool prefixes() const {
    const auto in = [&](std::span<const PrefixList> lists, std::span<const Posting> postings) {
      std::size_t left = postings.size();  // lists share none, so that checking them takes no longer than they are
      return all_sound(lists, [&](const PrefixList& list) {
        const Range range = list.postings;
        if (!lies_in(range.begin, range.size, postings.size()) || range.size > left) return false;
        left -= range.size;
        return posts(postings.subspan(range.begin, range.size));
      });
    };
    return in(c_.heavy_prefixes, c_.heavy_postings) && in(c_.short_prefixes, c_.short_postings);
  }

  bool documents() const {
    return all_sound(c_.documents,
                     [&](const Document& d) {
                       return text(d.source) && text(d.id) && text(d.name) &&
                              lies_in(d.authorities.begin, d.authorities.size, c_.document_authorities.size());
                     }) &&
           c_.traits.size() == c_.documents.size() && c_.features.size() == c_.documents.size() &&
           is_sound(c_.points, c_.documents.size()) &&
           all_sound(c_.document_authorities, [&](std::uint32_t id) { return id < c_.authorities.size(); }) &&
           all_sound(c_.names, [&](const NameHash& name) { return holds(name.document); }) &&
           all_sound(c_.authorities, [&](const Text& name) { return text(name); });
  }

  bool concepts() const {
    const std::size_t n = c_.concepts.size();
    return c_.concept_labels.size() == n * kConceptLanguages.size() && is_sound(c_.triggers, c_.lexicon.size()) &&
           is_sound(c_.concept_postings, n) &&
           all_sound(c_.concepts,
                     [&](const ConceptRow& row) {
                       return text(row.id) && lies_in(row.words.begin, row.words.size, c_.concept_words.size());
                     }) &&
           all_sound(c_.concept_labels, [&](const Text& label) { return text(label); }) &&
           all_sound(c_.concept_words, [&](const Text& word) { return text(word); }) &&
           all_sound(c_.phrases,
                     [&](const Phrase& phrase) {
                       return phrase.concept_id < n && phrase.language < kConceptLanguages.size() && phrase.words > 0 &&
                              phrase.words <= kMostPhraseWords;
                     }) &&
           all_sound(c_.triggers.items,
                     [&](const Trigger& trigger) {
                       return trigger.phrase < c_.phrases.size() && trigger.slot < kMostPhraseWords;
                     }) &&
           all_sound(c_.trigger_stems, [&](const HashedWord& each) { return each.word < c_.lexicon.size(); }) &&
           all_post(c_.concept_postings);
  }

  const Contents& c_;
};

}  // namespace

float rarity_among_phrases(std::size_t with_word, std::size_t phrases) {
  return std::log(1.0f + static_cast<float>(phrases) / static_cast<float>(with_word + 1));
}

core::Result<Contents> Contents::read(const FileReader& file) {
  Contents c;
  KIOSK_CHECK(file.get(Section::Strings, c.strings));
  KIOSK_TRY(c.lexicon, Lexicon::read(file));
  KIOSK_CHECK(file.get(Section::PostingStarts, c.postings.starts));
  KIOSK_CHECK(file.get(Section::Postings, c.postings.items));
  KIOSK_CHECK(file.get(Section::HeavyPrefixes, c.heavy_prefixes));
  KIOSK_CHECK(file.get(Section::HeavyPostings, c.heavy_postings));
  KIOSK_CHECK(file.get(Section::ShortPrefixes, c.short_prefixes));
  KIOSK_CHECK(file.get(Section::ShortPostings, c.short_postings));
  KIOSK_CHECK(file.get(Section::Documents, c.documents));
  KIOSK_CHECK(file.get(Section::DocumentAuthorities, c.document_authorities));
  KIOSK_CHECK(file.get(Section::DocumentTraits, c.traits));
  KIOSK_CHECK(file.get(Section::DocumentFeatures, c.features));
  KIOSK_CHECK(file.get(Section::DocumentPointStarts, c.points.starts));
  KIOSK_CHECK(file.get(Section::DocumentPoints, c.points.items));
  KIOSK_CHECK(file.get(Section::Names, c.names));
  KIOSK_CHECK(file.get(Section::Authorities, c.authorities));
  KIOSK_CHECK(file.get(Section::Spellings, c.spellings));
  KIOSK_CHECK(file.get(Section::Concepts, c.concepts));
  KIOSK_CHECK(file.get(Section::ConceptLabels, c.concept_labels));
  KIOSK_CHECK(file.get(Section::ConceptWords, c.concept_words));
  KIOSK_CHECK(file.get(Section::Phrases, c.phrases));
  KIOSK_CHECK(file.get(Section::TriggerStarts, c.triggers.starts));
  KIOSK_CHECK(file.get(Section::Triggers, c.triggers.items));
  KIOSK_CHECK(file.get(Section::TriggerStems, c.trigger_stems));
  KIOSK_CHECK(file.get(Section::ConceptPostingStarts, c.concept_postings.starts));
  KIOSK_CHECK(file.get(Section::ConceptPostings, c.concept_postings.items));
  if (!Check(c).sound()) return FileReader::damaged("something points outside");
  return c;
}

std::span<const Posting> Contents::union_of(std::pair<WordId, WordId> words, std::span<const PrefixList> lists,
                                            std::span<const Posting> postings_of_lists) const {
  const auto found = std::lower_bound(
      lists.begin(), lists.end(), words,
      [](const PrefixList& list, const auto& wanted) { return std::pair(list.first, list.last) < wanted; });
  if (found == lists.end() || std::pair(found->first, found->last) != words) return {};
  return postings_of_lists.subspan(found->postings.begin, found->postings.size);
}

std::string_view Contents::spelt(WordId word) const {
  const auto found = std::lower_bound(spellings.begin(), spellings.end(), word,
                                      [](const Spelling& each, WordId wanted) { return each.word < wanted; });
  return found != spellings.end() && found->word == word ? text(found->text) : lexicon.word(word);
}

}  // namespace kiosk::search
