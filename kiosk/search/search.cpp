#include "kiosk/search/search.h"

#include <algorithm>

#include "kiosk/search/builder.h"
#include "kiosk/search/contents.h"
#include "kiosk/search/query_plan.h"
#include "kiosk/search/ranker.h"
#include "kiosk/search/stemmer.h"
#include "kiosk/search/suggest.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostHits = 200;
constexpr std::size_t kFewHits = 3;
constexpr std::size_t kMostMarkedTokens = 20'000;

// Does a word of a text answer a word of the query? By the same readings as find(), without an index.
class Marker {
 public:
  Marker(const Query& query, const Lexicon& lexicon) {
    for (const QueryWord& word : parse(query).words) {
      Wanted wanted{word, {stem(word.word, "en"), stem(word.word, query.language)}, 0};
      // A near word is what was meant only where the word itself is in no record.
      if (lexicon.find(word.word) >= lexicon.size()) wanted.edits = edits_allowed(word.word);
      wanted_.push_back(std::move(wanted));
    }
    language_ = query.language;
  }

  bool matches(const std::string& word) const {
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& wanted) {
      if (wanted.word.word == word) return true;
      if (wanted.word.may_go_on && word.starts_with(wanted.word.word)) return true;
      if (stem(word, "en") == wanted.stems[0] || stem(word, language_) == wanted.stems[1]) return true;
      return wanted.edits > 0 && edits_between(wanted.word.word, word, wanted.edits) <= wanted.edits;
    });
  }

  bool empty() const { return wanted_.empty(); }

 private:
  struct Wanted {
    QueryWord word;
    std::string stems[2];  // in English, in the query's language
    int edits;
  };
  std::vector<Wanted> wanted_;
  std::string language_;
};

}  // namespace

struct Index::Impl {
  Contents contents;
  std::int64_t generation = 0;
};

Index::Index() : impl_(std::make_unique<Impl>()) {}
Index::~Index() = default;

core::Result<std::shared_ptr<const Index>> Index::build(const ServiceSource& services) {
  Builder builder;
  const std::int64_t generation = services.generation();
  KIOSK_CHECK(services.for_each([&](const directory::Service& service) -> core::Status {
    if (service.status == directory::ServiceStatus::Active) builder.add(service);
    return {};
  }));
  auto index = std::make_shared<Index>();
  index->impl_->contents = builder.finish();
  index->impl_->generation = generation;
  return std::shared_ptr<const Index>(std::move(index));
}

Answer Index::find(const Query& query) const {
  const Contents& contents = impl_->contents;
  const ParsedQuery parsed = parse(query);
  Answer answer;
  if (parsed.empty() || contents.documents.empty()) return answer;
  std::vector<std::vector<Reading>> plan;
  for (const QueryWord& word : parsed.words) plan.push_back(readings(word, query.language, contents.lexicon));

  std::vector<Scored> scored = score(contents, query, parsed, plan);
  const auto as_written = static_cast<std::size_t>(
      std::count_if(scored.begin(), scored.end(), [](const Scored& hit) { return hit.as_written; }));
  for (const Scored& hit : best_of(contents, std::move(scored), std::clamp<std::size_t>(query.limit, 1, kMostHits))) {
    const Document& document = contents.documents[hit.document];
    answer.hits.push_back({document.key, document.name, hit.score});
  }
  if (as_written < kFewHits) answer.suggestions = suggestions(contents, parsed, query.language);
  return answer;
}

std::vector<MarkedRange> Index::marks(const std::string& text, const Query& query) const {
  const Marker marker(query, impl_->contents.lexicon);
  std::vector<MarkedRange> ranges;
  if (marker.empty()) return ranges;
  for (const Token& token : tokenize(text, kMostMarkedTokens)) {
    if (!marker.matches(token.word)) continue;
    // Pairs of letters in scripts without spaces overlap.
    if (!ranges.empty() && token.begin < ranges.back().end) {
      ranges.back().end = std::max(ranges.back().end, token.end);
    } else {
      ranges.push_back({token.begin, token.end});
    }
  }
  return ranges;
}

std::size_t Index::size() const { return impl_->contents.documents.size(); }
std::int64_t Index::generation() const { return impl_->generation; }
std::size_t Index::memory_bytes() const { return sizeof(Impl) + impl_->contents.memory_bytes(); }

}  // namespace kiosk::search
