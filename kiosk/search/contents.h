// What an index holds, as views into its bytes: words, where they stand, what ranking asks of each record, and the
// concepts. Private to search.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "kiosk/core/result.h"
#include "kiosk/search/index_file.h"
#include "kiosk/search/lexicon.h"

namespace kiosk::search {

using DocumentId = std::uint32_t;
using ConceptId = std::uint16_t;

enum class Field : std::uint8_t { Name, OtherNames, Categories, Organisation, Places, Eligibility, Description };
constexpr std::size_t kFields = 7;
constexpr std::uint8_t bit(Field field) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(field)); }
// Where a word says what a service is: what one or two letters are looked up in.
constexpr std::uint8_t kHeadFields = bit(Field::Name) | bit(Field::OtherNames) | bit(Field::Categories);

// One word in one record: how often, weighed by field and by the field's length (the sum that BM25F saturates).
struct Posting {
  DocumentId document = 0;
  std::uint16_t weight = 0;  // kWeightScale = 1
  std::uint8_t fields = 0;   // bits
  std::uint8_t unused = 0;
};
constexpr float kWeightScale = 256;

// Part of the Strings section.
struct Text {
  std::uint32_t begin = 0, size = 0;
};

// Part of another section.
struct Range {
  std::uint32_t begin = 0, size = 0;
};

struct Point {
  float latitude = 0, longitude = 0;
};

struct Document {
  Text source, id, name;
  Range authorities;          // in DocumentAuthorities: who provides it, where it is provided
  std::uint32_t checked = 0;  // seconds since 1970, when its source last confirmed it
};

// Bits of Filter that a record settles. They are asked of every record that matches, so that they stand apart from all
// else: those of a block of records are soon in the cache.
using Features = std::uint16_t;

// What is asked of every record that may be among the best (its languages, of all that match, where the interface is
// not English).
struct Traits {
  std::uint32_t order = 0;      // among all by name, then by key: how equals stand
  std::uint16_t languages = 0;  // bits of kConceptLanguages that it is offered in
  std::uint8_t name_words = 0;  // that carry weight
  std::uint8_t unused = 0;
};

// A whole name as one number, for "exactly this name".
struct NameHash {
  std::uint64_t hash = 0;
  DocumentId document = 0;
  std::uint32_t unused = 0;
  auto operator<=>(const NameHash&) const = default;
};

// Words [first, last) that begin alike have so many postings that their union by record stands ready.
struct PrefixList {
  WordId first = 0, last = 0;
  Range postings;
};

struct Spelling {
  WordId word = 0;
  Text text;
};

struct ConceptRow {
  Text id;
  Range words;  // in ConceptWords: the words of `services`, for marking
};

// An everyday phrase: its concept is meant where all its words stand in the query.
struct Phrase {
  ConceptId concept_id = 0;
  std::uint8_t language = 0;  // index of kConceptLanguages
  std::uint8_t words = 0;     // 1..kMostPhraseWords
  std::uint8_t topic = 0;     // 1: of a topic, which is meant where nothing more is asked
  std::uint8_t unused = 0;
  float weight = 0;  // of all its words, as rarity_among_phrases() weighs them
};
constexpr std::size_t kMostPhraseWords = 8;

// A word of a phrase.
struct Trigger {
  std::uint32_t phrase = 0;
  std::uint32_t slot = 0;
};

// What a word that stands in so many of all phrases says of the one that is meant.
float rarity_among_phrases(std::size_t with_word, std::size_t phrases);

// How well a record's own words say that it is of a concept.
struct ConceptPosting {
  DocumentId document = 0;
  float weight = 0;  // kLeastWeight..1
};
// Of a posting: what is multiplied from less could vanish, and a record that matches would look like one that does not.
constexpr float kLeastWeight = 1e-9f;

// Rows of a section by id, one after another; `starts` has one more than there are ids.
template <class T>
struct Lists {
  std::span<const std::uint32_t> starts;
  std::span<const T> items;

  std::size_t size() const { return starts.empty() ? 0 : starts.size() - 1; }
  std::span<const T> of(std::size_t id) const { return items.subspan(starts[id], starts[id + 1] - starts[id]); }
};

struct Contents {
  Lexicon lexicon;
  Lists<Posting> postings;                                     // by WordId; each word's in the order of documents
  std::span<const PrefixList> heavy_prefixes, short_prefixes;  // sorted
  std::span<const Posting> heavy_postings, short_postings;
  std::span<const Document> documents;
  std::span<const Traits> traits;  // by DocumentId, as is all of a record
  std::span<const Features> features;
  Lists<Point> points;
  std::span<const std::uint32_t> document_authorities;
  std::span<const NameHash> names;      // names and other names, sorted
  std::span<const Text> authorities;    // sorted
  std::span<const Spelling> spellings;  // of words that fold to something else, as the records write them; sorted
  std::span<const ConceptRow> concepts;
  std::span<const Text> concept_labels;  // kConceptLanguages.size() for each concept
  std::span<const Text> concept_words;
  std::span<const Phrase> phrases;
  Lists<Trigger> triggers;                    // by WordId
  std::span<const HashedWord> trigger_stems;  // of triggers, in the languages of their phrases other than English
  Lists<ConceptPosting> concept_postings;     // by ConceptId
  std::span<const char> strings;

  // Views of every section; Corrupt where anything points outside or stands out of order.
  static core::Result<Contents> read(const FileReader& file);

  std::string_view text(Text text) const { return {strings.data() + text.begin, text.size}; }
  std::span<const std::uint32_t> authorities_of(const Document& document) const {
    return document_authorities.subspan(document.authorities.begin, document.authorities.size);
  }
  // The union of the postings of all words that begin so, each record with its best word; nothing where it is not kept.
  std::span<const Posting> union_of(std::pair<WordId, WordId> words, std::span<const PrefixList> lists,
                                    std::span<const Posting> postings_of_lists) const;
  std::string_view spelt(WordId word) const;
};

}  // namespace kiosk::search
