// Finds services by a resident's own words. The face stays this small whatever the engine behind it becomes.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/geo.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"
#include "kiosk/search/concepts.h"

namespace kiosk::search {

// What residents narrow a list by. Words for each are the screens'.
enum class Filter : std::uint8_t {
  OpenNow,
  Free,           // costs nothing, by its record
  Near,           // a place within kNearMetres
  Wheelchair,     // a place says how it is reached by wheelchair
  NoAppointment,  // its record says that one can walk in
  MyLanguage,     // offered in the language of the query, where that is not English
  Children,
  YoungPeople,
  OlderPeople,
  Families,
  Carers,
  DisabledPeople,
};
constexpr std::size_t kFilters = 12;
using Filters = std::bitset<kFilters>;
constexpr double kNearMetres = 2000;
// Records that are asked whether they are open, where only those that are open are wanted.
constexpr std::size_t kMostAskedOpen = 300;

struct Asked;  // how a query was read

struct Query {
  std::string text;                    // UTF-8 of any content and length; cut at 200 code points
  std::string language = "en";         // of the interface; the query may be in another
  std::size_t limit = 20;              // 1..200
  bool last_word_is_prefix = true;     // as typed; false for a finished query
  std::optional<core::GeoPoint> near;  // nearer places rank higher among equals
  std::vector<std::string>
      authorities;  // GSS codes or ids of who serves the resident's address; their services rank higher
  // All of them hold for every hit. They are asked before the cut to `limit`, so that what passes is found however far
  // down it stands; OpenNow is asked of the best kMostAskedOpen of those, until `limit` are open.
  Filters filters;
  std::optional<core::Instant> now;  // for freshness
  // Asked once of each hit, and as said above; empty: nothing is known.
  std::function<bool(const directory::RecordKey&)> is_open;
  bool explain = false;  // fills Hit::factors
  // Answer::asked of the key before, of any index: what it holds of the same words is not looked up again, which is
  // most of a key's cost. It changes nothing of the answer. It holds what was typed, and keeps its index.
  std::shared_ptr<const Asked> before;
};

// One thing that a score turned on: it is the sum of the "word" and "meaning" factors, times all others but
// "exact_name", which is added at the end.
struct Factor {
  std::string what;    // word, meaning, lesser, share, name, served, near, fresh, open, exact_name
  std::string detail;  // the word and how it was read; the concept that says most of the record
  double value = 0;
};

struct Hit {
  directory::RecordKey key;
  std::string name;
  double score = 0;  // comparable within one answer only; higher is better
  bool fits = true;  // false: matched by a part of the query, or by a guess, alone
  Filters filters;   // those that hold for it, chosen or not
  std::vector<Factor> factors;
};

// A filter that leaves some but not all, and how many hits one gets with it beside those that are chosen: counted over
// all records that match, up to Query::limit. What is open is counted over the hits alone, and so is all else where
// OpenNow is chosen: there may be more of it.
struct FilterCount {
  Filter filter = Filter::OpenNow;
  std::size_t hits = 0;
};

// A concept near the query, by its own first everyday words in the query's language.
struct NearConcept {
  std::string id, words;
  float likelihood = 1;  // beside the likeliest of the answer, which has 1
  float strength = 1;    // 0..1, by itself: how surely its phrase is what was written
};

// Bytes of a text to mark: [begin, end) pairs in order, on code points.
struct MarkedRange {
  std::size_t begin = 0, end = 0;
};

struct Answer {
  std::vector<Hit> hits;                 // best first; the order is stable
  std::vector<std::string> suggestions;  // "did you mean", only where hits are few; in the words of the records
  std::vector<FilterCount> filters;      // that can be chosen or are, in the order of Filter
  std::vector<NearConcept> concepts;     // what the query was understood as, likeliest first; at most six
  bool weak = false;                     // nothing, or nothing that fits; filters change nothing of it
  std::size_t matching = 0;              // records that match at all, before the filters and the cut to `limit`
  // Entries of the index that its readings have, which an answer's time grows with: those of at most sixteen words,
  // each with its neighbours joined to it, whatever was asked.
  std::size_t walked = 0;
  std::shared_ptr<const Asked> asked;  // for the next key
  // Which parts of any text, of a hit's name above all, answer the query: its words, their stems, what they go on to;
  // what it was understood as, in a text that holds none of these. Set by find(); keeps the index. One thread at a
  // time.
  std::function<std::vector<MarkedRange>(std::string_view text)> marks;
  // The hits of the same query with these filters in place of its own, OpenNow left out; it is not read anew, which is
  // most of a key's cost. Set by find(); keeps the index. One thread at a time.
  std::function<std::vector<Hit>(Filters filters)> narrowed;
};

// What an index is built from: the directory, or a list in a test.
class ServiceSource {
 public:
  virtual ~ServiceSource() = default;
  virtual std::int64_t generation() const = 0;
  virtual core::Status for_each(const std::function<core::Status(const directory::Service&)>& visit) const = 0;
};

// Immutable; shared between threads freely.
class Index {
 public:
  // Reads every service that is not ended. The index is in memory; save() writes it.
  static core::Result<std::shared_ptr<const Index>> build(const ServiceSource& services,
                                                          const ConceptList& concepts = {});
  // Maps a saved index: nothing is built. Every byte is covered by a checksum and the structure is checked, so a file
  // of any content is safe. Without a fingerprint it may be of any concepts. Errors: NotFound; Corrupt (damaged, cut
  // off, or of another version of the program or of the concepts: build anew).
  static core::Result<std::shared_ptr<const Index>> open(const std::filesystem::path& file,
                                                         std::optional<std::uint64_t> concepts_fingerprint);
  // The same of bytes in memory.
  static core::Result<std::shared_ptr<const Index>> read(std::string bytes,
                                                         std::optional<std::uint64_t> concepts_fingerprint);
  // Replaces the file in one step.
  core::Status save(const std::filesystem::path& file) const;

  Answer find(const Query& query) const;
  std::size_t size() const;
  std::int64_t generation() const;
  std::size_t memory_bytes() const;

  Index();
  ~Index();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace kiosk::search
