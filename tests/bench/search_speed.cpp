// How fast the search answers each key, beside other engines on the same services and the same queries.
//   bench_search [--sizes N,…] [--peers NAME,…] [--seconds S] [--slowest N] [--wordnet FOLDER] [--minisearch FOLDER]
// Each engine builds, and then answers, in a process of its own. Started by tests/bench/search.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <thread>

#include "kiosk/core/strings.h"
#include "tests/bench/search_corpus.h"
#include "tests/bench/search_peers.h"

namespace {

using namespace kiosk::bench;
using kiosk::core::Status;
using std::string;
namespace fs = std::filesystem;

struct Options {
  std::vector<std::size_t> sizes = {10'000, 100'000, 1'000'000};
  std::vector<string> peers = {"ours", "ours-near", "fts5", "xapian", "minisearch"};
  double seconds = 300;
  std::size_t slowest = 0;
  fs::path wordnet = "/usr/share/wordnet", minisearch;
};

struct Key {
  double wall = 0, cpu = 0;  // ms
  std::size_t hits = 0;
  std::size_t rank = 0;  // of the wanted service, from 1; 0 where it is not among the first ten
};

struct Measured {
  string fault;
  bool build_cut_off = false;
  std::size_t built = 0;  // services
  double build_wall = 0, build_cpu = 0, build_peak = 0, file = 0, open_ms = 0, memory = 0;
  std::vector<Key> keys;  // in the order in which they were typed
};

double resident_bytes(const char* line) {
  std::ifstream status("/proc/self/status");
  for (string name; status >> name; status.ignore(200, '\n')) {
    double kilobytes = 0;
    if (name == line && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

double size_of(const fs::path& folder) {
  double bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  return bytes;
}

std::size_t rank_in(const std::vector<std::uint32_t>& found, std::uint32_t wanted) {
  for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 10); ++i)
    if (found[i] == wanted) return i + 1;
  return 0;
}

// What a child found out goes to its parent as lines of text; minisearch writes the same.
void build_in_child(const string& name, const Corpus& corpus, std::size_t services, double seconds,
                    const fs::path& folder, std::ofstream& out) {
  const double before = resident_bytes("VmRSS:");
  const auto one = engine(name);
  Feed feed(corpus, services, seconds);
  const Status status = one->build(feed, folder);
  const Span spent = feed.spent();
  if (!status.ok()) {
    out << "fault " << status.error().describe() << '\n';
    return;
  }
  out << "build " << spent.wall << ' ' << spent.cpu << ' ' << std::max(0.0, resident_bytes("VmHWM:") - before) << ' '
      << size_of(folder) << ' ' << feed.given() << ' ' << feed.is_cut_off() << '\n';
}

void replay_in_child(const string& name, const std::vector<Typed>& typed, double seconds, const fs::path& folder,
                     std::ofstream& out) {
  std::vector<Key> keys;
  keys.reserve(typed.size() * 40);
  const auto one = engine(name);
  const double before = resident_bytes("VmRSS:");
  const Span opening = now();
  const Status status = one->open(folder);
  const double open_ms = (now() - opening).wall * 1000;
  if (!status.ok()) {
    out << "fault " << status.error().describe() << '\n';
    return;
  }
  const Span warming = now();
  for (std::size_t i = 0; i < typed.size() && (now() - warming).wall < seconds / 10; i += 10) {
    static_cast<void>(one->find(typed[i].text));
    static_cast<void>(one->find(typed[i].text.substr(0, 1)));
  }
  const Span begin = now();
  for (const Typed& each : typed) {
    for (std::size_t letters = 1; letters <= each.text.size(); ++letters) {
      const string text = each.text.substr(0, letters);
      const Span start = now();
      const std::vector<std::uint32_t> found = one->find(text);
      const Span spent = now() - start;
      keys.push_back({spent.wall * 1000, spent.cpu * 1000, found.size(), rank_in(found, each.wanted)});
    }
    if ((now() - begin).wall > seconds) break;
  }
  out << "open " << open_ms << "\nmemory " << std::max(0.0, resident_bytes("VmRSS:") - before) << '\n';
  for (const Key& key : keys) out << "key " << key.wall << ' ' << key.cpu << ' ' << key.hits << ' ' << key.rank << '\n';
}

void read_lines(const fs::path& file, Measured& measured) {
  std::ifstream in(file);
  for (string line; std::getline(in, line);) {
    std::istringstream words(line);
    string what;
    words >> what;
    if (what == "build") {
      words >> measured.build_wall >> measured.build_cpu >> measured.build_peak >> measured.file >> measured.built >>
          measured.build_cut_off;
    } else if (what == "open") {
      words >> measured.open_ms;
    } else if (what == "memory") {
      words >> measured.memory;
    } else if (what == "key") {
      Key key;
      words >> key.wall >> key.cpu >> key.hits >> key.rank;
      measured.keys.push_back(key);
    } else if (what == "fault") {
      measured.fault = line.substr(6);
    }
  }
}

// Gives how the child ended, if not well. One that forgets its time is stopped.
string wait_for(pid_t child, double most_seconds) {
  const Span begin = now();
  int status = 0;
  bool stopped = false;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (!stopped && (now() - begin).wall > most_seconds) {
      kill(child, SIGKILL);
      stopped = true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  if (stopped) return "stopped, as it took three times its budget";
  if (WIFSIGNALED(status)) return "ended by signal " + std::to_string(WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? "" : "ended with " + std::to_string(WEXITSTATUS(status));
}

void in_child(const std::function<void(std::ofstream&)>& work, double most_seconds, const fs::path& lines,
              Measured& measured) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    std::ofstream out(lines);
    work(out);
    out.close();
    _exit(0);
  }
  const string ended = wait_for(child, most_seconds);
  read_lines(lines, measured);
  if (measured.fault.empty()) measured.fault = ended;
}

// Node reads the services and then the queries from its standard input.
void feed_minisearch(std::FILE* node, const Corpus& corpus, std::size_t services, const std::vector<Typed>& typed) {
  const auto send = [&](const nlohmann::json& line) {
    const string text = line.dump() + "\n";
    return std::fwrite(text.data(), 1, text.size(), node) == text.size();
  };
  for (std::size_t number = 0; number < services; ++number) {
    nlohmann::json record = {{"id", number}};
    for (WeighedText& text : texts_of(corpus.service(number))) record[string(text.field)] = std::move(text.text);
    if (!send(record)) return;
  }
  for (const Typed& each : typed) {
    if (!send({{"query", each.text}, {"wanted", each.wanted}})) return;
  }
}

Measured measure_minisearch(const Options& options, const Corpus& corpus, std::size_t services,
                            const std::vector<Typed>& typed, const fs::path& work) {
  Measured measured;
  if (options.minisearch.empty()) {
    measured.fault = "--minisearch names no folder";
    return measured;
  }
  const fs::path lines = work / "minisearch.txt";
  const long megabytes = sysconf(_SC_AVPHYS_PAGES) / 1024 * sysconf(_SC_PAGESIZE) / 1024 * 3 / 4;
  const string command = "exec node --expose-gc --max-old-space-size=" + std::to_string(megabytes) +
                         " " KIOSK_SOURCE_DIR "/tests/bench/search_minisearch.mjs '" + options.minisearch.string() +
                         "' '" + lines.string() + "' " + std::to_string(options.seconds) + " 2>'" +
                         (work / "minisearch.log").string() + "'";
  std::FILE* const node = popen(command.c_str(), "w");
  if (!node) {
    measured.fault = "node did not start";
    return measured;
  }
  feed_minisearch(node, corpus, services, typed);
  const int status = pclose(node);
  read_lines(lines, measured);
  if (status != 0 && measured.fault.empty()) measured.fault = "node ended with " + std::to_string(status);
  fs::remove(lines);
  return measured;
}

Measured measure(const string& name, const Options& options, const Corpus& corpus, std::size_t services,
                 const std::vector<Typed>& typed, const fs::path& work) {
  if (name == "minisearch") return measure_minisearch(options, corpus, services, typed, work);
  Measured measured;
  const string index_of = name == "ours-near" ? "ours" : name;
  const fs::path folder = work / index_of, lines = work / "lines.txt";
  if (!fs::exists(folder)) {
    fs::create_directory(folder);
    in_child([&](auto& out) { build_in_child(name, corpus, services, options.seconds, folder, out); },
             3 * options.seconds + 60, lines, measured);
  }
  if (measured.fault.empty() && !measured.build_cut_off)
    in_child([&](auto& out) { replay_in_child(name, typed, options.seconds, folder, out); }, 3 * options.seconds + 60,
             lines, measured);
  return measured;
}

struct Spread {
  double p50 = 0, p99 = 0, max = 0;
};

Spread spread_of(std::vector<double> times) {
  if (times.empty()) return {};
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

// What a row of the table says, in the order of the columns; below nothing where it is not known.
struct Row {
  Spread wall, cpu;
  double memory = -1, file = -1, build = -1, peak = -1, open_ms = -1, nothing = -1, known = -1, known_slip = -1;
  std::size_t keys = 0;
};

double share(std::size_t part, std::size_t all) {
  return all == 0 ? -1 : 100 * static_cast<double>(part) / static_cast<double>(all);
}

Row row_of(const Measured& measured, const std::vector<Typed>& typed) {
  Row row;
  std::vector<double> wall, cpu;
  std::size_t nothing = 0, wanted[2] = {}, found[2] = {}, at = 0;
  for (const Typed& each : typed) {
    if (at + each.text.size() > measured.keys.size()) break;
    for (std::size_t i = 0; i < each.text.size(); ++i, ++at) {
      wall.push_back(measured.keys[at].wall);
      cpu.push_back(measured.keys[at].cpu);
      nothing += measured.keys[at].hits == 0;
    }
    if (each.wanted == kNobody) continue;
    ++wanted[each.slip];
    found[each.slip] += measured.keys[at - 1].rank > 0;
  }
  row.keys = wall.size();
  row.wall = spread_of(std::move(wall));
  row.cpu = spread_of(std::move(cpu));
  row.nothing = share(nothing, row.keys);
  row.known = share(found[0], wanted[0]);
  row.known_slip = share(found[1], wanted[1]);
  row.memory = measured.keys.empty() ? -1 : measured.memory / 1e6;
  row.open_ms = measured.keys.empty() ? -1 : measured.open_ms;
  if (measured.built > 0 && !measured.build_cut_off) {
    row.file = measured.file > 0 ? measured.file / 1e6 : -1;
    row.build = measured.build_cpu;
    row.peak = measured.build_peak / 1e6;
  }
  return row;
}

string number(double value, const char* before = "") {
  if (value < 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text,
                value < 0.9995  ? "%s%.3f"
                : value < 9.995 ? "%s%.2f"
                : value < 99.95 ? "%s%.1f"
                                : "%s%.0f",
                before, value);
  return text;
}

void print_line(const string& name, const std::vector<string>& cells) {
  std::printf("%-11s", name.c_str());
  for (const string& cell : cells) std::printf(" %8s", cell.c_str());
  std::printf("\n");
}

void print_head(bool busy) {
  std::vector<string> head = {"p50 ms", "p99 ms", "max ms"};
  if (busy) head.insert(head.end(), {"cpu p50", "cpu p99", "cpu max"});
  head.insert(head.end(),
              {"memory", "file MB", "build s", "peak MB", "open ms", "nothing%", "known%", "slip%", "keys"});
  print_line("", head);
}

void print_row(const string& name, const Row& row, const Row* ours, bool busy, std::size_t all_keys) {
  std::vector<string> cells;
  std::vector<double> mine, theirs;
  const auto take = [&](double value, double other) {
    mine.push_back(value);
    theirs.push_back(other);
    cells.push_back(number(value));
  };
  const Row none;
  const Row& base = ours ? *ours : none;
  const auto take_spread = [&](const Spread& a, const Spread& b) {
    take(row.keys > 0 ? a.p50 : -1, b.p50);
    take(row.keys > 0 ? a.p99 : -1, b.p99);
    take(row.keys > 0 ? a.max : -1, b.max);
  };
  take_spread(row.wall, base.wall);
  if (busy) take_spread(row.cpu, base.cpu);
  take(row.memory, base.memory);
  take(row.file, base.file);
  take(row.build, base.build);
  take(row.peak, base.peak);
  take(row.open_ms, base.open_ms);
  for (const double percent : {row.nothing, row.known, row.known_slip}) cells.push_back(number(percent));
  cells.push_back(std::to_string(row.keys));
  print_line(name, cells);
  if (ours) {
    std::vector<string> ratios;
    for (std::size_t i = 0; i < mine.size(); ++i)
      ratios.push_back(mine[i] < 0 || theirs[i] <= 0 ? "-" : number(mine[i] / theirs[i], "x"));
    print_line("", ratios);
  }
  if (row.keys > 0 && row.keys < all_keys)
    std::printf("            %s: cut off by its budget after %zu of %zu keys\n", name.c_str(), row.keys, all_keys);
}

// The worst keys, and what they have in common.
void print_slowest(const Measured& measured, const std::vector<Typed>& typed, std::size_t most) {
  struct Slow {
    double ms;
    string text;
    bool slip;
  };
  std::vector<Slow> all;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> kinds;  // words, letters of the last one
  std::size_t at = 0;
  for (const Typed& each : typed) {
    for (std::size_t letters = 1; letters <= each.text.size() && at < measured.keys.size(); ++letters, ++at) {
      all.push_back({measured.keys[at].cpu, each.text.substr(0, letters), each.slip});
      const string& text = all.back().text;
      const std::size_t space = text.rfind(' ');
      const auto words = static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
      kinds[{words, space == string::npos ? text.size() : text.size() - space - 1}].push_back(all.back().ms);
    }
  }
  std::printf("words, letters of the last: keys, processor ms p50 / p99 / max\n");
  for (const auto& [kind, times] : kinds) {
    const Spread spread = spread_of(times);
    std::printf("  %zu, %2zu: %5zu  %7.3f %7.3f %7.3f\n", kind.first, kind.second, times.size(), spread.p50, spread.p99,
                spread.max);
  }
  std::sort(all.begin(), all.end(), [](const Slow& a, const Slow& b) { return a.ms > b.ms; });
  all.resize(std::min(all.size(), most));
  for (const Slow& slow : all)
    std::printf("  %8.3f ms  \"%s\"%s\n", slow.ms, slow.text.c_str(), slow.slip ? " (slip)" : "");
}

void run_size(const Options& options, const Corpus& corpus, std::size_t services, bool busy, const fs::path& work) {
  const std::vector<Typed> typed = typed_queries(corpus, services);
  const std::size_t all_keys =
      std::accumulate(typed.begin(), typed.end(), std::size_t{0},
                      [](std::size_t sum, const Typed& each) { return sum + each.text.size(); });
  std::printf("\n%zu services; %zu queries, %zu keys\n", services, typed.size(), all_keys);
  print_head(busy);
  std::optional<Row> ours;
  for (const string& name : options.peers) {
    const Measured measured = measure(name, options, corpus, services, typed, work);
    const Row row = row_of(measured, typed);
    print_row(name, row, ours ? &*ours : nullptr, busy, all_keys);
    if (!measured.fault.empty()) std::printf("            %s: %s\n", name.c_str(), measured.fault.c_str());
    if (measured.build_cut_off)
      std::printf("            %s: cut off by its budget while building, at %zu services\n", name.c_str(),
                  measured.built);
    if (name == "ours") ours = row;
    if (options.slowest > 0) print_slowest(measured, typed, options.slowest);
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
                 "[--seconds S] [--slowest N] [--wordnet FOLDER] [--minisearch FOLDER]\n");
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
