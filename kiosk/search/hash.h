// FNV-1a, 64 bits: the same on every machine and in every run. Private to search.
#pragma once

#include <cstdint>
#include <string_view>

namespace kiosk::search {

constexpr std::uint64_t kHashSeed = 0xcbf29ce484222325;

constexpr std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = kHashSeed) {
  for (const char c : bytes) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return seed;
}

}  // namespace kiosk::search
