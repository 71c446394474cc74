// An index as bytes: a header, a table of sections, the sections. Written once, then only read, from a mapped file or
// from memory. Private to search.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "kiosk/core/result.h"

namespace kiosk::search {

enum class Section : std::uint32_t {
  Strings,
  WordLetters,
  WordStarts,
  WordShared,
  Stems,
  Tails,
  Sounds,
  Spellings,
  PostingStarts,
  Postings,
  HeavyPrefixes,
  HeavyPostings,
  ShortPrefixes,
  ShortPostings,
  Documents,
  DocumentTraits,
  DocumentFeatures,
  DocumentAuthorities,
  DocumentPointStarts,
  DocumentPoints,
  Names,
  Authorities,
  Concepts,
  ConceptLabels,
  Phrases,
  TriggerStarts,
  Triggers,
  TriggerStems,
  ConceptPostingStarts,
  ConceptPostings,
  ConceptWords,
};
constexpr std::size_t kSections = 31;

// What stands at the beginning of every file. Numbers are those of the machine: an index is never carried to another.
struct FileHeader {
  char magic[8];           // kMagic
  std::uint32_t version;   // kFormatVersion: of the layout, the folding, the stems and the weights
  std::uint32_t sections;  // kSections
  std::uint64_t bytes;     // of the whole file
  std::uint64_t checksum;  // XXH3 of all that follows the header
  std::int64_t generation;
  std::uint64_t concepts;  // fingerprint of the concepts that it was built with
};
struct SectionPlace {
  std::uint64_t offset, bytes;
};

class FileWriter {
 public:
  FileWriter();
  template <class T>
  void add(Section section, const std::vector<T>& items) {
    add_bytes(section, items.data(), items.size() * sizeof(T));
  }
  void add(Section section, const std::string& letters) { add_bytes(section, letters.data(), letters.size()); }
  // Lists one after another, and where each begins, with the end of the last.
  template <class T>
  void add_lists(Section starts_section, Section section, const std::vector<std::vector<T>>& lists) {
    std::vector<std::uint32_t> starts = {0};
    starts.reserve(lists.size() + 1);
    for (const std::vector<T>& list : lists) starts.push_back(starts.back() + static_cast<std::uint32_t>(list.size()));
    add(starts_section, starts);
    add_bytes(section, nullptr, 0);
    for (const std::vector<T>& list : lists) append(section, list.data(), list.size() * sizeof(T));
  }
  // The whole file; the writer is empty then.
  std::string finish(std::int64_t generation, std::uint64_t concepts);

 private:
  void add_bytes(Section section, const void* data, std::size_t size);
  void append(Section section, const void* data, std::size_t size);  // to the section that was added last

  std::string bytes_;
  SectionPlace places_[kSections] = {};
};

// Reads header and table; every section lies inside and is aligned.
class FileReader {
 public:
  // Corrupt: no index, another version, other concepts (where there are any to ask for), cut off, or not what the
  // checksum says.
  static core::Result<FileReader> open(std::span<const std::byte> bytes, std::optional<std::uint64_t> concepts);

  std::int64_t generation() const { return generation_; }

  template <class T>
  core::Status get(Section section, std::span<const T>& out) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    const SectionPlace& place = places_[static_cast<std::size_t>(section)];
    if (place.bytes % sizeof(T) != 0) return damaged("a section's size is off");
    out = {reinterpret_cast<const T*>(bytes_.data() + place.offset), static_cast<std::size_t>(place.bytes / sizeof(T))};
    return {};
  }

  static core::Error damaged(const char* what);

 private:
  std::span<const std::byte> bytes_;
  SectionPlace places_[kSections] = {};
  std::int64_t generation_ = 0;
};

}  // namespace kiosk::search
