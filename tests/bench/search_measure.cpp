#include "tests/bench/search_measure.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/bench/search_peers.h"

namespace kiosk::bench {
namespace {

using core::Status;
using std::string;
namespace fs = std::filesystem;

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
void build_in_child(const string& name, const Task& task, const fs::path& folder, std::ofstream& out) {
  const double before = resident_bytes("VmRSS:");
  const auto one = engine(name);
  Feed feed(task.corpus, task.services, task.build_seconds);
  const Status status = one->build(feed, folder);
  const Span spent = feed.spent();
  if (!status.ok()) {
    out << "fault " << status.error().describe() << '\n';
    return;
  }
  out << "build " << spent.wall << ' ' << spent.cpu << ' ' << std::max(0.0, resident_bytes("VmHWM:") - before) << ' '
      << size_of(folder) << ' ' << feed.given() << ' ' << feed.is_cut_off() << '\n';
}

void warm_up(Engine& one, const Task& task) {
  const Span begin = now();
  for (std::size_t i = 0; i < task.typed.size() && (now() - begin).wall < task.seconds / 10; i += 10) {
    static_cast<void>(one.find(task.typed[i].text));
    static_cast<void>(one.find(task.typed[i].text.substr(0, 1)));
  }
}

std::vector<Key> typed_in_child(Engine& one, const Task& task) {
  std::vector<Key> keys;
  keys.reserve(task.typed.size() * 40);
  const Span begin = now();
  for (const Typed& each : task.typed) {
    for (std::size_t letters = 1; letters <= each.text.size(); ++letters) {
      const string text = each.text.substr(0, letters);
      const Span start = now();
      const std::vector<std::uint32_t> found = one.find(text);
      const Span spent = now() - start;
      keys.push_back({spent.wall * 1000, spent.cpu * 1000, found.size(), rank_in(found, each.wanted)});
    }
    if ((now() - begin).wall > task.seconds) break;
  }
  return keys;
}

// The slower of two times that a query is asked, after once unmeasured.
void ask_hostile(Engine& one, const Task& task, std::ofstream& out) {
  const Span begin = now();
  for (const string& text : task.hostile) {
    if ((now() - begin).wall > task.seconds) break;
    static_cast<void>(one.find_hard(text));
    double slower = 0;
    for (int time = 0; time < 2; ++time) {
      const Span start = now();
      static_cast<void>(one.find_hard(text));
      slower = std::max(slower, (now() - start).cpu);
    }
    out << "hostile " << slower * 1000 << std::endl;  // at once: it may be stopped at the next
  }
}

void answer_in_child(const string& name, const Task& task, const fs::path& folder, std::ofstream& out) {
  const auto one = engine(name);
  const double before = resident_bytes("VmRSS:");
  const Span opening = now();
  const Status status = one->open(folder);
  const double open_ms = (now() - opening).wall * 1000;
  if (!status.ok()) {
    out << "fault " << status.error().describe() << '\n';
    return;
  }
  warm_up(*one, task);
  const std::vector<Key> keys = typed_in_child(*one, task);
  out << "open " << open_ms << "\nmemory " << std::max(0.0, resident_bytes("VmRSS:") - before) << '\n';
  for (const Key& key : keys) out << "key " << key.wall << ' ' << key.cpu << ' ' << key.hits << ' ' << key.rank << '\n';
  ask_hostile(*one, task, out);
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
    } else if (what == "hostile") {
      double ms = 0;
      words >> ms;
      measured.hostile.push_back(ms);
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
void feed_minisearch(std::FILE* node, const Task& task) {
  const auto send = [&](const nlohmann::json& line) {
    const string text = line.dump() + "\n";
    return std::fwrite(text.data(), 1, text.size(), node) == text.size();
  };
  for (std::size_t number = 0; number < task.services; ++number) {
    nlohmann::json record = {{"id", number}};
    for (WeighedText& text : texts_of(task.corpus.service(number))) record[string(text.field)] = std::move(text.text);
    if (!send(record)) return;
  }
  for (const Typed& each : task.typed) {
    if (!send({{"query", each.text}, {"wanted", each.wanted}})) return;
  }
  for (const string& text : task.hostile) {
    if (!send({{"hostile", text}})) return;
  }
}

// Stopped from outside if it forgets its time: building, answering and hostile queries, and its input being made.
string minisearch_command(const Task& task, const fs::path& lines) {
  const long megabytes = sysconf(_SC_AVPHYS_PAGES) / 1024 * sysconf(_SC_PAGESIZE) / 1024 * 3 / 4;
  const auto most_seconds =
      static_cast<long>(task.build_seconds + 4 * task.seconds + 60 + static_cast<double>(task.services) / 1000);
  return "exec timeout -s KILL " + std::to_string(most_seconds) +
         " node --expose-gc --max-old-space-size=" + std::to_string(megabytes) +
         " " KIOSK_SOURCE_DIR "/tests/bench/search_minisearch.mjs '" + task.minisearch.string() + "' '" +
         lines.string() + "' " + std::to_string(task.build_seconds) + " " + std::to_string(task.seconds) + " 2>'" +
         (task.work / "minisearch.log").string() + "'";
}

Measured measure_minisearch(const Task& task) {
  Measured measured;
  if (task.minisearch.empty()) {
    measured.fault = "--minisearch names no folder";
    return measured;
  }
  const fs::path lines = task.work / "minisearch.txt";
  std::FILE* const node = popen(minisearch_command(task, lines).c_str(), "w");
  if (!node) {
    measured.fault = "node did not start";
    return measured;
  }
  feed_minisearch(node, task);
  const int status = pclose(node);
  read_lines(lines, measured);
  if (status != 0) measured.fault = "node ended with " + std::to_string(status);
  fs::remove(lines);
  return measured;
}

}  // namespace

Measured measure(const string& name, const Task& task) {
  if (name == "minisearch") return measure_minisearch(task);
  Measured measured;
  const string index_of = name == "ours-near" ? "ours" : name;
  const fs::path folder = task.work / index_of, lines = task.work / "lines.txt";
  if (!fs::exists(folder)) {
    fs::create_directory(folder);
    in_child([&](auto& out) { build_in_child(name, task, folder, out); }, 3 * task.build_seconds + 60, lines, measured);
  }
  if (measured.fault.empty() && !measured.build_cut_off)
    in_child([&](auto& out) { answer_in_child(name, task, folder, out); }, 3 * task.seconds + 60, lines, measured);
  return measured;
}

}  // namespace kiosk::bench
