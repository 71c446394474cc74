// A search index whose checksum fits and whose structure does not: it is refused, or searched without a fault.
#include <unistd.h>
#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

#include "kiosk/core/files.h"
#include "kiosk/search/search.h"

namespace {

using kiosk::search::Index;

class Few final : public kiosk::search::ServiceSource {
 public:
  std::int64_t generation() const override { return 1; }
  kiosk::core::Status for_each(
      const std::function<kiosk::core::Status(const kiosk::directory::Service&)>& visit) const override {
    for (const char* name : {"Household waste collection", "Śmieci i odpady", "Library cards"}) {
      kiosk::directory::Service service;
      service.key = {"few", name};
      service.name = name;
      service.organisation.authority = "E1";
      service.places = {{}};
      service.places[0].point = kiosk::core::GeoPoint{53, -0.4};
      KIOSK_CHECK(visit(service));
    }
    return {};
  }
};

std::string sound_index() {
  kiosk::search::ConceptList concepts;
  concepts.concepts.resize(1);
  concepts.concepts[0].id = "bins";
  concepts.concepts[0].services = {"waste collection", "household waste"};
  concepts.concepts[0].words[0] = {"bin not emptied", "rubbish"};
  const std::string file = "/tmp/search_index_fuzz." + std::to_string(static_cast<long>(::getpid()));
  static_cast<void>((*Index::build(Few(), concepts))->save(file));
  std::string bytes = *kiosk::core::read_file(file);
  static_cast<void>(::unlink(file.c_str()));
  return bytes;
}

}  // namespace

// Five bytes a change: four say where, one what stands there then. The checksum is made to fit (at 24, of all from 48).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string sound = sound_index();
  std::string bytes = sound;
  for (; size >= 5; data += 5, size -= 5) {
    std::uint32_t at = 0;
    std::memcpy(&at, data, sizeof(at));
    bytes[48 + at % (bytes.size() - 48)] = static_cast<char>(data[4]);
  }
  const std::uint64_t checksum = XXH3_64bits(bytes.data() + 48, bytes.size() - 48);
  std::memcpy(bytes.data() + 24, &checksum, sizeof(checksum));
  const auto index = Index::read(bytes, 0);
  if (!index.ok()) return 0;
  kiosk::search::Query query;
  query.near = kiosk::core::GeoPoint{53, -0.4};
  query.authorities = {"E1"};
  query.explain = true;
  for (const char* text : {"rubbish", "houshold waste", "w", "my bin was not emptied", "śmieci"}) {
    query.text = text;
    static_cast<void>((*index)->find(query).marks("Household waste"));
  }
  return 0;
}
