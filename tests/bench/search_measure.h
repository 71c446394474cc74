// Lets each engine build, and then answer key by key, in a process of its own, and brings home what was measured.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/search_corpus.h"
#include "tests/bench/search_queries.h"

namespace kiosk::bench {

struct Key {
  double wall = 0, cpu = 0;  // ms
  std::size_t hits = 0;
  std::size_t rank = 0;  // of the wanted service, from 1; 0 where it is not among the first ten
};

struct Measured {
  std::string fault;
  bool build_cut_off = false;
  std::size_t built = 0;  // services
  double build_wall = 0, build_cpu = 0, build_peak = 0, file = 0, open_ms = 0, memory = 0;
  std::vector<Key> keys;        // in the order in which they were typed
  std::vector<double> hostile;  // processor ms of each hostile query, as far as they were reached
};

// What is asked of every engine.
struct Task {
  const Corpus& corpus;
  std::size_t services = 0;
  std::vector<Typed> typed;
  std::vector<std::string> hostile;
  double build_seconds = 300;        // what building may take
  double seconds = 300;              // what answering may take
  std::filesystem::path work;        // an empty folder; indexes stay there
  std::filesystem::path minisearch;  // where npm has put it; empty where there is none
};

Measured measure(const std::string& name, const Task& task);

}  // namespace kiosk::bench
