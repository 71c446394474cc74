// Services with realistic text, the same on every machine and as many as wanted; and what residents type to find them.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"
#include "tests/bench/slips.h"

namespace kiosk::bench {

// Of n things, the k-th is taken about 1/k as often as the first.
class Zipf {
 public:
  explicit Zipf(std::size_t n);
  std::size_t pick(Random& random) const;

 private:
  std::vector<double> sums_;
};

class Corpus {
 public:
  // `wordnet` is the folder of the dictionary's data files: its glosses are the prose of the descriptions.
  static core::Result<Corpus> open(const std::filesystem::path& wordnet);

  // Depends on the number alone. About 135 words.
  directory::Service service(std::size_t number) const;
  // In how many glosses a word stands.
  std::size_t often(const std::string& word) const;
  std::size_t glosses() const { return glosses_.size(); }

 private:
  Corpus();

  std::vector<std::string> glosses_;
  std::unordered_map<std::string, std::uint32_t> often_;
  Zipf types_, towns_, places_;
};

// What a resident has in mind.
enum class Intent : std::uint8_t { Name, NameAndTown, Organisation, RareWords, KnownService };
constexpr std::size_t kIntents = 5;
inline constexpr std::array<std::string_view, kIntents> kIntentNames = {"name", "name and town", "organisation",
                                                                        "rare words", "known service"};

constexpr std::uint32_t kNobody = UINT32_MAX;

// A query that is typed key by key; plain ASCII.
struct Typed {
  std::string text;
  Intent intent = Intent::Name;
  bool slip = false;               // one word of five letters or more holds a typing error
  std::uint32_t wanted = kNobody;  // the number of the service that must be found
};

// In an order in which every part of the list is like the whole.
std::vector<Typed> typed_queries(const Corpus& corpus, std::size_t services);

}  // namespace kiosk::bench
