// A list of services as a source for an index, and short ways to ask.
#pragma once

#include <string>
#include <vector>

#include "kiosk/search/search.h"
#include "tests/unit/catch.h"

namespace kiosk::search::test {

class ListSource final : public ServiceSource {
 public:
  explicit ListSource(std::vector<directory::Service> services) : services_(std::move(services)) {}
  std::int64_t generation() const override { return 7; }
  core::Status for_each(const std::function<core::Status(const directory::Service&)>& visit) const override {
    for (const directory::Service& service : services_) KIOSK_CHECK(visit(service));
    return {};
  }

 private:
  std::vector<directory::Service> services_;
};

inline directory::Service service(const std::string& id, const std::string& name, const std::string& description = {}) {
  directory::Service made;
  made.key = {"test", id};
  made.name = name;
  made.description = description;
  return made;
}

// The lexicon that kiosks have.
inline const ConceptList& civic_concepts() {
  static const auto concepts = load_concepts(std::filesystem::path(KIOSK_SOURCE_DIR) / "assets" / "search");
  REQUIRE(concepts.ok());
  return *concepts;
}

inline std::shared_ptr<const Index> index_of(std::vector<directory::Service> services,
                                             const ConceptList& concepts = {}) {
  auto index = Index::build(ListSource(std::move(services)), concepts);
  REQUIRE(index.ok());
  return *index;
}

inline Query whole(const std::string& text) {
  Query query;
  query.text = text;
  query.last_word_is_prefix = false;
  query.limit = 200;
  return query;
}

inline std::vector<std::string> ids(const Answer& answer) {
  std::vector<std::string> found;
  for (const Hit& hit : answer.hits) found.push_back(hit.key.id);
  return found;
}

using Ids = std::vector<std::string>;

}  // namespace kiosk::search::test
