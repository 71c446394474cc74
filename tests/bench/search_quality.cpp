// How well and how fast the search answers judged queries, beside a plain SQLite FTS5 index on the same ones.
//   bench_search_quality SERVICES.csv JUDGEMENTS.tsv [--misses]
// SERVICES.csv has the columns id, name, description; JUDGEMENTS.tsv has query, relevant_id, set.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kiosk/core/csv.h"
#include "kiosk/core/files.h"
#include "kiosk/search/search.h"

namespace {

using kiosk::core::CsvTable;
using kiosk::core::Result;
using kiosk::core::Status;
using kiosk::directory::Service;
using kiosk::search::Index;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

class ListSource final : public kiosk::search::ServiceSource {
 public:
  std::int64_t generation() const override { return 1; }
  Status for_each(const std::function<Status(const Service&)>& visit) const override {
    for (const Service& service : services) KIOSK_CHECK(visit(service));
    return {};
  }
  std::vector<Service> services;
};

struct Judged {
  std::string query;
  std::set<std::string> relevant;
  std::string set;
};

// A plain FTS5 index (porter stemming, words OR-ed) on all the queries of each kind: hit@1, hit@10.
const std::map<std::string, std::pair<double, double>> kFts5 = {
    {"former-name", {0.754, 0.946}}, {"gov-wording", {0.767, 0.957}}, {"council-url-phrase", {0.523, 0.763}}};

Result<ListSource> read_services(const char* path) {
  KIOSK_TRY(const std::string bytes, kiosk::core::read_file(path));
  KIOSK_TRY(CsvTable table, CsvTable::open(bytes, path));
  ListSource source;
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) return source;
    Service service;
    service.key = {"list", std::string(table.field("id"))};
    service.name = table.field("name");
    service.description = table.field("description");
    source.services.push_back(std::move(service));
  }
}

Result<std::vector<Judged>> read_judgements(const char* path) {
  KIOSK_TRY(const std::string bytes, kiosk::core::read_file(path));
  kiosk::core::CsvLimits limits;
  limits.separator = '\t';
  KIOSK_TRY(CsvTable table, CsvTable::open(bytes, path, limits));
  std::map<std::pair<std::string, std::string>, Judged> judged;
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) break;
    const std::string query(table.field("query")), set(table.field("set"));
    Judged& one = judged[{set, query}];
    one.query = query;
    one.set = set;
    one.relevant.insert(std::string(table.field("relevant_id")));
  }
  std::vector<Judged> out;
  for (auto& [key, one] : judged) out.push_back(std::move(one));
  return out;
}

struct Tally {
  int queries = 0, first = 0, ten = 0;
  double reciprocal = 0;
};

void print_quality(const Index& index, const std::vector<Judged>& judged, bool misses) {
  std::map<std::string, Tally> tallies;
  for (const Judged& one : judged) {
    kiosk::search::Query query;
    query.text = one.query;
    query.last_word_is_prefix = false;
    query.limit = 50;
    const auto answer = index.find(query);
    std::size_t rank = 0;
    while (rank < answer.hits.size() && !one.relevant.contains(answer.hits[rank].key.id)) ++rank;
    const bool found = rank < answer.hits.size();
    Tally& tally = tallies[one.set];
    ++tally.queries;
    tally.first += found && rank == 0;
    tally.ten += found && rank < 10;
    tally.reciprocal += found ? 1.0 / static_cast<double>(rank + 1) : 0;
    if (misses && !(found && rank == 0))
      std::printf("miss %s | %s | wanted %s at %zu | got %s\n", one.set.c_str(), one.query.c_str(),
                  one.relevant.begin()->c_str(), found ? rank + 1 : 0,
                  answer.hits.empty() ? "nothing" : answer.hits[0].name.c_str());
  }
  std::printf("%-20s %7s  %6s %7s %6s   %s\n", "set", "queries", "hit@1", "hit@10", "MRR", "FTS5 hit@1 / hit@10");
  for (const auto& [set, tally] : tallies) {
    const double n = tally.queries;
    std::printf("%-20s %7d  %6.3f %7.3f %6.3f", set.c_str(), tally.queries, tally.first / n, tally.ten / n,
                tally.reciprocal / n);
    const auto peer = kFts5.find(set);
    if (peer != kFts5.end()) std::printf("   %.3f / %.3f", peer->second.first, peer->second.second);
    std::printf("\n");
  }
}

// Every query typed letter by letter, as the screen asks.
void print_speed(const Index& index, const std::vector<Judged>& judged) {
  std::vector<double> times;
  for (const Judged& one : judged) {
    for (std::size_t letters = 1; letters <= one.query.size(); ++letters) {
      kiosk::search::Query query;
      query.text = one.query.substr(0, letters);
      const auto begin = Clock::now();
      static_cast<void>(index.find(query));
      times.push_back(milliseconds_since(begin));
    }
  }
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  std::printf("a key: p50 %.3f ms, p99 %.3f ms, worst %.3f ms (%zu keys)\n", times[times.size() / 2],
              times[times.size() * 99 / 100], times.back(), times.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "bench_search_quality: wants SERVICES.csv JUDGEMENTS.tsv [--misses]\n");
    return 2;
  }
  const auto services = read_services(argv[1]);
  const auto judged = read_judgements(argv[2]);
  if (!services.ok() || !judged.ok()) {
    std::fprintf(stderr, "bench_search_quality: %s\n",
                 (services.ok() ? judged.error() : services.error()).describe().c_str());
    return 1;
  }
  const auto begin = Clock::now();
  const auto concepts = kiosk::search::load_concepts(KIOSK_SOURCE_DIR "/assets/search");
  if (!concepts.ok()) {
    std::fprintf(stderr, "bench_search_quality: %s\n", concepts.error().describe().c_str());
    return 1;
  }
  const auto index = Index::build(*services, *concepts);
  if (!index.ok()) {
    std::fprintf(stderr, "bench_search_quality: %s\n", index.error().describe().c_str());
    return 1;
  }
  std::printf("%zu services indexed in %.0f ms, %.1f MB\n", (*index)->size(), milliseconds_since(begin),
              static_cast<double>((*index)->memory_bytes()) / 1e6);
  print_quality(**index, *judged, argc > 3 && std::strcmp(argv[3], "--misses") == 0);
  print_speed(**index, *judged);
  return 0;
}
