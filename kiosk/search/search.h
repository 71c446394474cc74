// Finds services by a resident's own words. The face stays this small whatever the engine behind it becomes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/geo.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"

namespace kiosk::search {

struct Query {
  std::string text;                    // UTF-8 of any content and length; cut at 200 code points
  std::string language = "en";         // of the interface; the query may be in another
  std::size_t limit = 20;              // 1..200
  bool last_word_is_prefix = true;     // as typed; false for a finished query
  std::optional<core::GeoPoint> near;  // nearer places rank higher among equals
  std::vector<std::string>
      authorities;  // GSS codes or ids of who serves the resident's address; their services rank higher
};

struct Hit {
  directory::RecordKey key;
  std::string name;
  double score = 0;  // comparable within one answer only; higher is better
};

struct Answer {
  std::vector<Hit> hits;                 // best first; the order is stable
  std::vector<std::string> suggestions;  // "did you mean", only where hits are few; in the words of the records
};

// Bytes of the name and description to mark, for a text shown beside a query: [begin, end) pairs in order, on code
// points.
struct MarkedRange {
  std::size_t begin = 0, end = 0;
};

// What an index is built from: the directory, or a list in a test.
class ServiceSource {
 public:
  virtual ~ServiceSource() = default;
  virtual std::int64_t generation() const = 0;
  virtual core::Status for_each(const std::function<core::Status(const directory::Service&)>& visit) const = 0;
};

// Immutable once built; shared between threads freely.
class Index {
 public:
  // Reads every active service. Generation and sources are those of the reader.
  static core::Result<std::shared_ptr<const Index>> build(const ServiceSource& services);

  Answer find(const Query& query) const;
  // Which parts of `text` matched the query (stems and prefixes included).
  std::vector<MarkedRange> marks(const std::string& text, const Query& query) const;
  std::size_t size() const;
  std::int64_t generation() const;
  std::size_t memory_bytes() const;

  Index();
  ~Index();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiosk::search
