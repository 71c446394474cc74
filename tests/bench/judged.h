// Services of a list, and queries of which people said what they should find. Shared by the measurements of quality.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/search/search.h"
#include "kiosk/store/database.h"

namespace kiosk::bench {

class ListSource final : public search::ServiceSource {
 public:
  std::int64_t generation() const override { return 1; }
  core::Status for_each(const std::function<core::Status(const directory::Service&)>& visit) const override;
  std::vector<directory::Service> services;
};

struct Judged {
  std::string query, set;
  std::set<std::string> relevant;  // ids of services: any of them is right
};

// A CSV file with the columns id, name, description.
core::Result<ListSource> read_services(const std::filesystem::path& file);
// Tab-separated: query, relevant_id, set; a row for each right service. In the order of sets and queries.
core::Result<std::vector<Judged>> read_judgements(const std::filesystem::path& file);
// Tab-separated: language, need, query, services ("12|34"). The language is the set. In the file's order.
core::Result<std::vector<Judged>> read_needs(const std::filesystem::path& file);

// The place of the first right one, from 1; 0 where none is among them.
std::size_t rank_of(const std::set<std::string>& relevant, const std::vector<std::string>& found);

// Ids of what a finished query finds, best first, at most `limit`.
std::vector<std::string> found_by(const search::Index& index, const std::string& query, std::size_t limit,
                                  const std::string& language = "en");

// A plain FTS5 index of names and descriptions: porter stemming, words OR-ed, bm25.
class PlainFts5 {
 public:
  static core::Result<PlainFts5> build(const ListSource& source);
  core::Result<std::vector<std::string>> find(const std::string& query, std::size_t limit);

 private:
  explicit PlainFts5(store::Database database) : database_(std::move(database)) {}
  store::Database database_;
};

}  // namespace kiosk::bench
