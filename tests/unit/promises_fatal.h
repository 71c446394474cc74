// For crash tests: a clock that ends the process at the n-th look at it, and this program begun anew as the process
// that is to die, of itself or killed.
#pragma once

#include <signal.h>
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

// This very program begun anew with one test and what it is told (and "claim", a descriptor to write to) in a variable
// of its environment: a mere fork could come upon a lock that another thread held.
class FatalChild {
 public:
  FatalChild(std::string test, const std::string& variable, core::Json told) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    told["claim"] = pipe[1];
    std::string program = "test_promises", setting = variable + "=" + told.dump();
    std::vector<char*> environment, arguments = {program.data(), test.data(), nullptr};
    for (char** each = environ; *each; ++each) environment.push_back(*each);
    environment.push_back(setting.data());
    environment.push_back(nullptr);
    REQUIRE(::posix_spawn(&process_, "/proc/self/exe", nullptr, nullptr, arguments.data(), environment.data()) == 0);
    ::close(pipe[1]);
    claims_ = pipe[0];
  }
  FatalChild(const FatalChild&) = delete;
  FatalChild& operator=(const FatalChild&) = delete;
  ~FatalChild() { ::close(claims_); }

  // False where it has ended.
  bool wait_for_a_word() { return read_one(); }
  void kill() { ::kill(process_, SIGKILL); }
  // How it ended, as waitpid() says it, once it has.
  int end() {
    while (read_one()) {
    }
    int status = 0;
    REQUIRE(::waitpid(process_, &status, 0) == process_);
    return status;
  }
  const std::string& said() const { return said_; }

 private:
  bool read_one() {
    char byte = 0;
    if (::read(claims_, &byte, 1) != 1) return false;
    said_ += byte;
    return true;
  }

  pid_t process_ = -1;
  int claims_ = -1;
  std::string said_;
};

// It must end with status 0 or 9.
inline FatalRun run_fatally(std::string test, const std::string& variable, core::Json told) {
  FatalChild child(std::move(test), variable, std::move(told));
  const int status = child.end();
  REQUIRE(WIFEXITED(status));
  INFO("the visit ended with " << WEXITSTATUS(status));
  REQUIRE((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9));
  return {WEXITSTATUS(status) == 0, child.said()};
}

}  // namespace kiosk::promises::testing
