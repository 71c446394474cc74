#include "kiosk/search/search.h"

#include <algorithm>
#include <set>
#include <span>
#include <variant>

#include "kiosk/core/files.h"
#include "kiosk/core/mapped_file.h"
#include "kiosk/search/builder.h"
#include "kiosk/search/contents.h"
#include "kiosk/search/narrowing.h"
#include "kiosk/search/query_plan.h"
#include "kiosk/search/ranker.h"
#include "kiosk/search/stemmer.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/suggest.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostHits = 200;
constexpr std::size_t kMostFileBytes = std::size_t{16} << 30;
constexpr std::size_t kFewHits = 3;
constexpr std::size_t kMostMarkedTokens = 20'000;

// The words that a query's best meanings are called by in records.
std::set<std::string> meant_stems(const Contents& contents, const Plan& plan) {
  std::set<std::string> stems;
  float best = 0;
  for (const Meaning& meaning : plan.meanings) best = std::max(best, meaning.strength);
  for (const Meaning& meaning : plan.meanings) {
    if (meaning.strength < best) continue;
    const Range range = contents.concepts[meaning.concept_id].words;
    for (const Text& word : contents.concept_words.subspan(range.begin, range.size)) stems.emplace(contents.text(word));
  }
  return stems;
}

// Does a word of a text answer a word of the query? By the same readings as find().
class Marker {
 public:
  Marker(const Query& query, const Contents& contents) : language_(query.language) {
    const Plan plan = plan_of(query, contents);
    for (const QueryWord& word : plan.parsed.words) {
      Wanted wanted{word, {stem(word.word, "en"), stem(word.word, query.language)}, 0};
      // A near word is what was meant only where the word itself is in no record.
      const WordId id = contents.lexicon.find(word.word);
      const bool known = id < contents.lexicon.size() && !contents.postings.of(id).empty();
      if (!known) wanted.edits = edits_allowed(word.word);
      wanted_.push_back(std::move(wanted));
    }
    meant_ = meant_stems(contents, plan);
  }

  bool matches(const std::string& word) const {
    if (!meant_.empty() && meant_.contains(stem(word, "en")) && !is_stop_word(word, "en")) return true;
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
  std::set<std::string> meant_;
  std::string language_;
};

}  // namespace

struct Index::Impl {
  std::variant<std::string, core::MappedFile> bytes;
  Contents contents;
  std::int64_t generation = 0;

  std::span<const std::byte> all() const {
    const auto* const mapped = std::get_if<core::MappedFile>(&bytes);
    const std::string_view letters = mapped ? mapped->bytes() : std::string_view(std::get<std::string>(bytes));
    return std::as_bytes(std::span(letters));
  }

  core::Status read(std::uint64_t concepts) {
    KIOSK_TRY(const FileReader file, FileReader::open(all(), concepts));
    KIOSK_TRY(contents, Contents::read(file));
    generation = file.generation();
    return {};
  }
};

Index::Index() : impl_(std::make_unique<Impl>()) {}
Index::~Index() = default;

core::Result<std::shared_ptr<const Index>> Index::build(const ServiceSource& services, const ConceptList& concepts) {
  Builder builder;
  const std::int64_t generation = services.generation();
  KIOSK_CHECK(services.for_each([&](const directory::Service& service) -> core::Status {
    const bool ended =
        service.status == directory::ServiceStatus::Inactive || service.status == directory::ServiceStatus::Defunct;
    if (!ended) builder.add(service);
    return {};
  }));
  return read(builder.finish(concepts, generation), concepts.fingerprint);
}

core::Result<std::shared_ptr<const Index>> Index::read(std::string bytes, std::uint64_t concepts_fingerprint) {
  auto index = std::make_shared<Index>();
  index->impl_->bytes = std::move(bytes);
  KIOSK_CHECK(index->impl_->read(concepts_fingerprint));
  return std::shared_ptr<const Index>(std::move(index));
}

core::Result<std::shared_ptr<const Index>> Index::open(const std::filesystem::path& file,
                                                       std::uint64_t concepts_fingerprint) {
  KIOSK_TRY(core::MappedFile mapped, core::MappedFile::open(file, kMostFileBytes));
  auto index = std::make_shared<Index>();
  index->impl_->bytes = std::move(mapped);
  KIOSK_CHECK(index->impl_->read(concepts_fingerprint));
  return std::shared_ptr<const Index>(std::move(index));
}

core::Status Index::save(const std::filesystem::path& file) const {
  const std::span<const std::byte> bytes = impl_->all();
  return core::write_file_atomically(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                                     core::FileMode::Private);
}

Answer Index::find(const Query& query) const {
  const Contents& contents = impl_->contents;
  const Plan plan = plan_of(query, contents);
  Answer answer;
  if (plan.parsed.empty() || contents.documents.empty()) return answer;
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, kMostHits);
  // Filters narrow what would be shown, so that their counts are what one gets.
  Ranked ranked = rank(contents, plan, limit);
  Narrowing narrowing(contents, query);
  narrowing.prefer_open(ranked.best);
  for (const Scored& scored : ranked.best) {
    if (!narrowing.take(scored.document)) continue;
    const Document& document = contents.documents[scored.document];
    answer.hits.push_back(
        {narrowing.key(document), std::string(contents.text(document.name)), scored.score, scored.fits, {}});
    if (query.explain) answer.hits.back().factors = explain(contents, plan, scored.document);
  }
  answer.filters = narrowing.counts();
  answer.concepts = near_concepts(contents, plan);
  answer.weak = ranked.fitting == 0;
  if (ranked.fitting < kFewHits) answer.suggestions = suggestions(contents, plan.parsed, query.language);
  return answer;
}

std::vector<MarkedRange> Index::marks(const std::string& text, const Query& query) const {
  const Marker marker(query, impl_->contents);
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
std::size_t Index::memory_bytes() const { return sizeof(Impl) + impl_->all().size(); }

}  // namespace kiosk::search
