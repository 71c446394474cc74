#include "tests/bench/search_table.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <numeric>

namespace kiosk::bench {
namespace {

using std::string;

Spread spread_of(std::vector<double> times) {
  if (times.empty()) return {};
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

double share(std::size_t part, std::size_t all) {
  return all == 0 ? -1 : 100 * static_cast<double>(part) / static_cast<double>(all);
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

struct Kind {
  std::size_t words, letters;  // of the last word
  auto operator<=>(const Kind&) const = default;
};

struct Slow {
  double ms;
  string text;
  bool slip;
};

std::vector<Slow> keys_of(const Measured& measured, const std::vector<Typed>& typed) {
  std::vector<Slow> all;
  for (const Typed& each : typed) {
    for (std::size_t letters = 1; letters <= each.text.size() && all.size() < measured.keys.size(); ++letters)
      all.push_back({measured.keys[all.size()].cpu, each.text.substr(0, letters), each.slip});
  }
  return all;
}

void print_kinds(const std::vector<Slow>& keys) {
  std::map<Kind, std::vector<double>> kinds;
  for (const Slow& key : keys) {
    const std::size_t space = key.text.rfind(' ');
    const auto words = static_cast<std::size_t>(std::count(key.text.begin(), key.text.end(), ' ')) + 1;
    kinds[{words, space == string::npos ? key.text.size() : key.text.size() - space - 1}].push_back(key.ms);
  }
  std::printf("words, letters of the last: keys, processor ms p50 / p99 / max\n");
  for (const auto& [kind, times] : kinds) {
    const Spread spread = spread_of(times);
    std::printf("  %zu, %2zu: %5zu  %7.3f %7.3f %7.3f\n", kind.words, kind.letters, times.size(), spread.p50,
                spread.p99, spread.max);
  }
}

}  // namespace

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
  if (!measured.hostile.empty()) row.worst = *std::max_element(measured.hostile.begin(), measured.hostile.end());
  row.memory = measured.keys.empty() ? -1 : measured.memory / 1e6;
  row.open_ms = measured.keys.empty() ? -1 : measured.open_ms;
  if (measured.built > 0 && !measured.build_cut_off) {
    row.file = measured.file > 0 ? measured.file / 1e6 : -1;
    row.build = measured.build_cpu;
    row.peak = measured.build_peak / 1e6;
  }
  return row;
}

void print_head(bool busy) {
  std::vector<string> head = {"p50 ms", "p99 ms", "max ms"};
  if (busy) head.insert(head.end(), {"cpu p50", "cpu p99", "cpu max"});
  head.insert(head.end(),
              {"worst", "memory", "file MB", "build s", "peak MB", "open ms", "nothing%", "known%", "slip%", "keys"});
  print_line("", head);
}

void print_row(const string& name, const Row& row, const Row* ours, bool busy) {
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
  take(row.worst, base.worst);
  take(row.memory, base.memory);
  take(row.file, base.file);
  take(row.build, base.build);
  take(row.peak, base.peak);
  take(row.open_ms, base.open_ms);
  for (const double percent : {row.nothing, row.known, row.known_slip}) cells.push_back(number(percent));
  cells.push_back(std::to_string(row.keys));
  print_line(name, cells);
  if (!ours) return;
  std::vector<string> ratios;
  for (std::size_t i = 0; i < mine.size(); ++i)
    ratios.push_back(mine[i] < 0 || theirs[i] <= 0 ? "-" : number(mine[i] / theirs[i], "x"));
  print_line("", ratios);
}

void print_notes(const string& name, const Row& row, const Measured& measured, const Task& task) {
  const auto note = [&](const string& text) { std::printf("            %s: %s\n", name.c_str(), text.c_str()); };
  const auto of = [](std::size_t part, std::size_t all) { return std::to_string(part) + " of " + std::to_string(all); };
  const std::size_t all_keys = std::accumulate(task.typed.begin(), task.typed.end(), std::size_t{0},
                                               [](std::size_t sum, const Typed& t) { return sum + t.text.size(); });
  if (measured.build_cut_off)
    note("cut off by its budget while building, at " + std::to_string(measured.built) + " services");
  if (row.keys > 0 && row.keys < all_keys) note("cut off by its budget after " + of(row.keys, all_keys) + " keys");
  if (row.keys > 0 && measured.hostile.size() < task.hostile.size())
    note("cut off after " + of(measured.hostile.size(), task.hostile.size()) + " hostile queries");
  if (!measured.fault.empty()) note(measured.fault);
}

void print_slowest(const Measured& measured, const Task& task, std::size_t most) {
  std::vector<Slow> all = keys_of(measured, task.typed);
  print_kinds(all);
  std::sort(all.begin(), all.end(), [](const Slow& a, const Slow& b) { return a.ms > b.ms; });
  all.resize(std::min(all.size(), most));
  for (const Slow& slow : all)
    std::printf("  %8.3f ms  \"%s\"%s\n", slow.ms, slow.text.c_str(), slow.slip ? " (slip)" : "");
  for (std::size_t i = 0; i < measured.hostile.size(); ++i)
    std::printf("  %8.3f ms  \"%.60s\" (hostile)\n", measured.hostile[i], task.hostile[i].c_str());
}

}  // namespace kiosk::bench
