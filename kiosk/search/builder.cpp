#include "kiosk/search/builder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "kiosk/search/concept_builder.h"
#include "kiosk/search/hash.h"
#include "kiosk/search/prefix_lists.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostTokensOfField = 20'000;
constexpr std::size_t kMostPlaces = 500;
constexpr std::size_t kMostAncestors = 8;

// Adds what a word weighs in one field to its posting.
void weigh(Posting& posting, Field field, std::size_t times, std::uint32_t length) {
  const FieldWeight& weight = kFieldWeights[static_cast<std::size_t>(field)];
  const float relative = static_cast<float>(length) / weight.usual_length;
  const float sum = weight.weight * static_cast<float>(times) / (1 - weight.length + weight.length * relative);
  posting.weight = static_cast<std::uint16_t>(
      std::clamp(std::lround(static_cast<float>(posting.weight) + sum * kWeightScale), 1L, 65535L));
  posting.fields = static_cast<std::uint8_t>(posting.fields | bit(field));
}

// A name above says less of a service than its own category. `documents` are in order, as the postings are.
void add_above(const std::vector<DocumentId>& documents, std::vector<Posting>& postings) {
  std::vector<Posting> merged;
  merged.reserve(postings.size() + documents.size());
  auto next = postings.cbegin();
  for (const DocumentId document : documents) {
    for (; next != postings.cend() && next->document < document; ++next) merged.push_back(*next);
    if (next != postings.cend() && next->document == document) {
      merged.push_back(*next++);
    } else {
      merged.push_back({document});
    }
    if (!(merged.back().fields & bit(Field::Categories)))
      weigh(merged.back(), Field::Categories, 1, static_cast<std::uint32_t>(2 * kFieldWeights[2].usual_length));
  }
  merged.insert(merged.end(), next, postings.cend());
  postings = std::move(merged);
}

}  // namespace

std::uint64_t hash_of_name(const std::vector<Token>& tokens) {
  std::uint64_t hash = kHashSeed;
  for (const Token& token : tokens) hash = hash_of(" ", hash_of(token.word, hash));
  return hash;
}

void Builder::add(const directory::Service& service) {
  Document document;
  document.source = strings_.add(service.key.source);
  document.id = strings_.add_new(service.key.id);
  document.name = strings_.add(service.name);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(service.checked.time_since_epoch()).count();
  document.checked = static_cast<std::uint32_t>(std::clamp<std::int64_t>(seconds, 0, UINT32_MAX));
  document.authorities.begin = static_cast<std::uint32_t>(document_authorities_.size());
  documents_.push_back(document);
  points_.emplace_back();

  Traits traits;
  traits.languages = languages_of(service);
  traits.name_words = add_name(service.name, Field::Name);
  for (const std::string& name : service.alternate_names) add_name(name, Field::OtherNames);
  add_categories(service);
  add_text(Field::Organisation, service.organisation.name);
  add_text(Field::Eligibility, service.eligibility);
  add_text(Field::Description, service.description);
  if (!service.organisation.authority.empty())
    document_authorities_.push_back(authorities_.number_of(service.organisation.authority));
  add_places(service);
  traits_.push_back(traits);
  features_.push_back(features_of(service, said_));
  close_document();
}

std::uint8_t Builder::add_name(std::string_view name, Field field) {
  const std::vector<Token> tokens = add_text(field, name);
  if (!tokens.empty()) names_.push_back({hash_of_name(tokens), static_cast<DocumentId>(documents_.size() - 1)});
  const auto telling =
      std::count_if(tokens.begin(), tokens.end(), [](const Token& token) { return !is_stop_word(token.word, "en"); });
  return static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(telling, 255));
}

void Builder::add_categories(const directory::Service& service) {
  document_categories_.emplace_back();
  for (const directory::Category& category : service.categories) {
    add_text(Field::Categories, category.name);
    if (category.id.empty()) continue;
    categories_.try_emplace(category.id, category);
    if (!category.parent_id.empty()) document_categories_.back().push_back(category.id);
  }
}

void Builder::add_places(const directory::Service& service) {
  std::size_t left = kMostPlaces;
  for (const directory::Place& place : service.places) {
    if (left-- == 0) break;
    add_text(Field::Places, place.name);
    if (place.address) {
      for (const std::string& line : place.address->lines) add_text(Field::Places, line);
      add_text(Field::Places, place.address->city);
      add_text(Field::Places, place.address->postcode);
    }
    if (place.point)
      points_.back().push_back({static_cast<float>(place.point->latitude), static_cast<float>(place.point->longitude)});
  }
  for (const directory::ServiceArea& area : service.areas) {
    if (left-- == 0) break;
    add_text(Field::Places, area.name);
    // A uri ends in the code of the area where it has one: ".../id/statistical-geography/E06000023".
    const std::string code = area.uri.substr(area.uri.find_last_of('/') + 1);
    if (!code.empty()) document_authorities_.push_back(authorities_.number_of(code));
  }
}

std::vector<Token> Builder::add_text(Field field, std::string_view text) {
  std::vector<Token> tokens = tokenize(text, kMostTokensOfField);
  for (const Token& token : tokens) {
    if (token.word.empty()) continue;
    ++lengths_[static_cast<std::size_t>(field)];
    said_[static_cast<std::size_t>(field)].append(token.word).push_back(' ');
    seen_.push_back({intern(token, text), field});
  }
  return tokens;
}

// Documents come in the order of their ids, so each word's postings are in order as they are added.
void Builder::close_document() {
  Document& document = documents_.back();
  const auto id = static_cast<DocumentId>(documents_.size() - 1);
  document.authorities.size = static_cast<std::uint32_t>(document_authorities_.size()) - document.authorities.begin;
  std::sort(seen_.begin(), seen_.end());
  for (std::size_t i = 0; i < seen_.size();) {
    std::size_t end = i;
    while (end < seen_.size() && seen_[end] == seen_[i]) ++end;
    std::vector<Posting>& postings = postings_[seen_[i].word];
    if (postings.empty() || postings.back().document != id) postings.push_back({id});
    weigh(postings.back(), seen_[i].field, end - i, lengths_[static_cast<std::size_t>(seen_[i].field)]);
    i = end;
  }
  seen_.clear();
  std::fill(std::begin(lengths_), std::end(lengths_), 0);
  for (std::string& said : said_) said.clear();
}

WordId Builder::intern(const Token& token, std::string_view text) {
  const WordId word = words_.number_of(token.word);
  if (word < spelling_.size()) return word;
  postings_.emplace_back();
  const std::string_view written = text.substr(token.begin, token.end - token.begin);
  const bool ascii = std::all_of(written.begin(), written.end(), [](char c) { return (c & 0x80) == 0; });
  spelling_.push_back(ascii ? std::string() : std::string(written));
  return word;
}

std::set<std::string> Builder::ancestors_of(DocumentId document) const {
  std::set<std::string> ancestors;
  for (const std::string& category : document_categories_[document]) {
    auto at = categories_.find(category);
    while (at != categories_.end() && ancestors.size() < kMostAncestors) {
      at = categories_.find(at->second.parent_id);
      if (at == categories_.end() || !ancestors.insert(at->first).second) break;
    }
  }
  return ancestors;
}

// A service of "Recycling" is one of "Waste" too, where the taxonomy says so. Known only when every record was read; so
// what each word gains is gathered first, and its postings are gone through once.
void Builder::add_ancestors() {
  std::map<std::string, std::vector<WordId>> names;
  for (const auto& [id, category] : categories_) {
    std::vector<WordId>& words = names[id];
    for (const Token& token : tokenize(category.name, kMostTokensOfField)) {
      if (!token.word.empty()) words.push_back(intern(token, category.name));
    }
  }
  std::vector<std::vector<DocumentId>> gained(postings_.size());  // by word: in order, each record once
  for (DocumentId document = 0; document < documents_.size(); ++document) {
    for (const std::string& ancestor : ancestors_of(document)) {
      for (const WordId word : names[ancestor]) {
        if (gained[word].empty() || gained[word].back() != document) gained[word].push_back(document);
      }
    }
  }
  for (std::size_t word = 0; word < gained.size(); ++word) {
    if (!gained[word].empty()) add_above(gained[word], postings_[word]);
  }
}

SortedWords Builder::sort_words() {
  std::vector<WordId> order(words_.size());
  std::iota(order.begin(), order.end(), WordId{0});
  std::sort(order.begin(), order.end(), [&](WordId a, WordId b) { return words_.text(a) < words_.text(b); });
  SortedWords sorted;
  sorted.id_of.resize(words_.size());
  for (const WordId word : order) {
    sorted.id_of[word] = static_cast<WordId>(sorted.words.size());
    sorted.words.push_back(words_.text(word));
    sorted.postings.push_back(std::move(postings_[word]));
  }
  return sorted;
}

void Builder::write_authorities(FileWriter& file) {
  std::vector<std::uint32_t> order(authorities_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return authorities_.text(a) < authorities_.text(b); });
  std::vector<std::uint32_t> sorted_id(order.size());
  std::vector<Text> texts;
  for (const std::uint32_t authority : order) {
    sorted_id[authority] = static_cast<std::uint32_t>(texts.size());
    texts.push_back(strings_.add(authorities_.text(authority)));
  }
  for (std::uint32_t& authority : document_authorities_) authority = sorted_id[authority];
  file.add(Section::Authorities, texts);
  file.add(Section::DocumentAuthorities, document_authorities_);
}

void Builder::write_documents(FileWriter& file) {
  std::vector<DocumentId> by_name(documents_.size());
  std::iota(by_name.begin(), by_name.end(), DocumentId{0});
  const auto order = [this](DocumentId id) {
    const Document& document = documents_[id];
    return std::tuple(strings_.letters(document.name), strings_.letters(document.source),
                      strings_.letters(document.id));
  };
  std::stable_sort(by_name.begin(), by_name.end(), [&](DocumentId a, DocumentId b) { return order(a) < order(b); });
  for (std::uint32_t place = 0; place < by_name.size(); ++place) traits_[by_name[place]].order = place;
  file.add(Section::Documents, documents_);
  file.add(Section::DocumentTraits, traits_);
  file.add(Section::DocumentFeatures, features_);
  file.add_lists(Section::DocumentPointStarts, Section::DocumentPoints, points_);
  std::sort(names_.begin(), names_.end());
  file.add(Section::Names, names_);
}

void Builder::write_spellings(const SortedWords& sorted, FileWriter& file) {
  std::vector<Spelling> spellings;
  for (std::size_t word = 0; word < spelling_.size(); ++word) {
    if (!spelling_[word].empty()) spellings.push_back({sorted.id_of[word], strings_.add(spelling_[word])});
  }
  std::sort(spellings.begin(), spellings.end(), [](const Spelling& a, const Spelling& b) { return a.word < b.word; });
  file.add(Section::Spellings, spellings);
}

std::string Builder::finish(const ConceptList& concepts, std::int64_t generation) {
  add_ancestors();
  ConceptBuilder concept_builder(concepts,
                                 [this](const Token& token, std::string_view text) { return intern(token, text); });
  const SortedWords sorted = sort_words();
  FileWriter file;
  Lexicon::write(sorted.words, file);
  write_spellings(sorted, file);
  write_authorities(file);
  concept_builder.write(sorted, traits_, strings_, file);
  write_prefix_lists(sorted, documents_.size(), file);
  file.add_lists(Section::PostingStarts, Section::Postings, sorted.postings);
  write_documents(file);
  file.add(Section::Strings, strings_.take());
  return file.finish(generation, concepts.fingerprint);
}

}  // namespace kiosk::search
