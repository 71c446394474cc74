// The index as a file: written once, mapped, and never trusted.
#include <random>

#include "kiosk/core/files.h"
#include "tests/unit/search_list.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::search::test;
using kiosk::core::ErrorKind;
using kiosk::search::Concept;
using kiosk::search::ConceptList;
using kiosk::search::Index;

namespace {

ConceptList concepts() {
  Concept one;
  one.id = "reading";
  one.services = {"library", "books"};
  one.words[0] = {"something to read", "novel"};
  return {{one}, 42};
}

std::string saved(const kiosk::test::TemporaryFolder& folder) {
  kiosk::directory::Service library = service("library", "Library cards", "Join and borrow books");
  kiosk::directory::Place place;
  place.point = kiosk::core::GeoPoint{53, -0.4};
  library.places = {place};
  library.organisation.authority = "E1";
  const auto index = index_of({library, service("bins", "Wywóz śmieci")}, concepts());
  REQUIRE(index->save(folder.path() / "x.index").ok());
  return *kiosk::core::read_file(folder.path() / "x.index");
}

// Bytes that an index may be made of are only ever searched, or refused.
void use(const std::string& bytes) {
  const auto index = Index::read(bytes, 42);
  if (!index.ok()) {
    CHECK(index.error().kind == ErrorKind::Corrupt);
    return;
  }
  static_cast<void>((*index)->find(whole("something to read")));
  static_cast<void>((*index)->find(whole("libary")).marks("Library cards"));
}

}  // namespace

TEST_CASE("a saved index answers as the one that was built") {
  const kiosk::test::TemporaryFolder folder;
  static_cast<void>(saved(folder));
  const auto opened = Index::open(folder.path() / "x.index", 42);
  REQUIRE(opened.ok());
  CHECK((*opened)->size() == 2);
  CHECK((*opened)->generation() == 7);
  CHECK(ids((*opened)->find(whole("novel"))) == Ids{"library"});
  CHECK(ids((*opened)->find(whole("smieci"))) == Ids{"bins"});
  // Replaced by another, it goes on as it is.
  REQUIRE(index_of({service("other", "Parks")}, concepts())->save(folder.path() / "x.index").ok());
  CHECK(ids((*opened)->find(whole("novel"))) == Ids{"library"});
  CHECK(ids((*Index::open(folder.path() / "x.index", 42))->find(whole("parks"))) == Ids{"other"});
}

TEST_CASE("an index that is missing, of other concepts, cut off or changed at any byte is refused") {
  const kiosk::test::TemporaryFolder folder;
  const std::string good = saved(folder);
  CHECK(Index::open(folder.path() / "none.index", 42).error().kind == ErrorKind::NotFound);
  CHECK(Index::open(folder.path() / "x.index", 43).error().kind == ErrorKind::Corrupt);
  CHECK(Index::read("", 42).error().kind == ErrorKind::Corrupt);
  REQUIRE(Index::read(good, 42).ok());
  for (std::size_t size = 0; size < good.size(); size += 1 + size / 16) {
    CAPTURE(size);
    REQUIRE(Index::read(good.substr(0, size), 42).error().kind == ErrorKind::Corrupt);
  }
  CHECK(Index::read(good + "x", 42).error().kind == ErrorKind::Corrupt);
  for (std::size_t at = 0; at < good.size(); ++at) {
    // The generation is not the index's to judge: whoever opens it compares.
    if (at >= 32 && at < 40) continue;
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x20);
    CAPTURE(at);
    REQUIRE(Index::read(bad, 42).error().kind == ErrorKind::Corrupt);
  }
}

TEST_CASE("random bytes are no index") {
  std::mt19937 random(9);
  for (int round = 0; round < 200; ++round) {
    std::string bytes(random() % 4096, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    if (bytes.size() > 8) bytes.replace(0, 8, "CKSEARCH");
    use(bytes);
  }
}
