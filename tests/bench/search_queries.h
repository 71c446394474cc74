// What residents type to find the services, and what nobody should ever type.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/search_corpus.h"

namespace kiosk::bench {

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

// The hardest questions that we know: the commonest words and beginnings, one-letter words, long words with errors,
// words run together, one letter without end. No engine should take long over any of them.
std::vector<std::string> hostile_queries(const Corpus& corpus, std::size_t services);

}  // namespace kiosk::bench
