#include <algorithm>
#include <atomic>
#include <future>
#include <stdexcept>
#include <vector>

#include "kiosk/core/log.h"
#include "kiosk/work/worker.h"
#include "tests/unit/catch.h"

using namespace kiosk::work;
using kiosk::core::ErrorKind;

namespace {

// Occupies a worker until it is let go.
class Gate {
 public:
  explicit Gate(Worker& worker) {
    REQUIRE(worker
                .post([this](const CancelToken&) {
                  entered_.set_value();
                  opened_.get_future().wait();
                })
                .ok());
    entered_.get_future().wait();
  }
  void open() { opened_.set_value(); }

 private:
  std::promise<void> entered_;
  std::promise<void> opened_;
};

}  // namespace

TEST_CASE("worker: jobs run in order on one thread that is not ours") {
  Worker worker("test");
  std::vector<int> order;
  std::vector<std::thread::id> threads;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(worker
                .post([&, i](const CancelToken& cancel) {
                  order.push_back(cancel.cancelled() ? -1 : i);
                  threads.push_back(std::this_thread::get_id());
                })
                .ok());
  }
  worker.wait_idle();
  CHECK(worker.idle());
  REQUIRE(order.size() == 100);
  CHECK(std::is_sorted(order.begin(), order.end()));
  CHECK(threads.front() != std::this_thread::get_id());
  CHECK(std::all_of(threads.begin(), threads.end(), [&](auto id) { return id == threads.front(); }));
}

TEST_CASE("worker: the queue is bounded, and what was refused never runs") {
  Worker worker("test", 2);
  Gate gate(worker);
  std::atomic<int> ran = 0;
  CHECK(worker.post([&](const CancelToken&) { ++ran; }).ok());
  CHECK(worker.post([&](const CancelToken&) { ++ran; }).ok());
  const kiosk::core::Status refused = worker.post([&](const CancelToken&) { ran += 100; });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::Full);
  CHECK(refused.error().where == "test");
  CHECK_FALSE(worker.idle());
  gate.open();
  worker.wait_idle();
  CHECK(ran == 2);
}

TEST_CASE("worker: a job sees its own cancellation, and no other job's") {
  Worker worker("test");
  Gate gate(worker);
  CancelSource mine;
  std::atomic<int> seen = 0;
  CHECK(worker.post([&](const CancelToken& cancel) { seen += cancel.cancelled() ? 1 : 0; }, mine.token()).ok());
  CHECK(worker.post([&](const CancelToken& cancel) { seen += cancel.cancelled() ? 10 : 0; }).ok());
  mine.cancel();
  gate.open();
  worker.wait_idle();
  CHECK(seen == 1);
}

TEST_CASE("worker: its end cancels the running job, and calls each waiting one once, cancelled") {
  std::atomic<int> cancelled = 0;
  std::atomic<bool> was_stopped = false;
  {
    Worker worker("test");
    std::promise<void> entered;
    REQUIRE(worker
                .post([&](const CancelToken& cancel) {
                  entered.set_value();
                  was_stopped = !cancel.wait(std::chrono::hours{1});
                })
                .ok());
    for (int i = 0; i < 10; ++i) {
      REQUIRE(worker.post([&](const CancelToken& cancel) { cancelled += cancel.cancelled() ? 1 : 0; }).ok());
    }
    entered.get_future().wait();
  }
  CHECK(was_stopped);
  CHECK(cancelled == 10);
}

TEST_CASE("worker: goes on after a job that throws, and after one that posts to it") {
  kiosk::core::set_log_level(kiosk::core::LogLevel::Off);
  Worker worker("test");
  std::atomic<bool> accepted = false;
  std::atomic<bool> ran = false;
  CHECK(worker.post([](const CancelToken&) { throw std::runtime_error("test"); }).ok());
  const auto post_another = [&](const CancelToken&) {
    // Catch2 hears assertions on one thread alone.
    accepted = worker.post([&](const CancelToken&) { ran = true; }).ok();
  };
  CHECK(worker.post(post_another).ok());
  worker.wait_idle();
  kiosk::core::set_log_level(kiosk::core::LogLevel::Warning);
  CHECK(accepted);
  CHECK(ran);
}

TEST_CASE("worker: what a job holds is gone once the worker is idle") {
  Worker worker("test");
  auto held = std::make_shared<int>(1);
  CHECK(worker.post([held](const CancelToken&) {}).ok());
  worker.wait_idle();
  CHECK(held.use_count() == 1);
}
