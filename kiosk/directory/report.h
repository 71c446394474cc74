// What bringing one source up to date did: for kioskctl's line per source, the staff pages and tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::directory {

// Records left out for one reason.
struct SkippedRecords {
  std::string reason;  // "no name", "no id", "id twice", "not an object", …
  std::size_t count = 0;
  std::string example;  // id, or place in the file, of the first
};

struct SyncReport {
  std::string source;    // id
  std::string dialect;   // "hsds3", "oruk3", "oruk1", "outpost"; for imports also "tabular"
  std::size_t seen = 0;  // valid records in the feed, each id once: added + changed + unchanged
  std::size_t added = 0, changed = 0, unchanged = 0;
  std::size_t removed = 0;
  std::size_t skipped = 0;  // sum of skipped_records
  std::vector<SkippedRecords> skipped_records;
  // Records that the feed no longer lists and that stay, because the run was not complete or the feed shrank too much.
  std::size_t kept = 0;
  std::string kept_because;   // empty where kept is 0
  std::size_t shallow = 0;    // taken from the list, because their details could not be had; asked for again next time
  std::size_t requests = 0;   // answered from the network, retries not counted
  bool not_modified = false;  // the source answered that nothing changed
  bool resumed = false;       // went on from a checkpoint
  std::vector<std::string> notes;  // what staff may want to know: "/taxonomies answers 404"

  void skip(std::string_view reason, std::string_view example);
};

}  // namespace kiosk::directory
