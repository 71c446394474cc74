#include "kiosk/search/builder.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "kiosk/search/hash.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostTokensOfField = 20'000;
constexpr std::size_t kMostPlaces = 500;

}  // namespace

std::uint64_t hash_of_name(const std::vector<Token>& tokens) {
  std::uint64_t hash = kHashSeed;
  for (const Token& token : tokens) hash = hash_of(" ", hash_of(token.word, hash));
  return hash;
}

void Builder::add(const directory::Service& service) {
  lengths_.emplace_back();
  Document document;
  document.key = service.key;
  document.name = service.name;
  for (const Token& token : tokenize(service.name, kMostTokensOfField))
    document.name_words += !is_stop_word(token.word, "en");
  add_name(service.name, Field::Name);
  for (const std::string& name : service.alternate_names) add_name(name, Field::OtherNames);
  for (const directory::Category& category : service.categories) add_text(Field::Categories, category.name);
  add_text(Field::Organisation, service.organisation.name);
  add_text(Field::Eligibility, service.eligibility);
  add_text(Field::Description, service.description);
  add_places(service, document);
  if (!service.organisation.authority.empty())
    document.authorities.push_back(intern_authority(service.organisation.authority));
  close_fields();
  documents_.push_back(std::move(document));
}

void Builder::add_name(std::string_view name, Field field) {
  add_text(field, name);
  const std::vector<Token> tokens = tokenize(name, kMostTokensOfField);
  if (!tokens.empty()) names_.push_back({hash_of_name(tokens), static_cast<DocumentId>(documents_.size())});
}

void Builder::add_places(const directory::Service& service, Document& document) {
  std::size_t left = kMostPlaces;
  for (const directory::Place& place : service.places) {
    if (left-- == 0) break;
    add_text(Field::Places, place.name);
    if (place.address) {
      for (const std::string& line : place.address->lines) add_text(Field::Places, line);
      add_text(Field::Places, place.address->city);
      add_text(Field::Places, place.address->postcode);
    }
    if (place.point) document.points.push_back(*place.point);
  }
  for (const directory::ServiceArea& area : service.areas) {
    if (left-- == 0) break;
    add_text(Field::Places, area.name);
    // A uri ends in the code of the area where it has one: ".../id/statistical-geography/E06000023".
    const std::string code = area.uri.substr(area.uri.find_last_of('/') + 1);
    if (!code.empty()) document.authorities.push_back(intern_authority(code));
  }
}

void Builder::add_text(Field field, std::string_view text) {
  auto& length = lengths_.back()[static_cast<std::size_t>(field)];
  auto& counts = counts_[static_cast<std::size_t>(field)];
  for (const Token& token : tokenize(text, kMostTokensOfField)) {
    if (token.word.empty()) continue;
    ++length;
    std::uint16_t& times = counts[intern(token, text)];
    if (times < UINT16_MAX) ++times;
  }
}

void Builder::close_fields() {
  const auto document = static_cast<DocumentId>(documents_.size());
  for (std::size_t field = 0; field < kFields; ++field) {
    for (const auto& [word, times] : counts_[field])
      occurrences_.push_back({word, document, times, static_cast<Field>(field)});
    counts_[field].clear();
  }
}

WordId Builder::intern(const Token& token, std::string_view text) {
  const auto [found, added] = word_ids_.try_emplace(token.word, static_cast<WordId>(words_.size()));
  if (added) {
    words_.push_back(token.word);
    const std::string_view written = text.substr(token.begin, token.end - token.begin);
    const bool ascii = std::all_of(written.begin(), written.end(), [](char c) { return (c & 0x80) == 0; });
    spelling_.push_back(ascii ? std::string() : std::string(written));
  }
  return found->second;
}

std::uint32_t Builder::intern_authority(const std::string& authority) {
  const auto [found, added] = authority_ids_.try_emplace(authority, static_cast<std::uint32_t>(authorities_.size()));
  if (added) authorities_.push_back(authority);
  return found->second;
}

Contents Builder::finish() {
  Contents contents;
  const std::vector<WordId> sorted_id = sort_words(contents);
  fill_postings(contents, sorted_id);
  contents.documents = std::move(documents_);
  sort_authorities(contents);
  std::sort(names_.begin(), names_.end());
  contents.names = std::move(names_);
  return contents;
}

// Builds the lexicon; gives each word's place in it by its order of first sight.
std::vector<WordId> Builder::sort_words(Contents& contents) {
  std::vector<WordId> order(words_.size());
  std::iota(order.begin(), order.end(), WordId{0});
  std::sort(order.begin(), order.end(), [&](WordId a, WordId b) { return words_[a] < words_[b]; });
  std::vector<WordId> sorted_id(words_.size());
  std::vector<std::string> sorted;
  sorted.reserve(words_.size());
  for (const WordId word : order) {
    const auto id = static_cast<WordId>(sorted.size());
    sorted_id[word] = id;
    if (!spelling_[word].empty()) contents.spelling.emplace(id, spelling_[word]);
    sorted.push_back(words_[word]);
  }
  contents.lexicon = Lexicon(sorted);
  return sorted_id;
}

void Builder::fill_postings(Contents& contents, const std::vector<WordId>& sorted_id) const {
  std::array<float, kFields> average{};
  for (std::size_t field = 0; field < kFields; ++field) {
    std::uint64_t total = 0;
    std::uint64_t holders = 0;
    for (const auto& lengths : lengths_) {
      total += lengths[field];
      holders += lengths[field] > 0;
    }
    average[field] = holders == 0 ? 1.0f : static_cast<float>(total) / static_cast<float>(holders);
  }

  std::vector<Occurrence> by_word = occurrences_;
  std::sort(by_word.begin(), by_word.end(), [&](const Occurrence& a, const Occurrence& b) {
    return std::tuple(sorted_id[a.word], a.document, a.field) < std::tuple(sorted_id[b.word], b.document, b.field);
  });
  Postings& postings = contents.postings;
  postings.starts.assign(sorted_id.size() + 1, 0);
  for (std::size_t i = 0; i < by_word.size();) {
    const WordId word = by_word[i].word;
    const DocumentId document = by_word[i].document;
    float sum = 0;
    Posting posting{document, 0, 0};
    for (; i < by_word.size() && by_word[i].word == word && by_word[i].document == document; ++i) {
      const auto field = static_cast<std::size_t>(by_word[i].field);
      const FieldWeight& weight = kFieldWeights[field];
      const float length = static_cast<float>(lengths_[document][field]) / average[field];
      sum += weight.weight * static_cast<float>(by_word[i].times) / (1 - weight.length + weight.length * length);
      posting.fields = static_cast<std::uint8_t>(posting.fields | bit(by_word[i].field));
    }
    posting.weight = static_cast<std::uint16_t>(std::clamp(std::lround(sum * kWeightScale), 1L, 65535L));
    postings.postings.push_back(posting);
    ++postings.starts[sorted_id[word] + 1];
  }
  std::partial_sum(postings.starts.begin(), postings.starts.end(), postings.starts.begin());
  postings.postings.shrink_to_fit();
}

void Builder::sort_authorities(Contents& contents) {
  std::vector<std::uint32_t> order(authorities_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return authorities_[a] < authorities_[b]; });
  std::vector<std::uint32_t> sorted_id(order.size());
  for (const std::uint32_t authority : order) {
    sorted_id[authority] = static_cast<std::uint32_t>(contents.authorities.size());
    contents.authorities.push_back(authorities_[authority]);
  }
  for (Document& document : contents.documents) {
    for (std::uint32_t& authority : document.authorities) authority = sorted_id[authority];
  }
}

std::size_t Contents::memory_bytes() const {
  std::size_t bytes = lexicon.memory_bytes() + postings.starts.capacity() * sizeof(std::uint32_t) +
                      postings.postings.capacity() * sizeof(Posting) + documents.capacity() * sizeof(Document) +
                      names.capacity() * sizeof(NameHash);
  for (const Document& document : documents) {
    bytes += document.name.capacity() + document.key.id.capacity() + document.key.source.capacity() +
             document.points.capacity() * sizeof(core::GeoPoint) +
             document.authorities.capacity() * sizeof(std::uint32_t);
  }
  for (const auto& [word, written] : spelling) bytes += 64 + written.capacity();
  return bytes;
}

}  // namespace kiosk::search
