#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include "kiosk/work/inbox.h"
#include "kiosk/work/ui_thread.h"
#include "tests/unit/catch.h"

using namespace kiosk::work;

TEST_CASE("inbox: messages run in order, on the draining thread, once") {
  Inbox inbox;
  std::vector<int> order;
  for (int i = 0; i < 5; ++i) inbox.post([&order, i] { order.push_back(i); });
  CHECK(order.empty());
  CHECK_FALSE(inbox.empty());
  CHECK(inbox.drain() == 5);
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
  CHECK(inbox.drain() == 0);
}

TEST_CASE("inbox: wakes when it stops being empty, and not again before it was drained") {
  std::atomic<int> woken = 0;
  Inbox inbox([&] { ++woken; });
  inbox.post([] {});
  inbox.post([] {});
  CHECK(woken == 1);
  inbox.drain();
  inbox.post([] {});
  CHECK(woken == 2);
}

TEST_CASE("inbox: a message that posts another is heard in the next drain, and wakes for it") {
  std::atomic<int> woken = 0;
  Inbox inbox([&] { ++woken; });
  int ran = 0;
  inbox.post([&] { inbox.post([&] { ++ran; }); });
  CHECK(inbox.drain() == 1);
  CHECK(ran == 0);
  CHECK(woken == 2);
  CHECK(inbox.drain() == 1);
  CHECK(ran == 1);
}

TEST_CASE("inbox: after closing, nothing runs and nothing is kept") {
  Inbox inbox;
  auto held = std::make_shared<int>(1);
  inbox.post([held] { FAIL("ran after closing"); });
  inbox.close();
  inbox.post([held] { FAIL("ran after closing"); });
  CHECK(inbox.drain() == 0);
  CHECK(held.use_count() == 1);
}

TEST_CASE("inbox: nothing is lost between many threads, each keeps its order") {
  constexpr int kThreads = 4;
  constexpr int kMessages = 2000;
  Inbox inbox;
  std::vector<std::vector<int>> seen(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&inbox, &seen, t] {
      auto& mine = seen[static_cast<std::size_t>(t)];
      for (int i = 0; i < kMessages; ++i) inbox.post([&mine, i] { mine.push_back(i); });
    });
  }
  std::size_t drained = 0;
  while (drained < kThreads * kMessages) drained += inbox.drain();
  for (std::thread& thread : threads) thread.join();
  CHECK(inbox.empty());
  for (const auto& each : seen) {
    CHECK(each.size() == kMessages);
    CHECK(std::is_sorted(each.begin(), each.end()));
  }
}

TEST_CASE("ui thread: unclaimed, anyone passes; claimed, only its thread is here") {
  UiThread::assert_here("test");
  UiThread::assert_elsewhere("test");
  CHECK_FALSE(UiThread::here());
  UiThread::claim();
  UiThread::assert_here("test");
  CHECK(UiThread::here());
  bool elsewhere = true;
  std::thread([&] {
    elsewhere = UiThread::here();
    UiThread::assert_elsewhere("test");
  }).join();
  CHECK_FALSE(elsewhere);
  UiThread::release();
  CHECK_FALSE(UiThread::here());
}
