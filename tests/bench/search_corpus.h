// Services with realistic text, the same on every machine and as many as wanted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"
#include "tests/bench/search_random.h"

namespace kiosk::bench {

class Corpus {
 public:
  // `wordnet` is the folder of the dictionary's data files: its glosses are the prose of the descriptions.
  static core::Result<Corpus> open(const std::filesystem::path& wordnet);

  // Depends on the number alone. About 135 words.
  directory::Service service(std::size_t number) const;
  // In how many glosses each word stands.
  const std::unordered_map<std::string, std::uint32_t>& often() const { return often_; }

 private:
  struct Chosen;

  Corpus();
  std::string description(const Chosen& chosen, Random& random) const;

  std::vector<std::string> glosses_;
  std::unordered_map<std::string, std::uint32_t> often_;
  Zipf types_, towns_, places_;
};

}  // namespace kiosk::bench
