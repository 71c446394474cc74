// Several kiosks behind one address, simulated: the server counts them together, and they don't talk to each other.
#include <deque>
#include <memory>
#include <random>

#include "kiosk/promises/address_allowance.h"
#include "tests/unit/catch.h"

using namespace kiosk;
using namespace kiosk::promises;
using core::Milliseconds;

namespace {

constexpr std::int64_t kLimit = 60;
constexpr Milliseconds kWindow{60'000};

enum class Counting {
  Sliding,     // each request is forgotten after a window
  UntilQuiet,  // all are, once there was none for a window: as the servers do it
};

class Server {
 public:
  Server(const core::Clock& clock, Counting counting) : clock_(clock), counting_(counting) {}

  // What is left, or nullopt: 429.
  std::optional<std::int64_t> answer() {
    const Milliseconds now = clock_.monotonic();
    if (counting_ == Counting::UntilQuiet && !taken_.empty() && taken_.back() + kWindow <= now) taken_.clear();
    while (counting_ == Counting::Sliding && !taken_.empty() && taken_.front() + kWindow <= now) taken_.pop_front();
    if (static_cast<std::int64_t>(taken_.size()) >= kLimit) return std::nullopt;
    taken_.push_back(now);
    return kLimit - static_cast<std::int64_t>(taken_.size());
  }
  core::Instant reset() const {
    const Milliseconds from = counting_ == Counting::Sliding ? taken_.front() : taken_.back();
    return clock_.now() + (from + kWindow - clock_.monotonic());
  }

 private:
  const core::Clock& clock_;
  Counting counting_;
  std::deque<Milliseconds> taken_;
};

// Looks around as often as it may, and now and then makes a promise, of three requests in a row that are each tried
// again a little later where they don't get through.
struct Visitor {
  Visitor(const core::Clock& clock, std::uint64_t seed) : allowance(clock, seed), random(seed * 977) {}
  AddressAllowance allowance;
  std::mt19937_64 random;
  Milliseconds next_look{}, next_promise{}, promise_begun{};
  int left_of_promise = 0;
  int looks = 0, looks_put_off = 0, promises = 0, promise_refusals = 0, throttled = 0;
  Milliseconds longest_promise{};
};

class Library {
 public:
  Library(Counting counting, std::size_t kiosks, std::uint64_t seed) : server_(clock_, counting) {
    for (std::size_t i = 0; i < kiosks; i++) {
      visitors_.push_back(std::make_unique<Visitor>(clock_, seed * 100 + i));
      Visitor& visitor = *visitors_.back();
      visitor.next_promise = clock_.monotonic() + between(visitor, 20'000, 120'000);
    }
  }

  void run(std::chrono::minutes duration, Milliseconds look_pace, Milliseconds promise_pace) {
    const Milliseconds end = clock_.monotonic() + duration;
    while (clock_.monotonic() < end) {
      clock_.advance(Milliseconds(100));
      for (auto& visitor : visitors_) step(*visitor, look_pace, promise_pace);
    }
  }
  const std::vector<std::unique_ptr<Visitor>>& visitors() const { return visitors_; }

 private:
  static Milliseconds between(Visitor& visitor, int least, int most) {
    return Milliseconds(std::uniform_int_distribution<int>(least, most)(visitor.random));
  }

  bool send(Visitor& visitor, Weight weight) {
    if (!visitor.allowance.admit(weight, "desk").ok()) return false;
    const auto left = server_.answer();
    if (left) {
      visitor.allowance.granted(kLimit, *left, server_.reset());
    } else {
      visitor.throttled++;
      visitor.allowance.refused(std::nullopt);
    }
    return left.has_value();
  }

  void step(Visitor& visitor, Milliseconds look_pace, Milliseconds promise_pace) {
    const Milliseconds now = clock_.monotonic();
    const int look = static_cast<int>(look_pace.count()), promise = static_cast<int>(promise_pace.count());
    if (now >= visitor.next_look) {
      (send(visitor, Weight::Light) ? visitor.looks : visitor.looks_put_off)++;
      visitor.next_look = now + between(visitor, look / 2, look * 3 / 2);
    }
    if (now < visitor.next_promise) return;
    if (visitor.left_of_promise == 0) {
      visitor.left_of_promise = 3;
      visitor.promise_begun = now;
    }
    if (!send(visitor, Weight::Heavy)) {
      visitor.promise_refusals++;
      visitor.next_promise = now + between(visitor, 2'000, 4'000);
      return;
    }
    visitor.next_promise = now + Milliseconds(500);
    if (--visitor.left_of_promise > 0) return;
    visitor.promises++;
    visitor.longest_promise = std::max(visitor.longest_promise, now - visitor.promise_begun);
    visitor.next_promise = now + between(visitor, promise / 2, promise * 3 / 2);
  }

  core::AdjustableClock clock_{core::Instant(std::chrono::hours(500'000))};
  Server server_;
  std::vector<std::unique_ptr<Visitor>> visitors_;
};

}  // namespace

TEST_CASE("five kiosks behind one address all get through, and none is starved", "[promises][allowance]") {
  for (std::uint64_t seed = 1; seed <= 8; seed++) {
    INFO("seed " << seed);
    Library library(Counting::Sliding, 5, seed);
    library.run(std::chrono::minutes(60), Milliseconds(3'000), Milliseconds(60'000));
    int least = 1'000'000, most = 0;
    for (const auto& visitor : library.visitors()) {
      CHECK(visitor->promises >= 45);
      CHECK(visitor->longest_promise <= Milliseconds(30'000));
      CHECK(visitor->throttled <= 5);
      least = std::min(least, visitor->looks);
      most = std::max(most, visitor->looks);
    }
    CHECK(least >= 120);
    CHECK(most <= 3 * least);
  }
}

TEST_CASE("a server that counts until there is quiet holds promises up for no longer than its window",
          "[promises][allowance]") {
  for (std::uint64_t seed = 1; seed <= 8; seed++) {
    INFO("seed " << seed);
    Library library(Counting::UntilQuiet, 5, seed);
    library.run(std::chrono::minutes(60), Milliseconds(3'000), Milliseconds(60'000));
    for (const auto& visitor : library.visitors()) {
      CHECK(visitor->promises >= 30);
      CHECK(visitor->longest_promise <= Milliseconds(90'000));
      CHECK(visitor->looks >= 40);
    }
  }
}

TEST_CASE("a kiosk alone uses what there is", "[promises][allowance]") {
  Library library(Counting::Sliding, 1, 1);
  library.run(std::chrono::minutes(30), Milliseconds(2'000), Milliseconds(60'000));
  const Visitor& visitor = *library.visitors().front();
  CHECK(visitor.throttled == 0);
  CHECK(visitor.promise_refusals == 0);
  CHECK(visitor.looks >= 20 * visitor.looks_put_off);
}

TEST_CASE("what is kept for promises grows with what the others use", "[promises][allowance]") {
  core::AdjustableClock clock{core::Instant(std::chrono::hours(500'000))};
  AddressAllowance allowance(clock, 1);
  const core::Instant reset = clock.now() + std::chrono::minutes(1);
  const auto look = [&](std::int64_t left) {
    const bool sent = allowance.admit(Weight::Light, "desk").ok();
    if (sent) allowance.granted(kLimit, left, reset);
    return sent;
  };
  for (int i = 1; i <= 5; i++) CHECK(look(kLimit - i));
  const std::int64_t alone = allowance.reserve();
  CHECK(alone >= 4);
  CHECK(alone <= 6);
  for (int i = 1; i <= 5; i++) CHECK(look(55 - 6 * i));  // five others do as much as we
  CHECK(allowance.reserve() > 2 * alone);
  CHECK(look(allowance.reserve() - 1));
  CHECK_FALSE(look(0));
  CHECK(allowance.light_in() > Milliseconds(0));
  CHECK(allowance.admit(Weight::Heavy, "desk").ok());  // a promise still goes out
}

TEST_CASE("after a refusal kiosks wait, and don't come back in step", "[promises][allowance]") {
  core::AdjustableClock clock{core::Instant(std::chrono::hours(500'000))};
  std::vector<Milliseconds> waits;
  for (std::uint64_t seed = 1; seed <= 5; seed++) {
    AddressAllowance allowance(clock, seed);
    REQUIRE(allowance.admit(Weight::Light, "desk").ok());
    allowance.refused(std::nullopt);
    const core::Status heavy = allowance.admit(Weight::Heavy, "desk");
    REQUIRE_FALSE(heavy.ok());
    CHECK(heavy.error().kind == core::ErrorKind::RateLimited);
    waits.push_back(allowance.light_in());
    CHECK(waits.back() >= Milliseconds(10'000));
    CHECK(waits.back() <= kWindow);
  }
  std::sort(waits.begin(), waits.end());
  CHECK(std::adjacent_find(waits.begin(), waits.end()) == waits.end());
  CHECK(waits.back() - waits.front() > Milliseconds(1'000));
}

TEST_CASE("a refusal that names its end is waited for, within reason", "[promises][allowance]") {
  core::AdjustableClock clock{core::Instant(std::chrono::hours(500'000))};
  AddressAllowance allowance(clock, 3);
  allowance.refused(Milliseconds(30'000));
  clock.advance(Milliseconds(29'000));
  CHECK_FALSE(allowance.admit(Weight::Heavy, "desk").ok());
  clock.advance(Milliseconds(30'000));
  CHECK(allowance.admit(Weight::Heavy, "desk").ok());
  allowance.refused(std::chrono::hours(24));
  clock.advance(std::chrono::minutes(5));
  CHECK(allowance.admit(Weight::Light, "desk").ok());
}
