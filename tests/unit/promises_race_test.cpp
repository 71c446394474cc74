// Two hundred kiosks, each with a journal of its own, race for the same hundred appointments.
#include <barrier>
#include <random>
#include <set>
#include <thread>

#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;

namespace {

constexpr std::size_t kKiosks = 200, kSlots = 100, kThreads = 4;
constexpr const char* kShortService = "9002";  // one slot long

// One office with one desk: one day of a hundred appointments.
std::unique_ptr<sandbox::Sandbox> start_small_office() {
  core::Json weekly = core::Json::array();
  for (const char* day : {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}) {
    weekly.push_back({{"day", day}, {"from", "04:00"}, {"to", "20:40"}, {"desks", 1}});
  }
  sandbox::SandboxOptions options;
  options.appointments = appointments();
  options.appointments["backends"][0]["patterns"] = core::Json::array(
      {{{"officeId", 7001}, {"leadDays", 1}, {"horizonDays", 1}, {"busy", 0}, {"weekly", std::move(weekly)}}});
  options.config = {{"zms", {{"rate_limit", 0}}},
                    {"fhir", {{"page_size", 500}}},
                    {"client_rules", {{"max_connections", 64}, {"poll_max", 100'000}}}};
  auto started = sandbox::Sandbox::start(std::move(options));
  INFO((started.ok() ? std::string() : started.error().describe()));
  REQUIRE(started.ok());
  return std::move(*started);
}

// So many kiosks on so few processors are slow: no answer is late here.
constexpr std::chrono::seconds kMinute{60};
const net::Timeouts kMorePatience{kMinute, kMinute, kMinute};

// A kiosk with one resident, who takes any appointment that is to be had. Made on the test's thread, used on another:
// nothing is asserted there.
class Racer {
 public:
  Racer(System system, const std::string& url, net::HttpClient& http, const core::Clock& clock, std::uint32_t seed)
      : clock_(clock), chance_(seed) {
    auto opened = Journal::open(folder_.database(), folder_.key(), clock);
    INFO((opened.ok() ? std::string() : opened.error().describe()));
    REQUIRE(opened.ok());
    journal_ = std::move(*opened);
    desk_ = std::make_unique<BookingDesk>(*journal_,
                                          std::map<std::string, std::shared_ptr<BookingBackend>>{
                                              {"desk", make_backend(system, url, http, clock, kMorePatience)}},
                                          clock, quick_desk());
  }

  std::optional<Slot> booked;  // what the resident was told to have
  bool told_none = false;      // or that nothing is free any more
  std::string stuck;           // or an error with no way forward
  int lost_races = 0;

  bool is_done() const { return booked || told_none || !stuck.empty(); }

  void look() {
    if (offer_.offices.empty()) {
      auto offer = desk_->offer({"desk", kShortService}, {});
      if (!offer.ok()) return stop("offer", offer.error());
      offer_ = std::move(*offer);
    }
    const auto today = std::chrono::floor<std::chrono::days>(clock_.now());
    auto calendar = desk_->calendar({"desk", kShortService}, {kOffice}, core::Date(today),
                                    core::Date(today + std::chrono::days(3)), {});
    if (!calendar.ok()) return stop("calendar", calendar.error());
    free_ = std::move(calendar->slots);
    told_none = free_.empty();
  }
  // Every other one goes for the first that is free, until it has lost a race.
  void hold() {
    held_.clear();
    const std::size_t choice = lost_races == 0 && chance_() % 2 == 0 ? 0 : chance_() % free_.size();
    const auto held = desk_->hold(offer_, free_.at(choice), {});
    if (held.ok()) {
      held_ = held->id;
    } else if (held.error().kind == core::ErrorKind::NotFound) {
      lose();
    } else {
      stop("hold", held.error());
    }
  }
  void confirm() {
    if (held_.empty()) return;
    const auto done = desk_->confirm(held_, resident(), {});
    if (!done.ok()) return stop("confirm", done.error());
    if (done->state == BookingState::Confirmed) booked = done->slot;
    if (done->state == BookingState::Refused) lose();
    if (is_open(done->state)) stuck = "confirm: left " + std::string(to_string(done->state));
  }
  std::size_t left_open() { return journal_->open_bookings()->size(); }
  std::size_t journalled() {
    std::size_t confirmed = 0;
    const auto all = journal_->newest(1'000);
    for (const Booking& each : *all) confirmed += each.state == BookingState::Confirmed;
    return confirmed;
  }
  std::size_t shown() const { return free_.size(); }

 private:
  void lose() {
    lost_races++;
    if (lost_races > static_cast<int>(kSlots)) {
      stuck = "lost again and again";
      return;
    }
    look();
  }
  void stop(const char* at, const core::Error& error) { stuck = std::string(at) + ": " + error.describe(); }

  Folder folder_;
  const core::Clock& clock_;
  std::mt19937 chance_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<BookingDesk> desk_;
  Offer offer_;
  std::vector<Slot> free_;
  std::string held_;
};

// All look first: each has seen what the others are about to take.
void race(std::vector<std::unique_ptr<Racer>>& racers) {
  std::barrier start(static_cast<std::ptrdiff_t>(kThreads));
  std::vector<std::thread> threads;
  for (std::size_t mine = 0; mine < kThreads; mine++) {
    threads.emplace_back([&racers, &start, mine] {
      for (std::size_t i = mine; i < racers.size(); i += kThreads) racers[i]->look();
      start.arrive_and_wait();
      for (bool all_done = false; !all_done;) {
        all_done = true;
        for (std::size_t i = mine; i < racers.size(); i += kThreads) {
          if (!racers[i]->is_done()) racers[i]->hold();
        }
        for (std::size_t i = mine; i < racers.size(); i += kThreads) {
          if (!racers[i]->is_done()) racers[i]->confirm();
          all_done = all_done && racers[i]->is_done();
        }
      }
    });
  }
  for (std::thread& each : threads) each.join();
}

void check_race(System system, const sandbox::Sandbox& back_end, std::vector<std::unique_ptr<Racer>>& racers) {
  std::set<Slot> booked;
  std::size_t told_booked = 0, told_none = 0, lost_races = 0;
  for (const auto& racer : racers) {
    CHECK(racer->stuck == "");
    CHECK(racer->left_open() == 0);
    CHECK(racer->journalled() == (racer->booked ? 1 : 0));
    if (racer->booked) booked.insert(*racer->booked);
    told_booked += racer->booked.has_value();
    told_none += racer->told_none;
    lost_races += static_cast<std::size_t>(racer->lost_races);
  }
  CHECK(told_booked == kSlots);
  CHECK(told_none == kKiosks - kSlots);
  CHECK(booked.size() == kSlots);  // no two of them the same
  CHECK(lost_races >= kKiosks - kSlots);
  const core::Json ledger = back_end.ledger();
  std::set<std::int64_t> taken;
  for (const core::Json& booking : ledger_bookings(ledger, "confirmed"))
    taken.insert(booking["timestamp"].get<std::int64_t>());
  CHECK(ledger_bookings(ledger, "confirmed").size() == kSlots);
  CHECK(taken.size() == kSlots);
  if (system == System::Zms) CHECK(ledger_bookings(ledger, "reserved").empty());
}

}  // namespace

TEST_CASE("two hundred kiosks that race for a hundred appointments each get one or are told that there is none",
          "[promises][desk]") {
  for (const System system : kSystems) {
    INFO("system " << static_cast<int>(system));
    const auto back_end = start_small_office();
    const core::SystemClock clock;
    std::vector<std::unique_ptr<net::HttpClient>> clients;  // a thread's kiosks share its connections
    for (std::size_t i = 0; i < kThreads; i++) {
      auto client = net::CurlClient::create();
      REQUIRE(client.ok());
      clients.push_back(std::move(*client));
    }
    std::vector<std::unique_ptr<Racer>> racers;
    for (std::size_t i = 0; i < kKiosks; i++) {
      racers.push_back(std::make_unique<Racer>(system, url_of(*back_end, system), *clients[i % kThreads], clock,
                                               static_cast<std::uint32_t>(i)));
    }
    racers.front()->look();
    REQUIRE(racers.front()->shown() == kSlots);
    race(racers);
    check_race(system, *back_end, racers);
  }
}
