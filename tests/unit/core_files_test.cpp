#include <sys/stat.h>

#include "kiosk/core/files.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::core;
namespace fs = std::filesystem;

namespace {
mode_t mode_of(const fs::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}
}  // namespace

TEST_CASE("files: what was written is read, with the mode asked for, and nothing is left beside it") {
  const kiosk::test::TemporaryFolder folder;
  const std::string bytes("a\0b\n", 4);
  REQUIRE(write_file_atomically(folder / "f", bytes, FileMode::Private).ok());
  CHECK(*read_file(folder / "f") == bytes);
  CHECK(mode_of(folder / "f") == 0600);
  REQUIRE(write_file_atomically(folder / "f", "new").ok());
  CHECK(*read_file(folder / "f") == "new");
  CHECK(mode_of(folder / "f") == 0644);
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("files: reading is bounded") {
  const kiosk::test::TemporaryFolder folder;
  REQUIRE(write_file_atomically(folder / "f", std::string(200'000, 'x')).ok());
  CHECK(read_file(folder / "f", 200'000)->size() == 200'000);
  CHECK(read_file(folder / "f", 199'999).error().kind == ErrorKind::Full);
}

TEST_CASE("files: errors name the file") {
  const kiosk::test::TemporaryFolder folder;
  const Result<std::string> missing = read_file(folder / "none");
  CHECK(missing.error().kind == ErrorKind::NotFound);
  CHECK(missing.error().where == (folder / "none").string());
  CHECK(read_file(folder.path()).error().kind == ErrorKind::Io);
  CHECK(write_file_atomically(folder / "no" / "f", "x").error().kind == ErrorKind::NotFound);
}

TEST_CASE("files: a target that cannot be replaced stays, and the attempt leaves nothing") {
  const kiosk::test::TemporaryFolder folder;
  fs::create_directory(folder / "taken");
  CHECK_FALSE(write_file_atomically(folder / "taken", "x").ok());
  CHECK(fs::is_directory(folder / "taken"));
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}
