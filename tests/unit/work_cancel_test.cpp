#include <thread>

#include "kiosk/work/cancel.h"
#include "kiosk/work/deadline.h"
#include "tests/unit/catch.h"

using namespace kiosk::work;
using namespace std::chrono_literals;
using kiosk::core::AdjustableClock;
using kiosk::core::ErrorKind;
using kiosk::core::Instant;

TEST_CASE("cancel: a token follows its source, its parent, and either of two") {
  CHECK_FALSE(CancelToken().cancelled());
  CancelSource parent;
  CancelSource child(parent.token());
  CancelSource other;
  const CancelToken both = CancelToken::either(child.token(), other.token());
  const CancelToken copy = both;
  CHECK_FALSE(copy.cancelled());
  child.cancel();
  CHECK(copy.cancelled());
  CHECK_FALSE(parent.token().cancelled());
  CancelSource second(parent.token());
  const CancelToken with_other = CancelToken::either(CancelToken(), CancelToken::either(second.token(), other.token()));
  CHECK_FALSE(with_other.cancelled());
  parent.cancel();
  CHECK(with_other.cancelled());
  CHECK(with_other.check().error().kind == ErrorKind::Cancelled);
  CHECK(other.token().check().ok());
}

TEST_CASE("cancel: a token lives on without its source, and is not cancelled by its end") {
  CancelToken token;
  {
    const CancelSource source;
    token = source.token();
  }
  CHECK_FALSE(token.cancelled());
}

TEST_CASE("cancel: waiting ends with time, or at once when cancelled") {
  const CancelSource source;
  const auto start = std::chrono::steady_clock::now();
  CHECK(source.token().wait(30ms));
  CHECK(std::chrono::steady_clock::now() - start >= 30ms);

  CancelSource soon;
  std::thread canceller([&] { soon.cancel(); });
  CHECK_FALSE(soon.token().wait(1h));
  canceller.join();
  CHECK_FALSE(soon.token().wait(0ms));
}

TEST_CASE("deadline: counts down on the monotonic clock") {
  AdjustableClock clock(Instant{});
  const Deadline deadline = Deadline::after(clock, 5s);
  CHECK(deadline.remaining() == 5s);
  CHECK(deadline.at_most(3s) == 3s);
  clock.advance(4s);
  CHECK_FALSE(deadline.passed());
  CHECK(deadline.at_most(3s) == 1s);
  clock.advance(1s);
  CHECK(deadline.passed());
  clock.advance(1s);
  CHECK(deadline.remaining() == 0s);
  CHECK(deadline.at_most(3s) == 0s);
  CHECK_FALSE(Deadline::never().passed());
  CHECK_FALSE(Deadline::never().remaining());
  CHECK(Deadline::never().at_most(3s) == 3s);
}
