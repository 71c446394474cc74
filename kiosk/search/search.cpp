#include "kiosk/search/search.h"

#include <algorithm>
#include <span>
#include <variant>

#include "kiosk/core/files.h"
#include "kiosk/core/mapped_file.h"
#include "kiosk/search/builder.h"
#include "kiosk/search/contents.h"
#include "kiosk/search/marker.h"
#include "kiosk/search/narrowing.h"
#include "kiosk/search/ranker.h"
#include "kiosk/search/suggest.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostHits = 200;
constexpr std::size_t kMostFileBytes = std::size_t{16} << 30;
constexpr std::size_t kFewHits = 3;

std::size_t limit_of(const Query& query) { return std::clamp<std::size_t>(query.limit, 1, kMostHits); }

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

  core::Status read(std::optional<std::uint64_t> concepts) {
    KIOSK_TRY(const FileReader file, FileReader::open(all(), concepts));
    KIOSK_TRY(contents, Contents::read(file));
    generation = file.generation();
    return {};
  }
};

namespace {

std::vector<Hit> hits_of(const Asked& asked, const Query& query, const std::vector<Scored>& best) {
  const Contents& contents = *asked.contents;
  const Narrowing narrowing(contents, query);
  std::vector<Hit> hits;
  for (const Scored& scored : best) {
    const Document& document = contents.documents[scored.document];
    Hit hit;
    hit.key = key_of(contents, document);
    hit.name = contents.text(document.name);
    hit.score = scored.score;
    hit.fits = scored.fits;
    hit.filters = narrowing.filters_of(scored);
    if (query.explain) hit.factors = explain(asked, query, scored);
    hits.push_back(std::move(hit));
  }
  return hits;
}

using SharedAsked = std::shared_ptr<const Asked>;

// Many answers are never asked, so that the marker is made when the first text is.
std::function<std::vector<MarkedRange>(std::string_view)> marks_of(SharedAsked asked) {
  return [asked = std::move(asked), marker = std::shared_ptr<Marker>()](std::string_view text) mutable {
    if (!marker) marker = std::make_shared<Marker>(*asked);
    return marker->marks(text);
  };
}

std::function<std::vector<Hit>(Filters)> narrowed_of(SharedAsked asked, const Query& query) {
  Query other = query;
  other.is_open = {};  // may know of what is gone by then
  other.before = {};
  return [asked = std::move(asked), other = std::move(other)](Filters filters) mutable {
    other.filters = filters;
    other.filters.reset(static_cast<std::size_t>(Filter::OpenNow));
    if (asked->parsed.empty()) return std::vector<Hit>{};
    return hits_of(*asked, other, rank(*asked, other, limit_of(other)).best);
  };
}

}  // namespace

Index::Index() : impl_(std::make_shared<Impl>()) {}
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

core::Result<std::shared_ptr<const Index>> Index::read(std::string bytes,
                                                       std::optional<std::uint64_t> concepts_fingerprint) {
  auto index = std::make_shared<Index>();
  index->impl_->bytes = std::move(bytes);
  KIOSK_CHECK(index->impl_->read(concepts_fingerprint));
  return std::shared_ptr<const Index>(std::move(index));
}

core::Result<std::shared_ptr<const Index>> Index::open(const std::filesystem::path& file,
                                                       std::optional<std::uint64_t> concepts_fingerprint) {
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
  const SharedAsked asked = ask(query, {impl_, &contents});
  Answer answer;
  if (!asked->parsed.empty() && !contents.documents.empty()) {
    const std::size_t limit = limit_of(query);
    const Ranked ranked = rank(*asked, query, candidates(query, limit));
    answer.hits = hits_of(*asked, query, settle_open(contents, query, ranked.best, limit));
    answer.filters = offered(ranked.passing, answer.hits, query, limit);
    answer.concepts = near_concepts(*asked);
    answer.weak = ranked.fitting == 0;
    answer.matching = ranked.matching;
    answer.walked = ranked.walked;
    if (ranked.fitting < kFewHits) answer.suggestions = suggestions(contents, asked->parsed, query.language);
  }
  answer.asked = asked;
  answer.marks = marks_of(asked);
  answer.narrowed = narrowed_of(asked, query);
  return answer;
}

std::size_t Index::size() const { return impl_->contents.documents.size(); }
std::int64_t Index::generation() const { return impl_->generation; }
std::size_t Index::memory_bytes() const { return sizeof(Impl) + impl_->all().size(); }

}  // namespace kiosk::search
