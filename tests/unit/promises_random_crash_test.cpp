// The kiosk is killed from outside at random moments while its residents book, move, cancel and report, in front of
// back ends that lose, delay and repeat. KIOSK_CRASHES says how many times; the usual run is short.
#include <chrono>
#include <cstdlib>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "tests/unit/promises_fatal.h"
#include "tests/unit/promises_reports.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;

namespace {

constexpr const char* kDayTest = "a day in a process of its own";
constexpr const char* kDayVariable = "KIOSK_TEST_DAY";
constexpr int kUsualCrashes = 40;
constexpr int kBookingsADay = 12;  // about as many as the longest day has time for

// What the process says, a line each: the letter, then a booking's id or a report's reference.
constexpr char kOpen = '.', kBooked = 'B', kAsksToCancel = 'c', kCancelled = 'C', kReported = 'R';

// Residents come one after the other until the process is killed.
class Day {
 public:
  explicit Day(const core::Json& told) : claim_(told["claim"].get<int>()), chance_(told["seed"].get<std::uint32_t>()) {
    auto journal = Journal::open(told["database"].get<std::string>(), told["key"].get<std::string>(), clock_);
    auto http = net::CurlClient::create();
    if (!journal.ok() || !http.ok()) ::_exit(3);
    journal_ = std::move(*journal);
    http_ = std::move(*http);
    const auto system = static_cast<System>(told["system"].get<int>());
    bookings_ = std::make_unique<BookingDesk>(
        *journal_,
        std::map<std::string, std::shared_ptr<BookingBackend>>{
            {"desk", make_backend(system, told["url"].get<std::string>(), *http_, clock_)}},
        clock_, quick_desk());
    keeper_ = std::make_shared<BookKeeper>(told["books"].get<std::string>(), clock_);
    keeper_->around = [this] { std::this_thread::sleep_for(std::chrono::microseconds(draw(3'000))); };
    reports_ = std::make_unique<ReportDesk>(
        *journal_, std::map<std::string, std::shared_ptr<ReportBackend>>{{"streets", keeper_}}, clock_, impatient());
  }

  [[noreturn]] void live() {
    say(kOpen, "");
    for (;;) {
      draw(4) == 0 ? report() : come();
    }
  }

 private:
  std::size_t draw(std::size_t sides) { return chance_() % sides; }
  void say(char what, const std::string& of) {
    const std::string line = what + of + "\n";
    if (::write(claim_, line.data(), line.size()) < 0) ::_exit(0);  // nobody is there any more
  }
  // Books; then may move it, may cancel it.
  void come() {
    std::string id = book({});
    if (id.empty()) return;
    if (draw(2) == 0) {
      in_doubt_ = false;
      const std::string moved = book(id);
      if (in_doubt_) return;
      if (!moved.empty()) id = moved;
    }
    if (draw(2) != 0) return;
    say(kAsksToCancel, id);
    const auto gone = bookings_->release(id, {});
    if (gone.ok() && gone->state == BookingState::Cancelled) say(kCancelled, id);
  }
  // The id of what was said to be booked.
  std::string book(const std::string& replaces) {
    const auto offer = bookings_->offer({"desk", kService}, {});
    const auto today = std::chrono::floor<std::chrono::days>(clock_.now());
    const auto calendar = bookings_->calendar({"desk", kService}, {kOffice}, core::Date(today),
                                              core::Date(today + std::chrono::days(20)), {});
    if (!offer.ok() || !calendar.ok() || calendar->slots.empty()) return {};
    const auto held = bookings_->hold(*offer, calendar->slots[draw(calendar->slots.size())], {}, replaces);
    if (!held.ok()) return {};
    const auto done = bookings_->confirm(held->id, resident(), {});
    if (!done.ok()) (void)bookings_->release(held->id, {});
    in_doubt_ = done.ok() && is_open(done->state);
    if (!done.ok() || done->state != BookingState::Confirmed) return {};
    say(kBooked, held->id);
    return held->id;
  }
  void report() {
    constexpr std::array kAll{OnSend::Take, OnSend::LoseAnswer, OnSend::Vanish, OnSend::Away, OnSend::Busy};
    keeper_->on_send.clear();
    for (std::size_t i = draw(3); i > 0; i--) keeper_->on_send.push_back(kAll[draw(kAll.size())]);
    const auto report = reports_->submit({{"streets", "pothole"}, "Pothole", {}}, pothole(), {});
    if (report.ok()) say(kReported, report->reference);
    (void)reports_->recover({});
  }

  int claim_;
  std::mt19937 chance_;
  core::SystemClock clock_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<net::HttpClient> http_;
  std::unique_ptr<BookingDesk> bookings_;
  std::shared_ptr<BookKeeper> keeper_;
  std::unique_ptr<ReportDesk> reports_;
  bool in_doubt_ = false;
};

// What was said of each before the end.
using Said = std::map<char, std::set<std::string>>;

Said said_by(const std::string& text) {
  Said said;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) said[line.at(0)].insert(line.substr(1));
  return said;
}

core::Json day(const Folder& folder, const sandbox::Sandbox& back_end, System system, std::uint32_t seed) {
  return {{"database", folder.database().string()}, {"key", folder.key().string()},
          {"books", books_in(folder).string()},     {"url", url_of(back_end, system)},
          {"system", static_cast<int>(system)},     {"seed", seed}};
}

// How long a day may be, by how long a first booking takes here and now: machines and sanitizers are slow as they are.
std::chrono::milliseconds longest_day(const sandbox::Sandbox& back_end) {
  const Folder folder;
  FatalChild child(kDayTest, kDayVariable, day(folder, back_end, System::Zms, 0));
  REQUIRE(child.wait_for_a_word());
  const auto begun = std::chrono::steady_clock::now();
  const std::string booked = std::string("\n") + kBooked;
  while (child.said().find(booked) == std::string::npos) REQUIRE(child.wait_for_a_word());
  const auto took = std::chrono::steady_clock::now() - begun;
  child.kill();
  REQUIRE(WIFSIGNALED(child.end()));
  return std::chrono::ceil<std::chrono::milliseconds>(took * kBookingsADay);
}

Said run_day(const Folder& folder, const sandbox::Sandbox& back_end, System system, std::uint32_t seed,
             std::chrono::milliseconds length) {
  FatalChild child(kDayTest, kDayVariable, day(folder, back_end, system, seed));
  REQUIRE(child.wait_for_a_word());
  std::this_thread::sleep_for(length);
  child.kill();
  const int status = child.end();
  INFO("it ended with " << status);
  REQUIRE(WIFSIGNALED(status));
  return said_by(child.said());
}

void make_faulty(sandbox::Sandbox& back_end, std::uint32_t seed) {
  const core::Json posts{{"method", "POST"}};
  core::Json rules = core::Json::array();
  rules.push_back({{"kind", "lose_answer"}, {"probability", 0.15}, {"seed", seed}, {"match", posts}});
  rules.push_back({{"kind", "lose_answer"}, {"probability", 0.05}, {"seed", seed + 1}});
  rules.push_back({{"kind", "latency_ms"}, {"ms", 8}, {"probability", 0.5}, {"seed", seed + 2}});
  rules.push_back({{"kind", "repeat"}, {"probability", 0.1}, {"seed", seed + 3}, {"match", posts}});
  REQUIRE(back_end.add_faults(rules).ok());
}

// The first of those that were moved one after the other: one resident's.
std::string root_of(const std::map<std::string, Booking>& all, const std::string& id) {
  const auto found = all.find(id);
  REQUIRE(found != all.end());  // lost: 0
  return found->second.replaces.empty() ? id : root_of(all, found->second.replaces);
}

void check_bookings(Journal& journal, const core::Json& ledger, const Said& said) {
  const auto journalled = journal.newest(10'000);
  REQUIRE(journalled.ok());
  std::map<std::string, Booking> all;
  for (const Booking& booking : *journalled) all.emplace(booking.id, booking);
  std::map<std::string, int> standing;  // by root
  std::multiset<core::Instant> ours, theirs;
  for (const auto& [id, booking] : all) {
    CHECK_FALSE(is_open(booking.state));  // unresolved: 0
    if (booking.state != BookingState::Confirmed) continue;
    standing[root_of(all, id)]++;
    ours.insert(booking.slot.start);
  }
  for (const core::Json& booking : ledger_bookings(ledger, "confirmed")) {
    theirs.insert(core::Instant{std::chrono::seconds(booking["timestamp"].get<std::int64_t>())});
  }
  CHECK(ours == theirs);  // falsely confirmed: 0
  CHECK(ledger_bookings(ledger, "reserved").empty());
  for (const auto& [root, count] : standing) CHECK(count == 1);  // doubled: 0
  const auto roots = [&](char what) {
    std::set<std::string> found;
    const auto lines = said.find(what);
    if (lines == said.end()) return found;
    for (const std::string& id : lines->second) found.insert(root_of(all, id));
    return found;
  };
  const std::set<std::string> given_up = roots(kAsksToCancel);
  for (const std::string& root : roots(kBooked)) {
    if (!given_up.contains(root)) CHECK(standing[root] == 1);  // lost: 0
  }
  for (const std::string& root : roots(kCancelled)) CHECK(standing[root] == 0);
}

void check_reports(ReportKiosk& kiosk, const Folder& folder, const Said& said) {
  const std::vector<std::string> books = book_lines(folder);
  const std::set<std::string> once(books.begin(), books.end());
  CHECK(once.size() == books.size());  // doubled: 0
  const auto all = kiosk.journal->newest_reports(10'000);
  REQUIRE(all.ok());
  for (const Report& report : *all) {
    CHECK(report.state == ReportState::Sent);  // unresolved: 0
    CHECK(once.contains(report.reference));    // falsely confirmed: 0
  }
  CHECK(all->size() == books.size());
  const auto reported = said.find(kReported);
  if (reported == said.end()) return;
  for (const std::string& reference : reported->second) CHECK(once.contains(reference));  // lost: 0
}

}  // namespace

TEST_CASE("a day in a process of its own", "[.]") {
  if (const char* const told = std::getenv(kDayVariable)) Day(core::Json::parse(told)).live();
}

TEST_CASE("killed at a random moment, every promise stands after the next start", "[promises][crash]") {
  const char* const wanted = std::getenv("KIOSK_CRASHES");
  const int crashes = wanted ? std::atoi(wanted) : kUsualCrashes;
  const auto back_end = start_sandbox();
  const std::chrono::milliseconds longest = longest_day(*back_end);
  std::size_t booked = 0, reported = 0;
  for (int crash = 0; crash < crashes; crash++) {
    const auto seed = static_cast<std::uint32_t>(crash);
    const System system = crash % 3 == 2 ? System::Fhir : System::Zms;
    std::mt19937 chance(seed);
    const std::chrono::milliseconds length(chance() % static_cast<std::uint32_t>(longest.count()));
    INFO("seed " << seed << ", killed after " << length.count() << " ms, system " << static_cast<int>(system));
    begin_anew(*back_end);
    make_faulty(*back_end, seed);
    const Folder folder;
    Said said = run_day(folder, *back_end, system, seed, length);
    back_end->clear_faults();
    core::AdjustableClock clock;
    Kiosk next(folder, *back_end, clock, system);
    recover_to_the_end(*next.desk, *back_end, clock);
    check_bookings(*next.journal, back_end->ledger(), said);
    ReportKiosk reports(folder, clock, impatient());
    CHECK(reports.recover().open == 0);
    check_reports(reports, folder, said);
    booked += said[kBooked].size();
    reported += said[kReported].size();
  }
  CHECK(booked > static_cast<std::size_t>(crashes) / 10);  // or it tells nothing
  CHECK(reported > 0);
}
