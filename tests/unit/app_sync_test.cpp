// The background sync: what of it reaches the log.
#include <fstream>
#include <thread>

#include "kiosk/app/background_sync.h"
#include "kiosk/core/log.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using kiosk::test::TemporaryFolder;

namespace {

std::vector<std::string> lines_with(const std::filesystem::path& file, const std::string& word) {
  std::vector<std::string> found;
  std::ifstream log(file);
  for (std::string line; std::getline(log, line);) {
    if (line.find(word) != std::string::npos) found.push_back(line);
  }
  return found;
}

}  // namespace

TEST_CASE("a sync that fails is one line in the log") {
  const TemporaryFolder folder;
  REQUIRE(core::set_log_file((folder / "log").string()).ok());
  auto settings = std::make_shared<settings::Settings>();
  settings->sources.push_back({"nowhere", "Nowhere Council", "http://127.0.0.1:1/hsds3", 60, ""});
  const core::SystemClock clock;
  {
    const app::BackgroundSync sync(settings, folder / "directory.db", clock, [] {});
    for (int i = 0; i < 1000 && lines_with(folder / "log", "nowhere").empty(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const auto lines = lines_with(folder / "log", "nowhere");
  REQUIRE(core::set_log_file("/dev/stderr").ok());
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("sync.failed") != std::string::npos);
  CHECK(lines[0].find("\"error\"") != std::string::npos);
}
