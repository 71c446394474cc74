// How fast the search answers each key, beside other engines on the same services and the same queries.
//   bench_search [--sizes N,…] [--peers NAME,…] [--build-seconds S] [--seconds S] [--slowest N] [--wordnet FOLDER]
//   [--minisearch FOLDER]
// Started by tests/bench/search.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <thread>

#include "kiosk/core/strings.h"
#include "tests/bench/search_measure.h"
#include "tests/bench/search_table.h"

namespace {

using namespace kiosk::bench;
using std::string;
namespace fs = std::filesystem;

struct Options {
  std::vector<std::size_t> sizes = {10'000, 100'000, 1'000'000};
  std::vector<string> peers = {"ours", "ours-near", "fts5", "xapian", "minisearch"};
  double build_seconds = 300, seconds = 300;
  std::size_t slowest = 0;
  fs::path wordnet = "/usr/share/wordnet", minisearch;
};

void run_size(const Options& options, const Corpus& corpus, std::size_t services, bool busy, const fs::path& work) {
  const Task task{corpus,
                  services,
                  typed_queries(corpus, services),
                  hostile_queries(corpus, services),
                  options.build_seconds,
                  options.seconds,
                  work,
                  options.minisearch};
  const std::size_t keys = std::accumulate(task.typed.begin(), task.typed.end(), std::size_t{0},
                                           [](std::size_t sum, const Typed& each) { return sum + each.text.size(); });
  std::printf("\n%zu services; %zu queries, %zu keys\n", services, task.typed.size(), keys);
  print_head(busy);
  std::optional<Row> ours;
  for (const string& name : options.peers) {
    const Measured measured = measure(name, task);
    const Row row = row_of(measured, task.typed);
    print_row(name, row, ours ? &*ours : nullptr, busy);
    print_notes(name, row, measured, task);
    if (name == "ours") ours = row;
    if (options.slowest > 0) print_slowest(measured, task, options.slowest);
    std::fflush(stdout);
    if (!name.starts_with("ours")) fs::remove_all(work / name);
  }
  fs::remove_all(work / "ours");
}

bool read_options(int argc, char** argv, Options& options) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const string option = argv[i], value = argv[i + 1];
    if (option == "--sizes") {
      options.sizes.clear();
      for (const string& part : kiosk::core::split(value, ',')) options.sizes.push_back(std::stoul(part));
    } else if (option == "--peers") {
      options.peers.clear();
      options.peers = kiosk::core::split(value, ',');
    } else if (option == "--build-seconds") {
      options.build_seconds = std::stod(value);
    } else if (option == "--seconds") {
      options.seconds = std::stod(value);
    } else if (option == "--slowest") {
      options.slowest = std::stoul(value);
    } else if (option == "--wordnet") {
      options.wordnet = value;
    } else if (option == "--minisearch") {
      options.minisearch = value;
    } else {
      return false;
    }
  }
  const std::vector<string> all = Options{}.peers;
  const auto known = [&](const string& name) { return std::find(all.begin(), all.end(), name) != all.end(); };
  return argc % 2 == 1 && std::all_of(options.peers.begin(), options.peers.end(), known);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!read_options(argc, argv, options)) {
    std::fprintf(stderr,
                 "bench_search: wants [--sizes N,…] [--peers ours,ours-near,fts5,xapian,minisearch] "
                 "[--build-seconds S] [--seconds S] [--slowest N] [--wordnet FOLDER] [--minisearch FOLDER]\n");
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  const auto corpus = Corpus::open(options.wordnet);
  if (!corpus.ok()) {
    std::fprintf(stderr, "bench_search: %s\n", corpus.error().describe().c_str());
    return 1;
  }
  double load = 0;
  const bool busy = getloadavg(&load, 1) == 1 && load > 0.5;
  std::printf("%u cores, load %.2f: %s\n", std::thread::hardware_concurrency(), load,
              busy ? "BUSY, so the processor time (cpu) of each key stands beside the time that passed" : "quiet");
  string folder = (fs::temp_directory_path() / "bench_search.XXXXXX").string();
  if (!mkdtemp(folder.data())) {
    std::fprintf(stderr, "bench_search: no working folder at %s\n", folder.c_str());
    return 1;
  }
  for (const std::size_t services : options.sizes) run_size(options, *corpus, services, busy, folder);
  fs::remove_all(folder);
  return 0;
}
