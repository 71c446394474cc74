#include <atomic>
#include <future>
#include <memory>
#include <optional>

#include "kiosk/work/latest_only.h"
#include "tests/unit/catch.h"

using namespace kiosk::work;

namespace {

struct Desk {
  Inbox inbox;
  Worker worker{"test"};
  std::vector<int> delivered;

  LatestOnly::Question question(int number) {
    return [this, number](const CancelToken&) -> LatestOnly::Completion {
      return [this, number] { delivered.push_back(number); };
    };
  }
  void settle() {
    worker.wait_idle();
    inbox.drain();
  }
};

// A question that is running when the constructor returns, and runs until it is let go.
class SlowQuestion {
 public:
  SlowQuestion(LatestOnly& latest, Desk& desk, int number) {
    REQUIRE(latest
                .ask([this, &desk, number](const CancelToken& cancel) -> LatestOnly::Completion {
                  entered_.set_value();
                  opened_.get_future().wait();
                  cancelled = cancel.cancelled();
                  return [&desk, number] { desk.delivered.push_back(number); };
                })
                .ok());
    entered_.get_future().wait();
  }
  void finish() { opened_.set_value(); }
  std::atomic<bool> cancelled = false;

 private:
  std::promise<void> entered_;
  std::promise<void> opened_;
};

}  // namespace

TEST_CASE("latest only: the running one finishes, the newest waiting one runs, those between never do") {
  Desk desk;
  LatestOnly latest(desk.worker, desk.inbox);
  SlowQuestion slow(latest, desk, 1);
  for (int number = 2; number <= 20; ++number) REQUIRE(latest.ask(desk.question(number)).ok());
  CHECK_FALSE(latest.idle());
  slow.finish();
  desk.settle();
  CHECK_FALSE(slow.cancelled);
  CHECK(desk.delivered == std::vector<int>{1, 20});
  CHECK(latest.idle());
}

TEST_CASE("latest only: a newer one cancels the running one where that is wanted") {
  Desk desk;
  LatestOnly latest(desk.worker, desk.inbox, Superseded::Cancel);
  SlowQuestion slow(latest, desk, 1);
  REQUIRE(latest.ask(desk.question(2)).ok());
  slow.finish();
  desk.settle();
  CHECK(slow.cancelled);
  CHECK(desk.delivered == std::vector<int>{2});
}

TEST_CASE("latest only: completions run on the draining thread, and not before") {
  Desk desk;
  LatestOnly latest(desk.worker, desk.inbox);
  REQUIRE(latest.ask(desk.question(1)).ok());
  desk.worker.wait_idle();
  CHECK(desk.delivered.empty());
  desk.inbox.drain();
  CHECK(desk.delivered == std::vector<int>{1});
  REQUIRE(latest.ask([](const CancelToken&) { return LatestOnly::Completion(); }).ok());
  desk.worker.wait_idle();
  CHECK(desk.inbox.empty());
}

TEST_CASE("latest only: nothing arrives after cancel(), not even what was on its way; later questions do") {
  Desk desk;
  LatestOnly latest(desk.worker, desk.inbox);
  REQUIRE(latest.ask(desk.question(1)).ok());
  desk.worker.wait_idle();
  latest.cancel();
  desk.settle();
  CHECK(desk.delivered.empty());
  SlowQuestion slow(latest, desk, 2);
  REQUIRE(latest.ask(desk.question(3)).ok());
  latest.cancel();
  REQUIRE(latest.ask(desk.question(4)).ok());
  slow.finish();
  desk.settle();
  CHECK(slow.cancelled);
  CHECK(desk.delivered == std::vector<int>{4});
}

TEST_CASE("latest only: may end while its question runs") {
  Desk desk;
  std::optional<LatestOnly> latest(std::in_place, desk.worker, desk.inbox);
  SlowQuestion slow(*latest, desk, 1);
  latest.reset();
  slow.finish();
  desk.settle();
  CHECK(slow.cancelled);
  CHECK(desk.delivered.empty());
}

TEST_CASE("latest only: a full worker is told to the asker, and the next question works") {
  Inbox inbox;
  Worker worker("test", 1);
  std::promise<void> entered;
  std::promise<void> opened;
  REQUIRE(worker
              .post([&](const CancelToken&) {
                entered.set_value();
                opened.get_future().wait();
              })
              .ok());
  entered.get_future().wait();
  REQUIRE(worker.post([](const CancelToken&) {}).ok());
  LatestOnly latest(worker, inbox);
  int answered = 0;
  const auto question = [&](const CancelToken&) -> LatestOnly::Completion { return [&] { ++answered; }; };
  const kiosk::core::Status refused = latest.ask(question);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == kiosk::core::ErrorKind::Full);
  opened.set_value();
  worker.wait_idle();
  REQUIRE(latest.ask(question).ok());
  worker.wait_idle();
  inbox.drain();
  CHECK(answered == 1);
}
