#include "tests/bench/search_peers.h"

#include <sqlite3.h>
#include <xapian.h>

#include <array>
#include <charconv>
#include <chrono>

#include "kiosk/search/concepts.h"
#include "kiosk/search/search.h"
#include "tests/bench/search_queries.h"

namespace kiosk::bench {
namespace {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;
using directory::Service;
using std::string;
namespace fs = std::filesystem;

class FeedSource final : public search::ServiceSource {
 public:
  explicit FeedSource(Feed& feed) : feed_(feed) {}
  std::int64_t generation() const override { return 1; }
  Status for_each(const std::function<Status(const Service&)>& visit) const override {
    while (const auto service = feed_.next()) KIOSK_CHECK(visit(*service));
    return {};
  }

 private:
  Feed& feed_;
};

class Ours final : public Engine {
 public:
  // The program has the concepts read before it asks for an index.
  explicit Ours(bool near) : near_(near), concepts_(search::load_concepts(KIOSK_SOURCE_DIR "/assets/search")) {}

  Status build(Feed& feed, const fs::path& folder) override {
    if (!concepts_.ok()) return concepts_.error();
    KIOSK_TRY(const auto index, search::Index::build(FeedSource(feed), *concepts_));
    return index->save(folder / "index");
  }

  Status open(const fs::path& folder) override {
    if (!concepts_.ok()) return concepts_.error();
    KIOSK_TRY(index_, search::Index::open(folder / "index", concepts_->fingerprint));
    return {};
  }

  std::vector<std::uint32_t> find(const string& text) override {
    search::Query query;
    query.text = text;
    query.limit = kHitsWanted;
    if (near_) stand_somewhere(query);
    query.before = std::move(last_);
    return ask(query);
  }

  // At an address, looking at what is open, with the most hits that one can ask for. More filters would only make it
  // less.
  std::vector<std::uint32_t> find_hard(const string& text) override {
    search::Query query;
    query.text = text;
    query.limit = 200;
    query.filters.set(static_cast<std::size_t>(search::Filter::OpenNow));
    query.is_open = [](const directory::RecordKey&) { return true; };
    stand_somewhere(query);
    return ask(query);
  }

 private:
  static void stand_somewhere(search::Query& query) {
    query.near = core::GeoPoint{51.17, -2.95};
    query.authorities = {"E06000001"};
    query.now = core::Instant(std::chrono::seconds(1'760'000'000));
  }

  // As a kiosk does: the hits, what of their names is marked, and the answer kept for the next key.
  std::vector<std::uint32_t> ask(const search::Query& query) {
    const search::Answer answer = index_->find(query);
    last_ = answer.asked;
    std::vector<std::uint32_t> numbers;
    for (const search::Hit& hit : answer.hits) {
      std::uint32_t number = kNobody;
      std::from_chars(hit.key.id.data(), hit.key.id.data() + hit.key.id.size(), number);
      numbers.push_back(number);
      if (near_) static_cast<void>(answer.marks(hit.name));
    }
    return numbers;
  }

  bool near_;
  Result<search::ConceptList> concepts_;
  std::shared_ptr<const search::Index> index_;
  std::shared_ptr<const search::Asked> last_;
};

// Contentless, porter stemming, with an index of the beginnings of one, two and three letters.
class Fts5 final : public Engine {
 public:
  ~Fts5() override {
    sqlite3_finalize(find_);
    sqlite3_close(database_);
  }

  Status build(Feed& feed, const fs::path& folder) override {
    KIOSK_CHECK(connect(folder));
    string columns, marks, weights;
    for (const WeighedText& text : texts_of(Service{})) {
      columns += string(text.field) + ", ";
      marks += "?, ";
      weights += (weights.empty() ? "" : ", ") + std::to_string(text.weight);
    }
    KIOSK_CHECK(run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144"));
    KIOSK_CHECK(run("CREATE VIRTUAL TABLE services USING fts5(" + columns +
                    "content = '', prefix = '1 2 3', tokenize = 'porter unicode61')"));
    KIOSK_CHECK(run("INSERT INTO services(services, rank) VALUES('rank', 'bm25(" + weights + ")'); BEGIN"));
    sqlite3_stmt* insert = nullptr;
    KIOSK_CHECK(prepare("INSERT INTO services(" + columns + "rowid) VALUES(" + marks + "?)", insert));
    while (const auto service = feed.next()) {
      int at = 1;
      for (const WeighedText& text : texts_of(*service))
        sqlite3_bind_text(insert, at++, text.text.data(), static_cast<int>(text.text.size()), SQLITE_TRANSIENT);
      sqlite3_bind_int64(insert, at, static_cast<sqlite3_int64>(feed.given()));
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    if (feed.is_cut_off()) return {};
    return run("COMMIT; INSERT INTO services(services) VALUES('optimize')");
  }

  Status open(const fs::path& folder) override {
    KIOSK_CHECK(connect(folder));
    KIOSK_CHECK(run("PRAGMA mmap_size = 4294967296"));
    return prepare(
        "SELECT rowid FROM services WHERE services MATCH ? ORDER BY rank LIMIT " + std::to_string(kHitsWanted), find_);
  }

  std::vector<std::uint32_t> find(const string& text) override {
    string query;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      if (end > begin) query += (query.empty() ? "\"" : " \"") + text.substr(begin, end - begin) + '"';
      begin = end + 1;
    }
    if (!query.empty() && text.back() != ' ') query += '*';
    std::vector<std::uint32_t> numbers;
    sqlite3_bind_text(find_, 1, query.data(), static_cast<int>(query.size()), SQLITE_TRANSIENT);
    while (sqlite3_step(find_) == SQLITE_ROW)
      numbers.push_back(static_cast<std::uint32_t>(sqlite3_column_int64(find_, 0) - 1));
    sqlite3_reset(find_);
    return numbers;
  }

 private:
  Status connect(const fs::path& folder) {
    if (sqlite3_open((folder / "fts5.db").c_str(), &database_) == SQLITE_OK) return {};
    return make_error(ErrorKind::Io, sqlite3_errmsg(database_));
  }

  Status run(const string& sql) {
    if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return make_error(ErrorKind::Internal, sqlite3_errmsg(database_), sql);
  }

  Status prepare(const string& sql, sqlite3_stmt*& out) {
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &out, nullptr) == SQLITE_OK) return {};
    return make_error(ErrorKind::Internal, sqlite3_errmsg(database_), sql);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* find_ = nullptr;
};

// English stems beside the words, the last word as a beginning, and its own spelling correction where nothing is found.
class XapianEngine final : public Engine {
 public:
  Status build(Feed& feed, const fs::path& folder) override {
    return guarded([&]() -> Status {
      {
        Xapian::WritableDatabase database((folder / "raw").string(), Xapian::DB_CREATE_OR_OVERWRITE);
        Xapian::TermGenerator generator;
        generator.set_stemmer(Xapian::Stem("english"));
        generator.set_database(database);
        generator.set_flags(Xapian::TermGenerator::FLAG_SPELLING);
        while (const auto service = feed.next()) {
          Xapian::Document document;
          generator.set_document(document);
          for (const WeighedText& text : texts_of(*service)) {
            generator.index_text(text.text, static_cast<Xapian::termcount>(text.weight));
            generator.increase_termpos();
          }
          database.add_document(document);
        }
        if (feed.is_cut_off()) return {};
        database.commit();
      }
      Xapian::Database((folder / "raw").string()).compact((folder / "compact").string(), Xapian::DBCOMPACT_NO_RENUMBER);
      fs::remove_all(folder / "raw");
      return {};
    });
  }

  Status open(const fs::path& folder) override {
    return guarded([&]() -> Status {
      database_ = Xapian::Database((folder / "compact").string());
      parser_.set_database(database_);
      parser_.set_stemmer(Xapian::Stem("english"));
      parser_.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
      parser_.set_default_op(Xapian::Query::OP_AND);
      return {};
    });
  }

  std::vector<std::uint32_t> find(const string& text) override {
    constexpr unsigned kFlags = Xapian::QueryParser::FLAG_PARTIAL | Xapian::QueryParser::FLAG_SPELLING_CORRECTION;
    std::vector<std::uint32_t> numbers = matches(parser_.parse_query(text, kFlags));
    if (!numbers.empty()) return numbers;
    const string corrected = parser_.get_corrected_query_string();
    return corrected.empty() ? numbers : matches(parser_.parse_query(corrected, Xapian::QueryParser::FLAG_PARTIAL));
  }

 private:
  template <class Work>
  static Status guarded(Work work) {
    try {
      return work();
    } catch (const Xapian::Error& error) {
      return make_error(ErrorKind::Internal, error.get_description());
    }
  }

  std::vector<std::uint32_t> matches(const Xapian::Query& query) {
    std::vector<std::uint32_t> numbers;
    if (query.empty()) return numbers;
    Xapian::Enquire enquire(database_);
    enquire.set_query(query);
    const Xapian::MSet found = enquire.get_mset(0, kHitsWanted);
    for (auto hit = found.begin(); hit != found.end(); ++hit) numbers.push_back(*hit - 1);
    return numbers;
  }

  Xapian::Database database_;
  Xapian::QueryParser parser_;
};

double seconds_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

Span now() { return {seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_THREAD_CPUTIME_ID)}; }

Feed::Feed(const Corpus& corpus, std::size_t services, double seconds)
    : corpus_(corpus), services_(services), seconds_(seconds), began_(now()) {}

std::optional<Service> Feed::next() {
  if (given_ == services_) return std::nullopt;
  const Span before = now();
  cut_off_ = (before - began_ - making_).wall > seconds_;
  if (cut_off_) return std::nullopt;
  Service service = corpus_.service(given_++);
  making_ = making_ + (now() - before);
  return service;
}

Span Feed::spent() const { return now() - began_ - making_; }

std::vector<WeighedText> texts_of(const Service& service) {
  std::vector<WeighedText> texts = {{"name", 10, service.name},
                                    {"othernames", 8, ""},
                                    {"categories", 6, ""},
                                    {"organisation", 4, service.organisation.name},
                                    {"places", 3, ""},
                                    {"eligibility", 2, service.eligibility},
                                    {"description", 1, service.description}};
  for (const string& name : service.alternate_names) texts[1].text += name + " ";
  for (const directory::Category& category : service.categories) texts[2].text += category.name + " ";
  for (const directory::Place& place : service.places) {
    texts[4].text += place.name + " ";
    if (!place.address) continue;
    for (const string& line : place.address->lines) texts[4].text += line + " ";
    texts[4].text += place.address->city + " " + place.address->postcode + " ";
  }
  return texts;
}

std::unique_ptr<Engine> engine(std::string_view name) {
  if (name == "ours") return std::make_unique<Ours>(false);
  if (name == "ours-near") return std::make_unique<Ours>(true);
  if (name == "fts5") return std::make_unique<Fts5>();
  if (name == "xapian") return std::make_unique<XapianEngine>();
  return nullptr;
}

}  // namespace kiosk::bench
