// What was measured, as a table: a row an engine, below each peer how many times ours it takes.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/search_measure.h"

namespace kiosk::bench {

struct Spread {
  double p50 = 0, p99 = 0, max = 0;
};

// What a row says, in the order of the columns; below nothing where it is not known.
struct Row {
  Spread wall, cpu;
  double worst = -1, memory = -1, file = -1, build = -1, peak = -1, open_ms = -1;
  double nothing = -1, known = -1, known_slip = -1;
  std::size_t keys = 0;
};
Row row_of(const Measured& measured, const std::vector<Typed>& typed);

// Under load (`busy`) the processor time of a key stands beside the time that passed.
void print_head(bool busy);
// `ours` is null in the first row.
void print_row(const std::string& name, const Row& row, const Row* ours, bool busy);
// What was cut off, and why.
void print_notes(const std::string& name, const Row& row, const Measured& measured, const Task& task);
// The worst keys and what they have in common; and each hostile query.
void print_slowest(const Measured& measured, const Task& task, std::size_t most);

}  // namespace kiosk::bench
