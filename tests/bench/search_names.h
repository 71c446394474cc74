// What services, organisations, people and places are called, as many of them as are wanted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/search_random.h"

namespace kiosk::bench {

constexpr std::size_t kGroupsOfTypes = 14;
constexpr std::size_t kTypes = kGroupsOfTypes * 12;
constexpr std::size_t kTowns = 300;
constexpr std::size_t kPlaces = 6000;
constexpr std::size_t kSurnames = 40'000;

// The first types are the commonest; the groups are taken in turn.
std::string_view type_name(std::size_t type);
std::string_view group_name(std::size_t type);

// Neighbours in number are not neighbours in the alphabet.
std::string surname(std::size_t number);
std::string place_name(std::size_t number);
std::string town_name(std::size_t number);

std::string organisation_name(std::size_t of_surname, std::string_view town, std::string_view place, Random& random);
std::string service_name(std::string_view type, std::string_view place, const std::string& of_surname, Random& random);
std::string street_name(Random& random);
std::string postcode(std::size_t town, Random& random);

// ASCII.
std::string lower(std::string text);
// Runs of letters and digits; an apostrophe parts nothing.
std::vector<std::string> words_of(std::string_view text);

}  // namespace kiosk::bench
