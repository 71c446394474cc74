// What an index holds, once built: words, where they stand, and what ranking asks of each record. Private to search.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "kiosk/core/geo.h"
#include "kiosk/directory/model.h"
#include "kiosk/search/lexicon.h"

namespace kiosk::search {

using DocumentId = std::uint32_t;

enum class Field : std::uint8_t { Name, OtherNames, Categories, Organisation, Places, Eligibility, Description };
constexpr std::size_t kFields = 7;
constexpr std::uint8_t bit(Field field) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(field)); }

// One word in one record: how often, weighed by field and by the field's length (the sum that BM25F saturates).
struct Posting {
  DocumentId document = 0;
  std::uint16_t weight = 0;  // kWeightScale = 1
  std::uint8_t fields = 0;   // bits
};
constexpr float kWeightScale = 512;

// Postings of all words, one after another, each word's in the order of documents.
struct Postings {
  std::vector<std::uint32_t> starts;  // by WordId, and the end
  std::vector<Posting> postings;

  std::span<const Posting> of(WordId word) const {
    return std::span(postings).subspan(starts[word], starts[word + 1] - starts[word]);
  }
};

struct Document {
  directory::RecordKey key;
  std::string name;
  std::uint32_t name_words = 0;            // that carry weight
  std::vector<std::uint32_t> authorities;  // indices of Contents::authorities: who provides it, where it is provided
  std::vector<core::GeoPoint> points;
};

// A whole name as one number, for "exactly this name".
struct NameHash {
  std::uint64_t hash = 0;
  DocumentId document = 0;
  auto operator<=>(const NameHash&) const = default;
};

struct Contents {
  Lexicon lexicon;
  Postings postings;
  std::vector<Document> documents;
  std::vector<NameHash> names;             // names and other names, sorted
  std::vector<std::string> authorities;    // sorted
  std::map<WordId, std::string> spelling;  // of words that fold to something else, as the records write them

  std::size_t memory_bytes() const;
};

}  // namespace kiosk::search
