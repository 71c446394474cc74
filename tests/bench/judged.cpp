#include "tests/bench/judged.h"

#include <algorithm>
#include <map>

#include "kiosk/core/csv.h"
#include "kiosk/core/files.h"
#include "kiosk/core/strings.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::bench {
namespace {

using core::CsvTable;
using core::Result;
using core::Status;
using directory::Service;

constexpr std::size_t kMostQueryWords = 64;

// visit(table) for each row of a table.
template <class Visit>
Status for_each_row(const std::filesystem::path& file, char separator, Visit visit) {
  KIOSK_TRY(const std::string bytes, core::read_file(file));
  core::CsvLimits limits;
  limits.separator = separator;
  KIOSK_TRY(CsvTable table, CsvTable::open(bytes, file.string(), limits));
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) return {};
    KIOSK_CHECK(visit(table));
  }
}

}  // namespace

Status ListSource::for_each(const std::function<Status(const Service&)>& visit) const {
  for (const Service& service : services) KIOSK_CHECK(visit(service));
  return {};
}

Result<ListSource> read_services(const std::filesystem::path& file) {
  ListSource source;
  KIOSK_CHECK(for_each_row(file, ',', [&](const CsvTable& row) -> Status {
    Service service;
    service.key = {"list", std::string(row.field("id"))};
    service.name = row.field("name");
    service.description = row.field("description");
    source.services.push_back(std::move(service));
    return {};
  }));
  return source;
}

Result<std::vector<Judged>> read_judgements(const std::filesystem::path& file) {
  std::map<std::pair<std::string, std::string>, Judged> judged;
  KIOSK_CHECK(for_each_row(file, '\t', [&](const CsvTable& row) -> Status {
    const std::string query(row.field("query")), set(row.field("set"));
    Judged& one = judged.try_emplace({set, query}, Judged{query, set, {}}).first->second;
    one.relevant.insert(std::string(row.field("relevant_id")));
    return {};
  }));
  std::vector<Judged> out;
  for (auto& [key, one] : judged) out.push_back(std::move(one));
  return out;
}

Result<std::vector<Judged>> read_needs(const std::filesystem::path& file) {
  std::vector<Judged> needs;
  KIOSK_CHECK(for_each_row(file, '\t', [&](const CsvTable& row) -> Status {
    const std::vector<std::string> ids = core::split(row.field("services"), '|');
    needs.push_back({std::string(row.field("query")), std::string(row.field("language")), {ids.begin(), ids.end()}});
    return {};
  }));
  return needs;
}

std::size_t rank_of(const std::set<std::string>& relevant, const std::vector<std::string>& found) {
  const auto at =
      std::find_if(found.begin(), found.end(), [&](const std::string& id) { return relevant.contains(id); });
  return at == found.end() ? 0 : static_cast<std::size_t>(at - found.begin()) + 1;
}

std::vector<std::string> found_by(const search::Index& index, const std::string& text, std::size_t limit,
                                  const std::string& language) {
  search::Query query;
  query.text = text;
  query.language = language;
  query.last_word_is_prefix = false;
  query.limit = limit;
  std::vector<std::string> ids;
  for (const search::Hit& hit : index.find(query).hits) ids.push_back(hit.key.id);
  return ids;
}

Result<PlainFts5> PlainFts5::build(const ListSource& source) {
  KIOSK_TRY(store::Database database, store::Database::open_in_memory());
  KIOSK_CHECK(database.run_script(
      "CREATE VIRTUAL TABLE services USING fts5(id UNINDEXED, name, description, tokenize = 'porter unicode61')"));
  KIOSK_TRY(store::Statement insert, database.prepare("INSERT INTO services VALUES(?1, ?2, ?3)"));
  for (const Service& service : source.services) {
    KIOSK_CHECK(insert.bind_all(service.key.id, service.name, service.description).run());
    insert.reset();
  }
  return PlainFts5(std::move(database));
}

Result<std::vector<std::string>> PlainFts5::find(const std::string& query, std::size_t limit) {
  std::string words;
  for (const search::Token& token : search::tokenize(query, kMostQueryWords))
    words += (words.empty() ? "\"" : " OR \"") + token.word + '"';
  std::vector<std::string> ids;
  if (words.empty()) return ids;
  KIOSK_TRY(store::Statement find,
            database_.prepare("SELECT id FROM services WHERE services MATCH ?1 ORDER BY rank LIMIT ?2"));
  find.bind_all(words, limit);
  while (true) {
    KIOSK_TRY(const bool more, find.step());
    if (!more) return ids;
    ids.push_back(find.text(0));
  }
}

}  // namespace kiosk::bench
