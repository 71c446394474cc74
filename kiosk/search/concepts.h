// The civic lexicon: everyday words and life events in many languages, and what services call them. Plain text in
// assets/search/*.txt; its README says how it is written.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"

namespace kiosk::search {

// ISO 639-1, in the order that the files have them.
inline constexpr std::array<std::string_view, 16> kConceptLanguages = {"en", "cy", "pl", "ro", "uk", "ar", "ur", "pa",
                                                                       "bn", "gu", "so", "tr", "pt", "es", "fr", "zh"};

// The place of a language among them; English for any other.
std::size_t concept_language(std::string_view language);

struct Concept {
  std::string id;                     // lower-case ASCII, digits, '-'; unique
  std::vector<std::string> services;  // phrases that names of services hold, the most telling first
  std::array<std::vector<std::string>, kConceptLanguages.size()> words;  // everyday phrases by language
};

// A part of life that people name before they know what they need, as "older people": its id begins with "topic-", and
// its services are those that most of them are after.
inline bool is_topic(const Concept& one) { return one.id.starts_with("topic-"); }

struct ConceptList {
  std::vector<Concept> concepts;  // by id
  std::uint64_t fingerprint = 0;  // of the files' content: an index built from others is stale
};

// Reads every *.txt of a folder. The first fault is an error that names file, line and concept: an unknown line, a
// language missing or out of order, too few phrases, one without a telling word, an id used twice, a folder without
// concepts. A byte order mark is passed over. Bounded: 4 MiB a
// file, 4,000 concepts, 64 phrases a line, 200 bytes a phrase.
core::Result<ConceptList> load_concepts(const std::filesystem::path& folder);

// ConceptList::fingerprint without reading the lines: what a start needs to know whether a saved index is of these
// files.
core::Result<std::uint64_t> fingerprint_of_concepts(const std::filesystem::path& folder);

}  // namespace kiosk::search
