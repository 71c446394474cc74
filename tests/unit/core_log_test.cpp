#include <sys/stat.h>

#include <sstream>

#include "kiosk/core/files.h"
#include "kiosk/core/json.h"
#include "kiosk/core/log.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::core;

namespace {
std::vector<Json> lines_of(const std::filesystem::path& path) {
  std::vector<Json> lines;
  std::istringstream text(*read_file(path));
  for (std::string line; std::getline(text, line);) {
    Result<Json> json = parse_json(line, "log");
    REQUIRE(json.ok());
    lines.push_back(*json);
  }
  return lines;
}
}  // namespace

TEST_CASE("log: one JSON object a line, levelled, in a private file") {
  const kiosk::test::TemporaryFolder folder;
  REQUIRE(set_log_file((folder / "log").string()).ok());
  set_log_level(LogLevel::Info);
  log(LogLevel::Debug, "test.quiet");
  log_info("test.fields", {{"text", "two\nlines \xFF"},
                           {"count", 3},
                           {"share", 0.5},
                           {"good", true},
                           {"why", make_error(ErrorKind::Io, "no paper", "printer")}});
  log_error("test.error {}");
  const std::vector<Json> lines = lines_of(folder / "log");
  set_log_level(LogLevel::Warning);
  REQUIRE(lines.size() == 2);
  CHECK(json_text(lines[0], "event") == "test.fields");
  CHECK(json_text(lines[0], "level") == "info");
  CHECK(json_text(lines[0], "text") == "two\nlines \xEF\xBF\xBD");
  CHECK(json_integer(lines[0], "count") == 3);
  CHECK(json_bool(lines[0], "good") == true);
  CHECK(json_text(lines[0], "why") == "printer: no paper");
  CHECK(json_text(lines[1], "event") == "test.error {}");
  struct stat status {};
  REQUIRE(::stat((folder / "log").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("log: a flood of one event is cut at twenty, others still pass") {
  const kiosk::test::TemporaryFolder folder;
  REQUIRE(set_log_file((folder / "log").string()).ok());
  for (int i = 0; i < 100; ++i) log_warning("test.flood", {{"i", i}});
  log_warning("test.other");
  const std::vector<Json> lines = lines_of(folder / "log");
  CHECK(lines.size() == 21);
  CHECK(json_text(lines.back(), "event") == "test.other");
}

TEST_CASE("log: a file that cannot be opened is an error that names it") {
  const kiosk::test::TemporaryFolder folder;
  const Status status = set_log_file((folder / "none/log").string());
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().where == (folder / "none/log").string());
}
