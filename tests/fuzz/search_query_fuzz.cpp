// A query is whatever comes from a keyboard or a scanner, and marks are laid on whatever a feed says.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "kiosk/search/search.h"

namespace {

class Few final : public kiosk::search::ServiceSource {
 public:
  std::int64_t generation() const override { return 1; }
  kiosk::core::Status for_each(
      const std::function<kiosk::core::Status(const kiosk::directory::Service&)>& visit) const override {
    for (const char* name :
         {"Household waste collection", "Śmieci i odpady", "إسكان", "垃圾收集", "Children's centres"}) {
      kiosk::directory::Service service;
      service.key = {"few", name};
      service.name = name;
      KIOSK_CHECK(visit(service));
    }
    return {};
  }
};

kiosk::search::ConceptList concepts() {
  kiosk::search::ConceptList list;
  list.concepts.resize(1);
  list.concepts[0].id = "bins";
  list.concepts[0].services = {"waste collection", "household waste"};
  list.concepts[0].words[0] = {"bin not emptied", "rubbish"};
  list.concepts[0].words[2] = {"śmieci", "kosz"};
  return list;
}

}  // namespace

// The first byte chooses whether the last word is still being typed; the first half is the query, the rest a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const kiosk::search::Index> index = *kiosk::search::Index::build(Few(), concepts());
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  kiosk::search::Query query;
  query.last_word_is_prefix = data[0] & 1;
  query.text = bytes.substr(0, bytes.size() / 2);
  const std::string text = bytes.substr(bytes.size() / 2);
  const kiosk::search::Answer answer = index->find(query);
  if (answer.hits.size() > 5) std::abort();
  std::size_t end = 0;
  for (const auto& range : answer.marks(text)) {
    if (range.begin < end || range.end <= range.begin || range.end > text.size()) std::abort();
    end = range.end;
  }
  return 0;
}
