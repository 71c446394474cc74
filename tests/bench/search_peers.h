// The engines that are measured: ours, SQLite FTS5 and Xapian behind one face. minisearch is a program of its own.
#pragma once

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"
#include "tests/bench/search_corpus.h"

namespace kiosk::bench {

constexpr std::size_t kHitsWanted = 20;

// Seconds that passed, and seconds of this thread on a processor.
struct Span {
  double wall = 0, cpu = 0;
  Span operator-(const Span& other) const { return {wall - other.wall, cpu - other.cpu}; }
  Span operator+(const Span& other) const { return {wall + other.wall, cpu + other.cpu}; }
};
Span now();

// Hands out the services one by one, until all are there or the time is up. Their making is kept out of the time.
class Feed {
 public:
  Feed(const Corpus& corpus, std::size_t services, double seconds);

  std::optional<directory::Service> next();
  std::size_t given() const { return given_; }
  bool is_cut_off() const { return cut_off_; }
  Span spent() const;

 private:
  const Corpus& corpus_;
  std::size_t services_, given_ = 0;
  double seconds_;
  Span began_, making_;
  bool cut_off_ = false;
};

// The texts of a service that every engine indexes, with the weight that a word has in each.
struct WeighedText {
  std::string_view field;
  int weight;
  std::string text;
};
std::vector<WeighedText> texts_of(const directory::Service& service);

class Engine {
 public:
  virtual ~Engine() = default;
  // Writes an index into `folder`. Incomplete where the feed was cut off.
  virtual core::Status build(Feed& feed, const std::filesystem::path& folder) = 0;
  virtual core::Status open(const std::filesystem::path& folder) = 0;
  // The numbers of the best services for a query of which the last word is still being typed.
  virtual std::vector<std::uint32_t> find(const std::string& text) = 0;
  // The same with everything that makes it harder, where the engine has such.
  virtual std::vector<std::uint32_t> find_hard(const std::string& text) { return find(text); }
};

// "ours"; "ours-near", the same as a kiosk asks it, with the address of the resident; "fts5"; "xapian". Else null.
std::unique_ptr<Engine> engine(std::string_view name);

}  // namespace kiosk::bench
