// For crash tests: a clock that ends the process at the n-th look at it, and this program begun anew as the process
// that is to die.
#pragma once

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/json.h"
#include "tests/unit/catch.h"

namespace kiosk::promises::testing {

// Ends the process at the n-th look.
class FatalClock final : public core::Clock {
 public:
  explicit FatalClock(int looks) : left_(looks) {}
  core::Instant now() const override {
    count();
    return real_.now();
  }
  core::Milliseconds monotonic() const override {
    count();
    return real_.monotonic();
  }
  void count() const {
    if (--left_ == 0) ::_exit(9);
  }

 private:
  core::SystemClock real_;
  mutable int left_;
};

struct FatalRun {
  bool finished = false;  // lived to the end
  std::string said;       // all that it wrote to the descriptor that it was told of
};

// Begins this very program anew with one test and what it is told (and "claim", a descriptor to write to) in a variable
// of its environment: a mere fork could come upon a lock that another thread held. It must end with status 0 or 9.
inline FatalRun run_fatally(std::string test, const std::string& variable, core::Json told) {
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  told["claim"] = pipe[1];
  std::string program = "test_promises", setting = variable + "=" + told.dump();
  std::vector<char*> environment, arguments = {program.data(), test.data(), nullptr};
  for (char** each = environ; *each; ++each) environment.push_back(*each);
  environment.push_back(setting.data());
  environment.push_back(nullptr);
  pid_t child = -1;
  REQUIRE(::posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments.data(), environment.data()) == 0);
  ::close(pipe[1]);
  FatalRun run;
  char byte = 0;
  while (::read(pipe[0], &byte, 1) == 1) run.said += byte;
  ::close(pipe[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  INFO("the visit ended with " << WEXITSTATUS(status));
  REQUIRE((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9));
  run.finished = WEXITSTATUS(status) == 0;
  return run;
}

}  // namespace kiosk::promises::testing
