// kiosk-sandbox: the pretend authorities as a program. See README.md.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "kiosk/core/files.h"
#include "tests/sandbox/sandbox.h"

namespace {

int fail(const kiosk::core::Error& error) {
  std::fprintf(stderr, "kiosk-sandbox: %s\n", error.describe().c_str());
  return 1;
}

// Serves until SIGTERM or SIGINT.
int serve(kiosk::sandbox::SandboxOptions options) {
  // Blocked before any thread starts, so that only sigwait() sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto sandbox = kiosk::sandbox::Sandbox::start(std::move(options));
  if (!sandbox) return fail(sandbox.error());
  std::printf("listening on %s\n", (*sandbox)->base_url().c_str());
  for (const std::string& id : (*sandbox)->feed_ids()) std::printf("feed %s\n", id.c_str());
  for (const std::string& id : (*sandbox)->zms_ids()) std::printf("appointments %s\n", id.c_str());
  for (const std::string& id : (*sandbox)->open311_ids()) std::printf("reports %s\n", id.c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  (*sandbox)->stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace kiosk;
  CLI::App app{
      "Pretend authorities on loopback: directories, appointments, reports, faults on demand, and a ledger of the "
      "truth."};
  sandbox::SandboxOptions options;
  app.add_option("--port", options.port, "port on 127.0.0.1; 0: any free one")->check(CLI::Range(0, 65535));
  app.add_option("--data", options.data,
                 "feeds: HSDS or ORUK JSON, library CSVs, folders of them (default: the demo region)");
  app.add_option("--faults", options.faults, "JSON file of fault rules");
  app.add_option("--state", options.state_dir, "folder that keeps the ledger over restarts");
  std::filesystem::path config;
  app.add_option("--behaviour", config, "JSON file, as for POST /sandbox/config");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (options.data.empty()) options.demo = sandbox::demo_folder();
  if (!config.empty()) {
    const auto bytes = core::read_file(config);
    if (!bytes) return fail(bytes.error());
    auto json = core::parse_json(*bytes, config.string());
    if (!json) return fail(json.error());
    options.config = std::move(*json);
  }
  return serve(std::move(options));
}
