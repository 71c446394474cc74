// How well and how fast the search answers judged queries, beside a plain SQLite FTS5 index on the same ones.
//   bench_search_quality SERVICES.csv JUDGEMENTS.tsv [NEEDS.tsv] [--misses]
// SERVICES.csv has the columns id, name, description; JUDGEMENTS.tsv has query, relevant_id, set; NEEDS.tsv, of other
// languages than English, has language, need, query, services ("12|34").
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/search/stemmer.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/tokenizer.h"
#include "tests/bench/judged.h"
#include "tests/bench/slips.h"

namespace kiosk::bench {
namespace {

using core::Result;
using core::Status;
using directory::Service;
using search::Index;
using std::string;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kDeepest = 50;  // places that are looked at
constexpr std::size_t kSeeds = 8;     // rounds of slips
constexpr std::size_t kMostTokens = 4000;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

struct Tally {
  std::size_t queries = 0, first = 0, three = 0, ten = 0;
  double reciprocal = 0;

  void add(std::size_t rank) {
    ++queries;
    first += rank == 1;
    three += rank >= 1 && rank <= 3;
    ten += rank >= 1 && rank <= 10;
    reciprocal += rank ? 1.0 / static_cast<double>(rank) : 0;
  }
  double share(std::size_t of) const { return queries ? static_cast<double>(of) / static_cast<double>(queries) : 0; }
};
using Tallies = std::map<string, Tally>;  // by set

struct Bench {
  const ListSource& services;
  const Index& index;
  PlainFts5& fts5;
  bool misses;
};

void tell_miss(const Bench& bench, const Judged& one, std::size_t rank, const std::vector<string>& found) {
  const auto name_of = [&](const string& id) {
    const auto& all = bench.services.services;
    const auto at = std::find_if(all.begin(), all.end(), [&](const Service& s) { return s.key.id == id; });
    return at == all.end() ? id : at->name;
  };
  std::printf("miss %s | %s | wanted", one.set.c_str(), one.query.c_str());
  for (const string& id : one.relevant) std::printf(" [%s]", name_of(id).c_str());
  std::printf(" at %zu | got", rank);
  for (std::size_t i = 0; i < std::min<std::size_t>(3, found.size()); ++i)
    std::printf(" %s;", name_of(found[i]).c_str());
  std::printf("\n");
}

Status print_quality(const Bench& bench, const std::vector<Judged>& judged) {
  Tallies ours, theirs;
  for (const Judged& one : judged) {
    const std::vector<string> found = found_by(bench.index, one.query, kDeepest);
    const std::size_t rank = rank_of(one.relevant, found);
    ours[one.set].add(rank);
    if (bench.misses && rank != 1) tell_miss(bench, one, rank, found);
    KIOSK_TRY(const std::vector<string> beside, bench.fts5.find(one.query, kDeepest));
    theirs[one.set].add(rank_of(one.relevant, beside));
  }
  std::printf("\n%-20s %7s   %5s %6s %5s   FTS5 %5s %6s\n", "set", "queries", "hit@1", "hit@10", "MRR", "hit@1",
              "hit@10");
  for (const auto& [set, tally] : ours) {
    const Tally& peer = theirs[set];
    std::printf("%-20s %7zu   %5.3f %6.3f %5.3f        %5.3f %6.3f\n", set.c_str(), tally.queries,
                tally.share(tally.first), tally.share(tally.ten), tally.reciprocal / static_cast<double>(tally.queries),
                peer.share(peer.first), peer.share(peer.ten));
  }
  return {};
}

// The stems of a text's words that carry meaning.
std::set<string> stems_of(const string& text) {
  std::set<string> stems;
  for (const search::Token& token : search::tokenize(text, kMostTokens)) {
    if (!token.word.empty() && !search::is_stop_word(token.word, "en")) stems.insert(search::stem(token.word, "en"));
  }
  return stems;
}

// Whether a query has a word in common with a right service: with its name, or with its description too.
bool shares_stem(const Judged& one, const ListSource& source, bool with_description) {
  const std::set<string> wanted = stems_of(one.query);
  return std::any_of(source.services.begin(), source.services.end(), [&](const Service& service) {
    if (!one.relevant.contains(service.key.id)) return false;
    const auto held = stems_of(with_description ? service.name + ' ' + service.description : service.name);
    return std::any_of(wanted.begin(), wanted.end(), [&](const string& stem) { return held.contains(stem); });
  });
}

Status print_apart(const Bench& bench, const std::vector<Judged>& judged) {
  std::printf("\n%-34s %7s   hit@10   FTS5 hit@10\n", "queries that share no stem with", "queries");
  for (const bool with_description : {false, true}) {
    Tally ours, theirs;
    for (const Judged& one : judged) {
      if (shares_stem(one, bench.services, with_description)) continue;
      ours.add(rank_of(one.relevant, found_by(bench.index, one.query, kDeepest)));
      KIOSK_TRY(const std::vector<string> beside, bench.fts5.find(one.query, kDeepest));
      theirs.add(rank_of(one.relevant, beside));
    }
    std::printf("%-34s %7zu   %6.3f   %6.3f\n",
                with_description ? "a right service's record" : "a right service's name", ours.queries,
                ours.share(ours.ten), theirs.share(theirs.ten));
  }
  return {};
}

Tallies with_errors(const Index& index, const std::vector<Judged>& judged, std::size_t slips) {
  Tallies tallies;
  for (std::size_t seed = 1; seed <= (slips ? kSeeds : 1); ++seed) {
    Random random(seed);
    for (const Judged& one : judged) {
      const std::vector<string> found = found_by(index, with_slips(one.query, slips, random), 10);
      tallies[one.set].add(rank_of(one.relevant, found));
      tallies["all"].add(rank_of(one.relevant, found));
    }
  }
  return tallies;
}

// What typing errors cost. Queries without a word that is long enough count as they are.
void print_errors(const Index& index, const std::vector<Judged>& judged) {
  Tallies clean = with_errors(index, judged, 0);
  Tallies one = with_errors(index, judged, 1), two = with_errors(index, judged, 2);
  std::printf("\n%-20s   hit@10 without, with one error, with two (%zu seeds)\n", "set", kSeeds);
  for (const auto& [set, tally] : clean) {
    const double all = tally.share(tally.ten), after_one = one[set].share(one[set].ten),
                 after_two = two[set].share(two[set].ten);
    std::printf("%-20s   %.3f   %.3f (%+.1f points)   %.3f (%+.1f points)\n", set.c_str(), all, after_one,
                100 * (after_one - all), after_two, 100 * (after_two - all));
  }
}

// Needs in other languages, on a screen in English.
void print_languages(const Bench& bench, const std::vector<Judged>& needs) {
  Tallies tallies;
  for (const Judged& one : needs) {
    const std::vector<string> found = found_by(bench.index, one.query, kDeepest);
    const std::size_t rank = rank_of(one.relevant, found);
    for (const string& set : {one.set, string("all")}) tallies[set].add(rank);
    if (bench.misses && (rank == 0 || rank > 10)) tell_miss(bench, one, rank, found);
  }
  std::printf("\nlanguage  needs   hit@3  hit@10\n");
  for (const auto& [language, tally] : tallies)
    std::printf("%-8s %6zu   %.3f   %.3f\n", language.c_str(), tally.queries, tally.share(tally.three),
                tally.share(tally.ten));
}

// Every query typed letter by letter, as the screen asks.
void print_speed(const Index& index, const std::vector<Judged>& judged) {
  std::vector<double> times;
  for (const Judged& one : judged) {
    for (std::size_t letters = 1; letters <= one.query.size(); ++letters) {
      search::Query query;
      query.text = one.query.substr(0, letters);
      const auto begin = Clock::now();
      static_cast<void>(index.find(query));
      times.push_back(milliseconds_since(begin));
    }
  }
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  std::printf("\na key: p50 %.3f ms, p99 %.3f ms, worst %.3f ms (%zu keys)\n", times[times.size() / 2],
              times[times.size() * 99 / 100], times.back(), times.size());
}

Status run(const std::vector<string>& files, bool misses) {
  KIOSK_TRY(const ListSource services, read_services(files[0]));
  KIOSK_TRY(const std::vector<Judged> judged, read_judgements(files[1]));
  std::vector<Judged> needs;
  if (files.size() > 2) {
    KIOSK_TRY(needs, read_needs(files[2]));
  }
  KIOSK_TRY(const search::ConceptList concepts, search::load_concepts(KIOSK_SOURCE_DIR "/assets/search"));
  const auto begin = Clock::now();
  KIOSK_TRY(const std::shared_ptr<const Index> index, Index::build(services, concepts));
  std::printf("%zu services indexed in %.0f ms, %.1f MB\n", index->size(), milliseconds_since(begin),
              static_cast<double>(index->memory_bytes()) / 1e6);
  KIOSK_TRY(PlainFts5 fts5, PlainFts5::build(services));
  const Bench bench{services, *index, fts5, misses};
  KIOSK_CHECK(print_quality(bench, judged));
  KIOSK_CHECK(print_apart(bench, judged));
  print_errors(*index, judged);
  if (!needs.empty()) print_languages(bench, needs);
  print_speed(*index, judged);
  return {};
}

}  // namespace
}  // namespace kiosk::bench

int main(int argc, char** argv) {
  std::vector<std::string> files;
  bool misses = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--misses") {
      misses = true;
    } else {
      files.emplace_back(argv[i]);
    }
  }
  if (files.size() < 2 || files.size() > 3) {
    std::fprintf(stderr, "bench_search_quality: wants SERVICES.csv JUDGEMENTS.tsv [NEEDS.tsv] [--misses]\n");
    return 2;
  }
  const kiosk::core::Status done = kiosk::bench::run(files, misses);
  if (!done.ok()) {
    std::fprintf(stderr, "bench_search_quality: %s\n", done.error().describe().c_str());
    return 1;
  }
  return 0;
}
