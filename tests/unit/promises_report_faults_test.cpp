// Laws of the desk for reports, over random schedules of faults, restarts and steps of the clock.
#include <random>

#include "tests/unit/promises_reports.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::Milliseconds;

namespace {

// A year of a kiosk in front of a back end that does anything a real one does, but writes what it took into its books
// within the grace that it has.
class Life {
 public:
  explicit Life(std::uint32_t seed) : chance_(seed) { start(); }

  void live(int events) {
    for (int i = 0; i < events; i++) {
      switch (draw(8)) {
        case 0:
        case 1:
          report();
          break;
        case 2:
          keeper().on_look = std::array{OnLook::Answer, OnLook::Away, OnLook::Blind}[draw(3)];
          break;
        case 3:
          if (draw(3) == 0) start();
          break;
        case 4:
          if (draw(4) == 0) take_back();
          break;
        default:
          pass(Milliseconds(std::int64_t{1} << draw(23)));  // up to two hours
      }
    }
  }

  // The back end is healthy from now on.
  void recover() {
    keeper().on_look = OnLook::Answer;
    keeper().on_send.clear();
    keeper().then = OnSend::Take;
    const Milliseconds end = clock_.monotonic() + std::chrono::hours(6);
    for (Outbox outbox = kiosk_->recover(); outbox.open > 0 && clock_.monotonic() < end; outbox = kiosk_->recover()) {
      clock_.advance(std::max(outbox.again_in, Milliseconds(1)));
    }
  }

  void check() {
    const std::vector<std::string> books = book_lines(folder_);
    const std::set<std::string> once(books.begin(), books.end());
    CHECK(once.size() == books.size());  // doubled: 0
    std::size_t sent = 0;
    const auto all = kiosk_->journal->newest_reports(10'000);
    REQUIRE(all.ok());
    for (const Report& report : *all) {
      CHECK_FALSE(is_open(report.state));  // unresolved: 0
      CHECK_FALSE(*kiosk_->journal->has_content(report.id));
      CHECK((report.state == ReportState::Sent) == once.contains(report.reference));  // falsely confirmed: 0
      if (refused_.contains(report.id)) CHECK(report.state == ReportState::Refused);
      if (kept_.contains(report.id)) CHECK(report.state == ReportState::Sent);  // lost: 0
      if (withdrawn_.contains(report.id)) CHECK(report.state == ReportState::Withdrawn);
      sent += report.state == ReportState::Sent;
    }
    CHECK(sent == books.size());
    CHECK(sent >= kept_.size());
  }
  std::size_t made() const { return kept_.size(); }

 private:
  std::size_t draw(std::size_t sides) { return chance_() % sides; }
  BookKeeper& keeper() { return *kiosk_->backend; }

  void start() {
    ReportDeskOptions options = quick_reports();
    options.read_attempts = 1;
    options.read_pace = Milliseconds(0);
    options.random = [this](std::uint8_t* bytes, std::size_t size) {
      for (std::size_t i = 0; i < size; i++) bytes[i] = static_cast<std::uint8_t>(chance_());
    };
    kiosk_.reset();
    kiosk_ = std::make_unique<ReportKiosk>(folder_, clock_, std::move(options));
    keeper().answer = std::array{ReportAnswer::AtOnce, ReportAnswer::Later, ReportAnswer::Nothing}[draw(3)];
    keeper().shows_in = std::chrono::minutes(draw(10));
  }

  void report() {
    constexpr std::array kAll{OnSend::Take, OnSend::LoseAnswer, OnSend::Vanish,     OnSend::Garble,
                              OnSend::Away, OnSend::Busy,       OnSend::BadContent, OnSend::UnknownType};
    keeper().on_send.clear();
    for (std::size_t i = draw(4); i > 0; i--) keeper().on_send.push_back(kAll[draw(kAll.size())]);
    keeper().then = draw(3) == 0 ? OnSend::Away : OnSend::Take;
    const auto made = kiosk_->submit();
    if (!made.ok()) {
      CHECK(made.error().kind == core::ErrorKind::Invalid);
      return;
    }
    // Who was told "not yet sent" may be told "could not be sent" later, where the back end refuses what it says: the
    // faults that are drawn later may do that, so only what is certain is held against the end.
    if (made->state == ReportState::Sent) kept_.insert(made->id);
    if (made->state == ReportState::Refused) refused_.insert(made->id);
  }

  void take_back() {
    const auto all = kiosk_->journal->newest_reports(3);
    REQUIRE(all.ok());
    for (const Report& report : *all) {
      if (kiosk_->desk->withdraw(report.id).ok()) withdrawn_.insert(report.id);
    }
  }

  void pass(Milliseconds by) {
    clock_.advance(by);
    (void)kiosk_->recover();
  }

  std::mt19937 chance_;
  Folder folder_;
  core::AdjustableClock clock_{core::Instant(Milliseconds(1'800'000'000'000))};
  std::unique_ptr<ReportKiosk> kiosk_;
  std::set<std::string> kept_, refused_, withdrawn_;
};

}  // namespace

TEST_CASE("whatever happens on the way, each report arrives once or is told not to", "[promises][reports][laws]") {
  std::size_t made = 0;
  for (std::uint32_t seed = 1; seed <= 60; seed++) {
    INFO("seed " << seed);
    Life life(seed);
    life.live(80);
    life.recover();
    life.check();
    made += life.made();
  }
  CHECK(made > 100);
}
