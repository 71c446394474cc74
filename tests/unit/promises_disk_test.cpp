// The disk fails, fills up or loses its power at every moment of a booking's whole way: hold, confirm, move, cancel.
// Whatever the moment, what the resident was told holds, and journal and back end agree once the disk is well again.
#include <set>

#include "tests/unit/fault_vfs.h"
#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using test::FaultVfs;

namespace {

constexpr int kMostMoments = 2'000;

// A kiosk without power sends nothing and hears nothing.
class PoweredClient final : public net::HttpClient {
 public:
  PoweredClient(net::HttpClient& inner, FaultVfs& disk) : inner_(inner), disk_(disk) {}
  core::Result<net::Response> send(const net::Request& request, const work::CancelToken& cancel) override {
    disk_.moment();
    if (!disk_.has_power()) return core::make_error(core::ErrorKind::Unavailable, "no power");
    auto response = inner_.send(request, cancel);
    disk_.moment();
    if (!disk_.has_power()) return core::make_error(core::ErrorKind::Interrupted, "no power");
    return response;
  }

 private:
  net::HttpClient& inner_;
  FaultVfs& disk_;
};

// A kiosk on such a disk. Without a desk where its journal can't be opened: it makes no promises then.
struct Counter {
  Counter(const Folder& folder, net::HttpClient& http, const std::string& url, const core::Clock& clock,
          System system) {
    auto opened = Journal::open(folder.database(), folder.key(), clock);
    if (!opened.ok()) {
      trouble = opened.error().describe();
      return;
    }
    journal = std::move(*opened);
    DeskOptions options = quick_desk();
    options.read_pace = core::Milliseconds(1);
    desk = std::make_unique<BookingDesk>(
        *journal,
        std::map<std::string, std::shared_ptr<BookingBackend>>{{"desk", make_backend(system, url, http, clock)}}, clock,
        options);
  }
  std::string trouble;
  std::unique_ptr<Journal> journal;
  std::unique_ptr<BookingDesk> desk;
};

// What the resident was told. What a screen without power says counts for nothing.
struct Story {
  bool in_doubt = false;  // "it is not known yet", or the power went: neither yes nor no
  std::string booked;     // "booked": this one
  bool moved = false;     // … and it stands for an earlier one
  bool asked_to_cancel = false, cancelled = false;
};

enum class Way { BookAndMove, BookMoveAndCancel };

// One resident, who tries again where that is offered.
class Resident {
 public:
  Resident(BookingDesk& desk, const FaultVfs& disk, const Offer& offer, const std::vector<Slot>& slots)
      : desk_(desk), disk_(disk), offer_(offer), slots_(slots) {}

  Story live(Way way) {
    if (!book(0, {}) && !story_.in_doubt) book(4, {});
    if (!story_.booked.empty()) {
      const std::string first = story_.booked;
      story_.moved = book(8, first) || (!story_.in_doubt && book(12, first));
    }
    if (way == Way::BookMoveAndCancel && !story_.booked.empty() && !story_.in_doubt) cancel();
    return story_;
  }

 private:
  // True: "booked". False where another slot may be tried.
  bool book(std::size_t slot, const std::string& replaces) {
    const auto held = desk_.hold(offer_, slots_.at(slot), {}, replaces);
    story_.in_doubt = story_.in_doubt || !disk_.has_power();
    if (!held.ok() || story_.in_doubt) return false;
    auto done = desk_.confirm(held->id, resident(), {});
    if (!done.ok()) done = desk_.confirm(held->id, resident(), {});
    const bool confirmed = done.ok() && done->state == BookingState::Confirmed;
    const bool unknown = done.ok() && done->state == BookingState::Unknown;
    story_.in_doubt = !disk_.has_power() || unknown;
    if (story_.in_doubt) return false;
    if (confirmed) story_.booked = held->id;
    if (!confirmed) (void)desk_.release(held->id, {});
    return confirmed;
  }
  void cancel() {
    story_.asked_to_cancel = true;
    const auto gone = desk_.release(story_.booked, {});
    story_.cancelled = gone.ok() && gone->state == BookingState::Cancelled && disk_.has_power();
  }

  BookingDesk& desk_;
  const FaultVfs& disk_;
  const Offer& offer_;
  const std::vector<Slot>& slots_;
  Story story_;
};

std::set<core::Instant> starts(const std::vector<core::Json>& bookings) {
  std::set<core::Instant> all;
  for (const core::Json& each : bookings) {
    all.insert(core::Instant{std::chrono::seconds(each["timestamp"].get<std::int64_t>())});
  }
  return all;
}

void check_story(const Story& story, const std::set<std::string>& confirmed) {
  CHECK(confirmed.size() <= 1);  // doubled: 0
  const bool stands = !story.booked.empty() && !story.asked_to_cancel;
  if (stands) CHECK(confirmed.size() == 1);  // lost: 0
  if (stands && story.moved) CHECK(confirmed.contains(story.booked));
  if (story.cancelled) CHECK(confirmed.empty());  // falsely cancelled: 0
  // Told no, or an error: nobody is booked behind their back.
  if (story.booked.empty() && !story.in_doubt) CHECK(confirmed.empty());
}

// The back end, an empty journal to begin with, and runs of a kiosk between them.
class Trial {
 public:
  explicit Trial(System system) : system_(system) {
    auto client = net::CurlClient::create();
    REQUIRE(client.ok());
    curl_ = std::move(*client);
    http_ = std::make_unique<PoweredClient>(*curl_, disk);
    const core::SystemClock clock;
    Kiosk kiosk(fresh_, *back_end_, clock, system);
    offer_ = kiosk.offer();
    slots_ = kiosk.calendar(clock).slots;
  }

  FaultVfs disk;

  // One run with the fault that `disk` was told of, and what comes after it. `restarts`: the kiosk is begun anew, and
  // its database was closed by a sick disk. True where the power went.
  bool run(Way way, bool restarts) {
    begin_anew(*back_end_);
    const Folder folder;
    std::filesystem::copy_file(fresh_.database(), folder.database());
    std::filesystem::copy_file(fresh_.key(), folder.key());
    core::AdjustableClock clock;
    auto kiosk = open(folder, clock);
    const Story story = kiosk->desk ? Resident(*kiosk->desk, disk, offer_, slots_).live(way) : Story{};
    if (restarts || !kiosk->desk) kiosk.reset();
    const bool cut = !disk.has_power();
    disk.make_well();
    if (!kiosk) {
      disk.restore_power();
      kiosk = open(folder, clock);
    }
    INFO(kiosk->trouble);
    REQUIRE(kiosk->desk);
    recover_to_the_end(*kiosk->desk, *back_end_, clock);  // unresolved: 0
    check(*kiosk, story);
    kiosk.reset();
    disk.restore_power();
    return cut;
  }

 private:
  std::unique_ptr<Counter> open(const Folder& folder, const core::Clock& clock) {
    return std::make_unique<Counter>(folder, *http_, url_of(*back_end_, system_), clock, system_);
  }
  void check(Counter& kiosk, const Story& story) {
    const core::Json ledger = back_end_->ledger();
    const auto journalled = kiosk.journal->newest(100);
    REQUIRE(journalled.ok());
    std::set<std::string> confirmed;
    std::set<core::Instant> slots;
    for (const Booking& booking : *journalled) {
      CHECK_FALSE(is_open(booking.state));
      if (booking.state != BookingState::Confirmed) continue;
      confirmed.insert(booking.id);
      slots.insert(booking.slot.start);
    }
    const auto booked = ledger_bookings(ledger, "confirmed");
    CHECK(starts(booked) == slots);
    CHECK(booked.size() == confirmed.size());
    CHECK(ledger_bookings(ledger, "reserved").empty());
    check_story(story, confirmed);
  }

  System system_;
  std::unique_ptr<sandbox::Sandbox> back_end_ = start_sandbox();
  std::unique_ptr<net::HttpClient> curl_;
  std::unique_ptr<PoweredClient> http_;
  Folder fresh_;
  Offer offer_;
  std::vector<Slot> slots_;
};

struct Sickness {
  System system;
  FaultVfs::Fault fault;
  FaultVfs::Lasts lasts;
  Way way;
  bool restarts;
  int stride;
};

}  // namespace

TEST_CASE("a disk that is full or fails at any moment costs nobody an appointment", "[promises][disk]") {
  using Fault = FaultVfs::Fault;
  using Lasts = FaultVfs::Lasts;
  const Sickness all[] = {{System::Zms, Fault::Full, Lasts::Once, Way::BookAndMove, false, 3},
                          {System::Zms, Fault::Full, Lasts::UntilWell, Way::BookMoveAndCancel, false, 3},
                          {System::Zms, Fault::Io, Lasts::Once, Way::BookMoveAndCancel, true, 3},
                          {System::Zms, Fault::Io, Lasts::UntilWell, Way::BookMoveAndCancel, true, 3},
                          {System::Zms, Fault::Read, Lasts::Once, Way::BookAndMove, false, 1},
                          {System::Zms, Fault::Read, Lasts::UntilWell, Way::BookMoveAndCancel, true, 1},
                          {System::Fhir, Fault::Full, Lasts::UntilWell, Way::BookMoveAndCancel, false, 7},
                          {System::Fhir, Fault::Io, Lasts::Once, Way::BookAndMove, true, 7}};
  int moments = 0, round = 0;
  for (const Sickness& each : all) {
    Trial trial(each.system);
    for (int n = first_moment(round++, each.stride);; n += stride(each.stride)) {
      INFO("fault " << static_cast<int>(each.fault) << ", lasting " << (each.lasts == Lasts::UntilWell)
                    << ", at operation " << n << ", system " << static_cast<int>(each.system));
      REQUIRE(n < kMostMoments);
      trial.disk.fail_at(n, each.fault, each.lasts);
      trial.run(each.way, each.restarts);
      moments++;
      if (!trial.disk.has_failed()) break;
    }
  }
  CHECK(moments > 100);
}

TEST_CASE("a power cut at any moment costs nobody an appointment", "[promises][disk]") {
  int moments = 0, round = 0;
  for (const System system : kSystems) {
    const int usual = system == System::Zms ? 2 : 7;
    Trial trial(system);
    for (const auto remains : {FaultVfs::Remains::Synced, FaultVfs::Remains::Torn}) {
      bool cut = true;
      for (int n = first_moment(round++, usual); cut; n += stride(usual)) {
        INFO("cut at moment " << n << ", torn " << (remains == FaultVfs::Remains::Torn) << ", system "
                              << static_cast<int>(system));
        REQUIRE(n < kMostMoments);
        trial.disk.cut_at(n, remains, static_cast<std::uint32_t>(n));
        cut = trial.run(Way::BookMoveAndCancel, true);
        moments++;
      }
    }
  }
  CHECK(moments > 100);
}
